"""Make the invented lists of attacks: a tracker of incidents, a list kept in confidence, and shutdowns.

``python scripts/make_demo_attacks.py [FOLDER]`` writes the same bytes each time. Nobody in these files
exists, no incident and no shutdown in them happened: States are taken in alphabetical order.
"""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from demo.files import SEED, declare, write_csv
from demo.people import ENDING, Register, Row, chance, pick

from hrdresearch.vocab.states import all_codes, is_member, short_name

FOLDER = Path(__file__).resolve().parents[1] / "data" / "raw" / "demo" / "attacks"
SOURCES = {
    "demo-tracker.csv": "us-press-freedom-tracker",
    "demo-attacks.csv": "attacks",
    "demo-shutdowns.csv": "keepiton",
}
ABOUT = (
    "# Invented entries: none of them happened, and no person in them exists. Made by\n"
    "# scripts/make_demo_attacks.py; do not edit by hand.\n"
)
NONE = "None"  # as the publisher of the tracker writes an empty cell
CATEGORIES = (
    *["Physical Attack"] * 6,
    *["Arrest / Criminal Charge"] * 4,
    *["Subpoena / Legal Order"] * 3,
    *["Denial of Access", "Chilling Statement", "Border Stop"] * 2,
    *("Physical Attack, Equipment Damage", "Arrest / Criminal Charge, Physical Attack"),
    *(
        "Arrest / Criminal Charge, Equipment Search or Seizure",
        "Equipment Damage",
        "Other Incident",
    ),
    "Prior Restraint",
)
PLACES = (
    "California (CA)",
    "New York (NY)",
    "Texas (TX)",
    "District of Columbia",
    "Ohio (OH)",
    NONE,
)
ARRESTS = (*["arrested and released"] * 5, "detained and released without being processed")
CHARGES = (
    "charges dropped",
    "charges dropped",
    "charges pending",
    "not charged",
    "convicted",
    "unknown",
)
ORDERS = ("['PENDING']", "['QUASHED']", "['DROPPED']", "[]")
RETURNED = ("returned in full", "returned in part", "in custody", NONE)
WHO = ("law enforcement", "law enforcement", "private individual", "private individual", "unknown")
ACTS = (
    *("threat", "threat", "death_threat", "smear", "threat;smear", "surveillance", "travel_ban"),
    *(
        "arrest",
        "arbitrary_detention",
        "arrest;charge",
        "physical_attack",
        "physical_attack;threat",
    ),
    *("search_seizure", "dismissal", "attack_relatives", "threat_relatives", "harassment"),
)
IDENTITIES = ("journalist", "trade_unionist", "community_leader", "lawyer", "indigenous", "")
CAUSES = ("land_environment", "womens_rights", "labour_rights", "migrants_rights", "corruption", "")
PERPETRATORS = ("police", "police", "armed_forces", "criminal_group", "corporations", "unknown", "")
FOLLOWED = ("nothing", "nothing", "investigation", "suspect_charged", "unknown", "", "")
REASONS = ("Public Safety / Quell Unrest / Restore Public Order", "School Exams", "Unknown", "None")
CAUSES_FOUND = ("Protests", "Election", "Exam Cheating", "Information Control", "Unknown")


def main() -> None:
    """Write the three lists with the declaration that they are invented."""
    folder = Path(sys.argv[1]) / "attacks" if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    states = sorted((i for i in all_codes() if is_member(i)), key=short_name)
    lists = {
        "demo-tracker.csv": tracker(random.Random(SEED)),
        "demo-attacks.csv": attacks(random.Random(SEED + 1), states),
        "demo-shutdowns.csv": shutdowns(random.Random(SEED + 2), states),
    }
    for name, rows in lists.items():
        write_csv(folder / name, rows)
    declare(folder, ABOUT, SOURCES, "attacks")


def tracker(rng: random.Random) -> list[Row]:
    """240 incidents in the columns of the tracker that are read; some have several victims, some none."""
    people, rows = Register(rng), []
    known = [people.person().name for _ in range(24)]  # who stand in several incidents
    for number in range(1, 241):
        categories = pick(rng, CATEGORIES)
        day = date(2017, 1, 1) + timedelta(days=int(rng.random() * 1240))
        names = [
            f"{people.person().name} (Invented Daily)" for _ in range(pick(rng, (1, 1, 1, 2, 3)))
        ]
        if chance(rng, 0.25):
            names = [pick(rng, known)]
        if chance(rng, 0.15):
            names = pick(rng, ([], ["Anonymous"]))
        rows.append(
            {
                "slug": f"https://example.org/invented-incident-{number}",
                "categories": categories,
                "targeted_journalists": ", ".join(names),
                "targeted_institutions": f"Invented {ENDING.title()} Daily"
                if chance(rng, 0.2)
                else "",
                "date": str(day),
                "exact_date_unknown": str(chance(rng, 0.04)),
                "state": pick(rng, PLACES),
                **_outcomes(rng, categories),
            }
        )
    return rows


