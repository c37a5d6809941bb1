"""Word files as text: paragraphs with their automatic numbers, tables, document symbols.

Insertions of tracked changes are read; deletions and hidden text are not. A cell is addressed by the
column of the table's grid in which it begins, so merged cells do not move other cells.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from hrdresearch.sources.errors import UnreadableFileError, unreadable_if_damaged
from hrdresearch.sources.word_numbering import Numbering, W

SYMBOL = re.compile(r"A/HRC/(?:WG\.6/)?\d+/(?:L\.)?\d+(?:/Add\.\d+)?")
PARTS = re.compile(r"word/(document|numbering|styles|header\d*)\.xml|docProps/core\.xml")
LARGEST = 200_000_000  # unpacked
SWITCHED_OFF = ("0", "false", "off")

Cell = tuple[int, int, int]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its text, the automatic number that Word prints (or ""), and its style.

    cell: table, row and column of the grid, from 0, for a paragraph in a table; a cell that spans
    several columns has the number of its first column.
    """

    text: str
    number: str
    style: str
    cell: Cell | None = None


@dataclass(frozen=True)
class WordFile:
    """Content of a Word file: its paragraphs in order, and the texts of its page headers.

    symbol: symbol of the UN document, or "". continued: cells that are merged with the cell above;
    they hold no text.
    """

    path: Path
    sha256: str
    paragraphs: tuple[Paragraph, ...]
    symbol: str
    headers: tuple[str, ...] = ()
    continued: frozenset[Cell] = frozenset()


def read_word(path: Path) -> WordFile:
    """Read a .docx file; raises UnreadableFileError for a missing, damaged or other file."""
    if not path.is_file():
        raise UnreadableFileError(f"{path.name}: there is no such file.")
    with unreadable_if_damaged(
        f"{path.name}: this is no Word file in .docx, or a damaged one. Open it in Word and save "
        "it as .docx."
    ):
        return _read(path, path.read_bytes())


def _read(path: Path, content: bytes) -> WordFile:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(member.file_size for member in archive.infolist()) > LARGEST:
            raise UnreadableFileError(f"{path.name}: larger than {LARGEST:,} bytes unpacked.")
        parts = {n: archive.read(n) for n in archive.namelist() if PARTS.fullmatch(n)}
    read = {name: _xml(part) for name, part in parts.items()}
    body = read["word/document.xml"].find(f"{W}body")
    if body is None:
        raise UnreadableFileError(f"{path.name}: the Word file holds no text.")
    numbers = Numbering(read.get("word/numbering.xml"), read.get("word/styles.xml"))
    places, continued = _grid(body)
    paragraphs = tuple(_paragraphs(body, numbers, places))
    headers = tuple(
        " ".join(_text(p) for p in part.iter(f"{W}p"))
        if "header" in name
        else " ".join(part.itertext())
        for name, part in sorted(read.items())
        if re.search("header|docProps", name)
    )
    return WordFile(
        path,
        hashlib.sha256(content).hexdigest(),
        paragraphs,
        _symbol(headers, paragraphs),
        headers,
        continued,
    )


def _xml(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(content, parser)


def _paragraphs(body: Any, numbers: Numbering, places: dict[Any, Cell]) -> Iterator[Paragraph]:
    for element in body.iter(f"{W}p"):
        if any(a.tag.endswith("}Fallback") for a in element.iterancestors()):
            continue
        style = element.find(f"{W}pPr/{W}pStyle")
        name = style.get(f"{W}val") if style is not None else ""
        text = _text(element)
        number = numbers.number(element, name) if text.strip() else ""
        cell = next(element.iterancestors(f"{W}tc"), None)
        yield Paragraph(text, number, name, None if cell is None else places[cell])


def _text(paragraph: Any) -> str:
    out = []
    for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}noBreakHyphen", f"{W}cr"):
        run = node.getparent()
        if next(node.iterancestors(f"{W}p")) is not paragraph or _is_unprinted(run):
            continue
        if node.tag == f"{W}t":
            out.append(node.text or "")
        elif node.tag == f"{W}noBreakHyphen":
            out.append("-")
        elif run.tag == f"{W}r":
            out.append("\t" if node.tag == f"{W}tab" else "\n")
    return "".join(out)


def _is_unprinted(run: Any) -> bool:
    """Whether a run is hidden text, or text that a tracked change has moved away."""
    hidden = run.find(f"{W}rPr/{W}vanish")
    if hidden is not None and hidden.get(f"{W}val") not in SWITCHED_OFF:
        return True
    return next(run.iterancestors(f"{W}moveFrom"), None) is not None


def _grid(body: Any) -> tuple[dict[Any, Cell], frozenset[Cell]]:
    """Position of every cell of every table, and the cells merged with the cell above."""
    places: dict[Any, Cell] = {}
    continued: set[Cell] = set()
    for table_number, table in enumerate(body.iter(f"{W}tbl")):
        rows = [r for r in table.iter(f"{W}tr") if next(r.iterancestors(f"{W}tbl")) is table]
        for row_number, row in enumerate(rows):
            column = _whole(row.find(f"{W}trPr/{W}gridBefore"), 0)
            for cell in row.iter(f"{W}tc"):
                if next(cell.iterancestors(f"{W}tr")) is not row:
                    continue
                places[cell] = table_number, row_number, column
                merged = cell.find(f"{W}tcPr/{W}vMerge")
                if merged is not None and merged.get(f"{W}val") != "restart":
                    continued.add(places[cell])
                column += _whole(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
    return places, frozenset(continued)


def _whole(element: Any, default: int) -> int:
    return default if element is None else int(element.get(f"{W}val", default))


def _symbol(headers: tuple[str, ...], paragraphs: tuple[Paragraph, ...]) -> str:
    """First document symbol in a page header, else in the properties, else in 40 paragraphs."""
    for text in (*headers, " ".join(p.text for p in paragraphs[:40])):
        found = SYMBOL.search(text)
        if found:
            return found[0]
    return ""
