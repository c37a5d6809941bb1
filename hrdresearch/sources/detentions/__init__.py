"""A template for lists of detentions with dates; its columns are described in source.yml."""

from __future__ import annotations

import re

import pandas as pd

from hrdresearch.clean.day_counts import read_day_counts
from hrdresearch.clean.text import put_on_one_line, says_nothing
from hrdresearch.clean.word_roots import without_endings
from hrdresearch.sources.detentions.day_words import OF_RELEASE, set_never_held_aside
from hrdresearch.sources.detentions.empty_release import HELD as STILL_HELD
from hrdresearch.sources.detentions.empty_release import SAYS_HELD as SAYS_HELD_NOW
from hrdresearch.sources.detentions.empty_release import with_empty_releases
from hrdresearch.sources.not_living import UNREAD_STATUS, set_living_aside, speaks_of_life
from hrdresearch.sources.prisoners import add_doubt_codes, prisoner_rows, rows_in_other_calendar
from hrdresearch.sources.reads import ENDED
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.cases import NOT_RECORDED
from hrdresearch.tables.detentions import FACTS
from hrdresearch.vocab import codes, vocabulary

SYMBOL = re.compile(r"[A-Z]+(?:/[A-Za-z0-9.]+)+(?: .*)?")
DATES = {
    "arrest_date": "began",
    "documented_since": "entered",
    "sentence_date": "sentence",
    "release_date": "released",
    "death_date": "died",
    "last_known_date": "last_known",
    "birth_date": "birth",
}
RELEASED, UNKNOWN = "released", "unknown"  # of list_status and of detention_exit
DISAPPEARED = "disappeared"  # of list_status: on a list of detentions, held where nobody knows
HELD = frozenset({*SAYS_HELD_NOW, RELEASED, DISAPPEARED})
BANISHED = "banished"  # likewise
ENDS = ("end_of_term", "died_in_custody", BANISHED, "escaped")
DEAD, DIED = "killed", "died_not_stated"  # likewise; in custody only where the list says so
DEATHS = ("died_in_custody", DIED)
IN_ORGANIZATION = "in_organization"
REDUCED = "The appeal reduced the sentence, and does not say to what."
MAY_SAY = "notes charge sentence exit"
SAYS_HELD = dict.fromkeys(
    ("exit", "documented_since", "release_date", "last_known_date", OF_RELEASE), ""
)


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``detentions`` before coding; every doubt is an issue.

    A person who was never held is set aside; a person whose status is not known is kept, and so is one who
    has disappeared: on a list of detentions, somebody held whose whereabouts are not known.
    """
    set_never_held_aside(sheet)
    exits = _exits(sheet)
    set_living_aside(sheet, "arrest_date", HELD, MAY_SAY, SAYS_HELD)

    def said(column: str) -> pd.Series:
        return sheet.text(column).map(lambda cell: "" if says_nothing(cell) else cell)

    foreign = rows_in_other_calendar(sheet, list(DATES), "calendar")
    dates = {}
    for column, name in DATES.items():
        cells = sheet.text(column).mask(foreign, "")
        read = sheet.dates(column, "ymd", cells)
        dates[f"{name}_date"] = read["event_date"]
        dates[f"{name}_precision"] = read["event_date_precision"]
    appealed = said("appeal")
    only_reduced = appealed.map(is_reduced_unsaid).astype(bool)
    sheet.book.issues_at(
        appealed.index[only_reduced], "appeal", REDUCED, "the first sentence is taken"
    )
    appealed = appealed.map(lambda cell: "" if leaves_sentence(cell) else cell).mask(
        only_reduced, ""
    )
    states = sheet.states("state", dates["began_date"])
    rows = prisoner_rows(
        sheet,
        names="name",
        record_id=sheet.text("case_id"),
        contributor_as_published=sheet.text("contributor"),
        state_iso3=states,
        admin1_name=sheet.admin1("admin1", states),
        sex_code=sheet.codes("sex", "sex"),
        age_years=sheet.ages("age")
        if "age" in sheet.cells
        else pd.array([pd.NA] * len(sheet.cells), dtype="Int64"),
        age_as_published=sheet.text("age"),
        identity_codes=sheet.joined("identity", "identity", split=";"),
        cause_codes=sheet.joined("cause", "cause", split=";"),
        perpetrator_codes=sheet.joined("authority", "perpetrator", split=";"),
        proceedings_stage_code=sheet.codes("stage", "proceedings_stage"),
        custody_measure_code=sheet.codes("measure", "custody_measure"),
        detention_place_code=sheet.codes("detention_place", "detention_place"),
        charge_text=said("charge"),
        sentence_text=said("sentence").mask(appealed != "", appealed),
        exit_as_recorded=exits,
        wgad_symbol=_symbols(sheet, "wgad_opinion"),
        wgad_codes=sheet.joined("wgad_category", "wgad_category", split=";"),
        own_codes=sheet.joined("own_category", "wgad_category", split=";"),
        source_reliability_code=sheet.codes("source_grade", "source_reliability", "untested"),
        is_foreign_calendar=foreign,
        **_facts(sheet),
        **_named(sheet),
        **dates,
    )
    return add_doubt_codes(rows, sheet.book)


def leaves_sentence(cell: str) -> bool:
    """Whether the words of an appeal leave the first sentence as it is: upheld, not decided yet, or none.

    >>> leaves_sentence("confirmada"), leaves_sentence("upheld, 5 years"), leaves_sentence("2 years")
    (True, False, False)
    """
    if not any(c.isalnum() for c in cell):  # a dash
        return True
    words = f" {without_endings(cell)} "
    known = map(str, vocabulary("list_values")["upheld"])
    return not any(c.isdigit() for c in cell) and any(
        f" {without_endings(w)} " in words for w in known
    )


def is_reduced_unsaid(cell: str) -> bool:
    """Whether the words of an appeal say that the sentence was reduced, but not to what.

    >>> is_reduced_unsaid("pena reducida"), is_reduced_unsaid("reducida a 3 años"), is_reduced_unsaid("")
    (True, False, False)
    """
    known = vocabulary("list_values")
    reduced, beside = (
        set(without_endings(" ".join(known[n])).split()) for n in ("reduced", "beside_reduced")
    )
    words = set(without_endings(cell).split())
    return bool(words & reduced) and words <= reduced | beside


def _exits(sheet: Sheet) -> pd.Series:
    """How each detention ended: as recorded, else as the status says.

    A banished person with a day of arrest has left prison by banishment; a dead person with a day of arrest
    has died, in custody where the list says so. Without that day nothing says that the person was held. In
    a list without a column for the end, the status tells it, if vocabulary ``detention_exit`` has its word.
    Whom the status calls detained is held, also without a day of arrest, unless a day of the end stands.
    ``unknown``: the list says that the end is not known, or in a word that is not read, or the only column
    that could tell it is empty. Such a status is emptied: it does not say that the person is free. Nor does
    anybody know of a person who has disappeared. An empty cell is not recorded.
    """
    status, words = sheet.text("status").str.casefold(), sheet.text("exit")
    tells_status = bool(sheet.spec.like) and "status" in sheet.cells and "exit" not in sheet.cells
    not_known = status.map(says_nothing).astype(bool) | status.isin((UNKNOWN, NOT_RECORDED))
    not_known |= tells_status & (status == "")
    unread = _is_unread_of_arrested(sheet, status) & ~not_known
    sheet.book.issues_at(
        unread.index[unread], "status", UNREAD_STATUS, "counted; the end is not known"
    )
    not_known |= unread
    banished, dead = (
        (status == word) & (sheet.text("arrest_date") != "") for word in (BANISHED, DEAD)
    )
    if "status" in sheet.cells:
        told = sheet.cells["status"].mask(not_known, "").mask(banished | dead, RELEASED)
        sheet.cells = sheet.cells.assign(status=told)
    silent = words.map(says_nothing).astype(bool)
    if silent.any():
        sheet.cells = sheet.cells.assign(exit=sheet.cells["exit"].mask(silent, UNKNOWN))
    found = sheet.codes("exit", "detention_exit", UNKNOWN).replace(NOT_RECORDED, UNKNOWN)
    not_known |= status == DISAPPEARED
    no_end = (sheet.text("release_date") == "") & (sheet.text("death_date") == "")
    by_status = status.where(status == RELEASED, NOT_RECORDED).mask(not_known, UNKNOWN)
    by_status = by_status.mask(status.isin(SAYS_HELD_NOW) & no_end, STILL_HELD)
    by_status = by_status.mask(banished, BANISHED).mask(dead, DIED)
    ended = sheet.text(ENDED)
    by_status = by_status.mask(ended.isin(ENDS) & ~not_known, ended)
    told, said = found.where(words != "", by_status), sheet.text(OF_RELEASE)
    open_to = told.isin((NOT_RECORDED, UNKNOWN)) | (said.isin(DEATHS) & (told == RELEASED))
    told = told.mask((said != "") & open_to, said)
    return with_empty_releases(sheet, told, status, words)


def _is_unread_of_arrested(sheet: Sheet, status: pd.Series) -> pd.Series:
    """Whether a row has a day of arrest, and a status without a code that speaks of nobody in hiding."""
    read = HELD | set(codes("list_status"))
    words = (status != "") & ~status.isin(read) & (sheet.text("arrest_date") != "")
    return words & ~status.map(speaks_of_life).astype(bool)


def _facts(sheet: Sheet) -> dict[str, pd.Series]:
    """Facts of the detention, and the days disappeared; more than 0 days mean that the person disappeared.

    Of whom the status says that the person has disappeared the whereabouts are not known.
    """
    found = {f"{f}_code": sheet.codes(f, "recorded_fact") for f in FACTS if f != IN_ORGANIZATION}
    traced = found["whereabouts_known_code"]
    lost = (sheet.text("status").str.casefold() == DISAPPEARED) & (traced != "yes")
    found["whereabouts_known_code"] = traced.mask(lost, "no")
    found[f"{IN_ORGANIZATION}_code"] = sheet.text("affiliation").map(_has_organization)
    read = read_day_counts(sheet.text("disappeared_days"))
    for row, problem in read["problem"][read["problem"] != ""].items():
        sheet.book.issue(int(str(row)), "disappeared_days", f"The cell {problem}.", "emptied")
    days, said = read["days"], found["disappeared_code"]
    against = ((days > 0) & (said == "no")).fillna(False).astype(bool)
    what = "Days disappeared stand beside a no."
    sheet.book.issues_at(days.index[against], "disappeared_days", what, "the days are emptied")
    days = days.mask(against)
    found["disappeared_code"] = said.mask((days > 0).fillna(False).astype(bool), "yes")
    return {**found, "disappeared_days": days}


def _has_organization(cell: str) -> str:
    """Whether a cell names an organization: "yes", "no" where it says that there is none, or not recorded.

    >>> [_has_organization(c) for c in ("Red de Prueba", "ninguna", "s/d")]
    ['yes', 'no', 'not_recorded']
    """
    if without_endings(cell) in {
        without_endings(w) for w in vocabulary("list_values")["no_organization"]
    }:
        return "no"
    return NOT_RECORDED if says_nothing(cell) or not any(map(str.isalnum, cell)) else "yes"


def _symbols(sheet: Sheet, column: str) -> pd.Series:
    """UN symbols; another text is emptied, with an issue."""
    cells = sheet.text(column)
    wrong = (cells != "") & ~cells.map(lambda c: bool(SYMBOL.fullmatch(c))).astype(bool)
    sheet.book.issues_at(
        cells.index[wrong], column, "No symbol of a United Nations document.", "emptied"
    )
    return cells.mask(wrong, "")


def _named(sheet: Sheet) -> dict[str, pd.Series]:
    """A public name with its basis; without a basis it is emptied, with an issue."""
    basis = sheet.codes("name_basis", "name_basis", default="none")
    symbol, name = _symbols(sheet, "un_symbol"), sheet.text("public_name")
    consented = sheet.text("consent_date").map(lambda c: bool(put_on_one_line(c))).astype(bool)
    holds = ((basis == "un_publication") & (symbol != "")) | ((basis == "consent") & consented)
    without = (name != "") & ~holds
    sheet.book.issues_at(
        name.index[without],
        "public_name",
        "A name to print without consent and its date, or a United Nations symbol.",
        "not named; the person is counted",
    )
    holds &= name != ""
    return {
        "public_name": name.where(holds, ""),
        "un_symbol": symbol.where(holds, ""),
        "name_basis_code": basis.where(holds, "none"),
    }
