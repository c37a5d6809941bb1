"""Measures the main text of a report against the limits for United Nations documents."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]

MOST_PAGES, MOST_WORDS = 20, 10_700
PARTS = ("word/document.xml", "word/footnotes.xml")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class MainText(NamedTuple):
    """Length of the main text.

    pages: pages of the PDF copy (A4), or None without one. words: words of the Word copy, with tables and
    footnotes.
    """

    pages: int | None
    words: int

    def __str__(self) -> str:
        """The length as a sentence, with a warning if it is over a limit."""
        pages = f"{self.pages} pages of at most {MOST_PAGES}"
        if self.pages is None:
            pages = "no PDF, so no number of pages"
        length = f"Main text: {pages}, {self.words:,} words of at most {MOST_WORDS:,}"
        is_long = (self.pages or 0) > MOST_PAGES or self.words > MOST_WORDS
        return (
            f"{length}. Too long: shorten it, or move sections to an annex" if is_long else length
        )


def measure_main_text(folder: Path) -> MainText:
    """Measure the main text of the report in a folder."""
    from pypdf import PdfReader

    in_print = folder / "report.pdf"
    pages = len(PdfReader(in_print).pages) if in_print.is_file() else None
    return MainText(pages, count_words_of_word_file(folder / "report.docx"))


def count_words_of_word_file(path: Path) -> int:
    """Count the words of a Word file, with tables and footnotes, without headers and footers."""
    with zipfile.ZipFile(path) as packed:
        roots = [etree.fromstring(packed.read(n)) for n in PARTS if n in packed.namelist()]
    paragraphs = (paragraph for root in roots for paragraph in root.iter(f"{_W}p"))
    return sum(len(_text_of(paragraph).split()) for paragraph in paragraphs)


def _text_of(paragraph: etree._Element) -> str:
    tags = (f"{_W}t", f"{_W}tab", f"{_W}br")
    return "".join(e.text or "" if e.tag == tags[0] else " " for e in paragraph.iter(*tags))
