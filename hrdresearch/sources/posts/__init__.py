"""Messages as an organization collected them: columns of the layout, times in UTC.

Text and accounts are still there; the build codes the messages and then they leave. The same
``columns_of`` reads a chunk of an archive that is too large for one table.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from hrdresearch.sources.sheet import Sheet

NO_TEXT = "The message has no text."
NO_TIME = "The time cannot be read; expected 2023-05-04T17:20:00+02:00."
NO_ZONE = "The time has no zone."
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
)


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``posts`` with text and accounts."""
    facts = sheet.layout.facts
    held = columns_of(
        sheet.cells,
        facts["columns"],
        str(facts["platform"]),
        sheet.spec.crosswalks["post_relation"],
    )
    told = sheet.text(facts["columns"]["time"])
    zone = told.str.contains(r"(?:Z|[+-]\d{2}:?\d{2}|UTC)\s*$", regex=True)
    sheet.book.issues_at(
        told.index[(told != "") & ~zone], facts["columns"]["time"], NO_ZONE, "taken as UTC"
    )
    unread = (told != "") & held["posted_at"].isna()
    sheet.book.issues_at(told.index[unread], facts["columns"]["time"], NO_TIME, "time left empty")
    empty = held["text"].str.strip() == ""
    for row in held.index[empty]:
        sheet.book.set_aside(int(row), NO_TEXT)
    return held[~empty].assign(source_row=[int(i) for i in held.index[~empty]])


def columns_of(
    cells: pd.DataFrame, names: Mapping[str, str], platform: str, relations: Mapping[str, str]
) -> pd.DataFrame:
    """Columns record_id, posted_at, text, author, target, platform, relation, engagement.

    names: our column -> the layout's; a column that is not there is empty.
    """
    given = {
        ours: cells[names[ours]].astype("object").fillna("").astype(str)
        if names.get(ours) in cells.columns
        else pd.Series("", index=cells.index, dtype="object")
        for ours in COLUMNS
    }
    times = pd.to_datetime(given["time"], utc=True, errors="coerce", format="ISO8601")
    relation = given["relation"].str.strip().str.lower().map(dict(relations))
    return pd.DataFrame(
        {
            "record_id": given["id"],
            "posted_at": times.dt.tz_localize(None),
            "platform_name": given["platform"].where(given["platform"] != "", platform),
            "told_language": given["language"].str.lower().str[:2],
            "text": given["text"],
            "author": given["author"].str.strip().str.lstrip("@"),
            "target": given["target"].str.strip().str.lstrip("@"),
            "relation_code": relation.fillna("not_recorded"),
            "engagement": pd.to_numeric(given["engagement"], errors="coerce").astype("Int64"),
        },
        index=cells.index,
    )
