"""Codes of an organization's own ("A1", "TT") that another sheet of its workbook explains in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from hrdresearch.clean.text import tidy
from hrdresearch.sources.reading import Rows, read_sheets

LONGEST_CODE = 12  # letters
FEWEST_CODES = 3
MOSTLY = 0.7  # share of the rows of a sheet that explain a code
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
