"""Findings on States: the change common to them, whether one State makes it, and the change of each."""

from __future__ import annotations

from hrdresearch.findings.make_claims import CountDraft, measured_claim
from hrdresearch.findings.model import Finding
from hrdresearch.findings.sentences import ListSentences, claim_tag, join_with_and
from hrdresearch.stats.trends import (
    Change,
    Refusal,
    change_within_states,
    changes_by_state,
    estimate_change,
)
from hrdresearch.stats.trends.limits import FEWEST_CASES
from hrdresearch.stats.trends.states import changes_without_each, words_of_several
from hrdresearch.studies.shapes.count_tables import Row, state_cell, table_of_counts
from hrdresearch.studies.trends.numbers import (
    ASSUMED,
    INTERVALS,
    WORDS,
    heads,
    notes_on_refusals,
    reach_said,
    signed_cells,
    size_claims,
    told_in_table,
    within_years,
)
from hrdresearch.studies.trends.series import Series, SeriesStudy
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence

CHECK = "a check only"
Changes = dict[str, "Change | Refusal"]


def within_states_finding(study: SeriesStudy) -> Finding:
    """Finding: the change common to States, each with a level of its own; and the total without a State."""
    made = {
        slug: (
            change_within_states(s.counts[s.latest]),
            changes_without_each(s.counts[s.latest], is_carried=s.is_census),
        )
        for slug, s in study.series.items()
        if s.latest and len(s.counts) > 1
    }
    return table_of_counts(
        study,
        "within_states",
        "The change common to States, and of the others without one State",
        heads("Counted"),
        lambda p: _within_rows(study.series[p.slug], *made[p.slug]) if p.slug in made else (),
        sentence=lambda p, _: (
            _within_said(study.series[p.slug], *made[p.slug]) if p.slug in made else []
        ),
        unit="per cent a year",
        notes=(
            "Common to States: negative binomial model with a level of each State; the interval is that of "
            f"the jackknife over States. {INTERVALS} All without a State: each State that holds a tenth of "
            "the cases or more is left out in turn; a check of the total, of which nothing is told alone. "
            "Counts as listed, not corrected for delay.",
            *notes_on_refusals(a for common, own in made.values() for a in (common, *own.values())),
        ),
    )


def _within_rows(s: Series, common: Change | Refusal, without: Changes) -> list[Row]:
    p = s.population
    cells = signed_cells(p, "within_states", common, "change a year common to States", "trend")
    word = WORDS[common.word] if isinstance(common, Change) else ""
    rows: list[Row] = [("Common to States", *cells, told_in_table(common, word))]
    for iso3, change in _in_order(without):
        name = name_in_sentence(iso3)
        own = signed_cells(
            p, f"without.{iso3.lower()}", change, f"change a year without {name}", "trend"
        )
        told = told_in_table(change, CHECK)
        rows.append((f"All without {name}", *own, told))
    return rows


def _within_said(s: Series, common: Change | Refusal, without: Changes) -> list[ListSentences]:
    return [_common_said(s, common), _without_said(s, without)]


def _common_said(s: Series, common: Change | Refusal) -> ListSentences:
    p = s.population
    where = f"Common to the States of {p.list_in_prose}"
    if isinstance(common, Refusal):
        return ListSentences(f"{where}, no rise or fall is stated, because {common.reason}.")
    sizes = size_claims(p, "within_states", common, "change a year common to States")
    if common.word:
        text = (
            f"{where}, by a model with a level of each State, the count is estimated to have {common.word} "
            f"by {claim_tag(sizes['size'])} a year (interval from {claim_tag(sizes['least'])} to "
            f"{claim_tag(sizes['most'])}), {ASSUMED}."
        )
    else:
        text = (
            f"{where}, neither a rise nor a fall can be told by a model with a level of each State, "
            f"{ASSUMED}: {reach_said(sizes)}."
        )
    return ListSentences(text, tuple(sizes.values()), is_key=bool(common.word))


