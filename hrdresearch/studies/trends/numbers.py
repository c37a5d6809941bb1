"""Numbers of an estimate as claims: signed in tables, without a sign in sentences; and words shared here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Claim, Column, Drawing
from hrdresearch.findings.numbers import points_in_words
from hrdresearch.findings.sentences import (
    ListSentences,
    capitalized,
    claim_tag,
    claims_of_sentences,
    join_with_and,
    paragraphs_of_sentences,
)
from hrdresearch.stats.trends import Break, Change, Refusal
from hrdresearch.studies.shapes.count_tables import column_heads
from hrdresearch.studies.trends.series import SeriesStudy

NOT_STATED, NO_END = "not stated", "–"
INTERVALS = "Intervals are of 95 per cent."
ASSUMED = "if documentation did not change"
WORDS = {"risen": "rise", "fallen": "fall", "": "neither can be told"}
ONE_STATE = "Rests on one State"
FEWEST_DOTS = 2  # estimates that make a figure
ENDS = {
    "per_cent": "estimate",
    "low": "lower end of the interval",
    "high": "upper end of the interval",
}


def signed_cells(
    p: Population, stem: str, made: Change | Break | Refusal, words: str
) -> Sequence[Claim | str]:
    """The estimate and both ends of its interval, in per cent with a sign; "not stated" for a refusal."""
    if isinstance(made, Refusal):
        return [NOT_STATED, NO_END, NO_END]
    return [
        measured_claim(
            p,
            f"{stem}.{key}",
            float(getattr(made, key)),
            "per_cent",
            f"{words}, {what}",
            "trend",
            text=points_in_words(float(getattr(made, key))),
        )
        for key, what in ENDS.items()
    ]


def size_claims(p: Population, stem: str, made: Change | Break, words: str) -> dict[str, Claim]:
    """Sizes for a sentence: of the change and of both ends, without a sign.

    If neither rise nor fall can be told: the largest fall (``least``) and rise (``most``) in the interval.
    """
    ends = sorted((abs(made.low), abs(made.high))) if made.word else [-made.low, made.high]
    values = {"size": abs(made.per_cent), "least": ends[0], "most": ends[1]}
    return {
        key: measured_claim(p, f"{stem}.{key}", value, "per_cent", f"{words}, {key}", "trend")
        for key, value in values.items()
    }


def interval_in_words(sizes: dict[str, Claim]) -> str:
    """Words for the interval of a rise or a fall: "interval from 4 to 8 per cent"."""
    return f"interval from {claim_tag(sizes['least'], 'digits')} to {claim_tag(sizes['most'])}"


def reach_in_words(sizes: dict[str, Claim]) -> str:
    """Words for an interval that holds both a fall and a rise."""
    least, most = claim_tag(sizes["least"], "digits"), claim_tag(sizes["most"])
    return f"interval from a fall of {least} to a rise of {most} a year"


def word_in_table(made: Change | Break | Refusal, word: str) -> str:
    """Text of the last cell of a row: what the estimate shows, or in short why there is none."""
    told = made.short if isinstance(made, Refusal) else word
    return capitalized(told)


def estimate_columns(first: str, *, per: str = "Per cent a year", **more: str) -> list[Column]:
    """Columns of a table of estimates; the last one says in words what the estimate shows."""
    values = column_heads(first, **more, per_cent=per, low="From", high="To")
    return [*values, Column("told", "What can be told", "label")]


def dots_of_estimates(made: Iterable[object]) -> Drawing:
    """Estimates as dots with intervals, a panel for each list; a table where fewer than two are given."""
    if sum(not isinstance(one, Refusal) for one in made) < FEWEST_DOTS:
        return Drawing()
    hollow = ("told", capitalized(WORDS[""]), ONE_STATE)
    return Drawing("intervals", "label", tuple(ENDS), classes="list", hollow=hollow)


def notes_on_refusals(made: Iterable[object]) -> list[str]:
    """Notes that explain the short reasons in a table, each once."""
    refused = {r.short: r.reason for r in made if isinstance(r, Refusal)}
    return [f"“{short[:1].upper()}{short[1:]}”: {reason}." for short, reason in refused.items()]


def year_claim(p: Population, name: str, year: int, words: str) -> Claim:
    """Claim of a year, for a sentence."""
    return measured_claim(p, name, year, "calendar_year", words, "trend")


def years_in_words(p: Population, stem: str, years: Sequence[int]) -> tuple[str, list[Claim]]:
    """The years of a period as tags ("from 2015 to 2024"), with their claims."""
    ends = [
        year_claim(p, f"{stem}.first_year", years[0], "first year of the period"),
        year_claim(p, f"{stem}.last_year", years[-1], "last year of the period"),
    ]
    return f"from {claim_tag(ends[0])} to {claim_tag(ends[1])}", ends


def sentence_arguments(sentences: Sequence[ListSentences]) -> dict[str, Any]:
    """Sentences that may each speak of several lists, as arguments of ``table_of_counts``."""
    claims = claims_of_sentences(sentences)
    return {
        "statements": paragraphs_of_sentences(sentences),
        "key_sentences": tuple(one.text for one in sentences if one.is_key and one.text),
        "beside": lambda p: [c for c in claims if c.sources == (p.slug,)],
    }


def latest_periods(study: SeriesStudy) -> str:
    """Period of tables by State as their caption prints it, with the list where the periods differ."""
    spans = {s.population.title: s.latest for s in study.series.values() if s.latest}
    words = {title: f"{years[0]}–{years[-1]}" for title, years in spans.items()}
    if len(set(words.values())) == 1:
        return next(iter(words.values()))
    return "; ".join(f"{title} {span}" for title, span in words.items())


def within_years(years: Sequence[int]) -> dict[str, object]:
    """Row filter of a period."""
    return {"event_year": {"from": years[0], "to": years[-1]}}


def lists_by_reason(refused: Iterable[tuple[Population, Refusal]]) -> dict[str, str]:
    """By reason of a refusal, the names of the lists it applies to, joined for a sentence."""
    names: dict[str, list[str]] = {}
    for p, refusal in refused:
        names.setdefault(refusal.reason, []).append(p.name_in_prose)
    return {reason: join_with_and(held) for reason, held in names.items()}
