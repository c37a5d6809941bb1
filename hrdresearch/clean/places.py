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
LONGEST_CONTRACTION = 5  # letters


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


def divisions_abbreviated(cell: str, iso3: str | None, is_of_state: bool = True) -> tuple[str, ...]:
    """Divisions of a State that a cell may abbreviate; if there are several, the cell names none.

    cell: of a column of divisions. Usual abbreviations stand in the vocabulary. Others are beginnings of
    each word of a name ("Mich.", "B.C.S."), its first letters in capitals ("NL"), or three or four letters
    without a point ("Oax"). If it is none of these, it may leave out letters within ("Msya.", "CZO"),
    where ``is_of_state``: the State is known, and not sought by such cells.

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
    if is_of_state and not found and len(mine) == 1 and (part.isupper() or part.endswith(".")):
        of_state = _spellings().get(str(iso3), {}).items()
        found = {name: None for word, name in of_state if _is_contracted(word, key)}
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


def _is_contracted(word: str, short: str) -> bool:
    """Whether letters within a word are left out, and its first and last ones stand ("Masaya": "MYA")."""
    if not FEWEST_LETTERS <= len(short) <= LONGEST_CONTRACTION or len(short) >= len(word):
        return False
    letters = iter(word)
    return (word[0], word[-1]) == (short[0], short[-1]) and all(s in letters for s in short)


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
