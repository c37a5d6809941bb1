"""Finds the sources by their folders, tells which source a file is of, and loads files.

A source is a folder with ``source.yml`` and an ``__init__.py`` that defines
``clean(sheet) -> DataFrame``. Adding one touches no other file. A user's own source is only a source.yml
beside the user's data (``hrdresearch.sources.own_folder``).
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.names.identifiers import identifiers_in_cell
from hrdresearch.sources.corrections import apply_corrections
from hrdresearch.sources.errors import (
    SourceError,
    SourceFactsError,
    UnknownLayoutError,
    UnknownSourceError,
    UnreadableFileError,
)
from hrdresearch.sources.file_record import Book
from hrdresearch.sources.layout import Layout, Table, column_names, make_table
from hrdresearch.sources.matching_layouts import describe_container, find_layout, matching_layouts
from hrdresearch.sources.model import Loaded, SourceFacts
from hrdresearch.sources.names_aside import names_aside
from hrdresearch.sources.notes import Note
from hrdresearch.sources.other_words import other_words
from hrdresearch.sources.own_folder import own_files, read_own_spec
from hrdresearch.sources.own_guesses import guess_notes
from hrdresearch.sources.reading import KINDS, Opener, Rows, read_rows
from hrdresearch.sources.reads import read_fields
from hrdresearch.sources.rows_of_case import merge_cases
from hrdresearch.sources.several_files import join_loaded_files, member_files
from hrdresearch.sources.sheet import Sheet
from hrdresearch.sources.spec import SourceSpec, read_spec
from hrdresearch.sources.uncoded import rows_without_code, words_without_code
from hrdresearch.sources.values_by_words import Found, read_values_by_words
from hrdresearch.tables.case_editions import EDITION, MARK, edition_in_words, parse_edition

PACKAGE = "hrdresearch.sources"


def list_sources() -> list[SourceFacts]:
    """Facts of every source, by slug."""
    return [spec.facts for _, spec in sorted(_specs().items())]


def get_facts(slug: str) -> SourceFacts:
    """Facts of one source; raises UnknownSourceError, which names the slugs that exist."""
    return get_spec(slug).facts


def is_own(slug: str) -> bool:
    """Whether a list is a user's own one: its source.yml is beside the user's data."""
    return parse_edition(slug)[0] not in _package_specs()


def list_layouts(slug: str) -> tuple[Layout, ...]:
    """Layouts that a source is published in."""
    return get_spec(slug).layouts


def get_spec(slug: str) -> SourceSpec:
    """Content of source.yml of a source; raises UnknownSourceError for another slug.

    An earlier edition (``cpj@2018``) is read like its list, but has its own slug and title.
    """
    base, edition = parse_edition(slug)
    if edition:
        return _of_edition(get_spec(base), edition)
    if slug in own_files() and slug not in _package_specs():
        return read_own_spec(own_files()[slug])
    if slug not in _specs():
        raise UnknownSourceError(f"No source {slug!r}; there are: {', '.join(sorted(_specs()))}.")
    return _specs()[slug]


def _of_edition(spec: SourceSpec, edition: str) -> SourceSpec:
    if not EDITION.match(edition):
        raise UnknownSourceError(
            f"{spec.facts.slug}{MARK}{edition}: an edition is called by a year, a month or a day, such as "
            f"{spec.facts.slug}{MARK}2018 or {spec.facts.slug}{MARK}2018-05-17."
        )
    facts = replace(
        spec.facts,
        slug=f"{spec.facts.slug}{MARK}{edition}",
        title=f"{spec.facts.title}, {edition_in_words(edition)}",
        publisher=f"{spec.facts.publisher}, {edition_in_words(edition)}",
        citation=f"{spec.facts.citation.rstrip('.')}, {edition_in_words(edition)}",
    )
    return replace(spec, facts=facts, like=spec.like or spec.facts.slug)


def identify(path: str | Path, opener: Opener = Path.read_bytes) -> tuple[str, str]:
    """Slug of the source and name of the layout of a file, by its type and its columns.

    opener: returns the bytes of a file, for a sealed one. Raises UnknownLayoutError, which names
    the nearest layouts, or UnreadableFileError.
    """
    path = Path(path)
    try:
        _, layout = _read(path, _all_layouts(), opener)
    except (UnknownLayoutError, UnreadableFileError):
        found = _read_by_own_readers(path)
        if found is None:
            raise
        layout = found
    return layout.source, layout.name


def other_matching_layouts(path: Path, slug: str, opener: Opener = Path.read_bytes) -> list[Layout]:
    """Layouts of other sources that have the same columns as a file."""
    try:
        rows, _ = _read(path, _all_layouts(), opener)
    except SourceError:
        return []
    return [layout for layout in matching_layouts(rows, _all_layouts()) if layout.source != slug]


def _all_layouts() -> list[Layout]:
    return [layout for spec in _specs().values() for layout in spec.layouts]


def load(
    slug: str,
    path: str | Path,
    corrections: Iterable[Mapping[str, Any]] | None = None,
    opener: Opener = Path.read_bytes,
) -> Loaded:
    """Read, clean and code a file of a source; every row is accepted or set aside.

    path: a file, or a folder of files where source.yml says ``folder: true``. corrections: entries
    of corrections.yml; those of other sources are ignored. opener: returns the bytes of a file, for
    a sealed one. Raises SourceError, in a researcher's words, when the file cannot be used.
    """
    spec, path = get_spec(slug), Path(path)
    if not path.is_dir():
        return _load_file(spec, path, corrections, opener)
    members, notes = member_files(path, spec)
    parts = []
    for member in members:
        try:
            parts.append(_load_file(spec, member, corrections, opener))
        except UnknownLayoutError:
            words = "{file} in the folder is of another format and was not read."
            notes.append(Note.of(words, file=member.name))
    return join_loaded_files(path, spec, parts, notes)


def read_as_published(slug: str, path: Path, opener: Opener = Path.read_bytes) -> list[Rows]:
    """Rows of the files of a list as published, not cleaned; of one file, or of all files of a folder.

    Raises SourceError when a file cannot be read; files of a folder that are of no layout are left out.
    """
    spec = get_spec(slug)
    if not path.is_dir():
        return [_read_of(spec, path, opener)[0]]
    found = []
    for member in member_files(path, spec)[0]:
        with suppress(UnknownLayoutError):
            found.append(_read_of(spec, member, opener)[0])
    return found


def _read_of(spec: SourceSpec, path: Path, opener: Opener) -> tuple[Rows, Layout]:
    """Rows and layout of a file of a source, by its own reader where it has one."""
    if not spec.own_reader:
        return _read(path, spec.layouts, opener)
    rows: Rows = _module(spec).read(path)
    layout = find_layout(rows, spec.layouts)
    return rows, replace(layout, name=rows.layout or layout.name)


def _load_file(
    spec: SourceSpec,
    path: Path,
    corrections: Iterable[Mapping[str, Any]] | None,
    opener: Opener,
) -> Loaded:
    try:
        rows, layout = _read_of(spec, path, opener)
    except UnknownLayoutError as unknown:
        raise UnknownLayoutError(f"{unknown}{_other_format(path, opener)}") from unknown
    book = Book(path.name)
    table = apply_corrections(make_table(rows, layout, book), corrections or (), book)
    _note_container(rows, layout, book)
    sheet = Sheet(_without_set_aside(table, book), spec, book)
    for column, values in layout.only.items():
        sheet.keep(sheet.text(column).isin(values))
    by_words: Found = {}
    if layout.reads:
        merge_cases(sheet)
        by_words = read_values_by_words(sheet)
        sheet.spec = replace(spec, crosswalks=_with(spec.crosswalks, by_words))
        read_fields(sheet)
    accepted: pd.DataFrame = _module(spec).clean(sheet)
    aside = book.set_aside_frame()
    uncoded = rows_without_code(sheet, accepted)
    _check_size(path.name, len(accepted), spec.rows, book)
    return Loaded(
        facts=replace(
            spec.facts,
            asked=_asked(spec, layout, sheet),
            covers=layout.facts.get("covers", spec.facts.covers),
            unknown_as={**spec.facts.unknown_as, **words_without_code(sheet, uncoded)},
            **_nouns(spec, sheet),
        ),
        path=path,
        layout=layout.name,
        sha256=rows.sha256,
        rows_in=len(table.cells) - sheet.rows_elsewhere,
        accepted=accepted,
        set_aside=aside,
        issues=book.issues_frame(),
        notes=(*book.notes, *guess_notes(spec.facts.slug)),
        how_read=describe_container(rows),
        identifiers=_identifiers(spec, rows),
        columns=tuple(column_names(rows, layout)),
        names_aside=names_aside(rows, sheet, accepted),
        other_words=other_words(rows, sheet),
        uncoded=uncoded,
        by_words=by_words,
    )


def _with(crosswalks: Mapping[str, Mapping[str, Any]], found: Found) -> dict[str, Any]:
    """Crosswalks, with values that are read by their words."""
    return {name: {**found.get(name, {}), **of} for name, of in crosswalks.items()}


def _asked(spec: SourceSpec, layout: Layout, sheet: Sheet) -> tuple[str, ...]:
    """Facts that the list asks of every case: those of the layout, and those of optional columns it has."""
    by_column = layout.facts.get("asked_with", {})
    told = layout.facts.get("asked", spec.facts.asked)
    return (*told, *(fact for column, fact in by_column.items() if column in sheet.cells))


def _nouns(spec: SourceSpec, sheet: Sheet) -> dict[str, Any]:
    """Nouns for the persons: special ones if every row of the file is of one kind, else those of the list."""
    noun = spec.noun_of_rows
    if not noun or noun["column"] not in sheet.cells or sheet.cells.empty:
        return {}
    is_alike = sheet.text(noun["column"]).eq(noun["value"]).all()
    return {key: noun[key] for key in ("singular", "plural")} if is_alike else {}


def _identifiers(spec: SourceSpec, rows: Rows) -> frozenset[str]:
    """Identifiers in all columns of a list that is not public, also in columns that are not read."""
    if spec.facts.policy.public_by_name:
        return frozenset()
    cells = {str(cell) for _, row in rows.rows[1:] for cell in row}
    return frozenset(form for cell in cells for form in identifiers_in_cell(cell))


def _other_format(path: Path, opener: Opener) -> str:
    """A sentence that names the other source of which a file has the format, or ""."""
    try:
        slug, layout = identify(path, opener)
    except SourceError:
        return ""
    return f" The file has format {layout!r} of source {slug!r}: name that source."


def _module(spec: SourceSpec) -> Any:
    return importlib.import_module(f"{PACKAGE}.{(spec.like or spec.facts.slug).replace('-', '_')}")


def _read_by_own_readers(path: Path) -> Layout | None:
    """Layout of a file that only a source's own reader can read; None when none can.

    UnreadableFileError with what each of them says, where no other reader knows the file's kind.
    """
    kind = path.suffix.lower().removeprefix(".")
    errors = []
    for spec in _specs().values():
        if spec.own_reader and any(kind in layout.kinds for layout in spec.layouts):
            try:
                return _read_of(spec, path, Path.read_bytes)[1]
            except SourceError as error:
                errors.append(str(error))
    if errors and path.suffix.lower() not in KINDS:
        raise UnreadableFileError(" ".join(dict.fromkeys(errors)))
    return None


def list_broken_sources() -> list[str]:
    """Sentences on what is wrong with each of the user's own sources that cannot be used."""
    broken = []
    for slug, path in own_files().items():
        try:
            if slug in _package_specs():
                raise SourceFactsError(
                    f"{path}: a source of the program is called so; rename the folder"
                )
            read_own_spec(path)
        except SourceFactsError as error:
            broken.append(str(error))
    return broken


