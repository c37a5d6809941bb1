"""Decisions of a person on questions that the program cannot decide: ``WORK/<study>/decisions.csv``.

A run writes the questions that its numbers raise into this sheet. A person reads the rows behind the
numbers and fills in ``words``, ``desk`` and ``day``; the next run prints the decision. A decision is for
one build: after a new build, the question is open again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hrdresearch.findings.for_a_person import Decision, OpenQuestion
from hrdresearch.privacy.keys import pseudonym, study_key
from hrdresearch.privacy.release_key import DESK
from hrdresearch.privacy.vault import is_stored
from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import read_filled_sheet, table_text, write_kept
from hrdresearch.studies.ground.build import Build, report_build_id

SHEET = "decisions.csv"
COLUMNS = ("key", "build", "question", "numbers", "words", "desk", "day")
FILLED = ("words", "desk", "day")


def read_decisions(folder: Path, build_id: str) -> dict[str, Decision]:
    """Read the decisions on one build, by key of the question; rows that are not filled in are left out.

    RunError if a decision is only partly filled in, or its desk (desk-4) or day (2026-12-03) is not valid.
    """
    file = folder / SHEET
    if not is_stored(file):
        return {}
    sheet = read_filled_sheet(file, COLUMNS, "the sheet of decisions")
    rows = [{str(k): str(v).strip() for k, v in row.items()} for row in sheet.to_dict("records")]
    return {
        row["key"]: _read_decision(row)
        for row in rows
        if row["build"] == build_id and any(row[column] for column in FILLED)
    }


def digest_of_decisions(builds: Sequence[Build]) -> str:
    """Keyed hash of the decisions on these builds; "" if there are none."""
    made_by = [replace(build, build_id=build.folder.name) for build in builds]
    found = read_decisions(builds[0].folder.parent, report_build_id(made_by))
    words = [f"{d.key} {d.words} {d.desk} {d.day}" for _, d in sorted(found.items())]
    return pseudonym(study_key(builds[0].study), "decisions", *words) if words else ""


def write_questions(folder: Path, build_id: str, raised: Sequence[OpenQuestion]) -> int:
    """Add questions that the sheet does not yet hold for this build; returns how many were added."""
    file = folder / SHEET
    rows: list[Mapping[str, str]] = []
    if is_stored(file):
        sheet = read_filled_sheet(file, COLUMNS, "the sheet of decisions")
        rows = [{str(k): str(v) for k, v in row.items()} for row in sheet.to_dict("records")]
    known = {(row["key"], row["build"]) for row in rows}
    new = [
        {
            **dict.fromkeys(FILLED, ""),
            "key": open_question.question.key,
            "build": build_id,
            "question": open_question.question.asks,
            "numbers": " ".join(open_question.numbers),
        }
        for open_question in raised
        if (open_question.question.key, build_id) not in known
    ]
    if new:
        write_kept(file, table_text(COLUMNS, [*rows, *new]), folder)
    return len(new)


def _read_decision(row: Mapping[str, str]) -> Decision:
    empty = [column for column in FILLED if not row[column]]
    if empty:
        raise RunError(
            f"{SHEET}, question {row['key']!r}: {', '.join(empty)} is empty; fill in all three columns"
        )
    if not DESK.fullmatch(row["desk"]):
        raise RunError(
            f"{SHEET}, question {row['key']!r}: desk must name a desk, such as desk-4, never a person"
        )
    try:
        day = dt.date.fromisoformat(row["day"])
    except ValueError:
        raise RunError(f"{SHEET}, question {row['key']!r}: write the day as 2026-12-03") from None
    return Decision(row["key"], row["words"], row["desk"], day)


def check_desk(desk: str | None) -> None:
    """Raise RunError for a label that does not name a desk, such as desk-4; None passes."""
    if desk is not None and not DESK.fullmatch(desk):
        raise RunError(
            "A label names a desk and not a person: 'desk-' and up to twenty lower-case letters, "
            "digits or hyphens, such as --desk desk-4 or --operator desk-americas"
        )
