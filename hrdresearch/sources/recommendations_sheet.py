"""Rows of sources of recommendations: one for each published row, with the States that made it.

The columns are the same for every source; the build codes them and makes recommendations and pairs.
Names of States become codes here, with an issue for each name that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import pandas as pd

from hrdresearch.sources.sheet import Sheet
from hrdresearch.vocab.states import to_iso3
from hrdresearch.vocab.upr import cycle_of_session, session_of_symbol, year_of_session

RECOMMENDATION, PLEDGE = "recommendation", "pledge"
SEPARATOR = "|"
LARGEST_NUMBER = 1e9  # a larger number is no number of a recommendation
DEFAULTS: dict[str, Any] = {
    "kind": RECOMMENDATION,
    "state_iso3": None,
    "session": pd.NA,
    "document_symbol": "",
    "paragraph": "",
    "text": "",
    "recommending": "",
    "response_code": "not_recorded",
    "response_raw": "",
    "position_status_code": "not_recorded",
    "source_action_code": "",
    "source_issues": "",
    "implementation_code": "not_known",
    "record_id": "",
}
_LAST_JOINT = re.compile(r"[\s,;]*(?:\b(?:and|et|y)\s*)?$")
NO_STATE_GIVEN = frozenset(("unknown", "(unknown)", "&#40;unknown&#41;", "n/a", "-", ""))
# Names that lists of recommendations use beside the official ones.
UNOFFICIAL_NAMES = {
    "dpr korea": "PRK",
    "dprk": "PRK",
    "macedonia fyr": "MKD",
    "fyrom": "MKD",
    "fyr macedonia": "MKD",
    "the fyr of macedonia": "MKD",
    "rok": "KOR",
    "uk": "GBR",
    "usa": "USA",
    "uae": "ARE",
    "drc": "COD",
    "dr congo": "COD",
    "palestine": "PSE",
    "the state of palestine": "PSE",
    "bolivia": "BOL",
    "iran": "IRN",
    "venezuela": "VEN",
    "tanzania": "TZA",
    "moldova": "MDA",
    "lao": "LAO",
    "micronesia": "FSM",
    "saint vincent & the grenadines": "VCT",
    "lao pdr": "LAO",
    "ksa": "SAU",
    "republic of ireland": "IRL",
    "congo (republic of the)": "COG",
    "royaume-uni": "GBR",
    "reino unido": "GBR",
    "estados unidos de américa": "USA",
    "türkiye (republic of)": "TUR",
}


@cache
def state_code(name: str) -> str | None:
    """ISO3 code of a State, by any name that recommendations use; None when it is not a State.

    >>> state_code("DPR Korea"), state_code("Bosnia and Herzegovina"), state_code("prisoners")
    ('PRK', 'BIH', None)
    """
    text = re.sub(r"\s+", " ", name).strip(" .;,\u200b")
    known = (
        to_iso3(text) or UNOFFICIAL_NAMES.get(text.casefold()) or to_iso3(text.replace("’", "'"))
    )
    return known or _code_without_line_break(text)


def recommendation_rows(sheet: Sheet, **columns: Any) -> pd.DataFrame:
    """Put the columns of recommendations together, without the rows that were set aside.

    columns: columns by name; those of ``DEFAULTS`` that are not given have the default. source,
    source_file, source_row, cycle and review_year are added. A row without a text or without a
    State under review is set aside.
    """
    frame = pd.DataFrame(index=sheet.cells.index)
    frame["source"] = sheet.spec.facts.slug
    frame["source_file"] = sheet.table.path.name
    frame["source_row"] = frame.index
    for column, default in DEFAULTS.items():
        frame[column] = columns.get(column, default)
    for row in frame.index[frame["text"].astype(str).str.strip() == ""]:
        sheet.book.set_aside(int(row), "The row holds no text of a recommendation.")
    for row in frame.index[frame["state_iso3"].isna()]:
        sheet.book.set_aside(int(row), "The State under review is not known.")
    frame = frame[~frame.index.isin(sheet.book.rows_aside)].reset_index(drop=True)
    missing = frame["session"].isna()
    sessions = [
        (session_of_symbol(str(symbol)) if is_missing else session)
        for symbol, session, is_missing in zip(
            frame["document_symbol"], frame["session"], missing, strict=True
        )
    ]
    frame["session"] = pd.array([pd.NA if s is None else s for s in sessions], dtype="Int64")
    return frame.assign(
        cycle=_of_sessions(cycle_of_session, frame["session"]),
        review_year=_of_sessions(year_of_session, frame["session"]),
    )


def columns_as_named(sheet: Sheet) -> dict[str, pd.Series]:
    """Columns of recommendations from a sheet that has them under the names of this project.

    Read are state, session, symbol, paragraph, text and recommending (names of States in one cell).
    """
    return {
        "state_iso3": reviewed_state_codes(sheet.text("state")),
        "session": whole_numbers(sheet.text("session")),
        "document_symbol": sheet.text("symbol"),
        "paragraph": sheet.text("paragraph"),
        "text": sheet.text("text"),
        "recommending": recommending_state_codes(
            sheet, "recommending", sheet.text("recommending"), parted=True
        ),
    }


def reviewed_state_codes(names: pd.Series) -> pd.Series:
    """ISO3 codes of the States under review; None for an unknown name.

    ``recommendation_rows`` sets rows with an unknown State aside.
    """
    return names.map({name: state_code(name) for name in names.unique()}).astype("object")


def recommending_state_codes(
    sheet: Sheet, column: str, cells: pd.Series, *, parted: bool = False
) -> pd.Series:
    """ISO3 codes of the recommending States, joined by ``|``; an unknown name is an issue.

    column: name of the column, for the issues. cells: names. parted: a cell may contain several
    names ("A, B and C").
    """
    found: dict[str, str] = {}
    for cell in cells.unique():
        names = split_state_names(cell) if parted else [cell]
        known = [code for name in names if (code := state_code(name))]
        found[cell] = SEPARATOR.join(dict.fromkeys(known))
        unknown = [n for n in names if not state_code(n)]
        if unknown:
            rows = cells.index[cells == cell]
            is_empty = all(n.strip().casefold() in NO_STATE_GIVEN for n in unknown)
            what = "No recommending State is given." if is_empty else "A name that is no State."
            sheet.book.issues_at(rows, column, what, "the recommendation counts, this State not")
    return cells.map(found).astype("object")


def split_state_names(cell: str) -> list[str]:
    """Split a cell or bracket into names of States.

    A name with a comma or "and" in it is not split. A cell may have one State on each line, and a
    long name may go over several lines.

    >>> split_state_names("Chile, Bosnia and Herzegovina and Japan")
    ['Chile', 'Bosnia and Herzegovina', 'Japan']
    """
    lines = [line.strip() for line in cell.split("\n") if line.strip()]
    if len(lines) > 1:
        return _names_on_lines(lines)
    text = re.sub(r"\s+", " ", cell).strip(" ;.")
    if not text:
        return []
    if state_code(text):
        return [text]
    parts = [p for p in re.split(r"\s*[;|/]\s*|\)\s*,?\s*\(", text) if p.strip(" ()")]
    if len(parts) > 1:
        return [name for part in parts for name in split_state_names(part.strip())]
    pieces = re.split(
        r"(,\s*(?:and\s+)?|\s+and\s+|\s+&\s+|\s+-\s*|\s*-\s+|\s*[–—]\s*|\s+y\s+|\s+et\s+)", text
    )
    return _join_to_state_names(pieces)


def _names_on_lines(lines: list[str]) -> list[str]:
    """Names of States in lines: the longest runs of lines that name one, then single lines."""
    names: list[str] = []
    unread: list[str] = []
    at = 0
    while at < len(lines):
        runs = ((end, " ".join(lines[at:end])) for end in range(len(lines), at, -1))
        end, run = next(
            ((e, n) for e, run in runs if state_code(n := _LAST_JOINT.sub("", run))), (at + 1, "")
        )
        if run:
            names += [*split_state_names(_LAST_JOINT.sub("", " ".join(unread))), run]
        unread = [] if run else [*unread, lines[at]]
        at = end
    return [*names, *split_state_names(_LAST_JOINT.sub("", " ".join(unread)))]


def whole_numbers(cells: pd.Series) -> pd.Series:
    """Whole numbers (Int64) of cells such as ``13`` and ``13.0``; empty for other cells."""
    numbers = pd.to_numeric(cells, errors="coerce").round()
    numbers = pd.to_numeric(cells, errors="coerce")
    return numbers.where((numbers % 1 == 0) & (numbers.abs() < LARGEST_NUMBER)).astype("Int64")


def _join_to_state_names(pieces: list[str]) -> list[str]:
    """Names made of the longest runs of pieces that name a State.

    pieces: parts of the cell and the separators between them, in turn.
    """
    names: list[str] = []
    at = 0
    while at < len(pieces):
        for end in range(len(pieces), at, -2):
            run = "".join(pieces[at:end])
            if end == at + 1 or state_code(run):
                names.append(run.strip())
                at = end + 1
                break
        else:
            at += 2
    return [name for name in names if name.strip(" ()")]


def _code_without_line_break(text: str) -> str | None:
    """Code of a name that a line break has split inside a word ("Plurinational S tate of")."""
    for at, sign in enumerate(text):
        if sign == " " and len(text) > 6 and (code := to_iso3(text[:at] + text[at + 1 :])):
            return code
    return None


def _of_sessions(fact: Callable[[int], int | None], sessions: pd.Series) -> Any:
    """Number that belongs to each session (its cycle, its year), empty where it is not known."""
    numbers = [None if pd.isna(session) else fact(int(session)) for session in sessions]
    return pd.array([pd.NA if number is None else number for number in numbers], dtype="Int64")


def join_codes(codes: Iterable[str]) -> str:
    """Join codes by ``|``, each code once; empty ones are left out."""
    return SEPARATOR.join(dict.fromkeys(code for code in codes if code))
