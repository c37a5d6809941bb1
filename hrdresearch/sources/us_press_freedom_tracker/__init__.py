"""U.S. Press Freedom Tracker: a row for each incident, with several kinds and victims in a cell."""

from __future__ import annotations

import re

import pandas as pd

from hrdresearch.sources.attack_rows import attack_rows, code_where, join_codes, listed_victims
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.row_filters import has_code
from hrdresearch.tables.table import NOT_RECORDED
from hrdresearch.vocab.states import to_iso3

HOME = "USA"
ARREST = "Arrest / Criminal Charge"
CHARGED = ("pending", "dropped", "acquitted", "convicted")
OF_STATUS = re.compile(r"\s*\(.*\)\s*$")  # "charges dropped (as of 2020-06-01)", "California (CA)"
PUBLISHED = "first_published_at"
POSTAL = {"NY": "New York"}
# The tracker has no class for killings: it classes them as physical attacks, and the title tells. The
# journalist, and a name at most, stands right before or after the verb, so that no death is taken that was
# covered, protested or threatened.
JOURNALIST = r"(?:journalist|reporter|editor|photographer|photojournalist|anchor|columnist)s?"
KILLED = re.compile(
    rf"\b(?i:{JOURNALIST})(?: [A-Z][\w.'’-]*){{0,4}} (?:(?:is|was|are|were) )?"
    r"(?:(?:shot|stabbed|beaten|abducted|kidnapped) and )?"
    r"(?:killed|murdered|slain|shot dead|stabbed to death|beaten to death)\b"
    r"|\b(?:kills|murders) (?:an? |the |two |three |four |five |several |multiple |\d+ )?"
    rf"(?:\w+ )?(?i:{JOURNALIST})\b"
)
TAG = re.compile(r"(?i)(?:^|, )killed(?:,|$)")


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``attacks``, with the victims of each incident for the build."""
    _empty_nones(sheet)
    sheet.names("targeted_journalists")
    dates = sheet.dates("date", order="ymd")
    inexact = sheet.text("exact_date_unknown").str.casefold().eq("true")
    dates["event_date_precision"] = dates["event_date_precision"].mask(inexact, "month")
    dates["event_date"] = dates["event_date"].mask(
        inexact, dates["event_date"].dt.to_period("M").dt.to_timestamp()
    )
    states = _states(sheet)
    is_arrest = sheet.text("categories").str.contains(ARREST, regex=False)
    custody, charges = (
        sheet.codes("arrest_status", "custody"),
        sheet.codes("status_of_charges", "charge_status"),
    )
    acts = _acts(sheet, is_arrest, custody, charges)
    asked_who = has_code(acts, "physical_attack") | has_code(acts, "equipment_damage")
    asked_who |= has_code(acts, "search_seizure")
    ordered = has_code(acts, "legal_order") | has_code(acts, "publication_ban")
    who = _either(sheet, ("assailant", "actor"), "perpetrator")
    return attack_rows(
        sheet,
        dates,
        **listed_victims(sheet.text("targeted_journalists"), sheet.text("targeted_institutions")),
        state_iso3=states,
        admin1_name=sheet.admin1("state", states),
        attack_act_codes=acts,
        perpetrator_codes=who.mask((who == NOT_RECORDED) & ~asked_who, "not_asked"),
        work_link_code=_asked(
            sheet.codes("was_journalist_targeted", "recorded_fact"),
            has_code(acts, "physical_attack"),
        ),
        custody_code=code_where(
            is_arrest & ~charges.isin(CHARGED) | has_code(acts, "arrest"), custody
        ),
        charge_status_code=code_where(is_arrest, charges),
        order_status_codes=code_where(
            ordered,
            _either(sheet, ("subpoena_statuses", "status_of_prior_restraint"), "order_status"),
        ),
        seized_status_code=code_where(
            has_code(acts, "search_seizure"),
            sheet.codes("status_of_seized_equipment", "seized_status"),
        ),
        record_id=sheet.text("slug"),
        recorded_date=_published(sheet),
    )


def _published(sheet: Sheet) -> pd.Series:
    """Day on which the tracker first published the incident; empty in an export without it."""
    if PUBLISHED not in sheet.cells:
        return pd.Series(pd.NaT, sheet.cells.index)
    return pd.to_datetime(sheet.text(PUBLISHED).str[:10], format="%Y-%m-%d", errors="coerce")


def _empty_nones(sheet: Sheet) -> None:
    """Empty cells with the text "None", and remove the marks of lists and statuses."""

    def plain(cell: str) -> str:
        return "" if cell.strip() in ("None", "[]") else cell.strip().strip("[]").strip("'")

    marked = ("subpoena_statuses", "status_of_prior_restraint")
    dated = ("arrest_status", "status_of_charges", "status_of_seized_equipment", "state")
    for column in sheet.cells.columns:
        cells = sheet.cells[column]
        cells = (
            cells.map(plain) if column in marked else cells.mask(cells.str.strip() == "None", "")
        )
        if column in dated:
            cells = cells.str.replace(OF_STATUS, "", regex=True).replace(POSTAL)
        sheet.cells = sheet.cells.assign(**{column: cells})


def _states(sheet: Sheet) -> pd.Series:
    """State of each incident: another one where the column of states names it, else the United States."""
    cells = sheet.text("state")
    abroad = {cell: to_iso3(cell, None) for cell in cells.unique() if cell not in ("", "Georgia")}
    states = cells.map(lambda cell: abroad.get(cell) or HOME).where(~cells.eq("Puerto Rico"), HOME)
    outside, empty = int((states != HOME).sum()), int((cells == "").sum())
    sheet.book.note(
        "Its incidents in another State number {outside}; {empty} give no state or territory of the United "
        "States, and are counted under that State.",
        outside=outside,
        empty=empty,
    )
    return states.astype("object")


def _acts(sheet: Sheet, is_arrest: pd.Series, custody: pd.Series, charges: pd.Series) -> pd.Series:
    """Kinds of attack; other columns decide whether "arrest or criminal charge" is an arrest or a charge."""
    others = sheet.joined("categories", "attack_act", split=", ")
    titles, tags = (_text_of(sheet, column) for column in ("title", "tags"))
    says_killed = titles.map(lambda t: bool(KILLED.search(t))) | tags.str.contains(TAG)
    killed = has_code(others, "physical_attack") & says_killed
    sheet.book.issues_at(
        killed.index[killed],
        "title",
        "The title or a tag says that journalists were killed; the tracker has no class for killings.",
        "taken as a killing, and as the physical attack that the tracker calls it",
    )
    if killed.any():
        sheet.book.note(
            "The tracker has no class for killings. Titles or tags of {killed} of its physical attacks tell "
            "of killings: a page on attacks counts these as both, a page on earlier records of living "
            "persons as neither. Titles of {threats} of its other incidents speak of threats; these stand "
            "under other, on a page on persons those of them that name one.",
            killed=int(killed.sum()),
            threats=int(
                (has_code(others, "other") & titles.str.contains("threat", case=False)).sum()
            ),
        )
    arrested = is_arrest & custody.ne(NOT_RECORDED)
    charged = is_arrest & charges.isin(CHARGED)
    told = pd.DataFrame({"arrest": arrested, "charge": charged})
    unclear = is_arrest & ~told.any(axis=1)
    sheet.book.issues_at(
        unclear.index[unclear],
        "arrest_status",
        "Neither arrest nor charge is recorded.",
        "kind left open",
    )
    own = join_codes({"killing": killed, "arrest": arrested, "charge": charged}, empty="")
    joined = (own + "|" + others.where(others != NOT_RECORDED, "")).str.strip("|")
    return joined.mask(joined == "", NOT_RECORDED).astype("object")


def _text_of(sheet: Sheet, column: str) -> pd.Series:
    """Cells of a column that an export may lack; empty then."""
    held = column in sheet.cells
    return sheet.text(column) if held else pd.Series("", sheet.cells.index, dtype="object")


def _either(sheet: Sheet, columns: tuple[str, ...], vocabulary: str) -> pd.Series:
    """Codes of several columns of one fact, joined; not recorded where all are empty."""
    read = [sheet.joined(column, vocabulary, split="', '") for column in columns]
    rows = [[c for cell in row for c in cell.split("|")] for row in zip(*read, strict=True)]
    joined = ["|".join(dict.fromkeys(c for c in row if c != NOT_RECORDED)) for row in rows]
    return pd.Series([codes or NOT_RECORDED for codes in joined], index=read[0].index, dtype=object)


def _asked(codes: pd.Series, is_asked: pd.Series) -> pd.Series:
    """Codes of a fact that is asked of some rows only; a row with a value counts as asked."""
    return codes.mask(~is_asked & codes.eq(NOT_RECORDED), "not_asked")