def _specs() -> dict[str, SourceSpec]:
    """Sources of the program, and those of the user's own that can be used."""
    own = {}
    for slug, path in own_files().items():
        with suppress(SourceFactsError):
            own[slug] = read_own_spec(path)
    return {**own, **_package_specs()}


@cache
def _package_specs() -> dict[str, SourceSpec]:
    found = {}
    for folder in files(PACKAGE).iterdir():
        if folder.is_dir() and (folder / "source.yml").is_file():
            spec = read_spec(f"{PACKAGE}.{folder.name}")
            found[spec.facts.slug] = spec
    return found


def _read(
    path: Path, layouts: Iterable[Layout], opener: Opener = Path.read_bytes
) -> tuple[Rows, Layout]:
    """Rows and layout; bytes that are not UTF-8 are read as a layout that fits declares."""
    known = list(layouts)
    encodings = sorted({layout.encoding for layout in known if layout.encoding})
    try:
        rows = read_rows(path, opener=opener)
    except UnreadableFileError:
        for encoding in encodings if path.is_file() else ():
            rows = read_rows(path, encoding, opener)
            if rows.encoding == encoding:
                layout = find_layout(rows, known)
                if layout.encoding == encoding:
                    return rows, layout
        raise
    return rows, find_layout(rows, known)


def _without_set_aside(table: Table, book: Book) -> Table:
    return replace(table, cells=table.cells[~table.cells.index.isin(book.rows_aside)])


def _note_container(rows: Rows, layout: Layout, book: Book) -> None:
    if rows.delimiter not in ("", str(layout.facts.get("delimiter", ","))):
        book.issue(0, "", "The delimiter is not the published one.", "read with the one found")
    if layout.encoding and rows.encoding == layout.encoding:
        book.issue(0, "", f"The file is not UTF-8 but {layout.encoding}.", "read as such")


def _check_size(file: str, accepted: int, expected: Mapping[str, int], book: Book) -> None:
    minimum, maximum = int(expected["minimum"]), int(expected["maximum"])
    if accepted < minimum:
        aside = book.set_aside_frame()
        first = f" (row {aside['row'].iloc[0]}: {aside['reason'].iloc[0]})" if len(aside) else ""
        raise UnreadableFileError(
            f"{file}: {accepted} rows could be accepted, but this list has {minimum} or more. Is "
            f"the file complete? {len(book.rows_aside)} rows were set aside{first}."
        )
    if accepted > maximum:
        book.issue(0, "", f"More rows than expected ({maximum}).", "accepted; look at the file")
