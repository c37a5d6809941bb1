"""Finds the sources by their folders, and tells of which source a file is.

A source is a folder with ``source.yml`` and an ``__init__.py`` that defines
``clean(sheet) -> DataFrame``. Adding one touches no other file. A user's own source is only a source.yml
beside the user's data (``hrdresearch.sources.own_folder``).
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from hrdresearch.sources.errors import (
    SourceError,
    SourceFactsError,
    UnknownLayoutError,
    UnknownSourceError,
    UnreadableFileError,
)
from hrdresearch.sources.layout import Layout
from hrdresearch.sources.matching_layouts import find_layout, matching_layouts
from hrdresearch.sources.model import SourceFacts
from hrdresearch.sources.own_folder import own_files, read_own_spec
from hrdresearch.sources.reading import KINDS, Opener, Rows, read_rows
from hrdresearch.sources.spec import SourceSpec, read_spec
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


def read_with_layout(spec: SourceSpec, path: Path, opener: Opener) -> tuple[Rows, Layout]:
    """Rows and layout of a file of a source, by its own reader where it has one."""
    if not spec.own_reader:
        return _read(path, spec.layouts, opener)
    rows: Rows = module_of_source(spec).read(path)
    layout = find_layout(rows, spec.layouts)
    return rows, replace(layout, name=rows.layout or layout.name)


def module_of_source(spec: SourceSpec) -> Any:
    """Module of a source, which defines ``clean`` and may define ``read``."""
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
                return read_with_layout(spec, path, Path.read_bytes)[1]
            except SourceFactsError:  # what the user wrote is to be mended; nothing else is said
                raise
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
    """Rows and layout, by the sheet that each layout is of; see ``_read_sheet``."""
    by_sheet: dict[str, list[Layout]] = {}
    for layout in layouts:
        by_sheet.setdefault(layout.sheet, []).append(layout)
    first: SourceError | None = None
    for sheet, known in sorted(by_sheet.items()):
        try:
            return _read_sheet(path, known, sheet, opener)
        except (UnknownLayoutError, UnreadableFileError) as error:
            first = first or error
    if first:
        raise first
    return _read_sheet(path, [], "", opener)


def _read_sheet(path: Path, known: list[Layout], sheet: str, opener: Opener) -> tuple[Rows, Layout]:
    """Rows and layout; bytes that are not UTF-8 are read as a layout that fits declares."""
    encodings = sorted({layout.encoding for layout in known if layout.encoding})
    try:
        rows = read_rows(path, opener=opener, sheet=sheet)
    except UnreadableFileError:
        for encoding in encodings if path.is_file() else ():
            rows = read_rows(path, encoding, opener)
            if rows.encoding == encoding:
                layout = find_layout(rows, known)
                if layout.encoding == encoding:
                    return rows, layout
        raise
    return rows, find_layout(rows, known)
