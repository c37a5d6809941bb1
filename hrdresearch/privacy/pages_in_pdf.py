"""The text of each page of a PDF file, hidden text too, in the order in which the file holds it.

PDFium reads a page about fifteen times as fast as pypdf, but leaves out letters without width, and
letters that the file replaces by another text. A page with such letters is read by both.
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdf import PdfReader

LEAST_WIDTH = 0.01  # points; PDFium passes over narrower text
TORN_APART = "\ufffe"  # how PDFium tells a hyphen at the end of a line
_ONE_AT_A_TIME = Lock()  # PDFium may be called by one thread only


def texts_of_pages(data: bytes, reader: PdfReader | None = None) -> Iterator[str]:
    """Text of each page, with what lies outside of its edges.

    reader: pypdf's, of the same file; it reads the pages with letters that PDFium leaves out. Raises
    PdfiumError, a RuntimeError, where the file cannot be read.
    """
    with _ONE_AT_A_TIME, pdfium.PdfDocument(data) as document:
        texts = [_text_of_page(page) for page in document]
    if reader is None:
        yield from (text for text, _ in texts)
        return
    for page, (text, is_whole) in zip(reader.pages, texts, strict=True):
        yield text if is_whole else f"{text}\n{page.extract_text()}"


def _text_of_page(page: pdfium.PdfPage) -> tuple[str, bool]:
    """Text of a page, and whether PDFium has left nothing out."""
    text = page.get_textpage().get_text_range().replace(TORN_APART, "-\n")
    objects = page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT])
    return text, not any(_is_left_out(one) for one in objects)


def _is_left_out(text: pdfium.PdfObject) -> bool:
    left, _, right, _ = text.get_bounds()
    return right - left < LEAST_WIDTH or any(
        pdfium.raw.FPDFPageObjMark_GetParamValueType(
            pdfium.raw.FPDFPageObj_GetMark(text, number), b"ActualText"
        )
        for number in range(pdfium.raw.FPDFPageObj_CountMarks(text))
    )
