"""Names index: finds the names of a build in a text, and stores hashes instead of names.

At the build every name is written in its usual spelling variants, and each variant is hashed with the
key of the study (BLAKE2b, 8 bytes). The file holds hashes and marks only, so without the key nobody
can read a name from it. docs/decisions/0004 says which variants are made, and why.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np

from hrdresearch.names.variants import (
    FULL,
)
from hrdresearch.privacy.keys import Key, refuse_another_key, study_key
from hrdresearch.privacy.name_hashes import (
    LABEL,
    PERMITTED,
    NameHashes,
)
from hrdresearch.privacy.name_search import NameSearch

_FORMAT = "hrdresearch names index 3"


class NamesIndex(NameSearch):
    """Hashes of the names of a build; made by ``build_index`` or ``NamesIndex.load``."""

    def __repr__(self) -> str:
        return f"NamesIndex(study={self._key.study!r}, entries={self.entries})"

    @property
    def study(self) -> str:
        """Study whose key made the index."""
        return self._key.study

    def with_names_of(self, gone: NamesIndex) -> NamesIndex:
        """Add the names of another index, none of which may be printed; returns the joint index.

        gone: index of the names of persons who withdrew. Its names are forbidden also where this index
        permits them.
        """
        ours, theirs = self._hashes, gone._hashes
        marks = dict(ours.marks)
        for digest, mark in theirs.marks.items():
            held = marks.get(digest, 0)
            if mark & ~LABEL and not held & FULL:
                held &= ~PERMITTED
            marks[digest] = held | mark
        pairs = [np.column_stack([h.near_keys, h.near_words]) for h in (ours, theirs)]
        near = np.unique(np.concatenate(pairs), axis=0)
        hashes = NameHashes(
            marks,
            ours.words | theirs.words,
            ours.labels | theirs.labels,
            ours.page | theirs.page,
            near[:, 0],
            near[:, 1],
            ours.is_restricted or theirs.is_restricted,
            ours.kinds | theirs.kinds,
        )
        return NamesIndex(self._key, hashes, entries=self.entries + gone.entries)

    def save(self, path: Path) -> None:
        """Write the index; the file holds keyed hashes only."""
        path.write_bytes(self.to_bytes())

    def to_bytes(self) -> bytes:
        """The index as a file holds it."""
        held = self._hashes
        marks = np.array(sorted(held.marks), dtype=np.uint64)
        header = {
            "format": _FORMAT,
            "study": self._key.study,
            "key": self._key.fingerprint,
            "entries": self.entries,
            "is_restricted": held.is_restricted,
            "kinds": sorted(held.kinds),
        }
        with io.BytesIO() as file:
            np.savez_compressed(
                file,
                header=np.frombuffer(json.dumps(header).encode(), dtype=np.uint8),
                digests=marks,
                marks=np.array([held.marks[int(d)] for d in marks], dtype=np.uint8),
                words=np.array(sorted(held.words), dtype=np.uint64),
                labels=np.array(sorted(held.labels), dtype=np.uint64),
                page=np.array(sorted(held.page), dtype=np.uint64),
                near_keys=held.near_keys,
                near_words=held.near_words,
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
            refuse_another_key(key, header["key"])
            hashes = NameHashes(
                dict(zip(held["digests"].tolist(), held["marks"].tolist(), strict=True)),
                set(held["words"].tolist()),
                set(held["labels"].tolist()),
                frozenset(held["page"].tolist()),
                held["near_keys"],
                held["near_words"],
                header["is_restricted"],
                set(header["kinds"]),
            )
        return cls(key, hashes, entries=header["entries"])
