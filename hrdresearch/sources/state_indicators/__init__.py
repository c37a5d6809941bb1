"""Context indicators of States: a template, and indicators as their makers publish them.

A published uncertainty stands with its value: ``-0.78 ± 0.42`` is a mean with its standard deviation.
"""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.context_sheet import context_rows
from hrdresearch.sources.recommendations_sheet import state_code, whole_numbers
from hrdresearch.sources.sheet import Sheet

SCALE = "Political Terror Scale (Department of State reports), 1 to 5"
PROTECTION = "Human rights protection score (Fariss), higher is better; mean ± standard deviation"
DEMOCRACY = "Electoral democracy (V-Dem), 0 to 1"
FREEDOM = "Freedom in the World (Freedom House), 0 to 100, higher is freer"
PRESS = "Press freedom (Reporters Without Borders)"
PRESS_SCALES = {2012: "until 2012, lower is freer", 2021: "2013 to 2021, 0 to 100, higher is freer"}
PRESS_NOW = "from 2022, 0 to 100, higher is freer"


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``context``."""
    state, year, value, indicator = READERS[sheet.layout.name](sheet)
    return context_rows(
        sheet,
        state_iso3=state.map({name: state_code(name) for name in state.unique()}),
        indicator=indicator,
        indicator_year=whole_numbers(year),
        value=value.replace("NA", ""),
    )


def _template(sheet: Sheet) -> tuple[pd.Series, ...]:
    return tuple(sheet.text(c) for c in ("state", "year", "value", "indicator"))


def _terror(sheet: Sheet) -> tuple[pd.Series, ...]:
    return *(sheet.text(c) for c in ("Country", "Year", "PTS_S")), _same(sheet, SCALE)


def _protection(sheet: Sheet) -> tuple[pd.Series, ...]:
    mean, deviation = (sheet.text(c).map(_two_decimals) for c in ("theta_mean", "theta_sd"))
    value = (mean + " ± " + deviation).where((mean != "") & (deviation != ""), "")
    return *(sheet.text(c) for c in ("country_name", "YEAR")), value, _same(sheet, PROTECTION)


def _democracy(sheet: Sheet) -> tuple[pd.Series, ...]:
    columns = ("country_text_id", "year", "v2x_polyarchy")
    return *(sheet.text(c) for c in columns), _same(sheet, DEMOCRACY)


def _freedom(sheet: Sheet) -> tuple[pd.Series, ...]:
    """Rows of Freedom in the World: an edition covers the year before it; territories are left out."""
    sheet.keep(sheet.text("C/T").eq("c"))
    year = sheet.text("Edition").map(lambda cell: str(int(cell) - 1) if cell.isdigit() else "")
    return sheet.text("Country/Territory"), year, sheet.text("Total"), _same(sheet, FREEDOM)


def _press(sheet: Sheet) -> tuple[pd.Series, ...]:
    """Rows on press freedom: its scale changed twice, so there are three indicators, never compared."""
    year = sheet.text("Year (N)").str.replace(r"^\d{4}-(\d\d)$", r"20\1", regex=True)
    score = sheet.text("Score" if sheet.layout.name == "press_freedom_2022" else "Score N")
    scale = year.map(
        lambda y: next((w for end, w in PRESS_SCALES.items() if y <= str(end)), PRESS_NOW)
    )
    return sheet.text("ISO"), year, score.str.replace(",", "."), PRESS + ", " + scale


def _same(sheet: Sheet, words: str) -> pd.Series:
    return pd.Series(words, index=sheet.cells.index)


def _two_decimals(cell: str) -> str:
    try:
        return f"{float(cell):.2f}"
    except ValueError:
        return ""


READERS = {
    "template": _template,
    "political_terror_scale": _terror,
    "protection_scores": _protection,
    "democracy": _democracy,
    "freedom_in_the_world": _freedom,
    "press_freedom": _press,
    "press_freedom_2022": _press,
}
