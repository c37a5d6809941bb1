"""Acts that a cell threatens or attempts: "amenaza de asesinato" is a threat, and nobody was killed.

The words stand in vocabulary ``list_values``, under ``attempts`` and ``threatened``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from hrdresearch.clean.word_forms import fold, holds, places_of
from hrdresearch.vocab import vocabulary

THREATS = ("threat", "death_threat", "threat_relatives")
# What may be threatened or attempted with another act in one breath ("amenaza de secuestro y asesinato").
GRAVE = frozenset(
    ("killing", "kidnapping", "enforced_disappearance", "torture", "sexual_violence", "arrest")
)
_HARD = re.compile(r"[;|+\n]+")
_JOINED = re.compile(r"\s*[,/&]\s*|\s+(?:y|e|and|et|и|و)\s+", re.I)
Codes = tuple[str, ...]


def acts_of(cell: str, plain: Callable[[str], Codes]) -> Codes | None:
    """Codes of the acts in a cell that speaks of a threat or an attempt; None for another cell.

    plain: codes of a text without them. Empty where a killing may have been threatened or carried out:
    a person is asked.
    """
    if not (_places(fold(cell).split(), "attempts") or _places(fold(cell).split(), "threatened")):
        return None
    found: list[str] = []
    for piece in _HARD.split(cell):
        governed = False
        for at, part in enumerate(parts := [p for p in _JOINED.split(piece) if fold(p)]):
            words = fold(part).split()
            attempts, threats = _places(words, "attempts"), _places(words, "threatened")
            codes = plain(part)
            if attempts:
                if at and attempts[0] and "killing" in plain(parts[at - 1]):
                    return ()  # "asesinato y secuestro frustrados"
                codes = ("physical_attack",) if {"killing", "physical_attack"} & {*codes} else ()
            elif threats:
                codes = _with_threat(words, threats[0], plain)
            elif governed and GRAVE & {*codes}:
                if "killing" in codes:
                    return ()
                codes = tuple(c for c in codes if c not in GRAVE)
            found += codes
            first = min(attempts + threats, default=len(words))
            governed = governed or first + 1 < len(words)
    said = dict.fromkeys(found)
    if "death_threat" in said:
        said.pop("threat", None)
    return tuple(said)


def parts_joined(cell: str) -> list[str]:
    """Parts of a cell between signs and words that join: "policía y ejército" has two.

    >>> parts_joined("policía y ejército"), parts_joined("mujeres + tierra")
    (['policía', 'ejército'], ['mujeres ', ' tierra'])
    """
    return [part for piece in _HARD.split(cell) for part in _JOINED.split(piece)]


def is_threat_of_death(cell: str) -> bool:
    """Whether all that a cell says of a death is that it was threatened."""
    codes = acts_of(cell, _deaths)
    return codes is not None and "death_threat" in codes and "killing" not in codes


def _deaths(text: str) -> Codes:
    return ("killing",) if _places(fold(text).split(), "deaths_threatened") else ()


def _with_threat(words: Sequence[str], at: int, plain: Callable[[str], Codes]) -> Codes:
    """Codes of words in which a threat stands: an act behind it, or right before it, is what it threatens."""
    before, after = words[:at], words[at + 1 :]
    later = _places(after, "time_between")
    own = tuple(c for c in plain(" ".join(words)) if c in THREATS)
    acts = tuple(c for c in plain(" ".join(before)) if c not in THREATS)
    if before and plain(before[-1]):  # "murder threats"
        of_death = "killing" in plain(before[-1])
        acts = plain(" ".join(before[:-1]))
    else:
        cause = _places(after, "because")
        said = after[: min([*later, *cause], default=len(after))]
        of_death = bool(_places(said, "deaths_threatened")) or "killing" in plain(" ".join(said))
    happened = plain(" ".join(after[later[0] :])) if later else ()
    if of_death:
        own = tuple(c for c in own if c != "threat") or ("death_threat",)
    return (*acts, *(own or ("threat",)), *happened)


def _places(words: Sequence[str], name: str) -> list[int]:
    return sorted(
        {at for phrase in _phrases(name) if holds(words, phrase) for at in places_of(words, phrase)}
    )


@cache
def _phrases(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(fold(str(text)).split()) for text in vocabulary("list_values")[name])
