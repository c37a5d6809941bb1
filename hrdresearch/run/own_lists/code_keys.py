"""Codes of an organization's own ("A1", "TT") and the legends that explain them.

A legend stands below or above the list, in a heading, or on another sheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from hrdresearch.clean.text import put_on_one_line
from hrdresearch.clean.word_forms import fold
from hrdresearch.run.own_lists.words import heading_scores
from hrdresearch.sources.beside_the_table import KEY, rows_beside
from hrdresearch.sources.legends import (
    Legend,
    bare_code,
    codes_in,
    pairs_in,
    read_legend,
    words_explained,
)
from hrdresearch.sources.reading import Rows, read_sheets
from hrdresearch.vocab import vocabulary

EXPLAINED = 0.6  # share of the values of a column
ABBREVIATED = 0.65  # mark of an abbreviated heading below a band
SHORTEST_BEGINNING = 3  # letters of a column name that a title may go on with
OF_NUMBERS = ("number", "age", "identifier", "year", "month", "day", "date", "sentence")


def codes_explained(rows: Rows, opener: Callable[[Path], bytes], names: Sequence[str]) -> Legend:
    """Column -> code -> words, of the other sheets of a workbook; "" for codes of no named column.

    rows: the sheet that is read. "P / O" beside "person / organization"
    are two codes. A code that two sheets explain differently is left out.
    """
    if not rows.sheet:
        return {}
    found: list[Legend] = []
    for title, sheet in read_sheets(rows.path, opener).items():
        lines = [cells for _, cells in sheet.rows]
        if lines != [cells for _, cells in rows.rows]:
            found.append(read_legend(lines, column_finder(names), column_finder(names)(title))[0])
    columns = dict.fromkeys(column for legend in found for column in legend)
    return {column: _agreed([legend.get(column, {}) for legend in found]) for column in columns}


def keys_beside(rows: Rows, names: Sequence[str], beside: Mapping[int, str], first: int) -> Legend:
    """Column -> code -> words, of a legend above or below the list, or in a heading: "Sex (1 woman, 2 man)".

    beside: rows set aside, with their reasons. first: first row of the column names.
    """
    lines = [cells for n, cells in rows.rows if n < first or beside.get(n) == KEY]
    found, _ = read_legend(lines, column_finder(names))
    for name in names:
        if len(pairs := pairs_in(" ".join(re.findall(r"\(([^)]*)\)", name)))) > 1:
            found.setdefault(name, {}).update(pairs)
    return found


def explainer(
    rows: Rows, names: Sequence[str], opener: Callable[[Path], bytes]
) -> Callable[[str, str], str]:
    """Gives the words of a legend for a value of a column, "" where no legend has it.

    names: headings of the list. The legends are those of ``codes_explained`` and ``keys_beside``.
    """
    at = next((n for n, cells in rows.rows if {*cells} >= {*names[:2]}), rows.rows[0][0])
    legends = (
        codes_explained(rows, opener, names),
        keys_beside(rows, names, rows_beside(rows, names, at), at),
    )

    def explained(column: str, value: str) -> str:
        for legend in legends:
            for codes in (legend.get(column, {}), legend.get("", {})):
                if words := words_explained(value, codes):
                    return "; ".join(words)
        return ""

    return explained


def means_of(column: str, cells: Sequence[str], legends: Sequence[Legend]) -> dict[str, str]:
    """What the codes of a column mean: by a legend that names it, else by one of others.

    Codes that are numbers count only for the column that is named, or where the legend names none and
    explains all cells, and the heading is none of numbers.
    """
    said = {code for cell in cells if put_on_one_line(cell) for code in codes_in(cell)}
    every = [pairs for legend in legends for pairs in legend.values()]
    lettered = {code: words for code, words in _agreed(every).items() if not code.isdigit()}
    for codes in (*(legend.get(column, {}) for legend in legends), lettered):
        held = [
            bool(words_explained(cell, codes)) for cell in set(map(put_on_one_line, cells)) if cell
        ]
        if len(codes) > 1 and held and sum(held) >= EXPLAINED * len(held):
            return codes
    scores, known = heading_scores(column), vocabulary("list_fields")["fields"]
    is_number = any(mark >= 0.9 and known[f]["kind"] in OF_NUMBERS for f, mark in scores.items())
    for codes in () if is_number else (legend.get("", {}) for legend in legends):
        if len(codes) > 1 and len(said) > 1 and said <= set(map(bare_code, codes)):
            return codes
    return {}


def column_finder(names: Sequence[str]) -> Callable[[str], str]:
    """Finds the column that a title of a legend names: the same words, a longer form, or the same field."""

    def column_of(title: str) -> str:
        words = fold(title)
        if not words or len(words) > 60:
            return ""
        folded = {name: fold(re.sub(r"\([^)]*\)", "", name)) for name in names}
        for name, other in folded.items():
            if words in (other, fold(name)):
                return name
        below = [name for name in names if words == fold(name.rpartition(" / ")[2])]
        if len(below) == 1:  # of a heading of two rows, the lower one
            return below[0]
        for name, other in folded.items():
            shorter, longer = sorted((words, other), key=len)
            if len(shorter) >= SHORTEST_BEGINNING and longer.startswith(shorter):
                return name
        fields = {f for f, mark in heading_scores(title).items() if mark >= 0.95}
        for least in (0.95, ABBREVIATED):
            same = [n for n in names if fields & _fields_of(n, least)]
            if same:
                return same[0] if len(same) == 1 else ""
        return ""

    return column_of


def _fields_of(heading: str, least: float) -> set[str]:
    return {field for field, mark in heading_scores(heading).items() if mark >= least}


def short_forms_explained(legends: Sequence[Legend]) -> dict[str, str]:
    """Codes in capitals or with points that a legend of any column explains: "A.F.", firearm."""
    every = _agreed([pairs for legend in legends for pairs in legend.values()])
    return {
        code: words
        for code, words in every.items()
        if len(bare_code(code)) > 1 and not code.isdigit() and (code.isupper() or "." in code)
    }


def _agreed(several: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Codes with their words, without those that have different words in several."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for pairs in several:
        twice |= {code for code, words in pairs.items() if found.setdefault(code, words) != words}
    return {code: words for code, words in found.items() if code not in twice}
