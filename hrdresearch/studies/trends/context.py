"""Indicators published by others beside the counts, with their own uncertainty; never as a cause."""

from __future__ import annotations

import numpy as np
import pandas as pd

from hrdresearch.findings.make_claims import CountDraft, Population, measured_claim
from hrdresearch.findings.model import Column, Finding
from hrdresearch.findings.numbers import noun_for_count
from hrdresearch.findings.sentences import ListSentences, claim_tag, join_with_and
from hrdresearch.stats.trends.limits import FEWEST_CASES
from hrdresearch.studies.shapes.count_tables import Row, state_cell, table_of_counts, text_columns
from hrdresearch.studies.trends.numbers import latest_periods, years_in_words
from hrdresearch.studies.trends.series import Series, SeriesStudy
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence

NOT_PUBLISHED = "no uncertainty published"
WITHIN, BEYOND = "within its uncertainty", "larger than its uncertainty"
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
            *text_columns(values="From first to last year", told="Its change"),
        ],
        lambda p: rows[p.slug],
        sentence=lambda p, _: told[p.slug],
        unit="cases",
        period=latest_periods(study),
        notes=(
            "Halves of the period: of an odd number of years the one in the middle is in neither. An "
            "indicator is shown where it spans half of the period or more.",
            "The indicators stand beside the counts and explain nothing: makers of indices read the same "
            "lists, and an index may move because a case became known. ± is one standard deviation, where "
            "the makers publish it; a difference of up to 1.96 standard deviations is within its "
            "uncertainty. Where none is published nothing is said of a change.",
        ),
    )


def _rows(s: Series, held: pd.DataFrame) -> tuple[list[Row], list[ListSentences]]:
    if not s.latest or held.empty:
        return [], []
    counts = s.counts[s.latest]
    states = [str(k) for k in counts.index[counts.sum(axis=1) >= FEWEST_CASES]]
    held = held[held["state_iso3"].isin(states) & held["indicator_year"].isin(s.latest)]
    rows: list[Row] = []
    within: list[bool] = []
    scores: dict[str, list[int]] = {}
    for iso3 in sorted(states, key=alphabetical_key):
        for indicator, own in held[held["state_iso3"] == iso3].groupby("indicator"):
            own = own.sort_values("indicator_year")
            first, last = own.iloc[0], own.iloc[-1]
            span = [int(first["indicator_year"]), int(last["indicator_year"])]
            if span[1] - span[0] < (len(s.latest) - 1) / 2:
                continue
            doubt = _is_within_doubt(str(first["value"]), str(last["value"]))
            if doubt is not None:
                within.append(doubt)
                scores.setdefault(str(indicator), []).extend(span)
            rows.append(
                (
                    state_cell(iso3),
                    str(indicator),
                    *_halves(s, iso3),
                    " to ".join(
                        f"{row['value']} ({row['indicator_year']})" for row in (first, last)
                    ),
                    NOT_PUBLISHED if doubt is None else WITHIN if doubt else BEYOND,
                )
            )
    silent = [k for k in states if k not in set(held["state_iso3"])]
    return rows, [_scores_sentences(s, scores, within), _silent_sentences(s.population, silent)]


def _scores_sentences(s: Series, scores: dict[str, list[int]], within: list[bool]) -> ListSentences:
    """Sentence on the number of States in which a score moved by no more than its published uncertainty."""
    if len(within) < 2:
        return ListSentences()
    p = s.population
    claims = [
        measured_claim(p, f"context.{key}", n, "state", words, "trend")
        for key, n, words in (
            ("known", len(within), "States whose score has a published uncertainty"),
            ("within", sum(within), "States whose score changed within its uncertainty"),
        )
    ]
    years = [year for span in scores.values() for year in span]
    span, ends = years_in_words(p, "context", [min(years), max(years)])
    of_them = "in all of them" if all(within) else f"in {claim_tag(claims[1])} of them"
    return ListSentences(
        f"For {claim_tag(claims[0], 'of:state')} with thirty {noun_for_count(s.unit, 30)} or more on "
        f"{p.list_in_prose}, the makers of a score ({join_with_and(list(scores))}) publish its uncertainty; "
        f"{of_them} the difference between the first and the last value {span} is within that uncertainty, "
        "so that no change can be told.",
        (*claims, *ends),
    )


def _silent_sentences(p: Population, silent: list[str]) -> ListSentences:
    """Names on a list for which no indicator is given."""
    if not silent:
        return ListSentences()
    names = join_with_and([name_in_sentence(k) for k in sorted(silent, key=alphabetical_key)])
    return ListSentences(f"No indicator is given of {names} as {p.list_in_prose} names it.")


def _halves(s: Series, iso3: str) -> list[CountDraft]:
    """Cases of a State in both halves of the period; an odd year in the middle is in neither."""
    name, years = name_in_sentence(iso3), s.latest
    half = len(years) // 2
    return [
        CountDraft(
            f"context.{iso3.lower()}.{key}",
            f"cases in {name}, {first}–{last}",
            {"event_year": {"from": first, "to": last}, "state_iso3": iso3},
            s.unit,
        )
        for key, first, last in (
            ("early", years[0], years[half - 1]),
            ("late", years[-half], years[-1]),
        )
    ]


def _is_within_doubt(first: str, last: str) -> bool | None:
    """Whether two values differ by no more than their published uncertainty; None where none is published."""
    read = pd.Series([first, last]).str.extract(f"^{MEAN_AND_DEVIATION}$").astype(float)
    if read.isna().to_numpy().any():
        return None
    means, deviations = read[0].to_numpy(), read[1].to_numpy()
    return bool(abs(means[1] - means[0]) <= WITHIN_DOUBT * np.hypot(*deviations))
