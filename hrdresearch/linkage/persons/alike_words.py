"""Finds words of names that may be spellings or forms of one word, among words with a common sound key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from hrdresearch.linkage.persons.key_groups import group_by_key, pair_ends, shared_pairs
from hrdresearch.names.equivalent_forms import characters_read_as, equivalent_groups
from hrdresearch.names.name_comparison import word_likeness
from hrdresearch.names.name_words import NameWord
from hrdresearch.names.sound_keys import sound_keys
from hrdresearch.names.word_sounds import near_in_sound

# Likeness from which two words are one: where both words have vowels, where one has, where none has.
ALIKE = np.array([0.94, 0.93, 0.98])
READING = 0.9  # the same for two readings of one Chinese character
_ENDING = re.compile(r"[aeo]$")


def find_alike_words(words: Sequence[NameWord]) -> NDArray[np.int64]:
    """Find the pairs of words that may be spellings or forms of one word.

    Returns pairs of places in ``words``, each as one number (see ``key_groups``).
    """
    forms = _pairs(
        [*(f"form {n}" for n in equivalent_groups(w)), *w.letters, *characters_read_as(w)]
        for w in words
    )
    sounds = _pairs(map(sound_keys, words))
    found = np.union1d(forms, sounds[_may_sound_alike(words, sounds)])
    one, other = pair_ends(found)
    is_one = [_is_one_word(words[a], words[b]) for a, b in zip(one, other, strict=True)]
    return np.asarray(found[np.array(is_one, dtype=bool)])


def _pairs(keys: Iterable[Iterable[str]]) -> NDArray[np.int64]:
    """Every two places in a sequence that have a key in common; keys: the keys at each place."""
    number: dict[str, int] = {}
    held = [(number.setdefault(k, len(number)), at) for at, own in enumerate(keys) for k in own]
    return shared_pairs(group_by_key(*np.array(held, dtype=np.int64).reshape(-1, 2).T))


def _may_sound_alike(words: Sequence[NameWord], pairs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether one reading of the first word sounds like one of the second; seldom True where it does not."""
    number: dict[str, int] = {}
    readings = np.full((len(words), max((len(w.sounds) for w in words), default=0)), -1)
    for at, word in enumerate(words):
        for place, sound in enumerate(word.sounds):
            readings[at, place] = number.setdefault(sound, len(number))
    no_vowels = np.array(["." in word.letters[0] for word in words], dtype=int)
    a, b = pair_ends(pairs)
    least, found = ALIKE[no_vowels[a] + no_vowels[b]], np.zeros(len(pairs), dtype=bool)
    for one in range(readings.shape[1]):
        for other in range(readings.shape[1]):
            x, y = readings[a, one], readings[b, other]
            asked = np.flatnonzero((x >= 0) & (y >= 0) & ~found)
            found[asked] = near_in_sound(list(number), x[asked], y[asked], least[asked])
    return found


def _is_one_word(a: NameWord, b: NameWord) -> bool:
    """Whether two words may be spellings of one: not Daniel and Daniela, José and Josué, حسن and حسين."""
    first, second = a.letters[0], b.letters[0]
    if _ENDING.sub("", first) == _ENDING.sub("", second):
        return False
    likeness, why = word_likeness(a, b)
    unwritten = ("." in first) + ("." in second)  # words of scripts that leave vowels out
    return likeness >= (READING if why == "readings of one character" else ALIKE[unwritten])
