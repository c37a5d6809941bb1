"""Decisions of treaty bodies as paragraphs in JSON: a file for one decision, or one file for many.

Two containers are read: ``{"documents": [...], "paragraphs": [...]}``, whose paragraphs name their document,
and a list of the paragraphs of one decision, whose file name is its symbol in small letters
(``ccpr-c-130-d-2731-2016.json``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.clean.text import put_on_one_line
from hrdresearch.sources.errors import UnknownLayoutError, UnreadableFileError
from hrdresearch.sources.json_records import read_json_file
from hrdresearch.sources.ledger import accepted_rows
from hrdresearch.sources.reading import LARGEST_CELL, Rows
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.views import Views
from hrdresearch.vocab.states import to_iso3

PARTS = 6
HEADER = ["document", "state", *(f"text_{n}" for n in range(1, PARTS + 1))]
END, FIELD = "\n", "\t"  # of a paragraph; between its number, its heading and its text
MADE_BY_THE_BUILD = (
    *("documents_in_file", "adopted_date", "view_outcome_code", "view_ended_code"),
    *("outcome_paragraph", "claimed_articles"),
    *("violated_articles", "view_remedy_codes", "remedy_paragraphs", "answer_within_days"),
    *("view_concern_code", "concern_rule", "concern_paragraph", "state_given_by"),
    *("follow_up_grade_code", "graded_date"),
)
COMMITTEES = {"E-C-12": "cescr"}
_NUMBER = re.compile(r"(\d{1,4})-((?:19|20)\d\d)")
_SYMBOL = re.compile(
    r"(?P<body>E-C-12|[A-Z]+-[A-Z]+)-(?P<session>\d+)-D-(?P<rest>[\dA-Z-]+?)(?P<rev>-REV-\d)?"
)


def read(path: Path) -> Rows:
    """Read a file of paragraphs: a row for each document, with its text in cells of limited size.

    Raises UnknownLayoutError where the file holds no paragraphs of decisions, and UnreadableFileError
    where it is no JSON, or a document is too long.
    """
    if path.suffix.lower() != ".json":
        raise UnknownLayoutError(f"{path.name}: expected paragraphs of decisions in JSON.")
    content, loaded = read_json_file(path)
    rows = [
        (at, [document, state, *_cells(path, paragraphs)])
        for at, (document, state, paragraphs) in enumerate(_documents(path, loaded), start=2)
    ]
    if not rows:
        raise UnknownLayoutError(f"{path.name}: holds no paragraphs of decisions.")
    return Rows(path, "json", hashlib.sha256(content).hexdigest(), [(1, HEADER), *rows], "utf-8")


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``views`` with the paragraphs, which the build reads and removes.

    A document whose symbol is not that of a decision on a communication is set aside.
    """
    documents = sheet.text("document")
    read_ = {cell: _SYMBOL.fullmatch(cell.upper()) for cell in documents.unique()}
    for row in documents.index[documents.map(lambda cell: read_[cell] is None)]:
        reason = (
            "The symbol is not that of a decision: a session, D, and the number of a communication."
        )
        sheet.book.set_aside(int(row), reason)
    known = documents.map(read_)
    numbers = known.map(lambda m: _NUMBER.findall(m["rest"]) if m else [])
    states = sheet.text("state")
    given = {cell: to_iso3(cell) if cell else None for cell in states.unique()}
    unknown = states.index[states.map(lambda cell: bool(cell) and given[cell] is None)]
    sheet.book.issues_at(unknown, "state", "No State that is known.", "looked for in the text")
    return accepted_rows(
        sheet,
        Views,
        MADE_BY_THE_BUILD,
        source_file=sheet.book.file,
        view_id=known.map(lambda m: _symbol(m) if m else ""),
        committee_code=known.map(lambda m: _committee(m["body"]) if m else ""),
        session=known.map(lambda m: int(m["session"]) if m else pd.NA).astype("Int64"),
        communications=numbers.map(lambda found: "|".join("/".join(one) for one in found)),
        registered_year=numbers.map(lambda f: int(f[0][1]) if f else pd.NA).astype("Int64"),
        state_iso3=states.map(given).astype("object"),
        paragraphs=pd.Series(_texts(sheet), index=documents.index, dtype="object"),
    )


def split_paragraphs(text: str) -> list[tuple[str, str, str]]:
    """Number, heading and text of each paragraph of a document. text: as ``clean`` returns it."""
    fields = (line.split(FIELD) for line in text.split(END) if line)
    return [(number, heading, words) for number, heading, words in fields]


def _texts(sheet: Sheet) -> list[str]:
    columns = [c for c in HEADER[2:] if c in sheet.cells]
    return [END.join(cell for cell in row if cell) for row in sheet.cells[columns].to_numpy()]


def _documents(path: Path, loaded: Any) -> list[tuple[str, str, list[str]]]:
    """Document, State and lines of each decision of a file, in their order."""
    if isinstance(loaded, Mapping) and isinstance(loaded.get("paragraphs"), list):
        found: dict[str, tuple[str, list[str]]] = {}
        for one in loaded["paragraphs"]:
            if not isinstance(one, Mapping) or "docId" not in one:
                raise UnknownLayoutError(f"{path.name}: a paragraph does not name its document.")
            held = found.setdefault(str(one["docId"]), (str(one.get("country") or ""), []))
            held[1].append(_line(one, ("paragraphId", "section", "text")))
        return [(document, state, lines) for document, (state, lines) in found.items()]
    is_case = isinstance(loaded, list) and all(
        isinstance(one, Mapping) and {"ID", "Text", "Section"} <= set(one) for one in loaded
    )
    if not is_case or not loaded:
        raise UnknownLayoutError(f"{path.name}: holds no paragraphs of decisions.")
    return [(path.stem, "", [_line(one, ("ID", "Section", "Text")) for one in loaded])]


def _line(paragraph: Mapping[str, Any], keys: Iterable[str]) -> str:
    return FIELD.join(put_on_one_line(str(paragraph.get(key) or "")) for key in keys)


def _cells(path: Path, lines: Iterable[str]) -> list[str]:
    """Lines packed into as few cells as hold them, in order."""
    cells = [""]
    for line in lines:
        if len(cells[-1]) + len(line) + 1 > LARGEST_CELL:
            cells.append("")
        cells[-1] += (END if cells[-1] else "") + line
    if len(cells) > PARTS:
        raise UnreadableFileError(f"{path.name}: a document is too long to be one decision.")
    return cells + [""] * (PARTS - len(cells))


def _committee(body: str) -> str:
    return COMMITTEES.get(body, body.partition("-")[0].lower())


def _symbol(m: re.Match[str]) -> str:
    """Symbol as the United Nations writes it: ``CCPR/C/137/D/2538/2015-2539/2015``."""
    rest = "-".join("/".join(one) for one in _NUMBER.findall(m["rest"])) or m["rest"]
    rev = f"/Rev.{m['rev'][-1]}" if m["rev"] else ""
    body = "E/C.12" if m["body"] == "E-C-12" else m["body"].replace("-", "/")
    return f"{body}/{m['session']}/D/{rest}{rev}"
