"""OHCHR matrices: Word tables of recommendations by theme, in several layouts.

A row contains the recommendation with its number and the States in brackets, the position, and its
themes; merged rows are headings of themes, or of positions ("Supported"). A recommendation under
several themes is repeated in the matrix, and is counted once.
"""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pandas as pd

from hrdresearch.sources.brackets import split_at_numbers, split_off_states
from hrdresearch.sources.errors import UnreadableFileError
from hrdresearch.sources.ohchr_matrix.matrix_tables import (
    NUMBER,
    Columns,
    Line,
    columns_by_content,
    columns_by_heading,
    matrix_lines,
)
from hrdresearch.sources.ohchr_matrix.titles import reviewed_state, session_of_titles
from hrdresearch.sources.positions import NOT_RECORDED, position_of
from hrdresearch.sources.reading import Rows
from hrdresearch.sources.recommendations_sheet import (
    columns_as_named,
    recommendation_rows,
    split_state_names,
    state_code,
)
from hrdresearch.sources.sheet import Sheet
from hrdresearch.sources.wg_draft import NO_STATE
from hrdresearch.sources.word import SYMBOL, WordFile, read_word
from hrdresearch.vocab.upr import session_of_symbol

COLUMNS = [
    "paragraph",
    "text",
    "recommending",
    "position",
    "themes",
    "symbol",
    "session",
    "state",
    "status",
    "doubt",
]
SOURCE = re.compile(
    r"\n?\s*Source(?: of (?:the )?position)?\s*:\s*(?P<where>.*)", re.IGNORECASE | re.DOTALL
)
PARAGRAPH = re.compile(r"para(?:graph|s)?\.?\s*(\d{1,3}(?:\.\d{1,3})?)", re.IGNORECASE)
# Lists that follow the themes in one cell: goals of sustainable development, groups of persons.
NO_THEMES = re.compile(
    r"^\W*(?:(?:\w\d+\s+)?SDGs?\b|sustainable development goals?\b|(?:vulnerable |affected )?"
    r"(?:persons?|groups?)\b.{0,20}(?:affected|:|/)|affected (?:persons?|groups?)\b|rights.holders?\b)",
    re.IGNORECASE,
)
CODED = re.compile(r"[A-Z]{0,2}\d+(?:\.\d+)*\.?\s")  # "A12 Treaties", "2.1. Treaties"
LABEL_OF_THEME = re.compile(
    r"^(?:theme|right(?:s)?(?: or area)?|area|cluster|issue)s?\s*:\s*", re.IGNORECASE
)
TITLES = 40
LEAST_ALIKE = 0.5


def read(path: Path) -> Rows:
    """Read a matrix: a row for each recommendation and theme; other rows are kept, with the doubt.

    Raises UnreadableFileError when no table has recommendations, or no State under review is named.
    """
    if path.suffix.lower() != ".docx":
        raise UnreadableFileError(f"{path.name}: expected a Word file (.docx).")
    word = read_word(path)
    lines = matrix_lines(word)
    columns = columns_by_content(lines) if not any(map(columns_by_heading, lines)) else None
    titles = [
        *word.headers,
        *(t for line in lines[:TITLES] if not line.in_table for t in line.texts),
    ]
    shared = (reviewed_state(titles, path.stem), session_of_titles(titles))
    rows: list[tuple[int, list[str]]] = []
    theme = section = ""
    for line in lines:
        found = columns_by_heading(line) if line.in_table else None
        columns = found or columns
        if found or not line.texts:
            continue
        if not line.in_table or _is_heading(line):
            theme, section = _heading(line, theme, section)
        elif columns is not None:
            rows += [
                (line.number, row) for row in _rows(line, columns, theme, section, word, shared)
            ]
    if not any(not row[-1] for _, row in rows):
        raise UnreadableFileError(
            f"{path.name}: no table in it has a column called Recommendation, or States in brackets; "
            "is it a matrix?"
        )
    if not shared[0]:
        raise UnreadableFileError(NO_STATE.format(path.name))
    return Rows(path, "docx", word.sha256, [(1, COLUMNS), *rows])


def clean(sheet: Sheet) -> pd.DataFrame:
    """One row for each recommendation, with all its themes: the columns of ``recommendation_rows``.

    A row that repeats a recommendation under another theme is not counted again; a position that
    is not known, or differs between themes, is an issue.
    """
    doubts = sheet.text("doubt")
    for row in doubts.index[doubts != ""]:
        sheet.book.set_aside(int(row), str(doubts[row]))
    key = _recommendation_keys(sheet)
    first = ~key.duplicated() | (doubts != "")
    repeated = int((~first).sum())
    themes = (
        sheet.text("themes")
        .groupby(key)
        .agg(lambda cells: "|".join(dict.fromkeys(t for c in cells for t in c.split("|") if t)))
    )
    published = sheet.text("position")
    positions = {cell: position_of(cell) for cell in published.unique()}
    answers = published.map(positions).groupby(key).nunique()
    sheet.keep(first)
    if repeated:
        sheet.book.note(
            "In the matrices, rows that repeat a recommendation under another theme are counted "
            "once ({again} such rows in {file}).",
            again=repeated,
            file=sheet.table.path.name,
        )
    raw = sheet.text("position")
    odd = raw.index[(raw.map(positions) == NOT_RECORDED) & (doubts[first] == "")]
    sheet.book.issues_at(odd, "position", "The position is not one that is known.", "not recorded")
    several = raw.index[(key[first].map(answers) > 1) & (doubts[first] == "")]
    sheet.book.issues_at(
        several,
        "position",
        "Under another theme the position is another one.",
        "the first is taken",
    )
    return recommendation_rows(
        sheet,
        **columns_as_named(sheet),
        response_code=raw.map(positions),
        response_raw=raw,
        position_status_code=sheet.text("status"),
        source_issues=key[first].map(themes),
    )


