"""Names index: tests whether a text holds a name of the build, and holds no name itself.

At the build every name is spelled in its usual variants and each variant is hashed with the
study's key (BLAKE2b, 8 bytes). The file holds the hashes and four marks, so it tells nothing to
someone without the key. Which variants are made, and why, stands in docs/decisions/0004.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np

from hrdresearch.privacy.keys import Key, KeyProblem, study_key
from hrdresearch.privacy.spelling import Word, clean, stretches
from hrdresearch.privacy.variants import (
    FULL,
    LONGEST,
    SHORT,
    SINGLE,
    bones_of,
    key_of,
    spellings,
    streams,
    syllabic,
)

LABEL, PERMITTED = 8, 16
_FORMAT = "hrdresearch names index 1"


@dataclass(frozen=True)
class NameEntry:
    """A name as the publisher prints it; ``permitted`` is the public name, given a basis."""

    name: str
    is_person: bool = True
    permitted: str | None = None

    def __repr__(self) -> str:
        """A traceback must not print the name."""
        return f"NameEntry(<withheld>, is_person={self.is_person})"


class Span(NamedTuple):
    """Where a cleaned text holds a name; ``passes_as_label`` when a vocabulary holds it too."""

    start: int
    end: int
    kind: str
    passes_as_label: bool


class NamesIndex:
    """Hashes of the names of a build; made by ``build_index`` or ``NamesIndex.load``."""

    def __init__(
        self,
        key: Key,
        marks: dict[int, int],
        words: set[int],
        labels: set[int],
        *,
        entries: int = 0,
    ) -> None:
        self._key = key
        self._marks = marks
        self._words = words
        self._labels = labels
        self.entries = entries
        self._known: dict[tuple[str, str], bool] = {}

    def __repr__(self) -> str:
        return f"NamesIndex(study={self._key.study!r}, entries={self.entries})"

    @property
    def study(self) -> str:
        """Study whose key made the index."""
        return self._key.study

    @cached_property
    def has_abjad(self) -> bool:
        """Whether a name of the build is written in Arabic or Hebrew script."""
        return self._digest("has", "abjad") in self._words

    def find(self, text: str) -> list[Span]:
        """Places of names in ``clean(text)``, longest first where they overlap, permitted left out.

        A part of a name (given and family name of a longer one) or a single-word name counts only
        when written with a capital, in a script without capitals, or in a text that has none.
        """
        text = clean(text)
        has_capitals = text != text.lower()
        found: list[Span] = []
        for run in stretches(text):
            found.extend(self._find_in_run(run, has_capitals))
        return found

    def is_label(self, text: str) -> bool:
        """Whether the whole text is a label of a vocabulary of this build."""
        plain = _plain(text)
        return bool(plain) and self._digest("label", plain) in self._labels

    def save(self, path: Path) -> None:
        """Write the index; the file holds keyed hashes only."""
        path.write_bytes(self.to_bytes())

    def to_bytes(self) -> bytes:
        """The index as a file holds it."""
        marks = np.array(sorted(self._marks), dtype=np.uint64)
        header = {
            "format": _FORMAT,
            "study": self._key.study,
            "key": self._key.fingerprint,
            "entries": self.entries,
        }
        with io.BytesIO() as file:
            np.savez_compressed(
                file,
                header=np.frombuffer(json.dumps(header).encode(), dtype=np.uint8),
                digests=marks,
                marks=np.array([self._marks[int(d)] for d in marks], dtype=np.uint8),
                words=np.array(sorted(self._words), dtype=np.uint64),
                labels=np.array(sorted(self._labels), dtype=np.uint64),
            )
            return file.getvalue()

    @classmethod
    def load(cls, path: Path, key: Key | None = None) -> NamesIndex:
        """Read an index; the key is taken from the user's keys when not given.

        Raises KeyProblem when the key is missing or another one made the index.
        """
        return cls.from_bytes(path.read_bytes(), key, path.name)

    @classmethod
    def from_bytes(cls, data: bytes, key: Key | None = None, name: str = "index") -> NamesIndex:
        """Inverse of ``to_bytes``; raises as ``load``."""
        with np.load(io.BytesIO(data), allow_pickle=False) as held:
            header = json.loads(held["header"].tobytes())
            if header.get("format") != _FORMAT:
                raise ValueError(f"{name} is no names index of this version; build again")
            key = key or study_key(header["study"], create=False)
            if key.fingerprint != header["key"]:
                raise KeyProblem(f"{name} was made with another key than the one of {key.study}.")
            marks = dict(zip(held["digests"].tolist(), held["marks"].tolist(), strict=True))
            words, labels = set(held["words"].tolist()), set(held["labels"].tolist())
        return cls(key, marks, words, labels, entries=header["entries"])

    def _digest(self, kind: str, spelling: str) -> int:
        return _digest(self._key, kind, spelling)

    def _knows(self, kind: str, word: str) -> bool:
        known = self._known.get((kind, word))
        if known is None:
            known = self._digest(kind, word) in self._words
            self._known[kind, word] = known
        return known

    def _find_in_run(self, run: list[Word], has_capitals: bool) -> Iterator[Span]:
        spans: list[tuple[int, int, int]] = []  # first word, last word, marks
        for indexed in streams(run):
            spans.extend(self._windows(run, indexed, has_capitals))
        if any(word.is_syllable for word in run):
            spans.extend(self._syllables(run))
        if any(word.is_abjad for word in run) or self.has_abjad:
            spans.extend(self._skeleton_windows(run))
        quiet = [s for s in spans if s[2] & (PERMITTED | LABEL) and not s[2] & SINGLE]
        seen: list[tuple[int, int]] = []
        for first, last, marks in sorted(spans, key=_longest_first):
            if marks & PERMITTED or any(a <= first and last <= b for a, b in seen):
                continue
            if any(_covers(q, first, last, marks) for q in quiet):
                continue
            seen.append((first, last))
            if marks & (FULL | SHORT | SINGLE):
                kind = "full name" if marks & FULL else "part of a name"
                kind = "single name" if marks & SINGLE and not marks & FULL else kind
                passes = bool(marks & (SINGLE | LABEL))
                yield Span(run[first].start, run[last].end, kind, passes)

    def _windows(
        self, run: list[Word], stream: list[tuple[int, str]], has_capitals: bool
    ) -> Iterator[tuple[int, int, int]]:
        stretch: list[tuple[int, str]] = []
        for item in [*stream, (-1, "")]:
            if item[0] >= 0 and self._knows("word", item[1]):
                stretch.append(item)
                continue
            for start in range(len(stretch)):
                for stop in range(start + 1, min(start + LONGEST, len(stretch)) + 1):
                    window = stretch[start:stop]
                    marks = self._marks.get(self._digest("name", key_of([w for _, w in window])))
                    if marks is None:
                        continue
                    capital = not has_capitals or all(run[i].is_capital for i, _ in window)
                    if marks & FULL or marks & LABEL or capital:
                        yield window[0][0], window[-1][0], marks
            stretch = []

    def _syllables(self, run: list[Word]) -> Iterator[tuple[int, int, int]]:
        for start, word in enumerate(run):
            for length in range(2, 9):
                window = run[start : start + length]
                if not word.is_syllable or len(window) < length:
                    break
                if not all(w.is_syllable for w in window):
                    break
                for spelling in syllabic([w.raw for w in window], [w.joined for w in window]):
                    marks = self._marks.get(self._digest(*spelling))
                    if marks is not None:
                        yield start, start + length - 1, marks

    def _skeleton_windows(self, run: list[Word]) -> Iterator[tuple[int, int, int]]:
        stream = [(i, s) for i, w in enumerate(run) if not w.is_syllable for s in bones_of(w)]
        stretch: list[tuple[int, str]] = []
        for item in [*stream, (-1, "")]:
            if item[0] >= 0 and self._knows("bones", item[1]):
                stretch.append(item)
                continue
            for start in range(len(stretch)):
                for stop in range(start + 2, min(start + LONGEST, len(stretch)) + 1):
                    window = stretch[start:stop]
                    words = run[window[0][0] : window[-1][0] + 1]
                    kind = "abjad" if any(w.is_abjad for w in words) else "latin"
                    spelling = key_of([s for _, s in window])
                    marks = self._marks.get(self._digest(kind, spelling))
                    if marks is not None:
                        yield window[0][0], window[-1][0], marks
            stretch = []


def build_index(
    entries: Iterable[NameEntry], key: Key, vocabulary_labels: Iterable[str] = ()
) -> NamesIndex:
    """Index of the names of a build; collective victims (not persons) are left out.

    vocabulary_labels: everything that the renderer may print as a label (States, divisions,
    codes' labels); a name that is also a label passes there, and only there.
    """
    labels = [label for label in vocabulary_labels if _plain(label)]
    held = {_digest(key, "label", _plain(label)) for label in labels}

    def is_label(text: str) -> bool:
        return _digest(key, "label", _plain(text)) in held

    marks: dict[int, int] = {}
    permitted: dict[int, int] = {}
    forbidden: set[int] = set()
    words: set[int] = set()
    count = 0
    for entry in entries:
        if not entry.is_person or not entry.name.strip():
            continue
        count += 1
        allowed = entry.permitted is not None
        names = {entry.name, *([entry.permitted] if entry.permitted else [])}
        for kind, tokens, mark in {s for name in names for s in spellings(name, is_label)}:
            digest = _digest(key, kind, key_of(tokens))
            marks[digest] = marks.get(digest, 0) | mark
            words.update(_word_digests(key, kind, tokens))
            if allowed:
                permitted[digest] = permitted.get(digest, 0) | mark
            else:
                forbidden.add(digest)
    for digest, mark in permitted.items():
        if mark & FULL or digest not in forbidden:
            marks[digest] |= PERMITTED
    for label in labels:
        for kind, tokens, mark in spellings(label):
            digest = _digest(key, kind, key_of(tokens))
            if kind == "name" and mark & FULL:
                marks[digest] = marks.get(digest, 0) | LABEL
                words.update(_word_digests(key, kind, tokens))
    return NamesIndex(key, marks, words, held, entries=count)


def _covers(quiet: tuple[int, int, int], first: int, last: int, marks: int) -> bool:
    """A permitted name covers what lies within it; a longer label covers single words in it."""
    if not (quiet[0] <= first and last <= quiet[1]) or (first, last) == quiet[:2]:
        return False
    return bool(quiet[2] & PERMITTED) or bool(marks & SINGLE and not marks & FULL)


def _word_digests(key: Key, kind: str, tokens: tuple[str, ...]) -> set[int]:
    if kind == "signs":
        return set()
    if kind == "name":
        return {_digest(key, "word", token) for token in tokens}
    extra = {_digest(key, "has", "abjad")} if kind == "latin" else set()
    return {_digest(key, "bones", token) for token in tokens} | extra


def _plain(text: str) -> str:
    return " ".join(p for run in stretches(clean(text)) for word in run for p in word.pieces)


def _digest(key: Key, kind: str, spelling: str) -> int:
    message = f"{kind}\x00{spelling}".encode()
    return int.from_bytes(hashlib.blake2b(message, digest_size=8, key=key.secret).digest(), "big")


def _longest_first(span: tuple[int, int, int]) -> tuple[int, int, bool]:
    return span[0] - span[1], span[0], not span[2] & FULL
