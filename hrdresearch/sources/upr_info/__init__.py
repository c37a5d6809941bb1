"""UPR Info: export of the database, one row a recommendation and recommending State.

Quirks: Mac Roman with CR line ends; brackets written as HTML entities (``&#40;Unknown&#41;``);
issues joined by commas; the XLS repeats two column names and is damaged for some readers. Voluntary
pledges are exported in the same columns and are told by their response.
"""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path

import pandas as pd

from hrdresearch.sources.errors import UnreadableFileError
from hrdresearch.sources.reading import Rows, read_rows
from hrdresearch.sources.recommendations_sheet import (
    PLEDGE,
    RECOMMENDATION,
    as_number,
    recommendations,
    recommending,
    under_review,
)
from hrdresearch.sources.sheet import Sheet

ENCODING = "mac_roman"
COLUMNS = {"SuR": "To", "Recommendation": "Text", "RS": "From"}
PLEDGES = "Voluntary Pledge"


def read(path: Path) -> Rows:
    """Rows of an export; columns of the same name (Rgrp, Org) are told apart by their place."""
    try:
        rows = read_rows(path)
    except UnreadableFileError:
        rows = read_rows(path, ENCODING)
    number, header = rows.rows[0]
    names = [
        f"{name.strip()}-{i}" if header.index(name) < i else name.strip()
        for i, name in enumerate(header)
    ]
    return replace(rows, rows=[(number, names), *rows.rows[1:]])


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows as the build takes them; see ``recommendations_sheet``."""
    names = {ours: theirs for theirs, ours in COLUMNS.items() if theirs in sheet.cells}

    def cells(column: str) -> pd.Series:
        published = sheet.text(names.get(column, column))
        return published.map({cell: html.unescape(cell) for cell in published.unique()})

    response = cells("Response")
    is_pledge = response == PLEDGES
    action = as_number(cells("Action")).astype("string").fillna("")
    return recommendations(
        sheet,
        kind=is_pledge.map({True: PLEDGE, False: RECOMMENDATION}),
        state_iso3=under_review(cells("To")),
        session=as_number(cells("Session")),
        text=cells("Text"),
        recommending=recommending(sheet, "From", cells("From")),
        response_code=sheet.codes("Response", "upr_response"),
        position_status_code="index",
        source_action_code=action.where(action.isin(list("12345")), "").astype("object"),
        source_issues=cells("Issue").str.replace(r"\s*,\s*", "|", regex=True),
    )
