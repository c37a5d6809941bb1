"""Decides which rows of a list are one person, by one rule for all studies.

Rows of one person have the same exact name. Names that are only alike are compared by
``names.name_comparison``, and only a reader joins them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Sequence
from typing import TypeAlias

import pandas as pd
from anyascii import anyascii

from hrdresearch.names.person_or_group import name_kinds
from hrdresearch.names.spelling import ASIDE, plain_quotes

NOT_KNOWN = frozenset({"", "unknown", "not_recorded", "not_asked"})

Facts: TypeAlias = tuple[Hashable | None, ...]  # sex, year of birth


def exact_key(name: str) -> str:
    """A name in the form in which it is compared: small Latin letters, no accents, nicknames or brackets.

    Other scripts keep their letters, because different Chinese names share one transliteration.

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
    alone: pd.Series | None = None,
) -> pd.Series:
    """Make a key for the person of each row: rows with the same key are one person.

    names: printed names; the result has their index. within: columns that must be equal (list,
    State). sex, birth_year: must not differ where both rows record them. is_person: False for
    rows that are not a person (by default from ``name_kinds``). Names are compared by
    ``exact_key``. A row without sex or year of birth belongs to the first person of its name with
    which it agrees. A blank name and a row that is not a person have a key of their own, made of
    ``alone`` (``row_keys``; by default the index). No key depends on the order of the rows.
    """
    compared = {name: exact_key(str(name)) for name in names.unique()}
    is_named = name_kinds(names).eq("person") if is_person is None else is_person.astype(bool)
    places = ["".join(f"{part}|" for part in parts) for parts in zip(*within, strict=True)]
    facts = list(zip(*(_known(names, column) for column in (sex, birth_year)), strict=True))
    stems: list[str] = []
    facts_by_name: dict[str, list[Facts]] = {}
    for row, name, place, named, fact in zip(
        names.index if alone is None else alone,
        names,
        places or [""] * len(names),
        is_named,
        facts,
        strict=True,
    ):
        is_alone = not named or not compared[name]
        stems.append(f"{place}|row {row}" if is_alone else f"{place}{compared[name]}")
        facts_by_name.setdefault(stems[-1], []).append(fact)
    persons = {stem: _persons(facts) for stem, facts in facts_by_name.items()}
    keys = [f"{stem}{persons[stem][fact]}" for stem, fact in zip(stems, facts, strict=True)]
    return pd.Series(keys, index=names.index, dtype="object")


def _persons(found: Sequence[Facts]) -> dict[Facts, str]:
    """Ending of the key for each pair of facts found with one name; "" if the name has one person only.

    Pairs in which fewer facts are missing are placed first.
    """
    held: list[Facts] = []
    number: dict[Facts, int] = {}
    for facts in sorted(set(found), key=lambda fact: (fact.count(None), str(fact))):
        n = next((n for n, other in enumerate(held) if _agree(other, facts)), len(held))
        if n == len(held):
            held.append(facts)
        held[n] = tuple(b if a is None else a for a, b in zip(held[n], facts, strict=True))
        number[facts] = n
    of_one = len(held) == 1
    return {
        facts: "" if of_one else "".join(f"|{fact or ''}" for fact in held[n])
        for facts, n in number.items()
    }


def _agree(one: Facts, other: Facts) -> bool:
    return all(a is None or b is None or a == b for a, b in zip(one, other, strict=True))


def _known(names: pd.Series, column: pd.Series | None) -> list[Hashable | None]:
    """Values of a column, None where it is not known."""
    if column is None:
        return [None] * len(names)
    return [None if pd.isna(v) or v in NOT_KNOWN else v for v in column]


def _is_latin(letter: str) -> bool:
    return "LATIN" in unicodedata.name(letter, "") or unicodedata.category(letter) == "Lm"
