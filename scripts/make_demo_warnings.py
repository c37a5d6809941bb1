"""Make invented lists of warnings and of killed persons, of which some persons stand on both.

``python scripts/make_demo_warnings.py [FOLDER]`` writes the same bytes each time. Nobody in these
files exists and nothing in them happened: States are taken in alphabetical order, and days by
chance. Killings come at one rate for all; some warnings were written down only after the killing,
as happens on real lists.
"""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from math import log
from pathlib import Path

from demo.files import SEED, declare, write_csv
from demo.people import Person, Register, Row, chance, in_another_list, pick

from hrdresearch.vocab.states import all_codes, is_member, short_name

FOLDER = Path(__file__).resolve().parents[1] / "data" / "raw" / "demo" / "warnings"
SOURCES = {
    "demo-warnings-killed.csv": "cpj",
    "demo-warnings.csv": "warnings",
    "demo-warnings-census.csv": "cpj-census",
    "demo-warnings-register.csv": "register",
}
ABOUT = (
    "# Invented entries: none of them happened, and no person in them exists. Made by\n# "
    "scripts/make_demo_warnings.py; do not edit by hand.\n"
)
LAST = date(2021, 12, 31)  # of the list of killed persons
A_YEAR = 365.25
ACTS = ("threat", "threat", "death_threat", "threat;smear", "physical_attack", "surveillance")
WHO = ("police", "criminal_group", "paramilitary", "corporations", "unknown", "")
MEANS = ("phone", "message", "social_media", "visit", "letter", "pamphlet", "")
PROTECTION = ("granted", "refused", "refused", "no_answer", "no_answer", "none_requested", "", "")
CHARGES = ("Anti-State", "No Charge", "Retaliatory", "False News")


def main() -> None:
    """Write the four lists with the declaration that they are invented."""
    folder = Path(sys.argv[1]) / "warnings" if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(SEED)
    register = Register(rng)
    codes = sorted((i for i in all_codes() if is_member(i)), key=short_name)
    states = [short_name(iso3) for iso3 in codes]
    killed: list[Row] = []
    lists = {
        "demo-warnings.csv": warnings(rng, register, states[:25], killed),
        "demo-warnings-census.csv": census(rng, register, states[:15], killed),
        "demo-warnings-register.csv": letters(rng, register, codes[:12], killed),
    }
    killed += [
        _killed(rng, register.person(), pick(rng, states[:25]), _day(rng)) for _ in range(420)
    ]
    lists["demo-warnings-killed.csv"] = sorted(killed, key=lambda row: (row["date"], row["name"]))
    for name in SOURCES:
        write_csv(folder / name, lists[name])
    declare(folder, ABOUT, SOURCES, "warnings")


def warnings(
    rng: random.Random, register: Register, states: list[str], killed: list[Row]
) -> list[Row]:
    """About 620 warnings of 420 persons, in the template; one in eight without the day of the record."""
    rows: list[Row] = []
    for _ in range(420):
        person, state, first = register.person(women=0.4), pick(rng, states), _day(rng)
        died = _death(rng, first, 0.05)
        if died:
            killed.append(_killed(rng, _respelled(rng, person), state, died))
        for turn in range(pick(rng, (1, 1, 1, 2, 3))):
            day = first + timedelta(days=int(turn * 200 * rng.random()))
            if died and day >= died:
                continue
            late = timedelta(days=int(-40 * log(1 - rng.random())))
            if died and day + late >= died and chance(rng, 0.5):
                continue  # not everybody's killing makes somebody write down the threats before it
            answer = pick(rng, PROTECTION)
            rows.append(
                {
                    "case_id": f"demo-warning-{len(rows) + 1}",
                    "name": person.name,
                    "state": state,
                    "date": str(day) if chance(rng, 0.93) else str(day)[:7],
                    "act": pick(rng, ACTS),
                    "recorded": str(day + late) if chance(rng, 0.88) else "",
                    "sex": pick(rng, (person.sex.lower(), person.sex.lower(), "")),
                    "from": pick(rng, WHO),
                    "means": pick(rng, MEANS),
                    "protection": answer,
                    "answered": str(day + timedelta(days=20 + int(rng.random() * 200)))
                    if answer in ("granted", "refused")
                    else "",
                    "contributor": f"Invented organization {1 + int(rng.random() * 6)}",
                }
            )
    return rows


