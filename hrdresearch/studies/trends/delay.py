"""Findings on reporting delay: how complete a year is some time after its end, and what is to come."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from hrdresearch.findings.make_claims import CountDraft, Population, measured_claim, text_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import ListSentences, claim_tag, join_with_and
from hrdresearch.stats.trends import Delay, Refusal
from hrdresearch.studies.ground.ledger import day_in_words
from hrdresearch.studies.shapes.count_tables import Row, column_heads, table_of_counts
from hrdresearch.studies.trends.numbers import (
    lists_by_reason,
    within_years,
    year_claim,
)
from hrdresearch.studies.trends.series import Series, SeriesStudy
from hrdresearch.vocab.states import name_in_sentence

AGES = {"m0": (0.0, "at its end"), "m6": (0.5, "half a year after it"), "m12": (1.0, "one year after it"),
        "m24": (2.0, "two years after it"), "m36": (3.0, "three years after it")}  # fmt: skip
HALF = 0.5  # share of a year above which its State is named
COMPLETE = 0.995  # share listed above which a year is not corrected
DELAY = (
    "Of editions of one list, the cases that the later one holds are those of the earlier one that had been "
    "listed by then, and the share still to come is taken to fall exponentially with the age of a year. "
    "Intervals are of 95 per cent. That the delay of the last years is that of the years before is an "
    "assumption."
)


def delay_finding(study: SeriesStudy) -> Finding:
    """Finding: share of the cases of a year that a list holds, by the time since the end of the year."""
    listed = [s for s in study.series.values() if not s.is_census]
    told = {
        s.population.slug: _delay_sentences(s.population, s.delay, s.edition_days)
        for s in listed
        if isinstance(s.delay, Delay)
    }
    refused = lists_by_reason(
        (s.population, s.delay) for s in listed if isinstance(s.delay, Refusal)
    )
    return table_of_counts(
        study,
        "delay",
        "Share of the cases of a year that are listed, by the time since its end",
        column_heads(
            "Time since the end of the year", share="Per cent listed", low="From", high="To"
        ),
        lambda p: _shares(study.series[p.slug]),
        beside=lambda p: told[p.slug].claims if p.slug in told else (),
        statements=(
            *(one.text for one in told.values()),
            *(
                f"How many cases are added after the end of a year is not known of {names}, because "
                f"{reason}; the last years may be incomplete."
                for reason, names in refused.items()
            ),
        ),
        unit="per cent of the cases that the list will hold",
        period="",
        notes=(DELAY, *notes_on_censuses(study)),
    )


def _shares(s: Series) -> list[Row]:
    delay = s.delay
    if isinstance(delay, Refusal):
        return []
    return [
        (f"{words[:1].upper()}{words[1:]}", *_share_claims(s.population, delay, key))
        for key, (age, words) in AGES.items()
        if delay.youngest - 0.1 <= age < delay.until
    ]


def _share_claims(p: Population, delay: Delay, key: str) -> list[Claim]:
    age, words = AGES[key]
    names = ("", ".low", ".high")
    return [
        measured_claim(
            p,
            f"delay.{key}{name}",
            100 * value,
            "per_cent",
            f"share listed {words}{name}",
            "trend",
        )
        for name, value in zip(names, delay.share_with_interval(age), strict=True)
    ]


def _delay_sentences(p: Population, delay: Delay, days: tuple[pd.Timestamp, ...]) -> ListSentences:
    """Sentences on how many editions the delay is estimated from, and how complete a year is."""
    told = [k for k, (age, _) in AGES.items() if delay.youngest - 0.1 <= age < delay.until]
    number, added = (
        measured_claim(p, f"delay.{key}", value, unit, words, "trend")
        for key, value, unit, words in (
            ("editions", delay.editions, "figure", "editions of the list"),
            (
                "added",
                delay.added,
                "case",
                "cases added between editions, of years under five years old",
            ),
        )
    )
    told_days = text_claim(
        p.claim_name("delay.days"),
        join_with_and([day_in_words(day) for day in days]),
        f"{p.title}: days of the editions",
    )
    of_days = replace(told_days, sources=(p.slug,))
    start = (
        f"Between {claim_tag(number)} editions (of {claim_tag(of_days)}) {p.list_in_prose} added "
        f"{claim_tag(added, 'of:case')} to "
        "years that were over and less than five years old."
    )
    if not told:
        return ListSentences(start, (number, added, of_days))
    share, low, high = _share_claims(p, delay, told[0])
    return ListSentences(
        f"{start} By the model of this delay it holds {claim_tag(share)} of the cases of a year "
        f"{AGES[told[0]][1]} (interval from {claim_tag(low)} to {claim_tag(high)}).",
        (number, added, of_days, share, low, high),
    )


def corrected_finding(study: SeriesStudy) -> Finding:
    """Finding: cases of the last years as listed, and as the list is estimated to hold them later."""
    made = {s.population.slug: _corrected(s) for s in study.series.values()}
    return table_of_counts(
        study,
        "corrected",
        "The last years as listed, and as the list is estimated to hold them when they are five years old",
        column_heads("Year", listed="Listed", value="Estimated", low="From", high="To"),
        lambda p: made[p.slug],
        sentence=lambda p, _: [
            _corrected_sentences(study.series[p.slug], made[p.slug]),
            _one_state_sentences(study, study.series[p.slug], made[p.slug]),
        ],
        unit="cases",
        period="",
        notes=(
            "The estimate is the number listed divided by the share listed at the age of the year. Its "
            "interval holds the doubt about the delay, the spread between years, and chance. It says what "
            "this list will hold, not how many cases there were.",
        ),
    )


def _corrected(s: Series) -> list[Row]:
    """A row for each year that the delay still affects, the latest first."""
    delay, p = s.delay, s.population
    if isinstance(delay, Refusal):
        return []
    rows: list[Row] = []
    for year, age in reversed(list(s.ages().items())):
        made = delay.correct(int(s.total[year]), float(age))
        if isinstance(made, Refusal) or delay.share_listed(float(age)) > COMPLETE:
            continue
        within = within_years([int(year)])
        claims = [
            measured_claim(
                p,
                f"corrected.{year}{name}",
                round(value),
                "case",
                f"cases of {year}{name}",
                "trend",
            )
            for name, value in (("", made.value), (".low", made.low), (".high", made.high))
        ]
        listed = CountDraft(
            f"corrected.{year}.listed", f"cases of {year} as listed", within, "case"
        )
        rows.append((str(year), listed, *claims))
    return rows


def notes_on_censuses(study: SeriesStudy) -> list[str]:
    """Note on why a census has no reporting delay and no course over the years."""
    lists = [s.population.name_in_prose for s in study.series.values() if s.is_census]
    return [
        f"Not asked of {join_with_and(lists)}: it counts who is held on a day, and is complete on that day."
    ][: len(lists)]


def _one_state_sentences(study: SeriesStudy, s: Series, rows: list[Row]) -> ListSentences:
    """Which State or territory holds half of the cases of the last year or more, where one does."""
    if not rows:
        return ListSentences()
    year = int(str(rows[0][0]))
    held = s.counts[year].sort_values()
    if len(held) < 2 or held.iloc[-1] < HALF * held.sum():
        return ListSentences()
    p, iso3 = s.population, str(held.index[-1])
    words = f"{p.title}: cases of {year} in {name_in_sentence(iso3)}"
    within = within_years([year]) | {"state_iso3": iso3}
    draft = CountDraft("corrected.one_state", words, within, "case")
    claim = study.count(p, [draft])[draft.name]
    return ListSentences(
        f"Of the cases of {claim_tag(p.claim_name('corrected.last_year'))} so far, {claim_tag(claim)} are of "
        f"{name_in_sentence(iso3)}; whether the delay "
        "of other years holds for cases that are mostly of one place is not known.",
        (claim,),
        is_key=True,
    )


def _corrected_sentences(s: Series, rows: list[Row]) -> ListSentences:
    if not rows:
        return ListSentences()
    p = s.population
    _, listed, value, low, high = rows[0]
    assert isinstance(listed, CountDraft)
    assert isinstance(value, Claim)
    assert isinstance(low, Claim)
    assert isinstance(high, Claim)
    year = year_claim(p, "corrected.last_year", int(str(rows[0][0])), "last year corrected")
    return ListSentences(
        f"Of {claim_tag(year)}, {p.list_in_prose} holds {claim_tag(p.claim_name(listed.name), 'of:case')} "
        f"so far; it is estimated to hold {claim_tag(value)} (interval from {claim_tag(low)} to "
        f"{claim_tag(high)}) when the year is five years old, under the assumption that the delay stays as "
        "it was.",
        (year,),
        is_key=True,
    )
