"""Finishes a Word file of pandoc: banner and foot, metadata without persons, no time stamps.

The same document gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from html import escape

from hrdresearch.report.document_model import Document
from hrdresearch.report.word_bookmarks import with_paragraph_bookmarks

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name
FULL_WIDTH = (b'<w:tblW w:type="auto" w:w="0" />', b'<w:tblW w:type="pct" w:w="5000" />')
# Typefaces of other scripts in Word's theme, which no style uses: some are called like persons.
SCRIPT_FONT = re.compile(rb"<a:font script=[^>]*/>")
PICTURE_PATH = re.compile(rb'(?<=<pic:cNvPr descr=")[^"]*')  # pandoc leaves the machine's path here
BANNER, FOOT = "HRD-BANNER", "HRD-FOOT"  # stand in the header and footer of reference.docx


def finish_word_file(docx: bytes, doc: Document) -> bytes:
    """Fill in banner and foot of a Word file, and take persons and time stamps out of its metadata.

    docx: the file as pandoc wrote it. doc: the document that it was written from.
    """
    out = io.BytesIO()
    filled = {BANNER: escape(doc.meta.banner or ""), FOOT: escape(doc.meta.foot)}
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            body = old.read(name)
            if re.match(r"word/(header|footer)\d*\.xml", name):
                text = body.decode("utf-8")
                for mark, words in filled.items():
                    text = text.replace(mark, words)
                body = text.encode("utf-8")
            elif name == "docProps/core.xml":
                body = _core(doc).encode("utf-8")
            elif name.startswith("word/theme/"):
                body = SCRIPT_FONT.sub(b"", body)
            elif name == "word/document.xml":
                body = PICTURE_PATH.sub(b"", body.replace(*FULL_WIDTH))
                body = with_paragraph_bookmarks(body)
            # a picture is compressed as it is
            how = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            new.writestr(zipfile.ZipInfo(name, EPOCH), body, how)
    return out.getvalue()


def _core(doc: Document) -> str:
    stamp = ""
    for kind in ("created", "modified") if doc.meta.date else ():
        day = f"{escape(doc.meta.date)}T00:00:00Z"
        stamp += f'<dcterms:{kind} xsi:type="dcterms:W3CDTF">{day}</dcterms:{kind}>'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://'
        'purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(doc.meta.title)}</dc:title><dc:creator>hrdresearch</dc:creator>"
        f"<dc:language>en</dc:language>{stamp}"
        "</cp:coreProperties>"
    )
