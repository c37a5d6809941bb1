"""Sentences on what a list records of what followed a killing."""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Claim
from hrdresearch.findings.sentences import (
    ListSentences,
    claim_tag,
    count_with_share,
    is_printed,
    join_with_and,
    label_in_sentence,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.killings.accountability import FACT, MURDERS, classes_of_one_event
from hrdresearch.studies.shapes.by_code_notes import class_counted_over
from hrdresearch.studies.shapes.year_and_state_sentences import states_above
from hrdresearch.vocab import label
from hrdresearch.vocab.states import alphabetical_key

FEWEST_AGES = 3  # classes with a share, from which their range is told
AGE, OLD = "case_age", 10  # from so many years a case is called an older one


def states_with_a_class(study: Study, p: Population) -> list[str]:
    """ISO3 codes of the States for which a list records what followed; none in a report on one State."""
    if study.params.get("state", "all") != "all" or not p.has_answers(FACT, FACT):
        return []
    held = p.release.states if p.release else p.frame["state_iso3"].unique()
    return sorted(held, key=alphabetical_key)


def state_sentences(
    study: Study, p: Population, made: Mapping[str, Claim], name: str
) -> ListSentences:
    """Sentences on what followed, by State; name: of the finding."""
    counts = {
        iso3: claim
        for iso3 in states_with_a_class(study, p)
        if (claim := made.get(f"{name}.{iso3.lower()}")) is not None
    }

    events = list(classes_of_one_event(study, p))

    def inside(iso3: str) -> str:
        own = f"{name}.{iso3.lower()}"
        told = f"{claim_tag(made[f'{own}.complete'])} of {claim_tag(made[own])}"
        for code, found, n in events:
            if found.iso3 == iso3:
                told += f", of which {claim_tag(n)} in {label('impunity', code).lower()} are of "
                told += f"{found.year} and may be one event"
        return told

    if any(f"{name}.{iso3.lower()}.complete" not in made for iso3 in counts):
        return ListSentences()
    above = states_above(p, f"{name}.threshold", counts, inside)
    if above is None:
        return ListSentences()
    threshold, _, told = above
    noun = "murders" if class_counted_over(p, MURDERS) else "killings"
    text = (
        f"States and territories with {claim_tag(threshold)} or more {noun} that "
        f"{p.name_in_prose} classed are, "
        f"in alphabetical order and with those in complete impunity: {told}."
    )
    return ListSentences(text, (threshold, *(n for *_, n in events)), is_key=True)


def age_sentences(made: Mapping[str, Claim], name: str, starts: Mapping[str, int]) -> ListSentences:
    """Sentences on what followed, by age of the case; starts: first year of each class of age."""
    told = []
    for code in starts:
        known, complete = made.get(f"{name}.{code}"), made.get(f"{name}.{code}.complete")
        if known is None or complete is None or not is_printed(known):
            continue
        share = made.get(f"{name}.{code}.complete.share")
        words = label_in_sentence(label(AGE, code))
        count = count_with_share(complete, share) if complete.value else claim_tag(complete, "none")
        told.append(f"{count} of {claim_tag(known, 'of:case')} of {words}")
    if not told:
        return ListSentences()
    shares = [
        share
        for code in starts
        if (share := made.get(f"{name}.{code}.complete.share")) and is_printed(share)
    ]
    if len(shares) < FEWEST_AGES:
        return ListSentences(
            f"By the age of the case, complete impunity is recorded for {join_with_and(told)}."
        )
    low, high = (end(shares, key=lambda c: float(c.value or 0)) for end in (min, max))
    return ListSentences(
        "In each class of age with a share, old cases and new ones, complete impunity is recorded for "
        f"between {claim_tag(low)} and {claim_tag(high)}; the table has the classes."
    )


def recorded_sentences(p: Population, made: Mapping[str, Claim], name: str) -> ListSentences:
    """Sentences on the number of cases for which a list records what followed; name: of the finding."""
    classed = made.get(f"{name}.classed")
    if classed is None or not is_printed(classed):
        return ListSentences()
    every, unknown, rest = (
        made[f"{key}"] for key in ("extent.victims", f"{name}.unknown", f"{name}.not_asked")
    )
    text = (
        f"{p.subject} classes what followed for {claim_tag(classed)} of {claim_tag(every)} victims"
    )
    parts = [
        f"{words} {claim_tag(n)}"
        for n, words in ((unknown, "it is not known for"), (rest, "the list does not ask it for"))
        if is_printed(n)
    ]
    return ListSentences(f"{text}; {join_with_and(parts)}." if parts else f"{text}.")
