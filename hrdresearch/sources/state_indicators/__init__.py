"""Context indicators of States: a template, and the Political Terror Scale as published."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.context_sheet import context_rows
from hrdresearch.sources.recommendations_sheet import state_code, whole_numbers
from hrdresearch.sources.sheet import Sheet

SCALE = "Political Terror Scale (Department of State reports), 1 to 5"


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``context``."""
    is_scale = sheet.layout.name == "political_terror_scale"
    names = sheet.text("Country" if is_scale else "state")
    return context_rows(
        sheet,
        state_iso3=names.map({name: state_code(name) for name in names.unique()}),
        indicator=SCALE if is_scale else sheet.text("indicator"),
        indicator_year=whole_numbers(sheet.text("Year" if is_scale else "year")),
        value=sheet.text("PTS_S" if is_scale else "value").replace("NA", ""),
    )
