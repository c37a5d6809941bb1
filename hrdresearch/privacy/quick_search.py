"""Tells at once, for several indexes, that a text can hold none of their names.

It asks less than the search of an index does: which words, and which words beside each other, are known
to any of them. Each answer is kept, so that a word or a pair of words is hashed once for all texts of a
report. Where it says "perhaps", the indexes search the text themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hrdresearch.names.spelling import Word, plain_text
from hrdresearch.names.variants import FULL, LONGEST, SHORT, SINGLE, unordered_key
from hrdresearch.privacy.form_search import APART, stands_between, words_of_text
from hrdresearch.privacy.name_hashes import WHOLE
from hrdresearch.privacy.name_search import NameSearch
from hrdresearch.privacy.text_readings import Run, has_letters, other_readings, runs_of_text

_OF_A_NAME = FULL | SHORT | SINGLE | WHOLE


class QuickSearch:
    """Asks several indexes whether a text may hold a name; True may be wrong, False never is."""

    def __init__(self, indexes: Sequence[NameSearch]) -> None:
        self._indexes = indexes
        self._by_consonants = any(index.has_names_by_consonants for index in indexes)
        self._words: dict[tuple[str, str], bool] = {}
        self._stretches: dict[tuple[str, ...], bool] = {}
        self._skeletons: dict[tuple[str, ...], bool] = {}
        self._alone: dict[str, bool] = {}
        self._pairs: dict[tuple[str, str], bool] = {}
        self._sounds: dict[str, bool] = {}

    def may_hold_name(self, text: str) -> bool:
        """Whether any index may find a name in a text, in any of the readings that they try."""
        text = plain_text(text)
        if not has_letters(text):
            return False
        seen, others = other_readings(text)
        readings = [text, *([] if seen is None else [seen]), *(read for read, _ in others)]
        return any(self._may_hold_in(reading) for reading in readings)

    def _may_hold_in(self, text: str) -> bool:
        return any(map(self._may_hold_in_run, runs_of_text(text))) or self._may_hold_form(text)

    def _may_hold_in_run(self, run: Run) -> bool:
        if any(word.is_syllable for word in run.words):
            return True
        if any(self._has_window(s, "word", self._stretches, self._is_name) for s in run.sequences):
            return True
        if self._by_consonants or any(word.by_consonants for word in run.words):
            return self._has_window(run.consonants, "bones", self._skeletons, self._is_skeleton)
        return False

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

    def _may_hold_form(self, text: str) -> bool:
        words, has_capitals = words_of_text(text), text != text.lower()
        for at, word in enumerate(words):
            if has_capitals and not word.is_capital:
                continue
            if self._is_alone(word.raw):
                return True
            are_beside = True
            for other in words[at + 1 : at + APART + 3]:
                if other.is_capital or not has_capitals:
                    if self._are_pair(word.raw, other.raw):
                        return True
                    window = text[word.start : other.end]
                    if are_beside and has_capitals and self._may_sound(word, other, window):
                        return True
                are_beside = are_beside and stands_between(other.raw)
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

    def _may_sound(self, one: Word, other: Word, window: str) -> bool:
        if window not in self._sounds:
            found = any(
                index.forms.may_sound(one.raw, other.raw, window) for index in self._indexes
            )
            self._sounds[window] = found
        return self._sounds[window]
