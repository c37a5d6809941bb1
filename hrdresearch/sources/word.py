"""Word files as text: paragraphs with the numbers that Word makes itself, tables, symbols.

Text is taken from the runs of the file, so that insertions count and deletions of tracked changes do
not. Numbers come from the numbering definitions (ISO/IEC 29500, 17.9), which no plain reader prints.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from hrdresearch.sources.errors import UnreadableFileError

NS = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
W = f"{{{NS['w']}}}"
SYMBOL = re.compile(r"A/HRC/(?:WG\.6/)?\d+/(?:L\.)?\d+(?:/Add\.\d+)?")
LARGEST = 200_000_000  # unpacked


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its text, the number that Word makes (or none), its style and table cell.

    cell: (table, row, column) where it stands in a table; a cell that spans columns is one cell.
    """

    text: str
    number: str
    style: str
    cell: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class WordFile:
    """A Word file read: paragraphs in order, symbol in headers or properties, hash."""

    path: Path
    sha256: str
    paragraphs: tuple[Paragraph, ...]
    symbol: str


def read_word(path: Path) -> WordFile:
    """Read a .docx file; UnreadableFileError where it is no such file."""
    try:
        content = path.read_bytes()
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > LARGEST:
                raise UnreadableFileError(f"{path.name}: larger than {LARGEST:,} bytes unpacked.")
            parts = {name: archive.read(name) for name in archive.namelist()
                     if re.fullmatch(r"word/(document|numbering|styles|header\d*)\.xml|docProps/core\.xml", name)}  # noqa: E501  # fmt: skip
        body = _xml(parts["word/document.xml"]).find("w:body", NS)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise UnreadableFileError(
            f"{path.name}: this is no Word file in .docx. Open it in Word and save it as .docx."
        ) from error
    if body is None:
        raise UnreadableFileError(f"{path.name}: the Word file holds no text.")
    numbers = _Numbering(parts.get("word/numbering.xml"), parts.get("word/styles.xml"))
    paragraphs = tuple(_paragraphs(body, numbers))
    return WordFile(path, hashlib.sha256(content).hexdigest(), paragraphs,
                    _symbol(parts, paragraphs))  # fmt: skip


def _xml(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(content, parser)


def _paragraphs(body: Any, numbers: _Numbering) -> Iterator[Paragraph]:
    tables = {table: i for i, table in enumerate(body.iter(f"{W}tbl"))}
    for element in body.iter(f"{W}p"):
        style = element.find("w:pPr/w:pStyle", NS)
        name = style.get(f"{W}val") if style is not None else ""
        text = _text(element)
        number = numbers.number(element, name) if text.strip() else ""
        yield Paragraph(text, number, name, _cell(element, tables))


def _text(paragraph: Any) -> str:
    out = []
    for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}noBreakHyphen", f"{W}cr"):
        if any(a.tag.endswith("}Fallback") for a in node.iterancestors()):
            continue
        if node.tag == f"{W}t":
            out.append(node.text or "")
        elif node.tag == f"{W}noBreakHyphen":
            out.append("-")
        elif node.getparent().tag == f"{W}r":
            out.append("\t" if node.tag == f"{W}tab" else "\n")
    return "".join(out)


def _cell(paragraph: Any, tables: dict[Any, int]) -> tuple[int, int, int] | None:
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    if cell is None:
        return None
    row = next(cell.iterancestors(f"{W}tr"))
    table = next(row.iterancestors(f"{W}tbl"))
    return (
        tables[table],
        [r for r in table.iter(f"{W}tr") if next(r.iterancestors(f"{W}tbl")) is table].index(row),
        [c for c in row.iter(f"{W}tc") if next(c.iterancestors(f"{W}tr")) is row].index(cell),
    )


def _symbol(parts: dict[str, bytes], paragraphs: tuple[Paragraph, ...]) -> str:
    """Symbol in a header, else in the title of the properties, else in the first paragraphs."""
    texts = [" ".join(_xml(content).itertext()) for name, content in sorted(parts.items())
             if name.startswith(("word/header", "docProps"))]  # fmt: skip
    texts.append(" ".join(p.text for p in paragraphs[:40]))
    for text in texts:
        found = SYMBOL.search(text)
        if found:
            return found[0]
    return ""


class _Numbering:
    """Counters of a file's lists."""

    def __init__(self, numbering: bytes | None, styles: bytes | None) -> None:
        self._abstract: dict[str, str] = {}
        self._restart: dict[tuple[str, int], int] = {}
        self._levels: dict[tuple[str, int], tuple[int, str, str]] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._seen: set[str] = set()
        if numbering is not None:
            self._read(_xml(numbering))
        if styles is not None:
            for style in _xml(styles).iter(f"{W}style"):
                found = _num(style.find("w:pPr/w:numPr", NS))
                if found:
                    self._styles[str(style.get(f"{W}styleId"))] = found

    def number(self, paragraph: Any, style: str) -> str:
        """Number of a paragraph as Word prints it, and count it; empty where it has none."""
        num_pr = paragraph.find("w:pPr/w:numPr", NS)
        found = _num(num_pr) or self._styles.get(style)
        if found is None or found[0] == "0":
            return ""
        num, level = found
        abstract = self._abstract.get(num)
        if abstract is None or (abstract, level) not in self._levels:
            return ""
        counters = self._counters.setdefault(abstract, {})
        if num not in self._seen:
            self._seen.add(num)
            for (n, at), start in self._restart.items():
                if n == num:
                    counters[at] = start - 1
        start, _, text = self._levels[abstract, level]
        counters[level] = counters.get(level, start - 1) + 1
        for deeper in [at for at in counters if at > level]:
            del counters[deeper]
        return re.sub(r"%(\d)", lambda hit: self._printed(abstract, int(hit[1]) - 1), text)

    def _printed(self, abstract: str, level: int) -> str:
        start, kind, _ = self._levels.get((abstract, level), (1, "decimal", ""))
        value = self._counters[abstract].get(level, start)
        if kind in ("lowerLetter", "upperLetter"):
            letter = chr(ord("a") + (value - 1) % 26)
            return letter if kind == "lowerLetter" else letter.upper()
        return str(value) if kind != "bullet" else ""

    def _read(self, root: Any) -> None:
        for one in root.iter(f"{W}abstractNum"):
            identifier = str(one.get(f"{W}abstractNumId"))
            for level in one.iter(f"{W}lvl"):
                at = int(level.get(f"{W}ilvl"))
                self._levels[identifier, at] = (
                    int(_value(level, "start", "1")), _value(level, "numFmt", "decimal"),
                    _value(level, "lvlText", ""),
                )  # fmt: skip
        for num in root.iter(f"{W}num"):
            identifier = str(num.get(f"{W}numId"))
            self._abstract[identifier] = _value(num, "abstractNumId", "")
            for override in num.iter(f"{W}lvlOverride"):
                start = override.find("w:startOverride", NS)
                if start is not None:
                    at = int(override.get(f"{W}ilvl"))
                    self._restart[identifier, at] = int(start.get(f"{W}val"))


def _num(num_pr: Any) -> tuple[str, int] | None:
    if num_pr is None:
        return None
    number = num_pr.find("w:numId", NS)
    if number is None:
        return None
    level = num_pr.find("w:ilvl", NS)
    return str(number.get(f"{W}val")), int(level.get(f"{W}val")) if level is not None else 0


def _value(element: Any, name: str, default: str) -> str:
    found = element.find(f"w:{name}", NS)
    return default if found is None else str(found.get(f"{W}val"))
