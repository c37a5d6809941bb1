"""Events offline of persons who are attacked online."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.sheet import Sheet


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``offline_events`` with the person still named."""
    days = pd.to_datetime(sheet.text("date"), errors="coerce", format="%Y-%m-%d")
    events = sheet.text("event").map(dict(sheet.spec.crosswalks["offline_event"]))
    people = sheet.text("person").str.lstrip("@")
    sheet.names("person")  # of rows set aside too, for the scan of reports
    for row in sheet.cells.index[days.isna() | events.isna() | (people == "")]:
        sheet.book.set_aside(int(row), "Person, day (2023-05-04) or event is missing or unknown.")
    kept = ~sheet.cells.index.isin(sheet.book.rows_aside)
    return pd.DataFrame(
        {
            "person": people[kept],
            "event_date": days[kept],
            "event_code": events[kept],
            "source_row": [int(i) for i in sheet.cells.index[kept]],
        }
    )
