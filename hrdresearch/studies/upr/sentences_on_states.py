"""UPR: sentences on the States that recommend and that receive, and on regions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hrdresearch.findings.make_claims import text_claim
from hrdresearch.findings.model import SCOPE, Claim
from hrdresearch.findings.sentences import TENTH, ListSentences, claim_tag
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.sentences_by_list import NumbersOfList
from hrdresearch.studies.upr.sentences_on_extent import ranges_in_words
from hrdresearch.vocab.regions import region_in_sentence
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence


def flow_sentences(study: UprStudy, n: NumbersOfList) -> list[ListSentences]:
    """Who made most, and directions between regions; none where one State is under review."""
    labels = study.regions.labels
    if n.only_state:
        return []
    named = {code: region_in_sentence(label) for code, label in labels.items()}
    items = {}
    for sender in labels:
        for target in labels:
            stem = f"flows.{sender}.{target}.recommendations"
            way = f"{named[sender]} to {named[target]}"
            words = f"from {way}" if sender != target else f"within {named[sender]}"
            items[way] = (n.get(stem), f"{words} <{stem}>, {n.supported(stem)}")
    made = n.get("flows.made")
    least = TENTH * float((made.value if made else 0) or 0)
    most = [
        code
        for code in sorted(labels, key=lambda code: in_alphabet(named[code]))
        if n.has(f"flows.{code}.made", max(1, least))
    ]
    makers = [
        f"{named[code]} {'made ' if not i else ''}<flows.{code}.made%flows.{code}.made.share>"
        for i, code in enumerate(most)
    ]
    return [
        n.say_listed(
            f"Of <flows.made|of:recommendation> {n.on_defenders}, counted once for each recommending "
            "region, States of ",
            makers,
            "; regions with a tenth or more are named.",
        ),
        n.say_above_a_threshold(
            "flows.threshold",
            "Directions in which {least} or more went: ",
            dict(sorted(items.items(), key=lambda item: in_alphabet(item[0]))),
            what="a direction",
        ),
    ]


def in_alphabet(name: str) -> str:
    """Sort key of a region, or of a pair of regions: its name without the article."""
    return name.removeprefix("the ").casefold()


def regional_group_sentences(groups: Mapping[str, str], n: NumbersOfList) -> list[ListSentences]:
    """Which regional groups made the pairs, and what they received.

    groups: names by code, in alphabetical order.
    """
    named = [code for code in groups if n.has(f"groups.{code}.made")]
    made = [f"{groups[code]} made <groups.{code}.made%groups.{code}.made.share>" for code in named]
    received = [
        f"{groups[code]} <groups.{code}.asked>" for code in groups if n.has(f"groups.{code}.asked")
    ]
    every = [
        f"{groups[code]} <groups.{code}.made_every%groups.{code}.made_every.share>"
        for code in named
    ]
    start = (
        f"Of the <groups.made> pairs (a recommendation and a State that made it) {n.on_defenders}, "
    )
    theirs = n.say_listed(
        "Of the <groups.asked|of:recommendation> themselves, these received: ", received
    )
    first = n.say_listed(start, made)
    return [
        replace(first, text=f"{first.text} {theirs.text}".strip(), is_key=bool(first.text)),
        n.say_listed("Whatever the subject, of all <groups.made_every> pairs: ", every),
    ]


def maker_sentences(n: NumbersOfList) -> list[ListSentences]:
    """States that raised defenders in many of the reviews in which they could."""
    end = ".tagged" if n.is_tagged else ""
    makers = map(str, n.p.frame["recommending_iso3"].dropna().unique())
    items = {}
    for state in sorted(makers, key=alphabetical_key):
        stem = f"recommending.{state.lower()}"
        raised = f"{stem}{end}.reviews"
        text = f"{name_in_sentence(state)} <{raised}%{raised}.share> of <{stem}.possible>"
        items[state] = (n.get(raised), text)
    years = _years(n, "recommending")
    said = n.say_above_a_threshold(
        "recommending.threshold",
        f"States that raised defenders in {{least}} or more reviews of other States{n.where}, "
        f"{claim_tag(years)}: ",
        items,
    )
    every = "hrd.source_tagged.recommending_states" if n.is_tagged else "hrd.recommending_states"
    if not said.text:  # too few to name any
        return [n.say(f"Recommendations {n.on_defenders} were made by <{every}|of:state>.")]
    return [replace(said, claims=(*said.claims, years), is_key=True)]


def receiver_sentences(n: NumbersOfList) -> list[ListSentences]:
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
    years = _years(n, "receiving")
    said = n.say_above_a_threshold(
        "receiving.threshold",
        f"States that received {{least}} or more {n.on_defenders}, {claim_tag(years)}, with those supported "
        "of those received: ",
        items,
    )
    reviews = n.p.frame.groupby("state_iso3")["review_id"].nunique()
    twice = said.text and reviews.min() == 1 and reviews.max() == 2
    return [
        replace(said, claims=(*said.claims, years), is_key=True)
        if said.text
        else n.say(f"Recommendations {n.on_defenders} went to <{every}|of:state>."),
        ListSentences("Some States were reviewed twice there, and others once.")
        if twice
        else ListSentences(),
    ]


def _years(n: NumbersOfList, finding: str) -> Claim:
    """Years of the reviews of a source, for a sentence that names States."""
    years = ranges_in_words(n.p.frame["review_year"].dropna().unique()) or "years not recorded"
    name = n.p.claim_name(f"{finding}.years")
    return text_claim(name, years, f"{n.p.title}: years of the reviews", SCOPE)
