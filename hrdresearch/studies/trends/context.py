"""Indicators of others beside the counts, with their own uncertainty; never as a cause."""

from __future__ import annotations

import numpy as np
import pandas as pd

from hrdresearch.findings.make_claims import CountDraft, measured_claim
from hrdresearch.findings.model import Column, Finding
from hrdresearch.findings.sentences import ListSentences, claim_tag
from hrdresearch.stats.trends.limits import FEWEST_CASES
from hrdresearch.studies.shapes.count_tables import Row, state_cell, table_of_counts, text_columns
from hrdresearch.studies.trends.series import Series, SeriesStudy
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence

WITHIN_DOUBT = 1.96  # standard deviations of the difference
EFFORT = "Effort"  # indicators of the sources, not of States
MEAN_AND_DEVIATION = r"(-?\d+(?:\.\d+)?)(?: ± (\d+(?:\.\d+)?))?"


def context_finding(study: SeriesStudy) -> Finding:
    """Finding: for each State with thirty cases, its cases and each indicator, early and late."""
    held = study.build.table("context")
    held = held[~held["indicator"].str.startswith(EFFORT)]
    told: dict[str, list[ListSentences]] = {}
    rows: dict[str, list[Row]] = {}
    for slug, s in study.series.items():
        rows[slug], told[slug] = _rows(s, held)
    return table_of_counts(
        study,
        "context",
        "Documented cases, and indicators of others, at both ends of the period",
        [
            *text_columns(label="State or territory", indicator="Indicator"),
            Column("early_cases", "Cases, first half"),
            Column("late_cases", "Cases, second half"),
            *text_columns(early="At first", late="At last", told="Its change"),
        ],
        lambda p: rows[p.slug],
        sentence=lambda p, _: told[p.slug],
        unit="cases",
        notes=(
            "The indicators stand beside the counts and explain nothing: makers of indices read the same "
            "lists, and an index may move because a case became known. ± is one standard deviation, where "
            "the makers publish it; a change within 1.96 standard deviations of the difference is within "
            "doubt. Where none is published nothing is said of a change.",
        ),
    )


def _rows(s: Series, held: pd.DataFrame) -> tuple[list[Row], list[ListSentences]]:
    if not s.latest or held.empty:
        return [], []
    counts = s.counts[s.latest]
    states = [str(k) for k in counts.index[counts.sum(axis=1) >= FEWEST_CASES]]
    held = held[held["state_iso3"].isin(states) & held["indicator_year"].isin(s.latest)]
    middle = s.latest[len(s.latest) // 2]
    rows: list[Row] = []
    within = known = 0
    for iso3 in sorted(states, key=alphabetical_key):
        for indicator, own in held[held["state_iso3"] == iso3].groupby("indicator"):
            own = own.sort_values("indicator_year")
            first, last = own.iloc[0], own.iloc[-1]
            if first["indicator_year"] == last["indicator_year"]:
                continue
            doubt = _is_within_doubt(str(first["value"]), str(last["value"]))
            known, within = known + (doubt is not None), within + bool(doubt)
            rows.append(
                (
                    state_cell(iso3),
                    str(indicator),
                    *_halves(s, iso3, middle),
                    *(f"{row['value']} ({row['indicator_year']})" for row in (first, last)),
                    "not said" if doubt is None else "within doubt" if doubt else "beyond doubt",
                )
            )
    p = s.population
    if known < 2:
        return rows, []
    claims = [
        measured_claim(p, f"context.{key}", n, "state", words, "trend")
        for key, n, words in (
            ("known", known, "States whose score has a published uncertainty"),
            ("within", within, "States whose score changed within its uncertainty"),
        )
    ]
    return rows, [
        ListSentences(
            f"For {claim_tag(claims[0], 'of:state')} with thirty cases or more on {p.list_in_prose}, a "
            f"score with a published uncertainty stands beside the counts; in {claim_tag(claims[1])} of "
            "them it moved within that uncertainty over the period.",
            tuple(claims),
        )
    ]


def _halves(s: Series, iso3: str, middle: int) -> list[CountDraft]:
    """Cases of a State in both halves of the period."""
    name, years = name_in_sentence(iso3), s.latest
    return [
        CountDraft(
            f"context.{iso3.lower()}.{key}",
            f"cases in {name}, {first}–{last}",
            {"event_year": {"from": first, "to": last}, "state_iso3": iso3},
            s.unit,
        )
        for key, first, last in (("early", years[0], middle - 1), ("late", middle, years[-1]))
    ]


def _is_within_doubt(first: str, last: str) -> bool | None:
    """Whether two values differ by no more than their published uncertainty; None where none is published."""
    read = pd.Series([first, last]).str.extract(f"^{MEAN_AND_DEVIATION}$").astype(float)
    if read.isna().to_numpy().any():
        return None
    means, deviations = read[0].to_numpy(), read[1].to_numpy()
    return bool(abs(means[1] - means[0]) <= WITHIN_DOUBT * np.hypot(*deviations))
