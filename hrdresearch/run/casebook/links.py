"""Checks that each link of a workbook leads to a row of the workbook, or to one that was loaded before."""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.run.casebook.cells import CLEARED, MANY, Record
from hrdresearch.run.casebook.find_sheets import SheetFound
from hrdresearch.run.casebook.merge import Casebook
from hrdresearch.run.casebook.sheet_kinds import sheet_kinds

NOWHERE = "No row of sheet {sheet!r} has this identifier."
NOT_TAKEN = "It points to a row of sheet {sheet!r} that is not loaded."
OWN_ROW = "It names its own row."
KILLED_TWICE = "This person already has a row with the act 'killed' (row {row})."

NewRows = dict[str, dict[int, Record]]  # sheet -> row of the sheet -> values


def check_links(found: Mapping[str, SheetFound], newer: NewRows, before: Casebook) -> NewRows:
    """Check the links of a workbook and return the rows that can be loaded.

    newer: rows of the workbook. before: the casebook that was loaded before. A link that leads to no row is
    emptied; if its row needs the link, the row is left out. Both are reported as faults of the sheet.
    """
    kept: NewRows = {}
    for name, kind in sheet_kinds().items():
        if name not in newer:
            continue
        faults, rows = found[name].faults, newer[name]
        for column in kind.columns:
            if not column.to or column.name == kind.key:
                continue
            target = sheet_kinds()[column.to]
            own = rows if column.to == name else kept.get(column.to, {})
            known = {*before[column.to], *(record[target.key] for record in own.values())}
            aside = _set_aside(found.get(column.to))
            for row, record in rows.items():
                ids = [i for i in record.get(column.name, "").split(MANY) if i and i != CLEARED]
                lost = [i for i in ids if i not in known]
                what = NOT_TAKEN if set(lost) <= aside else NOWHERE
                if column.to == name and record[kind.key] in ids:
                    lost, what = [record[kind.key]], OWN_ROW
                if lost and column.name in kind.needed:
                    faults.set_row_aside(row, column.name, what.format(sheet=target.titles["en"]))
                elif lost:
                    faults.report_cell(row, column.name, what.format(sheet=target.titles["en"]))
                    record[column.name] = MANY.join(i for i in ids if i not in lost)
        if name == "allegations":
            _tell_killed_twice(found[name], rows, before)
        kept[name] = {row: record for row, record in rows.items() if row not in faults.aside}
    return kept


def _set_aside(sheet: SheetFound | None) -> set[str]:
    """Identifiers of the rows of a sheet that were set aside."""
    if sheet is None:
        return set()
    keys = sheet.cells[sheet.kind.key]
    return set(keys[keys.index.isin(sheet.faults.aside)].str.strip())


def _tell_killed_twice(sheet: SheetFound, rows: Mapping[int, Record], before: Casebook) -> None:
    """Set aside a second row that says the same person was killed; the first may be loaded already."""
    held = {r["person_id"]: key for key, r in before["allegations"].items() if r["act"] == "killed"}
    seen: dict[str, int] = {}
    for row, record in rows.items():
        if record["act"] != "killed" or row in sheet.faults.aside:
            continue
        person = record["person_id"]
        first = seen.setdefault(person, row)
        if first != row:
            sheet.faults.set_row_aside(row, "person_id", KILLED_TWICE.format(row=first))
        elif held.get(person, record["allegation_id"]) != record["allegation_id"]:
            sheet.faults.set_row_aside(row, "person_id", KILLED_TWICE.format(row=held[person]))
