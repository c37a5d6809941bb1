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
        has_standing_invitation=_has_standing_invitation(sheet, standing),
        standing_invitation_date=since,
        **columns,
    )


def _has_standing_invitation(sheet: Sheet, happened: pd.Series) -> pd.Series:
    """``yes`` where the cell is a day or yes, ``no`` where it is no, else ``not_recorded``."""
    cells = sheet.text("standing_invitation").str.casefold()
    answers = pd.Series("not_recorded", cells.index, dtype="object")
    return answers.mask(cells.isin(("no", "n")), "no").mask(happened, "yes")


def _check_order(sheet: Sheet, found: dict[str, pd.Series]) -> None:
    """Note an issue where a visit is before its request, or a follow-up before its visit."""
    for earlier, later in (("requested", "visited"), ("visited", "followed_up")):
        wrong = found[earlier].notna() & found[later].notna() & (found[later] < found[earlier])
        what = f"The day of {later!r} is before that of {earlier!r}."
        sheet.book.issues_at(wrong.index[wrong], later, what, "kept; look at the entry")
