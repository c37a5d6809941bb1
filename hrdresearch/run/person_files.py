"""Finds a person's rows in the files of lists, whether or not a build was made from them.

A row that a study accepts is recognized by its pseudonym, its identifier in the list, or the name; any
other row by a cell that holds the name alone. All are compared by keyed hashes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from hrdresearch.privacy.keys import Key, account_id, name_digest
from hrdresearch.privacy.vault import VaultProblem
from hrdresearch.run.build_files import files_of_build
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import read_json
from hrdresearch.run.left_out import DIGESTS
from hrdresearch.run.raw_file import read_raw, sheet_read, with_rows_of_person
from hrdresearch.run.sealed_lists import opener_for
from hrdresearch.run.source_files import DEMO_LIST
from hrdresearch.run.steps import find_large_reader, load_steps
from hrdresearch.sources import SourceError, load
from hrdresearch.sources.reading import KINDS, SEALED, Rows, read_rows
from hrdresearch.tables import TABLES

STILL_HOLDS = "STILL HOLDS THE PERSON"  # first words of the line on such a file
LONGEST_NAME = 200  # characters; a longer cell is a text
LARGEST_SEARCHED = 50_000_000  # bytes of a file


@dataclass(frozen=True)
class ListFile:
    """A file of a list and its persons.

    slugs: the list that the file belongs to, or all lists it may belong to. rows: cells of the file.
    sheet: row number, pseudonym and keyed hashes of each accepted row.
    """

    path: Path
    slugs: frozenset[str]
    rows: Rows = field(repr=False)
    sheet: pd.DataFrame = field(repr=False)

    def rows_of(self, marks: Collection[str], key: Key) -> frozenset[int]:
        """Numbers of the rows of a person; marks: pseudonyms and keyed hashes of the person."""
        taken_in = self.sheet[["person", *DIGESTS]].isin(set(marks)).any(axis=1)
        found = set(self.sheet.loc[taken_in, "row"].astype(int))
        others = [(n, cells) for n, cells in self.rows.rows if n not in set(self.sheet["row"])]
        words = {c for _, cells in others for c in cells if 0 < len(c.strip()) <= LONGEST_NAME}
        named = {c for c in words if {name_digest(c, key), account_id(c, key)} & set(marks)}
        found |= {n for n, cells in others if named & set(cells)}
        return with_rows_of_person(self.rows, self.slugs, found)

    def spellings(self, marks: Collection[str], key: Key) -> frozenset[str]:
        """The person's name in each spelling that the person's rows hold."""
        rows = self.rows_of(marks, key)
        digests = {*marks, *self.sheet.loc[self.sheet["row"].isin(rows), "name_digest"].dropna()}
        cells = {c for n, held in self.rows.rows if n in rows for c in held}
        short = (c for c in cells if 0 < len(c.strip()) <= LONGEST_NAME)
        return frozenset(c for c in short if name_digest(c, key) in digests)


def read_list_file(path: Path, slugs: Collection[str], home: Path, key: Key) -> ListFile:
    """Read a file of a list of a study.

    slugs: lists that it may belong to. home: ``WORK/<study>``. RunError or SourceError if it cannot be
    read, VaultProblem if it cannot be opened.
    """
    study, opener = home.name, opener_for(path)
    rows = read_rows(path, opener=opener)
    for slug in slugs:
        if find_large_reader(study, slug) is not None:
            continue
        try:
            loaded = load(slug, path, opener=opener)
        except SourceError:
            continue
        built = load_steps(study)([loaded], key, home / "decisions")
        persons = built.restricted.get("persons", pd.DataFrame(columns=["person", *DIGESTS]))
        held = [
            frame[["source_row", column]].set_axis(["row", "person"], axis=1)
            for name, frame in built.tables.items()
            if not callable(frame) and (column := TABLES[name].person_column)
        ]
        if held:
            whole = pd.concat(held).drop_duplicates()
            rows = read_rows(path, opener=opener, sheet=sheet_read(path, [slug]))
            return ListFile(
                path, frozenset({slug}), rows, whole.merge(persons, on="person", how="left")
            )
    return ListFile(path, frozenset(slugs), rows, pd.DataFrame(columns=["row", "person", *DIGESTS]))


@dataclass(frozen=True)
class FilesOfLists:
    """The files of lists that a withdrawal looks at.

    given: files whose rows are to be emptied. others: other files, only searched. not_searched: lines on
    files that could not be searched. paths: of all files.
    """

    given: Sequence[ListFile]
    others: Sequence[ListFile]
    not_searched: Sequence[str]
    paths: Sequence[Path]

    @property
    def sheet(self) -> pd.DataFrame:
        """Persons of all these files with their keyed hashes."""
        none = pd.DataFrame(columns=["person", *DIGESTS], dtype=str)
        return pd.concat([none, *(f.sheet[none.columns] for f in [*self.given, *self.others])])


def read_files_of_lists(
    home: Path, builds: Collection[Path], raw: Sequence[Path], places: Iterable[Path], key: Key
) -> FilesOfLists:
    """Read the files ``raw``, and all files in ``places`` and in the folders that builds have read.

    home: ``WORK/<study>``. builds: folders of builds. RunError if a file of ``raw`` is missing, or of a
    type that cannot be written again.
    """
    if missing := [file for file in raw if not file.is_file()]:
        raise RunError(f"There is no file {missing[0]}: check the path")
    slugs = sorted({str(s["slug"]) for b in builds for s in read_json(b / "sources.json")})
    given = [read_list_file(read_raw(file).path, slugs, home, key) for file in raw]
    is_given = {file.resolve() for file in raw}
    paths = [p for p in _files_in(builds, places) if p.resolve() not in is_given]
    others, lines = [], []
    for path in paths:
        try:
            if path.stat().st_size <= LARGEST_SEARCHED:
                others.append(read_list_file(path, slugs, home, key))
            else:
                lines.append(f"NOT SEARCHED, too large: {path}")
        except (RunError, SourceError, VaultProblem):
            lines.append(f"NOT SEARCHED, cannot be opened or read: {path}")
    return FilesOfLists(given, others, lines, [*raw, *paths])


def _files_in(builds: Collection[Path], places: Iterable[Path]) -> list[Path]:
    """Files of lists in these folders and in the folders that builds have read; no invented lists."""
    found = [p for place in places for p in place.rglob("*")]
    read_from = {Path(f["folder"]) for b in builds for f in files_of_build(b) if "folder" in f}
    found += [p for folder in read_from if folder.is_dir() for p in folder.iterdir()]
    kept = {
        path.resolve(): path
        for path in found
        if path.is_file()
        and Path(path.name.removesuffix(SEALED)).suffix.lower() in KINDS
        and not (path.parent / DEMO_LIST).is_file()
    }
    return sorted(kept.values())


def still_held(files: Iterable[ListFile], marks: Collection[str], key: Key) -> Iterator[str]:
    """A line for each file that still holds the person; marks: see ``ListFile.rows_of``."""
    for one in files:
        if rows := one.rows_of(marks, key):
            yield (
                f"{STILL_HOLDS}: {one.path}, rows: {len(rows)}, and so does each copy of it. Use "
                f"--raw '{one.path}' to empty them (CSV and XLSX), or delete the file"
            )
