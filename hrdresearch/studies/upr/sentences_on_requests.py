"""UPR: sentences on what is asked, of which defenders, and what is asked again."""

from __future__ import annotations

import re
from dataclasses import replace

from hrdresearch.findings.sentences import TENTH, ListSentences, is_printed, label_in_sentence
from hrdresearch.studies.upr.sentences_by_list import NumbersOfList
from hrdresearch.vocab import codes, label

SOUGHT = {  # what is looked for in the texts, and how a sentence names it
    "accountability": "accountability or an end to impunity",
    "invitation": "an invitation or a visit",
    "release": "release, pardon or amnesty",
}
OVERLAP = "Kinds were identified by words, not verified, and may overlap."
ASKED_IN_WORDS = {
    "accountability": "accountability or an end to impunity",
    "end_harassment": "an end to harassment, attacks or criminalization",
    "legal_framework": "changes of law",
    "protection_mechanism": "a mechanism or programme of protection",
    "recognition": "public recognition and support of the work",
    "environment": "protection, safety or an enabling environment",
}
ARTICLE = re.compile(r"\b(?:a|an) ")
FEWEST_NAMED = 10
CHANGES = (
    ("noted", "supported"),
    ("noted", "noted"),
    ("supported", "supported"),
    ("supported", "noted"),
)


def request_sentences(n: NumbersOfList) -> list[ListSentences]:
    """What a tenth or more ask for by words of the vocabulary, and requests for visits and release."""
    texts = {c: n.get(f"asks.{c}.recommendations") for c in codes("upr_ask") if c != "other"}
    least = TENTH * float((claim.value if (claim := n.get("asks.of")) else 0) or 0)
    often = [c for c in texts if is_printed(texts[c], max(1, least))]
    words_of = {c: ASKED_IN_WORDS.get(c, label_in_sentence(label("upr_ask", c))) for c in often}
    items = [
        f"{words_of[c]}, <asks.{c}.recommendations%asks.{c}.share_of_all>"
        for c in sorted(often, key=lambda c: ARTICLE.sub("", words_of[c]).casefold())
    ]
    sought = [
        f"<asks.for_reading.{c}.asked> asked for {words}, {n.supported(f'asks.for_reading.{c}')}"
        for c, words in SOUGHT.items()
        if n.has(f"asks.for_reading.{c}.asked") and c not in often
    ]
    return [
        replace(
            n.say_listed(
                f"Of the <asks.of> {n.on_defenders}, a tenth or more asked, by their words, for: ",
                items,
            ),
            is_key=True,
        ),
        n.say_listed("Of them, ", sought),
        ListSentences(OVERLAP) if items or sought else ListSentences(),
    ]


def defender_sentences(n: NumbersOfList) -> list[ListSentences]:
    """Women defenders, journalists, and other identities and causes that are named often."""
    whole, women, journalists = "women.of", "women.or_their_rights", ""
    if n.is_tagged:
        whole, women = "tagged_names.of", "tagged_names.women"
        journalists = "tagged_names.journalists"
    kinds = []
    for axis in ("identity", "cause"):
        for code in codes(axis):
            stem = f"by_{axis}.{code}.recommendations"
            is_told = code in ("women", "womens_rights") or (journalists and code == "journalist")
            if not is_told and n.has(stem, FEWEST_NAMED):
                words = f"{label_in_sentence(label(axis, code))} <{stem}>, {n.supported(stem)}"
                kinds.append(words)
    said = [_women_sentences(n, whole, women)]
    if journalists:
        said.append(
            n.say(
                f"Journalists or media workers are named in <{journalists}.asked"
                f"%{journalists}.asked.share>, {n.supported(journalists)}."
            )
        )
    return [
        *said,
        n.say_listed(
            "Other identities and causes named in ten or more of them are: ",
            sorted(kinds),
        ),
    ]


def _women_sentences(n: NumbersOfList, whole: str, either: str) -> ListSentences:
    """Women defenders or women's rights: either of the two, each kind by itself in brackets.

    whole, either: names of the claims on all, and on those that name one or the other.
    """
    asked = n.get(f"{either}.asked")
    if asked is not None and asked.value == 0:
        if not n.has(whole):
            return ListSentences()
        return ListSentences(
            n.fill_in(
                f"None of the <{whole}> {n.on_defenders} names women defenders or women's rights as a "
                "cause by its words, which were not verified."
            ),
            is_key=True,
        )
    kinds = {
        "women.recommendations": "women defenders",
        "by_cause.womens_rights.recommendations": "women's rights as what defenders work for",
    }
    named = {words: f" (<{name}>)" for name, words in kinds.items() if n.has(name)}
    missing = [words for words in kinds.values() if named and words not in named]
    each = [words + named.get(words, "") * (len(named) > 1) for words in named or kinds.values()]
    none = f", and none names {' or '.join(missing)}" if missing else ""
    return n.say(
        f"Of the <{whole}> {n.on_defenders}, <{either}.asked> <{either}.asked|agree:names:name> "
        f"{' or '.join(each)}, {n.supported(either)}{none}; they were identified by words and not "
        "verified.",
        is_key=True,
    )


def repeat_sentences(n: NumbersOfList) -> list[ListSentences]:
    """The same States in two cycles, and requests recognized by likeness of their texts."""
    changes = [
        f"<repeats.{old}_{new}> <repeats.{old}_{new}|agree:was:were> "
        + (f"{old} both times" if old == new else f"{old} and then {new}")
        for old, new in CHANGES
        if n.has(f"repeats.{old}_{new}")
    ]
    states = n.say(
        f"Of <repeats.reviewed_twice|of:state> under review in two cycles{n.where}, "
        f"<repeats.reviewed_again|none> received one {n.on_defenders} in the first, and "
        "<repeats.received_again|none> of these received one again; <repeats.received_later|none> received "
        "one in the later cycle only.",
        is_key=True,
    )
    return [
        states
        if n.has("repeats.reviewed_twice", 2)
        else ListSentences(),  # of one, the next says it
        n.say_listed(
            f"By likeness of the texts, <repeats.recommendations>{n.where} "
            "<repeats.recommendations|agree:repeats:repeat> what the same State had been asked in an "
            "earlier cycle: ",
            changes,
        ),
    ]
