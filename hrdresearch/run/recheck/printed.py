"""Reads the sentences of a report's page, each with its numbers and its template."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lxml import html  # type: ignore[import-untyped]

from hrdresearch.findings.speech_rules import SENTENCE_END

TEXTS = (
    "//main//section[contains(@class, 'summary')]//*[self::p or self::li]"
    "|//main//div[@class='body']//*[self::p or self::li]"
)
NOT_READ = ("para-number", "footnote-ref", "visually-hidden")
IN_EXHIBITS = ("table", "figure", "caption")
FOOTNOTES = "footnotes"
REFERENCE = "{reference}"  # stands for the number of a paragraph, table or figure
IN_BRACKETS = re.compile(rf" \(paras?\.[ \xa0]{REFERENCE}\)")


@dataclass(frozen=True)
class Sentence:
    """A sentence as printed.

    anchor: id of its paragraph, such as ``para-3``; "" in the summary and in notes. place: heading above
    it. finding: the finding that wrote its paragraph; "" if the notebook did. numbers: claim and printed
    text of each number. template: the text with names of claims instead of numbers, and without references
    to paragraphs. is_note: whether it is under a table or figure.
    """

    anchor: str
    place: str
    finding: str
    text: str
    numbers: tuple[tuple[str, str], ...]
    template: str
    is_note: bool = False

    @property
    def where(self) -> str:
        """Place of the sentence for a reader: ``para. 3``, or the heading above it."""
        return f"para. {self.anchor[5:]}" if self.anchor.startswith("para-") else self.place


@dataclass(frozen=True)
class _Mark:
    start: int
    end: int
    stands_for: str
    claim: str = ""


def read_sentences(page: Path | str) -> list[Sentence]:
    """Read the sentences of the summary, the paragraphs and the notes of a page, in reading order.

    page: report.html, or its content. Annexes, tables, figures and footnotes are not read.
    """
    content = page.read_bytes() if isinstance(page, Path) else page
    return list(_sentences(html.fromstring(content)))


def _sentences(tree: Any) -> Iterator[Sentence]:
    place = ""
    for element in tree.xpath(f"{TEXTS}|//main//h2|//main//h3|//main//h4"):
        if element.tag in ("h2", "h3", "h4"):
            numbered = element.xpath("./span[@class='heading-number']")
            mark = numbered[0].text_content() if numbered else ""
            place = " ".join(element.text_content().removeprefix(mark).split())
        elif not _is_left_out(element):
            anchors = element.xpath("ancestor::div[@class='numbered']/@id")
            findings = element.xpath(".//*[@data-finding]/@data-finding")
            about = (str(anchors[0]) if anchors else "", place, str((*findings, "")[0]))
            is_note = "note" in (element.getparent().get("class") or "").split()
            yield from (replace(s, is_note=is_note) for s in _of_paragraph(element, about))


def _is_left_out(element: Any) -> bool:
    above = list(element.iterancestors())
    in_exhibit = any(one.tag in IN_EXHIBITS for one in above)
    in_notes = any(FOOTNOTES in (one.get("class") or "") for one in above)
    return in_exhibit or in_notes or (element.tag == "li" and element.find(".//p") is not None)


def _of_paragraph(element: Any, about: tuple[str, str, str]) -> Iterator[Sentence]:
    pieces = list(_pieces(element))
    text, marks = "", []
    for words, stands_for, claim in pieces:
        text_before = len(text)
        text += words
        if stands_for:
            marks.append(_Mark(text_before, len(text), stands_for, claim))
    start = 0
    for end, following in [*((m.start(), m.end()) for m in SENTENCE_END.finditer(text)), (None, 0)]:
        own = [m for m in marks if m.start >= start and (end is None or m.end <= end)]
        sentence = _sentence(text[start:end], start, own, about)
        if sentence.text:
            yield sentence
        start = following


def _sentence(text: str, start: int, marks: list[_Mark], about: tuple[str, str, str]) -> Sentence:
    template, at = "", 0
    for mark in marks:
        template += text[at : mark.start - start] + mark.stands_for
        at = mark.end - start
    numbers = tuple(
        (m.claim, " ".join(text[m.start - start : m.end - start].split())) for m in marks if m.claim
    )
    tidy = [" ".join(words.split()) for words in (text, template + text[at:])]
    return Sentence(*about, tidy[0], numbers, IN_BRACKETS.sub("", tidy[1]))


def _pieces(element: Any) -> Iterator[tuple[str, str, str]]:
    """Pieces of text in order: words, what replaces them in a template ("": nothing), and claim ("")."""
    yield re.sub(r"\s+", " ", element.text or ""), "", ""
    for child in element:
        is_read = isinstance(child.tag, str) and not set(NOT_READ) & set(
            (child.get("class") or "").split()
        )
        if is_read and child.get("data-claim"):
            claim = str(child.get("data-claim"))
            yield child.text_content(), f"{{{claim}}}", claim
        elif is_read and str(child.get("href") or "").startswith("#"):
            yield child.text_content(), REFERENCE, ""
        elif is_read:
            yield from _pieces(child)
        yield re.sub(r"\s+", " ", child.tail or ""), "", ""
