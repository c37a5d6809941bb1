"""Makes the workbook of a pack: the records of its JSON file, one row each, and a sheet of checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hrdresearch.run.fact_checks import COLUMNS as CHECK_COLUMNS
from hrdresearch.run.fact_checks import FACTS
from hrdresearch.run.sdg_pack.pack_schema import PARTS, STATUS
from hrdresearch.vocab import vocabulary

OF_RECORD = ("record_id", "person_id", "incident_id", "part", "acts", "groups", "list", "check")
HEADS = {
    "adopted": "Five adopted acts",
    "arrest_not_assessed": "Arrests that nobody assessed",
    "other_harmful": "Other harmful acts (proposed refinement)",
}


def make_workbook(
    records: Sequence[Mapping[str, Any]],
    lists: Sequence[Mapping[str, str]],
    is_invented: bool,
) -> Any:
    """Make the workbook: sheets with the status, the records, the lists, and the checks to fill in."""
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook()
    first = book.active
    first.title = "Status"
    first.append([f"SDG indicator 16.10.1: {STATUS}"])
    first.append(
        ["The value of the indicator is computed by its custodian from verified cases only."]
    )
    if is_invented:
        first.append(["Demonstration: every person and case is invented."])
    for part, n in count_by_part(records).items():
        first.append([HEADS[part], n])
    sheet = book.create_sheet("Candidate records")
    sheet.append(
        [*OF_RECORD, *(f"{fact}{end}" for fact in FACTS for end in ("", "_state", "_check"))]
    )
    for record in records:
        sheet.append([*(_cell(record[key]) for key in OF_RECORD), *_fact_cells(record["facts"])])
    sheet.freeze_panes = "B2"
    about = book.create_sheet("Lists")
    about.append(list(lists[0]))
    for one in lists:
        about.append(list(one.values()))
    checks = book.create_sheet("Checks")
    for row in check_rows(records):
        checks.append(list(row))
    return book


def _fact_cells(facts: Mapping[str, Any]) -> list[str]:
    cells: list[str] = []
    for fact in FACTS:
        check = facts[fact]["check"]
        told = (
            f"{check['sources']} sources, {'independent' if check['independent'] else 'not independent'}"
            if check
            else ""
        )
        cells += [_cell(facts[fact]["values"]), facts[fact]["state"], told]
    return cells


def _cell(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)


def check_rows(records: Iterable[Mapping[str, Any]]) -> Iterable[Sequence[str]]:
    """Rows of the sheet to fill in: the column names, then one row for each needed fact of each record."""
    yield CHECK_COLUMNS
    for record in records:
        for fact in vocabulary("sdg_check")["needed"]:
            yield record["record_id"], fact, "", "", "", ""


def count_by_part(records: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Number of records in each part of a pack, in the order of the parts."""
    counted = Counter(record["part"] for record in records)
    return {part: counted[part] for part in PARTS}
