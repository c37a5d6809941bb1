"""Codebook for the coding of inputs: a row for each code."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.ledger import accepted_rows
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.codebook import NONE, Codes, folded_code


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``codebook``; a code without a definition, or that occurs twice, is set aside."""
    codes = sheet.text("code").map(folded_code)
    labels, definitions = sheet.text("label"), sheet.text("definition")
    for row in codes.index[codes.isin(("", NONE))]:
        what = f"Column 'code' is empty, or {NONE!r}, which says that no code applies."
        sheet.book.set_aside(int(row), what)
    for row in codes.index[(labels == "") | (definitions == "")]:
        sheet.book.set_aside(int(row), "A code needs a label and a definition.")
    for row in codes.index[codes.duplicated() & (codes != "")]:
        sheet.book.set_aside(int(row), "The code stands in an earlier row too.")
    return accepted_rows(
        sheet,
        Codes,
        code=codes,
        label=labels,
        definition=definitions,
        use_when=sheet.text("use_when"),
        not_when=sheet.text("not_when"),
        submission_theme_code=sheet.codes("theme", "submission_theme", default="not_assessed"),
        phrases=sheet.text("phrases"),
    )
