"""UPR: sentences on what was asked and how States under review answered."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from hrdresearch.findings.make_claims import measured_claim
from hrdresearch.findings.model import Claim
from hrdresearch.findings.sentences import Said, in_sentence, is_printed, listed, tag
from hrdresearch.studies.upr.few_states import RULE, few_told
from hrdresearch.studies.upr.sentences_by_list import NumbersOfList
from hrdresearch.vocab import codes, label

FEWEST_GROUPS = 3  # of sessions; a range says nothing of fewer
SESSIONS = (1, 3, 5, 7, 9, 11, 13, 17, 21, 27, 34, 41, 47, 53)  # first of each group, and the end


def responses_said(n: NumbersOfList) -> list[Said]:
    """Positions on defenders, beside all subjects, and beside others of the same review and category."""
    own, every = "responses.hrd.recommendations", "responses.every.recommendations"
    name = n.p.name_in_prose
    known = n.has(f"{own}.answered")
    few = few_told(n, own)
    without = (
        f"{RULE}: {listed(few)}; without them, <{own}.rest.supported%{own}.rest.supported.share> of "
        f"<{own}.rest.answered> <{own}.rest.supported|agree:was:were> supported."
    )
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
            f"Of the <{own}.answered> {n.on_defenders} with a known position, "
            f"<{own}.supported%{own}.supported.share> <{own}.supported|agree:was:were> "
            f"supported{interval}; of the <{every}.answered> there, whatever the subject, "
            f"<{every}.supported%{every}.supported.share> <{every}.supported|agree:was:were>; the "
            "shares do not say why.",
            is_key=True,
        ),
        Said(n.fill_in(without)) if few else Said(),
        n.say(
            "Of the <responses.implicit.recommendations.answered> that speak of civil society space, "
            "journalists or reprisals without saying defenders, "
            "<responses.implicit.recommendations.supported"
            "%responses.implicit.recommendations.supported.share> "
            "<responses.implicit.recommendations.supported|agree:was:were> supported."
        ),
        n.say(
            f"Of the <gap.compared> {n.on_defenders} that can be set "
            "beside others of the same review and category, the share supported is <gap.size> "
            f"percentage points {_lower_or_higher(n)} than that of those others (interval of "
            f"the difference: <gap.low> to <gap.high> points){_may_be_nil(n)}; what was asked may "
            "differ within a category.",
            is_key=True,
        ),
        n.say(
            "In pairs, <responses.hrd.supported> of <responses.hrd.answered> with a known position were "
            "supported."
        ),
    ]


def _lower_or_higher(n: NumbersOfList, stem: str = "gap") -> str:
    gap = n.get(f"{stem}.points")
    return "lower" if gap and float(gap.value or 0) < 0 else "higher"


def _may_be_nil(n: NumbersOfList, stem: str = "gap") -> str:
    """What follows where the interval, before it is rounded, holds zero."""
    low, high = (n.get(f"{stem}.{end}") for end in ("low", "high"))
    if low is None or high is None or not float(low.value or 0) <= 0 <= float(high.value or 0):
        return ""
    return ", so that the difference may be nil"


def unspecific_said(n: NumbersOfList) -> list[Said]:
    """Supported without being specific, and specific but noted."""
    return [
        n.say(
            f"Of the <unspecific.supported.recommendations> {n.on_defenders} that "
            "<unspecific.supported.recommendations|agree:was:were> supported, "
            "<unspecific.recommendations%unspecific.recommendations.share> "
            "<unspecific.recommendations|agree:asks:ask> for no specific action; of all "
            "<unspecific.all.of>, <unspecific.all.part%unspecific.all.share>; of the "
            "<unspecific.noted.of> noted, <unspecific.noted.part%unspecific.noted.share>.",
            is_key=not n.is_tagged,
        ),
        n.say(
            "Of the <unspecific.specific> that ask for specific action, "
            "<unspecific.noted_specific.recommendations> "
            "<unspecific.noted_specific.recommendations|agree:was:were> noted."
        ),
    ]


def categories_said(n: NumbersOfList) -> list[Said]:
    """Specific and general action, and how each was answered."""
    kinds = {"5": "specific action", "4": "general action"}
    items = [
        f"<by_category.{code}.recommendations%by_category.{code}.recommendations.share> as asking for "
        f"{kind}, "
        f"{n.supported(f'by_category.{code}.hrd.recommendations')}"
        for code, kind in kinds.items()
        if n.has(f"by_category.{code}.recommendations")
    ]
    whose = n.p.name_in_prose if n.is_tagged else "this draft"
    verb = "classes" if n.is_tagged else "reads"
    start = f"Of the <by_category.of.recommendations> {n.on_defenders}, {whose} {verb} "
    gaps = [
        f"{kind}, <gap.category_{code}.size> percentage points "
        f"{_lower_or_higher(n, f'gap.category_{code}')} (interval: <gap.category_{code}.low> to "
        f"<gap.category_{code}.high> points; <gap.category_{code}.compared> compared)"
        f"{_may_be_nil(n, f'gap.category_{code}')}"
        for code, kind in reversed(kinds.items())
    ]
    beside = (
        "Beside other recommendations of the same review and category, the share supported is, for "
    )
    return [n.say_listed(start, items), n.say_listed(beside, gaps)]


def specificity_said(n: NumbersOfList) -> list[Said]:
    """Between which shares of category 5 the groups of sessions lie; by the source where it codes."""
    for key, whose in (
        (".recommendations.share", "its own coding"),
        (".rules.recommendations.share", "the rules of this draft"),
    ):
        shares = {
            f"{first}_{after - 1}": claim
            for first, after in pairwise(SESSIONS)
            if (claim := n.get(f"specificity.{first}_{after - 1}{key}")) and is_printed(claim, 0)
        }
        if len(shares) >= FEWEST_GROUPS:
            return [_range_of_groups(n, shares, whose)]
    return []


def _range_of_groups(n: NumbersOfList, shares: Mapping[str, Claim], whose: str) -> Said:
    """The range with its counts; no group is named, because other States are reviewed in each."""
    words = "groups of sessions with a share of specific action"
    groups = measured_claim(n.p, "specificity.groups", len(shares), "group", words, "computed")
    ends = []
    for claim in (end(shares.values(), key=lambda c: float(c.value or 0)) for end in (min, max)):
        part, whole = claim.measure.split(":")[1:]
        ends.append(f"{tag(part)}{tag(claim, 'bracketed')} of {tag(whole)}")
    return Said(
        f"Of all recommendations in {n.p.name_in_prose}, by {whose}, between {ends[0]} and {ends[1]} "
        f"ask for specific action in each of {tag(groups)} groups of sessions; other States are "
        "reviewed in each, so that no group is set against another.",
        (groups,),
    )


def first_five_said(n: NumbersOfList) -> list[Said]:
    """Acceptance by category beside the published shares."""
    items = [
        f"<first_five.{code}.accepted%first_five.{code}.share> of <first_five.{code}.pairs> pairs for "
        f"{kind}, where <published.mcmahon_{code}.share> were published"
        for code, kind in (("5", "specific action"), ("4", "general action"))
    ]
    return [n.say_listed("In the first five sessions States accepted ", items)]


def drafting_said(n: NumbersOfList) -> list[Said]:
    """Specific beside general action, then kinds of request, each with its interval."""
    kinds = {f"ask_{c}": in_sentence(label("upr_ask", c)) for c in codes("upr_ask") if c != "other"}
    return [
        n.say_listed(
            f"Of those {n.on_defenders} with a known position, States under review supported, where "
            "the recommendation asks for ",
            [
                _with_interval("specific action", "category_5"),
                _with_interval("general action", "category_4"),
            ],
        ),
        _difference_said(n),
        n.say_listed(
            "By kind of request, where an interval may be given, they supported: ",
            [
                _with_interval(words, kind)
                for kind, words in sorted(kinds.items(), key=lambda item: item[1])
            ],
        ),
    ]


def _with_interval(words: str, kind: str) -> str:
    """Template of how many of a kind were supported, of how many, and the interval of the share."""
    return (
        f"{words} <drafting.{kind}.supported%drafting.{kind}.share> of <drafting.{kind}.answered> "
        f"(interval: <drafting.{kind}.low> to <drafting.{kind}.high>)"
    )


def _difference_said(n: NumbersOfList) -> Said:
    """General less specific action: one difference over the same reviews, with its interval."""
    stem = "drafting.difference"
    nil = _may_be_nil(n, stem)
    return n.say(
        f"The share of general action is <{stem}.size> percentage points {_lower_or_higher(n, stem)} "
        f"than that of specific action (interval of the difference, over the same reviews: "
        f"<{stem}.low> to <{stem}.high> points){nil}; what is asked differs in more than that."
    )
