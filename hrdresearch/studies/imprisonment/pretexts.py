"""Persons in the censuses by charge as brought, by region and by period of censuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hrdresearch.findings.empty_cells import NOT_COVERED
from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Column, Finding
from hrdresearch.studies.imprisonment.census_days import census_years
from hrdresearch.studies.imprisonment.study_part import StudyPart, codes_in_use
from hrdresearch.studies.shapes.count_tables import Row, code_cell, column_heads, table_of_counts
from hrdresearch.vocab import codes, label

PERIODS = 4


def by_pretext_region(part: StudyPart) -> Finding:
    """Distinct persons by charge as brought (rows) and region (columns)."""
    return _pretexts_by(
        part,
        "by_pretext_region",
        "Imprisoned persons by charge as brought and region",
        {
            code: (Column(code, words), words, {"state_iso3": part.regions.members(code)})
            for code, words in part.regions.labels.items()
        },
    )


def by_pretext_time(part: StudyPart) -> Finding:
    """Distinct persons by charge as brought (rows) and period of censuses (columns).

    A period before the list first used the class of a charge is "not covered".
    """
    periods = _periods(part)
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
            for a, b in periods
        },
        _late_classes(part, periods[0][1]) if periods else (),
    )


def _periods(part: StudyPart) -> list[tuple[int, int]]:
    """First and last year of up to ``PERIODS`` periods of about equal length; empty without rows."""
    years = sorted({y for p in part.populations for y in census_years(p)})
    if len(years) < PERIODS:
        return [(y, y) for y in years]
    size = -(-len(years) // PERIODS)
    return [(years[i], years[min(i + size, len(years)) - 1]) for i in range(0, len(years), size)]


def _pretexts_by(
    part: StudyPart,
    name: str,
    title: str,
    across: Mapping[str, tuple[Column, str, Mapping[str, Any]]],
    notes: Sequence[str] = (),
) -> Finding:
    """Persons by charge as brought (rows) and by a second grouping (columns).

    across: key -> (column, words for the definition, row filter).
    """

    def rows(p: Population) -> list[Row]:
        first = _first_years(part, p)
        return [
            (
                code_cell("pretext", code),
                *(
                    part.count_persons(
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
            for code in codes_in_use(p, "pretext_codes", codes("pretext"))
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


def _first_years(part: StudyPart, p: Population) -> dict[str, int]:
    """Year of the first census in which the list, in scope or not, uses each class of charge."""
    rows = part.rows_of_lists()
    rows = rows[rows["source"] == p.slug]
    rows = rows.assign(code=rows["pretext_codes"].str.split("|")).explode("code")
    return {str(c): int(y) for c, y in rows.groupby("code")["census_year"].min().items()}


def _last_year(filter_: Mapping[str, Any], otherwise: int) -> int:
    """Year of the last census that a row filter selects; ``otherwise`` if it names no year."""
    return int(filter_.get("census_year", {}).get("to", otherwise))


def _late_classes(part: StudyPart, period_end: int) -> list[str]:
    """A note for each public list on the classes of charge that it first uses after this year."""
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
