"""Intake sheet for calls for inputs, a row for each input; its columns are described in source.yml."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hrdresearch.sources.ledger import (
    NO,
    accepted_rows,
    entry_numbers,
    read_days,
    read_statuses,
    years_of,
)
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.submissions import Submissions
from hrdresearch.tables.table import NOT_RECORDED
from hrdresearch.vocab import codes
from hrdresearch.vocab.regions import region_scheme
from hrdresearch.vocab.states import to_iso3

MADE_BY_THE_BUILD = (
    *("submission_id", "submitter_id", "submission_theme_codes", "coding_state_code"),
)
PUBLIC_BODIES = ("state", "un_body", "regional_body")  # their names stand on any page
PERSONS = ("individual", "academic", NOT_RECORDED)
WITHIN = {"within_7_days": 7, "within_30_days": 30, "within_90_days": 90}
INTERNATIONAL = ("international", "several")


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``submissions`` with submitters and files of texts; the build removes them."""
    ids = entry_numbers(sheet, "submission_id")
    received = read_days(sheet, "received")
    kinds = sheet.codes("kind", "submitter_kind")
    is_public_body = kinds.isin(PUBLIC_BODIES)
    submitters = sheet.names("submitter")
    sheet.names_read = submitters.mask(is_public_body, "")
    withdrawn = read_days(sheet, "consent_withdrawn")
    to_name = _consent(sheet, "consent_to_name", withdrawn)
    symbols = sheet.text("un_symbol")
    states, regions = _states(sheet)
    basis = pd.Series("none", index=kinds.index, dtype="object").mask(to_name == "yes", "consent")
    basis = basis.mask(symbols != "", "un_publication").mask(submitters == "", "none")
    return accepted_rows(
        sheet,
        Submissions,
        MADE_BY_THE_BUILD,
        call=sheet.text("call"),
        received_year=years_of(received),
        submitter_kind_code=kinds,
        state_iso3=states,
        submitter_region_code=regions,
        submission_language_code=_languages(sheet),
        confidentiality_code=sheet.codes("confidentiality", "confidentiality"),
        **_acknowledged(sheet, received, withdrawn),
        quote_consent_code=_consent(sheet, "consent_to_quote", withdrawn),
        name_basis_code=basis,
        public_name=submitters.where(basis != "none", ""),
        un_symbol=symbols,
        name_consent=to_name,
        record_id=ids,
        submitter=submitters,
        name_as_published=submitters.mask(is_public_body, ""),
        name_is_person=kinds.isin(PERSONS),
        text_file=sheet.text("text_file"),
    )


def _states(sheet: Sheet) -> tuple[pd.Series, pd.Series]:
    """State and region of each submitter; a State that is not known is emptied, with an issue."""
    cells = sheet.text("state")
    abroad = cells.str.casefold().isin(INTERNATIONAL)
    by_name = {cell: None if cell == "" else to_iso3(cell) for cell in cells[~abroad].unique()}
    states = cells.map(lambda cell: by_name.get(cell)).astype("object")
    unknown = states.isna() & ~abroad & (cells != "")
    sheet.book.issues_at(cells.index[unknown], "state", "No State that is known.", "not recorded")
    of = region_scheme("report").of
    regions = states.map(lambda iso3: of.get(iso3, NOT_RECORDED)).astype("object")
    return states, regions.mask(abroad, "international")


def _languages(sheet: Sheet) -> pd.Series:
    """Code of each language; any other word is another language."""
    cells = sheet.text("language").str.casefold()
    known = cells.isin((*codes("submission_language"), ""))
    return cells.where(known, "other").mask(cells == "", NOT_RECORDED).astype("object")


def _consent(sheet: Sheet, column: str, withdrawn: pd.Series) -> pd.Series:
    """Whether the submitter agreed, with a day, and did not take it back: yes, no or not recorded."""
    cells = sheet.text(column)
    happened, days = read_statuses(sheet, column)
    undated = happened & days.isna()
    sheet.book.issues_at(
        cells.index[undated], column, "Consent without its day.", "taken as not recorded"
    )
    answers = pd.Series(NOT_RECORDED, index=cells.index, dtype="object")
    answers = answers.mask(days.notna(), "yes").mask(cells.str.casefold().isin(NO), "no")
    return answers.mask(withdrawn.notna() & (answers == "yes"), "no")


def _acknowledged(sheet: Sheet, received: pd.Series, withdrawn: pd.Series) -> dict[str, pd.Series]:
    """Whether and after how many days receipt was acknowledged.

    Without an acknowledgement the days run to the last day that stands anywhere in the list.
    """
    cells = sheet.text("acknowledged").str.casefold()
    happened, days = read_statuses(sheet, "acknowledged")
    waited = (days - received).dt.days
    early = waited < 0
    sheet.book.issues_at(
        cells.index[early], "acknowledged", "Acknowledged before it came.", "no time is taken"
    )
    code = pd.Series(NOT_RECORDED, index=cells.index, dtype="object")
    code = code.mask(cells.isin(NO), "no").mask(happened, "yes")
    last: Any = pd.concat([received, days, withdrawn]).max()
    waited = waited.mask(early).mask(code == "no", (-(received - last)).dt.days)
    classes = pd.Series("after_90_days", index=cells.index, dtype="object")
    for name, limit in reversed(WITHIN.items()):
        classes = classes.mask(waited <= limit, name)
    return {
        "acknowledged_code": code,
        "waiting_days": waited.astype("Int64"),
        "acknowledgement_time_code": classes.mask((code != "yes") | waited.isna(), "not_assessed"),
    }
