"""Make the invented ledgers of visits, reprisals, promises and laws, and the status of cases.

``python scripts/make_demo_ledgers.py [FOLDER]`` writes the same bytes each time. Nobody in these
files exists, and no day in them is real: States are taken in alphabetical order, not chosen, but
for those that the report A/75/165 itself names, which stand in the ledger without a day.
"""

from __future__ import annotations

import csv
import random
import sys
from datetime import date, timedelta
from pathlib import Path

from demo.files import SEED, declare, write_csv
from demo.people import Register, Row, chance, pick

from hrdresearch.vocab import codes
from hrdresearch.vocab.states import all_codes, is_member, short_name

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "data" / "raw" / "demo"
SELF_TEST = ROOT / "data" / "reference" / "self_test"
LAST = date(2023, 4, 30)
ACTS = ("threatened", "attacked", "searched", "smeared", "threatened;smeared")
FOLLOWED = (
    *("released", "sentence_reduced", "charges_dropped", "protection_granted"),
    *("investigation_opened", "nothing"),
)
EVIDENCE = ("A/HRC/00/00", "A/00/000", "finding of the study on communications")
ABOUT = (
    "# Invented entries: none of them happened, and no person in them exists. Made by\n"
    "# scripts/make_demo_ledgers.py; do not edit by hand.\n"
)


def main() -> None:
    """Write a folder a study, each with its DEMO.yml."""
    base = Path(sys.argv[1]) if len(sys.argv) > 1 else DEMO
    rng = random.Random(SEED)
    states = sorted((i for i in all_codes() if is_member(i)), key=short_name)
    publish(base / "visits", "visits", {"demo-visits.csv": ("visits-ledger", visits(rng, states))})
    publish(
        base / "reprisals",
        "reprisals",
        {"demo-reprisals.csv": ("reprisals-ledger", reprisals(rng, states))},
    )
    publish(
        base / "promises",
        "promises",
        {
            "demo-promises.csv": ("promises-ledger", promises(rng)),
            "demo-laws.csv": ("laws-ledger", laws(rng, states)),
        },
    )
    publish(
        base / "case-status",
        "case-status",
        {"demo-case-status.csv": ("case-status", case_status(random.Random(SEED + 1), states))},
    )


def visits(rng: random.Random, states: list[str]) -> list[Row]:
    """The States that the report names, and thirty more with invented days."""
    named = shipped("visits.csv")
    known = {row["state"] for row in named}
    others = [short_name(i) for i in states if short_name(i) not in known][:30]
    rows = [{**row, "reminded": ""} for row in named]
    for number, state in enumerate(others, start=len(named) + 1):
        asked = date(2006, 1, 1) + timedelta(days=int(rng.random() * 5800))
        standing = asked - timedelta(days=int(rng.random() * 900)) if chance(rng, 0.5) else None
        invited = (
            asked + timedelta(days=200 + int(rng.random() * 900)) if chance(rng, 0.6) else None
        )
        visited = (
            invited + timedelta(days=90 + int(rng.random() * 500))
            if invited and chance(rng, 0.7)
            else None
        )
        again = visited + timedelta(days=700) if visited and chance(rng, 0.3) else None
        reminded = asked + timedelta(days=800) if not visited and chance(rng, 0.5) else None
        rows.append(
            {
                "number": f"V {number}",
                "state": state,
                "requested": str(asked),
                "invited": known_by_now(invited),
                "visited": known_by_now(visited),
                "followed_up": known_by_now(again),
                "standing_invitation": known_by_now(standing) or pick(rng, ["no", "no", ""]),
                "reminded": known_by_now(reminded),
            }
        )
    return rows


def reprisals(rng: random.Random, states: list[str]) -> list[Row]:
    """Ninety persons in about seventy cases; some facts are not recorded."""
    people = Register(rng)
    forms = [c for c in codes("reprisal_form") if c != "not_recorded"]
    bodies = [c for c in codes("body_contacted") if c != "not_recorded"]
    rows: list[Row] = []
    case = 0
    while len(rows) < 90:
        case += 1
        state, day = pick(rng, states[:40]), LAST - timedelta(days=int(rng.random() * 1000))
        for _ in range(1 if chance(rng, 0.75) else 2):
            person = people.person(women=0.4)
            told = sorted({pick(rng, forms[:8]) for _ in range(1 + int(rng.random() * 3))})
            rows.append(
                {
                    "case_number": f"demo case {case}",
                    "reported": str(day),
                    "state": short_name(state),
                    "name": person.name,
                    "sex": person.sex.lower(),
                    "forms": ";".join(told) if chance(rng, 0.85) else "",
                    "space": pick(rng, ["online", "offline", "offline", "both", ""]),
                    "bodies": ";".join(sorted({pick(rng, bodies) for _ in range(2)})),
                    "status": pick(rng, ["raised", "raised", "continuing", "stopped", ""]),
                    "letter": pick(rng, ["yes", "no"]),
                }
            )
    return rows