def _recommendation_keys(sheet: Sheet) -> pd.Series:
    """Key of each row; rows of the same recommendation have the same key.

    The key is report and paragraph; the text is added where the texts are very different.
    """
    numbers, texts = sheet.text("paragraph"), sheet.text("text")
    symbols = sheet.text("symbol").str.replace(r"/Add\.\d+$", "", regex=True)
    seen: dict[str, str] = {}
    keys = []
    for symbol, number, text in zip(symbols, numbers, texts, strict=True):
        key = f"{symbol} {number}" if number else text.casefold()
        before = seen.setdefault(key, text)
        if before != text and difflib.SequenceMatcher(None, before, text).ratio() < LEAST_ALIKE:
            key = f"{key} {text.casefold()}"
        keys.append(key)
    return pd.Series(keys, index=numbers.index, dtype="object")


def _is_heading(line: Line) -> bool:
    """A row with one text that is no recommendation."""
    return (
        len(line.texts) == 1
        and not NUMBER.match(line.texts[0])
        and not split_off_states(line.texts[0]).states
    )


def _heading(line: Line, theme: str, section: str) -> tuple[str, str]:
    """Theme and position that hold below a heading; a position ends the theme before it."""
    text = " ".join(" ".join(line.texts).split())
    if LABEL_OF_THEME.match(text):
        return LABEL_OF_THEME.sub("", text), section
    if position_of(text) != NOT_RECORDED and len(text) < 300:
        return "", text
    return (text, section) if line.in_table else (theme, section)


def _rows(
    line: Line, columns: Columns, theme: str, section: str, word: WordFile, shared: tuple[str, str]
) -> list[list[str]]:
    """Rows made of one row of a table: one for each recommendation, or one with the doubt."""
    parts = list(split_at_numbers(columns.cell(line, "text")))
    answers = columns.cell(line, "position").split("\n")
    if len(parts) < 2 or len(answers) != len(parts):
        answers = [columns.position(line) or section] * len(parts)
    number = "" if len(parts) > 1 else columns.cell(line, "paragraph")
    themes = _themes(columns.cell(line, "themes") or theme)
    rows = [
        _row(part, number, columns.cell(line, "recommending"), answer, themes, word, shared)
        for part, answer in zip(parts, answers, strict=True)
    ]
    empty = [""] * (len(COLUMNS) - 1)
    return rows or [[*empty, "The row holds no text in the column of recommendations."]]


def _row(
    whole: str,
    number_cell: str,
    recommending: str,
    position: str,
    themes: str,
    word: WordFile,
    shared: tuple[str, str],
) -> list[str]:
    """One row of the matrix: a recommendation in the order of ``COLUMNS``."""
    source = SOURCE.search(whole)
    where = source["where"] if source else ""
    whole = whole[: source.start()] if source else whole
    typed = NUMBER.match(whole)
    number = typed or NUMBER.match(number_cell)
    parts = split_off_states(whole[typed.end() :] if typed else whole)
    cited = PARAGRAPH.search(where)
    symbol = SYMBOL.search(where)
    report = symbol[0] if symbol else word.symbol
    state, session = shared
    paragraph = number[1] if number else (cited[1] if cited else "")
    listed = split_state_names(recommending)
    is_by_column = listed and (all(map(state_code, listed)) or not parts.names)
    states = "|".join(listed if is_by_column else parts.names)
    return [
        paragraph,
        parts.text,
        states,
        " ".join(position.split()),
        themes,
        report,
        str(session_of_symbol(report) or session),
        state,
        "addendum" if "Add." in report else "adopted",
        ""
        if paragraph or states
        else "The row has neither a paragraph number nor a recommending State.",
    ]


def _themes(cell: str) -> str:
    """Themes of a cell, joined by ``|``, without the goals and groups of persons below them."""
    kept: list[str] = []
    for line in cell.split("\n"):
        theme = LABEL_OF_THEME.sub("", line.strip(" -•\t"))
        is_list = bool(kept) and CODED.match(kept[-1]) and line.lstrip()[:1] in ("-", "•")
        if NO_THEMES.match(line) or (is_list and not CODED.match(theme)):
            break
        kept.append(theme)
    return "|".join(dict.fromkeys(t for t in kept if t))
