"""Coding sheet of inputs: a row for each part of an input, code and coder."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.ledger import accepted_rows
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.codebook import folded_code
from hrdresearch.tables.submission_codings import SubmissionCodings

NEEDED = ("submission_id", "code", "coder")


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``submission_codings``, with the identifiers of inputs and coders for the build."""
    cells = {column: sheet.text(column) for column in (*NEEDED, "segment")}
    for column in NEEDED:
        for row in cells[column].index[cells[column] == ""]:
            sheet.book.set_aside(int(row), f"Column {column!r} is empty.")
    return accepted_rows(
        sheet,
        SubmissionCodings,
        ("submission_id", "submitter_id", "coder_id"),
        segment=cells["segment"],
        code=cells["code"].map(folded_code),
        record_id=cells["submission_id"],
        coder=cells["coder"],
    )
