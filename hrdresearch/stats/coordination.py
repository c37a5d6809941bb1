"""Groups of near-identical messages from many accounts within a short window.

A group is a pattern of messages: it names no account, and it does not say who organized it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

ACCOUNTS, WINDOW_HOURS = 5, 24


def coordinated(
    posts: pd.DataFrame, accounts: int = ACCOUNTS, hours: int = WINDOW_HOURS
) -> pd.DataFrame:
    """Groups in which many accounts wrote nearly the same within a short window.

    posts: near_id, author_id, posted_at. Columns: near_id, messages, accounts, first; counts are of
    the fullest window, and no account is listed.
    """
    held = posts.dropna(subset=["near_id", "posted_at"]).sort_values("posted_at")
    found = []
    for near, group in held.groupby("near_id"):
        times = group["posted_at"].to_numpy()
        authors = group["author_id"].to_numpy()
        best, at = 0, 0
        for i in range(len(times)):
            end = int(np.searchsorted(times, times[i] + np.timedelta64(hours, "h"), side="right"))
            distinct = len(set(authors[i:end]))
            if distinct > best:
                best, at, size = distinct, i, end - i
        if best >= accounts:
            found.append({"near_id": near, "messages": size, "accounts": best, "first": times[at]})
    return pd.DataFrame(found, columns=["near_id", "messages", "accounts", "first"])
