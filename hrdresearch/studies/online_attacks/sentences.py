"""Sentences of the findings on online attacks: estimates with their interval, and counts.

An estimate is called one and stands with its interval in the same sentence. A sentence is left out
where its numbers are withheld or not computable; what is not given is named in a sentence too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hrdresearch.findings.model import Claim
from hrdresearch.findings.sentences import (
    agreement_tag,
    claim_tag,
    count_with_share,
    is_printed,
    join_with_and,
)

Claims = Mapping[str, Claim]
MESSAGES_THAT = {"attack": "are attacks", "threat": "hold a threat"}


def by_name(claims: Iterable[Claim]) -> dict[str, Claim]:
    """Claims by their names."""
    return {claim.name: claim for claim in claims}


def interval_in_words(low: Claim, high: Claim) -> str:
    """The interval of an estimate: "between 5 and 41", "between 8 per cent and 29 per cent"."""
    ends = (claim_tag(c, "digits" if isinstance(c.value, int) else "") for c in (low, high))
    return f"between {' and '.join(ends)}"


def estimated_messages(claims: Claims, name: str) -> str:
    """ "an estimated 750 (23 per cent; between 720 and 800)": messages of one kind.

    name: of the share; its ``.total`` and the ends of its interval are claims too.
    """
    total, share = claims[f"{name}.total"], claims[name]
    ends = interval_in_words(claims[f"{name}.total_low"], claims[f"{name}.total_high"])
    return f"an estimated {count_with_share(total, share)}, {ends},"


def estimated_share(claims: Claims, name: str) -> str:
    """ "an estimated 84 per cent (between 71 per cent and 92 per cent)"."""
    ends = interval_in_words(claims[f"{name}.low"], claims[f"{name}.high"])
    return f"an estimated {claim_tag(claims[f'{name}.share'])} ({ends})"


def sentence_on_kind(claims: Claims, key: str, holds: str) -> str:
    """Sentence on the estimated messages of one kind, or on why there is no estimate.

    holds: verb and object, such as "hold a threat". Claims ``extent.messages`` and
    ``extent.labelled`` are the whole and the labels that the estimate rests on.
    """
    return sentence_on_several_kinds(claims, {key: holds})


def sentence_on_several_kinds(claims: Claims, kinds: Mapping[str, str]) -> str:
    """Sentence on the estimated messages of several kinds, with the labels that it rests on.

    kinds: by key of the kind its verb and object, such as "hold a threat".
    """
    whole = f"Of {claim_tag(claims['extent.messages'], 'of:message')} of the archive, "
    given = [
        f"{estimated_messages(claims, f'prevalence.{key}')} {holds}"
        for key, holds in kinds.items()
        if claims[f"prevalence.{key}"].status == "shown"
    ]
    labels = f"(estimated from {claim_tag(claims['extent.labelled'])} labelled messages)"
    sentences = [f"{whole}{join_with_and(given)} {labels}."] if given else []
    for key, holds in kinds.items():
        share = claims[f"prevalence.{key}"]
        if share.status != "shown":
            why = (
                "it rests on messages by or to too few persons"
                if share.status == "suppressed"
                else "its interval is wider than fifty points"
            )
            sentences.append(f"{whole}no share is given of those that {holds}: {why}.")
    return " ".join(sentences)


def sentence_on_kinds(claims: Claims, kinds: Mapping[str, str]) -> str:
    """Sentence that gives the estimate of each kind, in alphabetical order of their words."""
    printed = sorted(
        (words, key) for key, words in kinds.items() if is_printed(claims[f"prevalence.{key}"], 0.1)
    )
    if not printed:
        return ""
    items = [
        f"{words}, {estimated_messages(claims, f'prevalence.{key}').rstrip(',')}"
        for words, key in printed
    ]
    return (
        f"Of {claim_tag(claims['extent.messages'], 'of:message')} of the archive, by the other kinds in "
        f"alphabetical order, and a message may be of several: {join_with_and(items)} (estimated from "
        f"{claim_tag(claims['extent.labelled'])} labelled messages)."
    )


def sentence_on_kinds_not_given(claims: Claims, kinds: Mapping[str, str]) -> str:
    """Sentence on kinds without a labelled message, and on those that are withheld."""
    shares = {words: claims[f"prevalence.{key}"] for key, words in kinds.items()}
    none = sorted(words for words, c in shares.items() if c.status == "shown" and not c.value)
    hidden = sorted(words for words, c in shares.items() if c.status == "suppressed")
    parts = []
    if none:
        highs = [claims[f"{shares[words].name}.total_high"] for words in none]
        items = [
            f"{words} ({claim_tag(c, 'of:message')})" for words, c in zip(none, highs, strict=True)
        ]
        parts.append(
            f"No labelled message is of these kinds, and the estimated number may be as high as "
            f"stands in brackets: {join_with_and(items)}."
        )
    if hidden:
        parts.append(
            f"Of these kinds nothing is given, since the labelled messages come from, or are "
            f"addressed to, too few persons: {join_with_and(hidden)}."
        )
    return " ".join(parts)


def sentence_on_assisted(claims: Claims, groups: Iterable[str]) -> str:
    """Sentence on the shares that what the coder found helps to estimate."""
    items = _shares(claims, "assisted", groups)
    if not items:
        return ""
    return (
        "With the help of what the coder found in each of "
        f"{claim_tag(claims['extent.messages'], 'of:message')} "
        f"of the archive, {join_with_and(items)}."
    )


def sentence_on_language(claims: Claims, code: str, language: str, groups: Iterable[str]) -> str:
    """Sentence on the estimated shares of attacks and of threats in one language."""
    name = f"attacks_by_language.{code}"
    items = _shares(claims, name, groups)
    if not items:
        return ""
    return (
        f"Of {claim_tag(claims[f'by_language.{code}'], 'of:message')} in {language}, {join_with_and(items)} "
        f"(estimated from {claim_tag(claims[f'{name}.labelled'])} labelled messages)."
    )


def _shares(claims: Claims, name: str, groups: Iterable[str]) -> list[str]:
    """Phrases with the shares of attacks and of threats that are shown."""
    return [
        f"{estimated_share(claims, f'{name}.{key}')} {MESSAGES_THAT[key]}"
        for key in groups
        if claims[f"{name}.{key}.share"].status == "shown"
    ]


def sentence_on_queue(claims: Claims, percents: Iterable[int]) -> str:
    """Sentence on the threats that a reviewer meets in the first parts of the queue.

    percents: the parts, of 5, 10 and 20 per cent.
    """
    parts = {5: "twentieth", 10: "tenth", 20: "fifth"}
    items = [
        f"{estimated_share(claims, f'queue.first_{percent}')} stand in the first {parts[percent]} "
        "of the queue"
        for percent in percents
        if claims[f"queue.first_{percent}.share"].status == "shown"
    ]
    return (
        f"Of all threats of the archive, {join_with_and(items)} {_by_threats(claims)}."
        if items
        else ""
    )


def sentence_on_missed(claims: Claims) -> str:
    """Sentence on the threats that the coder did not mark as threats."""
    if claims["queue.not_marked.share"].status != "shown":
        return ""
    return (
        f"Of all threats of the archive, {estimated_share(claims, 'queue.not_marked')} were not "
        "marked as threats by the coder, and whoever reads no more than what is marked misses them "
        f"{_by_threats(claims)}."
    )


def _by_threats(claims: Claims) -> str:
    return f"(estimated from {claim_tag(claims['queue.labelled'])} messages labelled as threats)"


def sentence_on_agreement(claims: Claims, name: str, words: str) -> str:
    """Sentence on the precision and recall of the coder for one kind; empty without either."""
    items = [
        f"{text} {estimated_share(claims, f'{name}.{key}')}"
        for key, text in (
            ("precision", f"of what the coder marked as {words}, people marked"),
            ("recall", f"of what people marked as {words}, the coder marked"),
        )
        if claims[f"{name}.{key}.share"].status == "shown"
    ]
    text = "; ".join(items)
    return f"{text[:1].upper()}{text[1:]}." if items else ""


def sentence_on_recall_by_language(
    claims: Claims, key: str, words: str, languages: Mapping[str, str]
) -> str:
    """Sentence on the share of the attacks or threats in each language that the coder marked.

    key: ``attack`` or ``threat``. languages: names by code; one without enough labels is left out.
    """
    printed = [
        (language, name)
        for code, language in languages.items()
        if (name := f"machine.{code}.{key}.recall")
        and f"{name}.share" in claims
        and claims[f"{name}.share"].status == "shown"
    ]
    items = [f"{estimated_share(claims, name)} in {lang}" for lang, name in sorted(printed)]
    return (
        f"Of what people marked as {words}, the coder marked {join_with_and(items)}."
        if items
        else ""
    )


def sentence_on_coders(claims: Claims, groups: Sequence[tuple[str, str]]) -> str:
    """Sentence on the agreement of two people; empty where no coefficient is computable."""
    items = [
        f"{claim_tag(claims[f'coders.{key}'])} for {words} "
        f"({interval_in_words(claims[f'coders.{key}.low'], claims[f'coders.{key}.high'])})"
        for key, words in groups
        if claims[f"coders.{key}"].status == "shown"
        and claims[f"coders.{key}.low"].status == "shown"
    ]
    if not items:
        return ""
    messages = claims[f"coders.{groups[0][0]}.messages"]
    return (
        f"Two people labelled {claim_tag(messages, 'of:message')}, each alone; their agreement, as "
        f"Krippendorff's alpha, is estimated at {join_with_and(items)}, where one is full agreement."
    )


def sentence_on_bursts(claims: Claims) -> str:
    """Sentence on bursts and the number by chance; empty where they are not computable."""
    bursts, chance = claims["patterns.bursts"], claims["patterns.bursts_by_chance"]
    if not is_printed(bursts, 0) or not is_printed(chance, 0):
        return ""
    found = f"{claim_tag(bursts, 'of:burst')} of marked messages {agreement_tag(bursts, 'was', 'were')} found"
    if is_printed(bursts):
        found += (
            f", against {claim_tag(claims['patterns.burst_targets'], 'of:account')}, with "
            f"{claim_tag(claims['patterns.burst_messages'], 'of:message')}"
        )
    by_chance = " Chance alone would give fewer than one." if float(chance.value or 0) < 1 else ""
    return f"In the archive, {found}.{by_chance}"


def sentence_on_groups(claims: Claims, key: str, words: str) -> str:
    """Sentence on groups of messages with the same text or link; empty where not computable."""
    groups, marked = claims[f"coordination.{key}"], claims[f"coordination.marked_{key}"]
    if not is_printed(groups, 0):
        return ""
    if not is_printed(groups):
        return f"{words}: {claim_tag(groups, 'none')}."
    text = (
        f"{words}: {claim_tag(groups)}, with "
        f"{claim_tag(claims[f'coordination.{key}.messages'], 'of:message')} "
        f"in their fullest windows; the largest is of "
        f"{claim_tag(claims[f'coordination.{key}.largest'], 'of:account')}"
    )
    if is_printed(marked, 0):
        text += (
            f", and {claim_tag(marked, 'none')} of them {agreement_tag(marked, 'holds', 'hold')} "
            "a message "
        )
        text += "that the coder marked"
    return f"{text}."


def sentence_on_pairs(claims: Claims) -> str:
    """Sentence on accounts that post in step; empty where it is not computable."""
    pairs = claims["synchrony.pairs"]
    if not is_printed(pairs, 0):
        return ""
    high = claims["synchrony.high"]
    by_chance = "at most " if is_printed(high) else ""
    accounts = f": {claim_tag(claims['synchrony.accounts'], 'of:account')} in all"
    return (
        f"Of the accounts with marked messages, {claim_tag(pairs, 'of:pair')} "
        f"{agreement_tag(pairs, 'is', 'are')} "
        f"in step in {claim_tag(claims['synchrony.hours'], 'of:hour')} or more"
        f"{accounts if is_printed(pairs) else ''}. Chance alone would give {by_chance}"
        f"{claim_tag(high, 'none')}."
    )


def sentence_near_events(claims: Claims, key: str, span: str) -> str:
    """Sentence on marked messages near events, and on their number by chance.

    key: ``before`` or ``after``. span: which days, such as "before an event and on its day".
    """
    name = f"offline.{key}"
    if not is_printed(claims[name], 0) or not is_printed(claims[f"{name}.expected"], 0):
        return ""
    ends = interval_in_words(claims[f"{name}.low"], claims[f"{name}.high"])
    return (
        f"In the {claim_tag(claims[f'{name}.days'], 'of:day')} {span}, "
        f"{claim_tag(claims[name], 'of:message')} that the coder marked "
        f"{agreement_tag(claims[name], 'was', 'were')} counted; chance alone would give "
        f"{claim_tag(claims[f'{name}.expected'])} on average ({ends})."
    )


def sentence_on_surveillance(claims: Claims) -> str:
    """Sentence on persons with surveillance recorded, and on detention after it."""
    watched, detained = claims["offline.watched"], claims["offline.detained_after"]
    if not is_printed(watched) or not is_printed(detained, 0):
        return ""
    return (
        f"Of {claim_tag(watched, 'of:person')} with surveillance recorded, "
        f"{claim_tag(detained, 'none')} {agreement_tag(detained, 'is', 'are')} recorded as detained "
        "within ninety "
        "days after it."
    )
