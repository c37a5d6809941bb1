"""Make the invented list of the study of trends, its earlier editions, and indicators beside it.

``python scripts/make_demo_trends.py [FOLDER]`` writes the same bytes each time. Nobody in these files
exists. The documented number grows by 6 per cent a year, and so does the number of organizations that
document: with their number as offset nothing is left of the rise. One case in seven is listed late.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from datetime import date, timedelta
from math import log
from pathlib import Path

from demo.files import SEED, declare, write_csv
from demo.people import Register, Row, chance, pick

FOLDER = Path(__file__).resolve().parents[1] / "data" / "raw" / "demo" / "trends"
ABOUT = """\
# Invented cases, editions and indicators: nobody in these files exists and nothing in them happened.
# Made by scripts/make_demo_trends.py; do not edit by hand.
"""
STATES = (
    *(
        "Andorra",
        "Bhutan",
        "Comoros",
        "Dominica",
        "Eswatini",
        "Fiji",
        "Gabon",
        "Iceland",
        "Jamaica",
    ),
    *("Kiribati", "Lesotho", "Maldives", "Nauru", "Oman"),
)  # in alphabetical order, not chosen
YEARS = range(2006, 2021)
EDITIONS = (date(2015, 3, 1), date(2017, 3, 1), date(2019, 3, 1))
FILE_DAY = date(2021, 3, 1)
GROWTH, LATE, HALF = (
    1.06,
    0.15,
    365.0,
)  # a year; share listed late; days in which half of these come
EFFORT = "Effort: organizations that documented cases"
SCORE = "Invented score with its standard deviation"


def main() -> None:
    """Write the files and DEMO.yml."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(SEED)
    cases = list(invented_cases(rng))
    files = {
        "demo-trends-cpj.csv": ("cpj", [row for row, listed in cases if listed <= FILE_DAY]),
        "demo-trends-editions.csv": ("earlier-editions", editions(cases)),
        "demo-trends-indicators.csv": ("state-indicators", indicators(rng)),
    }
    for name, (_, rows) in files.items():
        write_csv(folder / name, rows)
    declare(folder, ABOUT, {name: source for name, (source, _) in files.items()}, "trends")


def invented_cases(rng: random.Random) -> list[tuple[Row, date]]:
    """Cases in the layout of an export of 2026, each with the day on which it was listed."""
    people = Register(rng)
    made = []
    for number, year in enumerate(YEARS):
        for _ in range(round(40 * GROWTH**number * (0.9 + 0.2 * rng.random()))):
            day = date(year, 1, 1) + timedelta(days=int(rng.random() * 365))
            wait = (
                -log(1 - rng.random()) * HALF / log(2) if chance(rng, LATE) else rng.random() * 20
            )
            # The first States have more cases than the last.
            state = STATES[int(len(STATES) * rng.random() ** 1.4)]
            row = {
                "name": people.person().name,
                "status": "Killed",
                "type": "Journalist",
                "date": str(day),
                "place": "Toronaldemo",
                "organization": "Radio Demo",
                "motive_confirmed": "Confirmed" if chance(rng, 0.8) else "Unconfirmed",
                "country": state,
            }
            made.append((row, day + timedelta(days=int(wait))))
    return made


def editions(cases: list[tuple[Row, date]]) -> list[Row]:
    """Counts of what each earlier edition held."""
    rows = []
    for day in EDITIONS:
        held = Counter(
            (row["date"][:4], row["country"], row["motive_confirmed"])
            for row, listed in cases
            if listed <= day
        )
        rows += [
            {
                "list": "cpj",
                "edition_day": str(day),
                "year": year,
                "state": state,
                "cases": count,
                "link": "confirmed" if link == "Confirmed" else "suspected",
            }
            for (year, state, link), count in sorted(held.items())
        ]
    return rows


def indicators(rng: random.Random) -> list[Row]:
    """The effort of documenting, and a score of each State with its standard deviation."""
    rows = []
    for number, year in enumerate(YEARS):
        for state in STATES:
            score = 0.4 * rng.random() + (0.08 * number if state == STATES[0] else 0.0)
            organizations = round(20 * GROWTH**number)
            for indicator, value in ((EFFORT, str(organizations)), (SCORE, f"{score:.2f} ± 0.20")):
                rows.append({"state": state, "indicator": indicator, "year": year, "value": value})
    return [*rows, {**pick(rng, rows), "state": "Republic of Nowhere"}]  # to be set aside


if __name__ == "__main__":
    main()
