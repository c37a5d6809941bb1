"""Reads a list as its source.yml says for each field, without code for this list.

``reads`` of a layout has an entry for each field of vocabulary ``list_fields``::

    date: {column: Fecha, order: dmy}            # or calendar: hijri | persian | ethiopian | buddhist | excel
    date: {columns: [Year, Month, Day]}
    arrest_date: {column: Period, split: ":", part: 1}    # two dates in a cell, from and to
    name: {columns: [Nombres, Apellidos]}        # joined by a space
    cause: {column: Causa, split: ";"}           # several values in a cell
    perpetrator: {yes_in: {Police: police, Army: armed_forces}}    # a column for each value
    state: {value: COL}                          # the same in every row
    sentence: {column: Condena, unit: years}     # what a number without a word counts
    release_date: {column: Salida, empty: held}  # who has no day of release is still held
    stage: {column: Estado del caso, also: sentence}  # "cond. 16 años" holds the sentence, too
    charge: {column: Delitos, means: {TERR: terrorismo}}     # what the list's own short forms stand for

``"?"`` in place of a value is a question that nobody has answered; the list is not read with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
from rapidfuzz import fuzz

from hrdresearch.clean.ages import AGES
from hrdresearch.clean.calendars import GREGORIAN, SERIAL, to_gregorian, western_digits
from hrdresearch.clean.terms_in_cells import holds_term, without_term
from hrdresearch.clean.text import (
    put_on_one_line,
    says_nothing,
    split_known_values,
    split_values,
    unaccented,
)
from hrdresearch.names.person_or_group import are_organizations
from hrdresearch.sources.legends import in_words
from hrdresearch.sources.reads_declared import SENTENCE, columns_of, fields_of
from hrdresearch.sources.rows_of_case import JOINED
from hrdresearch.sources.said_years import give_years
from hrdresearch.sources.sheet import Sheet
from hrdresearch.vocab import codes

TEXTS = ("notes", "charge", "contributor", "sentence")
# fmt: off
YES = frozenset(("yes", "y", "x", "1", "true", "si", "sí", "sim", "oui", "да", "نعم", "+", "v", "✓", "✔"))
NO = frozenset(("", "no", "n", "0", "false", "não", "nao", "non", "нет", "لا", "-", "na", "n/a", "none"))
# fmt: on
SEVERAL_PERSONS = "Several persons stand in one cell: give each a row of the same case."
ENDED = (
    "ended"  # how a detention ended, by the word of what happened; of lists without such a column
)
AS_WRITTEN = " as written"  # after the name of a field of a day: its cell, for words beside the day
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d+)?")
_SERIAL = r"[1-4]\d{4}(?:\.0)?"  # from 1927 to 2036


def read_fields(sheet: Sheet) -> None:
    """Replace the columns of the list by its fields, as its layout says; headings go to the book.

    Afterwards ``sheet.cells`` has a column for each field: text, dates as ``2021-05-31``, several values of
    a cell joined by ";". What is doubted or lost is in the book, under the column of the file.
    """
    table = sheet.spec.facts.table
    known = fields_of(table)
    day = "arrest_date" if table == "detentions" else "date"
    give_years(sheet, day)
    reads = sheet.layout.reads
    terms = [_terms(sheet, how) for how in reads.values() if "also" in how]
    fields = {f: _field(sheet, f, known[f], how) for f, how in reads.items()}
    fields |= dict(zip([SENTENCE], terms, strict=False))
    frame = pd.DataFrame({"name": "", **fields}, index=sheet.cells.index, dtype="object")
    if {"given_name", "family_name"} & set(fields):
        parts = [fields[f] for f in ("given_name", "family_name") if f in fields]
        whole = _joined(parts, " ")
        frame["name"] = frame["name"].where(frame["name"] != "", whole)
    _leave_several_persons(sheet, frame)
    for field in ("arrest_date", "release_date"):
        if columns := columns_of(sheet.layout.reads.get(field, {})):
            how = sheet.layout.reads[field]
            texts = [sheet.text(c) for c in columns]
            if "part" in how:
                texts = [t.map(lambda cell, how=how: _part(cell, how)) for t in texts]
            frame[f"{field}{AS_WRITTEN}"] = _joined(texts, " ")
    if "date_year" in fields:
        frame[day] = _day_from_parts(sheet, frame, day)
    if "status" in fields:
        if table == "detentions" and "exit" not in fields:  # one word tells both
            frame[ENDED] = _known_only(sheet, frame["status"], "detention_exit")
        frame["status"] = _crossed(sheet, frame["status"], "list_status")
    if table == "detentions":
        _read_beside(sheet, frame, fields)
    sheet.cells = frame
    headings = {f: _heading(how) for f, how in sheet.layout.reads.items()}
    sheet.book.headings = {f: heading for f, heading in headings.items() if heading}


def _terms(sheet: Sheet, how: Mapping[str, Any]) -> pd.Series:
    """Cells that hold the length of a sentence beside the stage, which is then read without it."""
    column = columns_of(how)[0]
    cells = sheet.text(column)
    found = cells.where(cells.map(holds_term).astype(bool), "")
    what, done = "A length of time stands beside words of a judgment.", "read as the sentence"
    sheet.book.issues_at(found.index[found != ""], column, what, done)
    return found


BESIDE = {  # fields of a detention that words of another column tell, where they have no column of their own
    "stage": ("proceedings_stage", "status"),
    "measure": ("custody_measure", "status"),
    "status": ("list_status", "stage"),
}


def _read_beside(sheet: Sheet, frame: pd.DataFrame, fields: Mapping[str, pd.Series]) -> None:
    """Add fields that whole words of another column tell: "арест" of a status is a measure, too."""
    told = {
        field: _known_only(sheet, fields[column], name)
        for field, (name, column) in BESIDE.items()
        if field not in fields and column in fields
    }
    for field, cells in told.items():
        frame[field] = cells


_JOINS_NAMES = re.compile(r"\s(?:y|and|et|&|и)\s")
_BETWEEN_NAMES = re.compile(
    r"\s*[|\n/;]\s*|\s+(?:y|and|et|&|и)\s+(?:(?:su|his|her|their|son|sa)\s+\w+\s+)?"
)
_NAME = r"[^\W\d_a-zа-я][\w'’-]+"  # begins with a capital, or a letter of a script without them
_GIVEN_NAMES = re.compile(rf"{_NAME}\s(?:y|and|et|&|и)\s(?:{_NAME}\s+)*{_NAME}\s+{_NAME}")
_KINSHIP = re.compile(
    r"\s*\((?:herman[oa]s|espos[oa]s|pareja|padre e hij[oa]|madre e hij[oa]|brothers|sisters|siblings|couple"
    r"|fr[eè]res|s[oœ]e?urs|époux|братья|сестры|супруги|إخوة|أشقاء|زوجان)\)\s*",
    re.IGNORECASE,
)
_SEXES = re.compile(r"[2-9]\s*[^\W\d_]+\.?")  # "2 H", "3 mujeres"
SEEMS_SEVERAL = "This cell seems to name two persons or more."
ALIKE = 60.0  # of two given names, in per cent, by rapidfuzz


def _leave_several_persons(sheet: Sheet, frame: pd.DataFrame) -> None:
    """Set aside rows whose cell names several persons: by a sign or a word between whole names.

    Where sex or age speaks of several ("2 H", "61 y 63") and the name of one, the row is told.
    """
    names = frame["name"]
    columns = columns_of(sheet.layout.reads.get("name", {}))
    written = sheet.cells[columns[0]] if len(columns) == 1 else names  # with its line breaks
    may_be = written[~are_organizations(names)]
    is_several = may_be.map(_names_several).astype(bool)
    for row in may_be.index[is_several]:
        sheet.book.set_aside(int(str(row)), SEVERAL_PERSONS)
    for field, of_several in (("sex", _SEXES), ("age", AGES)):
        for column in columns_of(sheet.layout.reads.get(field, {})):
            cells = sheet.text(column)[may_be.index[~is_several]]
            said = cells.index[cells.str.fullmatch(of_several).astype(bool)]
            sheet.book.issues_at(said, column, SEEMS_SEVERAL, "counted as one person")


def _names_several(cell: str) -> bool:
    """Whether each part of a cell has two words or more that begin like those of a name.

    >>> [_names_several(c) for c in ("Ana y Luis Invento (hermanos)", "José Ortega y Gasset")]
    [True, False]
    """
    if _GIVEN_NAMES.fullmatch(bare := _KINSHIP.sub("", cell).strip()):
        return True
    parts = [part.split() for part in _BETWEEN_NAMES.split(bare)]
    whole = [p for p in parts if len(p) > 1]
    if "|" in cell and len([p for p in cell.split("|") if len(p.split()) > 1]) > 1:
        return True
    if len(whole) < 2 or not all(w[:1].isupper() for p in parts for w in (*p[:1], *p[-1:])):
        return False
    if _JOINS_NAMES.search(cell):
        return True
    first = [unaccented(p[0].casefold()) for p in whole]  # alike: one name in two spellings
    return not (len({word.isascii() for word in first}) > 1 or fuzz.ratio(*first[:2]) > ALIKE)


def _field(sheet: Sheet, field: str, entry: Mapping[str, Any], how: Mapping[str, Any]) -> pd.Series:
    """Text of one field for each row."""
    if "value" in how:
        return pd.Series(str(how["value"]), index=sheet.cells.index, dtype="object")
    if "yes_in" in how:
        return _wide(sheet, field, how["yes_in"], takes_words="codes" not in entry)
    columns = columns_of(how)
    split = str(how.get("split", ""))
    kind = entry["kind"]
    if kind == "date":
        return _dates(sheet, columns, how)
    texts = [sheet.text(c) for c in columns]
    if "also" in how:
        texts = [
            t.map(lambda cell: without_term(cell) if holds_term(cell) else cell) for t in texts
        ]
    if means := {str(code): words for code, words in how.get("means", {}).items()}:
        texts = [t.map(lambda cell: in_words(cell, means)) for t in texts]
    if "part" in how:
        texts, split = [t.map(lambda cell: _part(cell, how)) for t in texts], ""
    if kind == "codes" and "asked" in entry and field != "status":
        whole = _whole_cells(sheet, entry["codes"], split)
        has_several = str(entry["asked"]).endswith("_codes")
        known = frozenset(_known(sheet, entry["codes"]) if has_several else ())
        return _joined([t.map(lambda c: _parted(c, split, whole, known)) for t in texts], JOINED)
    text = _joined(
        texts, " " if kind in ("person", "name_part") else "; " if field in TEXTS else " "
    )
    if "yes_means" in how:
        return _crossed(sheet, text, entry["codes"]).replace({"yes": "no", "no": "yes"})
    if kind == "age":
        return text.map(lambda cell: "" if says_nothing(cell) else cell)
    if "unit" in how:
        return text.map(lambda cell: f"{cell} {how['unit']}" if _NUMBER.fullmatch(cell) else cell)
    if kind == "number":
        return text.map(lambda cell: "" if says_nothing(cell) else western_digits(cell))
    return text.map(western_digits) if kind in ("year", "month", "day") else text


def _parted(cell: str, split: str, whole: Mapping[str, str], known: frozenset[str]) -> str:
    """Split a cell into its values, joined again; a cell that the crosswalk knows as a whole is not split.

    known: values that have a code; a cell is split at other signs too, if each of its parts is known.
    """
    if (codes_of_cell := whole.get(cell.casefold())) is not None:
        return codes_of_cell
    parts = split_values(cell, split)
    return JOINED.join(
        value for part in parts for value in split_known_values(part, _is_in(known)) or [part]
    )


def _is_in(known: frozenset[str]) -> Callable[[str], bool]:
    return lambda value: bool({value.casefold(), unaccented(value.casefold())} & known)


def _whole_cells(sheet: Sheet, vocabulary_name: str, split: str) -> dict[str, str]:
    """Joined codes of those values of a crosswalk that contain a sign which separates values."""
    return {
        put_on_one_line(str(value)).casefold(): JOINED.join(
            map(str, found if isinstance(found, list) else [found])
        )
        for value, found in sheet.spec.crosswalks.get(vocabulary_name, {}).items()
        if JOINED in str(value) or (split and split in str(value))
    }


def _part(cell: str, how: Mapping[str, Any]) -> str:
    """The first or second value of a cell that holds two; "" where there is none."""
    return [*cell.split(str(how["split"])), "", ""][int(how["part"]) - 1].strip()


def _joined(texts: Sequence[pd.Series], by: str) -> pd.Series:
    """Several columns as one, empty cells left out."""
    rows = zip(*texts, strict=True)
    joined = [by.join(dict.fromkeys(part for part in row if part)) for row in rows]
    return pd.Series(joined, index=texts[0].index, dtype="object")


def _wide(
    sheet: Sheet, field: str, yes_in: Mapping[str, str], takes_words: bool = False
) -> pd.Series:
    """Join the values of all columns with a yes; a cell that is neither yes nor no is an issue.

    takes_words: such a cell is a value itself ("other: treason").
    """
    found = []
    for column, value in yes_in.items():
        texts = sheet.text(str(column))
        cells = texts.map(str.casefold)
        odd = ~cells.isin(YES | NO) & ~cells.map(says_nothing)
        part = cells.isin(YES).map({True: str(value), False: ""})
        if takes_words:
            part = part.mask(odd, texts)
        else:
            what, done = "Neither yes nor no.", f"not counted under {field}"
            sheet.book.issues_at(cells.index[odd], str(column), what, done)
        found.append(part)
    return _joined(found, JOINED)


def _dates(sheet: Sheet, columns: Sequence[str], how: Mapping[str, Any]) -> pd.Series:
    """Dates as ``2021-05-31``, ``2021-05`` or ``2021``; what cannot be read is an issue and emptied."""
    order, calendar = str(how.get("order", "ymd")), str(how.get("calendar", GREGORIAN))
    texts = [sheet.text(c) for c in columns]
    cells = texts[0] if len(texts) == 1 else _from_parts(texts)
    if "part" in how:
        cells = cells.map(lambda cell: _part(cell, how))
    return _dates_of(sheet, columns[0], cells, order, calendar)


def _dates_of(sheet: Sheet, column: str, cells: pd.Series, order: str, calendar: str) -> pd.Series:
    cells = cells.map(lambda cell: "" if says_nothing(cell) else cell)
    if calendar == GREGORIAN:
        cells = _with_serials(sheet, column, cells)
    read = to_gregorian(cells, calendar, order)
    for row, problem in read["problem"][read["problem"] != ""].items():
        done = "taken as said" if read.at[row, "text"] else "emptied"
        sheet.book.issue(int(str(row)), column, f"The date {problem}.", done)
    found = sheet.dates(column, order, read["text"])
    pairs = zip(found["event_date"], found["event_date_precision"], strict=True)
    texts = ["" if pd.isna(day) else day.strftime(_AS[precision]) for day, precision in pairs]
    return pd.Series(texts, index=cells.index, dtype="object")


def _with_serials(sheet: Sheet, column: str, cells: pd.Series) -> pd.Series:
    """Day numbers of a spreadsheet among other dates, as dates; each is an issue."""
    numbered = cells[cells.str.fullmatch(_SERIAL) & cells.str.contains("[1-9]")]
    read = to_gregorian(numbered, SERIAL, "ymd")["text"]
    read = read[read != ""]
    what, done = "The day number of a spreadsheet.", "read as the day that it stands for"
    sheet.book.issues_at(map(int, read.index), column, what, done)
    return cells.mask(cells.index.isin(read.index), read.reindex(cells.index))


_AS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


def _from_parts(texts: Sequence[pd.Series]) -> pd.Series:
    """Dates from columns of year, month and day, in this order; a month may be a word."""

    def one(year: str, month: str = "", day: str = "") -> str:
        parts = [western_digits(p).removesuffix(".0") for p in (year, month, day)]
        if not parts[0] or parts[1] in ("", "0"):
            return parts[0]
        if not parts[1].isdigit():
            return f"{parts[2]} {parts[1]} {parts[0]}".strip()
        has_day = parts[2].isdigit() and int(parts[2])
        return f"{parts[0]}-{int(parts[1]):02}" + (f"-{int(parts[2]):02}" if has_day else "")

    rows = zip(*texts, strict=True)
    return pd.Series([one(*row[:3]) for row in rows], index=texts[0].index, dtype="object")


def _day_from_parts(sheet: Sheet, frame: pd.DataFrame, day: str) -> pd.Series:
    """The date of a row: from its column, else from the columns of year, month and day."""
    empty = pd.Series("", index=frame.index, dtype="object")
    parts = [frame.get(f"date_{part}", empty) for part in ("year", "month", "day")]
    reads = sheet.layout.reads
    calendar = str(reads["date_year"].get("calendar", GREGORIAN))
    built = _dates_of(sheet, _heading(reads["date_year"]), _from_parts(parts), "ymd", calendar)
    given = frame.get(day, empty)
    return given.where(given != "", built)


def _crossed(sheet: Sheet, cells: pd.Series, vocabulary_name: str) -> pd.Series:
    """Codes of the crosswalk; a value without a code is kept, and the template decides on it."""
    known = _known(sheet, vocabulary_name)
    return cells.map(
        lambda cell: known.get(cell.casefold(), known.get(unaccented(cell.casefold()), cell))
    )


def _known(sheet: Sheet, vocabulary_name: str) -> dict[str, str]:
    """Values of a crosswalk in small letters, each with its entry."""
    crosswalk = sheet.spec.crosswalks[vocabulary_name]
    return {put_on_one_line(str(k)).casefold(): str(v) for k, v in crosswalk.items()}


def _known_only(sheet: Sheet, cells: pd.Series, vocabulary_name: str) -> pd.Series:
    """Codes of the crosswalk; "" for a value without one."""
    crossed = _crossed(sheet, cells, vocabulary_name)
    return crossed.where(crossed.isin(codes(vocabulary_name)), "")


def _heading(how: Mapping[str, Any]) -> str:
    return str(how["column"]) if "column" in how else ", ".join(columns_of(how))
