"""What a user's own file holds beside the table of the list, by row, so that nothing is lost in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from hrdresearch.clean.text import put_on_one_line, unaccented
from hrdresearch.sources.file_record import Book
from hrdresearch.sources.legends import legend_below
from hrdresearch.sources.reading import Rows
from hrdresearch.vocab import vocabulary

TOTALS = "A row of totals, and no person."
SECOND_TABLE = "A second table begins in row {row}: put it into a file of its own."
REMARK = "A line of text beside the table, and no row of it."
SECTION = "A heading of a section, in one cell alone, and no row of the list."
AGAIN = "The header stands here again."
KEY = "A key of codes below the list, and no row of it."
STRUCK = "The row is struck through: it does not count until the stroke is taken away."
NO_ROW = (TOTALS, SECOND_TABLE.split("{")[0], REMARK, SECTION, AGAIN, KEY)  # beginnings of reasons
NO_PERSONS = (TOTALS, SECTION, AGAIN, KEY)  # reasons of rows that name nobody
MOSTLY = 0.8  # share of the column names that a repeated header has
FEWEST_COLUMNS = 4  # of a list in which one filled cell is no row
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NO_YEAR_OF_ALL = re.compile(  # since, until, as of: not the year of all rows below
    r"\b(?:desde|hasta|antes|despues|since|until|before|after|depuis|jusqu|avant|apres|ate|partir|actualizad|updated)"
)
_OF_A_YEAR = re.compile(r"(?:del )?(?:ano|anio|year|annee|год|سنة|عام)\W*(?:19|20)\d\d\W*")
_IN_BRACKETS = re.compile(r"\([^()]*\)")  # "2025 (hasta la fecha)", but not "2021 (o antes)"
_OF_OTHER_YEARS = re.compile(r"\b(?:19|20)\d\d\b|\b(?:antes|despues|before|after|avant|apres)")
FEWEST_OF_REMARK = 6  # words; a name has fewer
MOST_OF_TOTALS = 4  # most cells with text in a row of totals
ROWS_NAMED = 20
FEW = 20  # rows that are told one by one, however short the list


def rows_beside(rows: Rows, header: Sequence[str], first: int) -> dict[int, str]:
    """Find rows that are no row of the list, or do not count. Row -> reason.

    These are totals, remarks, headings of sections, the header again, a key of codes, a second table below,
    and rows struck through. first: last row of the column names.
    """
    names = {text for name in header if name for text in (name.strip(), name.rpartition(" / ")[2])}
    named = sum(not re.fullmatch(r"column \d+", name) for name in header if name)
    over = {top for top, left, _, right in rows.merged if right > left}
    is_numbered = _is_numbered(rows, first)
    found: dict[int, str] = {}
    legend = set(legend_below(rows.rows, header, first))
    below = ""
    after_totals = False
    for number, cells in rows.rows:
        filled = [text for cell in cells if (text := cell.strip())]
        if number <= first or not filled:
            continue
        if number in legend:
            found[number] = KEY
            continue
        again = sum(text in names for text in filled)
        if again >= max(2, MOSTLY * named) and again >= MOSTLY * len(filled):
            found[number] = AGAIN
            continue
        if not below and 2 <= again >= len(filled) / 2 and again < named:
            below = SECOND_TABLE.format(row=number)
        if not below and len(filled) == 1 and _folded(filled[0]).strip(" :.") in _words("keys"):
            below = KEY
        if below:
            found[number] = below
        elif len(filled) <= MOST_OF_TOTALS and _is_total(filled):
            found[number], after_totals = TOTALS, True
        elif after_totals and len(filled) == 2 < named and filled[1].isdigit():
            found[number] = TOTALS
        elif len(filled) == 1 < named and _is_remark(filled[0]):
            found[number] = REMARK
        elif len(filled) == 1 < named and (
            _OF_A_YEAR.fullmatch(_folded(filled[0]))
            or (
                named >= FEWEST_COLUMNS
                and bool(cells[0].strip())
                and (
                    number in over
                    or _YEAR.search(filled[0])
                    or (is_numbered and _is_text(filled[0]))
                )
            )
        ):
            found[number] = SECTION
        elif number in rows.marks.struck_out:
            found[number] = STRUCK
    return found


def years_above(rows: Rows, beside: Mapping[int, str]) -> dict[int, tuple[int, int]]:
    """The year that a heading of a section says, for the rows below until the next year.

    beside: what ``rows_beside`` found. Row -> year and row of the heading. A heading of several years, or of
    a time since or until a year, gives none; what stands in brackets behind a year makes no difference.
    """
    found: dict[int, tuple[int, int]] = {}
    held: tuple[int, int] | None = None
    for number, cells in rows.rows:
        if beside.get(number) == SECTION:
            text = _folded(" ".join(cells))
            text = _IN_BRACKETS.sub(
                lambda found: found[0] if _OF_OTHER_YEARS.search(found[0]) else " ", text
            )
            if _YEAR.search(text):
                years = re.findall(r"\d+", text)
                is_one = len(years) == 1 and not _NO_YEAR_OF_ALL.search(text)
                held = (int(years[0]), number) if is_one else None
        elif held and number not in beside:
            found[number] = held
    return found


def _is_numbered(rows: Rows, first: int) -> bool:
    """Whether the first column holds numbers or codes of the rows, and no names."""
    whole = [c for n, c in rows.rows if n > first and sum(map(bool, c)) >= FEWEST_COLUMNS]
    numbered = sum(bool(c[0].strip()) and not _is_text(c[0]) for c in whole)
    return bool(whole) and numbered >= MOSTLY * len(whole)


def marks_beside(rows: Rows, first: int) -> Iterator[tuple[tuple[int, ...], str, str]]:
    """What a workbook holds beside the text of cells: rows (() is the whole file), what, what to do."""
    read = {
        number for number, cells in rows.rows if number > first and any(c.strip() for c in cells)
    }
    yield from (((), said, "look at it") for said in rows.said)
    m = rows.marks
    for numbers, what, done in (
        (m.hidden, "A row that is hidden or filtered away.", "it is read like the others"),
        (m.noted, "A note stands on a cell of the row.", "not read: write it into a column"),
        (
            tuple(n for n in m.struck if n not in m.struck_out),
            "Text of the row is struck through.",
            "read all the same: take the row out, or not",
        ),
        (m.coloured, "A cell of the row is coloured.", "not read: write the meaning into a column"),
    ):
        of_list = tuple(n for n in numbers if n in read)
        if len(of_list) > max(FEW, len(read) / 2):  # so many are the stripes of a table style
            yield (), f"{what.removesuffix('.')}: so are {len(of_list)} rows.", done
        elif of_list:
            yield of_list, what, done
    if m.columns:
        yield (), f"Columns are hidden ({m.columns}).", "they are read like the others"
    if m.pictures:
        yield (), f"Pictures stand on the sheet ({m.pictures}).", "what they show is not read"
    for number, n in rows.other_sheets:
        what = f"Sheet {number} of the workbook is not read; it has {n} rows that hold something."
        yield (
            (),
            what,
            "if these are rows of the list, put them below those of the sheet that is read; contacts and "
            "keys of abbreviations stay where they are",
        )


def _folded(cell: str) -> str:
    return unaccented(put_on_one_line(cell).casefold())


def _is_total(filled: Sequence[str]) -> bool:
    word = _folded(filled[0]).replace(":", " ").split(" ")[0]
    return word in _words("totals") and not any(_is_text(text) for text in filled[1:])


def _is_remark(text: str) -> bool:
    """Whether the only text of a row is longer than a name, or begins like a note ("Fuente: ...")."""
    begins = (
        _folded(text.partition(":")[0]) in _words("remarks")
        if ":" in text
        else text.startswith("*")
    )
    return begins or len(text.split()) >= FEWEST_OF_REMARK


def rows_of_nobody(rows: Rows, book: Book) -> set[int]:
    """Numbers of the rows set aside whose words name nobody: totals, headings, keys, and sentences."""
    told = book.set_aside_frame()
    notes = set(told.loc[told["reason"].eq(REMARK), "row"])
    sentences = {n for n, cells in rows.rows if n in notes and _is_sentence(" ".join(cells))}
    return sentences | set(told.loc[told["reason"].isin(NO_PERSONS), "row"])


def _is_sentence(text: str) -> bool:
    """Whether a remark is no long name: it has a colon, or most of its words begin with a small letter.

    >>> _is_sentence("OJO no mandar la lista a nadie"), _is_sentence("Ana de la Cruz Invento y Ejemplo")
    (True, False)
    """
    words = text.split()
    return ":" in text or 2 * sum(word[0].islower() for word in words) > len(words)


def _is_text(text: str) -> bool:
    return not any(c.isdigit() for c in text)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_folded(str(word)) for word in vocabulary("list_values")[name])
