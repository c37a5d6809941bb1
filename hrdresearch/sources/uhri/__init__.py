"""Universal Human Rights Index: JSON records, and the columns of the spreadsheet export.

Both contain treaty bodies and special procedures too; only recommendations of the UPR are taken.
Column names vary between exports (one is spelt "reccomending"), so they are recognized by patterns.
Some recommending States are only in the brackets of the text, not in their column; both are read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.sources.brackets import split_off_states
from hrdresearch.sources.errors import UnknownLayoutError
from hrdresearch.sources.json_records import read_json_file
from hrdresearch.sources.positions import position_of
from hrdresearch.sources.reading import Rows, read_rows
from hrdresearch.sources.recommendations_sheet import (
    join_codes,
    recommendation_rows,
    reviewed_state_codes,
    split_state_names,
    state_code,
    whole_numbers,
)
from hrdresearch.sources.sheet import Sheet

# What a column says -> our name; the first that fits is taken.
NAMES = {
    "recommending": r"rec+om+ending.?(?:stat|countr)|upr.?rec+om+ending|stat.*making",
    "state": r"^(?:countr|state|concerned|countries.?concerned|state.?under.?review|entity)",
    "text": r"^(?:text|recommendation|annotation|paragraph.?text)s?$",
    "position": r"position|response",
    "symbol": r"symbol|document.?code",
    "session": r"session",
    "cycle": r"cycle",
    "provisional": r"provisional",
    "body": r"^(?:rec+om+ending.?)?(?:body|mechanism)",
    "kind": r"^(?:annotation.?)?type$|annotation_type",
    "themes": r"^themes?$|^issues?$",
    "identifier": r"^(?:_?id|annotation.?id)$",
}
RECORDS = ("records", "results", "items", "annotations", "data", "hits", "docs")
NUMBER = re.compile(r"\s*(\d{1,3}\.\d{1,3})\.?(?!\d)\s*")


def read(path: Path) -> Rows:
    """Read an export; the columns get our names, whatever the export calls them.

    Raises UnknownLayoutError when the columns are not those of the index.
    """
    if path.suffix.lower() == ".json":
        content, header, rows = _records(path)
        sha256 = hashlib.sha256(content).hexdigest()
        numbered = list(enumerate(rows, start=2))
        kind, encoding, delimiter = "json", "utf-8", ""
    else:
        read_ = read_rows(path)
        header, numbered = read_.rows[0][1], read_.rows[1:]
        sha256, kind = read_.sha256, read_.kind
        encoding, delimiter = read_.encoding, read_.delimiter
    ours = _our_columns(header)
    if not {"state", "text"} <= set(ours) or not {"recommending", "position", "body"} & set(ours):
        raise UnknownLayoutError(f"{path.name}: the columns are not those of the index.")
    picked = [
        (n, [cells[at] if at < len(cells) else "" for at in ours.values()]) for n, cells in numbered
    ]
    return Rows(path, kind, sha256, [(1, list(ours)), *picked], encoding, delimiter)


def clean(sheet: Sheet) -> pd.DataFrame:
    """One row for each recommendation of the UPR, with the columns of ``recommendation_rows``.

    Other records of the index are left out, and a note says how many.
    """
    body, kind = sheet.text("body"), sheet.text("kind")
    is_upr = (body == "") | body.str.contains(r"\bUPR\b|universal periodic", case=False)
    is_recommendation = (kind == "") | kind.str.contains("recommendation", case=False)
    kept = (is_upr & is_recommendation).astype(bool)
    if (~kept).any():
        sheet.book.note(
            "{others} records of {file} are no recommendations of the Universal Periodic Review "
            "and were passed over.",
            others=int((~kept).sum()),
            file=sheet.table.path.name,
        )
    sheet.keep(kept)
    texts = sheet.text("text")
    split = {text: split_off_states(NUMBER.sub("", text, count=1)) for text in texts.unique()}
    numbers = {text: (hit[1] if (hit := NUMBER.match(text)) else "") for text in texts.unique()}
    raw = sheet.text("position")
    provisional = sheet.text("provisional").str.casefold().isin(("true", "yes", "1"))
    return recommendation_rows(
        sheet,
        state_iso3=reviewed_state_codes(sheet.text("state").str.strip(" -[]'\"")),
        session=whole_numbers(sheet.text("session").str.extract(r"(\d+)")[0]),
        document_symbol=sheet.text("symbol"),
        paragraph=texts.map(numbers),
        text=texts.map({text: parts.text for text, parts in split.items()}),
        recommending=_states(sheet, texts.map({t: "|".join(p.states) for t, p in split.items()})),
        response_code=raw.map({cell: position_of(cell) for cell in raw.unique()}),
        response_raw=raw,
        position_status_code=provisional.map({True: "draft", False: "index"}),
        source_issues=sheet.text("themes").str.replace(r"\s*(?:\n|;|\s-\s)\s*", "|", regex=True),
        record_id=sheet.text("identifier"),
    )


def _states(sheet: Sheet, brackets: pd.Series) -> pd.Series:
    """Union of the column and of the brackets in the text, with an issue where they differ."""
    column = sheet.text("recommending")
    states = {}
    for row, cell, text in zip(column.index, column, brackets, strict=True):
        names = split_state_names(cell.strip("[]- "))
        in_column = [code for name in names if (code := state_code(name.strip("'\"")))]
        in_text = [code for name in text.split("|") if (code := state_code(name))] if text else []
        missing = set(in_text) - set(in_column)
        if missing and cell:
            sheet.book.issue(
                int(row),
                "recommending",
                f"{len(missing)} of the States in the brackets of the text are not in the column.",
                "all are counted",
            )
        if not in_column and not in_text:
            sheet.book.issue(
                int(row),
                "recommending",
                "No recommending State is known.",
                "the recommendation counts, without a State",
            )
        states[row] = join_codes([*in_text, *in_column])
    return pd.Series(states, index=column.index, dtype="object")


def _our_columns(header: list[str]) -> dict[str, int]:
    """Place in the header of each column that is known, by our name for it."""
    places: dict[str, int] = {}
    names = [re.sub(r"[\s/]+", "_", name.strip().casefold()) for name in header]
    for ours, pattern in NAMES.items():
        for at, name in enumerate(names):
            if at not in places.values() and re.search(pattern, name):
                places[ours] = at
                break
    return places


def _records(path: Path) -> tuple[bytes, list[str], list[list[str]]]:
    content, loaded = read_json_file(path)
    records = list(_objects(loaded))
    if not records:
        raise UnknownLayoutError(f"{path.name}: holds no records of the index.")
    columns = list(dict.fromkeys(key for record in records for key in record))
    return content, columns, [[_cell(r.get(c)) for c in columns] for r in records]


def _objects(loaded: Any) -> Iterator[dict[str, Any]]:
    """Records: one object, a list, a list under a usual key, or an Elasticsearch answer."""
    if isinstance(loaded, list):
        for item in loaded:
            yield from _objects(item)
    elif isinstance(loaded, dict):
        inner = next((loaded[k] for k in RECORDS if isinstance(loaded.get(k), list | dict)), None)
        if inner is not None:
            yield from _objects(inner)
        elif isinstance(loaded.get("_source"), dict):
            yield loaded["_source"]
        elif "text" in {str(key).casefold() for key in loaded}:
            yield loaded


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_cell(v) for v in value)
    if isinstance(value, dict):
        return str(value.get("name") or value.get("title") or value.get("label") or "")
    return "" if value is None else str(value)
