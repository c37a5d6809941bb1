"""Charges as brought against something else: regions, and periods of censuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrdresearch.findings.model import Column, Finding
from hrdresearch.studies.imprisonment.census_days import years_of
from hrdresearch.studies.imprisonment.part import Part
from hrdresearch.studies.shapes.count_tables import code_cell, column_heads, table_of_counts
from hrdresearch.vocab import codes, label

PERIODS = 4


def by_region(part: Part) -> Finding:
    """Persons by charge as brought and region."""
    return _pretexts_by(
        part,
        "by_pretext_region",
        "Imprisoned persons by charge as brought and region",
        {
            code: (Column(code, words), words, {"state_iso3": part.regions.members(code)})
            for code, words in part.regions.labels.items()
        },
    )


def by_time(part: Part) -> Finding:
    """Persons by charge as brought and period of censuses."""
    return _pretexts_by(
        part,
        "by_pretext_time",
        "Imprisoned persons by charge as brought and period",
        {
            f"{a}_{b}": (
                Column(f"y{a}", f"{a}–{b}" if a != b else str(a)),
                f"censuses of {a} to {b}",
                {"census_year": {"from": a, "to": b}},
            )
            for a, b in _spans(part)
        },
    )


def _spans(part: Part) -> list[tuple[int, int]]:
    """About equal periods over the censuses in scope."""
    years = sorted({y for p in part.populations for y in years_of(p)})
    if len(years) < PERIODS:
        return [(y, y) for y in years]
    size = -(-len(years) // PERIODS)
    return [(years[i], years[min(i + size, len(years)) - 1]) for i in range(0, len(years), size)]


def _pretexts_by(
    part: Part, name: str, title: str, across: Mapping[str, tuple[Column, str, Mapping[str, Any]]]
) -> Finding:
    """Persons by charge as brought (rows) and something else: key -> (column, words, row filter)."""
    return table_of_counts(
        part,
        name,
        title,
        [*column_heads("Charges as brought"), *(column for column, _, _ in across.values())],
        [
            (
                code_cell("pretext", code),
                *(
                    part.persons(
                        f"{name}.{code}.{key}",
                        f"{label('pretext', code)}, {words}",
                        {"pretext_codes": code, **filter_},
                    )
                    for key, (_, words, filter_) in across.items()
                ),
            )
            for code in codes("pretext")
        ],
        empty="drop rows",
        unit="persons",
        notes=("A person may be held on several charges.",),
    )
