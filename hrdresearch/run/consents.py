"""Reads and writes the sheet of consents of a study, ``WORK/<study>/decisions/consents.csv``.

A row without case_id is about the whole list and says on what basis its cases are counted: an agreement,
another basis, or ``consent`` (each case needs a consent of its own). It replaces what the list's source.yml
says (``basis`` or ``consent: needed``). A list without any basis is not built. A person's refusal always
comes first. The sheet is sealed if the study is sealed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.privacy.consent import (
    COLUMNS,
    PURPOSES,
    Consent,
    answers_in_force,
    read_consent,
)
from hrdresearch.privacy.keys import Key, record_digest, study_key
from hrdresearch.privacy.policy import ReleasePlan
from hrdresearch.privacy.release import edition_day
from hrdresearch.privacy.vault import is_stored, read_stored
from hrdresearch.privacy.vault_session import copy_in_memory
from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import read_filled_sheet, table_text, write_kept
from hrdresearch.run.left_out import split_rows
from hrdresearch.run.steps import Built, Pieces
from hrdresearch.sources import Loaded, get_facts, list_sources
from hrdresearch.sources.model import SourceFacts
from hrdresearch.studies.ground.build import Build
from hrdresearch.tables import TABLES

SHEET = "consents.csv"
ALIKE = 0.8  # of two spellings of a list's name
ACTED_ON = ("counts", "named")  # purposes that change a build; others are only recorded
STATED = {
    "agreement": "an agreement with the organization that shared it",
    "consent": "the consent of each person, or another basis of each case",
    "other": "another recorded basis, where persons cannot be asked",
}
REASON = "Not covered by a consent or another recorded basis."


@dataclass(frozen=True)
class Answer:
    """A row of the sheet of consents; in a row about the whole list, ``consent.person`` is ""."""

    row: int
    source: str
    consent: Consent


@dataclass(frozen=True)
class ConsentsTaken:
    """The use of the sheet in a build.

    state: hash of the answers in force that day. to_review: cases whose names wait for a review of the
    risk. lines: lines to print.
    """

    state: str | None
    to_review: int
    lines: tuple[str, ...]


def refuse_changed_consents(builds: Iterable[Build], today: dt.date | None = None) -> None:
    """RunError if consents have changed since a build: one was given, refused or revoked, or has ended."""
    today = today or dt.datetime.now(dt.UTC).date()
    for build in builds:
        answers = read_answers(build.folder.parent, study_key(build.study))
        if state_of_answers(answers, today) != (build.extras("review") or {}).get("consents"):
            raise RunError(
                f"Consents of {build.study} have changed since it was built: one was given, refused or "
                "revoked, has begun or ended, or a risk was reviewed. Build it again"
            )


def names_to_review(builds: Iterable[Build]) -> int:
    """How many cases of these builds are not named until somebody has reviewed the risk."""
    return sum((build.extras("review") or {}).get("names_to_review", 0) for build in builds)


def read_answers(home: Path, key: Key) -> list[Answer]:
    """Read the answers of the sheet; a person is the keyed hash of their case. No sheet: no answers.

    home: ``WORK/<study>``. An answer of a list that is not here is read and has no effect. RunError names row
    and column, and never their content.
    """
    file = home / "decisions" / SHEET
    if not is_stored(file):
        return []
    sheet = read_filled_sheet(file, COLUMNS, "the sheet of consents")
    answers = []
    for number, row in enumerate(sheet.to_dict("records"), start=2):
        held = {str(column): str(cell) for column, cell in row.items()}
        source, case = held["source"].strip(), held["case_id"].strip()
        try:
            consent = read_consent(held, record_digest(source, case, key) or "")
            if not source:
                raise ValueError("source is empty")
            if not case and consent.purpose != "counts":
                raise ValueError("without case_id it is about the whole list: write purpose counts")
            if is_here(source) or _may_be_meant(source, consent):
                refuse_without_effect(source, consent.purpose)
        except ValueError as wrong:
            raise RunError(f"{SHEET}, row {number}: {wrong}") from None
        answers.append(Answer(number, source, consent))
    return answers


def is_here(source: str) -> bool:
    """Whether a list is one of those that ``hrdresearch sources`` shows."""
    return source in {facts.slug for facts in list_sources()}


def _may_be_meant(source: str, consent: Consent) -> bool:
    """Whether a refusal of a list that is not here may be one of another list, spelt wrongly."""
    is_against = consent.answer != "given" or consent.revoked is not None
    return is_against and bool(
        get_close_matches(source, [x.slug for x in list_sources()], 1, ALIKE)
    )


def lines_on_absent_lists(answers: Sequence[Answer]) -> list[str]:
    """A line on rows of the sheet whose list is not here (its folder was renamed or deleted)."""
    rows = [a.row for a in answers if not is_here(a.source)]
    if not rows:
        return []
    told = ", ".join(map(str, rows))
    return [
        f"{SHEET}, row(s) {told}: the source is no list shown by 'hrdresearch sources', so the row has no "
        "effect. If its folder was renamed, write the new name there"
    ]


def refuse_without_effect(source: str, purpose: str) -> None:
    """ValueError for an answer that changes nothing, because people would believe it was followed."""
    if not is_here(source):
        raise ValueError("source is not a list shown by 'hrdresearch sources'")
    policy = get_facts(source).policy
    if policy.leaves is None and (purpose in ACTED_ON or not policy.public_by_name):
        raise ValueError(
            f"{source} takes no consents, so this answer would change nothing: its cases are public by "
            "name (letters too), or it is an archive of messages, or its source.yml says that nothing "
            "of it may be published (leaves). Delete the row. To remove a person: hrdresearch withdraw"
        )


def state_of_answers(answers: Sequence[Answer], day: dt.date) -> str | None:
    """Hash of the answers in force on a day; a build made under another hash must be built again."""
    if not answers:
        return None
    edition = _edition(ReleasePlan(), day)
    flags = [(a.consent.is_in_force(day), a.consent.is_reviewed(edition)) for a in answers]
    dated = [a.consent.date <= day for a in answers]
    return hashlib.sha256(repr((flags, dated)).encode()).hexdigest()[:16]


def without_names_to_review(
    loaded: Sequence[Loaded],
    answers: Sequence[Answer],
    key: Key,
    demo: Collection[str],
    day: dt.date,
) -> tuple[list[Loaded], int]:
    """Lists without the names that may not be printed, and how many of these only lack a review of the risk.

    A name of a restricted list is kept if there is a dated consent for this purpose or a publication of
    the United Nations, and the risk was reviewed since the day of the edition. demo: slugs of invented
    lists, which keep their names.
    """
    made, waiting = [], 0
    for x in loaded:
        if x.facts.policy.public_by_name or x.facts.slug in demo or "public_name" not in x.accepted:
            made.append(x)
            continue
        own = [a.consent for a in answers if a.source == x.facts.slug]
        told = {p: c for p, c in answers_in_force(own, "named", day).items() if c is not None}
        edition = _edition(x.facts.policy.leaves or ReleasePlan(), day)
        ready = {person for person, consent in told.items() if consent.is_reviewed(edition)}
        rows = x.accepted
        digests = pd.Series(
            [record_digest(x.facts.slug, str(r), key) for r in rows["record_id"]], index=rows.index
        )
        is_named = rows["public_name"].astype(str) != ""
        waiting += int((is_named & digests.isin(set(told) - ready)).sum())
        stays = is_named & digests.isin(ready)
        rows = rows.assign(
            public_name=rows["public_name"].where(stays, ""),
            un_symbol=rows["un_symbol"].where(stays, ""),
            name_basis_code=rows["name_basis_code"].where(stays, "none"),
        )
        made.append(replace(x, accepted=rows))
    return made, waiting


def without_uncovered(
    built: Built,
    loaded: Sequence[Loaded],
    answers: Sequence[Answer],
    demo: Collection[str],
    day: dt.date,
) -> tuple[Built, list[str]]:
    """The tables without cases that no consent or other basis covers, and lines for the screen.

    These rows are set aside with one reason, so that nobody can see what a person answered.
    """
    sheet = built.restricted.get("persons")
    restricted = {x.facts.slug: x.facts for x in loaded if not x.facts.policy.public_by_name}
    lines = [*_unfit(answers, restricted, sheet), *lines_on_absent_lists(answers)]
    tables: dict[str, pd.DataFrame | Pieces] = dict(built.tables)
    aside = [built.set_aside]
    for slug, facts in restricted.items():
        own = [a.consent for a in answers if a.source == slug]
        if sheet is None or not (own or (facts.consent and slug not in demo)):
            continue
        persons = sheet.dropna(subset="record_digest")
        by_case = persons.groupby("record_digest")["person"].first().to_dict()
        given = [replace(c, person=by_case.get(c.person, "")) for c in own if c.person]
        answered = answers_in_force((c for c in given if c.person), "counts", day)
        against = {person for person, consent in answered.items() if consent is None}
        agreed = {person for person, consent in answered.items() if consent is not None}
        is_whole = _is_whole_covered(facts, own, day, slug in demo)
        for name, frame in tables.items():
            column = TABLES[name].person_column
            if callable(frame) or not column or column not in frame:
                continue
            person = frame[column]
            covered = ~person.isin(against) if is_whole else person.isin(agreed)
            tables[name], removed = split_rows(
                frame, frame["source"].eq(slug) & ~covered, built.files, REASON
            )
            aside += removed
    return replace(built, tables=tables, set_aside=pd.concat(aside, ignore_index=True)), lines


def _is_whole_covered(
    facts: SourceFacts, own: Sequence[Consent], day: dt.date, is_demo: bool
) -> bool:
    """Whether the basis of the whole list covers every case that was not refused."""
    whole = answers_in_force((c for c in own if not c.person), "counts", day)
    if not whole:
        return is_demo or not facts.consent
    return whole[""] is not None and whole[""].basis != "consent"


def rows_without_consent(build: Build, facts: Mapping[str, Any]) -> Iterator[str]:
    """A line for the desk: how many rows of a list were set aside for lack of a consent or basis."""
    path = build.folder / "restricted" / "set_aside.csv"
    if facts["is_demo"] or not is_stored(path):
        return
    aside = pd.read_csv(io.BytesIO(read_stored(path)), dtype=str, keep_default_na=False)
    files = {q["file"] for q in build.extras("quality") if q["slug"] == facts["slug"]}
    own = aside["file"].isin(files) & aside["reason"].eq(REASON)
    yield f"Rows left out, because a consent or another basis is missing: {int(own.sum())}"


def _unfit(
    answers: Sequence[Answer], restricted: Collection[str], sheet: pd.DataFrame | None
) -> list[str]:
    """A line on rows of the sheet whose case_id belongs to no case, by row number."""
    known = set() if sheet is None else set(sheet["record_digest"].dropna())
    unfit = [
        a.row for a in answers if a.source in restricted and a.consent.person not in {"", *known}
    ]
    if not unfit:
        return []
    rows = ", ".join(map(str, unfit))
    return [f"{SHEET}, row(s) {rows}: no accepted case of the list has this case_id; correct it"]


def forget_answers(home: Path, key: Key, marks: Collection[str]) -> None:
    """Remove the rows of a person who withdrew from the sheet.

    marks: keyed hashes of the person's rows, as ``add_withdrawn_marks`` keeps them.
    """
    file = home / "decisions" / SHEET
    if not is_stored(file):
        return
    sheet = read_filled_sheet(file, COLUMNS, "the sheet of consents")
    rows = [{str(k): str(v) for k, v in row.items()} for row in sheet.to_dict("records")]
    left = [r for r in rows if record_digest(r["source"].strip(), r["case_id"], key) not in marks]
    if len(left) < len(rows):
        write_kept(file, table_text(list(map(str, sheet.columns)), left), home)


def show_consents(study: str, work: Path) -> Iterator[str]:
    """Begin the sheet of a study if there is none; otherwise say how many consents are in force.

    RunError names a row that cannot be read.
    """
    home = work / study
    file = home / "decisions" / SHEET
    if not is_stored(file):
        write_kept(file, table_text(COLUMNS, []), home)
        shown = copy_in_memory(file) or file
        yield f"New empty sheet: {shown}. Write one row for each answer; add rows, never change them"
        return
    answers, today = read_answers(home, study_key(study)), dt.datetime.now(dt.UTC).date()
    for purpose in PURPOSES:
        own = [a for a in answers if a.consent.purpose == purpose]
        held = sum(a.consent.is_in_force(today) for a in own)
        if own:
            yield f"{purpose}: {len(own)} answer(s), of which {held} consent(s) in force today"
    yield from lines_on_absent_lists(answers)


def _edition(plan: ReleasePlan, day: dt.date) -> dt.date:
    return dt.date.fromisoformat(edition_day(day, plan.editions))
