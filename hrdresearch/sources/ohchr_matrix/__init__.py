"""OHCHR matrices: Word tables of recommendations by theme, in several layouts.

A row holds the recommendation with its number and the States in brackets, the position, and all its
themes; merged rows are headings of themes. A recommendation that stands under several themes is
repeated, and is taken once. Columns are told by their headings, wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from hrdresearch.sources.brackets import split_states
from hrdresearch.sources.errors import UnreadableFileError
from hrdresearch.sources.reading import Rows
from hrdresearch.sources.recommendations_sheet import (
    as_number,
    recommendations,
    recommending,
    under_review,
)
from hrdresearch.sources.sheet import Sheet
from hrdresearch.sources.wg_draft import POSITIONS, state_in_name
from hrdresearch.sources.word import SYMBOL, WordFile, read_word
from hrdresearch.vocab.upr import session_of_symbol

COLUMNS = ["paragraph", "text", "recommending", "position", "themes", "symbol", "session", "state",
           "status"]  # fmt: skip
HEADINGS = {
    "text": r"recommendation",
    "position": r"position|response|status",
    "themes": r"theme|issue|right|cluster",
    "recommending": r"recommending|states? making|country",
    "paragraph": r"^(?:no\.?|number|para\w*|#)\b",
}
NUMBER = re.compile(r"\s*(?:[A-Z]\s*-\s*)?(\d{1,3}\.\d{1,3})\.?(?!\d)\s*")
SOURCE = re.compile(
    r"\n?\s*Source of (?:the )?position\s*:\s*(?P<where>.*)", re.IGNORECASE | re.DOTALL
)
PARAGRAPH = re.compile(r"para(?:graph|s)?\.?\s*(\d{1,3}(?:\.\d{1,3})?)", re.IGNORECASE)
AFFECTED = re.compile(r"^affected persons?:?$", re.IGNORECASE)


def read(path: Path) -> Rows:
    """A row a recommendation and theme, as the matrix has them."""
    if path.suffix.lower() != ".docx":
        raise UnreadableFileError(f"{path.name}: expected a Word file (.docx).")
    word = read_word(path)
    state = _state(word)
    rows: list[tuple[int, list[str]]] = [(1, COLUMNS)]
    number, columns, heading = 1, {}, ""
    for cells in _table_rows(word):
        number += 1
        found = _columns(cells)
        if found:
            columns = found
        elif len({c for c in cells if c.strip()}) <= 1 and not NUMBER.match(cells[0]):
            heading = " ".join(" ".join(cells).split())
        elif columns and len(cells) > columns["text"]:
            row = _row(cells, columns, heading, word)
            if row:
                rows.append((number, [*row, state, "addendum" if "Add." in row[5] else "adopted"]))
    if len(rows) == 1:
        raise UnreadableFileError(
            f"{path.name}: no table in it has a column called Recommendation; is it a matrix?"
        )
    return Rows(path, "docx", word.sha256, rows)


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows as the build takes them, each recommendation once with all its themes."""
    key = sheet.text("paragraph").where(sheet.text("paragraph") != "", sheet.text("text"))
    first = ~key.duplicated()
    again = int((~first).sum())
    themes = (
        sheet.text("themes")
        .groupby(key)
        .agg(lambda cells: "|".join(dict.fromkeys(t for c in cells for t in c.split("|") if t)))
    )
    sheet.keep(first)
    if again:
        sheet.book.note(
            f"In the matrices, rows that repeat a recommendation under another theme are counted "
            f"once ({again} such rows in {sheet.table.path.name})."
        )
    raw = sheet.text("position")
    positions = {cell: _position(cell) for cell in raw.unique()}
    odd = raw.index[raw.map(positions) == "not_recorded"]
    sheet.book.issues_at(odd, "position", "The position is not one that is known.", "not recorded")
    return recommendations(
        sheet,
        state_iso3=under_review(sheet.text("state")),
        session=as_number(sheet.text("session")),
        document_symbol=sheet.text("symbol"),
        paragraph=sheet.text("paragraph"),
        text=sheet.text("text"),
        recommending=recommending(sheet, "recommending", sheet.text("recommending"), parted=True),
        response_code=raw.map(positions),
        response_raw=raw,
        position_status_code=sheet.text("status"),
        source_issues=key[first].map(themes),
    )


