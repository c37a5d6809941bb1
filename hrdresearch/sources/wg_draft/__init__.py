"""Drafts of the Working Group's reports in Word; they appear weeks before any index has them.

Recommendations are paragraphs with a number like 6.12, typed or made by Word. A heading ("The
following recommendations ... enjoy the support of") gives the position of all recommendations below
it. Some files contain only recommendations; then the name of the file gives the State.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from hrdresearch.clean.paragraphs import missing_numbers
from hrdresearch.sources.brackets import split_at_numbers, split_off_states
from hrdresearch.sources.errors import UnreadableFileError
from hrdresearch.sources.positions import NOT_RECORDED, position_of
from hrdresearch.sources.reading import Rows
from hrdresearch.sources.recommendations_sheet import (
    columns_as_named,
    recommendation_rows,
    state_code,
    whole_numbers,
)
from hrdresearch.sources.sheet import Sheet
from hrdresearch.sources.word import Paragraph, WordFile, read_word
from hrdresearch.vocab.upr import session_in_words, session_of_symbol

COLUMNS = [
    "paragraph",
    "text",
    "recommending",
    "position",
    "heading",
    "symbol",
    "session",
    "state",
    "status",
    "requests",
]
NUMBERED = re.compile(r"\s*\(?(\d{1,3}\.\d{1,3})(?!\d|\.\d)[.)]{0,2}[\s\t]*(?=\S)")
NUMBER_ALONE = re.compile(r"\s*\(?(\d{1,3}\.\d{1,3})[.)]{0,2}\s*\Z")
NUMBER_BY_WORD = re.compile(r"\(?(\d{1,3}\.\d{1,3})[.)]{0,2}\Z")
SECTION = re.compile(r"\s*(\d{1,3})\.[\s\t]+")
ON_RECOMMENDATIONS = re.compile(r"recom+[ae]nda", re.IGNORECASE)
CONCLUSIONS = re.compile(
    r"\s*(?:[IVX]+\.\s*)?(?:conclusions?\s+(?:and(?:\s*/\s*or)?|et(?:\s*/\s*ou)?)\s+recom"
    r"|conclusiones\s+y(?:\s*/\s*o)?\s+recom)",
    re.IGNORECASE,
)
LONGEST_HEADING = 500
NO_STATE = (
    "{}: neither the text nor the name of the file says which State was reviewed. Put the "
    "name of the State into the name of the file."
)
SESSION = re.compile(r"held its ([a-z]+(?:-[a-z]+)?) session", re.IGNORECASE)
REVIEWED = re.compile(r"[Tt]he review of (?:the )?(.+?) was held")
DRAFT_WORDS = ("draft", "ad referendum", "circulat", "l.")


def read(path: Path) -> Rows:
    """Read a draft: one row for each recommendation; the row number is that of the paragraph.

    Raises UnreadableFileError for a file without numbered paragraphs, or without the State.
    """
    if path.suffix.lower() != ".docx":
        raise UnreadableFileError(f"{path.name}: expected a Word file (.docx).")
    word = read_word(path)
    shared = [word.symbol, _session(word), _state(word), _status(word)]
    header: tuple[int, list[str]] = (1, COLUMNS)
    rows: list[tuple[int, list[str]]] = []
    heading, position, waiting = "", NOT_RECORDED, ""
    for at, paragraph in enumerate(word.paragraphs, start=2):
        if CONCLUSIONS.match(paragraph.text) and len(paragraph.text) < LONGEST_HEADING:
            rows, heading, position = [], "", NOT_RECORDED  # what stands above is the dialogue
            continue
        number, text = _split_number(paragraph)
        if waiting and not number and text.strip():
            number, text = waiting, text.strip()
        alone = NUMBER_ALONE.match(paragraph.text)
        waiting = alone[1] if alone else ("" if text.strip() else waiting)
        if alone:
            continue
        if not number:
            found = _position_of_heading(paragraph)
            if found:
                heading, position = " ".join(paragraph.text.split()), found
            continue
        for part in split_at_numbers(f"{number} {text}"):
            rows.append((at, _row(part, [position, heading, *shared])))
    if not rows:
        raise UnreadableFileError(
            f"{path.name}: no paragraph is numbered like 6.12, so there is no recommendation in it."
        )
    if not shared[2]:
        raise UnreadableFileError(NO_STATE.format(path.name))
    return Rows(path, "docx", word.sha256, [header, *rows])


def clean(sheet: Sheet) -> pd.DataFrame:
    """One row for each recommendation, with the columns of ``recommendation_rows``.

    A gap in the numbers, a number that stands twice, a paragraph with several requests and a
    bracket without a State are issues.
    """
    numbers = sheet.text("paragraph")
    for number in missing_numbers(numbers.tolist()):
        sheet.book.issue(0, "paragraph", f"Paragraph {number} is missing.", "look at the file")
    repeated = numbers[numbers.duplicated()]
    sheet.book.issues_at(
        repeated.index, "paragraph", "The number stands twice.", "both are counted"
    )
    several = numbers.index[whole_numbers(sheet.text("requests")).fillna(1) > 1]
    sheet.book.issues_at(
        several,
        "text",
        "The paragraph holds several requests, each with States of its own.",
        "one recommendation of all these States",
    )
    by_nobody = sheet.cells.index[sheet.text("recommending") == ""]
    sheet.book.issues_at(
        by_nobody,
        "recommending",
        "The brackets at the end hold no known State.",
        "the recommendation counts, without a State",
    )
    return recommendation_rows(
        sheet,
        **columns_as_named(sheet),
        response_code=sheet.text("position"),
        response_raw=sheet.text("heading"),
        position_status_code=sheet.text("status"),
    )


def _row(part: str, shared: list[str]) -> list[str]:
    """A recommendation with its number as a row."""
    typed = NUMBERED.match(part)
    assert typed
    split = split_off_states(part[typed.end() :])
    return [typed[1], split.text, "|".join(split.names), *shared, str(split.requests)]


def _split_number(paragraph: Paragraph) -> tuple[str, str]:
    """Paragraph number and text; no number where it is no recommendation."""
    if by_word := NUMBER_BY_WORD.match(paragraph.number.strip()):
        return by_word[1], paragraph.text.strip()
    if typed := NUMBERED.match(paragraph.text):
        return typed[1], paragraph.text[typed.end() :].strip()
    return "", paragraph.text


def _position_of_heading(paragraph: Paragraph) -> str:
    """Position that a heading gives to the recommendations below it; empty for other text."""
    text = " ".join(paragraph.text.casefold().split())
    is_numbered = SECTION.match(paragraph.text) or paragraph.number
    is_heading = ON_RECOMMENDATIONS.search(text) and (is_numbered or len(text) < LONGEST_HEADING)
    if not is_heading or text.startswith("all conclusions"):
        return ""
    found = position_of(text)
    return "" if found == NOT_RECORDED else found


def _session(word: WordFile) -> str:
    for paragraph in word.paragraphs:
        found = SESSION.search(paragraph.text)
        number = session_in_words(found[1]) if found else None
        if number:
            return str(number)
    return str(session_of_symbol(word.symbol) or "")


def _state(word: WordFile) -> str:
    """State under review: the sentence on the review, a heading of its own, or the file's name."""
    for paragraph in word.paragraphs:
        found = REVIEWED.search(paragraph.text)
        if found and state_code(found[1]):
            return found[1]
    for paragraph in word.paragraphs[:40]:
        name = paragraph.text.strip().strip("*")
        if paragraph.cell is None and name and state_code(name):
            return name
    return state_in_name(word.path.stem)


def state_in_name(stem: str) -> str:
    """The longest name of a State in the name of a file, or "".

    >>> state_in_name("A_HRC_WG.6_L.12_Costa Rica draft")
    'Costa Rica'
    """
    words = [w for w in re.split(r"[\s_\-–.,()]+", stem) if w]
    for size in range(min(len(words), 7), 0, -1):
        for at in range(len(words) - size + 1):
            name = " ".join(words[at : at + size])
            if len(name) > 3 and state_code(name):
                return name
    return ""


def _status(word: WordFile) -> str:
    """Status of the report: a draft, unless the file says that it is the adopted report."""
    name = word.path.stem.casefold()
    text = " ".join(p.text for p in word.paragraphs[:60]).casefold()
    if (
        any(w in name for w in DRAFT_WORDS)
        or "advance unedited" in text
        or "to be completed" in text
    ):
        return "draft"
    return "interim" if "report of the working group" in text else "draft"
