"""Sentences on years, regions and States, and the numbers that they need besides those of the tables.

A sentence adds a number (a sum over the States named) only for a list that is public by name. A
restricted list is spoken of in the numbers of its tables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from hrdresearch.findings.make_claims import (
    CountDraft,
    Population,
    measured_claim,
    share_claim,
    text_claim,
)
from hrdresearch.findings.model import Claim
from hrdresearch.findings.sentences import (
    THRESHOLDS,
    ListSentences,
    agreement_tag,
    claim_tag,
    count_with_share,
    is_printed,
    join_with_and,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.by_code_sentences import named_above
from hrdresearch.studies.shapes.extent import victims_draft
from hrdresearch.vocab.regions import region_in_sentence
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence

FEWEST_YEARS = 3
MOST_STATES = 7
MOST_TIED = 3  # years with the same number that a sentence names


@dataclass(frozen=True)
class CasesSpokenOf:
    """The cases that sentences on regions and States speak of: all of a list, or some of them.

    draft: count of these cases. words: what stands after their number ("on the list of X"). verb: in the
    plural. when: words for these cases where the sentence does not give their number.
    """

    draft: CountDraft
    words: str
    verb: str = "documented"
    when: str = ""


def whole_list(p: Population) -> CasesSpokenOf:
    """All victims of a list."""
    draft = victims_draft(p)
    noun = f"agree:{p.singular}:{p.plural}"
    return CasesSpokenOf(draft, f"{claim_tag(p.claim_name(draft.name), noun)} on {p.list_in_prose}")


def sentence_on_lists_of_one_state(study: Study) -> str:
    """Which lists of a report on several cover one State only; empty where none does."""
    told = [
        f"{p.list_in_prose} covers {name_in_sentence(next(iter(p.coverage.states)))} only"
        for p in study.populations
        if len(p.coverage.states) == 1
    ]
    return (
        f"{join_with_and(told)[:1].upper()}{join_with_and(told)[1:]}."
        if told and not study.only_list
        else ""
    )


def part_year(p: Population) -> tuple[int, str] | None:
    """Last year that a public list holds in part, with the last day in scope as printed; else None.

    The whole list decides this: the last case of one State may be of May, though the year is full.
    """
    days = p.frame.loc[p.frame["event_date_precision"].eq("day"), "event_date"].dropna()
    if days.empty or not p.policy.prints_exact_numbers or len(days) < len(p.frame) / 2:
        return None
    last = days.max()
    if last.year not in p.coverage.part_years or last.year != int(p.frame["event_year"].max()):
        return None
    return int(last.year), f"{last.day} {last:%B} {last.year}"


def year_sentences(p: Population, counts: Mapping[str, Claim], noun: str = "") -> ListSentences:
    """Lowest and highest year of a public list among the years that it covers as a whole.

    counts: claims by year as text, and ``not_recorded``. noun: what is counted, where the page has not said
    it yet.
    """
    if not p.policy.prints_exact_numbers:
        shown = [
            f"{claim_tag(c)} in {year}"
            for year, c in counts.items()
            if year.isdigit() and is_printed(c)
        ]
        return ListSentences(_as_far_as_shown(p, whole_list(p), shown))
    in_part = part_year(p)
    whole = {
        int(year): claim
        for year, claim in counts.items()
        if year.isdigit() and is_printed(claim, 0) and p.coverage.includes_year(int(year))
    }
    part = whole.pop(in_part[0], None) if in_part else None
    if len(whole) < FEWEST_YEARS:
        return ListSentences()
    ends, claims = lowest_and_highest(p, whole)
    number = f"The yearly number{f' of {noun}, as' if noun else ''} documented by {p.name_in_prose}"
    number += "," if noun else ""
    text = f"{number} lay between {' and '.join(ends)}"
    if len({claim.value for claim in whole.values()}) == 1:
        same = claim_tag(next(iter(whole.values())))
        text, claims = (
            f"{number} was {same} in each year",
            [],
        )
    beyond = [
        f"{claim_tag(c, 'of:case')} of {year}"
        for year, c in counts.items()
        if year.isdigit() and is_printed(c) and not p.coverage.includes_year(int(year))
    ]
    if beyond:
        years = "a year" if len(beyond) == 1 else "years"
        text += f", leaving out {join_with_and(beyond)}, {years} that the file covers in part"
    if in_part and part:
        day = text_claim(
            p.claim_name("by_year.last_day"), in_part[1], f"{p.title}: day of the last dated case"
        )
        claims.append(day)
        text += f"; its last case is of {claim_tag(day)}, and that year holds {claim_tag(part)}"
    return ListSentences(f"{text}.", tuple(claims))


def lowest_and_highest(p: Population, whole: Mapping[int, Claim]) -> tuple[list[str], list[Claim]]:
    """Lowest and highest number of a public list with its years, and claims of these years.

    whole: claims by year, of years that the list covers as a whole. Where several years share a number,
    all are named, and of more than three only how many they are.
    """
    ends, claims = [], []
    values = {year: float(claim.value or 0) for year, claim in whole.items()}
    for key, number in (("lowest", min(values.values())), ("highest", max(values.values()))):
        years = sorted(year for year, value in values.items() if value == number)
        words = f"year with the {key} number among the years covered as a whole"
        names = [f"by_year.{key}_year", *(f"by_year.{key}_year.also_{y}" for y in years[1:])]
        made = [
            measured_claim(p, name, year, "calendar_year", words, "computed")
            for name, year in zip(names, years, strict=True)
        ]
        told = join_with_and([claim_tag(claim) for claim in made])
        if len(years) > MOST_TIED:
            name = f"by_year.{key}_years"
            made = [
                made[0],
                measured_claim(
                    p, name, len(years), "year", f"{words.replace('year', 'years', 1)}", "computed"
                ),
            ]
            told = f"in {claim_tag(made[1], 'of:year')}"
        claims += made
        ends.append(f"{claim_tag(whole[years[0]])} ({told})")
    return ends, claims


def region_sentences(
    study: Study,
    p: Population,
    labels: Mapping[str, str],
    counts: Mapping[str, Claim],
    of: CasesSpokenOf | None = None,
) -> ListSentences:
    """Number and share of each region with a case; empty where only one region has any.

    labels: names of the regions by code. counts: claims ``by_region.CODE`` by code. of: the cases
    that are spoken of; None: all victims of the list.
    """
    of = of or whole_list(p)
    held = [code for code in labels if is_printed(counts.get(code))]
    if not p.policy.prints_exact_numbers:
        return ListSentences(
            _as_far_as_shown(
                p,
                of,
                [
                    f"{claim_tag(counts[code])} in {region_in_sentence(labels[code])}"
                    for code in held
                ],
            )
        )
    if len(held) < 2:
        return ListSentences()
    whole = study.count(p, [of.draft])[of.draft.name]
    claims = [whole]
    items = []
    for code in held:
        words = f"{p.title}: {labels[code]}, in per cent of all {of.draft.unit}s"
        share = share_claim(p, f"by_region.{code}.share", counts[code], whole, words)
        claims.append(share)
        items.append(
            f"{count_with_share(counts[code], share)} in {region_in_sentence(labels[code])}"
        )
    verb = agreement_tag(counts[held[0]], f"was {of.verb}", f"were {of.verb}")
    head, _, tail = items[0].partition(" in ")
    items[0] = f"{head} {verb} in {tail}"
    text = f"Of the {claim_tag(whole)} {of.words}, {join_with_and(items)}."
    return ListSentences(text, tuple(claims))


def state_sentences(
    study: Study, p: Population, counts: Mapping[str, Claim], of: CasesSpokenOf | None = None
) -> ListSentences:
    """The States with a stated number or more, in alphabetical order, and what they hold together.

    counts: claims by ISO3 code. Empty for a list of one State, and where no round number parts at
    most seven States from the others. of: the cases that are spoken of (persons on the last day of a
    census); None: all victims.
    """
    of = of or whole_list(p)
    if not p.policy.prints_exact_numbers:
        shown = {iso3: c for iso3, c in counts.items() if is_printed(c)}
        largest = sorted(shown, key=lambda i: -float(shown[i].value or 0))[:MOST_STATES]
        told = [
            f"{claim_tag(shown[iso3])} in {name_in_sentence(iso3)}"
            for iso3 in sorted(largest, key=alphabetical_key)
        ]
        return ListSentences(_as_far_as_shown(p, of, told))
    above = states_above(p, "by_state.threshold", counts)
    if len(p.coverage.states) == 1 or above is None:
        return ListSentences()
    threshold, chosen, named = above
    where = (
        f"States or territories with {claim_tag(threshold)} or more, in alphabetical order: {named}"
    )
    words = (
        f"{p.title}: {of.draft.unit}s in the States or territories with {threshold.text} or more"
    )
    here = {**of.draft.filter, "state_iso3": chosen}
    together = replace(of.draft, name="by_state.leading", definition=words, filter=here)
    number = CountDraft("by_state.leading.states", words, here, "state", "state_iso3")
    made = study.count(p, [of.draft, together, number])
    part, whole = made[together.name], made[of.draft.name]
    share = share_claim(p, "by_state.leading.share", part, whole, f"{words}, in per cent of all")
    text = (
        f"Of the {claim_tag(whole)} {of.words}, {count_with_share(part, share)} were "
        f"{of.verb} in the {claim_tag(made[number.name])} {where}."
    )
    return ListSentences(text, (threshold, share, *made.values()))


def _as_far_as_shown(p: Population, of: CasesSpokenOf, shown: Sequence[str]) -> str:
    """Sentence with those numbers of a restricted list that are shown; empty without any."""
    if not shown:
        return ""
    return (
        f"{p.subject} {of.verb}{of.when} {join_with_and(shown)}; what is not named here has no "
        "number of its own. Each number is rounded by chance and may lie up to nine from the exact one, so "
        "what is left when the named ones are subtracted from all says little of the rest."
    )


def states_above(
    p: Population,
    name: str,
    counts: Mapping[str, Claim],
    inside: Callable[[str], str] | None = None,
    among: Sequence[int] = THRESHOLDS,
) -> tuple[Claim, list[str], str] | None:
    """The States with a round number or more, in alphabetical order; see ``named_above``."""
    return named_above(p, name, counts, name_in_sentence, inside, alphabetical_key, among)