def _table_rows(word: WordFile) -> Iterator[list[str]]:
    """Cells of each table row, in order; text of nested tables stands in their own rows."""
    rows: dict[tuple[int, int], dict[int, list[str]]] = {}
    for paragraph in word.paragraphs:
        if paragraph.cell is not None:
            table, row, column = paragraph.cell
            text = (
                f"{paragraph.number} {paragraph.text}".strip()
                if paragraph.number
                else paragraph.text
            )
            rows.setdefault((table, row), {}).setdefault(column, []).append(text)
    for cells in rows.values():
        yield ["\n".join(cells.get(i, [])).strip() for i in range(max(cells) + 1)]


def _columns(cells: list[str]) -> dict[str, int]:
    """Places of the columns, where the row is a row of headings; empty where it is none."""
    if len(cells) < 2 or max(map(len, cells)) > 80 or NUMBER.match(cells[0]):
        return {}
    found: dict[str, int] = {}
    for name, pattern in HEADINGS.items():
        for at, cell in enumerate(cells):
            if at not in found.values() and re.search(pattern, cell.strip().casefold()):
                found[name] = at
                break
    return found if "text" in found and len(found) > 1 else {}


def _row(cells: list[str], columns: dict[str, int], heading: str, word: WordFile) -> list[str]:
    def cell(name: str) -> str:
        at = columns.get(name, -1)
        return cells[at].strip() if 0 <= at < len(cells) else ""

    whole = cell("text")
    source = SOURCE.search(whole)
    where = source["where"] if source else ""
    whole = whole[: source.start()] if source else whole
    number = NUMBER.match(whole) or NUMBER.match(cell("paragraph"))
    if number and NUMBER.match(whole):
        whole = whole[number.end() :]
    paragraph = PARAGRAPH.search(where)
    made = split_states(whole)
    if not made.text:
        return []
    symbol = SYMBOL.search(where) or SYMBOL.search(heading)
    told = symbol[0] if symbol else word.symbol
    session = session_of_symbol(told)
    own = cell("recommending")
    themes = [t.strip(" -•\t") for t in cell("themes").split("\n")]
    if not cell("themes") and heading:
        themes = [re.sub(r"^theme:?\s*", "", heading, flags=re.IGNORECASE)]
    position = cell("position") or (heading if _position(heading) != "not_recorded" else "")
    return [
        number[1] if number else (paragraph[1] if paragraph else ""),
        made.text, own or "|".join(made.states), " ".join(position.split()),
        "|".join(t for t in themes if t and not AFFECTED.match(t)), told,
        str(session or ""),
    ]  # fmt: skip


def _position(raw: str) -> str:
    text = raw.casefold().strip()
    if re.search(r"\bsupported?\b.*(?:/|and|,)\s*noted|\bnoted\b.*(?:/|and)\s*supported|partial|in part",
                 text):  # fmt: skip
        return "mixed"
    if re.fullmatch(r"(?:not |un)supported|rejected|not accepted|noted\W*", text):
        return "noted"
    for code, pattern in POSITIONS:
        if re.search(pattern, text):
            return code
    return "not_recorded"


def _state(word: WordFile) -> str:
    """State under review: a title above the table, else the file's name."""
    for paragraph in word.paragraphs[:40]:
        if paragraph.cell is None and 3 < len(paragraph.text.strip()) < 200:
            found = state_in_name(paragraph.text)
            if found:
                return found
    return state_in_name(word.path.stem)
