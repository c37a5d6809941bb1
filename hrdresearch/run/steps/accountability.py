"""Accountability: links the editions of public lists case by case, and removes names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.linkage.editions import NEWER, OLDER, compare_editions
from hrdresearch.privacy.keys import Key
from hrdresearch.run.errors import RunError
from hrdresearch.run.steps import (
    Built,
    name_entries,
    persons_sheet,
    published_names,
    record_digests,
    row_pseudonyms,
)
from hrdresearch.sources import Loaded
from hrdresearch.sources.registry import get_spec
from hrdresearch.tables import TABLES
from hrdresearch.tables.case_editions import NEWEST, NO_ROW, parse_edition
from hrdresearch.vocab import vocabulary

EDITIONS = True  # this study accepts earlier editions of a list
WITHOUT_CLASS = ("not_asked", "unknown")
WORDS = "status_words"


def steps(loaded: Sequence[Loaded], key: Key, decisions: Path) -> Built:  # noqa: ARG001
    """Make the table ``case_editions`` without names, and keep the lists' own words for its classes."""
    for x in loaded:
        _refuse_other_lists(x)
    lists = sorted({parse_edition(x.facts.slug)[0] for x in loaded})
    parts = [_editions_of_list([x for x in loaded if _base(x) == slug], key) for slug in lists]
    taken = [x for one in lists for x in _in_order([x for x in loaded if _base(x) == one])]
    rows = pd.concat(parts, ignore_index=True)
    return Built(
        tables={"case_editions": rows},
        names=name_entries(taken),
        extras={WORDS: {slug: get_spec(slug).crosswalks.get("impunity", {}) for slug in lists}},
        restricted={
            "persons": persons_sheet(
                rows["victim_id"], published_names(taken), key, record_digests(taken, key)
            ).drop_duplicates()
        },
        files={x.facts.slug: x.path.name for x in loaded},
    )


def change_of_class(was: str, now: str) -> str:
    """Code for the change of a case's class between two editions of a list.

    >>> change_of_class("complete", "partial"), change_of_class("partial", "complete")
    ('forward', 'back')
    >>> change_of_class("complete", "under_investigation"), change_of_class("not_asked", "complete")
    ('other', 'first')
    """
    if was in WITHOUT_CLASS or now in WITHOUT_CLASS:
        return (
            "first" if now not in WITHOUT_CLASS else "gone" if was not in WITHOUT_CLASS else "never"
        )
    if was == now:
        return "same"
    for order in vocabulary("impunity")["orders"]:
        if was in order and now in order:
            return "forward" if order.index(now) > order.index(was) else "back"
    return "other"


def _refuse_other_lists(loaded: Loaded) -> None:
    facts = loaded.facts
    if facts.table != "cases" or "impunity_code" not in facts.asked:
        raise RunError(
            f"{facts.slug}: the file does not record accountability, so there is no status to follow. Leave "
            "it out of this build; it belongs to: hrdresearch build killings"
        )
    if not facts.policy.public_by_name:
        raise RunError(
            f"{facts.slug}: only figures of its plan are printed, because it was shared in confidence. Build "
            "it with: hrdresearch build killings; the report then takes its numbers from that build"
        )


def _base(loaded: Loaded) -> str:
    return parse_edition(loaded.facts.slug)[0]


def _in_order(editions: Sequence[Loaded]) -> list[Loaded]:
    """The editions of one list, oldest first; the newest has no edition in its slug."""
    return sorted(editions, key=lambda x: parse_edition(x.facts.slug)[1] or NEWEST)


def _editions_of_list(given: Sequence[Loaded], key: Key) -> pd.DataFrame:
    """Rows of all editions of one list, each with the class of its case in the next edition."""
    editions = _in_order(given)
    columns = TABLES["case_editions"].columns
    made: list[pd.DataFrame] = []
    following: pd.DataFrame | None = None
    for number in range(len(editions), 0, -1):
        loaded = editions[number - 1]
        rows = loaded.accepted.set_axis(loaded.accepted.index.astype(str)).assign(
            victim_id=row_pseudonyms(loaded, key),
            source=_base(loaded),
            edition=parse_edition(loaded.facts.slug)[1] or NEWEST,
            edition_number=number,
            case_age_code=_ages(loaded),
            next_impunity_code=NO_ROW,
            status_change_code="last" if following is None else "removed",
        )
        if following is not None:
            same = compare_editions(rows, following, classes=()).same
            was, now = rows.loc[same[OLDER]], following.loc[same[NEWER]]
            rows.loc[same[OLDER], "victim_id"] = now["victim_id"].to_numpy()
            rows.loc[same[OLDER], "next_impunity_code"] = now["impunity_code"].to_numpy()
            rows.loc[same[OLDER], "status_change_code"] = [
                change_of_class(*pair)
                for pair in zip(was["impunity_code"], now["impunity_code"], strict=True)
            ]
        made.insert(0, rows)
        following = rows
    return pd.concat([rows[columns] for rows in made], ignore_index=True)


def _ages(loaded: Loaded) -> list[str]:
    """Age class of each case: years from the case to the last year that the edition covers."""
    years = loaded.accepted["event_year"]
    last = min(loaded.facts.covers.get("years", {}).get("to", years.max()), years.max())
    starts: dict[str, int] = vocabulary("case_age")["from_years"]

    def of_year(year: int) -> str:
        return [code for code, first in starts.items() if max(last - year, 0) >= first][-1]

    return ["not_recorded" if pd.isna(year) else of_year(int(year)) for year in years]
