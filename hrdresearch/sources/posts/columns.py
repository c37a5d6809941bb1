"""Columns of messages, the same for every layout: times in UTC, accounts without "@".

Texts and accounts are still in them; the build codes the messages and then removes both.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

NO_TEXT = "The message has no text."
NO_AUTHOR = "The message has no author."
NO_TIME = (
    "The time cannot be read, or nothing tells its day from its month; "
    "expected 2023-05-04T17:20:00+02:00."
)
NO_ZONE = "The time has no zone."
TAKEN_AS_UTC, LEFT_EMPTY = "taken as UTC", "time left empty"
COLUMNS = (
    "id",
    "time",
    "text",
    "author",
    "target",
    "platform",
    "language",
    "relation",
    "engagement",
    "links",
)
SPELLED_OUT = "%a %b %d %H:%M:%S %z %Y"  # Thu May 04 17:20:00 +0200 2023
ZONE = r"(?:Z|[+-]\d{2}:?\d{2}|UTC|GMT)\s*$"
YEARS = (1900, 2200)  # a time outside is an error
EPOCH = r"\d{10}(?:\.\d+)?|\d{13}"  # seconds or milliseconds since 1970, which are UTC


def reasons_unusable(messages: pd.DataFrame) -> pd.Series:
    """Reason why each message cannot be used, or ""; messages: as from ``message_columns``."""
    why = pd.Series("", index=messages.index, dtype="object")
    why = why.mask(messages["author"] == "", NO_AUTHOR)
    return why.mask(messages["text"].str.strip() == "", NO_TEXT)


def time_issues(messages: pd.DataFrame) -> list[tuple[pd.Index, str, str]]:
    """Messages whose time has no zone or cannot be read: their rows, the issue, what is done."""
    unread = messages["told_time"] & messages["posted_at"].isna()
    no_zone = messages["told_time"] & ~messages["has_zone"] & ~unread
    return [
        (messages.index[no_zone], NO_ZONE, TAKEN_AS_UTC),
        (messages.index[unread], NO_TIME, LEFT_EMPTY),
    ]


def message_columns(
    cells: pd.DataFrame, names: Mapping[str, str], relations: Mapping[str, str]
) -> pd.DataFrame:
    """Columns of messages in one form: record_id, posted_at (UTC), text, author and others.

    cells: text cells of the archive. names: column of the template -> column of ``cells``; one that
    does not exist is empty. relations: word of the archive -> code of the relation.
    """
    given = {
        ours: cells[names[ours]].astype("object").fillna("").astype(str)
        if names.get(ours) in cells.columns
        else pd.Series("", index=cells.index, dtype="object")
        for ours in COLUMNS
    }
    times, has_zone = read_times(given["time"].str.strip())
    relation = given["relation"].str.strip().str.lower().map(dict(relations))
    return pd.DataFrame(
        {
            "record_id": given["id"],
            "posted_at": times,
            "has_zone": has_zone,
            "told_time": given["time"].str.strip() != "",
            "platform_name": given["platform"],
            "told_language": given["language"].str.lower().str[:2],
            "text": given["text"],
            "author": given["author"].str.strip().str.lstrip("@"),
            "target": given["target"].str.strip().str.lstrip("@"),
            "links": given["links"],
            "relation_code": relation.fillna("not_recorded"),
            "engagement": pd.to_numeric(given["engagement"], errors="coerce").astype("Int64"),
        },
        index=cells.index,
    )


def read_times(cells: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Read times: the time in UTC (datetime64 without zone), and whether the zone was given.

    Read are ISO 8601, "Thu May 04 17:20:00 +0200 2023", and seconds or milliseconds since 1970; any
    other text gives an empty time. A time without zone is taken as UTC.
    """
    iso = cells.str.replace(r"\s*(?:UTC|GMT)$", "Z", regex=True)
    times = pd.to_datetime(iso, utc=True, errors="coerce", format="ISO8601")
    has_zone = cells.str.contains(ZONE, regex=True)
    epoch = cells.str.fullmatch(EPOCH)
    if epoch.any():
        numbers = cells[epoch].astype(float)
        seconds = numbers.where(numbers < 1e11, numbers / 1000)
        times = times.mask(epoch, pd.to_datetime(seconds, unit="s", utc=True, errors="coerce"))
        has_zone = has_zone | epoch
    left = times.isna() & (cells != "")
    if left.any():
        read = pd.to_datetime(cells[left], utc=True, errors="coerce", format=SPELLED_OUT)
        times = times.fillna(read)
        has_zone = has_zone | (left & times.notna())
    times = times.where(times.dt.year.between(*YEARS))
    known = times.dt.tz_localize(None).astype("datetime64[ns]")
    return known, (has_zone & known.notna()).astype(bool)
