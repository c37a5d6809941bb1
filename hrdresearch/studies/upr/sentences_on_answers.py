"""UPR: sentences on what was asked and how States under review answered."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hrdresearch.findings.sentences import TENTH, Said, in_sentence
from hrdresearch.studies.upr.sentences_by_list import NumbersOfList
from hrdresearch.vocab import codes, label

SESSIONS = (1, 3, 5, 7, 9, 11, 13, 17, 21, 27, 34, 41, 47, 53)  # first of each group, and the end
FOR_READING = {
    "invitation": "an invitation, a visit or access",
    "release": "release, pardon or amnesty",
}
ASKED_IN_WORDS = {
    "accountability": "accountability or an end to impunity",
    "end_harassment": "an end of harassment, attacks or criminalization",
    "legal_framework": "laws to be adopted, amended or repealed",
    "protection_mechanism": "a mechanism or programme of protection",
    "recognition": "public recognition and support of the work",
    "environment": "a safe and enabling environment",
}
FEWEST_NAMED = 10
CHANGES = (
    ("noted", "supported"),
    ("noted", "noted"),
    ("supported", "supported"),
    ("supported", "noted"),
)


def responses_said(n: NumbersOfList) -> list[Said]:
    """Positions on defenders, beside all subjects, and beside others of the same review and category."""
    own, every, name = (
        "responses.hrd.recommendations",
        "responses.every.recommendations",
        n.p.name_in_prose,
    )
    known = n.has(f"{own}.answered")
    interval = n.fill_in(
        " (interval clustered by review: <responses.hrd.interval.low> to "
        "<responses.hrd.interval.high>)"
    )
    if not known:
        return [
            n.say(f"In {name}, no position on the <{own}.asked> on defenders is known."),
        ]
    return [
        n.say(
            f"Of the <{own}.answered> on defenders by the rules of this draft in {name} with a known "
            f"position, <{own}.supported%{own}.supported.share> <{own}.supported|agree:was:were> "
            f"supported{interval}."
        ),
        n.say(
            f"Of the <{every}.answered> in {name} with a known position, whatever the subject, "
            f"<{every}.supported%{every}.supported.share> <{every}.supported|agree:was:were> "
            "supported; the shares do not say why.",
            is_key=True,
        ),
        n.say(
            "Of the <responses.implicit.recommendations.answered> that speak of civil society space, "
            "journalists or reprisals without saying defenders, "
            "<responses.implicit.recommendations.supported"
            "%responses.implicit.recommendations.supported.share> "
            "<responses.implicit.recommendations.supported|agree:was:were> supported."
        ),
        n.say(
            f"Set beside the other recommendations of the same review and category, <gap.compared> on "
            f"defenders in {name} were supported <gap.size> percentage points {_less_or_more(n)} "
            "(interval from <gap.low> to <gap.high>); what was asked may differ within a category.",
            is_key=True,
        ),
        n.say(
            "In pairs, <responses.hrd.supported> of <responses.hrd.answered> on defenders with a known "
            "position were supported."
        ),
    ]


def _less_or_more(n: NumbersOfList) -> str:
    gap = n.get("gap.points")
    return "less" if gap and float(gap.value or 0) < 0 else "more"


def unspecific_said(n: NumbersOfList) -> list[Said]:
    """Supported without being specific, and specific but noted."""
    is_tagged = (n.p.frame["is_source_tagged"] != "not_asked").any()
    return [
        n.say(
            "By the rules of this draft, of the <unspecific.supported.recommendations> on defenders "
            f"in {n.p.name_in_prose} that <unspecific.supported.recommendations|agree:was:were> "
            "supported, <unspecific.recommendations%unspecific.recommendations.share> "
            "<unspecific.recommendations|agree:asks:ask> for no specific action.",
            is_key=not is_tagged,
        ),
        n.say(
            "Of those that ask for specific action, <unspecific.noted_specific.recommendations> "
            "<unspecific.noted_specific.recommendations|agree:was:were> noted."
        ),
    ]


def categories_said(n: NumbersOfList) -> list[Said]:
    """Specific and general action, and how each was answered."""
    kinds = {"5": "specific action", "4": "general action"}
    items = [
        f"<by_category.{code}.recommendations%by_category.{code}.recommendations.share> for {kind}, "
        f"{n.supported(f'by_category.{code}.hrd.recommendations')}"
        for code, kind in kinds.items()
        if n.has(f"by_category.{code}.recommendations")
    ]
    start = f"Of the <by_category.of.recommendations> on defenders in {n.p.name_in_prose}, this draft reads "
    return [n.say_listed(start, items, "; the table has the other categories.")]


def specificity_said(n: NumbersOfList) -> list[Said]:
    """Lowest and highest share of category 5 among groups of sessions; by the source where it codes."""
    stems = [f"specificity.{first}_{after - 1}" for first, after in pairwise(SESSIONS)]
    for key, whose in (
        (".recommendations.share", "its own coding"),
        (".rules.recommendations.share", "the rules of this draft"),
    ):
        shares = {f"{s}{key}": n.get(f"{s}{key}") for s in stems}
        held = {
            s: float(c.value or 0)
            for s, c in shares.items()
            if c is not None and c.status == "shown"
        }
        if len(held) < 2:
            continue
        low, high = min(held, key=lambda s: held[s]), max(held, key=lambda s: held[s])
        text = (
            f"Over the groups of sessions that {n.p.name_in_prose} holds, specific action made up "
            f"between <{low}> and <{high}> of all recommendations by {whose}."
        )
        return [Said(n.fill_in(text))]
    return []


def first_five_said(n: NumbersOfList) -> list[Said]:
    """Acceptance by category beside the published shares."""
    items = [
        f"<first_five.{code}.accepted%first_five.{code}.share> of <first_five.{code}.pairs> pairs for "
        f"{kind}, where <published.mcmahon_{code}.share> were published"
        for code, kind in (("5", "specific action"), ("4", "general action"))
    ]
    return [n.say_listed("In the first five sessions States accepted ", items)]


def requests_said(n: NumbersOfList) -> list[Said]:
    """What is asked most often, and what a person has to read: visits and release."""
    whole, name = "asks.read_for", n.p.name_in_prose
    texts = {c: n.get(f"asks.{c}.recommendations") for c in codes("upr_ask") if c != "other"}
    least = TENTH * float((claim.value if (claim := n.get(whole)) else 0) or 0)
    often = [
        c for c in texts if (k := texts[c]) is not None and float(k.value or 0) >= max(1, least)
    ]
    words_of = {c: ASKED_IN_WORDS.get(c, in_sentence(label("upr_ask", c))) for c in often}
    items = [
        f"<asks.{c}.recommendations> <asks.{c}.recommendations|agree:asks:ask> for {words_of[c]}, "
        f"{n.supported(f'asks.{c}.recommendations')}"
        for c in sorted(often, key=lambda c: words_of[c].casefold())
    ]
    tagged = "tagged" if (n.p.frame["is_source_tagged"] != "not_asked").any() else "on defenders"
    read = [
        f"<asks.for_reading.{code}.asked> <asks.for_reading.{code}.asked|agree:has:have> words of "
        f"{words}, {n.supported(f'asks.for_reading.{code}')}"
        for code, words in FOR_READING.items()
        if n.has(f"asks.for_reading.{code}.asked")
    ]
    for_reading = n.say_listed(
        f"Of the <{whole}> {tagged} in {name}, ",
        read,
        "; this is counted by words, and a person has to read the texts.",
    )
    return [
        n.say_listed(
            f"Counted by words, of the recommendations on defenders in {name} ",
            items,
            "; kinds with a tenth or more are named.",
        ),
        replace(for_reading, is_key=True),
    ]


def defenders_said(n: NumbersOfList) -> list[Said]:
    """Women defenders, and other identities and causes that are named often."""
    name, kinds = n.p.name_in_prose, []
    for axis in ("identity", "cause"):
        for code in codes(axis):
            stem = f"by_{axis}.{code}.recommendations"
            if code not in ("women", "womens_rights") and n.has(stem, FEWEST_NAMED):
                words = f"{in_sentence(label(axis, code))} <{stem}>, {n.supported(stem)}"
                kinds.append(words)
    women = n.get("women.or_their_rights")
    if women is not None and women.value == 0:
        first = n.fill_in(
            f"None of the <women.of> on defenders in {name} names women defenders or defenders of "
            "women's rights by its words; a person has to read them."
        )
    else:
        first = n.fill_in(
            f"Of the <women.of> on defenders in {name}, <women.or_their_rights> "
            "<women.or_their_rights|agree:names:name> women defenders or defenders of women's rights, "
            f"{n.supported('women.or_their_rights')}; this is counted by words, and a "
            "person has to read them."
        )
    return [
        Said(first, is_key=True),
        n.say_listed("Other identities and causes named in ten or more: ", sorted(kinds)),
    ]


def repeats_said(n: NumbersOfList) -> list[Said]:
    """States asked again, and requests recognized by likeness of their texts."""
    changes = [
        f"<repeats.{old}_{new}> {old} before and {new} again"
        if old == new
        else f"<repeats.{old}_{new}> {old} before and then {new}"
        for old, new in CHANGES
        if n.has(f"repeats.{old}_{new}")
    ]
    name = n.p.name_in_prose
    return [
        n.say(
            f"Of <repeats.reviewed_again|of:state> to which {name} records a recommendation on "
            "defenders and which <repeats.reviewed_again|agree:was:were> under review in a later "
            "cycle there, <repeats.received_again> received one again; whether "
            "the earlier one was carried out is not recorded.",
            is_key=True,
        ),
        n.say_listed(
            f"By likeness of the texts, at least <repeats.recommendations> in {name} had been made to "
            "the same State in an earlier cycle: ",
            changes,
        )
        if n.has("repeats.recommendations")
        else Said(),
    ]


def drafting_said(n: NumbersOfList) -> Said:
    """Kinds of request with an interval, in alphabetical order."""
    kinds = {f"ask_{c}": in_sentence(label("upr_ask", c)) for c in codes("upr_ask") if c != "other"}
    items = [
        f"{words} <drafting.{kind}.supported%drafting.{kind}.share> of <drafting.{kind}.answered>, "
        f"interval from <drafting.{kind}.low> to <drafting.{kind}.high>"
        for kind, words in sorted(kinds.items(), key=lambda item: item[1])
    ]
    return n.say_listed(
        f"Supported of those with a known position in {n.p.name_in_prose}, where an interval may be "
        "given: ",
        items,
        ".",
    )
