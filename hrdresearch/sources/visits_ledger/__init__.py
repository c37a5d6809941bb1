"""Ledger of country visits: request, invitation, visit and follow-up, each with its day."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hrdresearch.sources.ledger import (
    accepted_rows,
    entry_numbers,
    read_days,
    read_statuses,
    years_of,
)
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.visits import Visits

ORDER = ("requested", "invited", "visited", "followed_up")


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``visits``."""
    none = pd.Series(pd.NaT, sheet.cells.index).astype("datetime64[ns]")
    states = sheet.states("state", none)
    found = {status: read_statuses(sheet, status) for status in ORDER}
    any_status = pd.concat([happened for happened, _ in found.values()], axis=1).any(axis=1)
    for row in any_status.index[~any_status]:
        sheet.book.set_aside(int(row), f"None of {', '.join(ORDER)} holds a day or yes.")
    _check_order(sheet, {status: day for status, (_, day) in found.items()})
    standing, since = read_statuses(sheet, "standing_invitation")
    said = _standing(sheet, standing)
    columns: dict[str, Any] = {
        key: value
        for status, (happened, day) in found.items()
        for key, value in ((f"is_{status}", happened), (f"{status}_date", day))
    }
    return accepted_rows(
        sheet,
        Visits,
        visit_id=entry_numbers(sheet, "number"),
        state_iso3=states,
        requested_year=years_of(found["requested"][1]),
        reminded_date=read_days(sheet, "reminded"),
        has_standing_invitation=said,
        standing_invitation_date=since,
        **columns,
    )


def _standing(sheet: Sheet, happened: pd.Series) -> pd.Series:
    """``yes`` where a day or a yes stands, ``no`` where a no does, else not recorded."""
    said = sheet.text("standing_invitation").str.casefold()
    answers = pd.Series("not_recorded", said.index, dtype="object")
    return answers.mask(said.isin(("no", "n")), "no").mask(happened, "yes")


def _check_order(sheet: Sheet, found: dict[str, pd.Series]) -> None:
    """A visit before the request, a follow-up before the visit: told, and kept as written."""
    for earlier, later in (("requested", "visited"), ("visited", "followed_up")):
        wrong = found[earlier].notna() & found[later].notna() & (found[later] < found[earlier])
        what = f"The day of {later!r} is before that of {earlier!r}."
        sheet.book.issues_at(wrong.index[wrong], later, what, "kept; look at the entry")
