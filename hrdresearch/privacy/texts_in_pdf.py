"""Texts in a PDF file: pages (hidden text too), bookmarks, descriptions of figures, links, properties.

PDFium reads a page about fifteen times as fast as pypdf, but leaves out letters without width, and
letters that the file replaces by another text. A page with such letters is read by both.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from threading import Lock
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    StreamObject,
    TextStringObject,
)

from hrdresearch.privacy.pictures import pixels_digest
from hrdresearch.privacy.text_carriers import BREAK, CarriedText, decode_bytes
from hrdresearch.vocab.labels import vocabulary_labels

LEAST_WIDTH = 0.01  # points; PDFium passes over narrower text
TORN_APART = "\ufffe"  # how PDFium tells a hyphen at the end of a line
_ONE_AT_A_TIME = Lock()  # PDFium may be called by one thread only
EDGES = ".,;:()[]“”\"'"
# Typst writes a hash of the document into its metadata; by chance its letters are a name.
_DRAWN_ID = re.compile(r"(?<=<xmpMM:(?:DocumentID|InstanceID)>)[A-Za-z0-9+/=]{20,24}(?=<)")
# It numbers the cells of tables ("U1x0y0"), and a name of an element of the metadata ("Bag") is no word.
_CELL_ID = re.compile(r"U\d+x\d+y\d+")
_ELEMENT = re.compile(r"</?[\w.-]+:[\w.-]+")
_TAG = re.compile(r"<[^>]*>")


def texts_of_pdf(data: bytes) -> Iterator[CarriedText]:
    """Texts of a PDF file, both what is printed and what is not; unreadable where it is locked.

    A PDF cannot mark a printed word as a label of a vocabulary. So words that are equal to a label are
    taken for the label; the HTML page and the Word copy of the same text do mark labels.
    """
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise PyPdfError("locked")
        for number, text in enumerate(texts_of_pages(data, reader), start=1):
            yield _printed(text, f"page {number}")
        for number in range(1, int(str(reader.trailer["/Size"]))):
            yield from _texts_of_object(reader.get_object(number), f"object {number}")
        yield from _texts_of_object(reader.trailer.get("/Info"), "properties")
    except (PyPdfError, RuntimeError, OSError, ValueError, KeyError, TypeError, AttributeError):
        yield CarriedText("PDF", "whole file", "", "unreadable")


def _texts_of_object(found: Any, place: str) -> Iterator[CarriedText]:
    """Strings of an object; what it refers to is an object of its own."""
    if isinstance(found, TextStringObject):
        if not _CELL_ID.fullmatch(str(found)):
            yield _printed(str(found), place)
    elif isinstance(found, ByteStringObject):
        yield CarriedText("PDF", place, decode_bytes(bytes(found)))
    elif isinstance(found, ArrayObject):
        for inner in found:
            yield from _texts_of_object(inner, place)
    elif isinstance(found, DictionaryObject):
        for inner in found.values():
            yield from _texts_of_object(inner, place)
    if isinstance(found, StreamObject):
        kind = found.get("/Type")
        if kind == "/Metadata":
            xml = _DRAWN_ID.sub(" ", decode_bytes(found.get_data()))
            yield CarriedText("PDF metadata", place, _ELEMENT.sub(" ", xml))
            yield CarriedText("PDF metadata", place, _TAG.sub(" ", xml))
        elif found.get("/Subtype") == "/Image" and found.get("/ColorSpace") != "/DeviceGray":
            size = int(str(found["/Width"])), int(str(found["/Height"]))
            yield CarriedText("picture", place, pixels_digest(*size, found.get_data()), "picture")
        elif kind == "/EmbeddedFile":
            yield CarriedText("PDF attachment", place, "", "unreadable")


def _printed(text: str, place: str) -> CarriedText:
    whole = " ".join(text.split())
    free = _without_labels(whole.split(" "))
    return CarriedText("PDF text", place, free, "text", whole if free != whole else None)


def _without_labels(words: list[str]) -> str:
    """Words in which each label of a vocabulary, the longest first, has become a break."""
    labels, longest = _labels()
    out: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(longest, len(words) - at), 0, -1):
            if " ".join(words[at : at + size]).strip(EDGES) in labels:
                out.append(BREAK)
                at += size
                break
        else:
            out.append(words[at])
            at += 1
    return " ".join(out)


@cache
def _labels() -> tuple[frozenset[str], int]:
    labels = vocabulary_labels()
    return labels, min(8, max(len(label.split()) for label in labels))


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
