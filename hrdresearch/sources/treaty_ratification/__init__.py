"""Status of human rights treaties, a file for each treaty, which the name of the file gives."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.context_sheet import context_rows
from hrdresearch.sources.recommendations_sheet import state_code, whole_numbers
from hrdresearch.sources.sheet import Sheet

LEAD = "hr_status_"


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``context``: the treaty, its status and the year of ratification."""
    treaty = sheet.table.path.stem.removeprefix(LEAD).upper().replace("_", "-")
    names = sheet.text("member")
    return context_rows(
        sheet,
        state_iso3=names.map({name: state_code(name) for name in names.unique()}),
        indicator=f"Treaty: {treaty}",
        indicator_year=whole_numbers(sheet.text("year ratification or accession")),
        value=sheet.text("status"),
    )
