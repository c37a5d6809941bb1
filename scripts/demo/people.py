"""Invented persons. Convention: a family name ends in *demo* in its own script.

Given names and family names are strung together from syllables, so that nobody's name is used and
so that whoever meets ``Kelvaridemo`` in a file knows at once that it is invented. Chance comes from
``random.Random.random`` alone, the one method whose sequence Python promises to keep.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

Row: TypeAlias = dict[str, Any]
T = TypeVar("T")

GIVEN = (
    (
        *("Aru", "Belo", "Casí", "Dorva", "Ezúl", "Fanu", "Gilé", "Havo", "Ilvê", "Juvo", "Kantu"),
        *("Lovré", "Meskí", "Nuvo", "Ollê", "Pirva", "Quelú", "Rovi", "Sanvé", "Tuvo", "Vorí"),
    ),
    ("lin", "veo", "rço", "nuet", "skar", "via", "zor", "mbel", "tiqu", "ndre", "fjon", "xual"),
)
FAMILY = (
    ("Kel", "Tor", "Vas", "Ñul", "Brav", "Oç", "Šil", "Møg", "Yev", "Zúr", "Gwel", "Hjal", "Quin"),
    ("vari", "onta", "uspe", "elka", "imbo", "arré", "ulço", "ivna", "öste", "anqui", "edra"),
)
OTHER_SCRIPTS = {
    "cyrillic": (("Арув", "Белон", "Довар", "Жулен"), ("Келвар", "Торон", "Васпил"), "демо"),
    "arabic": (("أروفين", "بيلوز", "دورفال"), ("كلفار", "تورون", "فسبيل"), "ديمو"),
    "devanagari": (("अरुविन", "बेलोज", "दोरवल"), ("केलवरि", "तोरोन", "वस्पिल"), "डेमो"),
}
ENDING = "demo"


def pick(rng: random.Random, items: Sequence[T]) -> T:
    """One of the items."""
    return items[int(rng.random() * len(items))]


def chance(rng: random.Random, share: float) -> bool:
    """True in about this share of the calls."""
    return rng.random() < share


@dataclass(frozen=True)
class Person:
    """An invented person: what several lists may print of the same one."""

    name: str
    sex: str
    age: int


class Register:
    """Gives out persons whose names never repeat, unless a list repeats one on purpose."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.given_out: set[str] = set()

    def person(self, script: str = "latin", women: float = 0.18) -> Person:
        """A new person; in Latin letters about half have two family names."""
        while True:
            name = self._name(script)
            if name not in self.given_out:
                self.given_out.add(name)
                sex = "Female" if chance(self.rng, women) else "Male"
                return Person(name, sex, 16 + int(self.rng.random() * 60))

    def _name(self, script: str) -> str:
        if script != "latin":
            given, family, ending = OTHER_SCRIPTS[script]
            return f"{pick(self.rng, given)} {pick(self.rng, family)}{ending}"
        given_name = pick(self.rng, GIVEN[0]) + pick(self.rng, GIVEN[1])
        families = [
            pick(self.rng, FAMILY[0]) + pick(self.rng, FAMILY[1]) + ENDING
            for _ in range(2 if chance(self.rng, 0.5) else 1)
        ]
        return " ".join([given_name, *families])


def in_another_list(name: str, number: int) -> str:
    """A name as a second list prints it: in turn the same, without accents, shorter, misspelled."""
    given, *families = name.split(" ")
    letters = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    slip = families[0][1] + families[0][0].casefold()
    return (
        name,
        plain,
        f"{given} {families[0]}",
        " ".join([given, slip.capitalize() + families[0][2:], *families[1:]]),
    )[number % 4]


def code(rng: random.Random, length: int, start: str = "demo") -> str:
    """An identifier that says that it is invented."""
    return start + "".join(pick(rng, "abcdefghkmnpqrstuvwxyz23456789") for _ in range(length))


def day(rng: random.Random, years: Sequence[int]) -> tuple[int, int, int]:
    """A day of one of the years."""
    return pick(rng, years), 1 + int(rng.random() * 12), 1 + int(rng.random() * 28)
