"""Pieces of text out of a Word file: what it shows and what it keeps out of sight."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from hrdresearch.privacy.pieces import Piece, decoded, readings
from hrdresearch.privacy.pieces_image import IMAGE_STARTS, of_image

WORD_LABEL_STYLES = frozenset(("label", "vocabularylabel"))
FONT_PARTS = frozenset(("word/fontTable.xml", "word/styles.xml"))
MOST_UNPACKED = 300_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def of_docx(data: bytes) -> Iterator[Piece]:
    """Pieces of a Word file: text, headers, notes, comments, properties, alt text, pictures."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                yield Piece("Word", "whole file", "", "unreadable")
                return
            yield Piece("Word properties", "archive comment", decoded(archive.comment))
            for number, entry in enumerate(archive.infolist(), start=1):
                yield Piece("Word part name", f"part {number}", entry.filename)
                yield from _of_word_part(entry.filename, archive.read(entry), f"part {number}")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        yield Piece("Word", "whole file", "", "unreadable")


def _of_word_part(name: str, data: bytes, place: str) -> Iterator[Piece]:
    if not name.lower().endswith((".xml", ".rels")):
        if data and not name.endswith("/") and not name.lower().endswith((".odttf", ".ttf")):
            yield from _of_media(data, place)
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    root = etree.fromstring(data, parser)
    if root is None:
        yield Piece("Word part", place, "", "unreadable")
        return
    folder = "Word properties" if name.startswith("docProps") else "Word text"
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield Piece("Word comment", place, element.text or "")
            continue
        role = "font" if name in FONT_PARTS or name.startswith("word/theme/") else "identifier"
        for value in element.attrib.values():
            yield Piece("Word attribute", place, str(value), role)
        if element.tag in (f"{_W}p", f"{_W}tr"):
            yield from readings(_word_run(element), folder, place)
        elif element.text and element.text.strip() and not element.tag.startswith(_W):
            yield Piece(folder, place, element.text)


def _of_media(data: bytes, place: str) -> Iterator[Piece]:
    """A picture's metadata; a drawing as text; anything else cannot be taken apart."""
    if data.startswith(IMAGE_STARTS):
        yield from of_image(data, place)
    elif b"\x00" in data[:4096]:
        yield Piece("Word part", place, "", "unreadable")
    else:
        yield Piece("Word part", place, re.sub(r"<[^>]*>", " ", decoded(data)))
        yield Piece("Word part", place, decoded(data))


def _word_run(paragraph: Any) -> list[tuple[str, bool]]:
    run: list[tuple[str, bool]] = []
    for text in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}p", f"{_W}instrText",
                               f"{_W}delText"):  # fmt: skip
        if text.tag in (f"{_W}tab", f"{_W}br", f"{_W}p"):
            run.append((" ", False))
        else:
            style = text.getparent().find(f"{_W}rPr/{_W}rStyle")
            value = "" if style is None else style.get(f"{_W}val", "")
            is_label = value.lower().replace(" ", "") in WORD_LABEL_STYLES
            run.append((text.text or "", is_label))
    return run
