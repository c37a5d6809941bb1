"""Finds offline events of persons in an archive: from a list of events, and from other builds.

Each study has its own key, so that builds cannot be joined by pseudonyms. A person who may know that an
account belongs to a person on a list writes it into a crosswalk (source ``post-persons``, restricted). The
day of that person's killing or arrest is then read from the other study's build in this work folder.
Neither the crosswalk nor the other pseudonym is kept in the new build.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.privacy.keys import Key, pseudonym
from hrdresearch.run.archive.coding import account_ids
from hrdresearch.run.errors import RunError
from hrdresearch.sources import Loaded
from hrdresearch.studies.ground.build import NoBuildError, current_build
from hrdresearch.tables import TABLES

LINKED_BY = "post-persons"
# study -> table, columns that identify a person, column of the day, of its precision, code of the event
READ = {
    "killings": ("cases", ("victim_id",), "event_date", "event_date_precision", "killing"),
    "imprisonment": (
        "detentions",
        ("person_id", "row_id"),
        "began_date",
        "began_precision",
        "detention",
    ),
}
NOT_THERE = "The build of the study holds no such record."
NO_DAY = "The day of the event is not known, so it cannot be compared with messages."
TWICE = "The same event of the person is in another list."


def linked_builds_of(work: Path) -> Mapping[str, str]:
    """Current build of each study whose events can be linked: study -> build id."""
    found = {}
    for study in READ:
        try:
            found[study] = current_build(study, work).build_id
        except NoBuildError:
            continue
    return found


def events_table(
    loaded: Sequence[Loaded], key: Key, work: Path
) -> tuple[pd.DataFrame, list[dict[str, Any]], pd.DataFrame]:
    """Make the table ``offline_events``; returns it with facts of the builds read, and rows set aside."""
    events = [_events_of_list(x, key) for x in loaded if x.facts.slug == "offline-events"]
    facts, aside = [], []
    for x in loaded:
        if x.facts.slug != LINKED_BY:
            continue
        for study, rows in x.accepted.groupby("study"):
            found, facts_of_build, left_out = _events_of_build(x, str(study), rows, key, work)
            events.append(found)
            facts.append(facts_of_build)
            aside.append(left_out)
    frame = pd.concat(events or [_empty_table()], ignore_index=True)
    again = frame.duplicated(["target_id", "event_date", "event_code"])
    files = {x.facts.slug: x.path.name for x in loaded}
    if again.any():
        aside.append(_account_of_rows(frame[again].assign(file=frame["source"].map(files)), TWICE))
    none = pd.DataFrame(columns=["file", "row", "reason"])
    left_out = pd.concat(aside, ignore_index=True) if aside else none
    return frame[~again].reset_index(drop=True), facts, left_out.drop_duplicates(["file", "row"])


def _events_of_list(loaded: Loaded, key: Key) -> pd.DataFrame:
    rows = loaded.accepted
    return _make_events(
        loaded, rows["person"], rows["source_row"], rows["event_date"], rows["event_code"], key
    )


def _events_of_build(
    loaded: Loaded, study: str, rows: pd.DataFrame, key: Key, work: Path
) -> tuple[pd.DataFrame, dict[str, Any], pd.DataFrame]:
    """Events of the persons of a crosswalk in another study's build; with its facts and rows set aside."""
    table, ids, day, precision, code = READ[study]
    try:
        build = current_build(study, work)
    except NoBuildError as missing:
        raise RunError(
            f"{loaded.path.name} names persons of the study {study}, but {work} holds no build of it. "
            f"Build {study} first, in the same work folder"
        ) from missing
    listed = build.table(table)
    known = pd.concat([listed.assign(record=listed[column]) for column in ids], ignore_index=True)
    joined = rows.merge(known.rename(columns={"source_row": "list_row"}), on="record", how="left")
    no_day = joined[day].isna() | (joined[precision] != "day")
    missing_row = ~joined["record"].isin(known["record"])
    joined = joined.assign(file=loaded.path.name)
    # A person with several detentions has one event for each detention whose day is known.
    good = ~(missing_row | no_day)
    dated = set(joined.loc[good, "source_row"])
    without_event = joined[~joined["source_row"].isin(dated)]
    is_missing = missing_row[without_event.index]
    left_out = pd.concat(
        [
            _account_of_rows(without_event[is_missing], NOT_THERE),
            _account_of_rows(without_event[~is_missing], NO_DAY),
        ]
    ).drop_duplicates(["file", "row"])
    joined = joined[good]
    codes = pd.Series(code, index=joined.index)
    events = _make_events(loaded, joined["person"], joined["source_row"], joined[day], codes, key)
    facts = {
        "study": study,
        "build_id": build.build_id,
        "events": len(events),
        "sources": [f for f in build.facts() if f["slug"] in set(joined["source"])],
    }
    return events, facts, left_out


def _make_events(
    loaded: Loaded, person: pd.Series, row: pd.Series, day: pd.Series, code: pd.Series, key: Key
) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "event_id": [
                pseudonym(key, "event", loaded.facts.slug, r, d)
                for r, d in zip(row, day, strict=True)
            ],
            "source": loaded.facts.slug,
            "source_row": row.to_numpy(),
            "target_id": account_ids(person, key).to_numpy(),
            "event_date": pd.to_datetime(day).to_numpy(),
            "event_code": code.to_numpy(),
        }
    )
    frame["event_year"] = frame["event_date"].dt.year.astype("Int64")
    return frame[TABLES["offline_events"].columns]


def _account_of_rows(rows: pd.DataFrame, reason: str) -> pd.DataFrame:
    account = {"file": rows["file"], "row": rows["source_row"], "reason": reason}
    return pd.DataFrame(account).reset_index(drop=True)


def _empty_table() -> pd.DataFrame:
    columns = TABLES["offline_events"].columns
    return pd.DataFrame({c: pd.Series(dtype="object") for c in columns}).astype(
        {"event_date": "datetime64[ns]", "event_year": "Int64", "source_row": "int64"}
    )
