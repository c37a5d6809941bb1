"""Numbers that only the files as published can give again: notes on rows.

The files are those of ``data/raw/demo``, found by their hash. Of other files nothing is opened: their
numbers are only held between bounds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

import docx
import pandas as pd
from recompute_intervals import Bounds
from recompute_report import ROOT, Report

TWO_STATES = "Israel and the Occupied Palestinian Territory"
WHY = "only the file as published holds it, and that is not one of the project"


def _count(column: str, wanted: str) -> Callable[[pd.DataFrame], int]:
    return lambda rows: int(rows[column].eq(wanted).sum())


def _repeated(rows: pd.DataFrame) -> int:
    """Rows of a matrix that hold a recommendation once more, under another theme."""
    numbers = rows[0].str.extract(r"^(\d+\.\d+)\b")[0].dropna()
    return int(numbers.duplicated().sum())


NOTES: dict[tuple[str, str], Callable[[pd.DataFrame], int]] = {
    ("cpj-census", "note_1.number_1"): len,
    ("cpj-census", "note_1.number_2"): _count("status", "Killed"),
    ("cpj", "note_1.number_1"): len,
    ("cpj", "note_1.number_2"): _count("status", "Imprisoned"),
    ("cpj", "note_2.number_1"): _count("country", TWO_STATES),
    ("cpt", "note_1.number_1"): lambda rows: sum(isinstance(d, datetime) for d in rows["Data"]),
    ("cpt", "note_1.number_2"): len,
    ("ohchr-matrix", "note_1.number_1"): _repeated,
}


def as_published(r: Report, slug: str) -> pd.DataFrame | None:
    """Rows of the file of a list, where it is one of the invented files of the project."""
    fact = next(s for s in r.record("sources") if s["slug"] == slug)
    for file in (ROOT / "data" / "raw" / "demo").rglob(fact["file"]):
        if hashlib.sha256(file.read_bytes()).hexdigest() != fact["sha256"]:
            continue
        if file.suffix == ".docx":
            rows = [row for table in docx.Document(str(file)).tables for row in table.rows]
            return pd.DataFrame([[cell.text for cell in row.cells] for row in rows])
        if file.suffix == ".xlsx":
            return pd.read_excel(file, engine="calamine")
        return pd.read_csv(file)
    return None


def noted(r: Report, which: str) -> int | Bounds | None:
    """A number in a note on the file of a list; None for a note that no line here knows."""
    rows, count = as_published(r, r.slug), NOTES.get((r.slug, which))
    if rows is None:
        (read,) = (q["rows_in"] for q in r.record("quality") if q["slug"] == r.slug)
        note = r.name.rpartition("_")[0]
        numbers = [c["value"] for name, c in r.claims.items() if name.rpartition("_")[0] == note]
        if len(numbers) > 1 and r.claim["value"] == max(numbers):  # all rows of the file
            return Bounds(read, float("inf"), WHY)
        return Bounds(0, max(numbers) if len(numbers) > 1 else read, WHY)
    return count(rows) if count else None


FILES: dict[str, Callable[..., Any]] = {
    r"(?:by_source\.\w+\.)?quality\.(note_\d+\.number_\d+)": noted,
}
