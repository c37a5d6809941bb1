"""Finds one name in the cells of a list, in any spelling or script, with a score and the reasons.

A short cell is compared as a whole, because it may be a name. In a longer text, only the stretches
with words that sound like words of the name are compared. One word of a name that has several is not
enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from hrdresearch.names.candidates import candidate_keys, consonants_without_glides, word_keys
from hrdresearch.names.name_comparison import NameComparison, compare_names, word_likeness
from hrdresearch.names.name_words import NameWord, split_name
from hrdresearch.names.spelling import SYLLABIC, plain_text
from hrdresearch.names.variants import spelling_variants

MAY_BE = 0.75  # an initial and a surname score 0.83; two names with one word in common less
MAY_BE_ONE_WORD = 0.55  # least score of a name of one word, which is compared with whole names
SHORT_CELL = 8  # words; a longer cell is a text
_MOST_WITHIN = 0.95  # score of a name in a text: where it begins and ends is not known
_INITIAL = 0.9
_BETWEEN = 2  # words between those of the name ("de la")
_RUN = re.compile(r"[^|;\n•!?()\[\]:\d]+")
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]*['’‘ʼ-]?[^\W\d_]+)*\.?")


class _Heard(NamedTuple):
    """A word of a cell: which words of the name it sounds like, and its consonants in classes."""

    as_words: frozenset[int]
    consonants: str


class SoughtName:
    """A name that is looked for in cells of a list; ValueError for a name without a whole word.

    >>> found = SoughtName("Zunela Testal").find_in(["ТЕСТАЛ, Зунела", "Another Name"])
    >>> {cell: likeness.score for cell, likeness in found.items()}
    {'ТЕСТАЛ, Зунела': 0.985}
    """

    def __init__(self, name: str) -> None:
        parts = split_name(name)
        words = [*parts.words, *(word for other in parts.others for word in other)]
        self._words = list(dict.fromkeys(w for w in words if not w.is_initial and not w.is_article))
        if not self._words:
            raise ValueError("the name holds no whole word")
        self._name = name
        self._is_one_word = len(self._words) == 1
        self._all_keys = candidate_keys(name)
        self._keys = [word_keys(word) for word in self._words]
        self._consonants = [
            [c for c in consonants_without_glides(word) if len(c) > 1] for word in self._words
        ]
        self._signs = [
            "".join(tokens) for kind, tokens, _ in spelling_variants(name) if kind == "signs"
        ]
        self._heard: dict[str, _Heard] = {}

    def find_in(self, cells: Iterable[str]) -> dict[str, NameComparison]:
        """Find the cells that may hold the name, each with its best score and the reasons."""
        least, found = MAY_BE_ONE_WORD if self._is_one_word else MAY_BE, {}
        for cell in dict.fromkeys(cells):
            best = max(self._compared(cell), default=None, key=lambda c: c.score)
            if best is not None and best.score >= least:
                found[cell] = best
        return found

    def _compared(self, cell: str) -> Iterator[NameComparison]:
        words = _WORD.findall(cell)
        if SYLLABIC.search(cell):
            if len(words) <= SHORT_CELL:
                yield compare_names(self._name, cell)
            if any(sign in cell for sign in self._signs if len(sign) > 1):
                yield NameComparison(_MOST_WITHIN, "the same characters")
        elif len(words) <= SHORT_CELL and self._may_be(cell, [self._hear(word) for word in words]):
            yield compare_names(self._name, cell)
        if len(words) > 1:
            for run in _RUN.findall(plain_text(cell)):
                yield from (self._within(some) for some in self._stretches(run))

    def _may_be(self, cell: str, words: Sequence[_Heard]) -> bool:
        """Whether a short cell is worth comparing; one word alone may be several, or stand twice."""
        heard = frozenset[int]().union(*(word.as_words for word in words))
        joined = self._joined("".join(word.consonants for word in words))
        if self._is_enough(heard) or self._is_enough(joined):
            return True
        return bool(heard) and not self._all_keys.isdisjoint(candidate_keys(cell))

    def _is_enough(self, heard: frozenset[int]) -> bool:
        return len(heard) >= min(2, len(self._words))

    def _joined(self, consonants: str) -> frozenset[int]:
        """Words of the name whose consonants follow each other in a cell, in one word or in several."""
        own = enumerate(self._consonants)
        return frozenset(n for n, forms in own if any(form in consonants for form in forms))

    def _within(self, words: str) -> NameComparison:
        score, why = compare_names(self._name, words)
        most = MAY_BE_ONE_WORD if self._is_one_word else _MOST_WITHIN
        return NameComparison(min(score, most), f"{why}, within more words")

    def _stretches(self, run: str) -> Iterator[str]:
        """Words of a text from the first to the last that sound like words of the name."""
        words = _WORD.findall(run)
        has_capitals = run != run.lower()
        at = [
            (n, heard)
            for n, word in enumerate(words)
            if not (has_capitals and word[0].islower()) and (heard := self._hear(word).as_words)
        ]
        while at:
            last, held = at[0]
            for n, heard in at:
                if n - last <= _BETWEEN + 1:
                    last, held = n, held | heard
            if self._is_enough(held):
                yield " ".join(words[at[0][0] : last + 1])
            at = [one for one in at if one[0] > last]

    def _hear(self, word: str) -> _Heard:
        if word not in self._heard:
            parts = split_name(word).words
            as_words = frozenset(
                n
                for n, own in enumerate(self._words)
                if any(self._sounds_like(part, own, self._keys[n]) for part in parts)
            )
            consonants = "".join(min(consonants_without_glides(part), key=len) for part in parts)
            self._heard[word] = _Heard(as_words, consonants.replace("-", ""))
        return self._heard[word]

    def _sounds_like(self, part: NameWord, own: NameWord, keys: frozenset[str]) -> bool:
        if part.is_initial:
            return word_likeness(part, own)[0] >= _INITIAL
        return not keys.isdisjoint(word_keys(part))
