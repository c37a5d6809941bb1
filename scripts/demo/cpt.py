"""Invented victims of rural conflicts in Brazil, in the columns of CPT."""

from __future__ import annotations

import random
from datetime import date

from demo.people import ENDING, Register, Row, chance, code, day, pick

STATES = {
    "Pará": "Amazônia",
    "Rondônia": "Amazônia",
    "Maranhão": "Amazônia",
    "Amazonas": "Amazônia",
    "Mato Grosso do Sul": "Cerrado",
    "Bahia": "Caatinga",
    "Paraná": "Mata Atlântica",
}
WHO = (
    *("Sem terra", "Indígena", "Assentado", "Posseiro", "Quilombola", "Trabalhador rural"),
    *("Pequeno\nproprietário", "Pescador", "Sem\ninformação", "Aliado", "Funcionário\npúblico"),
)
NAME_OF_A_STATE = "Goiás"  # a person's whole name, and a state of Brazil


def rows_of(rng: random.Random, register: Register, in_both: list[Row]) -> list[Row]:
    """Killings in rural conflicts, Brazil 2012 to 2021; ``in_both`` stand in Global Witness too.

    Dates are as a spreadsheet leaves them that was filled in as dd/mm and read as mm/dd: a day up
    to 12 became a date with day and month exchanged, a later day stayed text.
    """
    rows = []
    for published in in_both:
        year, month, on = (int(part) for part in published["date"].split("-"))
        state = published["local_region"] or "Pará"
        rows.append(_row(rng, published["name"], published["gender"], state, (year, month, on)))
    for _ in range(150 - len(rows)):
        person = register.person(women=0.1)
        when = day(rng, range(2012, 2022))
        rows.append(_row(rng, person.name, person.sex, pick(rng, tuple(STATES)), when))
    rows[-1]["Nome da Vitima"] = NAME_OF_A_STATE
    rows[-2]["Nome da Vitima"] = rows[-2]["Nome da Vitima"].replace(" ", "\n", 1)
    rows[-3]["Nome da Vitima"] = "Sem informação"
    rows[-4]["Nome da Vitima"] = "Não identificada"
    rows[-5]["Nome da Vitima"] += f', "{register.person().name.split()[0]}"'
    for number, row in enumerate(sorted(rows, key=lambda row: row["Ano"]), start=1):
        row["id"] = number
    return sorted(rows, key=lambda row: row["id"])


def _row(rng: random.Random, name: str, sex: str, state: str, when: tuple[int, int, int]) -> Row:
    year, month, on = when
    who = pick(rng, WHO)
    return {
        "id": 0,
        "Ano": year,
        "Bioma": STATES.get(state, "Amazônia"),
        "Estado": state,
        "Municipios": f"Vila {pick(rng, ('Kelvar', 'Toron', 'Vaspil', 'Yeviv'))}{ENDING}",
        "Nome do Conflito": f"Faz. {code(rng, 4, 'Demo')}/Acamp.\n{code(rng, 4, 'Demo')}",
        "Data": date(year, on, month) if on <= 12 else f"{on:02}/{month:02}/{year}",
        "Nome da Vitima": name,
        "Sexo": {"Male": "Masculino", "Female": "Feminino"}.get(sex, "Sem informação"),
        "Vitimas": 1,
        "Idade": 16 + int(rng.random() * 60) if chance(rng, 0.7) else "NA",
        "Categoria": who,
        "Lideranca": "Liderança" if chance(rng, 0.3) else who,
    }
