"""Small Word files for tests: paragraphs, tables with merged cells, lists that Word numbers."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(text: str, *, num: int | None = None, level: int = 0, style: str = "") -> str:
    """One paragraph; lines of the text are parted by line breaks."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num is not None:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    runs = "<w:r><w:br/></w:r>".join(
        f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r>' for line in text.split("\n")
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def cell(text: str, *, span: int = 1, down: str = "", inner: str = "") -> str:
    """One cell; ``down`` is "restart" or "continue" where it is merged over rows."""
    merged = f'<w:vMerge w:val="{down}"/>' if down else ""
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merged}</w:tcPr>{inner}{paragraph(text)}</w:tc>'


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table; a cell is a text, or what ``cell`` made."""
    return "<w:tbl>{}</w:tbl>".format(
        "".join(
            "<w:tr>{}</w:tr>".format("".join(c if c.startswith("<w:tc>") else cell(c) for c in row))
            for row in rows
        )
    )


def word_file(
    path: Path, body: str, *, header: str = "", numbering: str = "", styles: str = ""
) -> Path:
    """Write a .docx of this body; header is the text at the head of each page."""
    parts = {
        "word/document.xml": f"<w:document {SPACE}><w:body>{body}</w:body></w:document>",
        "word/header1.xml": f"<w:hdr {SPACE}>{paragraph(header)}</w:hdr>",
        "word/numbering.xml": f"<w:numbering {SPACE}>{numbering}</w:numbering>",
        "word/styles.xml": f"<w:styles {SPACE}>{styles}</w:styles>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
