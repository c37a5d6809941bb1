"""Leak scan: looks for names of the build in everything that a report consists of.

A hit says in which file, what kind of carrier and where; it never repeats the name or the text
around it. Full names fail anywhere. A single-word name fails in free text, attributes, metadata
and logs, and passes where the renderer printed a vocabulary's label.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from hrdresearch.privacy.names import NamesIndex, Span
from hrdresearch.privacy.pieces import Piece
from hrdresearch.privacy.pieces_image import of_image
from hrdresearch.privacy.pieces_page import of_bytes, of_html, of_json, of_notebook, of_svg
from hrdresearch.privacy.pieces_word import of_docx

NOT_CHECKED = "names not checked"
CANNOT_BE_READ = "cannot be checked"
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\x([0-9a-fA-F]{2})")
_SEGMENT = re.compile(r"[.#/:\s]+")
_HTML, _IMAGES = (".html", ".htm", ".xhtml"), (".png", ".jpg", ".jpeg")


@dataclass(frozen=True)
class Hit:
    """A place where a name was found; holds neither the name nor the text around it."""

    file: str
    carrier: str
    place: str
    kind: str


def scan_report(
    folder: Path,
    index: NamesIndex | None,
    extra_texts: Mapping[str, str] | None = None,
    labels: frozenset[str] = frozenset(),
) -> list[Hit]:
    """Scan every file of a report's folder, its file names, and further texts (logs).

    labels: what the renderer printed as labels in drawings (SVG text without ``data-vocab``).
    Without an index nothing can be said: one hit tells that names were not checked.
    """
    if index is None:
        return [Hit(folder.name, "index", "report", NOT_CHECKED)]
    scanner = _Scanner(index)
    hits: list[Hit] = []
    for number, path in enumerate(sorted(p for p in folder.rglob("*") if p.is_file()), start=1):
        relative = path.relative_to(folder).as_posix()
        in_name = scanner.kinds(Piece("file name", "", relative.replace("/", " / "), "text"))
        shown = f"file {number}{path.suffix[:6]}" if in_name else relative
        hits += [Hit(shown, "file name", "name of the file", kind) for kind in in_name]
        hits += scanner.hits(shown, _pieces_of_file(path, labels))
    for name, text in (extra_texts or {}).items():
        hits += scanner.hits(name, iter([Piece("text", name, text)]))
    return list(dict.fromkeys(hits))


class _Scanner:
    """Scans pieces and remembers texts that it has seen."""

    def __init__(self, index: NamesIndex) -> None:
        self._index = index
        self._seen: dict[tuple[str, str, str | None], tuple[str, ...]] = {}

    def hits(self, file: str, found: Iterator[Piece]) -> list[Hit]:
        """Hits of the pieces of one file, each place and kind once."""
        out: dict[Hit, None] = {}
        for piece in found:
            for kind in self.kinds(piece):
                out[Hit(file, piece.carrier, piece.place, kind)] = None
        return list(out)

    def kinds(self, piece: Piece) -> tuple[str, ...]:
        """Kinds of names that a piece holds and may not hold."""
        if piece.role == "unreadable":
            return (CANNOT_BE_READ,)
        if len(piece.text) < 2 and not piece.within:
            return ()
        known = (piece.text, piece.role, piece.within)
        if known not in self._seen:
            self._seen[known] = tuple(dict.fromkeys(self._kinds(piece)))
        return self._seen[known]

    def _kinds(self, piece: Piece) -> Iterator[str]:
        if piece.role in ("identifier", "font"):
            yield from (s.kind for s in self._spans(piece.text) if not s.passes_as_label)
            segments = _SEGMENT.split(piece.text) if piece.role == "identifier" else []
            for segment in segments:
                if not self._index.is_label(segment):
                    yield from (s.kind for s in self._spans(segment))
            return
        is_label = piece.role == "label" and self._index.is_label(piece.text)
        for span in self._spans(piece.text):
            if not (is_label and span.passes_as_label):
                yield span.kind
        if piece.within:
            yield from (s.kind for s in self._spans(piece.within) if not s.passes_as_label)

    def _spans(self, text: str) -> Iterator[Span]:
        for reading in decodings(text):
            yield from self._index.find(reading)


def decodings(text: str) -> list[str]:
    """The text, and what it says once terminal codes, escapes, entities and %-codes are undone."""
    readings = {text: None}
    for _ in range(2):
        for reading in list(readings):
            if "\x1b" in reading:
                readings[_ANSI.sub("", reading)] = None
            if "\\" in reading:
                readings[_ESCAPE.sub(_character, reading).replace("\\n", "\n")] = None
            if "%" in reading:
                readings[unquote(reading)] = None
            if "&" in reading:
                readings[html.unescape(reading)] = None
    return list(readings)


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2] or match[3], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else " "


def _pieces_of_file(path: Path, labels: frozenset[str]) -> Iterator[Piece]:
    data, suffix = path.read_bytes(), path.suffix.lower()
    if suffix in _HTML:
        yield from of_html(data, labels)
    elif suffix == ".svg":
        yield from of_svg(data, labels)
    elif suffix in _IMAGES:
        yield from of_image(data, "picture")
    elif suffix == ".docx":
        yield from of_docx(data)
    elif suffix in (".json", ".ipynb", ".geojson"):
        try:
            value = json.loads(data)
        except ValueError:
            yield from of_bytes(data, "JSON", "file")
            return
        if suffix == ".ipynb":
            yield from of_notebook(value)
        else:
            yield from of_json(value, path.stem if path.stem.isalpha() else "JSON")
    else:
        yield from of_bytes(data, "log" if suffix == ".log" else "text", "file")
