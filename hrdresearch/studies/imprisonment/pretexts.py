"""Persons in the censuses by charge as brought, by region and by period of censuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hrdresearch.findings.empty_cells import NOT_COVERED
from hrdresearch.findings.make_claims import Population, add_claims, text_claim
from hrdresearch.findings.model import SCOPE, Cell, Claim, Column, Finding
from hrdresearch.findings.sentences import (
    in_sentence,
    is_printed,
    listed,
    tag,
)
from hrdresearch.studies.imprisonment.census_counts import census_years
from hrdresearch.studies.imprisonment.study_part import StudyPart, codes_in_use
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    code_cell,
    column_heads,
    table_of_counts,
    text_columns,
)
from hrdresearch.studies.shapes.year_and_state_sentences import region_in_sentence
from hrdresearch.vocab import codes, label

PERIODS = 4
RETALIATION = "retaliation"  # a class of a list and no charge; the table holds it
QUARTER = 0.25  # of the largest number, rounded down to tens; charges below it stay in the table
TENS = 10
NARROWER = (
    "“No charge” is narrower here than no charge or none disclosed: it leaves out those whose charge "
    "was not disclosed."
)
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


def _said_across(
    part: StudyPart, finding: Finding, across: Mapping[str, str], lead: str
) -> Finding:
    """The finding with a paragraph for each list: the charges with most persons, by column.

    across: words by the key of a column. lead: what the columns are, at the head of the paragraph.
    """
    by_name = {claim.name: claim for claim in finding.claims}
    labels = {code: label("pretext", code) for code in codes("pretext") if code != "not_recorded"}
    paragraphs = []
    made: list[Claim] = []
    for p in part.populations:
        own = {
            code: {key: by_name.get(p.claim_name(f"{finding.name}.{code}.{key}")) for key in across}
            for code in labels
        }
        largest = {
            code: max(shown, key=lambda claim: float(claim.value or 0))
            for code, claims in own.items()
            if (shown := [c for c in claims.values() if c and is_printed(c)])
        }
        if not largest:
            continue
        most = max(largest.values(), key=lambda claim: float(claim.value or 0))
        quarter = QUARTER * float(most.value or 0)
        least = int(quarter // TENS * TENS) or 1
        threshold = text_claim(
            p.claim_name(f"{finding.name}.threshold"),
            str(least),
            f"{p.title}: number of persons from which a charge is named in the text",
            SCOPE,
        )
        made.append(threshold)
        chosen = [c for c in largest if is_printed(largest[c], least) and c != RETALIATION]
        whole = {key: by_name.get(p.claim_name(f"{finding.name}.held.{key}")) for key in across}
        has_whole = any(claim and is_printed(claim) for claim in whole.values())
        beside = ", of all who were held" if has_whole else ""
        told = []
        for code in chosen:
            items = [
                f"{tag(claim)}{_of(whole[key])} {across[key]}"
                for key, claim in own[code].items()
                if claim and is_printed(claim, 0) and not _is_nobody(whole[key])
            ]
            told.append(f"under “{in_sentence(labels[code])}” {listed(items)}")
        left = f"Charges with fewer than {tag(threshold)} persons in every column are left to the table."
        paragraphs.append(
            " ".join(
                (
                    f"{lead[:1].upper()}{lead[1:]}{beside}, {p.name_in_prose} recorded "
                    f"{'; '.join(told)}.",
                    NARROWER
                    if "no_charge" in chosen and "not_disclosed" in set(largest) - set(chosen)
                    else "",
                    left if least > 1 else "",
                )
            ).strip()
        )
    return replace(add_claims(finding, *made), statements=tuple(paragraphs))


def _is_nobody(whole: Claim | None) -> bool:
    return whole is not None and whole.status == "shown" and whole.value == 0


def _of(whole: Claim | None) -> str:
    return f" of {tag(whole)}" if whole and is_printed(whole) else ""


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

    held = [
        part.count_persons(f"{name}.held.{key}", f"persons held {words}", filter_)
        for key, (_, words, filter_) in across.items()
    ]
    finding = table_of_counts(
        part,
        name,
        title,
        [*column_heads("Charges as brought"), *(column for column, _, _ in across.values())],
        rows,
        beside=lambda p: held if p.policy.is_exempt else [],
        empty="drop rows",
        unit="persons",
        notes=(SEVERAL_CHARGES, *notes),
    )
    words = {key: in_words.removeprefix("in censuses ") for key, (_, in_words, _) in across.items()}
    return _said_across(part, finding, words, lead)


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
