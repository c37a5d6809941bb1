"""Names as published, cleaned of layout only, and told apart from what is no person's name."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd
from anyascii import anyascii

from hrdresearch.clean.text import tidy
from hrdresearch.vocab import vocabulary

_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "`": "'"}
)


def clean_name(cell: str) -> str:
    """Name without line breaks, doubled spaces and outer commas; spelling is kept."""
    return tidy(cell).strip(" ,;")


def name_kinds(cells: pd.Series) -> pd.Series:
    """Kind of each cell: person, collective (named as part of a group) or unidentified.

    Patterns stand in ``vocab/non_person.yml``, a list a language; what no pattern fits is a
    person, so that nobody's name leaves protection by mistake.
    """
    kinds = {cell: _kind(cell) for cell in cells.unique()}
    return cells.map(kinds).astype("object")


def _kind(cell: str) -> str:
    key = tidy(re.sub(r"[\[\]()*\"'.]", " ", anyascii(cell.translate(_QUOTES)).casefold()))
    if not key:
        return "unidentified"
    for kind in ("unidentified", "collective"):
        if any(pattern.search(key) for pattern in _patterns(kind)):
            return kind
    return "person"


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    by_language = vocabulary("non_person")[kind]
    return tuple(re.compile(text) for texts in by_language.values() for text in texts)
