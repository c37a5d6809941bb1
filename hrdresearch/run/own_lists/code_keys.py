"""Codes of an organization's own ("A1", "TT") that its key, below the list or on another sheet, explains."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from hrdresearch.clean.text import tidy
from hrdresearch.sources.beside_the_table import KEY
from hrdresearch.sources.reading import Rows, read_sheets

LONGEST_CODE = 12  # letters
FEWEST_CODES = 3
MOSTLY = 0.7  # share of the rows of a sheet that explain a code
_CODE = re.compile(r"(?<![\w.])(\d{1,2})\s*[=:.)-]?\s*([^\W\d](?:[^\d;/]|\s/\s(?!\d))*)")
_SLASH = re.compile(r"\s*/\s*")


def codes_explained(rows: Rows, opener: Callable[[Path], bytes]) -> dict[str, str]:
    """Code -> words, of the sheets that hold two columns, a short code and its words.

    rows: the sheet that is read, with the numbers of the others. "P / O" beside "person / organization"
    are two codes. A code that two sheets explain differently is left out.
    """
    if not rows.other_sheets:
        return {}
    found: dict[str, str] = {}
    twice: set[str] = set()
    for sheet in read_sheets(rows.path, opener).values():
        for code, words in _pairs(sheet).items():
            if found.setdefault(code, words) != words:
                twice.add(code)
    return {code: words for code, words in found.items() if code not in twice}


def keys_below(
    rows: Rows, names: Sequence[str], beside: Mapping[int, str]
) -> dict[str, dict[str, str]]:
    """Column name -> code -> words, of a key below the list: "Sexo", "1 mujer", "2 hombre".

    beside: rows set aside, with their reasons. A row without a column name goes on with the one above.
    """
    by_name = {tidy(name).casefold(): name for name in names}
    found: dict[str, dict[str, str]] = {}
    of = ""
    for number, cells in rows.rows:
        texts = [text for cell in cells if (text := tidy(cell))]
        if beside.get(number) != KEY or not texts:
            continue
        begins = texts[0].partition(":")[0].strip().casefold()
        if cells[0].strip():
            of = by_name.get(begins, "")
        said = _CODE.findall(" / ".join(texts)) if of else []
        found.setdefault(of, {}).update((code, words.strip()) for code, words in said)
    return {name: means for name, means in found.items() if name and len(means) > 1}


def words_explained(cell: str, means: Mapping[str, str]) -> list[str]:
    """Words of each code in a cell, in their order; empty where it holds none.

    >>> words_explained("D2 y C1", {"D2": "arrest", "C1": "charge"})
    ['arrest', 'charge']
    """
    text = tidy(cell)
    if whole := means.get(text) or means.get(text.upper()):
        return [whole]
    return [means[word] for word in re.findall(r"\w+", text) if word in means]


def _pairs(sheet: Rows) -> dict[str, str]:
    filled = [[text for cell in cells if (text := tidy(cell))] for _, cells in sheet.rows]
    pairs = [row for row in filled if len(row) == 2 and len(row[0]) <= LONGEST_CODE]
    if len(pairs) < FEWEST_CODES or len(pairs) < MOSTLY * len(filled):
        return {}
    found: dict[str, str] = {}
    for code, words in pairs:
        codes, meanings = _SLASH.split(code), _SLASH.split(words)
        found |= (
            dict(zip(codes, meanings, strict=True))
            if len(codes) == len(meanings)
            else {code: words}
        )
    return {code: words for code, words in found.items() if code and not code.islower()}