def _outcomes(rng: random.Random, categories: str) -> Row:
    """What the tracker asks of an incident of these categories; "None" where it does not."""

    def of(category: str, values: tuple[str, ...], other: str = NONE) -> str:
        return pick(rng, values) if category in categories else other

    return {
        "arrest_status": of("Arrest", ARRESTS),
        "status_of_charges": of("Arrest", CHARGES),
        "actor": of("Equipment Damage", WHO[:2]),
        "assailant": of("Physical", WHO),
        "was_journalist_targeted": of("Physical", ("yes", "yes", "yes", "no", "unknown")),
        "status_of_seized_equipment": of("Seizure", RETURNED),
        "subpoena_statuses": of("Subpoena", ORDERS, "[]"),
        "status_of_prior_restraint": of("Restraint", ("struck down", "dropped", NONE)),
    }


def attacks(rng: random.Random, states: list[str]) -> list[Row]:
    """520 rows of the template, on about 300 persons and some organizations; one in ten was "
    "attacked often."""
    people, rows = Register(rng), []
    often = [people.person(women=0.4) for _ in range(40)]
    homes = {p.name: short_name(states[int(rng.random() ** 3 * 30)]) for p in often}
    for number in range(1, 521):
        person = pick(rng, often) if chance(rng, 0.4) else people.person(women=0.4)
        is_one = chance(rng, 0.92)
        day = date(2016, 1, 1) + timedelta(days=int(rng.random() * 2500))
        act = pick(rng, ACTS) if chance(rng, 0.97) else "killing"
        rows.append(
            {
                "case_id": f"demo-attack-{number}",
                "incident_id": "",
                "name": person.name if is_one else f"Invented Association {number} {ENDING}",
                "victim": "person" if is_one else "organization",
                "state": homes.get(person.name) or short_name(states[int(rng.random() ** 3 * 30)]),
                "date": str(day) if chance(rng, 0.9) else str(day.year),
                "act": act if is_one else pick(rng, ("closure", "search_seizure", "smear")),
                "sex": pick(rng, (person.sex.lower(), person.sex.lower(), "")) if is_one else "",
                "identity": pick(rng, IDENTITIES) if is_one else "",
                "cause": pick(rng, CAUSES),
                "space": _space(rng, act),
                "perpetrator": pick(rng, PERPETRATORS),
                "work_link": pick(rng, ("yes", "yes", "unknown", "")),
                **_ended(rng, act if is_one else ""),
                "followed": pick(rng, FOLLOWED),
                "contributor": f"Invented organization {1 + int(rng.random() * 5)}",
            }
        )
    return rows


def _space(rng: random.Random, act: str) -> str:
    return (
        pick(rng, ("online", "offline", "both", ""))
        if "threat" in act or act == "smear"
        else "offline"
    )


def _ended(rng: random.Random, act: str) -> dict[str, Any]:
    is_arrest = any(word in act for word in ("arrest", "detention"))
    return {
        "custody": pick(rng, ("released", "released", "in_custody", "")) if is_arrest else "",
        "charges": pick(rng, ("dropped", "pending", "convicted", "not_charged", ""))
        if is_arrest
        else "",
        "seized": pick(rng, ("returned_in_full", "in_custody", "")) if "seizure" in act else "",
    }


def shutdowns(rng: random.Random, states: list[str]) -> list[Row]:
    """60 shutdowns of one year, with the month first in their dates."""
    rows = []
    for _ in range(60):
        day = date(2019, 1, 1) + timedelta(days=int(rng.random() * 360))
        end = day + timedelta(days=int(rng.random() * 9))
        rows.append(
            {
                "start_date": f"{day.month}/{day.day}/{day.year}",
                "end_date ": f"{end.month}/{end.day}/{end.year}" if chance(rng, 0.6) else "",
                "country ": short_name(states[int(rng.random() * 30)]),
                "ordered_by ": pick(rng, ("Executive government", "Law Enforcemnet", "Uknown", "")),
                "official_just": pick(rng, REASONS),
                "actual_cause": pick(rng, CAUSES_FOUND),
                "hr_abuse_reported": pick(rng, ("Yes", "No", "Unknown", "unknown", "")),
            }
        )
    return rows


if __name__ == "__main__":
    main()
