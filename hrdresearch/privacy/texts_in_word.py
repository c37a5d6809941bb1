"""Texts in a Word file, both visible and hidden."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from hrdresearch.privacy.text_carriers import CarriedText, decode_bytes, texts_of_run
from hrdresearch.privacy.texts_in_images import IMAGE_STARTS, texts_of_image

WORD_LABEL_STYLES = frozenset(("label", "vocabularylabel"))
FONT_PARTS = frozenset(("word/fontTable.xml", "word/styles.xml"))
MOST_UNPACKED = 300_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def texts_of_docx(data: bytes) -> Iterator[CarriedText]:
    """Texts of a Word file: body, headers, notes, comments, properties, alt text, pictures."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                yield CarriedText("Word", "whole file", "", "unreadable")
                return
            yield CarriedText("Word properties", "archive comment", decode_bytes(archive.comment))
            for number, entry in enumerate(archive.infolist(), start=1):
                yield CarriedText("Word part name", f"part {number}", entry.filename)
                yield from _texts_of_word_part(
                    entry.filename, archive.read(entry), f"part {number}"
                )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        yield CarriedText("Word", "whole file", "", "unreadable")


def _texts_of_word_part(name: str, data: bytes, place: str) -> Iterator[CarriedText]:
    if not name.lower().endswith((".xml", ".rels")):
        if data and not name.endswith("/") and not name.lower().endswith((".odttf", ".ttf")):
            yield from _texts_of_media(data, place)
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    root = etree.fromstring(data, parser)
    if root is None:
        yield CarriedText("Word part", place, "", "unreadable")
        return
    folder = "Word properties" if name.startswith("docProps") else "Word text"
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield CarriedText("Word comment", place, element.text or "")
            continue
        role = "font" if name in FONT_PARTS or name.startswith("word/theme/") else "identifier"
        for value in element.attrib.values():
            yield CarriedText("Word attribute", place, str(value), role)
        if element.tag in (f"{_W}p", f"{_W}tr"):
            yield from texts_of_run(_word_run(element), folder, place)
        elif element.text and element.text.strip() and not element.tag.startswith(_W):
            yield CarriedText(folder, place, element.text)


def _texts_of_media(data: bytes, place: str) -> Iterator[CarriedText]:
    """A picture's metadata; a drawing as text; anything else cannot be taken apart."""
    if data.startswith(IMAGE_STARTS):
        yield from texts_of_image(data, place)
    elif b"\x00" in data[:4096]:
        yield CarriedText("Word part", place, "", "unreadable")
    else:
        yield CarriedText("Word part", place, re.sub(r"<[^>]*>", " ", decode_bytes(data)))
        yield CarriedText("Word part", place, decode_bytes(data))


def _word_run(paragraph: Any) -> list[tuple[str, bool]]:
    run: list[tuple[str, bool]] = []
    for text in paragraph.iter(
        f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}p", f"{_W}instrText", f"{_W}delText"
    ):
        if text.tag in (f"{_W}tab", f"{_W}br", f"{_W}p"):
            run.append((" ", False))
        else:
            style = text.getparent().find(f"{_W}rPr/{_W}rStyle")
            value = "" if style is None else style.get(f"{_W}val", "")
            is_label = value.lower().replace(" ", "") in WORD_LABEL_STYLES
            run.append((text.text or "", is_label))
    return run