def _without_said(s: Series, without: Changes) -> ListSentences:
    """That the rise or fall of a list rests on one State, where it does."""
    whole = estimate_change(s.total[s.latest], None, s.listed(s.latest), s.is_census)
    if isinstance(whole, Refusal) or not whole.word:
        return ListSentences()
    lost = [
        name_in_sentence(iso3)
        for iso3, change in _in_order(without)
        if isinstance(change, Refusal) or change.word != whole.word
    ]
    if not lost:
        return ListSentences()
    are = "is left out" if len(lost) == 1 else "are left out, each in turn"
    return ListSentences(
        f"The {WORDS[whole.word]} of the last years of {s.population.list_in_prose} is no longer told by the "
        f"model, by its interval, when {join_with_and(lost)} {are}; it is then no change of the list as a "
        f"whole, {ASSUMED}."
    )


def by_state_finding(study: SeriesStudy) -> Finding:
    """Finding: the change of each State with enough cases, in the recent period."""
    made = {
        slug: changes_by_state(
            s.counts[s.latest].loc[lambda c: c.sum(axis=1) >= FEWEST_CASES], s.is_census
        )
        for slug, s in study.series.items()
        if len(s.counts) > 1  # a list of one State has it in the change of the whole
    }
    return table_of_counts(
        study,
        "by_state",
        "Estimated change of the documented count in a year, State by State",
        heads("State or territory", cases="Cases"),
        lambda p: _state_rows(study.series[p.slug], made[p.slug]) if p.slug in made else (),
        sentence=lambda p, _: (
            [_states_said(study.series[p.slug], made[p.slug])] if p.slug in made else []
        ),
        unit="cases",
        notes=(
            "States with thirty cases or more in the period, in alphabetical order. Each interval is of its "
            "State alone; a word is given so that in 95 of 100 reports none of a list is false (Holm), so "
            "that an interval without zero may stand beside a State of which neither can be told.",
            "Coverage may change in each State by itself. The States are not ranked.",
            *notes_on_refusals(answer for own in made.values() for answer in own.values()),
        ),
    )


def _state_rows(s: Series, made: Changes) -> list[Row]:
    words = words_of_several(made)
    rows: list[Row] = []
    for iso3, change in _in_order(made):
        name, stem = name_in_sentence(iso3), f"by_state.{iso3.lower()}"
        within = within_years(s.latest) | {"state_iso3": iso3}
        cases = CountDraft(f"{stem}.cases", f"cases in {name}", within, s.unit)
        cells = signed_cells(s.population, stem, change, f"change a year, {name}", "trend")
        rows.append(
            (state_cell(iso3), cases, *cells, told_in_table(change, WORDS[words.get(iso3, "")]))
        )
    return rows


def _states_said(s: Series, made: Changes) -> ListSentences:
    """In which States a rise or a fall is told, where there are several."""
    p, words = s.population, words_of_several(made)
    if len(made) < 2:
        return ListSentences()
    named = {
        word: [name_in_sentence(k) for k, _ in _in_order(made) if words.get(k) == word]
        for word in ("risen", "fallen")
    }
    counted = {"states": len(made)} | {word: len(names) for word, names in named.items()}
    claims = {
        key: measured_claim(
            p, f"by_state.{key}", n, "state", f"States with thirty cases: {key}", "trend"
        )
        for key, n in counted.items()
    }
    number = claim_tag(claims["states"], "of:state")
    start = f"Of the {number} with thirty cases or more on {p.list_in_prose},"
    told = [f"a {WORDS[word]} in {join_with_and(names)}" for word, names in named.items() if names]
    text = (
        f"{start} the model of each, by its interval, tells {join_with_and(told)}, {ASSUMED}; of the others "
        "neither can be told."
        if told
        else f"{start} neither a rise nor a fall is told of any by the model of each, by its interval, "
        f"{ASSUMED}."
    )
    return ListSentences(text, tuple(claims.values()))


def _in_order(made: Changes) -> list[tuple[str, Change | Refusal]]:
    return sorted(made.items(), key=lambda one: alphabetical_key(one[0]))
