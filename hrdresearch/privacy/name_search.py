"""Finds names of the build in a text, by the keyed hashes of their spellings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

import numpy as np

from hrdresearch.names.spelling import Word, folded_words, plain_text
from hrdresearch.names.variants import (
    FULL,
    LONGEST,
    SHORT,
    SINGLE,
    han_hangul_spellings,
    spelling_variants,
    unordered_key,
)
from hrdresearch.privacy.form_search import FormSearch
from hrdresearch.privacy.keys import Key
from hrdresearch.privacy.name_hashes import LABEL, PERMITTED, WHOLE, HashedNames, NameHashes
from hrdresearch.privacy.public_officials import places_of_officials
from hrdresearch.privacy.text_readings import (
    Run,
    identifiers_of_text,
    other_readings,
    patterns_of_text,
    runs_of_text,
)

FULL_NAME = "full name"


class Span(NamedTuple):
    """Place of a name in a text.

    start, end: place in the text. kind: such as "full name". passes_as_label: whether the name is also a
    label of a vocabulary, or one word, and may be printed as a label. word: keyed mark of the name where
    it is also a word that the page prints by itself (India, May); by this mark two persons can allow
    the word.
    """

    start: int
    end: int
    kind: str
    passes_as_label: bool
    word: str = ""


class NameSearch(HashedNames):
    """Finds the names of a build in a text; the object holds hashes and not the names."""

    def __init__(self, key: Key, hashes: NameHashes, *, entries: int = 0) -> None:
        super().__init__(key, hashes)
        self.entries = entries
        self.digest = ""  # of the file that it was read from
        self._known: dict[tuple[str, str], bool] = {}
        self._looked_up: dict[tuple[str, ...], int | None] = {}
        self.forms = FormSearch(self)

    @cached_property
    def has_names_by_consonants(self) -> bool:
        """Whether a name of the build is in a script that is compared by consonants."""
        return self._digest("has", "abjad") in self._words

    def find(self, text: str) -> list[Span]:
        """Find names in a text, without those that may be printed; places are in ``plain_text(text)``.

        A part of a name, or a name of one word, is found only when it is written with a capital, in
        a script without capitals, or in a text without capitals. Within the name of a public official
        only a person with exactly that name is found.
        """
        text = plain_text(text)
        found = self._find_beside_officials(text)
        seen, others = other_readings(text)
        if seen is not None:
            found = list(dict.fromkeys([*found, *self._find_beside_officials(seen)]))
        for read, kind in others:
            if not found and self._find_beside_officials(read):
                found.append(Span(0, len(text), kind, False))
        return found + self.find_identifiers(text)

    @property
    def finds_nothing(self) -> bool:
        """Whether the search would find nothing in any text: no names, no identifiers, public lists only."""
        return not (self.holds_names or self._hashes.kinds or self._hashes.is_restricted)

    def find_beside_names(self, text: str) -> list[Span]:
        """Find what ``find`` finds besides names; for a text that is known to hold no name."""
        return self.find_identifiers(text)

    def find_identifiers(self, text: str) -> list[Span]:
        """Find identifiers that the lists hold, in a text (telephone numbers, addresses, plates ...)."""
        if not self._hashes.kinds:
            return []
        return [
            Span(found.start, found.end, found.kind, False)
            for found in identifiers_of_text(plain_text(text), frozenset(self._hashes.kinds))
            if self.holds_form("identifier", found.form)
        ]

    def find_patterns(self, text: str) -> list[Span]:
        """Find everything that looks like an identifier of a person; [] where all lists are public."""
        if not self._hashes.is_restricted:
            return []
        return [
            Span(found.start, found.end, found.kind, False)
            for found in patterns_of_text(plain_text(text))
            if self._digest("own", found.form) not in self._labels
        ]

    def permit(self, names: Iterable[str]) -> None:
        """Allow these full names to be printed; the basis of each is recorded with the report.

        Parts of them stay forbidden, because they may be parts of other names.
        """
        for name in names:
            for kind, tokens, mark in spelling_variants(name):
                digest = self._digest(kind, unordered_key(tokens))
                if mark & FULL and digest in self._marks:
                    self._marks[digest] |= PERMITTED
        self._looked_up.clear()

    def is_label(self, text: str) -> bool:
        """Whether the whole text is a label of a vocabulary of this build."""
        plain = folded_words(text)
        return bool(plain) and self._digest("label", plain) in self._labels

    def knows(self, kind: str, word: str) -> bool:
        """Whether a folded word (kind ``word``), or its consonants (``bones``), are those of a name."""
        known = self._known.get((kind, word))
        if known is None:
            known = self._digest(kind, word) in self._words
            self._known[kind, word] = known
        return known

    def marks_of(self, words: tuple[str, ...]) -> int | None:
        """Marks of a name of these words in any order; None where they are none."""
        if words not in self._looked_up:
            digest = self._digest("name", unordered_key(words))
            self._looked_up[words] = self._marks.get(digest)
        return self._looked_up[words]

    def is_held(self, kind: str, spelling: str) -> bool:
        """Whether a spelling of this kind stands in the index, permitted or not."""
        return self._digest(kind, spelling) in self._marks

    # -- private ---------------------------------------------------------------------------

    def _find_beside_officials(self, text: str) -> list[Span]:
        found = self._find_as_written(text)
        officials = places_of_officials(text) if found else []
        return [s for s in found if s.kind == FULL_NAME or not _lies_in(s, officials)]

    def _find_as_written(self, text: str) -> list[Span]:
        has_capitals = text != text.lower()
        found: list[Span] = []
        covered: list[tuple[int, int]] = []
        permitted: list[tuple[int, int]] = []  # their words are no parts of names beside them
        for run in runs_of_text(text):
            found.extend(self._find_in_run(run, has_capitals, covered, permitted))
        ends = np.zeros(len(text) + 1, dtype=np.int64)  # where a name ends that covers a place
        for start, end in [*covered, *((span.start, span.end) for span in found)]:
            ends[start:end] = np.maximum(ends[start:end], end)
        for form in sorted(self.forms.find(text, has_capitals), key=lambda f: f.start - f.end):
            beside = any(a <= form.start < b or a < form.end <= b for a, b in permitted)
            if ends[form.start] < form.end and not beside:
                found.append(Span(*form))
                ends[form.start : form.end] = np.maximum(ends[form.start : form.end], form.end)
        return found

    def _find_in_run(
        self,
        words_of_run: Run,
        has_capitals: bool,
        covered: list[tuple[int, int]],
        permitted: list[tuple[int, int]],
    ) -> Iterator[Span]:
        run, sequences, consonants = words_of_run
        spans: list[tuple[int, int, int]] = []  # first word, last word, marks
        for indexed in sequences:
            spans.extend(self._known_windows(run, indexed, has_capitals))
        if any(word.is_syllable for word in run):
            spans.extend(self._syllables(run))
        if any(word.by_consonants for word in run) or self.has_names_by_consonants:
            spans.extend(self._consonant_windows(run, consonants, has_capitals))
        allowed = [s for s in spans if s[2] & (PERMITTED | LABEL) and not s[2] & SINGLE]
        covered.extend((run[a].start, run[b].end) for a, b, _ in allowed)
        permitted.extend((run[a].start, run[b].end) for a, b, m in allowed if m & PERMITTED)
        seen: list[tuple[int, int]] = []
        for first, last, marks in sorted(spans, key=_longest_first):
            if marks & PERMITTED or any(a <= first and last <= b for a, b in seen):
                continue
            if any(_covers(q, first, last, marks) for q in allowed):
                continue
            seen.append((first, last))
            if marks & (FULL | SHORT | SINGLE | WHOLE):
                kind = FULL_NAME if marks & FULL else "part of a name"
                kind = "contributor or place" if marks & WHOLE and kind != FULL_NAME else kind
                kind = "single name" if marks & SINGLE and not marks & FULL else kind
                passes = bool(marks & (SINGLE | LABEL))
                word = self._mark_of_page_word(run[first : last + 1])
                yield Span(run[first].start, run[last].end, kind, passes, word)

    def _mark_of_page_word(self, words: list[Word]) -> str:
        pieces = [piece for word in words for piece in word.pieces]
        own = all(self.is_page_word(piece) or self.is_label_word(piece) for piece in pieces)
        return self.mark_of_word(" ".join(word.raw for word in words)) if own and pieces else ""

    def _known_windows(
        self, run: list[Word], stream: list[tuple[int, str]], has_capitals: bool
    ) -> Iterator[tuple[int, int, int]]:
        for stretch in self._stretches("word", stream):
            for start in range(len(stretch)):
                for stop in range(start + 1, min(start + LONGEST, len(stretch)) + 1):
                    window = stretch[start:stop]
                    marks = self.marks_of(tuple(w for _, w in window))
                    if marks is None:
                        continue
                    are_capital = [run[i].is_capital for i, _ in window]
                    capital = not has_capitals or all(are_capital)
                    capital |= bool(marks & WHOLE and are_capital[0] and sum(are_capital) > 1)
                    if marks & FULL or marks & LABEL or capital:
                        yield window[0][0], window[-1][0], marks

    def _stretches(
        self, kind: str, stream: list[tuple[int, str]]
    ) -> Iterator[list[tuple[int, str]]]:
        """Stretches of neighbouring words that are all known; kind: of the hashes of the words."""
        for is_known, items in groupby(stream, lambda item: self.knows(kind, item[1])):
            if is_known:
                yield list(items)

    def _syllables(self, run: list[Word]) -> Iterator[tuple[int, int, int]]:
        for start, word in enumerate(run):
            for length in range(2, 9):
                window = run[start : start + length]
                if not word.is_syllable or len(window) < length:
                    break
                if not all(w.is_syllable for w in window):
                    break
                for spelling in han_hangul_spellings(
                    [w.raw for w in window], [w.joined for w in window]
                ):
                    marks = self._marks.get(self._digest(*spelling))
                    if marks is not None:
                        yield start, start + length - 1, marks

    def _consonant_windows(
        self, run: list[Word], stream: list[tuple[int, str]], has_capitals: bool
    ) -> Iterator[tuple[int, int, int]]:
        for stretch in self._stretches("bones", stream):
            for start in range(len(stretch)):
                for stop in range(start + 2, min(start + LONGEST, len(stretch)) + 1):
                    window = stretch[start:stop]
                    words = run[window[0][0] : window[-1][0] + 1]
                    kind = "abjad" if any(w.by_consonants for w in words) else "latin"
                    spelling = unordered_key([s for _, s in window])
                    marks = self._marks.get(self._digest(kind, spelling))
                    capitals = [not has_capitals or run[i].is_capital for i, _ in window]
                    if marks is not None and (all(capitals) or (marks & FULL and any(capitals))):
                        yield window[0][0], window[-1][0], marks


def _lies_in(span: Span, places: list[tuple[int, int]]) -> bool:
    return any(start <= span.start and span.end <= end for start, end in places)


def _covers(allowed: tuple[int, int, int], first: int, last: int, marks: int) -> bool:
    """A permitted name covers what lies within it; a longer label covers single words in it."""
    if not (allowed[0] <= first and last <= allowed[1]) or (first, last) == allowed[:2]:
        return False
    return bool(allowed[2] & PERMITTED) or bool(marks & SINGLE and not marks & FULL)


def _longest_first(span: tuple[int, int, int]) -> tuple[int, int, bool]:
    return span[0] - span[1], span[0], not span[2] & FULL
