"""Finds what a sheet of a workbook (.xlsx) holds beside the text of its cells: positions, no contents.

These are rows and columns that are hidden or filtered away, notes on cells, pictures, text that is struck
through, and coloured cells. What a note says is not read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass

_SHEET_ID = re.compile(rb'<(?:\w+:)?sheet\b[^>]*?\br:id="([^"]+)"')
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb'\b(Id|Target|Type)="([^"]*)"')
_ROW = re.compile(rb"<row\b[^>]*>")
_NUMBER = re.compile(rb'\br="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_COLUMN = re.compile(rb"<col\b[^>]*>")
_REACH = re.compile(rb'\b(min|max)="(\d+)"')
_STYLED = re.compile(rb'<c\b(?=[^>]*\br="[A-Z]+(\d+)")(?=[^>]*\bs="(\d+)")')
_FILLED = re.compile(rb"<c\b([^>]*)(?<!/)>(?!\s*</c>)")
_PLACE, _STYLE = re.compile(rb'\br="[A-Z]+(\d+)"'), re.compile(rb'\bs="(\d+)"')
_NOTE = re.compile(rb'<comment\b[^>]*\bref="[A-Z]+(\d+)"')
_ANCHOR = re.compile(rb"<(?:xdr:)?pic\b")
_XF = re.compile(rb"<xf\b[^>]*>")
_WHITE = re.compile(rb'rgb="(?:00|FF)FFFFFF"|theme="0"|indexed="(?:9|64|65)"')


@dataclass(frozen=True)
class SheetMarks:
    """Rows (as a spreadsheet shows them) that are hidden, have a note, are struck through or coloured.

    struck_out: of those struck through, the rows of which half of the filled cells or more are.
    columns: number of hidden columns. pictures: number of pictures on the sheet.
    """

    hidden: tuple[int, ...] = ()
    noted: tuple[int, ...] = ()
    struck: tuple[int, ...] = ()
    struck_out: tuple[int, ...] = ()
    coloured: tuple[int, ...] = ()
    columns: int = 0
    pictures: int = 0


def sheet_path(packed: zipfile.ZipFile, index: int) -> str | None:
    """Name of the part of a workbook that holds the sheet at ``index``; None if it cannot be found."""
    try:
        listed = _SHEET_ID.findall(packed.read("xl/workbook.xml"))
        path = _targets(packed, "xl/_rels/workbook.xml.rels")[listed[index].decode()][0]
    except (KeyError, IndexError):
        return None
    return path if path in packed.namelist() else None


def marks_of_sheet(content: bytes, index: int) -> SheetMarks:
    """Marks of the sheet at ``index`` of a workbook. content: bytes of the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        path = sheet_path(packed, index)
        if path is None:
            return SheetMarks()
        xml = packed.read(path)
        folder, _, name = path.rpartition("/")
        parts = _targets(packed, f"{folder}/_rels/{name}.rels").values()
        notes = b"".join(_read(packed, target) for target, kind in parts if kind == "comments")
        drawn = b"".join(_read(packed, target) for target, kind in parts if kind == "drawing")
        struck, coloured = _styles(_read(packed, "xl/styles.xml"))
    styled = [(int(row), int(style)) for row, style in _STYLED.findall(xml)]
    return SheetMarks(
        hidden=_rows(
            int(n[1]) for r in _ROW.findall(xml) if _HIDDEN.search(r) and (n := _NUMBER.search(r))
        ),
        noted=_rows(map(int, _NOTE.findall(notes))),
        struck=_rows(row for row, style in styled if style in struck),
        struck_out=_struck_out(xml, struck),
        coloured=_rows(row for row, style in styled if style in coloured),
        columns=sum(map(_reach, filter(_HIDDEN.search, _COLUMN.findall(xml)))),
        pictures=len(_ANCHOR.findall(drawn)),
    )


def _struck_out(xml: bytes, struck: set[int]) -> tuple[int, ...]:
    """Rows of which half of the filled cells or more are struck through."""
    filled: Counter[int] = Counter()
    of_them: Counter[int] = Counter()
    for attributes in _FILLED.findall(xml):
        at, style = _PLACE.search(attributes), _STYLE.search(attributes)
        if at:
            filled[int(at[1])] += 1
            of_them[int(at[1])] += bool(style and int(style[1]) in struck)
    return _rows(row for row, n in of_them.items() if 2 * n >= filled[row] and n)


def _rows(numbers: object) -> tuple[int, ...]:
    return tuple(sorted(set(numbers)))  # type: ignore[call-overload]


def _reach(column: bytes) -> int:
    ends = {key: int(n) for key, n in _REACH.findall(column)}
    return ends.get(b"max", 0) - ends.get(b"min", 0) + 1


def _targets(packed: zipfile.ZipFile, path: str) -> dict[str, tuple[str, str]]:
    """Part and kind ("comments", "drawing") of each relation of a part."""
    found = {}
    home = path.replace("/_rels/", "/").rpartition("/")[0]
    for relation in _RELATION.findall(_read(packed, path)):
        values = {key.decode(): value.decode() for key, value in _ATTRIBUTE.findall(relation)}
        target = values.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else _joined(home, target)
        found[values.get("Id", "")] = (whole, values.get("Type", "").rpartition("/")[2])
    return found


def _joined(home: str, target: str) -> str:
    parts = home.split("/")
    for step in target.split("/"):
        parts = parts[:-1] if step == ".." else [*parts, step]
    return "/".join(parts)


def _read(packed: zipfile.ZipFile, path: str) -> bytes:
    return packed.read(path) if path in packed.namelist() else b""


def _styles(xml: bytes) -> tuple[set[int], set[int]]:
    """Numbers of the cell styles with text struck through, and of those with a coloured background."""
    fonts = re.findall(rb"<font\b[^>]*?(?:/>|>.*?</font>)", _block(xml, b"fonts"), re.S)
    fills = re.findall(rb"<fill\b[^>]*?(?:/>|>.*?</fill>)", _block(xml, b"fills"), re.S)
    struck = {n for n, f in enumerate(fonts) if re.search(rb'<strike(?!\s*val="(?:0|false)")', f)}
    solid = {n for n, f in enumerate(fills) if b'"solid"' in f and not _WHITE.search(f)}
    styles = _XF.findall(_block(xml, b"cellXfs"))
    number = {k: re.compile(k + rb'="(\d+)"') for k in (b"fontId", b"fillId")}

    def uses(key: bytes, of: set[int]) -> set[int]:
        return {
            n
            for n, style in enumerate(styles)
            if (m := number[key].search(style)) and int(m[1]) in of
        }

    return uses(b"fontId", struck), uses(b"fillId", solid)


def _block(xml: bytes, name: bytes) -> bytes:
    found = re.search(rb"<" + name + rb"\b.*?</" + name + rb">", xml, re.S)
    return found[0] if found else b""
