"""Names index: finds names of the build in a text, and stores no name itself.

At the build every name is spelled in its usual variants and each variant is hashed with the
study's key (BLAKE2b, 8 bytes). The file holds the hashes and marks only, so without the key nobody
can read a name from it. Which variants are made, and why, is in docs/decisions/0004.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hrdresearch.names.spelling import folded_words
from hrdresearch.names.variants import FULL, spelling_variants, unordered_key
from hrdresearch.privacy.keys import Key, KeyProblem, study_key
from hrdresearch.privacy.name_search import LABEL, PERMITTED, NameSearch, Span, hash_spelling

_FORMAT = "hrdresearch names index 2"

__all__ = ["NameEntry", "NamesIndex", "Span", "build_index"]


@dataclass(frozen=True)
class NameEntry:
    """A name as the publisher prints it.

    is_person: False for groups. permitted: the public name, where there is a basis to print it.
    """

    name: str
    is_person: bool = True
    permitted: str | None = None

    def __repr__(self) -> str:
        """A traceback must not print the name."""
        return f"NameEntry(<withheld>, is_person={self.is_person})"


class NamesIndex(NameSearch):
    """Hashes of the names of a build; made by ``build_index`` or ``NamesIndex.load``."""

    def __repr__(self) -> str:
        return f"NamesIndex(study={self._key.study!r}, entries={self.entries})"

    @property
    def study(self) -> str:
        """Study whose key made the index."""
        return self._key.study

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


def build_index(
    entries: Iterable[NameEntry], key: Key, vocabulary_labels: Iterable[str] = ()
) -> NamesIndex:
    """Index of the names of a build; groups and blank names are left out.

    vocabulary_labels: all texts that the report may print as a label (States, divisions, labels of
    codes). A name that is also a label may be printed as this label, and nowhere else.
    """
    labels = [label for label in vocabulary_labels if folded_words(label)]
    held = {hash_spelling(key, "label", folded_words(label)) for label in labels}

    def is_label(text: str) -> bool:
        return hash_spelling(key, "label", folded_words(text)) in held

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
        for kind, tokens, mark in {s for name in names for s in spelling_variants(name, is_label)}:
            digest = hash_spelling(key, kind, unordered_key(tokens))
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
        for kind, tokens, mark in spelling_variants(label):
            digest = hash_spelling(key, kind, unordered_key(tokens))
            if kind == "name" and mark & FULL:
                marks[digest] = marks.get(digest, 0) | LABEL
                words.update(_word_digests(key, kind, tokens))
    return NamesIndex(key, marks, words, held, entries=count)


def _word_digests(key: Key, kind: str, tokens: tuple[str, ...]) -> set[int]:
    if kind == "signs":
        return set()
    if kind == "name":
        return {hash_spelling(key, "word", token) for token in tokens}
    extra = {hash_spelling(key, "has", "abjad")} if kind == "latin" else set()
    return {hash_spelling(key, "bones", token) for token in tokens} | extra
