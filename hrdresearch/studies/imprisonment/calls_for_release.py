"""Detentions to be read for a call for release (paragraph 33): counts, and names that may be given."""

from __future__ import annotations

import pandas as pd

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Column, Finding
from hrdresearch.studies.imprisonment.study_part import states_with_rows
from hrdresearch.studies.imprisonment.time_held import TimeHeld, where_recorded
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    code_cell,
    column_heads,
    state_cell,
    table_of_counts,
    text_columns,
)
from hrdresearch.vocab import label
from hrdresearch.vocab.states import short_name


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
        empty="drop rows",
        unit="persons",
        notes=(
            f"Held on {part.as_of_words}. The columns overlap and are not added. Those who "
            "may be named stand in the next table and are counted here as well.",
        ),
    )


def release_named(part: TimeHeld) -> Finding:
    """The cases of persons who may be named: with recorded consent, or published by the UN."""

    def rows(p: Population) -> list[Row]:
        frame = p.frame[p.frame["name_basis_code"] != "none"]
        if part.as_of is not None:
            frame = frame[frame["open_until_date"] > part.as_of]
        cases = frame.sort_values("public_name").to_dict("records")
        return [
            (
                str(case["public_name"]),
                state_cell(case["state_iso3"]),
                str(case["began_year"]) if pd.notna(case["began_year"]) else "–",
                code_cell("sentence_kind", case["sentence_kind_code"]),
                _named_years(p, number, case["sentence_min_years"]),
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
            *text_columns(basis="Basis for the name"),
        ],
        rows,
        unit="persons",
        notes=(
            "Named with recorded consent, or because the United Nations has published the "
            "case under the symbol given. All others are counts only.",
        ),
    )


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
