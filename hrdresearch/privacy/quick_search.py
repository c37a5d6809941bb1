"""Tells at once, for several indexes, that a text can hold none of their names.

It asks less than the search of an index does: which words, and which words beside each other, are known
to any of them. Each answer is kept, so that a word or a pair of words is hashed once for all texts of a
report. Where it says "perhaps", the indexes search the text themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from hrdresearch.names.spelling import PARTICLES, plain_text, raw_words, text_words
from hrdresearch.names.variants import (
    FULL,
    LONGEST,
    SHORT,
    SINGLE,
    unordered_key,
    word_consonants,
)
from hrdresearch.privacy.form_search import APART, stands_between
from hrdresearch.privacy.name_hashes import WHOLE
from hrdresearch.privacy.name_search import NameSearch
from hrdresearch.privacy.text_readings import Run, has_letters, other_readings, runs_of_text

_Answer = TypeVar("_Answer")
_OF_A_NAME = FULL | SHORT | SINGLE | WHOLE


class _Facts(NamedTuple):
    """What is asked of a word, by all indexes together.

    is_known, is_known_by_consonants: whether it can be a word of a name. may_be_left_out: whether it can
    stand between two words of a name that a search takes for neighbours. stands_between: the same, of words
    that are compared by their forms. is_of_a_name: whether it is, or sounds as, a word of a name.
    """

    is_syllable: bool
    by_consonants: bool
    is_capital: bool
    is_known: bool
    is_known_by_consonants: bool
    may_be_left_out: bool
    stands_between: bool
    is_of_a_name: bool


class _Kept(dict[str, _Answer]):
    """Answers on words, or on words beside each other; each is asked once."""

    def __init__(self, answer: Callable[[str], _Answer]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, words: str) -> _Answer:
        self[words] = self._answer(words)
        return self[words]


class QuickSearch:
    """Asks several indexes whether a text may hold a name; True may be wrong, False never is."""

    def __init__(self, indexes: Sequence[NameSearch]) -> None:
        self._indexes = [index for index in indexes if index.holds_names]
        self._by_consonants = any(index.has_names_by_consonants for index in self._indexes)
        self._words: dict[tuple[str, str], bool] = {}
        self._facts = _Kept(self._facts_of)
        self._may_count = _Kept(self._may_count_of)
        self._with_letters = _Kept(partial(self._may_hold_in_stretch, by_consonants=False))
        self._with_consonants = _Kept(partial(self._may_hold_in_stretch, by_consonants=True))
        self._stretches: dict[tuple[str, ...], bool] = {}
        self._skeletons: dict[tuple[str, ...], bool] = {}
        self._alone: dict[str, bool] = {}
        self._pairs: dict[tuple[str, str], bool] = {}
        self._sounds: dict[str, bool] = {}

    def may_hold_name(self, text: str) -> bool:
        """Whether any index may find a name in a text, in any of the readings that they try."""
        text = plain_text(text)
        if not self._indexes or not has_letters(text):
            return False
        seen, others = other_readings(text)
        readings = [text, *([] if seen is None else [seen]), *(read for read, _ in others)]
        return any(self._may_hold_in(reading) for reading in readings)

    def _may_hold_in(self, text: str) -> bool:
        words = raw_words(text)
        if not any(self._may_count[raw] for raw, _, _ in words):
            return False
        facts = [self._facts[raw] for raw, _, _ in words]
        if any(fact.is_syllable for fact in facts):
            return True
        by_consonants = self._by_consonants or any(fact.by_consonants for fact in facts)
        kept = self._with_consonants if by_consonants else self._with_letters
        return any(
            kept[stretch] for stretch in _stretches_of_names(text, words, facts, by_consonants)
        ) or self._may_hold_form(text, words, facts)

    def _may_hold_in_stretch(self, stretch: str, by_consonants: bool) -> bool:
        return any(self._may_hold_in_run(run, by_consonants) for run in runs_of_text(stretch))

    def _may_hold_in_run(self, run: Run, by_consonants: bool) -> bool:
        if any(self._has_window(s, "word", self._stretches, self._is_name) for s in run.sequences):
            return True
        return by_consonants and self._has_window(
            run.consonants, "bones", self._skeletons, self._is_skeleton
        )

    def _facts_of(self, raw: str) -> _Facts:
        [word] = text_words(raw)
        folded = {*word.pieces, word.joined}
        bones = [] if word.is_syllable else word_consonants(word)
        return _Facts(
            word.is_syllable,
            word.by_consonants,
            word.is_capital,
            any(self._knows("word", each) for each in folded),
            any(self._knows("bones", each) for each in bones),
            not bones or word.joined in PARTICLES or set(word.pieces) <= PARTICLES,
            stands_between(raw),
            any(index.forms.is_of_a_name(raw) for index in self._indexes),
        )

    def _may_count_of(self, raw: str) -> bool:
        """Whether a word may have part in a name: in a text without such a word there is none."""
        fact = self._facts[raw]
        return (
            fact.is_syllable
            or fact.is_known
            or fact.is_known_by_consonants
            or fact.is_of_a_name
            or self._is_alone(raw)
            or any(index.forms.may_sound_with_another(raw) for index in self._indexes)
        )

    def _has_window(
        self,
        stream: list[tuple[int, str]],
        kind: str,
        known: dict[tuple[str, ...], bool],
        is_one: Callable[[tuple[str, ...]], bool],
    ) -> bool:
        """Whether words of names follow each other, some of which are together a name."""
        stretch: list[str] = []
        for _, word in [*stream, (-1, "")]:
            if word and self._knows(kind, word):
                stretch.append(word)
                continue
            if stretch:
                words = tuple(stretch)
                if words not in known:
                    known[words] = any(
                        is_one(words[start:stop])
                        for start in range(len(words))
                        for stop in range(start + 1, min(start + LONGEST, len(words)) + 1)
                    )
                if known[words]:
                    return True
            stretch = []
        return False

    def _knows(self, kind: str, word: str) -> bool:
        if (kind, word) not in self._words:
            self._words[kind, word] = any(index.knows(kind, word) for index in self._indexes)
        return self._words[kind, word]

    def _is_name(self, words: tuple[str, ...]) -> bool:
        return any((index.marks_of(words) or 0) & _OF_A_NAME for index in self._indexes)

    def _is_skeleton(self, words: tuple[str, ...]) -> bool:
        spelling = unordered_key(words)
        return len(words) > 1 and any(
            index.is_held(kind, spelling) for index in self._indexes for kind in ("abjad", "latin")
        )

    def _may_hold_form(
        self, text: str, words: list[tuple[str, int, int]], facts: list[_Facts]
    ) -> bool:
        has_capitals = text != text.lower()
        for at, ((raw, start, _), fact) in enumerate(zip(words, facts, strict=True)):
            if has_capitals and not fact.is_capital:
                continue
            if self._is_alone(raw):
                return True
            are_beside = True
            for to in range(at + 1, min(at + APART + 3, len(words))):
                other, other_fact = words[to][0], facts[to]
                if other_fact.is_capital or not has_capitals:
                    is_of_a_name = fact.is_of_a_name or other_fact.is_of_a_name
                    if is_of_a_name and self._are_pair(raw, other):
                        return True
                    window = text[start : words[to][2]]
                    if are_beside and has_capitals and self._may_sound(raw, other, window):
                        return True
                are_beside = are_beside and other_fact.stands_between
        return False

    def _is_alone(self, raw: str) -> bool:
        if raw not in self._alone:
            self._alone[raw] = any(index.forms.may_be_alone(raw) for index in self._indexes)
        return self._alone[raw]

    def _are_pair(self, one: str, other: str) -> bool:
        if (one, other) not in self._pairs:
            found = any(index.forms.may_be_pair(one, other) for index in self._indexes)
            self._pairs[one, other] = found
        return self._pairs[one, other]

    def _may_sound(self, raw: str, other: str, window: str) -> bool:
        if window not in self._sounds:
            found = any(index.forms.may_sound(raw, other, window) for index in self._indexes)
            self._sounds[window] = found
        return self._sounds[window]


def _stretches_of_names(
    text: str, words: list[tuple[str, int, int]], facts: list[_Facts], by_consonants: bool
) -> Iterator[str]:
    """Parts of a text outside of which no word of a name stands; all else need not be read closely."""
    start = end = -1
    for (_, begins, ends), fact in zip(words, facts, strict=True):
        if fact.is_known or (by_consonants and fact.is_known_by_consonants):
            start, end = begins if start < 0 else start, ends
        elif start >= 0 and not fact.may_be_left_out:
            yield text[start:end]
            start = -1
    if start >= 0:
        yield text[start:end]
