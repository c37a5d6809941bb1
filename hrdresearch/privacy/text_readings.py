"""What a text is read as before names are looked for in it: the same for every index, and so kept."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex  # type: ignore[import-untyped]

from hrdresearch.names.identifiers import Identifier, identifiers_in, patterns_in
from hrdresearch.names.look_alikes import (
    join_spaced_letters,
    part_at_capitals,
    read_look_alikes,
)
from hrdresearch.names.romanize import burmese_in_latin_letters
from hrdresearch.names.spelling import Word, word_runs
from hrdresearch.names.variants import word_consonants, word_sequences

_OTHER_READINGS = {  # changed texts, in which a name no longer has the place of the text as written
    join_spaced_letters: "name with letters apart",
    part_at_capitals: "name in one word",
    burmese_in_latin_letters: "name in another script",
}

_LETTER = regex.compile(r"[\p{L}\p{M}]")


class Run(NamedTuple):
    """Words in which one name may stand, their readings, and their consonants; each by its word."""

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
    """What may be an identifier of these kinds in a text."""
    return list(identifiers_in(text, kinds))


@lru_cache(2**14)
def patterns_of_text(text: str) -> list[Identifier]:
    """What looks like an identifier of a person in a text, whoever it is."""
    return list(patterns_in(text))


@lru_cache(2**14)
def other_readings(text: str) -> tuple[str | None, list[tuple[str, str]]]:
    """The text with look-alikes read, and its other readings with their kinds, where they differ."""
    seen = read_look_alikes(text)
    others = [(change(text), kind) for change, kind in _OTHER_READINGS.items()]
    return None if seen == text else seen, [(r, kind) for r, kind in others if r != text]
