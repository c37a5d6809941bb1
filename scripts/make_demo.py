"""Make ``data/raw/demo``: invented cases in the formats of real publishers, with their dirt.

``python scripts/make_demo.py [FOLDER]`` writes the same bytes each time; a test remakes them.
Nobody in these files exists: see ``demo/people.py`` for how to tell.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from demo import cpj, cpt, global_witness, lideres, restricted
from demo.files import SEED, declare, write_csv
from demo.people import ENDING, Register, Row, in_another_list
from demo.spreadsheet import write_xlsx

FOLDER = Path(__file__).resolve().parents[1] / "data" / "raw" / "demo"
SOURCES = {
    "demo-global-witness.csv": "global-witness",
    "demo-cpj.csv": "cpj",
    "demo-cpt.xlsx": "cpt",
    "demo-lideres.csv": "lideres-colombia",
    "demo-restricted.csv": "restricted-list",
}
OTHER_DAYS = {5: 1, 8: 10}  # of ten persons whom two lists hold: days by which the second differs
ABOUT = f"""\
# Invented cases: nobody in these files exists. Made by scripts/make_demo.py; do not edit by hand.
# A family name ends in "{ENDING}" in its own script; identifiers and municipalities hold it too.
# One person is called like a state of Brazil, on purpose.
"""


def main() -> None:
    """Write every file and DEMO.yml, which says that they are invented and what bytes they are."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in lists().items():
        if name.endswith(".xlsx"):
            write_xlsx(folder / name, [list(rows[0]), *(list(row.values()) for row in rows)])
        else:
            write_csv(folder / name, rows)
    declare(folder, ABOUT, SOURCES)


def lists() -> dict[str, list[Row]]:
    """Rows of every file; each list has its own sequence of chance, names are given out once."""
    register = Register(random.Random(SEED))
    chances: Iterator[random.Random] = (random.Random(SEED + step) for step in range(1, 99))
    defenders = global_witness.rows_of(next(chances), register)
    return {
        "demo-global-witness.csv": defenders,
        "demo-cpj.csv": cpj.rows_of(next(chances), register),
        "demo-cpt.xlsx": cpt.rows_of(next(chances), register, shared(defenders, "Brazil", 30)),
        "demo-lideres.csv": lideres.rows_of(
            next(chances), register, shared(defenders, "Colombia", 30, range(2016, 2021))
        ),
        "demo-restricted.csv": restricted.rows_of(next(chances), register),
    }


def shared(rows: list[Row], state: str, most: int, years: range = range(2012, 2022)) -> list[Row]:
    """Rows of a State that a second list documents too, as that list knows them.

    Only clean names and whole dates. Names are spelled in other ways, and some days are others.
    """
    chosen = [
        row
        for row in rows
        if row["country"] == state
        and row["name"].endswith(ENDING)
        and len(row["date"]) == 10
        and int(row["date"][:4]) in years
    ][:most]
    return [
        {
            **row,
            "name": in_another_list(row["name"], number),
            "date": str(
                date.fromisoformat(row["date"]) + timedelta(OTHER_DAYS.get(number % 10, 0))
            ),
        }
        for number, row in enumerate(chosen)
    ]


if __name__ == "__main__":
    main()
