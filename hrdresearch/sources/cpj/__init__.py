"""Committee to Protect Journalists: journalists and media workers killed, five export layouts.

Quirks: prior threats and impunity are asked of murders with a confirmed motive; elsewhere an empty
cell means "not asked". One name stands for Israel and the Occupied Palestinian Territory; a place
beside it decides, and without one the case stays under that name. Two exports were saved through
Mac Roman.
"""

from __future__ import annotations

import re

import pandas as pd

from hrdresearch.clean.text import undo_mac_roman, undo_mac_roman_as_cp1252
from hrdresearch.sources.sheet import Sheet

FIELDS = ("name", "date", "sex", "state", "place", "admin1", "coverage", "perpetrator", "death",
          "impunity", "threats", "motive", "status", "id")  # fmt: skip
BOTH = "XIP"
DAY_FIRST = (r"^(\d{1,2})/(\d{1,2})/(\d{4})$", r"\3-\2-\1")  # the legacy export's later additions
MISREAD = "Letters misread in an earlier export."
LOST_LETTER = re.compile(r"(?<=\w)_|_(?=\w)")


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``cases``; prisoners in the same file belong to another table."""
    columns = {field: sheet.layout.facts["columns"].get(field, "") for field in FIELDS}
    _keep_killed(sheet, columns["status"])
    _repair_letters(sheet, columns["name"])
    cells = sheet.text(columns["date"]).str.replace(*DAY_FIRST, regex=True)
    dates = sheet.dates(columns["date"], sheet.layout.facts["order"], cells)
    states = sheet.states(columns["state"], dates["event_date"])
    death = sheet.codes(columns["death"], "death_type", default="not_recorded")
    motive = sheet.codes(columns["motive"], "motive_link", default="unknown")
    impunity, threats = _asked(sheet, columns, death, motive)
    return sheet.cases(
        names=columns["name"],
        event_date=dates["event_date"],
        event_date_precision=dates["event_date_precision"],
        state_iso3=_by_place(sheet, columns["place"], states),
        admin1_name=sheet.admin1(columns["admin1"], states),
        sex_code=sheet.codes(columns["sex"], "sex"),
        cause_codes=sheet.joined(columns["coverage"], "cause"),
        perpetrator_codes=sheet.joined(columns["perpetrator"], "perpetrator")
        if columns["perpetrator"]
        else "not_asked",
        death_type_code=death,
        motive_link_code=motive,
        impunity_code=impunity,
        threats_before=threats,
        record_id=sheet.text(columns["id"]),
        place_as_published=sheet.text(columns["place"]),
    )


def _keep_killed(sheet: Sheet, status: str) -> None:
    if not status:
        return
    killed = sheet.text(status) == "Killed"
    if not killed.all():
        sheet.book.note(
            f"Of {len(killed)} rows of the file, {int((~killed).sum())} record imprisonment; they "
            "belong to another table and are not counted here."
        )
    sheet.keep(killed)


def _repair_letters(sheet: Sheet, name: str) -> None:
    if sheet.layout.name == "cpj_macroman_cr":
        sheet.repair(undo_mac_roman, MISREAD)
    if sheet.table.encoding == "mac_roman":
        sheet.repair(_undo_twice_mac_roman, MISREAD)
        lost = sheet.cells.index[sheet.text(name).str.contains(LOST_LETTER)]
        what = "A letter was lost in an earlier export; an underscore stands for it."
        sheet.book.issues_at(lost, name, what, "kept as published")


def _undo_twice_mac_roman(text: str) -> str:
    """Mac Roman read as Windows-1252 and saved as Mac Roman; a few capitals told by their place."""
    mended = undo_mac_roman_as_cp1252(text)
    mended = re.sub(r"\bç(?=[bcdfghjklmnpqrstvwxyz])", "Á", mended)
    mended = re.sub(r"\bê(?=[bcdfghjklmnpqrstvwxyz])", "Í", mended)
    mended = re.sub(r"\bî(?=[bcdfghjklmnpqrstvwxyz])", "Ó", mended)
    return re.sub(r"Ò([^ÒÓ]+)Ó", "“\\1”", mended)


def _by_place(sheet: Sheet, place: str, states: pd.Series) -> pd.Series:
    """The place printed beside a name that stands for two decides; no guess without one."""
    joint = states == BOTH
    if not joint.any():
        return states
    places = sheet.spec.places.items()
    of_place = {name.casefold(): iso3 for iso3, names in places for name in names}
    parts = sheet.text(place)[joint].str.casefold().str.split(r"\s*,\s*")
    found = parts.map(lambda names: next((of_place[n] for n in names if n in of_place), BOTH))
    open_ = int((found == BOTH).sum())
    if open_:
        sheet.book.note(
            f"{open_} cases stand under one name for Israel and the Occupied Palestinian Territory "
            "without a place that tells them apart; they are given to neither."
        )
    return states.mask(joint, found.reindex(states.index))


def _asked(
    sheet: Sheet, columns: dict[str, str], death: pd.Series, motive: pd.Series
) -> tuple[pd.Series, pd.Series]:
    """What the list records is kept; an empty cell of a confirmed murder is unknown."""
    murder = (death == "murder") & (motive != "suspected")
    coded = []
    for field, vocabulary in (("impunity", "impunity"), ("threats", "threats")):
        codes = sheet.codes(columns[field], vocabulary, default="not_asked")
        empty = murder & (sheet.text(columns[field]) == "") & bool(columns[field])
        coded.append(codes.mask(empty, "unknown"))
    beyond = int(((death != "murder") & (coded[0] != "not_asked")).sum())
    if beyond:
        sheet.book.note(f"{beyond} cases with an accountability class are not classed as murder.")
    return coded[0], coded[1]
