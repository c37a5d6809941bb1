"""Rows of the tables of a matrix, and which of their columns hold which fact, in any layout.

Columns are recognized by their headings; in a table without headings, by their content. A heading
over several columns of the grid covers all of them; a cell that is merged over several rows counts
for each of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hrdresearch.sources.brackets import split_off_states
from hrdresearch.sources.positions import NOT_RECORDED, position_of
from hrdresearch.sources.word import WordFile

NUMBER = re.compile(r"\s*(?:[A-Z]\s*-\s*)?\(?(\d{1,3}\.\d{1,3})(?!\d|\.\d)[.)]{0,2}\s*")
LONGEST_HEADING = 80
LONGEST_POSITION = 60
# What a heading says -> our name; the first that fits is taken, so the order matters.
HEADINGS = (
    ("comment", r"implement|assessment|comment|remark|action|responsib|indicator|timeline|observa"),
    ("supported", r"^(?:supported|accepted)$"),
    ("noted", r"^(?:noted|rejected|not (?:accepted|supported))$"),
    ("position", r"\bposition|\bresponse|\bstatus\b|\bdecision\b|posición|réponse|respuesta"),
    # "Full list of rights / affected persons": themes first, then whom they affect
    (
        "themes",
        r"full list of (?!affected|persons|rights[- ]?holders)"
        r"|(?:\bthemes?|\brights?(?![- ]?holders))\b.*\b(?:affected|persons)",
    ),
    ("affected", r"affected|rights[- ]?holders|personnes|personas"),
    ("sdg", r"\bsdgs?\b|sustainable development|\bodd\b|\bods\b"),
    (
        "paragraph",
        r"^(?:no\b|nr\b|n°|nº|#|number|para\w*|ref\w*|num\w*|numéro)"
        r"|^(?:rec\w*\.?|recommendation)\s*(?:no\b|n°|#|num)",
    ),
    (
        "recommending",
        r"recommending|\bcountr|\bstates?\b|made by|delegation|^from$|\bpays\b|\bpaís",
    ),
    (
        "themes",
        r"theme|thème|\btema|issue|^rights?\b|right or|cluster|\barea|subject|topic|categor",
    ),
    ("text", r"recom+[ae]nda|^text"),
)


@dataclass(frozen=True)
class Line:
    """A row of a table, or a paragraph between tables.

    cells: column of the grid -> text. in_table: False for a paragraph.
    """

    number: int
    cells: dict[int, str]
    in_table: bool

    @property
    def texts(self) -> list[str]:
        """The different texts of the row, without empty ones."""
        return list(dict.fromkeys(text for text in self.cells.values() if text))


class Columns:
    """Which columns of the grid hold which fact.

    named: fact ("text", "position" ...) -> first column. starts: all columns in which a heading
    begins.
    """

    def __init__(self, named: dict[str, int], starts: Sequence[int]) -> None:
        self.named, self.starts = named, sorted(starts)

    def cell(self, line: Line, name: str) -> str:
        """Text of a fact in a row; "" where no column holds that fact."""
        first = self.named.get(name)
        if first is None:
            return ""
        after = next((start for start in self.starts if start > first), 1 << 30)
        return "\n".join(t for at, t in sorted(line.cells.items()) if first <= at < after and t)

    def position(self, line: Line) -> str:
        """Position of a row: its text, or a mark in a column called Supported or Noted."""
        position = " ".join(self.cell(line, "position").split())
        marked = [n.capitalize() for n in ("supported", "noted") if self.cell(line, n)]
        return position or "/".join(marked)


def matrix_lines(word: WordFile) -> list[Line]:
    """Rows of all tables, and the paragraphs between them, in the order of the file."""
    rows: dict[tuple[int, ...], dict[int, list[str]]] = {}
    for at, paragraph in enumerate(word.paragraphs):
        number = paragraph.number if NUMBER.match(paragraph.number) else ""
        text = f"{number} {paragraph.text}".strip()
        place = (-1, at, 0) if paragraph.cell is None else paragraph.cell
        rows.setdefault(place[:2], {}).setdefault(place[2], []).append(text)
    for table, row, column in sorted(word.continued):
        if not any(rows[table, row].get(column, [])):
            rows[table, row][column] = rows.get((table, row - 1), {}).get(column, [])
    return [
        Line(number, {at: "\n".join(texts).strip() for at, texts in cells.items()}, key[0] >= 0)
        for number, (key, cells) in enumerate(rows.items(), start=2)
    ]


def columns_by_heading(line: Line) -> Columns | None:
    """Columns by their headings, if the row is a row of headings; else None."""
    texts = {at: text.casefold().strip(" :*") for at, text in line.cells.items() if text.strip()}
    if (
        len(set(texts.values())) < 2
        or max(map(len, texts.values())) > LONGEST_HEADING
        or any(NUMBER.match(t) or split_off_states(t).states for t in line.texts)
    ):
        return None
    found: dict[str, int] = {}
    taken: set[int] = set()
    for name, pattern in HEADINGS:
        for at, text in sorted(texts.items()):
            if at not in taken and re.search(pattern, text):
                taken.add(at)
                found.setdefault(name, at)
                if name != "comment":
                    break
    if "text" not in found:  # "Recommendation and recommending State" in one column
        for name in ("recommending", "paragraph"):
            at = found.get(name, -1)
            if "recommendation" in texts.get(at, ""):
                found["text"] = found.pop(name)
                break
    return Columns(found, list(texts)) if "text" in found and len(found) > 1 else None


def columns_by_content(lines: Sequence[Line]) -> Columns | None:
    """Columns of tables without headings, by their content; None where they are not recognized.

    Half of the cells of a column must end with States, be a position, or be a number.
    """
    rows = [line for line in lines if line.in_table and len(line.texts) > 1]
    places = sorted({at for line in rows for at in line.cells})
    with_states = {
        at: _share_of_rows(rows, at, lambda text: bool(split_off_states(text).states))
        for at in places
    }
    best = max(with_states, key=lambda at: with_states[at], default=None)
    if best is None or with_states[best] < 0.5:
        return None
    named = {"text": best}
    for at in places:
        if at != best and _share_of_rows(rows, at, _is_position) >= 0.5:
            named.setdefault("position", at)
        elif (
            at != best
            and _share_of_rows(rows, at, lambda text: bool(NUMBER.fullmatch(text))) >= 0.5
        ):
            named.setdefault("paragraph", at)
    return Columns(named, places)


def _is_position(text: str) -> bool:
    return len(text) < LONGEST_POSITION and position_of(text) != NOT_RECORDED


def _share_of_rows(rows: Sequence[Line], at: int, holds: Callable[[str], bool]) -> float:
    """Share of the rows whose cell in a column is not empty and meets a condition."""
    texts = [line.cells.get(at, "") for line in rows]
    return sum(bool(text) and holds(text) for text in texts) / len(texts) if texts else 0.0
