"""Register of press releases: a row for each release, States separated by semicolons."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.ledger import entry_numbers, read_days
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables import TABLES
from hrdresearch.vocab.states import to_iso3


def clean(sheet: Sheet) -> pd.DataFrame:
    """One row for each press release; column ``states`` is a list of ISO3 codes."""
    day = read_days(sheet, "date", needed=True)
    states = []
    for row, cell in sheet.text("states").items():
        found = [(name, to_iso3(name)) for name in cell.split(";") if name.strip()]
        if not found or any(iso3 is None for _, iso3 in found):
            sheet.book.set_aside(
                int(str(row)), "Column 'states' holds no State, or an unknown one."
            )
        states.append(list(dict.fromkeys(iso3 for _, iso3 in found if iso3)))
    frame = pd.DataFrame(
        {
            "release_id": entry_numbers(sheet, "number"),
            "source": sheet.spec.facts.slug,
            "source_row": sheet.cells.index,
            "release_date": day,
            "release_year": day.dt.year.astype("Int64"),
            "states": states,
        },
        index=sheet.cells.index,
    )
    return frame[~frame.index.isin(sheet.book.rows_aside)].reset_index(drop=True)


def one_row_per_state(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of table ``press_releases``: one for each release and State."""
    long = rows.explode("states").rename(columns={"states": "state_iso3"})
    return long[TABLES["press_releases"].columns].reset_index(drop=True)
