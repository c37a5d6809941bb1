"""Brings first-level administrative divisions to one spelling each.

The spellings are in ``vocab/admin1.yml``. A value that is not a division there ("a national park"),
or of a State without divisions there, gives no division. A column of divisions may hold abbreviations
("Mich.", "N.L.", "SP"): one that fits several divisions gives none.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from hrdresearch.clean.text import plain_words
from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.divisions import division_spellings

FEWEST_OF_BEGINNING = 4  # letters of a name that is written without its end
FEWEST_LETTERS, MOST_LETTERS = 3, 4  # of an abbreviation without a point; longer ones may be towns


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


def divisions_abbreviated(cell: str, iso3: str | None) -> tuple[str, ...]:
    """Divisions of a State that a cell may abbreviate; if there are several, the cell names none.

    cell: of a column of divisions. Usual abbreviations stand in the vocabulary. Others are beginnings of
    each word of a name ("Mich.", "B.C.S."), its first letters in capitals ("NL"), or three or four letters
    without a point ("Oax").

    >>> divisions_abbreviated("Mich.", "MEX"), divisions_abbreviated("Morelia, N.L.", "MEX")
    (('Michoacán',), ('Nuevo León',))
    """
    part = cell.rsplit(",", 1)[-1].strip() if cell else ""
    key = _key(part)
    if not key or not iso3 or pd.isna(iso3):
        return ()
    if usual := _abbreviations().get(str(iso3), {}).get(key.replace(" ", "")):
        return (usual,)
    mine = key.split()
    shortened = "." in part or (len(mine) == 1 and FEWEST_LETTERS <= len(key) <= MOST_LETTERS)
    initials = key if part.isupper() and len(mine) == 1 else ""
    found = {
        name: None
        for spelling, name in _spellings().get(str(iso3), {}).items()
        if (words := spelling.split())
        and (
            (shortened and _begin(words, mine))
            or (len(words) > 1 and initials == "".join(word[0] for word in words))
        )
    }
    return tuple(found)


def divisions_begun(cell: str, iso3: str) -> tuple[str, ...]:
    """Divisions of a State whose names begin with the letters of a cell, at least four.

    >>> divisions_begun("Huehue", "GTM"), divisions_begun("San", "GTM")
    (('Huehuetenango',), ())
    """
    key = _key(cell)
    if len(key) < FEWEST_OF_BEGINNING:
        return ()
    of_state = _spellings().get(iso3, {}).items()
    return tuple(dict.fromkeys(name for spelling, name in of_state if spelling.startswith(key)))


def all_divisions() -> tuple[str, ...]:
    """Names of the divisions of all States that are known here."""
    return tuple(dict.fromkeys(name for of in _spellings().values() for name in of.values()))


def has_divisions(iso3: str | None) -> bool:
    """Whether the divisions of a State are known here."""
    return bool(iso3) and str(iso3) in _spellings()


def _begin(words: list[str], short: list[str]) -> bool:
    """Whether each word begins with its abbreviation; one letter alone is no abbreviation."""
    if len(words) != len(short) or len("".join(short)) < 2:
        return False
    return all(word.startswith(s) for word, s in zip(words, short, strict=True))


@cache
def _abbreviations() -> dict[str, dict[str, str]]:
    known = vocabulary("admin1")["abbreviations"]
    return {i: {_key(k).replace(" ", ""): v for k, v in of.items()} for i, of in known.items()}


@cache
def _spellings() -> dict[str, dict[str, str]]:
    """For each State, the name of a division by each of its spellings, as they are compared."""
    return {
        iso3: {_key(spelling): name for spelling, name in division_spellings(iso3).items()}
        for iso3 in vocabulary("admin1")["divisions"]
    }


def _key(place: str) -> str:
    dropped = {"state", "department", "departamento", "province", "provincia", "estado", "of", "de"}
    words = [word for word in plain_words(place).split() if word not in dropped]
    short = {"edo": "", "dpto": "", "depto": "", "dto": "distrito", "dtto": "distrito"}
    if len(words) > 1 and words[0] in short:  # "Edo. Carabobo"; alone, Edo is a division of Nigeria
        words[0] = short[words[0]]
    return " ".join(filter(None, words))
