"""Reads the paragraphs of a Word file with their bookmarks, as if all tracked changes were accepted."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from hrdresearch.report.word_bookmarks import PREFIX
from hrdresearch.run.errors import RunError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TAKEN_AWAY = (f"{_W}del", f"{_W}moveFrom")
OWN_NUMBER = re.compile(r"^\d+\.\t")  # the number of a numbered paragraph
EDITION = re.compile(r"Edition (\d{8}T\d{6}Z-[0-9a-f]{8})")
PARAGRAPH = re.compile(r"para-\d+")


@dataclass(frozen=True)
class WordParagraph:
    """A paragraph outside tables: its bookmarks (hidden ones first), and its text without its number."""

    anchors: tuple[str, ...]
    text: str


def read_paragraphs(path: Path) -> list[WordParagraph]:
    """Read the paragraphs that have text, in order; text that a tracked change deletes is left out.

    Both halves of a split paragraph have the bookmark of the whole. RunError if it is not a Word file.
    """
    found: list[WordParagraph] = []
    opened: dict[str, str] = {}
    text, anchors = "", []
    for element in etree.fromstring(_part(path, "word/document.xml")).iter(
        f"{_W}bookmarkStart", f"{_W}bookmarkEnd", f"{_W}p"
    ):
        if any(above.tag == f"{_W}tbl" for above in element.iterancestors()):
            continue
        number = str(element.get(f"{_W}id"))
        if element.tag == f"{_W}bookmarkStart":
            opened[number] = str(element.get(f"{_W}name"))
        elif element.tag == f"{_W}bookmarkEnd":
            opened.pop(number, None)
        else:
            own = [str(b.get(f"{_W}name")) for b in element.iter(f"{_W}bookmarkStart")]
            anchors += [name for name in (*opened.values(), *own) if name not in anchors]
            text += _text(element)
            if element.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
                continue  # its end is deleted, so the next paragraph continues it
            kept = [a for a in anchors if a.startswith(PREFIX) or PARAGRAPH.fullmatch(a)]
            words = " ".join(OWN_NUMBER.sub("", text).split())
            if words:
                found.append(WordParagraph(tuple(sorted(kept)), words))
            text, anchors = "", []
    return found


def edition_in_foot(path: Path) -> str:
    """Name of the edition in the footer of a Word copy, or ""; RunError if it is not a Word file."""
    _part(path, "word/document.xml")
    with zipfile.ZipFile(path) as archive:
        feet = [n for n in archive.namelist() if re.fullmatch(r"word/footer\d*\.xml", n)]
        texts = ["".join(etree.fromstring(archive.read(n)).itertext()) for n in feet]
    names = [found[1] for text in texts if (found := EDITION.search(text))]
    return names[0] if names else ""


def _text(paragraph: Any) -> str:
    pieces = []
    for piece in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen"):
        if piece.tag == f"{_W}tab" and piece.getparent().tag == f"{_W}tabs":
            continue  # a tab stop of the paragraph's style, not a tab in its text
        if any(above.tag in TAKEN_AWAY for above in piece.iterancestors()):
            continue
        signs = {f"{_W}tab": "\t", f"{_W}br": " ", f"{_W}noBreakHyphen": "\u2011"}
        pieces.append(signs.get(piece.tag) or piece.text or "")
    return "".join(pieces)


def _part(path: Path, name: str) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(name)
    except (OSError, KeyError, zipfile.BadZipFile, zlib.error):
        raise RunError(f"{path.name} is missing or is not a Word file (.docx)") from None
