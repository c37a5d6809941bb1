"""Social leaders killed in Colombia 2016-2020, a row for each victim, with who documented each case.

Quirks: the CSV repeats the year and the month of the date ("dia" is the month), once wrongly and once not
at all, so those two columns are optional; the JSON file nests the cases by department, without
municipalities and identifiers.
"""

from __future__ import annotations

import pandas as pd

from hrdresearch.clean.distance import distance_classes
from hrdresearch.sources.sheet import Sheet

NAMES = {  # names of organizations that documented a case, where the list abbreviates or translates them
    "Col. Abogados JAR": "Colectivo de Abogados José Alvear Restrepo",
    "ONU": "United Nations",
    "Prensa": "the press",
}


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``cases``."""
    columns = sheet.layout.facts["columns"]
    dates = sheet.dates("fecha", order="ymd")
    _compare_years(sheet, columns["year"], dates["event_date"])
    states = pd.Series("COL", index=sheet.cells.index, dtype="object")
    department = sheet.text("departamento")
    division = sheet.admin1("departamento", states)
    municipality = sheet.text(columns["place"])
    return sheet.cases(
        names=columns["name"],
        event_date=dates["event_date"],
        event_date_precision=dates["event_date_precision"],
        state_iso3=states,
        admin1_name=division,
        seat_distance_code=distance_classes(states, division, municipality),
        sex_code=sheet.codes("genero", "sex"),
        identity_codes=sheet.joined("tipo_de_lider", "identity"),
        documented_by=sheet.text(columns["sources"]).map(_joined),
        record_id=sheet.text(columns["id"]),
        place_as_published=municipality.where(municipality != "", department),
        text_as_published=sheet.text("cargo"),
    )


def _compare_years(sheet: Sheet, column: str, dates: pd.Series) -> None:
    """Note an issue where the column of the year contradicts the date; the date is kept."""
    beside = sheet.text(column)
    differs = (beside != "") & dates.notna() & (beside != dates.dt.year.astype("Int64").astype(str))
    what = "Not the year of the date beside it."
    sheet.book.issues_at(beside.index[differs], column, what, "the date is taken")


def _joined(cell: str) -> str | None:
    parts = [part.strip() for part in cell.split(",") if part.strip()]
    return "|".join(dict.fromkeys(NAMES.get(part, part) for part in parts)) or None
