"""Ledger of recommendations and promises of the report, with status, evidence and day."""

from __future__ import annotations

import re

import pandas as pd

from hrdresearch.sources.ledger import (
    accepted_rows,
    entry_numbers,
    read_days,
    required_codes,
    years_of,
)
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.commitments import Commitments

_NUMBER = re.compile(r"(?P<paragraph>\d{1,3})(?: \([a-z]\))?(?: [ivx]+)?")


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``commitments``."""
    numbers = entry_numbers(sheet, "number")
    found = numbers.map(_NUMBER.fullmatch)
    for row in numbers.index[found.isna()]:
        sheet.book.set_aside(int(row), "Column 'number' holds no paragraph, such as 91 (a).")
    when = read_days(sheet, "status_date")
    evidence = sheet.text("evidence")
    status = sheet.codes("status", "commitment_status", default="not_assessed")
    for row in numbers.index[(status != "not_assessed") & (when.isna() | (evidence == ""))]:
        what = "A status without a day or without evidence."
        sheet.book.issue(int(row), "status", what, "taken as not assessed")
    bare = when.isna() | (evidence == "")
    return accepted_rows(
        sheet,
        Commitments,
        commitment_id=numbers,
        paragraph=found.map(lambda m: int(m["paragraph"]) if m else 0),
        kind_code=required_codes(sheet, "kind", "commitment_kind"),
        to_code=required_codes(sheet, "to", "commitment_to"),
        words=sheet.text("words"),
        status_code=status.mask(bare, "not_assessed"),
        status_date=when,
        status_year=years_of(when),
        evidence=evidence.where(evidence != "", None),
        obstacle_code=sheet.codes("obstacle", "obstacle", default="none_recorded"),
    )
