"""Persons who were missing from a census and returned on a new charge: the pattern of a re-arrest."""

from __future__ import annotations

from hrdresearch.findings.make_claims import CountDraft
from hrdresearch.findings.model import Finding
from hrdresearch.studies.imprisonment.census_sentences import rearrest_sentences
from hrdresearch.studies.imprisonment.study_part import StudyPart, states_with_rows
from hrdresearch.studies.shapes.count_tables import (
    Content,
    column_heads,
    state_cell,
    table_of_counts,
)
from hrdresearch.vocab.states import short_name


def rearrests(part: StudyPart) -> Finding:
    """By State: persons who returned on a new charge after a census without them; ``rearrests.*``."""
    has_returned = {"is_return": True}

    def row(iso3: str) -> tuple[Content, CountDraft]:
        words = f"persons of this pattern, {short_name(iso3)}"
        here = {**has_returned, "state_iso3": iso3}
        return state_cell(iso3), part.count_persons(f"rearrests.{iso3.lower()}", words, here)

    words = "persons who were absent from a census or more and returned on a new charge"
    every = part.count_persons("rearrests.persons", words, has_returned)
    finding = table_of_counts(
        part,
        "rearrests",
        "Persons who returned to the census on a new charge, by State",
        column_heads("State or territory", value="Persons"),
        lambda p: [row(iso3) for iso3 in states_with_rows(p)],
        beside=[every],
        empty="drop rows",
        unit="persons",
        sentence=lambda p, claims: rearrest_sentences(p, claims) if len(p.frame) else [],
        notes=(
            "The pattern of a re-arrest. Two persons of one name are distinguished only where sex or "
            "year of birth differ. Charges are compared by the classes of the list: a return on another "
            "charge of the same class is not seen.",
        ),
    )
    return part.without_short_table(
        finding, most=len(finding.rows)
    )  # of single persons, no State is told
