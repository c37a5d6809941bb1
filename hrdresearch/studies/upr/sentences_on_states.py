"""UPR: sentences on the States that recommend and that receive, and on regions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from hrdresearch.findings.sentences import TENTH, Said
from hrdresearch.studies.shapes.year_and_state_sentences import region_in_sentence
from hrdresearch.studies.upr.few_states import RULE, without_few
from hrdresearch.studies.upr.sentences_by_list import NumbersOfList
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence

if TYPE_CHECKING:
    from hrdresearch.studies.upr.counted_rows import UprStudy


def flows_said(study: UprStudy, n: NumbersOfList) -> Said:
    """Directions between regions that reach a round number; none where one State is under review."""
    labels = study.regions.labels
    if n.only_state:
        return Said()
    items = {}
    for sender in labels:
        for target in labels:
            stem = f"flows.{sender}.{target}.recommendations"
            way = f"{region_in_sentence(labels[sender])} to {region_in_sentence(labels[target])}"
            words = f"from {way}" if sender != target else f"within {way.partition(' to ')[0]}"
            items[way] = (n.get(stem), f"{words} <{stem}>, {n.supported(stem)}")
    return n.say_above_a_threshold(
        "flows.threshold",
        f"Directions in which {{least}} or more {n.on_defenders} went: ",
        dict(sorted(items.items(), key=lambda item: item[0].removeprefix("the ").casefold())),
        what="a direction",
    )


def groups_said(groups: Mapping[str, str], n: NumbersOfList) -> list[Said]:
    """What the States of each regional group supported, and which groups made the pairs.

    groups: names by code, in alphabetical order.
    """
    supported = [
        f"{name} <groups.{code}.supported%groups.{code}.supported.share> of "
        f"<groups.{code}.answered>"
        f"{without_few(n, f'groups.{code}') if n.has(f'groups.{code}.supported.share') else ''}"
        for code, name in groups.items()
        if n.has(f"groups.{code}.answered")
    ]
    most = TENTH * float((claim.value if (claim := n.get("groups.made")) else 0) or 0)
    named = [code for code in groups if n.has(f"groups.{code}.made", max(1, most))]
    made = [
        f"{groups[code]}{' made' if code == named[0] else ''} "
        f"<groups.{code}.made%groups.{code}.made.share>, and "
        f"<groups.{code}.made_every%groups.{code}.made_every.share> of all <groups.made_every> "
        "whatever the subject"
        for code in named
    ]
    by_group = n.say_listed(
        f"Of those {n.on_defenders} with a known position, States under review supported, by regional "
        "group: ",
        supported,
        f"; {RULE} are told apart." if any(", of which" in one for one in supported) else ".",
    )
    every = [
        f"{name} <groups.{code}.every.supported%groups.{code}.every.supported.share> of "
        f"<groups.{code}.every.answered>"
        for code, name in groups.items()
        if n.has(f"groups.{code}.every.answered")
    ]
    return [
        Said() if n.only_state else by_group,
        Said() if n.only_state else n.say_listed("Whatever the subject, they supported: ", every),
        n.say_listed(
            f"Of the <groups.made> pairs (a recommendation and a State that made it) {n.on_defenders}, ",
            made,
            "; groups with a tenth or more are named.",
        ),
    ]


def makers_said(n: NumbersOfList) -> list[Said]:
    """States that raised defenders in many of the reviews in which they could."""
    every, end = "hrd.recommending_states", ""
    if n.is_tagged:
        every, end = "hrd.source_tagged.recommending_states", ".tagged"
    items = {}
    makers = n.p.frame["recommending_iso3"].dropna().unique()
    for state in sorted(map(str, makers), key=alphabetical_key):
        stem = f"recommending.{state.lower()}"
        raised = f"{stem}{end}.reviews"
        text = f"{name_in_sentence(state)} <{raised}%{raised}.share> of <{stem}.possible>"
        items[state] = (n.get(raised), text)
    said = n.say_above_a_threshold(
        "recommending.threshold",
        f"States that made recommendations {n.on_defenders} in {{least}} or more reviews, in "
        "alphabetical order, of the reviews of others: ",
        items,
    )
    return [
        n.say(f"Recommendations {n.on_defenders} were made by <{every}|of:state>."),
        replace(said, is_key=True),
    ]


def receivers_said(n: NumbersOfList) -> list[Said]:
    """States that received most, by the tag of the source where it tags."""
    end = ".tagged" if n.is_tagged else ""
    if n.only_state:
        stem = f"receiving.{n.only_state.lower()}{end}.recommendations"
        return [
            n.say(
                f"In {n.p.name_in_prose}, {name_in_sentence(n.only_state)} alone was under review; it "
                f"received <{stem}.asked> {n.how}, {n.supported(stem)}."
            )
        ]
    every = "hrd.source_tagged.states" if n.is_tagged else "hrd.states_under_review"
    items = {}
    for state in sorted(map(str, n.p.frame["state_iso3"].unique()), key=alphabetical_key):
        stem = f"receiving.{state.lower()}{end}.recommendations"
        text = f"{name_in_sentence(state)} (<{stem}.supported> of <{stem}.asked>)"
        items[state] = (n.get(f"{stem}.asked"), text)
    said = n.say_above_a_threshold(
        "receiving.threshold",
        f"States that received {{least}} or more recommendations {n.on_defenders}, in "
        "alphabetical order, with those supported of those received: ",
        items,
    )
    reviews = n.p.frame.groupby("state_iso3")["review_id"].nunique()
    twice = said.text and reviews.min() == 1 and reviews.max() == 2
    return [
        n.say(f"Recommendations {n.on_defenders} went to <{every}|of:state>."),
        replace(said, is_key=True),
        Said("Some States were reviewed twice there, and others once.") if twice else Said(),
    ]
