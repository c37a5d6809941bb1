"""Words of denial in a cell: "no indígena" is no guess for "indígena", wherever the denial stands.

The words stand in vocabulary ``list_values``: ``denials``, those of them that deny only what follows
(``denies_next``), and phrases that hold such a word and deny nothing (``no_denials``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from hrdresearch.clean.word_forms import fold, places_of
from hrdresearch.vocab import vocabulary

Phrase = Sequence[str]


def denials_in(words: Phrase, kept: Iterable[Phrase]) -> list[int]:
    """Places of the words of a cell that deny something.

    words: of the cell, folded. kept: phrases that are read from it; a denial within one of them ("sin
    tierra", without land) is part of what it says. The sign of a number ("No. 5") denies nothing.

    >>> denials_in(["no", "indigena"], []), denials_in(["lider", "sin", "tierra"], [["sin", "tierra"]])
    ([0], [])
    """
    denials = _words("denials")
    found = [at for at, word in enumerate(words) if word in denials]
    if not found:
        return []
    inert = _spans(words, kept) | _literal(words, "no_denials") | _literal(words, "nothing")
    found = [at for at in found if at not in inert]
    return [at for at in found if not words[at + 1 : at + 2] or not words[at + 1].isdigit()]


def not_denied(words: Phrase, phrases: Sequence[Phrase]) -> list[bool]:
    """Whether each phrase that is read from a cell stands there, for all that is denied in it.

    A denial denies the whole cell. "no" is Portuguese for "in the", too, so it denies what follows it, and
    all where it stands last. What a phrase of ``no_denials`` names is denied: "non-governmental" is no
    government.
    """
    if _words("denials").isdisjoint(words):
        return [True] * len(phrases)
    denials = denials_in(words, phrases)
    if any(n == len(words) - 1 or words[n] not in _words("denies_next") for n in denials):
        return [False] * len(phrases)
    inside = _literal(words, "no_denials")
    return [
        any(at not in inside and not any(n < at for n in denials) for at in places_of(words, p))
        for p in phrases
    ]


def _spans(words: Phrase, phrases: Iterable[Phrase]) -> set[int]:
    return {at + n for p in phrases for at in places_of(words, p) for n in range(len(p))}


def _literal(words: Phrase, name: str) -> set[int]:
    """Places of the words of phrases of the vocabulary that stand in a cell as they are written there."""
    text = f" {' '.join(words)} "
    return _spans(words, [p for p in _phrases(name) if f" {' '.join(p)} " in text])


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(fold(str(word)) for word in vocabulary("list_values")[name])


@cache
def _phrases(name: str) -> tuple[tuple[str, ...], ...]:
    found = (tuple(fold(str(text)).split()) for text in vocabulary("list_values")[name])
    return tuple(phrase for phrase in found if len(phrase) > 1)
