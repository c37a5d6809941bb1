"""Ledger of grades of follow-up to decisions of treaty bodies; columns as in source.yml."""

from __future__ import annotations

import re

import pandas as pd

from hrdresearch.sources.ledger import accepted_rows, read_days, required_codes
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.view_grades import ViewGrades

_NUMBER = re.compile(r"\d{1,4}/(?:19|20)\d\d")


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``view_grades``; a row without a communication, or without a grade, is set aside."""
    numbers = sheet.text("communication")
    for row in numbers.index[~numbers.map(lambda n: bool(_NUMBER.fullmatch(n))).astype(bool)]:
        reason = "Column 'communication' holds no number of a communication, such as 2731/2016."
        sheet.book.set_aside(int(row), reason)
    return accepted_rows(
        sheet,
        ViewGrades,
        communication=numbers,
        committee_code=required_codes(sheet, "committee", "committee"),
        graded_date=read_days(sheet, "graded"),
        follow_up_grade_code=required_codes(sheet, "grade", "view_grade"),
        document_symbol=sheet.text("report"),
    )
