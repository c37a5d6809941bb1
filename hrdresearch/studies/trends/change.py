"""Finding on the change of a documented count over the years: of each list, or why none is stated.

Where an indicator measures the effort of documenting, its sum by year stands beside the count.
"""

from __future__ import annotations

import pandas as pd

from hrdresearch.findings.make_claims import CountDraft
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import paragraphs_of_sentences
from hrdresearch.stats.trends import Change, Refusal, estimate_change
from hrdresearch.studies.shapes.count_tables import Row, table_of_counts
from hrdresearch.studies.trends.change_sentences import (
    Estimated,
    sentences_on_list,
    sentences_on_refusals,
    sentences_on_years_left_out,
    stem_of,
)
from hrdresearch.studies.trends.numbers import (
    INTERVALS,
    ONE_STATE,
    WORDS,
    dots_of_estimates,
    estimate_columns,
    notes_on_refusals,
    sentence_arguments,
    signed_cells,
    within_years,
    word_in_table,
)
from hrdresearch.studies.trends.series import Series, SeriesStudy
from hrdresearch.tables import match_rows

MODEL = (
    "Negative binomial model of the yearly counts, with the effort of documenting as offset where it is "
    "known; the interval allows for years that differ by more than chance and for following years that are "
    f"alike. {INTERVALS}"
)
PERIODS = "Both periods were fixed beforehand: all years that are used, and the last ten."
ASKED = (
    "The years were chosen by whoever made this draft; other years of the lists are left out, and of them "
    "another change may be told."
)
NOT_PARTED = (
    "A count is the product of what happened and of what was documented, and no model of the counts can part "
    "the two: a source that looks more closely finds more."
)


def change_finding(study: SeriesStudy) -> Finding:
    """Finding: change of each list in a year, over all its years and the recent ten, or why none is stated.

    Where the effort of documenting is known, a second row has it as offset.
    """
    made = {slug: _estimates(study, s) for slug, s in study.series.items()}
    said = [
        *(
            sentences_on_list(study.series[slug], own, _asks_effort(study))
            for slug, own in made.items()
        ),
        *sentences_on_refusals(study.series, made),
    ]
    left_out = [sentences_on_years_left_out(s) for s in study.series.values()]
    beside = sentence_arguments([*said, *left_out])["beside"]
    told, explained = (paragraphs_of_sentences(each) for each in (said, left_out))
    return table_of_counts(
        study,
        "change",
        "Estimated change of the documented count in a year",
        estimate_columns("Period", cases="Cases"),
        lambda p: [_row(study.series[p.slug], *one) for one in made[p.slug]],
        beside=lambda p: [*beside(p), *_answers(study.series[p.slug], made[p.slug])],
        statements=(*told, *filter(None, [" ".join(explained)])),
        key_sentences=told,
        unit="per cent a year",
        drawing=dots_of_estimates(a for own in made.values() for *_, a in own),
        notes=(
            MODEL,
            ASKED if "event_year" in study.scope.filter else PERIODS,
            NOT_PARTED,
            *notes_on_refusals(a for own in made.values() for *_, a in own),
        ),
    )


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
    period = f"{years[0]}–{years[-1]}{', for the same effort' if kind else ''}"
    cases = CountDraft(f"change.{key}.cases", "cases of the period", within_years(years), s.unit)
    cells = signed_cells(s.population, stem_of(key, kind), made, f"change a year, {period}")
    word = WORDS[made.word] if isinstance(made, Change) else ""
    told = made.word if isinstance(made, Change) and not kind else ""
    if told and s.states_that_decide(years, told):
        word = ONE_STATE
    return period, cases, *cells, word_in_table(made, word)


def _asks_effort(study: SeriesStudy) -> bool:
    return str(study.params.get("effort") or "none") != "none"


def effort_by_year(study: SeriesStudy, s: Series) -> pd.Series | None:
    """Sum of the effort indicator by year, or None where it is not known for each year that is used."""
    if not _asks_effort(study):
        return None
    held = study.build.table("context")
    held = held[held["indicator"] == str(study.params["effort"])]
    states = {k: v for k, v in study.scope.filter.items() if k == "state_iso3"}
    held = held[match_rows(held, states)]
    values = pd.to_numeric(held["value"], errors="coerce").groupby(held["indicator_year"]).sum()
    years = values.reindex(s.counts.columns)
    return years if len(years) and (years > 0).all() else None
