"""Values of a user's own list that do not stand in its source.yml, read by the words of the vocabularies.

A value that one row alone has may be a person's own words, so it is not written into the open file. Where
``other_values`` of source.yml names its vocabulary, it is coded at each build all the same: the code says
no more of the person than the codes of other rows do. Rows whose words have no code are counted: no page
may call them not recorded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pandas as pd

from hrdresearch.clean.terms_in_cells import holds_term, without_term
from hrdresearch.clean.text import (
    put_on_one_line,
    says_nothing,
    split_known_values,
    split_values,
    unaccented,
)
from hrdresearch.clean.value_words import code_by_words, code_of, parts_unread, sex_of_letters
from hrdresearch.clean.word_forms import fold
from hrdresearch.sources.reads_declared import columns_of, fields_of
from hrdresearch.sources.rows_of_case import JOINED
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.cases import NOT_RECORDED
from hrdresearch.vocab import codes

NO_CODE = "recorded in words without a code,"
CALLED = {"not_recorded": "not recorded", "unknown": "recorded as unknown"}
CODED = "in words that have a code"
READ = "A value that does not stand in source.yml."
Found = dict[str, dict[str, str | list[str]]]


def read_values_by_words(sheet: Sheet) -> Found:
    """By vocabulary, each value of a sheet that only its words give a code, with its codes.

    Each row with such a value is an issue in the book.
    """
    found: Found = {}
    for field, name, has_several in _coded_fields(sheet):
        how = sheet.layout.reads[field]
        known = {_folded(value) for value in sheet.spec.crosswalks.get(name, {})}
        known |= {_folded(value) for value in sheet.spec.by_words.get(name, ())}
        for column in columns_of(how):
            cells = sheet.text(column)
            if "also" in how:
                cells = cells.map(lambda cell: without_term(cell) if holds_term(cell) else cell)
            letters = sex_of_letters(cells.unique()) if name == "sex" else {}
            of_letter = {letter: code for letter, (code,) in letters.items()}
            for cell in cells.unique():
                coded = {
                    value: of_value
                    for value in _values(cell, how, has_several, known)
                    if (of_value := of_letter.get(fold(value)) or _codes(value, name, has_several))
                }
                found.setdefault(name, {}).update(coded)
                if coded:
                    rows = [int(row) for row in cells.index[cells == cell]]
                    sheet.book.issues_at(rows, column, READ, "coded by the words of the vocabulary")
                    if any(code_of(v, name)[1] is False and parts_unread(v, name) for v in coded):
                        sheet.uncoded.setdefault(field, set()).update(rows)
                        sheet.uncoded_as.setdefault(field, NOT_RECORDED)
    return found


def _coded_fields(sheet: Sheet) -> Iterator[tuple[str, str, bool]]:
    """Fields with codes, their vocabularies, and whether a cell may hold several values."""
    reads, table = sheet.layout.reads, sheet.spec.facts.table
    for field, entry in fields_of(table).items():
        name = entry.get("codes", "")
        if field in reads and name in sheet.spec.by_words:
            yield field, name, str(entry.get("asked", "")).endswith("_codes")
    if table == "detentions" and "status" in reads and "exit" not in reads:
        yield from [("status", "detention_exit", False)][: "detention_exit" in sheet.spec.by_words]


def _values(cell: str, how: Mapping[str, Any], has_several: bool, known: set[str]) -> Iterator[str]:
    """Values of a cell that no crosswalk knows, cut as the field is read."""

    def is_known(value: str) -> bool:
        return bool({_folded(value), unaccented(_folded(value))} & known)

    split = str(how.get("split", ""))
    if "part" in how:
        cell, split = [*cell.split(split), "", ""][int(how["part"]) - 1].strip(), ""
    if is_known(cell):
        return
    parts = split_values(cell, split) if has_several else split_values(cell, "")
    if has_several:
        parts = [value for part in parts for value in split_values(part, JOINED)]
    for part in parts:
        cut = has_several and bool(split_known_values(part, is_known))
        if not (cut or is_known(part) or says_nothing(part)):
            yield part


def _codes(value: str, name: str, has_several: bool) -> str | list[str]:
    found, _ = code_by_words(value, name)
    if not set(found) <= set(codes(name)):
        return ""
    return list(found) if has_several else found[0] if len(found) == 1 else ""


def _folded(value: Any) -> str:
    return put_on_one_line(str(value)).casefold()


def rows_without_code(sheet: Sheet, accepted: pd.DataFrame) -> dict[str, int]:
    """By column of the table, how many accepted rows hold words without a code, in full or in part."""
    kept = set(accepted["source_row"].astype(int)) if "source_row" in accepted else set()
    columns = _columns(sheet)
    found = {columns[f]: len(rows & kept) for f, rows in sheet.uncoded.items() if f in columns}
    return {column: n for column, n in found.items() if n}


def words_without_code(sheet: Sheet, uncoded: Collection[str]) -> dict[str, str]:
    """Entries of ``SourceFacts.unknown_as`` for columns of which some words have no code.

    The code that such a row has is called by both things that it may stand for.
    """
    words: dict[str, str] = {}
    for field, column in _columns(sheet).items():
        code = sheet.uncoded_as.get(field, "")
        if column in uncoded and code in CALLED:
            words |= {
                f"{column}.{code}": f"{CALLED[code]}, or {NO_CODE}",
                f"{column}.known": CODED,
            }
    return words


def _columns(sheet: Sheet) -> dict[str, str]:
    """By field of the list, the column of the table that it fills."""
    known = fields_of(sheet.spec.facts.table)
    return {f: str(entry["asked"]) for f, entry in known.items() if "asked" in entry}
