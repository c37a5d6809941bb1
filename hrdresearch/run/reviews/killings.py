"""Review of killings: rows of several lists that may be one person; the most useful pairs come first.

The sheet shows names, because they are needed for the decision, and is restricted. Names come from the
files of the lists, because a build holds none. If a sheet has a fault, nothing of it is kept.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.linkage.decisions import (
    DIFFERENT,
    OPEN,
    SAME,
    find_contradictions,
    standing_decisions,
)
from hrdresearch.privacy.keys import Key, pseudonym, study_key
from hrdresearch.privacy.release_key import DESK
from hrdresearch.privacy.vault import is_stored, read_stored
from hrdresearch.privacy.withdraw import read_withdrawn
from hrdresearch.run.build_files import files_of_build
from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import no_formula, write_private
from hrdresearch.run.person_decisions import (
    REVIEW,
    SIDES,
    keep_person_decisions,
    read_person_decisions,
)
from hrdresearch.run.reviews.person_page import FACTS, PAGE_COLUMNS, pairs_page
from hrdresearch.run.sealed_lists import CORRECTIONS, opener_for
from hrdresearch.sources import load, read_corrections
from hrdresearch.sources.reading import read_rows
from hrdresearch.studies.ground.build import Build

SHOWN = (
    *("pair_id", "left_key", "right_key", "decision", "by", "why"),
    *(f"{side}_{fact}" for fact in FACTS for side in SIDES),
    *("rows", "reasons"),
)
WORDS = (SAME, DIFFERENT, OPEN, "")


def export(build: Build, file: Path, most: int) -> int:
    """Write the open pairs that are most useful to decide, then the decided pairs; returns how many.

    file: ``.xlsx`` for a spreadsheet, ``.html`` for a page in the browser.
    """
    pairs = _with_decided(build, most)
    facts = _facts(build, pairs)
    key, rows = study_key(build.study), []
    for pair in pairs.to_dict("records"):
        row = {str(name): str(value) for name, value in pair.items()}
        row["pair_id"] = _pair_id(key, row)
        for side in SIDES:
            own = facts[row[f"{side}_key"].partition(":")[0], row[f"{side}_row"]]
            row |= {f"{side}_{fact}": own[fact] for fact in FACTS}
        rows.append(row)
    if file.suffix.lower() == ".html":
        write_private(file, pairs_page(rows).encode())
    elif file.suffix.lower() == ".xlsx":
        write_private(file, _workbook(rows))
    else:
        raise RunError("Name a file .xlsx (spreadsheet) or .html (page) for pairs of persons")
    return len(rows)


def feed(file: Path, decisions: Path) -> int:
    """Keep the new decisions of a filled sheet or page; returns how many.

    RunError, and nothing is kept, for a changed key, an unknown word, a decision without a desk, or
    decisions that contradict each other.
    """
    rows = _filled(file)
    key, now = study_key(decisions.parent.name), datetime.now(UTC).isoformat(timespec="seconds")
    given: dict[tuple[str, str], dict[str, str]] = {}
    for number, row in rows:
        _check(row, key, f"{file.name}, row {number}")
        pair = (row["left_key"], row["right_key"])
        if row["decision"]:
            if given.get(pair, row)["decision"] != row["decision"]:
                raise RunError(
                    f"{file.name}, row {number}: an earlier row decides this pair differently"
                )
            given[pair] = {**row, "at": now}
    kept = read_person_decisions(decisions)
    before = standing_decisions(kept).set_index(["left_key", "right_key"])["decision"].to_dict()
    new = [r for pair, r in given.items() if before.get(_sorted(pair), OPEN) != r["decision"]]
    both = pd.concat([kept, pd.DataFrame(new, columns=list(kept.columns))], ignore_index=True)
    if found := find_contradictions(both):
        raise RunError(f"{file.name}: {'; '.join(found)}. Nothing of the sheet was kept")
    if new:
        keep_person_decisions(decisions, new)
    return len(new)


def _with_decided(build: Build, most: int) -> pd.DataFrame:
    """Open pairs (at most ``most``), and decided pairs with their decision; without withdrawn rows."""
    path = build.folder / "restricted" / f"{REVIEW}.csv"
    if not is_stored(path):
        raise RunError("This build links no lists, so there are no pairs to decide")
    pairs = pd.read_csv(io.BytesIO(read_stored(path)), dtype=str, keep_default_na=False)
    home = build.folder.parent
    withdrawn = read_withdrawn(home)
    rows = [pairs[f"{side}_key"].str.partition(":")[2].isin(withdrawn) for side in SIDES]
    pairs = pairs[~rows[0] & ~rows[1]]
    standing = standing_decisions(read_person_decisions(home / "decisions"))
    said = standing.set_index(["left_key", "right_key"])[["decision", "by", "why"]]
    keys = [_sorted(k) for k in zip(pairs["left_key"], pairs["right_key"], strict=True)]
    for column in said:
        found = said[column].to_dict()
        pairs[column] = [found.get(pair, "") for pair in keys]
    is_decided = pairs["decision"] != ""
    return pd.concat([pairs[~is_decided].head(most), pairs[is_decided]])


def _facts(build: Build, pairs: pd.DataFrame) -> dict[tuple[str, str], dict[str, str]]:
    """Facts on each row of the pairs, read from the files; key: list and row number."""
    wanted: dict[str, set[str]] = {}
    for side in SIDES:
        for key, row in zip(pairs[f"{side}_key"], pairs[f"{side}_row"], strict=True):
            wanted.setdefault(key.partition(":")[0], set()).add(row)
    corrections = build.folder.parent.parent / CORRECTIONS
    stored = read_stored(corrections) if is_stored(corrections) else b""
    given = read_corrections(corrections, stored)
    found: dict[tuple[str, str], dict[str, str]] = {}
    for source in files_of_build(build.folder):
        slug = source["slug"]
        if slug not in wanted:
            continue
        path = Path(source["folder"]) / source["file"]
        if not path.exists():
            raise RunError(
                f"{source['file']} ({slug}) is no longer in its folder: put it back, or build again"
            )
        loaded = load(slug, path, corrections=given, opener=opener_for(path))
        if loaded.sha256 != source["sha256"]:
            raise RunError(f"{source['file']} ({slug}) has changed since it was built; build again")
        rows = loaded.accepted[loaded.accepted["source_row"].astype(str).isin(wanted[slug])]
        found |= {(slug, str(row["source_row"])): _told(row) for row in rows.to_dict("records")}
    return found


def _told(row: Mapping[Any, Any]) -> dict[str, str]:
    def text(column: str) -> str:
        cell = row.get(column)
        return "" if cell is None or pd.isna(cell) else " ".join(str(cell).split())

    length = {"day": 10, "month": 7, "year": 4}.get(str(row["event_date_precision"]), 0)
    return {fact: text(column) for fact, column in FACTS.items()} | {
        "date": text("event_date")[:length]
    }


def _filled(file: Path) -> list[tuple[int, dict[str, str]]]:
    """Rows of a filled sheet with their numbers; RunError without the columns of a decision."""
    read = read_rows(file).rows
    header = [name.strip() for name in read[0][1]]
    if missing := [column for column in PAGE_COLUMNS if column not in header]:
        raise RunError(
            f"{file.name} lacks the columns {', '.join(missing)}; export the sheet again"
        )
    empty = dict.fromkeys(PAGE_COLUMNS, "")
    return [
        (number, empty | dict(zip(header, map(str.strip, cells), strict=False)))
        for number, cells in read[1:]
        if any(cells)
    ]


def _check(row: dict[str, str], key: Key, where: str) -> None:
    row["decision"] = row["decision"].casefold()
    if row["pair_id"] != _pair_id(key, row):
        raise RunError(
            f"{where}: pair_id and the two keys do not belong together; export the sheet again"
        )
    if row["decision"] not in WORDS:
        raise RunError(
            f"{where}: decision must be {SAME}, {DIFFERENT}, {OPEN} (to take a decision back) or empty"
        )
    if row["decision"] and not DESK.fullmatch(row["by"]):
        raise RunError(
            f"{where}: write into by which desk decided, such as desk-4, never a person's name"
        )


def _pair_id(key: Key, row: Mapping[str, str]) -> str:
    return pseudonym(key, "pair", row["left_key"], row["right_key"])


def _sorted(pair: tuple[str, str]) -> tuple[str, str]:
    return (min(pair), max(pair))


def _workbook(rows: Sequence[Mapping[str, str]]) -> bytes:
    """The pairs as a workbook (XLSX), with a drop-down list for the decision."""
    from openpyxl import Workbook  # type: ignore[import-untyped]
    from openpyxl.styles import Alignment  # type: ignore[import-untyped]
    from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

    book = Workbook()
    sheet = book.active
    sheet.append(list(SHOWN))
    for row in rows:
        sheet.append([no_formula(row[column]) for column in SHOWN])
    sheet.freeze_panes = "A2"
    choice = DataValidation(type="list", formula1=f'"{SAME},{DIFFERENT},{OPEN}"', allow_blank=True)
    sheet.add_data_validation(choice)
    choice.add(f"D2:D{len(rows) + 1}")
    for cells in sheet.iter_cols(min_row=1):
        name = str(cells[0].value)
        letter = cells[0].column_letter
        sheet.column_dimensions[letter].width = 60 if name == "reasons" else 22
        sheet.column_dimensions[letter].hidden = name in PAGE_COLUMNS[:3]
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
