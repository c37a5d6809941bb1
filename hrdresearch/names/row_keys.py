"""What stands for a row of a list, wherever it stands there: its identifier, else its content.

Pseudonyms are made of these keys. With the number of the row in them, one row that is added at the
top would make another person of everybody, and no figure of a restricted list would stand.
"""

from __future__ import annotations

import pandas as pd

OF_A_PERSON = ("name_as_published", "event_date", "began_date", "state_iso3", "place_as_published")
OF_THE_FILE = ("source_row",)


def row_keys(rows: pd.DataFrame, record: str = "record_id") -> pd.Series:
    """Key of each row, other for each, from the first of these that tells the row from all others.

    Its identifier (column ``record``), its name with date, State and place, all that it holds; rows
    that are alike in all of it are numbered. To add, remove or move a row changes no other key, but
    that of a row which it can no longer be told from. rows: of one list.
    """
    empty = pd.Series("", index=rows.index)
    records = rows[record].fillna("").astype(str) if record in rows else empty
    named = empty.astype(bool)
    if "name_as_published" in rows:
        named = rows["name_as_published"].fillna("").astype(str).str.strip() != ""
    persons = [c for c in OF_A_PERSON if c in rows]
    everything = sorted(set(rows.columns) - set(OF_THE_FILE))
    keys = _joined(rows, everything)
    keys = "row|" + keys + "|" + keys.groupby(keys).cumcount().astype(str)
    for level, told, holds in (
        ("person", _joined(rows, persons), named),
        ("record", records, records.str.strip() != ""),
    ):
        tells = holds & ~told[holds].duplicated(keep=False).reindex(rows.index, fill_value=True)
        keys = keys.mask(tells, level + "|" + told)
    return keys


def _joined(rows: pd.DataFrame, columns: list[str]) -> pd.Series:
    """Cells of each row in one text, kept apart."""
    texts = [rows[column].map(str, na_action=None) for column in columns]
    cells = ["".join(f"{len(c)}:{c}" for c in row) for row in zip(*texts, strict=True)]
    return pd.Series(cells or "", index=rows.index, dtype="object")
