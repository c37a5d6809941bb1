"""Which rows of a list are one person: the one rule of all studies.

Rows of one person have the same exact name; names that are only alike are compared by
``names.compare`` and joined by nobody but a reader.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Sequence
from typing import TypeAlias

import pandas as pd
from anyascii import anyascii

from hrdresearch.names.kinds import name_kinds
from hrdresearch.names.spelling import ASIDE, plain_quotes

NOT_KNOWN = frozenset({"", "unknown", "not_recorded", "not_asked"})

Facts: TypeAlias = tuple[Hashable | None, ...]  # sex, year of birth


def exact_key(name: str) -> str:
    """Name as it is compared: Latin letters without accents, case, nicknames and asides.

    Other scripts are compared letter for letter, for different Chinese names share one
    transliteration.

    >>> exact_key('Zúñela "Zuni" TESTAL')
    'zunela testal'
    """
    plain = unicodedata.normalize("NFKC", plain_quotes(name))
    if all(_is_latin(c) for c in plain if c.isalpha()):
        bare = anyascii(ASIDE.sub(" ", plain)).casefold()
        return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())
    kept = [c if c.isalnum() or unicodedata.combining(c) else " " for c in plain.casefold()]
    return " ".join("".join(kept).split())


def person_keys(
    names: pd.Series,
    *,
    within: Sequence[pd.Series] = (),
    sex: pd.Series | None = None,
    birth_year: pd.Series | None = None,
    is_person: pd.Series | None = None,
) -> pd.Series:
    """A key a row: rows with one key are one person; the index is that of ``names``.

    One person: the same name as compared (``exact_key``), the same values of ``within`` (list,
    State), and no other sex or year of birth where both rows record it. A row that records less
    goes with the first person of its name that it agrees with. A blank name, and a row that is no
    person by ``is_person`` (by default by ``name_kinds``), shares its key with no other row.
    """
    compared = {name: exact_key(str(name)) for name in names.unique()}
    is_named = name_kinds(names).eq("person") if is_person is None else is_person.astype(bool)
    places = ["".join(f"{part}|" for part in parts) for parts in zip(*within, strict=True)]
    facts = list(zip(*(_known(names, column) for column in (sex, birth_year)), strict=True))
    stems: list[str] = []
    told: dict[str, list[Facts]] = {}
    for row, name, place, named, fact in zip(
        names.index, names, places or [""] * len(names), is_named, facts, strict=True
    ):
        is_alone = not named or not compared[name]
        stems.append(f"{place}|row {row}" if is_alone else f"{place}{compared[name]}")
        told.setdefault(stems[-1], []).append(fact)
    number = {stem: _numbered(own) for stem, own in told.items()}
    keys = [f"{s}|{n + 1}" if (n := number[s][f]) else s for s, f in zip(stems, facts, strict=True)]
    return pd.Series(keys, index=names.index, dtype="object")


def _numbered(told: Sequence[Facts]) -> dict[Facts, int]:
    """Number of the person behind each pair of facts, 0 for the first of the name.

    What records more is placed first; persons are numbered as they appear, so that a row added at
    the end changes no key.
    """
    persons: list[Facts] = []
    of: dict[Facts, int] = {}
    for facts in sorted(dict.fromkeys(told), key=lambda fact: fact.count(None)):
        agree = (n for n, held in enumerate(persons) if _agree(held, facts))
        of[facts] = n = next(agree, len(persons))
        held = persons.pop(n) if n < len(persons) else facts
        persons.insert(n, tuple(b if a is None else a for a, b in zip(held, facts, strict=True)))
    order = list(dict.fromkeys(of[facts] for facts in told))
    return {facts: order.index(n) for facts, n in of.items()}


def _agree(one: Facts, other: Facts) -> bool:
    return all(a is None or b is None or a == b for a, b in zip(one, other, strict=True))


def _known(names: pd.Series, column: pd.Series | None) -> list[Hashable | None]:
    """Values of a column, None where it is not known."""
    if column is None:
        return [None] * len(names)
    return [None if pd.isna(v) or v in NOT_KNOWN else v for v in column]


def _is_latin(letter: str) -> bool:
    return "LATIN" in unicodedata.name(letter, "") or unicodedata.category(letter) == "Lm"
