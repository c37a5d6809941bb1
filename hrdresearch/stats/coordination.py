"""Groups of messages alike from many accounts within a short window: the same text, the same link.

A group is a pattern of messages: it names no account, and it does not say who organized it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

ACCOUNTS, WINDOW_HOURS = 5, 24


def coordinated(
    posts: pd.DataFrame,
    accounts: int = ACCOUNTS,
    hours: int = WINDOW_HOURS,
    by: str = "near_id",
) -> pd.DataFrame:
    """Groups (``by``: what they share) in which many accounts wrote within a short window.

    posts: the column ``by``, author_id, posted_at, is_marked. Columns: ``by``, messages, accounts,
    first, is_marked (the coder marked one of them); counts are of the fullest window, and no
    account is listed.
    """
    held = posts.dropna(subset=[by, "posted_at"])
    several = held.groupby(by, observed=True)["author_id"].nunique()
    held = held[held[by].isin(several.index[several >= accounts])].sort_values("posted_at")
    found = []
    for shared, group in held.groupby(by, observed=True):
        times = group["posted_at"].to_numpy()
        authors = group["author_id"].factorize()[0]
        start, end, most = fullest_window(times, authors, np.timedelta64(hours, "h"))
        if most >= accounts:
            marked = bool(group["is_marked"].to_numpy()[start:end].any())
            found.append((shared, end - start, most, times[start], marked))
    return pd.DataFrame(found, columns=[by, "messages", "accounts", "first", "is_marked"])


def fullest_window(
    times: NDArray[np.datetime64], authors: NDArray[np.intp], width: np.timedelta64
) -> tuple[int, int, int]:
    """First and behind-last message of the window with most accounts, and how many these are.

    times are in order; the window moves along them once, so a link shared a million times is no
    trouble.
    """
    counts = np.zeros(int(authors.max()) + 1 if len(authors) else 0, dtype=int)
    distinct = end = 0
    best = (0, 0, 0)
    for start in range(len(times)):
        while end < len(times) and times[end] - times[start] <= width:
            distinct += counts[authors[end]] == 0
            counts[authors[end]] += 1
            end += 1
        if distinct > best[2]:
            best = (start, end, int(distinct))
        counts[authors[start]] -= 1
        distinct -= counts[authors[start]] == 0
    return best


def by_link(posts: pd.DataFrame) -> pd.DataFrame:
    """One row a message and link, from pseudonyms of links joined by ``|``."""
    held = posts.dropna(subset=["link_ids"])
    links = held["link_ids"].astype(str).str.split("|")
    return held.assign(link_id=links).explode("link_id", ignore_index=True)
