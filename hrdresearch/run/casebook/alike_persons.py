"""Finds rows of a casebook that may be one person, spelled differently; the user decides.

Names are compared by ``names.name_comparison``. Two rows are not proposed if sex or year of birth are
known and differ. The decision is kept in the casebook: "Same person as", or "Not the same as".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from hrdresearch.names.candidates import candidate_pairs
from hrdresearch.names.name_comparison import LIKELY_SAME, compare_names
from hrdresearch.names.person_or_group import name_kinds
from hrdresearch.run.casebook.cells import MANY, Record
from hrdresearch.run.casebook.stored import resolve_same_persons

BIRTH_YEARS_APART = 1


@dataclass(frozen=True)
class AlikePersons:
    """Identifiers of two rows that may be one person, and the reason; no names."""

    one: str
    other: str
    why: str


def find_alike_persons(persons: Mapping[str, Record], newer: Collection[str]) -> list[AlikePersons]:
    """Find pairs of persons with similar names that are not decided yet.

    persons: the sheet of persons after merging, by identifier. newer: identifiers of new or changed rows;
    at least one person of a pair is among them.
    """
    forms: dict[str, list[str]] = {}
    for person, row in persons.items():
        for form in names_of_person(row):
            forms.setdefault(form, []).append(person)
    kinds = name_kinds(pd.Series(list(forms), dtype="object"))
    forms = {
        form: of for (form, of), kind in zip(forms.items(), kinds, strict=True) if kind == "person"
    }
    asked = [form for form, of in forms.items() if set(of) & set(newer)]
    best: dict[tuple[str, str], tuple[float, str]] = {}
    for form, like in candidate_pairs(asked, list(forms)):
        found = compare_names(form, like)
        if found.score < LIKELY_SAME:
            continue
        for a in forms[form]:
            for b in forms[like]:
                if a != b and {a, b} & set(newer):
                    pair = min(a, b), max(a, b)
                    best[pair] = max(best.get(pair, (0.0, "")), (found.score, found.why))
    one = resolve_same_persons(persons)
    return [
        AlikePersons(a, b, why)
        for (a, b), (_, name) in sorted(best.items())
        if one[a] != one[b]
        and not _is_parted(persons, a, b)
        and (why := _why(persons[a], persons[b], name))
    ]


def names_of_person(person: Record) -> list[str]:
    """Every name of a person: the main name and the other names."""
    parts = (person.get("name", ""), *person.get("other_names", "").split(MANY))
    return [part.strip() for part in parts if part.strip()]


def _is_parted(persons: Mapping[str, Record], a: str, b: str) -> bool:
    """Whether the casebook says that they are two persons."""
    apart = {x: persons[x].get("not_same_as", "").split(MANY) for x in (a, b)}
    return b in apart[a] or a in apart[b]


def _why(a: Record, b: Record, name: str) -> str:
    """Why two rows may be one person; "" if a known fact shows that they are two persons."""
    told = [f"names: {name}"]
    sexes = {row.get("sex", "") for row in (a, b)} - {"", "unknown"}
    if len(sexes) > 1:
        return ""
    if a.get("sex") == b.get("sex") and sexes:
        told.append("same sex")
    years = [int(row["birth_date"][:4]) for row in (a, b) if row.get("birth_date")]
    if len(years) == 2:
        if abs(years[0] - years[1]) > BIRTH_YEARS_APART:
            return ""
        told.append(
            "same year of birth" if years[0] == years[1] else "years of birth differ by one"
        )
    return "; ".join(told)
