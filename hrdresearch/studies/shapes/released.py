"""Findings on restricted lists: what their releases print by period, State and region."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pandas as pd

from hrdresearch.findings.empty_cells import NOT_COVERED
from hrdresearch.findings.make_claims import CountDraft, Population, text_claim
from hrdresearch.findings.model import SCOPE, Cell, Claim, Column, Finding
from hrdresearch.findings.sentences import claim_tag, is_printed, join_with_and
from hrdresearch.privacy.plan_cells import OTHERS, REGION, regions_of_report
from hrdresearch.privacy.policy import TIME_HELD
from hrdresearch.privacy.release import next_edition_day
from hrdresearch.studies.ground.ledger import day_in_words
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.count_tables import column_heads, table_of_counts, text_columns
from hrdresearch.studies.shapes.side_by_side_tables import lists_side_by_side
from hrdresearch.tables import TABLES, label_in_column
from hrdresearch.vocab.regions import region_scheme
from hrdresearch.vocab.states import short_name

Span = tuple[int, ...]  # first and last year of a period, or nothing: no recorded year
LAST = (9999,)
UNITS_OF_PERSONS = ("persons", "victims")

FACTS = {
    "sex_code": "Sex or gender",
    "cause_codes": "Cause defended",
    "perpetrator_codes": "Kind of alleged perpetrator",
    "pretext_codes": "Charge as brought",
    "form_codes": "Form of reprisal",
}

MEDIANS = {
    "age_years": ("Age", "the median age of the persons whose age is recorded"),
    TIME_HELD: ("Time held", "the median time that those who were held had been held"),
    "bound_min_years": ("Length of sentence", "the median length of the sentences that give one"),
}


def by_period_finding(study: Study) -> Finding:
    """Finding: what each restricted list holds by period of years; claims ``by_period.2018_2019``.

    Persons are counted where the unit of the study is a person, rows elsewhere. ``by_period.not_recorded``
    counts those of no recorded year.
    """
    made = {p.slug: _counts_by_period(study, p) for p in study.populations}
    spans = sorted({span for counts in made.values() for span in counts}, key=lambda s: s or LAST)
    return lists_side_by_side(
        study,
        "by_period",
        f"{study.value_heading} by period, of lists shared in confidence",
        column_heads("Period"),
        [((f"{span[0]}–{span[1]}",) if span else ("Year not recorded",), span) for span in spans],
        made,
        missing=NOT_COVERED,
        statements=tuple(
            text for p in study.populations if (text := _periods_sentences(p, made[p.slug]))
        ),
    )


def by_area_finding(study: Study) -> Finding:
    """Finding: numbers of a restricted list by State and region, for those that its release prints alone."""
    counted = "Persons" if any(_persons(p) for p in study.populations) else study.value_heading
    return table_of_counts(
        study,
        "by_area",
        f"{counted} by State and region, of lists shared in confidence",
        [*text_columns(label="State or region", fact="Fact"), Column("value", counted)],
        lambda p: [row for row in _area_rows(study, p) if is_printed(row[-1])],
        unit="persons",
        notes=(
            "A State stands alone from 20 to 29 persons of three contributors, each of several persons, "
            "and so does a region; the numbers are drawn. Numbers below 5 are left out; a State that is "
            "not named may have any number.",
        ),
    )


def medians_finding(study: Study) -> Finding:
    """Finding: classes of years in which the medians of restricted lists lie; ``medians.age_years``."""
    return table_of_counts(
        study,
        "medians",
        "Medians of lists shared in confidence, in classes of years",
        column_heads("Fact", value="Median, years"),
        lambda p: [(MEDIANS[c.name.rpartition(".")[2]][0], c) for c in _medians(p)],
        sentence=lambda p, _: _medians_sentences(p),
        notes=(
            "The classes were fixed beforehand. A class is given from 50 persons, over the whole "
            "list, and changes with the other figures of the list only.",
        ),
    )


def edition_sentence(p: Population) -> tuple[str, list[Claim]]:
    """Sentence on the fixed day of the figures of a restricted list, with its claims."""
    assert p.release is not None and p.policy.leaves is not None
    edition = p.release.as_at[""]
    following = next_edition_day(dt.date.fromisoformat(edition), p.policy.leaves.editions)
    days = [
        text_claim(
            p.claim_name(f"released.{name}"),
            day_in_words(pd.Timestamp(day)),
            f"{p.title}: {words}",
            SCOPE,
        )
        for name, day, words in (
            ("edition", edition, "fixed day that its figures are called by"),
            (
                "received_before",
                following,
                "day before which the list of these figures was received",
            ),
        )
    ]
    return (
        f"{p.list_subject} was shared in confidence. Its figures are called by the edition of "
        f"{claim_tag(days[0])}; the next edition is of {claim_tag(days[1])} at the earliest. On which "
        "day before that the list was received is not told, so the figures are not its state on the "
        "day of an edition. They are rounded, and change on fixed days, at most twice a year, and only "
        "after many changes of the list.",
        days,
    )


def _counts_by_period(study: Study, p: Population) -> dict[Span, Claim]:
    """Counts by first and last year; ``()`` counts what has no recorded year."""
    year = TABLES[p.table].year_column
    if not p.periods or year is None:
        return {}
    (first, last), step = (p.periods[0][0], p.periods[-1][1]), p.periods[0][1] - p.periods[0][0] + 1
    ends: list[Span] = [(a, a + step - 1) for a in range(first, last, step)]
    drafts = {
        span: CountDraft(
            f"by_period.{'_'.join(map(str, span)) or 'not_recorded'}",
            f"{p.title}: {study.unit}, {' to '.join(map(str, span)) or 'year not recorded'}",
            {year: {"from": span[0], "to": span[1]} if span else [None]},
            study.unit.partition(",")[0].removesuffix("s"),
            column=_persons(p) if study.unit in UNITS_OF_PERSONS else None,
        )
        for span in (*ends, ())
    }
    made = study.count(p, list(drafts.values()))
    return {span: made[draft.name] for span, draft in drafts.items()}


def _periods_sentences(p: Population, counts: dict[Span, Claim]) -> str:
    shown = [(span, c) for span, c in counts.items() if is_printed(c)]
    said = [
        f"{claim_tag(c, '' if i else f'of:{c.unit}')} "
        f"{f'of {span[0]}–{span[1]}' if span else 'of no recorded year'}"
        for i, (span, c) in enumerate(shown)
    ]
    return f"By period, {p.list_in_prose} holds {join_with_and(said)}." if said else ""


def _medians(p: Population) -> list[Claim]:
    """Claims of the classes of the medians that the release of a list holds, for the whole list."""
    held = p.release.medians if p.release and not set(p.scope) - {"source"} else {}
    columns = {name.strip(";").partition("=")[0]: years for name, years in held.items()}
    return [
        text_claim(
            p.claim_name(f"medians.{column}"),
            _class_in_words(columns[column]),
            f"{p.title}: class of {words}",
        )
        for column, (_, words) in MEDIANS.items()
        if column in columns
    ]


def _class_in_words(years: str) -> str:
    """Class of years in words.

    >>> [_class_in_words(years) for years in ("-1", "2-5", "10-")]
    ['under 1 year', 'from 2 to under 5 years', '10 years or more']
    """
    low, _, high = years.partition("-")
    if not low:
        return f"under {high} year{'' if high == '1' else 's'}"
    return f"from {low} to under {high} years" if high else f"{low} years or more"


def _medians_sentences(p: Population) -> str:
    said = [f"{MEDIANS[c.name.rpartition('.')[2]][1]} is {claim_tag(c)}" for c in _medians(p)]
    return f"On {p.list_in_prose}, {join_with_and(said)}." if said else ""


def _area_rows(study: Study, p: Population) -> Iterator[tuple[Any, ...]]:
    """Rows of the table: area, fact in words, claim."""
    plan = p.policy.leaves
    if p.release is None or plan is None:
        return
    drafts: list[tuple[Cell, str, CountDraft]] = []
    for area in p.release.areas:
        is_region = area.startswith(REGION)
        code = area.removeprefix(REGION)
        where: Any = sorted(regions_of_report()[code]) if is_region else area
        name = region_scheme("report").labels[code] if is_region else short_name(area)
        cell = Cell(text=name, vocabulary="region" if is_region else "state")
        stem = f"by_area.{code.lower()}"
        filters: list[tuple[str, str, dict[str, Any]]] = [("persons", "All", {})]
        year = TABLES[p.table].year_column or ""
        filters += [
            (f"{a}_{b}", f"{a}–{b}", {year: {"from": a, "to": b}})
            for a, b in p.periods
            if year in plan.by_area
        ]
        begin = f"{OTHERS}{code}" if is_region else f"{area};"
        held = [name for name in p.release.cells if name.startswith(begin)]
        for entry in held:
            column, _, value = entry.partition(";")[2].partition("=")
            if column in FACTS:
                words = f"{FACTS[column]}: {label_in_column(column, value)}"
                filters.append((f"{column}.{value}", words, {column: value}))
        drafts += [
            (
                cell,
                words,
                CountDraft(
                    f"{stem}.{key}",
                    f"{p.title}: {name}, {words}",
                    {"state_iso3": where, **filter_},
                    column=_persons(p),
                ),
            )
            for key, words, filter_ in filters
        ]
    made = study.count(p, [draft for *_, draft in drafts])
    for cell, words, draft in drafts:
        yield cell, words, made[draft.name]


def _persons(p: Population) -> str | None:
    """Column whose values are counted: persons, where a person may have several rows."""
    return TABLES[p.table].person_column if p.release and p.release.rows else None
