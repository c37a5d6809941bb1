"""Where a request for a visit stands on a day: pure rules on the dated statuses."""

from __future__ import annotations

import pandas as pd

STATUSES = ("requested", "invited", "visited", "followed_up")


def reached(visits: pd.DataFrame, status: str, on: pd.Timestamp) -> pd.Series:
    """Whether a status was reached by a day.

    A status without a day counts as reached whatever the day: that it happened is known, not when.
    """
    dates = visits[f"{status}_date"]
    happened: pd.Series = visits[f"is_{status}"].astype(bool) & (dates.isna() | (dates <= on))
    return happened


def outstanding(visits: pd.DataFrame, on: pd.Timestamp) -> pd.Series:
    """Requested and not yet visited; an invitation does not end a request."""
    return reached(visits, "requested", on) & ~reached(visits, "visited", on)


def invited_not_visited(visits: pd.DataFrame, on: pd.Timestamp) -> pd.Series:
    """Invited and not yet visited; such a State may stand among the outstanding requests too."""
    return reached(visits, "invited", on) & ~reached(visits, "visited", on)


def standing_invitation(visits: pd.DataFrame, on: pd.Timestamp) -> pd.Series:
    """Standing invitation on a day: yes, no or not recorded; one that came later is no."""
    says: pd.Series = visits["has_standing_invitation"]
    return says.mask(visits["standing_invitation_date"] > on, "no")


def age_in_days(visits: pd.DataFrame, on: pd.Timestamp) -> pd.Series:
    """Days since the first request, empty where its day is not recorded."""
    age: pd.Series = (on - visits["requested_date"]).dt.days.astype("Int64")
    return age
