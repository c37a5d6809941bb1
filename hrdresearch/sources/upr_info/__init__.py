"""UPR Info: export of the database, a row for each recommendation and recommending State.

Quirks: Mac Roman with CR line ends; brackets written as HTML entities (``&#40;Unknown&#41;``);
issues joined by commas; the XLS repeats two column names and is damaged for some readers. Voluntary
pledges are exported in the same columns and are told by their response.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd

from hrdresearch.sources.errors import UnreadableFileError
from hrdresearch.sources.reading import Rows, read_rows
from hrdresearch.sources.recommendations_sheet import (
    PLEDGE,
    RECOMMENDATION,
    recommendation_rows,
    recommending_state_codes,
    reviewed_state_codes,
    whole_numbers,
)
from hrdresearch.sources.sheet import Sheet

ENCODING = "mac_roman"
PLEDGES = "Voluntary Pledge"
# What exports call a column -> our name; compared without case, spaces and signs.
COLUMNS = {
    "To": ("to", "sur", "stateunderreview", "stateundereview"),
    "Text": ("text", "recommendation", "recommendationtext"),
    "From": ("from", "rs", "recommendingstate", "reccommendingstate"),
    "Response": ("response", "responses"),
    "Action": ("action", "actioncategory"),
    "Issue": ("issue", "issues"),
    "Session": ("session", "uprsession"),
}
_NAMES = {name: ours for ours, names in COLUMNS.items() for name in names}


def read(path: Path) -> Rows:
    """Rows of an export; columns with the same name (Rgrp, Org) are distinguished by their place."""
    try:
        rows = read_rows(path)
    except UnreadableFileError:
        rows = read_rows(path, ENCODING)
    number, header = rows.rows[0]
    names: list[str] = []
    for i, cell in enumerate(header):
        name = _NAMES.get(re.sub(r"[\W_]+", "", cell).casefold(), cell.strip())
        names.append(f"{name}-{i}" if name in names else name)
    return replace(rows, rows=[(number, names), *rows.rows[1:]])


def clean(sheet: Sheet) -> pd.DataFrame:
    """One row for each row of the export, with the columns of ``recommendation_rows``.

    Several rows can be one recommendation, one for each State that made it. Voluntary pledges have
    the kind ``pledge``.
    """

    def cells(column: str) -> pd.Series:
        published = sheet.text(column)
        unescaped = {cell: html.unescape(cell) for cell in published.unique()}
        return published.map(unescaped).astype("object")

    is_pledge = cells("Response") == PLEDGES
    action = whole_numbers(cells("Action")).astype("string").fillna("")
    return recommendation_rows(
        sheet,
        kind=is_pledge.map({True: PLEDGE, False: RECOMMENDATION}),
        state_iso3=reviewed_state_codes(cells("To")),
        session=whole_numbers(cells("Session")),
        text=cells("Text"),
        recommending=recommending_state_codes(sheet, "From", cells("From")),
        response_code=sheet.codes("Response", "upr_response"),
        position_status_code="index",
        source_action_code=action.where(action.isin(list("12345")), "").astype("object"),
        source_issues=cells("Issue").str.replace(r"\s*,\s*", "|", regex=True),
    )
