"""Findings on States: the change common to them, whether it rests on one State, and the change of each."""

from __future__ import annotations

from typing import Any

from hrdresearch.findings.make_claims import CountDraft, Population, measured_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.numbers import noun_for_count
from hrdresearch.findings.sentences import (
    ListSentences,
    capitalized,
    claim_tag,
    join_with_and,
)
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
    dots_of_estimates,
    estimate_columns,
    interval_in_words,
    latest_periods,
    lists_by_reason,
    notes_on_refusals,
    reach_in_words,
    sentence_arguments,
    signed_cells,
    size_claims,
    within_years,
    word_in_table,
    years_in_words,
)
from hrdresearch.studies.trends.series import Series, SeriesStudy
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence

CHECK = "a check only"
Changes = dict[str, "Change | Refusal"]


def within_states_finding(study: SeriesStudy) -> Finding:
    """Finding: the change common to all States, each with its own level; and the total without one State."""
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
        estimate_columns("Counted"),
        lambda p: _within_rows(study.series[p.slug], *made[p.slug]) if p.slug in made else (),
        **sentence_arguments(_sentences_within_states(study, made)),
        unit="per cent a year",
        period=latest_periods(study),
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
    cells = signed_cells(p, "within_states", common, "change a year common to States")
    word = WORDS[common.word] if isinstance(common, Change) else ""
    rows: list[Row] = [("Common to States", *cells, word_in_table(common, word))]
    for iso3, change in _in_order(without):
        name = name_in_sentence(iso3)
        own = signed_cells(p, f"without.{iso3.lower()}", change, f"change a year without {name}")
        rows.append((f"All without {name}", *own, word_in_table(change, CHECK)))
    return rows


def _sentences_within_states(study: SeriesStudy, made: dict[str, Any]) -> list[ListSentences]:
    """Sentences: each list with a rise or fall by itself; the lists with neither in one sentence."""
    told, untold, claims = [], [], []
    for slug, (common, without) in made.items():
        s = study.series[slug]
        p = s.population
        if isinstance(common, Change):
            span, ends = years_in_words(p, "within_states", s.latest)
            sizes = size_claims(p, "within_states", common, "change a year common to States")
            if common.word:
                told.append(_common_sentences(p, common, span, ends, sizes))
            else:
                untold.append(f"{p.list_in_prose} {span} ({reach_in_words(sizes)})")
                claims += [*ends, *sizes.values()]
        told.append(_sentences_without_a_state(s, without))
    refused = lists_by_reason(
        (study.series[slug].population, common)
        for slug, (common, _) in made.items()
        if isinstance(common, Refusal)
    )
    if untold:
        told.insert(
            0,
            ListSentences(
                f"Of the States together, each with a level of its own, neither a rise nor a fall can be "
                f"told for {join_with_and(untold)}, even {ASSUMED}.",
                tuple(claims),
            ),
        )
    return told + [
        ListSentences(f"No rise or fall common to the States of {lists} is stated, because {why}.")
        for why, lists in refused.items()
    ]


def _common_sentences(
    p: Population, common: Change, span: str, ends: list[Claim], sizes: dict[str, Claim]
) -> ListSentences:
    verb = "rose" if common.word == "risen" else "fell"
    text = (
        f"For the States of {p.list_in_prose} together, each with a level of its own, the number {verb} by "
        f"an estimated {claim_tag(sizes['size'])} a year {span} ({interval_in_words(sizes)}), {ASSUMED}."
    )
    return ListSentences(text, (*ends, *sizes.values()), is_key=True)


def _sentences_without_a_state(s: Series, without: Changes) -> ListSentences:
    """Sentence on a change that shows only without one State; empty where the whole shows one."""
    whole = estimate_change(s.total[s.latest], None, s.listed(s.latest), s.is_census)
    word = "" if isinstance(whole, Refusal) else whole.word
    told = [
        name_in_sentence(iso3)
        for iso3, change in _in_order(without)
        if isinstance(change, Change) and change.word
    ]
    if word or not told:  # what rests on one State is said with the change itself
        return ListSentences()
    without_one = capitalized(" or ".join(f"without {name}" for name in told))
    return ListSentences(
        f"{without_one} the estimate for the other States on {s.population.list_in_prose} would tell a rise "
        "or a fall; it would rest on which State is left out, and none is stated."
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
        estimate_columns("State or territory", cases="Cases"),
        lambda p: _state_rows(study.series[p.slug], made[p.slug]) if p.slug in made else (),
        **sentence_arguments(_state_sentences(study, made)),
        unit="per cent a year",
        period=latest_periods(study),
        drawing=dots_of_estimates(answer for own in made.values() for answer in own.values()),
        notes=(
            "States with thirty entries or more in the period, in alphabetical order. Each interval is of "
            "its State alone; a word is given so that in 95 of 100 reports none of a list is false (Holm), "
            "so that an interval without zero may stand beside a State of which neither can be told.",
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
        cells = signed_cells(s.population, stem, change, f"change a year, {name}")
        rows.append(
            (state_cell(iso3), cases, *cells, word_in_table(change, WORDS[words.get(iso3, "")]))
        )
    return rows


def _state_sentences(study: SeriesStudy, made: dict[str, Changes]) -> list[ListSentences]:
    """Sentences on the States with a rise or a fall, where there are several; lists without one together."""
    told, untold, claims = [], [], []
    for slug, changes in made.items():
        if len(changes) < 2:
            continue
        s = study.series[slug]
        words, own = _words_of_states(s, changes)
        span, ends = years_in_words(s.population, "by_state", s.latest)
        where = (
            f"of the {claim_tag(own[0])} States or territories with thirty {noun_for_count(s.unit, 30)} or "
            f"more on {s.population.list_in_prose} {span}"
        )
        if words:
            told.append(
                ListSentences(
                    f"{capitalized(where)}, each by itself, an estimate with its interval tells "
                    f"{join_with_and(words)}, {ASSUMED}; of the others neither can be told.",
                    (*own, *ends),
                )
            )
        else:
            untold.append(where)
            claims += [*own, *ends]
    if untold:
        told.append(
            ListSentences(
                f"{capitalized(join_with_and(untold))}, each by itself, neither a rise nor a fall can "
                f"be told of any, even {ASSUMED}.",
                tuple(claims),
            )
        )
    return told


def _words_of_states(s: Series, made: Changes) -> tuple[list[str], list[Claim]]:
    """Words for the States with a rise and with a fall, and claims of the number of States."""
    p, words = s.population, words_of_several(made)
    named = {
        word: [name_in_sentence(k) for k, _ in _in_order(made) if words.get(k) == word]
        for word in ("risen", "fallen")
    }
    counted = {"states": len(made)} | {word: len(names) for word, names in named.items()}
    claims = [
        measured_claim(
            p, f"by_state.{key}", n, "state", f"States with thirty cases: {key}", "trend"
        )
        for key, n in counted.items()
    ]
    told = [f"a {WORDS[word]} in {join_with_and(names)}" for word, names in named.items() if names]
    return told, claims


def _in_order(made: Changes) -> list[tuple[str, Change | Refusal]]:
    return sorted(made.items(), key=lambda one: alphabetical_key(one[0]))
