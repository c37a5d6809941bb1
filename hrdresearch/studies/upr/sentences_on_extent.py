"""UPR: sentences on how many recommendations there are, by period, tag, State and region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrdresearch.findings.make_claims import measured_claim
from hrdresearch.findings.sentences import Said, listed, tag
from hrdresearch.studies.upr.sentences_by_list import NumbersOfList
from hrdresearch.vocab.upr import ORDINALS

if TYPE_CHECKING:
    pass


FEWEST_SESSIONS = 3  # lowest and highest say nothing of fewer


def extent_said(n: NumbersOfList) -> list[Said]:
    """How many there are, explicitly and implicitly on defenders, in pairs, and pledges."""
    return [
        n.say(
            f"In {n.p.name_in_prose}, <extent.recommendations|of:recommendation> "
            "<extent.recommendations|agree:stands:stand>, from <extent.reviews|of:review> of "
            "<extent.states_under_review|of:state> in <extent.sessions|of:session>."
        ),
        n.say(
            f"Of them, <hrd.recommendations> <hrd.recommendations|agree:is:are> {n.how}; "
            "<hrd.recommendations|agree:it was:they were> made by <hrd.recommending_states|of:state> "
            "in <hrd.reviews%hrd.reviews.share> of the <extent.reviews|of:review>."
        ),
        n.say(
            "A further <hrd.implicit> <hrd.implicit|agree:speaks:speak> of civil society space, "
            "journalists or reprisals without saying defenders, and "
            "<hrd.implicit|agree:is:are> counted as implicit."
        ),
        n.say(
            "In pairs of a recommendation and a State that made it these are <hrd.pairs> of "
            "<extent.pairs>."
        ),
        n.say(
            "Voluntary pledges, which nobody recommended, stand apart: <extent.pledges>, of which "
            "<extent.pledges.on_defenders|none> <extent.pledges.on_defenders|agree:speaks:speak> "
            "of defenders by the rules of this draft and <extent.pledges.implicit|none> implicitly."
        ),
    ]


def cycles_said(n: NumbersOfList) -> list[Said]:
    """Numbers and answers by cycle: on defenders, and whatever the subject."""
    cycles = [f"by_cycle.{c}" for c in sorted(n.p.frame["cycle"].dropna().unique())]
    when = {c: f"in the {ORDINALS[int(c.rpartition('.')[2]) - 1]} cycle" for c in cycles}
    ours = [
        f"<{c}.hrd_recommendations> of <{c}.recommendations> {when[c]}, "
        f"{n.supported(f'{c}.hrd.recommendations')}"
        for c in cycles
        if n.has(f"{c}.hrd_recommendations")
    ]
    every = [
        f"<{c}.recommendations> {when[c]}, {n.supported(f'{c}.all.recommendations')}"
        for c in cycles
    ]
    word = [
        f"<{c}.with_the_word.recommendations> {when[c]}, "
        f"{n.supported(f'{c}.with_the_word.recommendations')}"
        for c in cycles
        if n.has(f"{c}.with_the_word.recommendations")
    ]
    held = "" if n.p.frame["cycle"].nunique() < 2 else "; a cycle may be held in part"
    return [
        n.say_listed(f"Of those {n.on_defenders}, there are ", ours),
        n.say_listed("The word “defender” stands in ", word),
        n.say_listed("Whatever the subject, there are ", every, f"{held}."),
    ]


def sessions_said(n: NumbersOfList) -> list[Said]:
    """Fewest and most on defenders in a session."""
    sessions = sorted(map(int, n.p.frame["session"].dropna().unique()))
    counts = {s: n.get(f"by_session.{s}.recommendations") for s in sessions}
    sizes = {s: float(c.value or 0) for s, c in counts.items() if c and c.status == "shown"}
    if len(sizes) < FEWEST_SESSIONS:
        return []
    low, high = min(sizes, key=lambda s: sizes[s]), max(sizes, key=lambda s: sizes[s])
    ends = {
        key: measured_claim(
            n.p,
            f"by_session.{key}",
            session,
            "session_number",
            f"session with the {key} number on defenders",
            "computed",
        )
        for key, session in (("lowest", low), ("highest", high))
    }
    text = n.fill_in(
        f"Of those {n.on_defenders}, <by_session.{low}.recommendations> "
        f"<by_session.{low}.recommendations|agree:was:were> made in session LOW, the fewest, and "
        f"<by_session.{high}.recommendations> in session HIGH, the most."
    )
    text = text.replace("LOW", tag(ends["lowest"])).replace("HIGH", tag(ends["highest"]))
    return [Said(text, tuple(ends.values()))]


def tags_said(n: NumbersOfList) -> list[Said]:
    """What the index tags, how it was answered, and where the rules of this draft differ."""
    tagged, accepted = "hrd.source_tagged.recommendations", "hrd.source_accepted.recommendations"
    name = n.p.name_in_prose
    kinds = [
        f"<hrd.source_category.{code}.accepted.recommendations"
        f"%hrd.source_category.{code}.of_accepted.share> as asking for {kind} action"
        for code, kind in (("5", "specific"), ("4", "general"))
    ]
    by_kind = [
        f"{kind} ones in <hrd.source_category.{code}.accepted.recommendations"
        f"%hrd.source_category.{code}.recommendations.share> of "
        f"<hrd.source_category.{code}.recommendations>"
        for code, kind in (("5", "specific"), ("4", "general"))
    ]
    return [
        n.say(
            f"The index of {name} tags <{tagged}|of:recommendation> “Human rights defenders”; "
            f"<{tagged}|agree:it was:they were> made in "
            "<hrd.source_tagged.reviews%hrd.source_tagged.reviews.share> of <extent.reviews|of:review>, "
            "to <hrd.source_tagged.states|of:state>.",
            is_key=True,
        ),
        n.say(
            f"Of the <{tagged}> tagged by {name}, <{accepted}%hrd.source_tagged.recommendations.share> "
            f"<{accepted}|agree:was:were> supported and <hrd.source_noted.recommendations> "
            "<hrd.source_noted.recommendations|agree:was:were> noted; supported is an answer of the "
            "State, not an act, and implementation is not recorded.",
        ),
        n.say(
            f"Of the <{accepted}> tagged and supported, {name} classes {kinds[0]} and {kinds[1]}; "
            f"{by_kind[0]} were supported, {by_kind[1]}.",
            is_key=True,
        ),
        n.say(
            "In pairs, <hrd.source_tagged> are tagged, <hrd.source_accepted> of them supported and "
            "<hrd.source_noted> noted."
        ),
        n.say(
            "A further <index.word_only|of:pair> <index.word_only|agree:has:have> the word “defender” "
            "in the text and not the tag."
        ),
    ]


def other_reading_said(n: NumbersOfList) -> list[Said]:
    """What the rules of this draft count, beside the tag of the index."""
    return [
        n.say(
            f"The rules of this draft read the texts of {n.p.name_in_prose} anew and count "
            "<index.by_rules> as explicitly on defenders, <index.both> of them with the tag of the "
            f"index{_where_they_differ(n)}; the text, the tables and the map count by the tag."
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
    return f"; they differ in {listed(told)}" if told else ""
