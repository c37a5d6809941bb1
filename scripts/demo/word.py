"""Small Word files with the same bytes each time: paragraphs, Word's own numbering, a table."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DATE = (2026, 1, 1, 0, 0, 0)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.numbering+xml"/></Types>'
)
_ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_PARTS = _ROOT.replace(
    'officeDocument" Target="word/document.xml', 'numbering" Target="numbering.xml'
)


def paragraph(text: str, numbered: bool = False) -> str:
    """A paragraph; ``numbered`` leaves its number to Word."""
    own = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    return f"<w:p>{own if numbered else ''}<w:r>{_run(text)}</w:r></w:p>"


def table(rows: list[list[str]]) -> str:
    """A table; a row of one cell is merged over all columns."""
    width = max(map(len, rows))
    body = "".join(
        "<w:tr>" + "".join(_cell(text, width if len(row) == 1 else 1) for text in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * width}</w:tblGrid>{body}</w:tbl>"


def write_word(path: Path, blocks: list[str], number: str) -> None:
    """Write a .docx; ``number`` is the text of Word's own numbers, such as ``6.%1``."""
    document = f"{_HEAD}<w:document {_W}><w:body>{''.join(blocks)}</w:body></w:document>"
    numbering = (
        f'{_HEAD}<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{number}"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    parts = {
        "[Content_Types].xml": _HEAD + _TYPES, "_rels/.rels": _HEAD + _ROOT,
        "word/document.xml": document, "word/numbering.xml": numbering,
        "word/_rels/document.xml.rels": _HEAD + _PARTS,
    }  # fmt: skip
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)


def _cell(text: str, span: int) -> str:
    spanned = f'<w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>' if span > 1 else ""
    return f"<w:tc>{spanned}{''.join(paragraph(line) for line in text.split(chr(10)))}</w:tc>"


def _run(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'