def census(
    rng: random.Random, register: Register, states: list[str], killed: list[Row]
) -> list[Row]:
    """Prisoners on the first day of December, in the columns of the prison census."""
    rows = []
    for _ in range(330):
        person, state = register.person(), pick(rng, states)
        first = 2005 + int(rng.random() * 14)
        died = _death(rng, date(first, 12, 1), 0.02)
        if died:
            killed.append(_killed(rng, person, state, died))
        years = range(first, min(first + pick(rng, (1, 1, 2, 4)), 2020))
        rows += [
            {
                "Year": year,
                "fullName": person.name,
                "gender": person.sex,
                "status": "Imprisoned",
                "country": state,
                "charges": pick(rng, CHARGES),
                "lengthOfSentence": "Not Sentenced",
                "sentence": "Not Sentenced",
            }
            for year in years
            if not died or date(year, 12, 1) < died
        ]
    return sorted(rows, key=lambda row: (row["Year"], row["fullName"]))


def letters(
    rng: random.Random, register: Register, codes: list[str], killed: list[Row]
) -> list[Row]:
    """160 letters of allegation, each naming one or two persons; some are on a person already killed."""
    rows = []
    for number in range(1, 161):
        iso3, sent = pick(rng, codes), _day(rng)
        state = short_name(iso3)
        people = [register.person(women=0.4) for _ in range(pick(rng, (1, 1, 2)))]
        for person in people:
            died = _death(rng, sent, 0.04)
            if chance(rng, 0.08):
                died = sent - timedelta(days=1 + int(rng.random() * 60))
            if died:
                killed.append(_killed(rng, person, state, died))
        rows.append(
            {
                "reference": f"AL {iso3} {number}/{sent.year}",
                "sent_date": str(sent),
                "addressee": state,
                "type": "AL",
                "joint_mandates": "",
                "persons_total": len(people),
                "women_total": sum(p.sex == "Female" for p in people),
                "persons": "; ".join(f"{p.name} | {p.sex.lower()} | adult" for p in people),
                "reprisals": "no",
                "legislation": "no",
                "reply_dates": str(sent + timedelta(days=30 + int(rng.random() * 300)))
                if chance(rng, 0.55)
                else "",
                "published_date": str(sent + timedelta(days=60)),
            }
        )
    return sorted(rows, key=lambda row: str(row["sent_date"]))


def _day(rng: random.Random) -> date:
    return date(2010, 1, 1) + timedelta(days=int(rng.random() * 3600))


def _death(rng: random.Random, since: date, rate: float) -> date | None:
    """Day of a killing at this yearly rate, None where it would come after the list ends."""
    day = since + timedelta(days=1 + int(-log(1 - rng.random()) / rate * A_YEAR))
    return day if day <= LAST else None


def _respelled(rng: random.Random, person: Person) -> Person:
    """One in six as another list spells the name."""
    if not chance(rng, 1 / 6):
        return person
    return Person(in_another_list(person.name, 1 + int(rng.random() * 3)), person.sex, person.age)


def _killed(rng: random.Random, person: Person, state: str, day: date) -> Row:
    is_murder = chance(rng, 0.7)
    return {
        "name": person.name,
        "status": "Killed",
        "type": "Journalist",
        "date": str(day) if chance(rng, 0.95) else str(day)[:7],
        "place": "",
        "organization": "Invented Daily",
        "country": state,
        "gender": person.sex,
        "type_of_death": "Murder" if is_murder else "Dangerous Assignment",
        "motive_confirmed": "Confirmed",
        "threatened": pick(rng, ("Yes", "Yes", "No", "No", "")) if is_murder else "",
    }


if __name__ == "__main__":
    main()
