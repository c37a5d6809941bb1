"""Review of imprisonment: pairs that may be one person in two censuses.

The sheet holds no names; State, years, charges and row numbers of the published file identify the
persons. A pair counts as one person only if ``decision`` is ``same``; ``different`` or an empty cell keeps
two persons. Decisions are kept in ``decisions/same_person.csv``; the last one on a pair counts.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from hrdresearch.privacy.vault import is_stored, read_stored
from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import (
    last_decisions,
    read_filled_sheet,
    read_kept_rows,
    table_text,
    write_kept,
)
from hrdresearch.run.steps.imprisonment import DECISIONS
from hrdresearch.studies.ground.build import Build

SHEET = "same_person_review.csv"
WORDS = ("same", "different", "")


def export(build: Build, file: Path, most: int) -> int:
    """Write the pairs that may be one person, with earlier decisions; returns how many."""
    sheet = build.folder / "restricted" / SHEET
    if not is_stored(sheet):
        raise RunError("This build holds no census, so there are no pairs to decide")
    pairs = pd.read_csv(io.BytesIO(read_stored(sheet)), dtype=str, keep_default_na=False)
    decided = last_decisions(build.folder.parent / "decisions" / DECISIONS, "pair_id", "decision")
    pairs["decision"] = [decided.get(pair, "") for pair in pairs["pair_id"]]
    pairs.head(most).to_csv(file, index=False)
    return min(most, len(pairs))


def feed(file: Path, decisions: Path) -> int:
    """Keep the new decisions of a filled sheet; returns how many. RunError names a wrong row."""
    sheet = read_filled_sheet(file, ("pair_id", "decision"), "the review sheet")
    decided = sheet["decision"].str.strip().str.casefold()
    for row, word in decided.items():
        if word not in WORDS:
            raise RunError(
                f"{file.name}, row {int(str(row)) + 2}: decision must be same, different or empty"
            )
    given = pd.DataFrame(
        {
            "pair_id": sheet["pair_id"],
            "decision": decided,
            "decided": datetime.now(UTC).date().isoformat(),
        }
    )
    path = decisions / DECISIONS
    before = last_decisions(path, "pair_id", "decision")
    new = given[given["decision"] != [before.get(pair, "") for pair in given["pair_id"]]]
    added = [{str(k): str(v) for k, v in row.items()} for row in new.to_dict("records")]
    write_kept(
        path, table_text(list(given.columns), [*read_kept_rows(path), *added]), decisions.parent
    )
    return len(new)
