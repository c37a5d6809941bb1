"""Reports of the Working Group and addenda in PDF, or as the text made of it.

A report numbers its recommendations below a paragraph ("111." and then "1.", or "6.12."). An addendum says
what the State answers to each number, one or several at a time ("5., 6., 7."). The numbers join the two; the
build does it, because they stand in two files.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from hrdresearch.sources.brackets import split_off_states
from hrdresearch.sources.errors import (
    UnknownLayoutError,
    UnreadableFileError,
    unreadable_if_damaged,
)
from hrdresearch.sources.positions import NOT_RECORDED, position_of
from hrdresearch.sources.reading import Rows
from hrdresearch.sources.recommendations_sheet import (
    RECOMMENDATION,
    columns_as_named,
    recommendation_rows,
    state_code,
)
from hrdresearch.sources.sheet import Sheet
from hrdresearch.vocab.upr import session_in_words, session_of_symbol

NOTED = "noted"
POSITION = "position"  # kind of a row that holds the answer to a number
COLUMNS = [
    *("part", "paragraph", "text", "recommending", "position"),
    *("raw", "symbol", "session", "state", "status"),
]
_SYMBOL = re.compile(r"A/HRC/(?:WG\.\d/)?[\w.]+/[\w.]+(?:/Add\.\d+)?")
_FURNITURE = re.compile(r"\s*(?:A/HRC/[\w./]+|GE\.[\d-]+.*|\d{1,3})\s*")
_CONCLUSIONS = re.compile(
    r"^\s*(?:[IVX]+\.\s+)?Conclusions? and(?:/or)? recommendations?\s*$", re.M
)
_END = re.compile(r"^\s*(?:\d{1,3}\.\s+)?All (?:the )?conclusions and", re.M)
_PARAGRAPH = re.compile(r"^\s*(\d{1,3})\.\s+(?=The recommendations)", re.M)
_NUMBER = re.compile(r"^[ \t]*(\d{1,3}(?:\.\d{1,3})?)\.?[ \t]+(?=\S)", re.M)
_ANSWERED = re.compile(r"^[ \t]*((?:\d{1,3}(?:\.\d{1,3})?\.?,?[ \t]*)+)(?:[ \t]+|\n)(?=\D)", re.M)
_ONE = re.compile(r"\d{1,3}(?:\.\d{1,3})?(?=\.|,|\s|$)")
_STATE = re.compile(r"Universal\s+Periodic\s+Review\*?\s*\n(?=\s*(\S[^\n*]+))")
_SESSION = re.compile(r"held its ([a-z]+(?:-[a-z]+)?)\s+session", re.I)
_SENTENCE = re.compile(r"(?<=[a-z)]\.)\s+(?=[A-Z])")
_NO_ANSWER = re.compile(r"cannot\b.{0,40}\b(?:make|give)\b.{0,20}\b(?:definitive|clear)", re.I)
_IS_ON_IT = re.compile(
    r"recommendation|accept|support", re.I
)  # "notes the adoption of a plan" is no answer
_REFUSED = re.compile(
    r"\b(?:cannot|can not|does not|could not|is not able to)\s+(?:accept|support)", re.I
)


def read(path: Path) -> Rows:
    """Read a report or an addendum: one row for each recommendation, or for each number answered.

    Raises UnknownLayoutError for a file that is neither, UnreadableFileError for a damaged one.
    """
    content, text = _text_of(path)
    symbols = _SYMBOL.findall(text[:4000])
    if not symbols or "universal periodic review" not in text[:6000].casefold():
        raise UnknownLayoutError(f"{path.name}: no report of the Working Group and no addendum.")
    symbol = symbols[0]
    is_addendum = "/Add." in symbol
    body = "\n".join(line for line in text.splitlines() if not _FURNITURE.fullmatch(line))
    found = list(_answers(body) if is_addendum else _recommendations(body))
    if not found:
        raise UnreadableFileError(
            f"{path.name}: no number of a recommendation was found in it. Is it the report with the "
            "recommendations, or the addendum with the answers?"
        )
    base = symbol.partition("/Add.")[0]
    shared = [base, _session(text, base), _state(text), "addendum" if is_addendum else ""]
    part = POSITION if is_addendum else RECOMMENDATION
    rows = [(at, [part, *row, *shared]) for at, row in enumerate(found, start=2)]
    sha256 = hashlib.sha256(content).hexdigest()
    kind = "pdf" if path.suffix.lower() == ".pdf" else "csv"  # the kind of any text
    return Rows(path, kind, sha256, [(1, COLUMNS), *rows])


def clean(sheet: Sheet) -> pd.DataFrame:
    """One row for each recommendation or answer, with the columns of ``recommendation_rows``."""
    by_nobody = sheet.text("part").eq(RECOMMENDATION) & sheet.text("recommending").eq("")
    sheet.book.issues_at(
        sheet.cells.index[by_nobody],
        "recommending",
        "The brackets at the end hold no known State.",
        "the recommendation counts, without a State",
    )
    return recommendation_rows(
        sheet,
        **columns_as_named(sheet),
        kind=sheet.text("part"),
        response_code=sheet.text("position"),
        response_raw=sheet.text("raw"),
        position_status_code=sheet.text("status").replace("", NOT_RECORDED),
    )


def answer_of(text: str) -> str:
    """Position of an answer in an addendum, by the first sentence that takes a position.

    A sentence that only notes something else takes none. An answer that accepts and later refuses a part is
    mixed. An answer that takes no position on purpose ("cannot make a definitive statement") is noted, as
    the Council counts it.

    >>> answer_of("The State accepts the recommendation. It cannot accept the second part.")
    'mixed'
    >>> answer_of("The State cannot, at this point in time, make a definitive statement.")
    'noted'
    """
    sentences = _SENTENCE.split(" ".join(text.split()))
    taken = (p for s in sentences if (p := position_of(s)) != NOTED or _IS_ON_IT.search(s))
    first = next((position for position in taken if position != NOT_RECORDED), NOT_RECORDED)
    is_refused = bool(_REFUSED.search(text))
    is_open = bool(_NO_ANSWER.search(text))
    if first == "supported" and (is_refused or is_open):
        return "mixed"
    return NOTED if first in (NOT_RECORDED, "pending") and is_open else first


def _recommendations(body: str) -> Iterator[list[str]]:
    """Number, text, States, position and heading of each recommendation below the conclusions."""
    starts = [m.end() for m in _CONCLUSIONS.finditer(body)]
    if not starts:
        return
    part = body[starts[-1] :]
    end = _END.search(part)
    part = part[: end.start()] if end else part
    paragraph = _PARAGRAPH.search(part)
    heading = (
        " ".join(part[paragraph.end() : part.find("\n", paragraph.end() + 300)].split())
        if paragraph
        else ""
    )
    above = paragraph[1] if paragraph else ""
    begin = paragraph.end() if paragraph else 0
    for number, text in _in_order(part[begin:]):
        split = split_off_states(re.sub(r"-\s+(?=[a-z])", "-", " ".join(text.split())))
        full = number if "." in number or not above else f"{above}.{number}"
        position = position_of(heading)
        yield [full, split.text.rstrip(";. "), "|".join(split.names), position, ""]


def _in_order(text: str) -> Iterator[tuple[str, str]]:
    """Numbered texts in the order of their numbers; a number out of this order is part of a text."""
    found: list[tuple[str, int, int]] = []
    for m in _NUMBER.finditer(text):
        last = found[-1][0] if found else ""
        if not found or _follows(last, m[1]):
            found.append((m[1], m.start(), m.end()))
    ends = [start for _, start, _ in found[1:]] + [len(text)]
    for (number, _, start), end in zip(found, ends, strict=True):
        yield number, text[start:end]


def _follows(last: str, number: str) -> bool:
    """Whether a number comes next: 12 after 11, 6.3 after 6.2, 7.1 after 6.9."""
    a, b = ([int(x) for x in one.split(".")] for one in (last, number))
    if len(a) != len(b):
        return False
    return b == [*a[:-1], a[-1] + 1] or (len(a) > 1 and b[0] == a[0] + 1 and b[1] == 1)


def _answers(body: str) -> Iterator[list[str]]:
    """A row for each number that an addendum answers: number, answer, no State, position, raw answer.

    If a line of numbers ends with a comma, they continue in the next line, beside the answer.
    """
    groups: list[tuple[list[str], list[str]]] = []
    at = 0
    for m in _ANSWERED.finditer(body):
        numbers = _ONE.findall(m[1])
        if not _are_next(groups, numbers):
            continue
        if groups:
            groups[-1][1].append(body[at : m.start()])
        if groups and groups[-1][0] and _is_open(groups[-1], body[: m.start()]):
            groups[-1][0].extend(numbers)
        else:
            groups.append((numbers, []))
        at = m.end()
    if groups:
        groups[-1][1].append(body[at:])
    for numbers, texts in groups:
        raw = " ".join(" ".join(texts).split())
        for number in numbers:
            yield [number, raw, "", answer_of(raw), raw]


def _are_next(groups: list[tuple[list[str], list[str]]], numbers: list[str]) -> bool:
    """Whether numbers continue those read so far, with a small gap at most."""
    if not numbers:
        return False
    if not groups:
        return numbers[0].rpartition(".")[2] == "1"
    told = {n for held, _ in groups for n in held}
    last = max(int(n.rpartition(".")[2]) for held, _ in groups[-3:] for n in held)
    first = int(numbers[0].rpartition(".")[2])
    return not told & set(numbers) and -_GAP <= first - last <= _GAP and first != last


_GAP = 8  # numbers that an addendum may leave to a later group


def _is_open(group: tuple[list[str], list[str]], before: str) -> bool:
    """Whether the numbers of a group end with a comma: then the next line of numbers belongs to it."""
    last = group[0][-1]
    mark = before.rfind(f"{last}.,")
    return (
        mark >= 0
        and before[mark + len(last) + 2 : mark + len(last) + 3] in (" ", "\n")
        and not any(part.strip() and "\n" in part.strip() for part in group[1])
    )


def _text_of(path: Path) -> tuple[bytes, str]:
    """Bytes and text of a file; of a PDF its pages as they are laid out."""
    kind = path.suffix.lower()
    if kind not in (".txt", ".pdf"):
        raise UnknownLayoutError(f"{path.name}: expected a PDF, or the text made of it (.txt).")
    if not path.is_file():
        raise UnreadableFileError(f"{path.name}: there is no such file.")
    content = path.read_bytes()
    if kind == ".txt":
        return content, content.decode("utf-8-sig", errors="replace")
    from pypdf import PdfReader

    with unreadable_if_damaged(f"{path.name}: the PDF is damaged, or needs a password."):
        pages = PdfReader(io.BytesIO(content)).pages
        return content, "\n".join(page.extract_text(extraction_mode="layout") for page in pages)


def _session(text: str, symbol: str) -> str:
    found = _SESSION.search(text)
    number = session_in_words(found[1]) if found else None
    return str(number or session_of_symbol(symbol) or "")


def _state(text: str) -> str:
    """State under review: the line below the title."""
    names = (m[1].strip() for m in _STATE.finditer(text))
    return next((name for name in names if state_code(name)), "")
