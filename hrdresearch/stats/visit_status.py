"""The status of each request for a country visit on a given day, from its dated statuses."""

from __future__ import annotations

import pandas as pd

STATUSES = ("requested", "invited", "visited", "followed_up")


def has_reached(visits: pd.DataFrame, status: str, on: pd.Timestamp) -> pd.Series:
    """Whether each request had reached a status by the day ``on``.

    visits: rows of table ``visits``. status: one of ``STATUSES``. A status whose day is not
    recorded counts as reached on every day: it is known that it happened, but not when.
    """
    dates = visits[f"{status}_date"]
    happened: pd.Series = visits[f"is_{status}"].astype(bool) & (dates.isna() | (dates <= on))
    return happened


def is_outstanding(visits: pd.DataFrame, on: pd.Timestamp) -> pd.Series:
    """Whether each visit had been requested and not conducted by the day ``on``.

    An invitation does not end a request.
    """
    return has_reached(visits, "requested", on) & ~has_reached(visits, "visited", on)


def is_invited_not_visited(visits: pd.DataFrame, on: pd.Timestamp) -> pd.Series:
    """Whether an invitation had been issued and no visit conducted by the day ``on``.

    The same request may also be outstanding.
    """
    return has_reached(visits, "invited", on) & ~has_reached(visits, "visited", on)


def standing_invitation_code(visits: pd.DataFrame, on: pd.Timestamp) -> pd.Series:
    """Whether the State had a standing invitation on a day: yes, no or not_recorded.

    A standing invitation with a later date is "no".
    """
    recorded: pd.Series = visits["has_standing_invitation"]
    return recorded.mask(visits["standing_invitation_date"] > on, "no")


def request_age_days(visits: pd.DataFrame, on: pd.Timestamp) -> pd.Series:
    """Days from the first request to the day ``on``; empty where its day is not recorded."""
    age: pd.Series = (on - visits["requested_date"]).dt.days.astype("Int64")
    return age
