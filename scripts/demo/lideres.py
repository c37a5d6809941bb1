"""Invented social leaders in Colombia, in the columns of the list of datasketch."""

from __future__ import annotations

import random

from demo.people import ENDING, Register, Row, chance, code, day, pick

BY = ("Indepaz", "Somos Defensores", "Pacifista", "CODHES", "ONU", "Cinep Noche y Niebla")
KIND = (
    *("Líder comunal - JAC", "Líder indígena", "Líder comunitario") * 2,
    *("Líder campesino o agrario", "Líder afrodescendiente", "Líder sindical", "Líder ambiental"),
    *("Líder LGBTI", "Líder político/a", "Líder comunitario,Líder indígena"),
)
WHERE = ("Cauca", "Antioquia", "Nariño", "Chocó", "Norte de Santander", "Putumayo", "Meta")


def rows_of(rng: random.Random, register: Register, in_both: list[Row]) -> list[Row]:
    """Social leaders killed in Colombia, 2016 to 2020; ``in_both`` stand in Global Witness too."""
    rows = []
    for published in in_both:
        rows.append(_lider(rng, published["name"], published["gender"], published["date"]))
    for _ in range(170 - len(rows)):
        person = register.person()
        year, month, on = day(rng, range(2016, 2021))
        rows.append(_lider(rng, person.name, person.sex, f"{year}-{month:02}-{on:02}"))
    rows.sort(key=lambda row: row["fecha"])
    rows[3]["genero"] = "Transgénero"
    rows[4].update({"año": "01", "dia": ""})
    rows[5]["departamento"] = rows[5]["departamento"].upper() + " "
    rows[6]["fuentes"] = ""
    rows[8]["nombre"] = "Sin identificar"
    rows[7]["fuentes_prensa"] = "NA"
    rows[-1] = {key: value for key, value in rows[-1].items() if key not in ("año", "dia")}
    return rows


def _lider(rng: random.Random, name: str, sex: str, when: str) -> Row:
    others = [organization for organization in BY if chance(rng, 0.35)]
    return {
        "id": code(rng, 8, "demo-"),
        "nombre": name,
        "fuentes": ",".join(["Prensa", *others] if chance(rng, 0.8) or not others else others),
        "genero": "Femenino" if sex == "Female" else "Masculino",
        "fecha": when,
        "municipio": f"San {pick(rng, ('Kelvar', 'Toron', 'Vaspil', 'Yeviv'))}{ENDING}",
        "departamento": pick(rng, WHERE),
        "tipo_de_lider": pick(rng, KIND),
        "cargo": pick(rng, ("Presidente de junta", "Docente", "Integrante del cabildo ", "")),
        "fuentes_prensa": f"https://example.org/demo/{code(rng, 6)}",
        "año": when[:4],
        "dia": when[5:7],
    }
