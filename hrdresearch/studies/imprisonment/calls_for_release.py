"""Detentions to be read for a call for release (paragraph 33): counts, and names that may be given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    agreement_tag,
    claim_tag,
    is_printed,
    join_with_and,
)
from hrdresearch.studies.imprisonment.census_sentences import YEARS
from hrdresearch.studies.imprisonment.end_dates_and_deaths import (
    NOT_DIED,
    running_alive,
    running_beyond,
)
from hrdresearch.studies.imprisonment.study_part import states_with_rows
from hrdresearch.studies.imprisonment.time_held import TimeHeld, count_spells, where_recorded
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    code_cell,
    column_heads,
    state_cell,
    table_of_counts,
    text_columns,
)
from hrdresearch.tables import match_rows
from hrdresearch.vocab import label
from hrdresearch.vocab.states import name_in_sentence, short_name


def release(part: TimeHeld) -> Finding:
    """By State: persons held for long, and persons with an opinion of the Working Group."""

    def row(p: Population, iso3: str) -> Row:
        stem, here = f"release.detained.{iso3.lower()}", {"state_iso3": iso3}
        long, _, unsentenced = part.long_term_counts(
            p,
            stem,
            part.threshold,
            here,
            part.open_spells,
            f", {short_name(iso3)}, {part.as_of_words}",
        )
        return (
            state_cell(iso3),
            long,
            unsentenced,
            part.count_persons(
                f"{stem}.wgad",
                f"persons held with an opinion of the Working Group, {short_name(iso3)}",
                {**part.open_spells, **here, **where_recorded("wgad_symbol")},
            ),
        )

    def said(p: Population, claims: Mapping[str, Claim]) -> list[ListSentences]:
        named = [
            f"{claim_tag(claims[name])} in {name_in_sentence(iso3)}"
            for iso3 in states_with_rows(p)
            if is_printed(claims.get(name := f"release.detained.{iso3.lower()}.persons"))
        ]
        if not part.tells_time_held(p):
            return _running_sentences(part, p, claims)
        text = f"{p.list_subject} is read as it stood on {part.as_of_words}"
        under = f"sentence of {YEARS} years or longer, life or death: {join_with_and(named)}"
        return [
            ListSentences(f"{text}; persons then held under a {under}." if named else f"{text}.")
        ]

    return table_of_counts(
        part,
        "release_detained",
        "Detained persons whose cases are to be read for a call for release, by State",
        column_heads(
            "State or territory",
            persons="Under a long sentence",
            unsentenced="Long without a sentence",
            wgad="With an opinion of the Working Group",
        ),
        lambda p: [row(p, iso3) for iso3 in states_with_rows(p)] if part.tells_time_held(p) else [],
        beside=lambda p: _running(part, p),
        sentence=said,
        empty="drop rows",
        unit="persons",
        notes=(
            f"Held on {part.as_of_words}. The columns overlap and are not added. Those who "
            "may be named stand in the next table and are counted here as well.",
        ),
    )


def _running(part: TimeHeld, p: Population) -> list[Content]:
    """For a list without dates of arrest: counts of sentences still running, with no death recorded."""
    if part.as_of is None or part.tells_time_held(p) or not p.policy.prints_exact_numbers:
        return []
    alive = {"exit_code": NOT_DIED}
    life = {"sentence_kind_code": "life", **alive}
    return [
        running_alive(part),
        running_beyond(part),
        count_spells("release.detained.life", "life sentences with no death recorded", life),
    ]


def _running_sentences(
    part: TimeHeld, p: Population, claims: Mapping[str, Claim]
) -> list[ListSentences]:
    """Of a list of end dates: how many sentences run beyond its data and beyond the year of the report."""
    running, beyond, life = (
        claims.get(name)
        for name in ("end_dates.running_alive", "end_dates.beyond", "release.detained.life")
    )
    told = []
    if running and is_printed(running):
        told.append(f"{claim_tag(running)} whose sentence was due to end after that day")
    if life and is_printed(life):
        told.append(f"{claim_tag(life)} under a life sentence, which has no end date")
    if not told:
        return []
    year = part.next_year_claim(p)
    text = f"{p.list_subject}, read as at {part.as_of_words}, records no death for {join_with_and(told)}."
    if running and beyond and is_printed(running) and is_printed(beyond, 0):
        text += (
            f" By the end dates, at least {claim_tag(beyond, 'none')} of the {claim_tag(running)} "
            f"{agreement_tag(beyond, 'was', 'were')} due to end in {claim_tag(year)} or later."
        )
    return [
        ListSentences(f"{text} Whether any of these persons was freed is not recorded.", (year,))
    ]


def release_named(part: TimeHeld) -> Finding:
    """The cases of persons who may be named: with recorded consent, or published by the UN."""

    def rows(p: Population) -> list[Row]:
        cases = _may_be_named(part, p).sort_values("public_name").to_dict("records")
        return [
            (
                str(case["public_name"]),
                state_cell(case["state_iso3"]),
                str(case["began_year"]) if pd.notna(case["began_year"]) else "–",
                code_cell("sentence_kind", case["sentence_kind_code"]),
                _named_years(p, number, case["sentence_min_years"]),
                _last_known(p, case["last_known_date"]),
                str(case["un_symbol"])
                if pd.notna(case["un_symbol"])
                else label("name_basis", case["name_basis_code"]),
            )
            for number, case in enumerate(cases, 1)
        ]

    return table_of_counts(
        part,
        "release_named",
        "Persons whose cases are to be read for a call for release and who may be named",
        [
            *text_columns(label="Name", state="State", since="Held since", kind="Sentence"),
            Column("years", "Years"),
            *text_columns(last="Last known to be held", basis="Basis for the name"),
        ],
        rows,
        beside=lambda p: [_number_named(part, p)],
        sentence=lambda p, claims: _named_sentences(part, p, claims),
        unit="persons",
        notes=(
            "Named with recorded consent, or because the United Nations has published the "
            "case under the symbol given. All others are counts only.",
        ),
    )


def _may_be_named(part: TimeHeld, p: Population) -> pd.DataFrame:
    """Spells of persons who may be named that are not over, as far as the list knows."""
    is_open = part.open_spells if part.as_of is not None else {"exit_code": "held"}
    return p.named[match_rows(p.named, is_open)]


def _number_named(part: TimeHeld, p: Population) -> Content:
    """Number of persons who may be named; it is no secret, since the table prints each name."""
    number = len(_may_be_named(part, p))
    words = "detentions not over of persons who may be named"
    return measured_claim(
        p, "release.named.number", number, "detention", words, "named_case", rows=number
    )


def _named_sentences(part: TimeHeld, p: Population, _: Mapping[str, Claim]) -> list[ListSentences]:
    number = _number_named(part, p)
    if not isinstance(number, Claim) or not number.value:
        return []
    return [
        ListSentences(
            f"{p.list_subject} holds {claim_tag(number, 'of:case')} of a person who may be named, held as "
            f"far as the list knew{f' on {part.as_of_words}' if part.as_of is not None else ''}; "
            "the table says when each was last known to be held."
        )
    ]


def _last_known(p: Population, day: Any) -> str:
    """Last day on which a person was known to be held, as exactly as the policy of the list allows."""
    if pd.isna(day):
        return "not recorded"
    return f"{day.day} {day:%B %Y}" if p.policy.prints_exact_numbers else str(day.year)


def _named_years(p: Population, number: int, years: float | None) -> Content:
    """Claim of the sentence of a named person, in years; a dash if no length is recorded."""
    if pd.isna(years):
        return "–"
    return measured_claim(
        p,
        f"release.named.{number}.years",
        float(years or 0),
        "year",
        "sentence in years of a person who may be named",
        "named_case",
        text=f"{years:g}",
        rows=1,
    )
