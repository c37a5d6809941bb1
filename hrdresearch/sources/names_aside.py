"""Names in rows that a list does not take in: no table holds them, and no report may print them."""

from __future__ import annotations

import pandas as pd

from hrdresearch.clean.text import clean_name
from hrdresearch.names.person_or_group import name_kinds
from hrdresearch.sources.beside_the_table import rows_of_nobody
from hrdresearch.sources.layout import column_names
from hrdresearch.sources.reading import Rows
from hrdresearch.sources.reads_declared import columns_of
from hrdresearch.sources.sheet import Sheet

NAME_FIELDS = ("name", "given_name", "family_name")


def names_aside(rows: Rows, sheet: Sheet, accepted: pd.DataFrame) -> frozenset[str]:
    """Names of persons in the rows of a file that are not accepted.

    In a row that was set aside before it was cleaned, the columns of names are read. In a public list only
    cells of two words or more are taken: in a row that does not fit, another value may be in this place.
    Rows of another table in the file of a public list are left out: they are no part of the list, and among
    thousands of names some are like common words of the page.
    """
    if "source_row" not in accepted:
        return frozenset()
    taken, cleaned = set(accepted["source_row"]), sheet.names_read
    fewest = 2 if sheet.spec.facts.policy.public_by_name else 1
    if fewest > 1:
        taken |= sheet.elsewhere
    found = cleaned[~cleaned.index.isin(taken)].tolist()
    header = sheet.layout.named(column_names(rows, sheet.layout))
    reads = sheet.layout.reads
    named = [
        c
        for f in NAME_FIELDS
        if f in reads and "value" not in reads[f]
        for c in columns_of(reads[f])
    ]
    at = [header.index(c) for c in (named if reads else [sheet.name_column]) if c in header]
    taken |= rows_of_nobody(rows, sheet.book)
    first = max(sheet.layout.header, default=rows.rows[0][0])
    for number, cells in rows.rows:
        if number > first and number not in taken and number not in cleaned.index:
            parts = [cells[i] for i in at if i < len(cells) and cells[i].strip() != header[i]]
            name = clean_name(" ".join(parts))
            found += [name] if len(name.split()) >= fewest else []
    names = pd.Series(found, dtype="object")
    return frozenset(names[name_kinds(names) == "person"])
