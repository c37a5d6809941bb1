"""Persons in the censuses by charge as brought, region and period of censuses."""

from __future__ import annotations

from dataclasses import replace

from hrdresearch.findings.empty_cells import NOT_COVERED
from hrdresearch.findings.make_claims import Population, add_claims, measured_claim
from hrdresearch.findings.model import Cell, Column, Drawing, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    claim_tag,
    claims_of_sentences,
    is_printed,
    join_with_and,
    paragraphs_of_sentences,
)
from hrdresearch.studies.imprisonment.census_counts import census_years
from hrdresearch.studies.imprisonment.census_sentences import CHARGES_IN_WORDS
from hrdresearch.studies.imprisonment.sentences_by_charge import SECURITY
from hrdresearch.studies.imprisonment.study_part import StudyPart, codes_in_use
from hrdresearch.studies.shapes.count_tables import (
    Content,
    code_cell,
    table_of_counts,
    text_columns,
)
from hrdresearch.studies.shapes.one_state_and_year import state_of_more_than_half
from hrdresearch.tables import match_rows
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.regions import region_in_sentence
from hrdresearch.vocab.states import name_in_sentence

PERIODS = 4
SEVERAL_CHARGES = "A person may be held on several charges."


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

    finding = table_of_counts(
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
        drawing=Drawing("grid", "label", tuple(f"y{a}" for a, _ in periods), classes="charge")
        if part.only_list and periods
        else Drawing(),
        notes=(
            SEVERAL_CHARGES,
            "A person on censuses of two periods is counted in both; persons, not cases, are counted.",
        ),
    )
    return _with_one_state(part, finding)


def _with_one_state(part: StudyPart, finding: Finding) -> Finding:
    """The finding with the regions in which one State holds more than half of those on a charge.

    The charge is that of most persons: national security. Told of public lists.
    """
    said: list[ListSentences] = []
    for p in (p for p in part.populations if p.policy.prints_exact_numbers and len(p.frame)):
        told, made = [], []
        for code, words in part.regions.labels.items():
            draft = part.count_persons(
                f"by_pretext_region_time.{code}.{SECURITY}",
                f"persons held {CHARGES_IN_WORDS[SECURITY]}, {words}",
                {"state_iso3": part.regions.members(code), "pretext_codes": SECURITY},
            )
            every = part.count(p, [draft])[draft.name]
            rows = p.frame[match_rows(p.frame, every.filter)]
            one = state_of_more_than_half(p, rows, "person_id") if is_printed(every) else None
            if one is None:
                continue
            name = name_in_sentence(one[0])
            n = measured_claim(
                p,
                f"{draft.name}.one_state",
                one[1],
                "person",
                f"{draft.definition}: {name}",
                "computed",
            )
            made += [every, n]
            told.append(
                f"{claim_tag(n)} of {claim_tag(every)} in {region_in_sentence(words)} ({name})"
            )
        if told:
            text = (
                f"Of those recorded {CHARGES_IN_WORDS[SECURITY]} over all censuses, one State held more "
                f"than half in these regions: {join_with_and(told)}."
            )
            said.append(ListSentences(text, tuple(made)))
    return replace(
        add_claims(finding, *claims_of_sentences(said)), statements=paragraphs_of_sentences(said)
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


def _first_years(part: StudyPart, p: Population) -> dict[str, int]:
    """Year of the first census in which the list, in scope or not, uses each class of charge."""
    rows = part.rows_of_lists()
    rows = rows[rows["source"] == p.slug]
    rows = rows.assign(code=rows["pretext_codes"].str.split("|")).explode("code")
    return {str(c): int(y) for c, y in rows.groupby("code")["census_year"].min().items()}
