"""Loads a large archive of messages into a build, part by part; an interrupted build can continue.

Coded parts are kept in ``WORK/online-attacks/parts``. They hold no text and no account name, and are
sealed if the archive is sealed. Parts of another archive, model or version are removed. The archive
is read a second time for the texts of the review queue and for the account names that reports must
not print.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrdresearch.privacy.keys import Key
from hrdresearch.privacy.vault import is_stored
from hrdresearch.privacy.withdraw import read_withdrawn
from hrdresearch.run.archive.coding import CHUNK, code_archive, post_ids
from hrdresearch.run.archive.parts import Parts
from hrdresearch.run.attack_models import THREADED
from hrdresearch.run.build_id import hash_of_kept
from hrdresearch.run.child_process import may_fork
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import sha256
from hrdresearch.run.parent_process import end_with_parent
from hrdresearch.run.steps import Reading
from hrdresearch.run.version import code_version
from hrdresearch.sources import Loaded, get_facts
from hrdresearch.sources.errors import FileChangedError, UnreadableFileError
from hrdresearch.sources.notes import Note
from hrdresearch.sources.posts.archive_reader import read_chunks
from hrdresearch.sources.posts.columns import NO_ZONE
from hrdresearch.sources.posts.own_layouts import own_layouts_hash

ARCHIVE_LAYOUT = "archive"  # of a list that is read in parts
LISTED = 1_000  # rows of one kind of issue that are listed; all are counted
ISSUES = ["file", "row", "column", "what", "done"]


@dataclass(frozen=True)
class Archive(Loaded):
    """A loaded archive: its coded parts, and the settings to read its texts again."""

    parts: Parts = field(default_factory=lambda: Parts(Path()))
    reading: Reading | None = None


@dataclass(frozen=True)
class Texts:
    """Result of reading an archive a second time.

    texts: by row of the archive. post_ids: pseudonym by identifier of the archive. handles: all
    account names; reports are searched for them.
    """

    texts: Mapping[int, str] = field(repr=False)
    post_ids: Mapping[str, str] = field(repr=False)
    handles: frozenset[str] = field(repr=False)


def load_archive(reading: Reading) -> Archive:
    """Code an archive in parts; parts that are already coded are used again.

    Raises FileChangedError when the file changes meanwhile, UnreadableFileError when no message is
    accepted.
    """
    path, model = reading.path, reading.decisions / "model"
    raw = sha256(path)
    settings = [
        raw,
        code_version(),
        str(hash_of_kept(model)),
        own_layouts_hash(),
        str(CHUNK),
        reading.key.fingerprint,
        str(reading.recipient),
    ]
    folder = reading.scratch / hashlib.sha256(repr(settings).encode()).hexdigest()[:16]
    given: dict[str, Any] = {
        "model": model if is_stored(model / "model.json") else None,
        "opener": reading.opener,
        "recipient": reading.recipient,
        "chunk": CHUNK,
    }
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if reading.workers > 1:
        with start_workers(reading.workers) as pool:
            code_archive(path, folder, reading.key, executor=pool, workers=reading.workers, **given)
    else:
        code_archive(path, folder, reading.key, **given)
    for other in reading.scratch.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    if sha256(path) != raw:
        raise FileChangedError(f"{path.name}: the file changed while it was read; try again.")
    return _archive_of_parts(reading, Parts(folder, read_withdrawn(reading.decisions.parent)), raw)


def start_workers(workers: int) -> ProcessPoolExecutor:
    """Processes that code chunks: copies of this one as it is when a chunk is given out, or new Pythons."""
    may_copy = may_fork() and not any(encoder in sys.modules for encoder in THREADED)
    context = get_context("fork" if may_copy else "spawn")
    return ProcessPoolExecutor(workers, context, end_with_parent, (os.getpid(),))


def _archive_of_parts(reading: Reading, parts: Parts, raw: str) -> Archive:
    name = reading.path.name
    aside = parts.set_aside(name)
    rows_in = sum(int(book["rows_in"]) for book in parts.books)
    if not parts.overview["is_kept"].any():
        why = f" (row {aside['row'].iloc[0]}: {aside['reason'].iloc[0]})" if len(aside) else ""
        raise UnreadableFileError(f"{name}: no message could be accepted{why}.")
    listed, counts = _list_issues(parts, name)
    no_zone = counts.get(NO_ZONE, 0)
    words = "{times} times have no zone and are taken as UTC."
    return Archive(
        facts=get_facts("posts"),
        path=reading.path,
        layout=ARCHIVE_LAYOUT,
        sha256=raw,
        rows_in=rows_in,
        accepted=pd.DataFrame(index=pd.RangeIndex(int(parts.overview["is_kept"].sum()))),
        set_aside=aside,
        issues=listed,
        notes=(Note.of(words, times=no_zone),) if no_zone else (),
        more_issues=sum(counts.values()) - len(listed),
        parts=parts,
        reading=reading,
    )


def _list_issues(parts: Parts, file: str) -> tuple[pd.DataFrame, dict[str, int]]:
    """The first rows of each kind of issue, and how many there are of each."""
    counts: dict[str, int] = {}
    lines = []
    for book in parts.books:
        for rows, what, done in book["issues"]:
            room = max(0, LISTED - counts.get(what, 0))
            counts[what] = counts.get(what, 0) + len(rows)
            lines += [(file, row, "time", what, done) for row in rows[:room]]
    return pd.DataFrame(lines, columns=ISSUES), counts


def read_texts_again(
    archive: Archive, rows: NDArray[np.int64], records: frozenset[str], key: Key
) -> Texts:
    """Read the archive again for the texts of some rows and the pseudonyms of some identifiers.

    rows: row numbers. records: identifiers of messages. RunError if the archive cannot be read again.
    """
    reading = archive.reading
    if reading is None:
        raise RunError(f"{archive.path.name}: the archive cannot be read again")
    texts: dict[int, str] = {}
    ids: dict[str, str] = {}
    handles: set[str] = set()
    slug = archive.facts.slug
    for chunk in read_chunks(reading.path, CHUNK, reading.opener):
        cells = chunk.cells
        handles |= {account.lstrip("@") for account in chunk.accounts_aside}
        if hit := np.isin(cells.index.to_numpy(), rows).nonzero()[0].tolist():
            found = cells.iloc[hit]
            texts |= dict(zip(map(int, found.index), found["text"].astype(str), strict=True))
        for column in ("author", "target"):
            if column in cells:
                handles |= {str(h).strip().lstrip("@") for h in cells[column].unique()}
        if records:
            named = replace(chunk, cells=cells[cells["id"].astype(str).isin(records)]).messages()
            for record, post_id in zip(named["record_id"], post_ids(named, key, slug), strict=True):
                ids.setdefault(str(record), post_id)
    return Texts(texts, ids, frozenset(handles - {""}))
