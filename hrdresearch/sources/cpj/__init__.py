"""Committee to Protect Journalists: journalists and media workers killed, six export layouts.

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
from hrdresearch.vocab.states import to_iso3

FIELDS = (
    "name",
    "date",
    "sex",
    "state",
    "place",
    "admin1",
    "coverage",
    "perpetrator",
    "death",
    "impunity",
    "threats",
    "motive",
    "status",
    "id",
)
PLACE = "place without the State"
DAY_FIRST = (r"^(\d{1,2})/(\d{1,2})/(\d{4})$", r"\3-\2-\1")  # the legacy export's later additions
MISREAD = "Letters misread in an earlier export."
LOST_LETTER = re.compile(r"(?<=\w)_|_(?=\w)")


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``cases``; prisoners in the same file belong to another table."""
    columns = {field: sheet.layout.facts["columns"].get(field, "") for field in FIELDS}
    if sheet.layout.facts.get("by_meaning"):
        columns = _by_meaning(sheet, columns)
    _keep_killed(sheet, columns["status"])
    _repair_letters(sheet, columns["name"])
    cells = sheet.text(columns["date"])
    if sheet.layout.name == "cpj_killed_2017_legacy":
        cells = cells.str.replace(*DAY_FIRST, regex=True)
    dates = sheet.dates(columns["date"], sheet.layout.facts["order"], cells)
    states = sheet.states(columns["state"], dates["event_date"])
    states = sheet.by_place(states, columns["place"])
    death = sheet.codes(columns["death"], "death_type", default="not_recorded")
    motive = sheet.codes(columns["motive"], "motive_link", default="unknown")
    impunity, threats = _asked(sheet, columns, death, motive)
    return sheet.cases(
        names=columns["name"],
        event_date=dates["event_date"],
        event_date_precision=dates["event_date_precision"],
        state_iso3=states,
        admin1_name=sheet.admin1(columns["admin1"], states),
        sex_code=sheet.codes(columns["sex"], "sex"),
        cause_codes=sheet.joined(columns["coverage"], "cause"),
        perpetrator_codes=sheet.joined(columns["perpetrator"], "perpetrator")
        if columns["perpetrator"] in sheet.cells
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
    fates = sheet.text(status).str.casefold()
    killed = fates == "killed"
    if not killed.all():
        others = "" if fates[~killed].eq("imprisoned").all() else " or another fate"
        sheet.book.note(
            f"Of {{all}} rows of the file, {{others}} record imprisonment{others}; they belong to "
            "another table and are not counted here.",
            all=len(killed),
            others=int((~killed).sum()),
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
    """Repair text in Mac Roman that was read as Windows-1252 and saved as Mac Roman again.

    A few capital letters are recognized by their place in a word.
    """
    mended = undo_mac_roman_as_cp1252(text)
    mended = re.sub(r"\bç(?=[bcdfghjklmnpqrstvwxyz])", "Á", mended)
    mended = re.sub(r"\bê(?=[bcdfghjklmnpqrstvwxyz])", "Í", mended)
    mended = re.sub(r"\bî(?=[bcdfghjklmnpqrstvwxyz])", "Ó", mended)
    return re.sub(r"Ò([^ÒÓ]+)Ó", "“\\1”", mended)


def _by_meaning(sheet: Sheet, columns: dict[str, str]) -> dict[str, str]:
    """Columns of an export whose ``status`` and ``type`` may mean one thing or another.

    A status may say what happened (killed) or whether the motive is confirmed; a type may say who
    the person was or how the death came; and a place may end with the name of the State.
    """
    meanings = dict(columns)
    for field, instead, vocabulary in (
        ("motive", "status", "motive_link"),
        ("death", "type", "death_type"),
    ):
        known = {str(value).casefold() for value in sheet.spec.crosswalks[vocabulary]}
        cells = set(sheet.text(instead).str.casefold())
        if columns[field] not in sheet.cells and cells & (known - {"unknown", "n/a", "na"}):
            meanings[field] = instead
    if meanings["motive"] == "status":
        meanings["status"] = ""
    if columns["state"] not in sheet.cells:
        parts = [_place_and_state(cell) for cell in sheet.text(columns["place"])]
        sheet.cells = sheet.cells.assign(
            **{PLACE: [place for place, _ in parts], columns["place"]: [s for _, s in parts]}
        )
        meanings |= {"state": columns["place"], "place": PLACE}
    return meanings


def _place_and_state(cell: str) -> tuple[str, str]:
    """``Demo City, Peru`` in two; a cell that ends with no State is kept whole as the State."""
    parts = cell.split(",")
    for at in range(len(parts)):
        state = ",".join(parts[at:]).strip()
        if to_iso3(state):
            return ",".join(parts[:at]).strip(), state
    return "", cell


def _asked(
    sheet: Sheet, columns: dict[str, str], death: pd.Series, motive: pd.Series
) -> tuple[pd.Series, pd.Series]:
    """Keep what the list records; an empty cell of a confirmed murder is "unknown", else "not asked"."""
    murder = (death == "murder") & (motive != "suspected")
    coded = []
    for field, vocabulary in (("impunity", "impunity"), ("threats", "asked_fact")):
        codes = sheet.codes(columns[field], vocabulary, default="not_asked")
        empty = murder & (sheet.text(columns[field]) == "") & (columns[field] in sheet.cells)
        coded.append(codes.mask(empty, "unknown"))
    beyond = int(((death != "murder") & (coded[0] != "not_asked")).sum())
    if beyond:
        words = "{beyond} cases with an accountability class are not classed as murder."
        sheet.book.note(words, beyond=beyond)
    return coded[0], coded[1]
