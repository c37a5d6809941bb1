"""Charges as brought against something else: regions, and periods of censuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hrdresearch.findings.empty_cells import NOT_COVERED
from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Column, Finding
from hrdresearch.studies.imprisonment.census_days import years_of
from hrdresearch.studies.imprisonment.part import Part, used_codes
from hrdresearch.studies.shapes.count_tables import Row, code_cell, column_heads, table_of_counts
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
    spans = _spans(part)
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
            for a, b in spans
        },
        _late_classes(part, spans[0][1]) if spans else (),
    )


def _spans(part: Part) -> list[tuple[int, int]]:
    """About equal periods over the censuses in scope."""
    years = sorted({y for p in part.populations for y in years_of(p)})
    if len(years) < PERIODS:
        return [(y, y) for y in years]
    size = -(-len(years) // PERIODS)
    return [(years[i], years[min(i + size, len(years)) - 1]) for i in range(0, len(years), size)]


def _pretexts_by(
    part: Part,
    name: str,
    title: str,
    across: Mapping[str, tuple[Column, str, Mapping[str, Any]]],
    notes: Sequence[str] = (),
) -> Finding:
    """Persons by charge as brought (rows) and something else: key -> (column, words, row filter)."""

    def rows(p: Population) -> list[Row]:
        first = _first_years(part, p)
        return [
            (
                code_cell("pretext", code),
                *(
                    part.persons(
                        f"{name}.{code}.{key}",
                        f"{label('pretext', code)}, {words}",
                        {"pretext_codes": code, **filter_},
                    )
                    if not p.policy.public_by_name
                    or first[code] <= _last_year(filter_, first[code])
                    else NOT_COVERED
                    for key, (_, words, filter_) in across.items()
                ),
            )
            for code in used_codes(p, "pretext_codes", codes("pretext"))
        ]

    return table_of_counts(
        part,
        name,
        title,
        [*column_heads("Charges as brought"), *(column for column, _, _ in across.values())],
        rows,
        empty="drop rows",
        unit="persons",
        notes=("A person may be held on several charges.", *notes),
    )


def _first_years(part: Part, p: Population) -> dict[str, int]:
    """First census of the whole list in which it uses each charge; censuses before have no class."""
    rows = part.rows_of_lists()
    rows = rows[rows["source"] == p.slug]
    rows = rows.assign(code=rows["pretext_codes"].str.split("|")).explode("code")
    return {str(c): int(y) for c, y in rows.groupby("code")["census_year"].min().items()}


def _last_year(filter_: Mapping[str, Any], otherwise: int) -> int:
    """Last census that a row filter selects."""
    return int(filter_.get("census_year", {}).get("to", otherwise))


def _late_classes(part: Part, period_end: int) -> list[str]:
    """A note on the charges that a list began to use only after its first period."""
    notes = []
    for p in (p for p in part.populations if p.policy.public_by_name):
        first = _first_years(part, p)
        late = [c for c in codes("pretext") if first.get(c, 0) > period_end]
        if late:
            classes = "; ".join(f"{label('pretext', c)} ({first[c]})" for c in late)
            notes.append(
                f"{p.title}: classes that the list first uses later, with the year: {classes}. "
                "Earlier periods are not covered by them."
            )
    return notes