def promises(rng: random.Random) -> list[Row]:
    """Every commitment of the report; two in three with an invented assessment."""
    rows = shipped("commitments.csv")
    wanted = [c for c in codes("commitment_status") if c != "not_assessed"]
    obstacles = [c for c in codes("obstacle") if c != "none_recorded"]
    for row in rows:
        if chance(rng, 0.66):
            row["status"] = pick(rng, wanted)
            row["status_date"] = str(LAST - timedelta(days=int(rng.random() * 300)))
            row["evidence"] = pick(rng, EVIDENCE)
            if row["status"] in ("obstructed", "not_begun"):
                row["obstacle"] = pick(rng, obstacles)
    return rows


def laws(rng: random.Random, states: list[str]) -> list[Row]:
    """The mechanisms that the report names, and laws that nobody passed."""
    rows = shipped("laws.csv")
    known = {row["state"] for row in rows}
    others = [short_name(i) for i in states if short_name(i) not in known][:8]
    for number, state in enumerate(others, start=len(rows) + 1):
        kind = pick(rng, ["law_protects", "law_restricts"])
        rows.append(
            {
                "number": f"L {number}",
                "state": state,
                "kind": kind,
                "words": "Invented law on the protection of defenders"
                if kind == "law_protects"
                else "Invented law on the funding of associations",
                "status": pick(rng, ["draft", "in_force", "amended"]),
                "status_date": str(LAST - timedelta(days=int(rng.random() * 900))),
                "named_by": "Invented source",
            }
        )
    return rows


def case_status(rng: random.Random, states: list[str]) -> list[Row]:
    """Cases of 360 persons; of one in four nobody wrote down what followed."""
    people, rows = Register(rng), []
    for number in range(1, 361):
        person = people.person(women=0.4)
        day = date(2016, 1, 1) + timedelta(days=int(rng.random() * 2200))
        detained = chance(rng, 0.6)
        row = {
            "case_id": f"demo-case-{number}",
            "name": person.name,
            "sex": person.sex.lower(),
            "state": short_name(states[int(rng.random() ** 3 * 40)]),
            "date": str(day),
            "act": pick(rng, ["detained", "detained;tortured"] if detained else ACTS),
            **dict.fromkeys(FOLLOWED, ""),
            "died": "",
            "nhri_action": pick(rng, ["yes", "no", "no", "unknown", "", ""]),
            "told": "",
            "consent_date": "",
            "contributor": f"Invented organization {1 + int(rng.random() * 5)}",
        }
        rows.append(row)
        if chance(rng, 0.25):
            continue
        kinds = FOLLOWED[:3] if detained else FOLLOWED[3:5]
        after = day + timedelta(days=20 + int(rng.random() ** 2 * 1500))
        if chance(rng, 0.6) and after <= LAST:
            kind = pick(rng, kinds)
            row[kind] = str(after) if chance(rng, 0.9) else "yes"
            if chance(rng, 0.3):
                row |= {"told": kind, "consent_date": str(after)}
        elif chance(rng, 0.05):
            row["died"] = known_by_now(after)
        else:
            row["nothing"] = str(LAST - timedelta(days=int(rng.random() * 200)))
    return rows


def known_by_now(day: date | None) -> str:
    """A day that the ledger can hold."""
    return str(day) if day and day <= LAST else ""


def shipped(name: str) -> list[Row]:
    """Rows that the report itself names, as the self-test ships them."""
    with (SELF_TEST / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def publish(folder: Path, study: str, lists: dict[str, tuple[str, list[Row]]]) -> None:
    """Write the lists of a study with the declaration that they are invented."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (_, rows) in lists.items():
        write_csv(folder / name, rows)
    declare(folder, ABOUT, {name: source for name, (source, _) in lists.items()}, study)


if __name__ == "__main__":
    main()
