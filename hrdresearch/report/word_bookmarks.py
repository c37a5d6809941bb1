"""Puts a hidden bookmark into each paragraph of a Word copy, by which an edited copy is compared later.

Word hides bookmarks whose names begin with an underscore. A bookmark moves with its paragraph, and Word
and LibreOffice keep it when they save. Pandoc's own bookmarks (``para-3``) stand between paragraphs and
do not move with them.
"""

from __future__ import annotations

from lxml import etree  # type: ignore[import-untyped]

PREFIX = "_hrd_p"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def with_paragraph_bookmarks(document: bytes) -> bytes:
    """Add the bookmarks ``_hrd_p1``, ``_hrd_p2`` ... to the paragraphs outside of tables.

    document: ``word/document.xml`` of the Word file. Returns the same file with the bookmarks.
    """
    root = etree.fromstring(document)
    numbers = [int(one.get(f"{_W}id")) for one in root.iter(f"{_W}bookmarkStart")]
    first = max(numbers, default=0) + 1
    paragraphs = [p for p in root.iterfind(f"{_W}body/{_W}p") if p.find(f".//{_W}t") is not None]
    for count, paragraph in enumerate(paragraphs, start=1):
        about = {f"{_W}id": str(first + count)}
        start = etree.Element(f"{_W}bookmarkStart", {**about, f"{_W}name": f"{PREFIX}{count}"})
        at = 1 if paragraph.find(f"{_W}pPr") is not None else 0
        paragraph.insert(at, start)
        paragraph.append(etree.Element(f"{_W}bookmarkEnd", about))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
