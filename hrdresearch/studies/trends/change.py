"""Finding on the change of a documented count over the years: of each list, or why none is stated.

Where an indicator measures the effort of documenting, its sum by year stands beside the count.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from hrdresearch.findings.make_claims import CountDraft, text_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    claim_tag,
    join_with_and,
    paragraphs_of_sentences,
)
from hrdresearch.stats.trends import Change, Refusal, estimate_change
from hrdresearch.studies.ground.ledger import day_in_words
from hrdresearch.studies.shapes.count_tables import Row, table_of_counts
from hrdresearch.studies.trends.numbers import (
    ASSUMED,
    INTERVALS,
    WORDS,
    estimate_columns,
    notes_on_refusals,
    reach_in_words,
    sentence_arguments,
    signed_cells,
    size_claims,
    within_years,
    word_in_table,
    year_claim,
    years_in_words,
)
from hrdresearch.studies.trends.series import Series, SeriesStudy
from hrdresearch.tables import match_rows

MODEL = (
    "Negative binomial model of the yearly counts; the interval allows for years that differ by more "
    f"than chance and for following years that are alike. {INTERVALS}"
)
PERIODS = "Both periods were fixed beforehand: all years that are used, and the last ten."
ASKED = (
    "The years were chosen by whoever made this draft; other years of the lists are left out, and of them "
    "another change may be told."
)
ONE_STATE = "Rests on one State"
NOT_PARTED = (
    "A count is the product of what happened and of what was documented, and no model of the counts can part "
    "the two: a source that looks more closely finds more."
)


def change_finding(study: SeriesStudy) -> Finding:
    """Finding: change of each list in a year, over all its years and the recent ten, or why none is stated.

    Where the effort of documenting is known, a second row has it as offset.
    """
    made = {slug: _estimates(study, s) for slug, s in study.series.items()}
    said = {slug: _estimated_sentences(study.series[slug], own) for slug, own in made.items()}
    left_out = {slug: _left_out(s) for slug, s in study.series.items()}
    refused = _refused(study, made)
    told = [one.text for own in said.values() for one in own]
    beside = sentence_arguments(
        [*(s for own in said.values() for s in own), *left_out.values(), *refused]
    )["beside"]
    return table_of_counts(
        study,
        "change",
        "Estimated change of the documented count in a year",
        estimate_columns("Period", cases="Cases"),
        lambda p: [_row(study.series[p.slug], *one) for one in made[p.slug]],
        beside=lambda p: [
            *beside(p),
            *_answers(study.series[p.slug], made[p.slug]),
        ],
        statements=tuple(
            filter(
                None,
                (
                    *(" ".join(one.text for one in own) for own in said.values()),
                    *paragraphs_of_sentences(refused),
                    " ".join(paragraphs_of_sentences(left_out.values())),
                ),
            )
        ),
        key_sentences=(*told, *paragraphs_of_sentences(refused)),
        unit="per cent a year",
        notes=(
            MODEL,
            ASKED if "event_year" in study.scope.filter else PERIODS,
            NOT_PARTED,
            *notes_on_refusals(a for own in made.values() for *_, a in own),
        ),
    )


Estimated = tuple[str, str, "Change | Refusal"]  # key of the period, "effort" or "", and the answer


def _estimates(study: SeriesStudy, s: Series) -> list[Estimated]:
    """The answer for each period, without and with the effort of documenting, where that is known."""
    effort = effort_by_year(study, s)
    kinds = {"": None} if effort is None else {"": None, "effort": effort}
    return [
        (key, kind, estimate_change(s.total[years], given, s.listed(years), s.is_census))
        for key, years in s.periods.items()
        if years
        for kind, given in kinds.items()
    ]


def _answers(s: Series, made: list[Estimated]) -> list[Claim]:
    """Claims of the changes of a whole list: the answers to the question of this study."""
    return [
        claim
        for key, kind, answer in made
        if not kind and isinstance(answer, Change) and answer.word
        if not s.states_that_decide(s.periods[key], answer.word)
        for claim in signed_cells(s.population, f"change.answer.{key}", answer, "change a year")
        if isinstance(claim, Claim)
    ]


def _row(s: Series, key: str, kind: str, made: Change | Refusal) -> Row:
    years = s.periods[key]
    period = f"{years[0]}–{years[-1]}{', effort as offset' if kind else ''}"
    cases = CountDraft(f"change.{key}.cases", "cases of the period", within_years(years), s.unit)
    cells = signed_cells(s.population, _stem(key, kind), made, f"change a year, {period}")
    word = WORDS[made.word] if isinstance(made, Change) else ""
    told = made.word if isinstance(made, Change) and not kind else ""
    if told and s.states_that_decide(years, told):
        word = ONE_STATE
    return period, cases, *cells, word_in_table(made, word)


def _stem(key: str, kind: str) -> str:
    return f"change.{key}{'.effort' if kind else ''}"


def _estimated_sentences(s: Series, made: list[Estimated]) -> list[ListSentences]:
    """A sentence on each period whose change is estimated."""
    return [
        _change_sentences(s, key, kind, answer)
        for key, kind, answer in made
        if isinstance(answer, Change)
    ]


def _refused(study: SeriesStudy, made: dict[str, list[Estimated]]) -> list[ListSentences]:
    """A sentence on each reason for which nothing is stated, with the lists and periods."""
    found: dict[str, dict[str, list[str]]] = {}
    for slug, own in made.items():
        for key, kind, answer in own:
            if isinstance(answer, Refusal) and not kind:
                found.setdefault(answer.reason, {}).setdefault(slug, []).append(key)
    sentences = []
    for reason, lists in found.items():
        names, claims = [], []
        for slug, keys in lists.items():
            s = study.series[slug]
            spans = [years_in_words(s.population, _stem(key, ""), s.periods[key]) for key in keys]
            when = " and ".join(span.removeprefix("from ") for span, _ in spans)
            names.append(f"{s.population.name_in_prose} ({when})")
            claims += [c for _, own in spans for c in own]
        sentences.append(
            ListSentences(
                f"No rise or fall is stated of what was documented by {join_with_and(names)}, because "
                f"{reason}.",
                tuple(claims),
            )
        )
    return sentences


def _change_sentences(s: Series, key: str, kind: str, answer: Change) -> ListSentences:
    p, stem = s.population, _stem(key, kind)
    span, ends = years_in_words(p, stem, s.periods[key])
    number = f"the number that {p.name_in_prose} documented {span}"
    assumed = "under the assumption that the effort is measured rightly" if kind else ASSUMED
    model = f"negative binomial model{' with the effort of documenting as offset' if kind else ''}"
    sizes = size_claims(p, stem, answer, "change a year")
    if answer.word:
        deciding = [] if kind else s.states_that_decide(s.periods[key], answer.word)
        start = f"By a {model}, {number}"
        if deciding:
            start = f"No change of the list as a whole can be told: by a {model}, {number}"
        text = (
            f"{start} is estimated to have {answer.word} by {claim_tag(sizes['size'])} a "
            f"year (interval from {claim_tag(sizes['least'])} to {claim_tag(sizes['most'])}), {assumed}"
            f"{_decided_by(deciding)}."
        )
    else:
        text = (
            f"Of {number}, neither a rise nor a fall can be told by a {model}, {assumed}: "
            f"{reach_in_words(sizes)}."
        )
    return ListSentences(text, (*ends, *sizes.values()))


def _decided_by(states: list[str]) -> str:
    """Sentence on the States without which no such change could be told; empty where there is none."""
    if not states:
        return ""
    are = "is left out" if len(states) == 1 else "are left out, each in turn"
    return f", but no longer when {join_with_and(states)} {are}"


def _left_out(s: Series) -> ListSentences:
    """Sentence on the last years that the models leave out, and why."""
    if not s.left_out:
        return ListSentences()
    p = s.population
    years = [
        year_claim(p, f"change.left_out.year_{y}", y, "a year that is left out") for y in s.left_out
    ]
    what = "the day of the file" if s.is_day_given else "the day of its last case"
    told = text_claim(p.claim_name("change.day"), day_in_words(s.day), f"{p.title}: {what}")
    day = replace(told, sources=(p.slug,))
    of, are = ("The year", "is") if len(years) == 1 else ("The years", "are")
    return ListSentences(
        f"{of} {join_with_and([claim_tag(y) for y in years])} of {p.list_in_prose} {are} left out, because "
        f"too little time had passed until {claim_tag(day)}, {what}, and it is not known how many of the "
        "cases are still to be listed.",
        (*years, day),
    )


def effort_by_year(study: SeriesStudy, s: Series) -> pd.Series | None:
    """Sum of the effort indicator by year, or None where it is not known for each year that is used."""
    wanted = str(study.params.get("effort") or "none")
    if wanted == "none":
        return None
    held = study.build.table("context")
    held = held[held["indicator"] == wanted]
    states = {k: v for k, v in study.scope.filter.items() if k == "state_iso3"}
    held = held[match_rows(held, states)]
    values = pd.to_numeric(held["value"], errors="coerce").groupby(held["indicator_year"]).sum()
    years = values.reindex(s.counts.columns)
    return years if len(years) and (years > 0).all() else None
