"""Review of imprisonment: pairs that may be one person in two censuses.

The sheet holds no names: State, years, charges and rows of the published file lead to them. A pair
counts as one person only where ``decision`` says ``same``; ``different`` or an empty cell leaves it
apart. Decisions are kept in ``decisions/same_person.csv``: the last one on a pair counts, so a later
one takes an earlier one back.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from hrdresearch.run.errors import RunError
from hrdresearch.run.steps.imprisonment import DECISIONS
from hrdresearch.studies.ground.build import Build

SHEET = "same_person_review.csv"
WORDS = ("same", "different", "")


def export(build: Build, file: Path, most: int) -> int:
    """Write the pairs to look at, with the decisions that stand; how many rows."""
    sheet = build.folder / "restricted" / SHEET
    if not sheet.is_file():
        raise RunError("This build holds no census, so there is no pair to look at")
    pairs = pd.read_csv(sheet, dtype=str, keep_default_na=False)
    kept = build.folder.parent / "decisions" / DECISIONS
    if kept.is_file():
        held = pd.read_csv(kept, dtype=str, keep_default_na=False)
        last = held.drop_duplicates("pair_id", keep="last").set_index("pair_id")["decision"]
        pairs["decision"] = pairs["pair_id"].map(last).fillna("")
    pairs.head(most).to_csv(file, index=False)
    return min(most, len(pairs))


def feed(file: Path, decisions: Path) -> int:
    """Keep the decisions of a filled sheet; how many. RunError names the row that cannot be."""
    try:
        sheet = pd.read_csv(file, dtype=str, keep_default_na=False)
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as wrong:
        raise RunError(f"{file.name} cannot be read as a CSV file in UTF-8") from wrong
    missing = [c for c in ("pair_id", "decision") if c not in sheet.columns]
    if missing:
        raise RunError(f"{file.name} lacks {', '.join(missing)}: is it the review sheet?")
    decided = sheet["decision"].str.strip().str.casefold()
    for row, word in decided.items():
        if word not in WORDS:
            raise RunError(
                f"{file.name}, row {int(str(row)) + 2}: decision is same, different or empty"
            )
    made = pd.DataFrame(
        {
            "pair_id": sheet["pair_id"],
            "decision": decided,
            "decided": datetime.now(UTC).date().isoformat(),
        }
    )
    path = decisions / DECISIONS
    earlier = pd.read_csv(path, dtype=str, keep_default_na=False) if path.is_file() else None
    made = made[_is_new(made, earlier)]
    decisions.mkdir(mode=0o700, parents=True, exist_ok=True)
    together = made if earlier is None else pd.concat([earlier, made], ignore_index=True)
    together.to_csv(path, index=False)
    return len(made)


def _is_new(made: pd.DataFrame, earlier: pd.DataFrame | None) -> pd.Series:
    """Decisions that say something else than what stands."""
    if earlier is None:
        return made["decision"] != ""
    last = earlier.drop_duplicates("pair_id", keep="last").set_index("pair_id")["decision"]
    return made["decision"] != made["pair_id"].map(last).fillna("")
