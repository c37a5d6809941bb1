"""Comissão Pastoral da Terra: killings in rural conflicts in Brazil, a row for each victim.

Quirks: a spreadsheet program set to month/day read the dd/mm dates; those with a day of 12 or less
became dates with day and month swapped, the others stayed text. The file itself shows it, and it is
undone. A leader's row says "Liderança" instead of repeating the category.
"""

from __future__ import annotations

import pandas as pd

from hrdresearch.clean.distance import distance_classes
from hrdresearch.sources.recommendations_sheet import whole_numbers
from hrdresearch.sources.sheet import Sheet

LEADER = "Liderança"
NOTE = (
    "In {typed} of {all} rows of the file a spreadsheet program had swapped day and month (no date "
    "that it recognized has a day above the twelfth, and every date left as text has one); this "
    "was undone."
)


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``cases``."""
    dates = sheet.dates("Data", order="dmy", cells=_unswapped(sheet))
    leader = sheet.text("Lideranca") == LEADER
    states = pd.Series("BRA", index=sheet.cells.index, dtype="object")
    identity = sheet.codes("Categoria", "identity")
    division = sheet.admin1("Estado", states)
    municipality = sheet.text("Municipios")
    return sheet.cases(
        names="Nome da Vitima",
        event_date=dates["event_date"],
        event_date_precision=dates["event_date_precision"],
        event_year=_year(sheet, dates["event_date"]),
        state_iso3=states,
        admin1_name=division,
        seat_distance_code=distance_classes(states, division, municipality),
        sex_code=sheet.codes("Sexo", "sex"),
        age_years=sheet.ages("Idade"),
        identity_codes=_with_leaders(identity, leader),
        defender_basis_code=leader.map({True: "recorded_leader", False: "not_assessed"}),
        record_id=sheet.text("id"),
        place_as_published=municipality,
        text_as_published=sheet.text("Nome do Conflito"),
    )


def _unswapped(sheet: Sheet) -> pd.Series:
    """Dates with the spreadsheet program's swap undone where the file shows the pattern."""
    cells = sheet.text("Data")
    typed = pd.Series([(row, "Data") in sheet.table.dated for row in cells.index], cells.index)
    parts = cells.where(typed, "").str.extract(r"^(\d{4})-(\d{2})-(\d{2})$")
    days_in_text = cells.where(~typed, "").str.extract(r"^(\d{1,2})/")[0].dropna().astype(int)
    swapped = parts.dropna()
    if swapped.empty or (swapped[2].astype(int) > 12).any() or (days_in_text <= 12).any():
        return cells
    mended = swapped[0] + "-" + swapped[2] + "-" + swapped[1]
    what = "A spreadsheet program had swapped day and month."
    sheet.book.issues_at(mended.index, "Data", what, "swapped back")
    sheet.book.note(NOTE, typed=len(mended), all=len(cells))
    return cells.mask(typed & cells.index.isin(mended.index), mended.reindex(cells.index))


def _year(sheet: Sheet, dates: pd.Series) -> pd.Series:
    """Year that the publisher counts the case in; a date of another year is an issue."""
    years = whole_numbers(sheet.text("Ano"))
    other = dates.index[(dates.dt.year != years).fillna(False) & dates.notna()]
    sheet.book.issues_at(other, "Ano", "Not the year of the date.", "cases are counted by Ano")
    return years.fillna(dates.dt.year.astype("Int64"))


def _with_leaders(identity: pd.Series, leader: pd.Series) -> pd.Series:
    return identity.mask(leader, (identity + "|leader").str.removeprefix("not_recorded|"))
