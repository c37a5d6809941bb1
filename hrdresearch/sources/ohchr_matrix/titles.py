"""State under review and session of a matrix, from its titles or the name of the file."""

from __future__ import annotations

import re

import pandas as pd

from hrdresearch.sources.recommendations_sheet import reviewed_state_codes
from hrdresearch.sources.wg_draft import state_in_name

REVIEW_OF = re.compile(r"\bUPR of (?:the )?(?P<state>.+?)\s*(?:\(|[–-]|$)", re.IGNORECASE)
SESSION = re.compile(
    r"cycle\W+(\d{1,2})(?:st|nd|rd|th)? session|session (\d{1,2}) of the (?:UPR )?working group",
    re.IGNORECASE,
)


def reviewed_state(titles: list[str], stem: str) -> str:
    """Name of the State under review, from the titles, else from the name of the file.

    titles: texts above the tables and in the page headers. stem: name of the file without suffix.
    """
    for title in titles:
        named = REVIEW_OF.search(title)
        if named and reviewed_state_codes(pd.Series([named["state"]]))[0]:
            return named["state"]
    named_in = (state_in_name(title) for title in titles if 3 < len(title.strip()) < 200)
    return next(filter(None, named_in), "") or state_in_name(stem)


def session_of_titles(titles: list[str]) -> str:
    """Number of the session that a title names, as text; empty where none does."""
    found = next(filter(None, map(SESSION.search, titles)), None)
    return found[1] or found[2] if found else ""
