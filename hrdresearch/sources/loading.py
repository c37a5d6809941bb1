"""Loads a file of a source: reads it as published, cleans it, and accounts for every row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.clean.text import clean_name
from hrdresearch.names.identifiers import identifiers_in_cell
from hrdresearch.names.person_or_group import name_kinds
from hrdresearch.sources.beside_the_table import rows_of_nobody
from hrdresearch.sources.corrections import apply_corrections
from hrdresearch.sources.errors import (
    SourceError,
    UnknownLayoutError,
    UnreadableFileError,
)
from hrdresearch.sources.file_record import Book
from hrdresearch.sources.layout import Layout, Table, column_names, make_table
from hrdresearch.sources.matching_layouts import describe_container
from hrdresearch.sources.model import Loaded
from hrdresearch.sources.notes import Note
from hrdresearch.sources.other_words import other_words
from hrdresearch.sources.own_guesses import guess_notes
from hrdresearch.sources.reading import Opener, Rows
from hrdresearch.sources.reads import read_fields
from hrdresearch.sources.reads_declared import columns_of
from hrdresearch.sources.registry import get_spec, identify, module_of_source, read_with_layout
from hrdresearch.sources.rows_of_case import merge_cases
from hrdresearch.sources.several_files import join_loaded_files, member_files
from hrdresearch.sources.sheet import Sheet
from hrdresearch.sources.spec import SourceSpec
from hrdresearch.sources.values_by_words import (
    Found,
    read_values_by_words,
    rows_without_code,
    words_without_code,
)

NAME_FIELDS = ("name", "given_name", "family_name")


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
        return [read_with_layout(spec, path, opener)[0]]
    found = []
    for member in member_files(path, spec)[0]:
        with suppress(UnknownLayoutError):
            found.append(read_with_layout(spec, member, opener)[0])
    return found


def _load_file(
    spec: SourceSpec,
    path: Path,
    corrections: Iterable[Mapping[str, Any]] | None,
    opener: Opener,
) -> Loaded:
    try:
        rows, layout = read_with_layout(spec, path, opener)
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
    accepted: pd.DataFrame = module_of_source(spec).clean(sheet)
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


def names_aside(rows: Rows, sheet: Sheet, accepted: pd.DataFrame) -> frozenset[str]:
    """Names of persons in the rows of a file that are not accepted.

    In a row that was set aside before it was cleaned, the columns of names are read. In a public list only
    cells of two words or more are taken: in a row that does not fit, another value may be in this place.
    Rows of another table in the file of a public list are left out: they are no part of the list, and among
    thousands of names some are like common words of the page.
    """
    if "source_row" not in accepted:
        return frozenset()
    taken, cleaned = set(accepted["source_row"]), sheet.names_read
    fewest = 2 if sheet.spec.facts.policy.public_by_name else 1
    if fewest > 1:
        taken |= sheet.elsewhere
    found = cleaned[~cleaned.index.isin(taken)].tolist()
    header = sheet.layout.named(column_names(rows, sheet.layout))
    reads = sheet.layout.reads
    named = [
        c
        for f in NAME_FIELDS
        if f in reads and "value" not in reads[f]
        for c in columns_of(reads[f])
    ]
    at = [header.index(c) for c in (named if reads else [sheet.name_column]) if c in header]
    taken |= rows_of_nobody(rows, sheet.book)
    first = max(sheet.layout.header, default=rows.rows[0][0])
    for number, cells in rows.rows:
        if number > first and number not in taken and number not in cleaned.index:
            parts = [cells[i] for i in at if i < len(cells) and cells[i].strip() != header[i]]
            name = clean_name(" ".join(parts))
            found += [name] if len(name.split()) >= fewest else []
    names = pd.Series(found, dtype="object")
    return frozenset(names[name_kinds(names) == "person"])
