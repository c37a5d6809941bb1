"""Makes a key for each row of a list that does not depend on the position of the row.

Pseudonyms are made of these keys. If they held the number of the row, one row added at the top would
change every pseudonym, and no published figure of a restricted list could be found again.
"""

from __future__ import annotations

import pandas as pd

OF_A_PERSON = ("name_as_published", "event_date", "began_date", "state_iso3", "place_as_published")
OF_THE_FILE = ("source_row",)


def row_keys(rows: pd.DataFrame, record: str = "record_id") -> pd.Series:
    """Make a key for each row; no two rows have the same key.

    rows: rows of one list. record: column with the publisher's identifier. The key is made of the first
    of these that no other row shares: the identifier; the name with date, State and place; all cells.
    Rows with the same cells are numbered. Adding, removing or moving a row changes the key of another
    row only if the two share what its key was made of.

    >>> rows = pd.DataFrame({"record_id": ["7", ""], "cause": ["land", "water"]})
    >>> row_keys(rows).tolist()
    ['record|7', 'row|5:water0:|0']
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
    """Cells of each row as one text, each with its length before it, so that no two rows give one text."""
    texts = [rows[column].map(str, na_action=None) for column in columns]
    cells = ["".join(f"{len(c)}:{c}" for c in row) for row in zip(*texts, strict=True)]
    return pd.Series(cells or "", index=rows.index, dtype="object")
