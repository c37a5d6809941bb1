"""States that calls for inputs were sent to, a row for each call and State."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.ledger import accepted_rows
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.submission_requests import SubmissionRequests


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``submission_requests``; the second row of one call and State is set aside."""
    calls = sheet.text("call")
    states = sheet.states("asked_state", pd.Series(pd.NaT, index=calls.index))
    pairs = pd.DataFrame({"call": calls, "state": states})
    for row in pairs.index[pairs.duplicated() & states.notna()]:
        sheet.book.set_aside(int(row), "The call names this State in an earlier row too.")
    return accepted_rows(sheet, SubmissionRequests, call=calls, state_iso3=states)
