"""UPR: sentences on what was asked and how States under review answered."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hrdresearch.findings.make_claims import measured_claim
from hrdresearch.findings.numbers import LEAST_ROUNDED
from hrdresearch.findings.sentences import ListSentences, claim_tag, is_printed, join_with_and
from hrdresearch.studies.upr.sentences_by_list import NumbersOfList
from hrdresearch.studies.upr.sentences_on_requests import SOUGHT

FEWEST_GROUPS = 3  # of sessions; a range says nothing of fewer
SESSIONS = (1, 3, 5, 7, 9, 11, 13, 17, 21, 27, 34, 41, 47, 53)  # first of each group, and the end
BESIDE = "Beside other recommendations of the same review and action category, "


def response_sentences(n: NumbersOfList) -> list[ListSentences]:
    """Positions on defenders, compared with all subjects and with others of the same review and category."""
    own, every = "responses.hrd.recommendations", "responses.every.recommendations"
    many, implicit = f"{own}.many", "responses.implicit.recommendations"
    if not n.has(f"{own}.answered"):
        name = n.p.name_in_prose
        return [n.say(f"In {name}, no position on the <{own}.asked> on defenders is known.")]
    beside = n.fill_in(
        _no_difference("gap", n, " for those on defenders")
        if _may_be_nil("gap", n)
        else _gap("gap", n, "those on defenders", "")
    )
    return [
        n.say(
            f"Of the {_known(n, own)}, <{own}.supported>"
            f"{_share_and_interval(n, f'{own}.supported.share', 'responses.hrd.interval')} "
            f"<{own}.supported|agree:was:were> supported; of all <{every}.answered>, "
            f"<{every}.supported%{every}.supported.share>{_shares_compared(n)}.",
            is_key=True,
        ),
        ListSentences(f"{BESIDE}{beside}.") if beside else ListSentences(),
        n.say(
            f"Of <{many}|of:state> that received ten or more, <{many}.every|none> supported all of "
            f"them and <{many}.none|none> supported none; without the <{many}>, "
            f"<{own}.rest.supported%{own}.rest.supported.share> of "
            f"<{own}.rest.answered> <{own}.rest.supported|agree:was:were> supported."
        ),
        n.say(
            f"Of the <{implicit}.answered> that speak of civil society space, journalists or reprisals "
            f"without saying defenders, <{implicit}.supported%{implicit}.supported.share> "
            f"<{implicit}.supported|agree:was:were> supported."
        ),
    ]


def _known(n: NumbersOfList, stem: str) -> str:
    """Number of those on defenders; "with a known position" is added where some have none."""
    answered, asked = n.get(f"{stem}.answered"), n.get(f"{stem}.asked")
    is_whole = answered and asked and answered.value == asked.value
    return f"<{stem}.answered> {n.on_defenders}{'' if is_whole else ' with a known position'}"


def _share_and_interval(n: NumbersOfList, share: str, interval: str) -> str:
    """Template of a share in brackets with its interval: "(68 per cent; interval: 58 to 77 per cent)"."""
    style = "|digits" if is_printed(n.get(f"{interval}.low"), LEAST_ROUNDED) else ""
    both = f" (<{share}>; interval: <{interval}.low{style}> to <{interval}.high>)"
    return next((text for text in (both, f" (<{share}>)") if n.fill_in(text)), "")


def _shares_compared(n: NumbersOfList) -> str:
    """Sentence on whether the interval of the share on defenders holds the share of all; may be empty."""
    names = ("hrd.interval.low", "every.recommendations.supported.share", "hrd.interval.high")
    low, of_all, high = (n.get(f"responses.{name}") for name in names)
    if not (low and of_all and high and all(map(is_printed, (low, of_all, high)))):
        return ""
    holds = float(low.value or 0) <= float(of_all.value or 0) <= float(high.value or 0)
    return "; no difference from these is shown" if holds else ", which lies beyond the interval"


def _gap(stem: str, n: NumbersOfList, who: str, what: str) -> str:
    """Template of a difference in the share supported; none is claimed where its interval holds zero.

    who: those compared, as the subject. what: what they ask for, where no difference is shown.
    """
    if _may_be_nil(stem, n):
        return f"for {what} {_no_difference(stem, n)}"
    often = "less" if _points(stem, n) < 0 else "more"
    return f"{who} were supported {often} often, by {_size(stem, n)}"


def _points(stem: str, n: NumbersOfList, end: str = "points") -> float:
    claim = n.get(f"{stem}.{end}")
    return float((claim.value if claim else 0) or 0)


def _may_be_nil(stem: str, n: NumbersOfList) -> bool:
    """Whether the interval of a difference, before it is rounded, holds zero."""
    return _points(stem, n, "low") <= 0 <= _points(stem, n, "high")


def _size(stem: str, n: NumbersOfList) -> str:
    ends = ("high", "low") if _points(stem, n) < 0 else ("low", "high")
    return f"<{stem}.size> points (interval: <{stem}.{ends[0]}.size> to <{stem}.{ends[1]}.size>)"


def _no_difference(stem: str, n: NumbersOfList, whose: str = "") -> str:
    way = "lower" if _points(stem, n) < 0 else "higher"
    return (
        f"no difference is shown{whose} (<{stem}.size> points {way}; interval: <{stem}.low.size> lower to "
        f"<{stem}.high.size> higher)"
    )


def unspecific_sentences(n: NumbersOfList) -> list[ListSentences]:
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


def category_sentences(n: NumbersOfList) -> list[ListSentences]:
    """Specific and general action: the answers to each, compared with others of the same review."""
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
    gaps = {
        code: n.fill_in(
            _gap(f"gap.category_{code}", n, f"those on defenders for {kinds[code]}", kinds[code])
        )
        for code in ("4", "5")
    }
    beside = "; ".join(text for text in gaps.values() if text)
    return [
        n.say_listed(start, items),
        ListSentences(f"{BESIDE}{beside}." if beside else "", is_key=True),
    ]


def specificity_sentences(n: NumbersOfList) -> list[ListSentences]:
    """Sentence on the range of the share of category 5 over groups of sessions; by the source if it codes."""
    own = _range_of_groups(n, "hrd", f"Of those {n.on_defenders}, between ")
    for key, whose in (("", "its own coding"), ("rules", "the rules of this draft")):
        start = f"Of all in {n.p.name_in_prose}, by {whose}, between "
        every = _range_of_groups(n, key, start)
        if every.text:
            close = "Other States are reviewed in each, so that no group is set against another."
            return [own, replace(every, text=f"{every.text} {close}")]
    return []


def _range_of_groups(n: NumbersOfList, key: str, start: str) -> ListSentences:
    """The range with its counts; no group is named, because other States are reviewed in each."""
    front = f"{key}." if key else ""
    shares = [
        claim
        for first, after in pairwise(SESSIONS)
        if (claim := n.get(f"specificity.{first}_{after - 1}.{front}recommendations.share"))
        and is_printed(claim, 0)
    ]
    if len(shares) < FEWEST_GROUPS:
        return ListSentences()
    words = "groups of sessions with a share of specific action"
    name = f"specificity.{key}_groups" if key == "hrd" else "specificity.groups"
    groups = measured_claim(n.p, name, len(shares), "group", words, "computed")
    ends = []
    for claim in (end(shares, key=lambda c: float(c.value or 0)) for end in (min, max)):
        part, whole = claim.measure.split(":")[1:]
        ends.append(f"{claim_tag(part)}{claim_tag(claim, 'bracketed')} of {claim_tag(whole)}")
    return ListSentences(
        f"{start}{ends[0]} and {ends[1]} ask for specific action in each of {claim_tag(groups)} groups of "
        "sessions.",
        (groups,),
    )


def first_five_sentences(n: NumbersOfList) -> list[ListSentences]:
    """Acceptance by category, compared with the published shares."""
    items = [
        f"<first_five.{code}.accepted%first_five.{code}.share> of <first_five.{code}.pairs> pairs for "
        f"{kind}, where <published.mcmahon_{code}.share> were published"
        for code, kind in (("5", "specific action"), ("4", "general action"))
    ]
    return [n.say_listed("In the first five sessions States accepted ", items)]


def drafting_sentences(n: NumbersOfList) -> list[ListSentences]:
    """Specific and general requests with their difference, and how many ask for a visit."""
    kinds = {"5": f"specific requests {n.on_defenders}", "4": "general ones"}
    both = [
        f"<drafting.category_{code}.supported%drafting.category_{code}.share> of "
        f"<drafting.category_{code}.answered> {noun}"
        for code, noun in kinds.items()
    ]
    stem = "drafting.difference"
    gap = f"; {_no_difference(stem, n)}" if _may_be_nil(stem, n) else (
        f", a difference of {_size(stem, n)}"
    )  # fmt: skip
    told = n.fill_in(
        f"Recommending States may wish to note that {join_with_and(both)} were supported"
    )
    asked = [
        f"<drafting.ask_{code}.answered> asked for {words}, <drafting.ask_{code}.supported|none> of "
        "them supported"
        for code, words in SOUGHT.items()
        if code != "accountability"
    ]
    return (
        [ListSentences(f"{told}{n.fill_in(gap)}."), n.say_listed("Of these requests, ", asked)]
        if told
        else []
    )
