"""What is said of a whole list at first sight: where its names stand, what is beside the table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from hrdresearch.sources.beside_the_table import ROWS_NAMED, marks_beside, rows_beside
from hrdresearch.sources.reading import Rows


def remarks_on(rows: Rows, header: tuple[int, ...], names: Sequence[str]) -> list[str]:
    """Remarks in words: rows and counts, and no cell. header: rows of the column names."""
    said = []
    if header != (1,):
        at = ", ".join(map(str, header))
        said.append(f"The column names stand in row {at}; what stands above is not read.")
    if twice := [n for n in names if re.search(r" \(\d+\)\Z", n)]:
        said.append(f"Columns with the same name were numbered: {', '.join(map(repr, twice))}.")
    if unnamed := [n for n in names if re.fullmatch(r"column \d+", n)]:
        said.append(f"Columns without a name are called by their place: {', '.join(unnamed)}.")
        if names[-1] not in unnamed:
            said.append("Another table may stand to the right of them: look at what is left out.")
    for told, what, done in marks_beside(rows, max(header)):
        where = f" ({len(told)}: rows {_listed(told)})" if told else ""
        said.append(f"{what.removesuffix('.')}{where}; {done}.")
    for reason, aside in _by_reason(rows_beside(rows, names, max(header))).items():
        said.append(f"{reason} (rows {_listed(aside)} are set aside)")
    below = [(row, at) for row, at in rows.formulas if row > max(header)]
    if below:
        said.append(f"{len(below)} cells hold a formula or an error; the stored results are read.")
    return said


def _listed(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows[:ROWS_NAMED])) + (" ..." if len(rows) > ROWS_NAMED else "")


def _by_reason(rows: Mapping[int, str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row, reason in rows.items():
        found.setdefault(reason, []).append(row)
    return found
