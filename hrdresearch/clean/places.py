"""First-level administrative divisions, each in one spelling.

The spellings are in ``vocab/admin1.yml``. A value that is not a division there ("a national park"),
or of a State without divisions there, gives no division.
"""

from __future__ import annotations

import re
from functools import cache

import pandas as pd
from anyascii import anyascii

from hrdresearch.vocab import vocabulary


def clean_admin1(cells: pd.Series, iso3: pd.Series) -> pd.Series:
    """Division of each place, in the spelling of the vocabulary; None where there is none.

    cells: places. iso3: State of each place (same index).
    """
    pairs = list(zip(cells, iso3, strict=True))
    known = {pair: division_of_place(pair[0], pair[1]) for pair in set(pairs)}
    return pd.Series([known[pair] for pair in pairs], index=cells.index, dtype="object")


def division_of_place(place: str, iso3: str | None) -> str | None:
    """Division that a place names, or None.

    Accents and words such as "department of" make no difference. In "town, division" the part after
    the last comma counts.

    >>> division_of_place("Florencia, Caqueta", "COL")
    'Caquetá'
    """
    if not place or not iso3 or pd.isna(iso3):
        return None
    spellings = _spellings().get(str(iso3), {})
    return spellings.get(_key(place)) or spellings.get(_key(place.rsplit(",", 1)[-1]))


@cache
def _spellings() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for iso3, divisions in vocabulary("admin1")["divisions"].items():
        table[iso3] = {}
        for division in divisions:
            name, aliases = (
                (division, []) if isinstance(division, str) else next(iter(division.items()))
            )
            for spelling in (name, *aliases):
                table[iso3][_key(spelling)] = name
    return table


def _key(place: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", anyascii(place).casefold()).split()
    dropped = {"state", "department", "departamento", "province", "provincia", "estado", "of", "de"}
    return " ".join(word for word in words if word not in dropped)
