"""Make two editions of the invented list of journalists killed: the newest, and one of three years before.

``python scripts/make_demo_accountability.py [FOLDER]`` writes the same bytes each time. Nobody in these files
exists. The newest edition is the demo list of killings; in the earlier one later cases are missing, two are
that the newest does not hold, and the class of some cases is another.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from demo.files import SEED, declare, write_csv
from demo.people import Register, Row
from make_demo import lists

FOLDER = Path(__file__).resolve().parents[1] / "data" / "raw" / "demo" / "accountability"
SOURCES = {"demo-cpj.csv": "cpj", "demo-cpj-2017.csv": "cpj@2017"}
ABOUT = (
    "# Invented cases: nobody in these files exists. Made by scripts/make_demo_accountability.py; do not\n"
    "# edit by hand.\n"
)
LAST_YEAR = 2017  # of the earlier edition
CLASS = "impunityMurder"
EARLIER = {  # class now -> class in the earlier edition, by turns; None: as now
    "Partial Impunity": ("Complete Impunity", None, "Complete Impunity"),
    "Full Justice": ("Partial Impunity", None, "Complete Impunity"),
    "Complete Impunity": (*[None] * 30, "Partial Impunity"),
}


def main() -> None:
    """Write both editions and DEMO.yml, which says that they are invented and what bytes they are."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    newest = lists()["demo-cpj.csv"]
    killed = [row for row in newest if row["status"] == "Killed"]
    write_csv(folder / "demo-cpj.csv", newest)
    write_csv(folder / "demo-cpj-2017.csv", [*_earlier(killed), *_withdrawn(killed)])
    declare(folder, ABOUT, SOURCES, "accountability")


def _earlier(killed: list[Row]) -> list[Row]:
    """Rows of the earlier edition, with the classes of that time."""
    seen = dict.fromkeys(EARLIER, 0)
    rows = []
    for row in killed:
        if int(row["Year"]) > LAST_YEAR:
            continue
        was, turns = row[CLASS], EARLIER.get(row[CLASS], ())
        if turns:
            was = turns[seen[row[CLASS]] % len(turns)] or row[CLASS]
            seen[row[CLASS]] += 1
        rows.append({**row, CLASS: was})
    return rows


def _withdrawn(killed: list[Row]) -> list[Row]:
    """Two cases that the newest edition does not hold."""
    register, names = Register(random.Random(SEED + LAST_YEAR)), {row["fullName"] for row in killed}
    persons = [person for _ in range(9) if (person := register.person()).name not in names][:2]
    classed = [row for row in killed if row[CLASS]]
    return [
        {**row, "fullName": person.name, "gender": person.sex, "Year": str(LAST_YEAR - 3)}
        for row, person in zip(classed, persons, strict=False)
    ]


if __name__ == "__main__":
    main()
