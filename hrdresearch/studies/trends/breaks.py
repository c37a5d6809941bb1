"""Finding on a stated day: the documented count after it, against the course of the count before it."""

from __future__ import annotations

import pandas as pd

from hrdresearch.findings.make_claims import measured_claim, text_claim
from hrdresearch.findings.model import PARAMETER, Claim, Finding
from hrdresearch.findings.sentences import ListSentences, claim_tag, paragraphs_of_sentences
from hrdresearch.stats.trends import Break, Refusal, estimate_break
from hrdresearch.studies.ground.ledger import day_in_words
from hrdresearch.studies.shapes.count_tables import Row, table_of_counts
from hrdresearch.studies.trends.delay import notes_on_censuses
from hrdresearch.studies.trends.numbers import (
    ASSUMED,
    INTERVALS,
    NO_END,
    estimate_columns,
    lists_by_reason,
    notes_on_refusals,
    signed_cells,
    size_claims,
    word_in_table,
)
from hrdresearch.studies.trends.series import RECENT, Series, SeriesStudy

MOSTLY_DATED = 0.9  # share of the cases with a known day, from which quarters are counted
TOLD = {"above": "above its course", "below": "below its course", "": "neither can be told"}


def break_finding(study: SeriesStudy) -> Finding:
    """Finding: level of each list after the stated day against its course before, or why there is none."""
    stated = str(study.params.get("break_on") or "none")
    made: dict[str, Break | Refusal] = {}
    if stated != "none":
        made = {
            slug: estimate_break(_by_period(s, pd.Timestamp(stated)), pd.Timestamp(stated))
            for slug, s in study.series.items()
            if not s.is_census and len(s.counts)
        }
    day = "a stated day" if stated == "none" else day_in_words(pd.Timestamp(stated))
    when = [
        text_claim("break.day", day, "Day that was stated", PARAMETER),
        text_claim(
            "break.reason", str(study.params.get("break_reason")), "Reason for the day", PARAMETER
        ),
    ]
    said = [
        _sentences(study.series[slug], found, when)
        for slug, found in made.items()
        if isinstance(found, Break)
    ]
    refused = lists_by_reason(
        (study.series[slug].population, found)
        for slug, found in made.items()
        if isinstance(found, Refusal)
    )
    said += [
        ListSentences(
            f"Whether the number that {names} documented lay above or below its course {_after(when)}, is "
            f"not stated, because {reason}."
        )
        for reason, names in refused.items()
    ]
    return table_of_counts(
        study,
        "break",
        f"The documented count after {day}, against its course before",
        estimate_columns("List", periods="Before and after", per="Per cent"),
        lambda p: [_row(study.series[p.slug], made[p.slug])] if p.slug in made else [],
        beside=lambda p: [
            *when,
            *(c for one in said for c in one.claims if c.sources == (p.slug,)),
        ],
        statements=paragraphs_of_sentences(said),
        key_sentences=tuple(one.text for one in said if one.is_key),
        names_lists=True,
        unit="per cent",
        period="",
        notes=(
            "Interrupted series: a negative binomial model with a straight course (of logarithms) over the "
            "years before the day, ten at most, and another level after it; the period that holds the day is "
            f"left out. {INTERVALS} The day was stated beforehand and not searched for.",
            *notes_on_censuses(study),
            *notes_on_refusals(made.values()),
        ),
    )


def _row(s: Series, made: Break | Refusal) -> Row:
    cells = signed_cells(s.population, "break", made, "level after the day")
    unit = NO_END if isinstance(made, Refusal) else f"{made.before} and {made.after} {made.unit}"
    word = TOLD[made.word] if isinstance(made, Break) else ""
    return s.population.title, unit, *cells, word_in_table(made, word)


def _after(when: list[Claim]) -> str:
    return f"after {claim_tag(when[0])}, when {claim_tag(when[1])}"


def _sentences(s: Series, made: Break, when: list[Claim]) -> ListSentences:
    p = s.population
    sizes = size_claims(p, "break", made, "level after the day")
    size, least, most = (claim_tag(sizes[k]) for k in ("size", "least", "most"))
    counted = {
        key: measured_claim(p, f"break.{key}", n, "figure", f"{made.unit} {key} the day", "trend")
        for key, n in (("before", made.before), ("after", made.after))
    }
    before, after = (claim_tag(counted[k]) for k in ("before", "after"))
    model = f"a model of {before} {made.unit} before and {after} after it"
    if made.word:
        more = "more" if made.word == "above" else "less"
        text = (
            f"{p.subject} documented, by {model}, an estimated {size} {more} {_after(when)}, than its course "
            f"before would have led on to (interval from {least} to {most}), {ASSUMED}."
        )
    else:
        text = (
            f"Whether the number that {p.name_in_prose} documented lay above or below its course "
            f"{_after(when)}, cannot be told by {model}, {ASSUMED}: its interval reaches from {least} below "
            f"to {most} above."
        )
    return ListSentences(text, (*sizes.values(), *counted.values()), is_key=True)


def _by_period(s: Series, day: pd.Timestamp) -> pd.Series:
    """Cases by quarter where nearly all have a day, else by year, from ten years before the day."""
    years = [int(y) for y in s.counts.columns if int(y) >= day.year - RECENT]
    if not years:
        return pd.Series(dtype=float, index=pd.PeriodIndex([], freq="Y"))
    rows = s.population.frame
    rows = rows[rows["event_year"].isin(years)]
    dated = rows[rows["event_date_precision"] == "day"]
    if len(rows) and len(dated) >= MOSTLY_DATED * len(rows):
        index = pd.period_range(f"{years[0]}Q1", f"{years[-1]}Q4", freq="Q")
        quarters: pd.Series = dated["event_date"].dt.to_period("Q").value_counts()
        return quarters.reindex(index, fill_value=0)
    return s.total[years].set_axis(pd.PeriodIndex([str(y) for y in years], freq="Y"))
