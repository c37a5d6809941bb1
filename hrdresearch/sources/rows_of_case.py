"""Users' own lists in which several rows are one case."""

from __future__ import annotations

from hrdresearch.clean.text import put_on_one_line
from hrdresearch.sources.reads_declared import columns_of, fields_of
from hrdresearch.sources.sheet import Sheet

JOINED = ";"  # between the values of a cell, as the templates read it


def merge_cases(sheet: Sheet) -> None:
    """Make one row of all rows of a case, if the layout names the column that identifies cases.

    Fields that may have several values get all of them. Other fields keep the first value, and a different
    one is an issue. The other rows of a case do not count as rows of the list.
    """
    column = sheet.layout.case
    if not column:
        return
    several = {f for f, e in fields_of(sheet.spec.facts.table).items() if e.get("many")}
    key = sheet.text(column)
    key = key.where(key != "", sheet.cells.index.astype(str))
    before, merged = len(sheet.cells), sheet.cells.copy()
    first = ~key.duplicated()
    for _name, group in sheet.cells.groupby(key, sort=False):
        if len(group) == 1:
            continue
        for c in group.columns:
            values = [v for v in dict.fromkeys(group[c].map(put_on_one_line)) if v]
            of_field = next(
                (f for f, how in sheet.layout.reads.items() if c in columns_of(how)), ""
            )
            if of_field in several:
                how = sheet.layout.reads[of_field]
                merged.at[group.index[0], c] = str(how.get("split", JOINED)).join(values)
            elif values:
                merged.at[group.index[0], c] = values[0]
                if len(values) > 1:
                    sheet.book.issues_at(
                        [group.index[0]],
                        c,
                        "The rows of this case differ.",
                        "the first value is taken",
                    )
    sheet.cells = merged
    sheet.keep(first)
    if before > len(sheet.cells):
        sheet.book.note(
            "{rows} rows of the file are {cases} cases: rows with the same identifier are one case.",
            rows=before,
            cases=len(sheet.cells),
        )
