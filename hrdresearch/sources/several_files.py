"""Sources that are published in several files: a folder of files is loaded as one list."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.sources.errors import UnreadableFileError
from hrdresearch.sources.model import Loaded
from hrdresearch.sources.notes import Note
from hrdresearch.sources.reading import KINDS, Rows
from hrdresearch.sources.spec import SourceSpec

SEVERAL = "several"
NOTES_ON_DATA = ("source", "readme", "license", "licence")


def member_files(folder: Path, spec: SourceSpec) -> tuple[list[Path], list[Note]]:
    """Files of a folder that may be of the source, by name, and a note on each that is not read.

    Of the same file in two kinds (list.csv and list.xls) only one is read. Raises
    UnreadableFileError when the source is not published in several files, or when the folder has no
    file of its kinds.
    """
    if not spec.takes_folder:
        raise UnreadableFileError(
            f"{folder.name} is a folder, but {spec.facts.slug} is published in one file: name the "
            "file itself."
        )
    kinds = list(dict.fromkeys(kind for layout in spec.layouts for kind in layout.kinds))
    found: dict[str, Path] = {}
    notes: list[Note] = []
    for path in sorted(folder.iterdir(), key=lambda p: (_rank(p, kinds), p.name)):
        if not path.is_file() or _kind(path) not in kinds or path.name.startswith((".", "~")):
            continue
        if path.suffix.lower() == ".txt" and path.stem.casefold() in NOTES_ON_DATA:
            continue
        if path.stem in found:
            words = "{file} was not read: {other} is the same file."
            notes.append(Note.of(words, file=path.name, other=found[path.stem].name))
            continue
        found[path.stem] = path
    if not found:
        raise UnreadableFileError(
            f"{folder.name}: the folder holds no file of {spec.facts.slug} ({', '.join(kinds)})."
        )
    return sorted(found.values()), notes


def join_loaded_files(
    folder: Path, spec: SourceSpec, parts: Sequence[Loaded], notes: Sequence[Note]
) -> Loaded:
    """Join several loaded files into one list; sha256 is that of all their names and hashes.

    Raises UnreadableFileError when there are no files.
    """
    if not parts:
        raise UnreadableFileError(
            f"{folder.name}: no file in the folder has the columns of {spec.facts.slug}."
        )
    layouts = {part.layout for part in parts}
    return Loaded(
        facts=parts[0].facts if len(parts) == 1 else spec.facts,
        path=folder,
        layout=layouts.pop() if len(layouts) == 1 else SEVERAL,
        sha256=digest_of_files(parts),
        rows_in=sum(part.rows_in for part in parts),
        accepted=pd.concat([part.accepted for part in parts], ignore_index=True),
        set_aside=pd.concat([part.set_aside for part in parts], ignore_index=True),
        issues=pd.concat([part.issues for part in parts], ignore_index=True),
        how_read=" ".join(dict.fromkeys(part.how_read for part in parts)),
        notes=(*dict.fromkeys(note for part in parts for note in part.notes), *notes),
        identifiers=frozenset().union(*(part.identifiers for part in parts)),
        names_aside=frozenset().union(*(part.names_aside for part in parts)),
        other_words={
            kind: frozenset().union(*(part.other_words.get(kind, ()) for part in parts))
            for kind in {kind for part in parts for kind in part.other_words}
        },
    )


def digest_of_files(parts: Sequence[Loaded | Rows]) -> str:
    """SHA-256 of the names and hashes of several files."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{part.path.name} {part.sha256}\n".encode())
    return digest.hexdigest()


def file_kind(path: Path) -> str:
    """Kind of a file by its suffix ("csv", "xlsx", "docx"); "" if no source has that kind."""
    return KINDS.get(path.suffix.lower(), "docx" if path.suffix.lower() == ".docx" else "")


def _kind(path: Path) -> str:
    suffix = path.suffix.lower().removeprefix(".")
    return "csv" if suffix in ("tsv", "txt") else suffix


def _rank(path: Path, kinds: Sequence[str]) -> int:
    return kinds.index(_kind(path)) if _kind(path) in kinds else len(kinds)
