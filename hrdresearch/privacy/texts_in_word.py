"""Texts in a Word file, both visible and hidden."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

from hrdresearch.privacy.text_carriers import CarriedText, decode_bytes, texts_of_run
from hrdresearch.privacy.texts_in_images import IMAGE_STARTS, texts_of_image

WORD_LABEL_STYLES = frozenset(("label", "vocabularylabel"))
FONT_PARTS = frozenset(("word/fontTable.xml", "word/styles.xml"))
MOST_UNPACKED = 300_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Texts of runs, which are read with their paragraph.
_TYPED = tuple(f"{_W}{name}" for name in ("t", "instrText", "delText", "delInstrText"))
_USES_OF_STYLES = frozenset(f"{_W}{name}" for name in ("pStyle", "rStyle", "tblStyle"))
# Parts and elements in a researcher's words: names that the format prescribes, so no name of a person.
_PARTS = {
    "[Content_Types].xml": "the kinds of parts",
    "docProps/app.xml": "the properties",
    "docProps/core.xml": "the properties",
    "docProps/custom.xml": "the properties of your own",
    "word/comments.xml": "the comments",
    "word/document.xml": "the text",
    "word/fontTable.xml": "the typefaces",
    "word/footnotes.xml": "the footnotes",
    "word/numbering.xml": "the numbering of lists",
    "word/settings.xml": "the settings",
    "word/styles.xml": "the styles",
    "word/theme/theme1.xml": "the theme",
    "word/_rels/document.xml.rels": "the links and pictures",
}
_ATTRIBUTES = {
    ("bookmarkStart", "name"): "name of a bookmark",
    ("comment", "author"): "author of a comment",
    ("docPr", "descr"): "alternative text of a picture",
    ("docPr", "name"): "name of a picture",
    ("docPr", "title"): "title of a picture",
    ("font", "name"): "name of a typeface",
    ("name", "val"): "name of a style",
    ("Relationship", "Target"): "target of a link or picture",
    ("style", "styleId"): "name of a style",
}
_Element: TypeAlias = tuple[Any, ...]  # tag, attributes, text of its own


def texts_of_docx(data: bytes, empty: bytes = b"") -> Iterator[CarriedText]:
    """Texts of a Word file: body, headers, notes, comments, properties, alt text, pictures.

    empty: a Word file of the same template that holds no row. What the file has in common with it, element
    for element of the same part, is left out: names of styles, typefaces, settings, parts.
    """
    own = _elements_of_empty(empty) if empty else {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                yield CarriedText("Word", "whole file", "", "unreadable")
                return
            yield CarriedText("Word properties", "archive comment", decode_bytes(archive.comment))
            for number, entry in enumerate(archive.infolist(), start=1):
                if entry.filename not in own:
                    yield CarriedText("Word part name", f"part {number}", entry.filename)
                yield from _texts_of_word_part(
                    entry.filename, archive.read(entry), f"part {number}", own
                )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        yield CarriedText("Word", "whole file", "", "unreadable")


@lru_cache(maxsize=2)
def _elements_of_empty(empty: bytes) -> dict[str, frozenset[_Element]]:
    """Elements of each part of an empty Word file; each of its styles may be used in any part."""
    held: dict[str, set[_Element]] = {}
    with zipfile.ZipFile(io.BytesIO(empty)) as archive:
        for name in archive.namelist():
            root = _tree(archive.read(name)) if _is_xml(name) else None
            held[name] = set() if root is None else set(map(_as_written, root.iter(etree.Element)))
    uses: set[_Element] = {
        (tag, (f"{_W}val", value), None)
        for tag, *attributes, _ in held.get("word/styles.xml", ())
        if tag == f"{_W}style"
        for key, value in attributes
        if key == f"{_W}styleId"
        for tag in _USES_OF_STYLES
    }
    return {name: frozenset(elements | uses) for name, elements in held.items()}


def _as_written(element: Any) -> _Element:
    return (element.tag, *element.attrib.items(), element.text)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _tree(data: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    return etree.fromstring(data, parser)


def _texts_of_word_part(
    name: str, data: bytes, place: str, own: Mapping[str, frozenset[_Element]]
) -> Iterator[CarriedText]:
    if not _is_xml(name):
        if data and not name.endswith("/") and not name.lower().endswith((".odttf", ".ttf")):
            yield from _texts_of_media(data, place)
        return
    root = _tree(data)
    if root is None:
        yield CarriedText("Word part", place, "", "unreadable")
        return
    folder = "Word properties" if name.startswith("docProps") else "Word text"
    role = "font" if name in FONT_PARTS or name.startswith("word/theme/") else "identifier"
    known = own.get(name, frozenset())
    place = f"{_PARTS[name]}, {place}" if name in _PARTS else place
    for element in root.iter():
        if element.tail and element.tail.strip():
            yield CarriedText(folder, place, element.tail)
        if not isinstance(element.tag, str):
            yield CarriedText("Word comment", place, element.text or "")
            continue
        is_own = _as_written(element) in known
        for key, value in () if is_own else element.attrib.items():
            what = _ATTRIBUTES.get((_local(element.tag), _local(key)))
            where = f"{what} in {place}" if what else place
            yield CarriedText("Word attribute", where, str(value), role)
        if element.tag in (f"{_W}p", f"{_W}tr"):
            yield from texts_of_run(_word_run(element), folder, place)
        if not is_own and element.tag not in _TYPED and element.text and element.text.strip():
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
    for text in paragraph.iter(*_TYPED, f"{_W}tab", f"{_W}br", f"{_W}p"):
        if text.tag in (f"{_W}tab", f"{_W}br", f"{_W}p"):
            run.append((" ", False))
        else:
            style = text.getparent().find(f"{_W}rPr/{_W}rStyle")
            value = "" if style is None else style.get(f"{_W}val", "")
            run.append((text.text or "", value.lower().replace(" ", "") in WORD_LABEL_STYLES))
    return run
