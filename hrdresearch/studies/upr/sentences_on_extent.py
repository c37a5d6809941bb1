"""UPR: sentences on how many recommendations there are, by period, tag, State and region."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from hrdresearch.findings.make_claims import measured_claim, text_claim
from hrdresearch.findings.model import SCOPE
from hrdresearch.findings.numbers import number_in_prose
from hrdresearch.findings.sentences import ListSentences, claim_tag, join_with_and
from hrdresearch.studies.upr.sentences_by_list import NumbersOfList
from hrdresearch.vocab.upr import ORDINALS, sessions_of_cycle

FEWEST_SESSIONS = 3  # a range says nothing of fewer


def extent_sentences(n: NumbersOfList) -> list[ListSentences]:
    """How many there are, explicitly and implicitly on defenders, in pairs, and pledges."""
    return [
        n.say(
            f"From {n.p.name_in_prose}, <extent.recommendations|of:recommendation> "
            "<extent.recommendations|agree:was:were> read, from "
            "<extent.reviews|of:review> of <extent.states_under_review|of:state> in "
            "<extent.sessions|of:session>."
        ),
        n.say(
            f"Of them, <hrd.recommendations%hrd.share> <hrd.recommendations|agree:is:are> {n.how}"
            + (
                "."
                if n.is_tagged  # the section on the tag says the rest
                else "; <hrd.recommendations|agree:it was:they were> made by "
                "<hrd.recommending_states|of:state> in <hrd.reviews%hrd.reviews.share> of the reviews."
            )
        ),
        _sentence_on_none(n),
        n.say(
            ("A further " if n.has("hrd.recommendations") else "Of them, ")
            + "<hrd.implicit> <hrd.implicit|agree:speaks:speak> of civil society space, "
            "journalists or reprisals without saying defenders, and "
            "<hrd.implicit|agree:is:are> counted as implicit."
        ),
        n.say(
            "Voluntary pledges, which nobody recommended, stand apart: <extent.pledges>, of which "
            "<extent.pledges.on_defenders|none> <extent.pledges.on_defenders|agree:speaks:speak> "
            "of defenders by the rules of this draft and <extent.pledges.implicit|none> implicitly."
        ),
        n.say(
            "Of the pledges, <extent.pledges.other_sessions> <extent.pledges.other_sessions|agree:was:were> "
            "made in sessions of which no recommendation was read."
        ),
    ]


def _sentence_on_none(n: NumbersOfList) -> ListSentences:
    """That none of the recommendations of a source is on defenders; empty where one is."""
    if n.has("hrd.recommendations") or not n.has("hrd.recommendations", 0):
        return ListSentences()
    return n.say(
        "Of the <extent.recommendations|of:recommendation> in "
        f"{n.p.name_in_prose}, <hrd.recommendations|none> is {n.how}.",
        is_key=True,
    )


def cycle_sentences(n: NumbersOfList) -> list[ListSentences]:
    """Numbers and answers by cycle: on defenders, and whatever the subject."""
    cycles = [f"by_cycle.{c}" for c in sorted(n.p.frame["cycle"].dropna().unique())]
    when = {c: f"in the {ORDINALS[int(c.rpartition('.')[2]) - 1]} cycle" for c in cycles}
    ours, every = (
        [
            f"<{c}.{kind}.supported%{c}.{kind}.supported.share> of <{c}.{kind}.answered> {when[c]}"
            for c in cycles
            if n.has(f"{c}.{kind}.answered")
        ]
        for kind in ("hrd.recommendations", "all.recommendations")
    )
    word = [
        f"<{c}.with_the_word.recommendations> {when[c]}, "
        f"{n.supported(f'{c}.with_the_word.recommendations')}"
        for c in cycles
        if n.has(f"{c}.with_the_word.recommendations")
    ]
    return [
        _sessions_held(n),
        n.say_listed(f"Of those {n.on_defenders}, States supported ", ours),
        n.say_listed("The word “defender” stands in ", word),
        n.say_listed(f"Of all{n.where}, States supported ", every),
    ]


def _sessions_held(n: NumbersOfList) -> ListSentences:
    """Sentence on the sessions of each cycle that a source holds, with years; empty for one State."""
    dated = n.p.frame.dropna(subset=["cycle", "session", "review_year"])
    if n.only_state or dated.empty:
        return ListSentences()
    told, claims = [], []
    for cycle in map(int, sorted(dated["cycle"].unique())):
        rows = dated[dated["cycle"] == cycle]
        stem, name = f"by_cycle.{cycle}.sessions", ORDINALS[cycle - 1]
        held, every = sorted(map(int, rows["session"].unique())), sessions_of_cycle(cycle)
        counts = [
            measured_claim(n.p, f"{stem}.{key}", number, "session", words, "computed")
            for key, number, words in (
                ("held", len(held), f"sessions of the {name} cycle that the source holds"),
                ("of", len(every), f"sessions of the {name} cycle"),
            )
        ]
        spans = (ranges_in_words(held), ranges_in_words(rows["review_year"].unique()))
        numbers = text_claim(
            n.p.claim_name(f"{stem}.numbers"),
            f"{'sessions' if len(held) > 1 else 'session'} {spans[0]}, {spans[1]}",
            f"{n.p.title}: sessions of the {name} cycle held, and their years",
            SCOPE,
        )
        claims += [*counts, numbers]
        many = (
            f"all {claim_tag(counts[1])}"
            if held == every
            else f"{claim_tag(counts[0])} of the {claim_tag(counts[1])}"
        )
        told.append(f"{many} sessions of the {name} cycle ({claim_tag(numbers)})")
    return ListSentences(
        f"The recommendations in {n.p.name_in_prose} are of {join_with_and(told)}.", tuple(claims)
    )


def cycles_in_words(frame: pd.DataFrame) -> str:
    """The cycles that these rows cover: "the first cycle and five of the 14 sessions of the second"."""
    told = []
    for cycle in map(int, sorted(frame["cycle"].dropna().unique())):
        held = frame.loc[frame["cycle"] == cycle, "session"].nunique()
        every, name = len(sessions_of_cycle(cycle)), ORDINALS[cycle - 1]
        said = f"{number_in_prose(held, 'session')} of the {every} sessions of"
        told.append(f"the {name} cycle" if held == every else f"{said} the {name} cycle")
    return join_with_and(told)


def ranges_in_words(numbers: Iterable[int]) -> str:
    """Whole numbers in order; successive numbers are written as a range.

    >>> ranges_in_words([2013, 2012, 2018]), ranges_in_words([7])
    ('2012–2013 and 2018', '7')
    """
    order = sorted(map(int, numbers))
    starts = [a for a in order if a - 1 not in order]
    ends = [a for a in order if a + 1 not in order]
    return join_with_and(
        [f"{a}–{b}" if b > a else str(a) for a, b in zip(starts, ends, strict=True)]
    )


def session_sentences(n: NumbersOfList) -> list[ListSentences]:
    """Sentence on the range of numbers on defenders over sessions; no session is named."""
    sessions = sorted(map(int, n.p.frame["session"].dropna().unique()))
    counts = {s: n.get(f"by_session.{s}.recommendations") for s in sessions}
    sizes = {s: float(c.value or 0) for s, c in counts.items() if c and c.status == "shown"}
    if len(sizes) < FEWEST_SESSIONS:
        return []
    low, high = (end(sizes, key=lambda s: sizes[s]) for end in (min, max))
    words = "sessions of the Working Group with a number on defenders"
    held = measured_claim(n.p, "by_session.sessions", len(sizes), "session", words, "computed")
    text = n.fill_in(
        f"Of those {n.on_defenders}, between <by_session.{low}.recommendations|digits> and "
        f"<by_session.{high}.recommendations|digits> were made in each of "
    )
    return [ListSentences(f"{text}{claim_tag(held, 'of:session')}.", (held,))]


def tag_sentences(n: NumbersOfList) -> list[ListSentences]:
    """What the index tags, how it was answered, and where the rules of this draft differ."""
    tagged, accepted = "hrd.source_tagged.recommendations", "hrd.source_accepted.recommendations"
    name = n.p.name_in_prose
    kinds = [
        f"<hrd.source_category.{code}.accepted.recommendations"
        f"%hrd.source_category.{code}.of_accepted.share> as asking for {kind} action"
        for code, kind in (("5", "specific"), ("4", "general"))
    ]
    return [
        n.say(
            f"{name} tags <{tagged}%hrd.source_tagged.of_all.share> of "
            f"<extent.recommendations|of:recommendation> “Human rights defenders”; "
            f"<{tagged}|agree:it was:they were> made by "
            "<hrd.source_tagged.recommending_states|of:state> in "
            "<hrd.source_tagged.reviews%hrd.source_tagged.reviews.share> of <extent.reviews|of:review>, "
            "to <hrd.source_tagged.states|of:state>.",
            is_key=True,
        ),
        n.say(
            f"Of the <{accepted}> so tagged and supported, {name} classes {kinds[0]} and {kinds[1]}; "
            "supported is an answer, not an act.",
            is_key=True,
        ),
        n.say(
            "By the terms in the annex on words, <index.by_rules> would be counted, <index.both> of "
            "them also tagged."
        ),
    ]


def sentence_on_other_reading(n: NumbersOfList) -> list[ListSentences]:
    """Sentence on what the rules of this draft count, compared with the tag of the index."""
    return [
        n.say(
            f"By the terms in the annex on words, <index.by_rules> in {n.p.name_in_prose} are on "
            f"defenders, <index.both> of them also tagged{_where_they_differ(n)}; the text, the tables "
            "and the map count by the tag."
        ),
    ]


def _where_they_differ(n: NumbersOfList) -> str:
    """What only the rules, or only the tag, count; empty where they agree."""
    told = [
        n.fill_in(text)
        for name, text in (
            ("only_rules", "<index.only_rules> by the rules only"),
            ("only_tagged", "<index.only_tagged> by the tag only"),
        )
        if n.has(f"index.{name}")
    ]
    return f"; they differ in {join_with_and(told)}" if told else ""
