"""Invented journalists, in the layout of the file of CPJ for 1992 to 2020."""

from __future__ import annotations

import random

from demo.people import ENDING, Person, Register, Row, chance, code, pick

STATES = (
    *("Iraq", "Syria", "Philippines", "Mexico", "Pakistan", "Somalia", "India", "Brazil") * 3,
    *("Colombia", "Russia", "Turkey", "Bangladesh", "Ukraine", "Yemen", "Haiti", "Malta"),
    *(
        "Burma",
        "Myanmar",
        "Macedonia",
        "Czech Republic",
        "Israel and the Occupied Palestinian Territory",
    ),
)
BEAT = ("Politics", "Corruption, Politics", "War", "Crime", "Human Rights", "Culture", "")
BY = (
    *("Political Group", "Criminal Group", "Government Officials", "Military Officials"),
    *("Paramilitary Group", "Unknown Fire", "Criminal Group,Government Officials", "Mob Violence"),
)
IMPUNITY = (*("Complete Impunity",) * 8, "Partial Impunity", "Full Justice")


def rows_of(rng: random.Random, register: Register) -> list[Row]:
    """Journalists killed (2010 to 2020) and imprisoned, in the layout of the 1992-2020 file."""
    rows = [_killed(rng, register.person(), pick(rng, STATES)) for _ in range(240)]
    rows[5].update(fullName=register.person("cyrillic").name, country="Russia")
    rows[6].update(fullName=register.person("arabic").name, country="Iraq")
    rows[7]["fullName"] += " "
    rows[8]["employedAs"] = "staff"
    rows[9].update(country="Republic of Nowhere")  # no such State: to be set aside
    for _ in range(30):
        person, state = register.person(), pick(rng, ("China", "Turkey", "Eritrea", "Egypt"))
        first = 2012 + int(rng.random() * 5)
        for year in range(first, first + 2):  # the same prisoner in two years
            rows.append(_imprisoned(rng, person, state, year))
    return sorted(rows, key=lambda row: (row["Year"], row["status"], row["fullName"]))


def _killed(rng: random.Random, person: Person, state: str) -> Row:
    confirmed = chance(rng, 0.75)
    murder = confirmed and chance(rng, 0.65)
    other = pick(rng, ("Crossfire", "Dangerous Assignment")) if confirmed else "N/A"
    place = f"{pick(rng, ('Nueva', 'Port', 'Old', 'Bel'))} {pick(rng, ('Kelvar', 'Toron'))}{ENDING}"
    return row(
        Year=str(2010 + int(rng.random() * 11)),
        fullName=person.name,
        primaryNationality=state if chance(rng, 0.9) else "",
        gender=person.sex,
        typeOfDeath="Murder" if murder else other,
        status="Killed",
        employedAs=pick(rng, ("Staff", "Freelance")),
        organizations=f"Radio {code(rng, 4, 'Demo')}",
        jobs=pick(rng, ("Broadcast Reporter", "Editor", "Camera Operator", "Print Reporter")),
        coverage=pick(rng, BEAT),
        mediums=pick(rng, ("Radio", "Print", "Television", "Internet", "Print,Internet")),
        country=state,
        location=place,
        locality=place,
        localOrForeign="Local" if chance(rng, 0.9) else "Foreign",
        sourcesOfFire=pick(rng, BY) if confirmed else "",
        motiveConfirmed="Confirmed" if confirmed else "Unconfirmed",
        impunityMurder=pick(rng, IMPUNITY) if murder else "",
        tortured=_yes_or_no(rng, 0.1) if murder else "",
        captive=_yes_or_no(rng, 0.2) if murder else "",
        threatened=_yes_or_no(rng, 0.4) if murder else "",
    )


def _imprisoned(rng: random.Random, person: Person, state: str, year: int) -> Row:
    length = pick(rng, ("10+ Years", "5-10 years", "5-10 Years", "Not Sentenced", "not Sentenced"))
    return row(
        Year=str(year),
        fullName=person.name,
        gender=person.sex,
        typeOfDeath="N/A",
        status="Imprisoned",
        organizations="Freelance",
        mediums="Internet",
        country=state,
        charges=pick(rng, ("Anti-State", "Anti-state", "Anti-state, Retaliatory", "No charge")),
        lengthOfSentence=length,
        sentence="12 years" if length == "10+ Years" else length,
    )


def row(**known: str) -> Row:
    """A row as the publisher ships it; what is not said stays empty."""
    columns = (
        "Year fullName primaryNationality gender photoUrl type typeOfDeath status employedAs "
        "organizations jobs coverage mediums country location region state locality province "
        "localOrForeign sourcesOfFire motiveConfirmed impunityMurder tortured captive threatened "
        "charges lengthOfSentence impCountry sentence locationImprisoned"
    )
    return {**dict.fromkeys(columns.split(), ""), "type": "Journalist", **known}


def _yes_or_no(rng: random.Random, yes: float) -> str:
    return "Yes" if chance(rng, yes) else "No"
