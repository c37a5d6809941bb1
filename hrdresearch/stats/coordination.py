"""Finds groups of messages with the same text or link, from many accounts within a short time.

A group describes messages. It names no account, and it does not show that anybody organized it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

ACCOUNTS, WINDOW_HOURS = 5, 24


def find_same_content_groups(
    posts: pd.DataFrame,
    accounts: int = ACCOUNTS,
    hours: int = WINDOW_HOURS,
    by: str = "near_id",
) -> pd.DataFrame:
    """Find texts or links that many accounts posted within a short time.

    posts: columns author_id, posted_at, is_marked and ``by`` (what the messages of a group share).
    accounts: fewest accounts of a group. hours: length of the window. The result has one row a
    group: ``by``, messages and accounts of its fullest window, first (time of the first message),
    and is_marked (the coder marked at least one). No account is listed.
    """
    usable = posts.dropna(subset=[by, "posted_at"])
    authors_of = usable.groupby(by, observed=True)["author_id"].nunique()
    enough = authors_of.index[authors_of >= accounts]
    usable = usable[usable[by].isin(enough)].sort_values("posted_at")
    found = []
    for shared, group in usable.groupby(by, observed=True):
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
    """Find the window of time in which most accounts wrote.

    times: of the messages, in ascending order. authors: number of the account of each message.
    Returns the position of the first message, the position after the last, and the number of
    accounts. One pass over the messages.
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


def one_row_per_link(posts: pd.DataFrame) -> pd.DataFrame:
    """Repeat each message for each of its links, in a new column link_id.

    posts: column link_ids, pseudonyms of links joined by ``|``. Messages without a link are left
    out.

    >>> one_row_per_link(pd.DataFrame({"link_ids": ["a|b", None]}))["link_id"].tolist()
    ['a', 'b']
    """
    with_link = posts.dropna(subset=["link_ids"])
    links = with_link["link_ids"].astype(str).str.split("|")
    return with_link.assign(link_id=links).explode("link_id", ignore_index=True)
