"""Reads a text in the ways in which it may hold a name; the readings are kept, for every index uses them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex  # type: ignore[import-untyped]

from hrdresearch.names.identifiers import Identifier, certain_identifiers, possible_identifiers
from hrdresearch.names.look_alikes import (
    join_spaced_letters,
    replace_look_alikes,
    split_at_capitals,
)
from hrdresearch.names.romanize import burmese_in_latin_letters
from hrdresearch.names.spelling import Word, word_runs
from hrdresearch.names.variants import word_consonants, word_sequences

_OTHER_READINGS = {  # changed texts, in which a name no longer has the place of the text as written
    join_spaced_letters: "name with letters apart",
    split_at_capitals: "name in one word",
    burmese_in_latin_letters: "name in another script",
}

_LETTER = regex.compile(r"[\p{L}\p{M}]")


class Run(NamedTuple):
    """Words that follow each other, in which one name may stand.

    words: the words. sequences: their readings in Latin letters. consonants: their consonants. In these two
    each entry begins with the number of its word.
    """

    words: list[Word]
    sequences: list[list[tuple[int, str]]]
    consonants: list[tuple[int, str]]


def has_letters(text: str) -> bool:
    """Whether a text has a letter of any script: without one it holds no name."""
    return _LETTER.search(text) is not None


@lru_cache(2**14)
def runs_of_text(text: str) -> list[Run]:
    """Runs of words of a text, with their readings."""
    return [
        Run(
            run,
            word_sequences(run),
            [(i, s) for i, w in enumerate(run) if not w.is_syllable for s in word_consonants(w)],
        )
        for run in word_runs(text)
    ]


@lru_cache(2**14)
def identifiers_of_text(text: str, kinds: frozenset[str]) -> list[Identifier]:
    """Find what may be an identifier of one of these kinds in a text, such as a telephone number."""
    return list(possible_identifiers(text, kinds))


@lru_cache(2**14)
def patterns_of_text(text: str) -> list[Identifier]:
    """Find what looks like an identifier of a person, whether or not a list holds it."""
    return list(certain_identifiers(text))


@lru_cache(2**14)
def other_readings(text: str) -> tuple[str | None, list[tuple[str, str]]]:
    """Read a text in ways that show a hidden name; readings that equal the text are left out.

    Returns the text with letters of other scripts that look like Latin ones replaced (None: there are none),
    and the other readings, each with its kind, such as "name with letters apart".
    """
    seen = replace_look_alikes(text)
    others = [(change(text), kind) for change, kind in _OTHER_READINGS.items()]
    return None if seen == text else seen, [(r, kind) for r, kind in others if r != text]
