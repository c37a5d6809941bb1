"""Persons in the censuses by charge as brought, by region and by period of censuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hrdresearch.findings.empty_cells import NOT_COVERED
from hrdresearch.findings.make_claims import (
    Draft,
    Population,
)
from hrdresearch.findings.model import Cell, Column, Finding
from hrdresearch.studies.imprisonment.census_counts import census_years
from hrdresearch.studies.imprisonment.pretext_sentences import said_across
from hrdresearch.studies.imprisonment.study_part import StudyPart, codes_in_use
from hrdresearch.studies.shapes.by_code import LAST_CODES
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    Share,
    code_cell,
    column_heads,
    table_of_counts,
    text_columns,
)
from hrdresearch.studies.shapes.year_and_state_sentences import region_in_sentence
from hrdresearch.vocab import codes, label

PERIODS = 4
KNOWN = [code for code in codes("pretext") if code not in LAST_CODES]
SEVERAL_CHARGES = "A person may be held on several charges."


def by_pretext_region(part: StudyPart) -> Finding:
    """Distinct persons by charge as brought (rows) and region (columns)."""
    return _pretexts_by(
        part,
        "by_pretext_region",
        "Imprisoned persons by charge as brought and region",
        {
            code: (
                Column(code, words),
                f"in {region_in_sentence(words)}",
                {"state_iso3": part.regions.members(code)},
            )
            for code, words in part.regions.labels.items()
        },
        "by region, over all censuses",
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
                Column(f"y{a}", _span(a, b)),
                f"in censuses from {a} to {b}",
                {"census_year": {"from": a, "to": b}},
            )
            for a, b in periods
        },
        "by period of censuses, a person once in each",
        _late_classes(part, periods[0][1]) if periods else (),
    )


def by_pretext_region_time(part: StudyPart) -> Finding:
    """Distinct persons by region and charge as brought (rows) and period of censuses (columns)."""
    periods = _periods(part)

    def cells(p: Population, region: str, code: str) -> list[Content]:
        first = _first_years(part, p)
        here = {"state_iso3": part.regions.members(region), "pretext_codes": code}
        return [
            part.count_persons(
                f"by_pretext_region_time.{region}.{code}.{a}_{b}",
                f"{label('pretext', code)}, {part.regions.labels[region]}, censuses of {a} to {b}",
                {**here, "census_year": {"from": a, "to": b}},
            )
            if p.release or first[code] <= b
            else NOT_COVERED
            for a, b in periods
        ]

    return table_of_counts(
        part,
        "by_pretext_region_time",
        "Imprisoned persons by region, charge as brought and period",
        [
            *text_columns(label="Region", charge="Charges as brought"),
            *(Column(f"y{a}", _span(a, b)) for a, b in periods),
        ],
        lambda p: [
            (
                Cell(text=words, vocabulary="region"),
                code_cell("pretext", code),
                *cells(p, region, code),
            )
            for region, words in part.regions.labels.items()
            for code in codes_in_use(p, "pretext_codes", codes("pretext"))
        ],
        empty="drop rows",
        unit="persons",
        notes=(
            SEVERAL_CHARGES,
            "A person on censuses of two periods is counted in both; persons, not cases, are counted.",
        ),
    )


def _span(first: int, last: int) -> str:
    return f"{first}–{last}" if first != last else str(first)


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
    lead: str,
    notes: Sequence[str] = (),
) -> Finding:
    """Persons by charge as brought (rows) and by a second grouping (columns).

    across: key -> (column, words for the definition, row filter). lead: head of the sentences.
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
                    if p.release or first[code] <= _last_year(filter_, first[code])
                    else NOT_COVERED
                    for key, (_, words, filter_) in across.items()
                ),
            )
            for code in codes_in_use(p, "pretext_codes", codes("pretext"))
        ]

    held = {
        key: part.count_persons(f"{name}.held.{key}", f"persons held {words}", filter_)
        for key, (_, words, filter_) in across.items()
    }
    known = {
        key: part.count_persons(
            f"{name}.known.{key}",
            f"persons held {words}, with a charge recorded, or that none was brought or disclosed",
            {"pretext_codes": KNOWN, **filter_},
        )
        for key, (_, words, filter_) in across.items()
    }

    def beside(p: Population) -> list[Content]:
        counts = [cell for row in rows(p) for cell in row if isinstance(cell, Draft)]
        keys = [count.name.rpartition(".")[2] for count in counts]
        shares = [
            Share(n, known[key], f"{n.definition}, in per cent of those known", asked=held[key])
            for n, key in zip(counts, keys, strict=True)
            if n.filter.get("pretext_codes") in KNOWN
        ]
        return [*held.values(), *known.values(), *shares] if p.policy.is_exempt else []

    finding = table_of_counts(
        part,
        name,
        title,
        [*column_heads("Charges as brought"), *(column for column, _, _ in across.values())],
        rows,
        beside=beside,
        empty="drop rows",
        unit="persons",
        notes=(SEVERAL_CHARGES, *notes),
    )
    words = {key: in_words.removeprefix("in censuses ") for key, (_, in_words, _) in across.items()}
    return said_across(part, finding, words, lead, name == "by_pretext_region")


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
