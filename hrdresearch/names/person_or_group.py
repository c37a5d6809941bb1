"""Decides whether a cell of a column of names holds a person, a group, or nobody who is identified."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd
from anyascii import anyascii

from hrdresearch.names.spelling import plain_quotes
from hrdresearch.vocab import vocabulary


def name_kinds(cells: pd.Series) -> pd.Series:
    """Kind of each cell: person, collective (named as part of a group) or unidentified.

    cells: texts; the result has their index. The patterns are in ``vocab/non_person.yml``, one list
    a language. A cell that fits no pattern is a person, so that no name loses its protection.

    >>> name_kinds(pd.Series(["Zunela Testal", "unknown"])).tolist()
    ['person', 'unidentified']
    """
    kinds = {cell: _kind(cell) for cell in cells.unique()}
    return cells.map(kinds).astype("object")


def are_organizations(cells: pd.Series) -> pd.Series:
    """Whether each cell begins like the name of an organization or a community; true or false.

    >>> are_organizations(pd.Series(["Comunidad Inventada", "Zunela Testal"])).tolist()
    [True, False]
    """
    return cells.map(lambda c: any(p.search(_key(c)) for p in _patterns("organization"))).astype(
        bool
    )


def _kind(cell: str) -> str:
    key = _key(cell)
    if not key:
        return "unidentified"
    for kind in ("unidentified", "collective"):
        if any(pattern.search(key) for pattern in _patterns(kind)):
            return kind
    return "person"


def _key(cell: str) -> str:
    key = re.sub(r"[\[\]()*\"'.]", " ", anyascii(plain_quotes(cell)).casefold())
    return " ".join(key.split())


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    by_language = vocabulary("non_person")[kind]
    return tuple(re.compile(text) for texts in by_language.values() for text in texts)
