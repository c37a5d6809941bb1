"""An invented list that is not public by name, so that suppression shows on a fresh clone.

The counts are laid out, not left to chance: one year is small, so that a second year has to be
withheld beside it; some States, one region and one sex are small; some events have two victims.
"""

from __future__ import annotations

import random

from demo.people import ENDING, Register, Row, chance, code, pick

STATES = {
    "Colombia": 22,
    "Mexico": 15,
    "Honduras": 9,
    "Guatemala": 7,
    "Philippines": 4,
    "Kenya": 3,
}
YEARS = {2018: 17, 2019: 21, 2020: 19, 2021: 3}
SEXES = {"male": 40, "female": 16, "": 2, "transgender": 2}
DIVISIONS = {"Colombia": "Cauca", "Mexico": "Oaxaca", "Honduras": "Yoro"}
IDENTITIES = ("indigenous", "farmer", "community_leader", "indigenous;community_leader", "lawyer")
CAUSES = ("land_environment", "indigenous_rights", "land_environment;corruption", "human_rights")
PERPETRATORS = ("hitmen", "armed_forces", "police;landowners", "unknown", "not_recorded")


def rows_of(rng: random.Random, register: Register) -> list[Row]:
    """60 rows of the template of ``restricted-list``."""
    states = _laid_out(STATES)
    years = _shuffled(rng, _laid_out(YEARS))
    sexes = _shuffled(rng, _laid_out(SEXES))
    rows = [
        _row(rng, register, number, *facts)
        for number, facts in enumerate(zip(states, years, sexes, strict=True), start=1)
    ]
    for first, second in ((0, 1), (4, 5), (30, 31)):  # one event, two victims
        shared = ("event_id", "date", "place", "perpetrator")
        rows[second].update({column: rows[first][column] for column in shared})
    return rows


def _row(
    rng: random.Random, register: Register, number: int, state: str, year: int, sex: str
) -> Row:
    person, other = register.person(), register.person()
    month = f"-{1 + int(rng.random() * 12):02}" if chance(rng, 0.9) else ""
    on = f"-{1 + int(rng.random() * 28):02}" if month and chance(rng, 0.9) else ""
    return {
        "case_id": code(rng, 6, "demo-"),
        "event_id": f"demo-event-{number:02}",
        "date": f"{year}{month}{on}",
        "state": state,
        "admin1": DIVISIONS.get(state, ""),
        "place": f"{pick(rng, ('Kelvar', 'Toron', 'Vaspil', 'Yeviv'))}{ENDING}",
        "name": person.name,
        "sex": sex,
        "age": str(person.age) if chance(rng, 0.6) else "",
        "setting": pick(rng, ("rural", "rural", "urban", "")),
        "identity": pick(rng, IDENTITIES),
        "cause": pick(rng, CAUSES),
        "perpetrator": pick(rng, PERPETRATORS),
        "defender": pick(rng, ("mandate", "mandate", "leader", "")),
        "motive": pick(rng, ("confirmed", "confirmed", "suspected", "unknown")),
        "threats": pick(rng, ("yes", "no", "unknown")),
        "accountability": pick(rng, ("complete", "complete", "partial", "unknown")),
        "contributor": f"Invented organization {1 + number % 4}",
        "notes": f"Invented. Told by {other.name}." if chance(rng, 0.5) else "",
    }


def _laid_out(counts: dict) -> list:
    return [value for value, times in counts.items() for _ in range(times)]


def _shuffled(rng: random.Random, values: list) -> list:
    """In an order that chance gives, by the one method whose sequence Python promises to keep."""
    return [value for _, value in sorted(((rng.random(), v) for v in values), key=lambda x: x[0])]
