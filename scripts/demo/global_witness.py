"""Invented land and environmental defenders, in the columns of Global Witness.

Places are real down to the first-level division, because maps and State names need them.
"""

from __future__ import annotations

import random

from demo.people import Person, Register, Row, chance, code, day, pick

STATES = {  # as the publisher writes them: continent, numeric code, weight, divisions
    "Brazil": ("Americas", "76", 16, ("Pará", "Rondônia", "Maranhão", "Amazonas")),
    "Colombia": ("Americas", "170", 16, ("Cauca", "Antioquia", "Nariño", "Chocó")),
    "Mexico": ("Americas", "484", 10, ("Oaxaca", "Guerrero", "Sonora", "Chihuahua")),
    "Philippines": ("Asia", "608", 10, ("Negros Occidental", "Bukidnon", "Isabela")),
    "Honduras": ("Americas", "340", 6, ("Colón", "Yoro", "La Paz")),
    "India": ("Asia", "356", 4, ("Gujarat", "Bihar", "Uttar Pradesh")),
    "Democratic Republic of Congo": ("Africa", "180", 4, ("Nord-Kivu", "Ituri")),
    "Venezuela": ("Americas", "862", 2, ("Amazonas", "Bolívar")),
    "Kenya": ("Africa", "404", 2, ("Kwale", "Mombasa")),
    "Turkey": ("Asia", "792", 1, ("Antalya",)),
    "Swaziland": ("Africa", "748", 1, ("Lubombo",)),
    "eSwatini": ("Africa", "748", 1, ("Lubombo",)),
    "Burma": ("Asia", "104", 1, ("Kachin",)),
    "Myanmar": ("Asia", "104", 1, ("Sagaing",)),
    "Solomon Islands": ("Oceania", "90", 1, ("Malaita",)),
    "Romania": ("Europe", "642", 1, ("Maramureș",)),
}
WHO = (
    *("Indigenous peoples",) * 6,
    *("Small-scale farmer",) * 4,
    *("Other",) * 3,
    *("Afrodescendant", "State official", "Park ranger", "Journalist", "Lawyer", "Children", ""),
)
SECTOR = (
    *("Sector could not be confirmed*",) * 7,
    *("Mining & Extractives", "Agribusiness", "Logging", "Hydropower", "Poaching", "Fishing"),
    *("Roads & Infrastructure", "Wind power", "Conservation", "Other"),
)
BY = (
    *("Unspecified",) * 6,
    *("Hitmen", "Private military actors", "Police", "Armed forces", "Landowners", "Poachers"),
    *("Organised crime / mafias", "Private security guards", "Government officials/entities"),
)
NO_NAME = (
    "Unnamed rural worker 1",
    "Unnamed rural worker 2",
    "Unidentified local miner 1, demo village",
    "Three farmers of a demo village",
)


def rows_of(rng: random.Random, register: Register) -> list[Row]:
    """Land and environmental defenders, 2015 to 2021; about 300 rows."""
    weighted = [state for state, facts in STATES.items() for _ in range(facts[2])]
    rows = [_row(rng, register.person(), pick(rng, weighted)) for _ in range(296)]
    for row, name in zip(rows[10:14], NO_NAME, strict=True):
        row.update(name=name, age="", gender="Unknown")
    rows[20]["age"] = "4145"
    rows[21]["age"] = "twenty"
    rows[22].update(date="2018-05", age="")
    rows[23].update(date="2017")
    rows[24]["name"] = f"<b>{rows[24]['name']}</b>"
    rows[25]["name"] = f"{rows[25]['name']}<script>zelquor()</script>"
    rows[26]["name"] += "  "
    rows[27]["name"] = rows[27]["name"].replace(" ", "\u00a0 ", 1)
    rows[30]["name"] = rows[31]["name"]  # two persons of one name: other State, year and age
    rows[30].update(_in("Kenya", "Kwale"), date="2016-02-03")
    rows[31].update(_in("Honduras", "Yoro"), date="2020-09-11")
    rows[40].update(_in("India", "Gujarat"), name=register.person("devanagari").name)
    rows.append({**_row(rng, register.person(), "Kenya"), "country": "Atlantis"})
    rows[-1]["country_numeric"] = ""  # no such State: to be set aside
    return rows


def _row(rng: random.Random, person: Person, state: str) -> Row:
    continent, number, _, divisions = STATES[state]
    year, month, on = day(rng, range(2015, 2022))
    return {
        "id": code(rng, 10, "recDemo"),
        "date": f"{year}-{month:02}-{on:02}",
        "name": person.name,
        "gender": person.sex if chance(rng, 0.97) else pick(rng, ("", "Unknown")),
        "age": str(person.age) if chance(rng, 0.55) else "",
        "person_characteristics": pick(rng, WHO),
        "industry_driver": pick(rng, SECTOR),
        "perpetrator_type": pick(rng, BY),
        "continent": continent,
        "country": state,
        "country_numeric": number,
        "local_region": pick(rng, divisions) if chance(rng, 0.9) else "",
        "number_of_victims": "1",
    }


def _in(state: str, division: str) -> Row:
    continent, number, _, _ = STATES[state]
    return {
        "continent": continent,
        "country": state,
        "country_numeric": number,
        "local_region": division,
    }
