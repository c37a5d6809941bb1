"""Builds the names index of a build: hashes the spellings and forms of every name.

docs/decisions/0004 says which spellings are made, and why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from hrdresearch.names.spelling import folded_words
from hrdresearch.names.variants import (
    FULL,
    LONGEST,
    spelling_variants,
    unordered_key,
    word_sequences,
    words_of_name,
)
from hrdresearch.privacy.keys import Key
from hrdresearch.privacy.name_forms import NameForms, name_forms
from hrdresearch.privacy.name_hashes import (
    FORM,
    LABEL,
    PERMITTED,
    WHOLE,
    NameHashes,
    hash_spelling,
)
from hrdresearch.privacy.names_index import NamesIndex

# Other scripts are left out: a word of theirs, in Latin letters, may read like a name (中 zhong).
_LATIN = re.compile("[@A-Za-z\u00c0-\u024f]")


@dataclass(frozen=True)
class NameEntry:
    """A name that the scan looks for, as the publisher prints it.

    is_person: False for a group of persons. permitted: the public name, where there is a basis to print
    it. is_public: whether the list is public by name; then a surname alone is not looked for. only_whole:
    whether only the whole name is looked for, and no part and no other spelling (a contributor, a place).
    A whole name of one word is looked for like a surname, unless it is a word of a label.
    """

    name: str
    is_person: bool = True
    permitted: str | None = None
    is_public: bool = False
    only_whole: bool = False

    def __repr__(self) -> str:
        """A traceback must not print the name."""
        return f"NameEntry(<withheld>, is_person={self.is_person})"


def build_index(
    entries: Iterable[NameEntry],
    key: Key,
    vocabulary_labels: Iterable[str] = (),
    page_words: frozenset[str] = frozenset(),
    identifiers: Iterable[str] = (),
) -> NamesIndex:
    """Build the index of the names of a build; groups and blank names are left out.

    vocabulary_labels: all texts that the report may print as a label (States, divisions, labels of
    codes). A name that is also a label may be printed as this label, and nowhere else. page_words:
    words that the page prints by itself, in lower case; they are never taken for a surname that
    stands alone or for a misspelled name. identifiers: forms of ``identifiers_in_cell``.
    """
    builder = _IndexBuilder(key, frozenset(vocabulary_labels), page_words)
    builder.add_identifiers(identifiers, page_words)
    for entry in entries:
        if entry.is_person and entry.name.strip():
            builder.add(entry)
    return builder.index()


class _IndexBuilder:
    """Collects the hashes of an index while it is built."""

    def __init__(self, key: Key, labels: frozenset[str], page_words: frozenset[str]) -> None:
        self.key, self.count = key, 0
        self.labels = labels
        self.hashes = NameHashes(page=_hash_words(key, "page", page_words))
        self.hashes.labels |= {self.digest("label", text) for text in _fold_labels(labels)}
        self.hashes.labels |= _hash_words(key, "label word", labels)
        self.permitted: dict[int, int] = {}
        self.forbidden: set[int] = set()
        self.near: set[tuple[int, int]] = set()

    def digest(self, kind: str, spelling: str) -> int:
        return hash_spelling(self.key, kind, spelling)

    def is_label(self, text: str) -> bool:
        return self.digest("label", folded_words(text)) in self.hashes.labels

    def add(self, entry: NameEntry) -> None:
        self.count += 1
        self.hashes.is_restricted |= not entry.is_public
        names = {entry.name, *([entry.permitted] if entry.permitted else [])}
        found = self.whole(entry.name) if entry.only_whole else {}
        for name in names if not entry.only_whole else ():
            for kind, tokens, mark in spelling_variants(name, self.is_label):
                digest = self.digest(kind, unordered_key(tokens))
                found[digest] = found.get(digest, 0) | mark
                self.hashes.words.update(_word_digests(self.key, kind, tokens))
            forms = name_forms(name, self.is_label)
            found |= dict.fromkeys(self.form_digests(forms, entry.is_public), FORM)
        for digest, mark in found.items():
            self.hashes.marks[digest] = self.hashes.marks.get(digest, 0) | mark
            if entry.permitted is not None:
                self.permitted[digest] = self.permitted.get(digest, 0) | mark
            else:
                self.forbidden.add(digest)

    def whole(self, name: str) -> dict[int, int]:
        """Digests of a name that is looked for as a whole only, with their marks."""
        words = words_of_name(name)
        if not words or self.is_label(name):
            return {}
        if any(word.is_syllable for word in words):
            return {self.digest("signs", "".join(word.raw for word in words)): FULL}
        found = {}
        for stream in word_sequences(words):
            tokens = [token for _, token in stream][:LONGEST]
            self.hashes.words.update(_word_digests(self.key, "name", tuple(tokens)))
            if len(tokens) > 1:
                found[self.digest("name", unordered_key(tokens))] = WHOLE
            elif self.digest("label word", tokens[0]) not in self.hashes.labels:
                found[self.digest("whole", f"{self.digest('word', tokens[0]):x}")] = FORM
        return found

    def add_identifiers(self, forms: Iterable[str], page_words: frozenset[str]) -> None:
        """Add forms of identifiers; a handle that is also a word of the page counts only after @."""
        for form in forms:
            kind, _, value = form.partition(" ")
            kind = "at" if kind == "handle" and value in page_words else kind
            self.hashes.kinds |= {kind}
            self.hashes.marks[self.digest("identifier", f"{kind} {value}")] = FORM
        own = {word for word in page_words if "@" in word[1:]}
        self.hashes.labels |= {self.digest("own", f"mail {word}") for word in own}

    def form_digests(self, forms: NameForms, is_public: bool) -> set[int]:
        tokens = {*forms.keys, *forms.surnames, *(t for pair in forms.pairs for t in pair)}
        words = {token: self.digest("word", token) for token in tokens}
        self.hashes.words |= set(words.values())
        for token, keys in forms.keys.items():
            self.near |= {(self.digest("near", k), words[token]) for k in keys}
        found = {
            self.digest("pair", f"{min(words[a], words[b]):x} {max(words[a], words[b]):x}")
            for a, b in forms.pairs
        }
        found |= {self.digest("initial", f"{sign} {words[t]:x}") for sign, t in forms.initials}
        found |= {self.digest("sound", pair) for pair in forms.sounds}
        if not is_public:
            found |= {self.digest("surname", f"{words[token]:x}") for token in forms.surnames}
        return found

    def index(self) -> NamesIndex:
        marks = self.hashes.marks
        for digest, mark in self.permitted.items():
            if mark & FULL or digest not in self.forbidden:
                marks[digest] |= PERMITTED
        for words in _words_of_labels(self.labels):
            digest = self.digest("name", unordered_key(words))
            marks[digest] = marks.get(digest, 0) | LABEL
            self.hashes.words.update(_word_digests(self.key, "name", words))
        near = sorted(self.near)
        self.hashes.near_keys = np.array([key for key, _ in near], dtype=np.uint64)
        self.hashes.near_words = np.array([word for _, word in near], dtype=np.uint64)
        return NamesIndex(self.key, self.hashes, entries=self.count)


@lru_cache(maxsize=2)  # all builds of a process have the same labels
def _fold_labels(labels: frozenset[str]) -> frozenset[str]:
    return frozenset(folded_words(label) for label in labels) - {""}


@lru_cache(maxsize=2)
def _words_of_labels(labels: frozenset[str]) -> frozenset[tuple[str, ...]]:
    """Words of each label as a whole name, in each of its spellings; without a key they tell of nobody."""
    return frozenset(
        words
        for label in labels
        for kind, words, mark in spelling_variants(label)
        if kind == "name" and mark & FULL
    )


@lru_cache(maxsize=8)
def _hash_words(key: Key, kind: str, texts: frozenset[str]) -> frozenset[int]:
    return frozenset(hash_spelling(key, kind, word) for word in _fold_words(kind, texts))


@lru_cache(maxsize=8)
def _fold_words(kind: str, texts: frozenset[str]) -> frozenset[str]:
    latin = (text for text in texts if kind != "page" or _LATIN.match(text))
    return frozenset(piece for text in latin for piece in folded_words(text).split(" ") if piece)


def _word_digests(key: Key, kind: str, tokens: tuple[str, ...]) -> set[int]:
    if kind == "signs":
        return set()
    if kind == "name":
        return {hash_spelling(key, "word", token) for token in tokens}
    extra = {hash_spelling(key, "has", "abjad")} if kind == "latin" else set()
    return {hash_spelling(key, "bones", token) for token in tokens} | extra
