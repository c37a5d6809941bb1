"""UPR: sentences on what is asked, of which defenders, and what is asked again."""

from __future__ import annotations

from dataclasses import replace

from hrdresearch.findings.sentences import TENTH, Said, in_sentence
from hrdresearch.studies.upr.sentences_by_list import NumbersOfList
from hrdresearch.vocab import codes, label

SOUGHT = {  # what is looked for in the texts, and how a sentence names its words
    "accountability": "investigation, prosecution or an end to impunity",
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


def requests_said(n: NumbersOfList) -> list[Said]:
    """What a person has to read first, then what is asked most often by the rules of this draft."""
    texts = {c: n.get(f"asks.{c}.recommendations") for c in codes("upr_ask") if c != "other"}
    least = TENTH * float((claim.value if (claim := n.get("asks.of")) else 0) or 0)
    often = [
        c for c in texts if (k := texts[c]) is not None and float(k.value or 0) >= max(1, least)
    ]
    words_of = {c: ASKED_IN_WORDS.get(c, in_sentence(label("upr_ask", c))) for c in often}
    items = [
        f"<asks.{c}.recommendations> <asks.{c}.recommendations|agree:asks:ask> for {words_of[c]}, "
        f"{n.supported(f'asks.{c}.recommendations')}"
        for c in sorted(often, key=lambda c: words_of[c].casefold())
        if not (n.is_tagged and c in SOUGHT)  # told in the first sentence already
    ]
    # By the rules alone, the second sentence counts the same words again.
    stems = {c: f"asks.for_reading.{c}" for c in SOUGHT if n.is_tagged or c not in often}
    read = [
        f"<{stem}.asked%{stem}.asked.share> <{stem}.asked|agree:has:have> words of "
        f"{SOUGHT[code]}, {n.supported(stem)}"
        for code, stem in stems.items()
        if n.has(f"{stem}.asked")
    ]
    first = n.say_listed(
        f"Of the <asks.read_for> {n.on_defenders}, ",
        read,
        "; this is counted by words, and a person has to read the texts.",
    )
    whole = f"<asks.of> {n.on_defenders}"
    second = n.say_listed(
        f"By words of the vocabulary, of the {'same <asks.of>' if first.text else whole}, ",
        items,
        "; kinds with a tenth or more are named, and one may ask for several.",
    )
    return [replace(first, is_key=True), replace(second, is_key=not first.text)]


def defenders_said(n: NumbersOfList) -> list[Said]:
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
                words = f"{in_sentence(label(axis, code))} <{stem}>, {n.supported(stem)}"
                kinds.append(words)
    said = [_women_said(n, whole, women)]
    if journalists:
        said.append(
            n.say(
                f"Journalists or media workers are named in <{journalists}.asked"
                f"%{journalists}.asked.share> of the <{whole}>, {n.supported(journalists)}."
            )
        )
    return [
        *said,
        n.say_listed(
            "Other identities and causes named in ten or more of them are: ",
            sorted(kinds),
        ),
    ]


def _women_said(n: NumbersOfList, whole: str, either: str) -> Said:
    """Women defenders and defenders of women's rights: each kind by itself, then either of the two.

    whole, either: names of the claims on all, and on those that name one or the other.
    """
    asked = n.get(f"{either}.asked")
    if asked is not None and asked.value == 0:
        return Said(
            n.fill_in(
                f"None of the <{whole}> {n.on_defenders} names women defenders or defenders of "
                "women's rights by its words; a person has to read them."
            ),
            is_key=True,
        )
    kinds = {
        "women.recommendations": "defenders who are women",
        "by_cause.womens_rights.recommendations": "women's rights as what defenders work for",
    }
    each = [
        f"<{name}> <{name}|agree:names:name> {words}"
        for name, words in kinds.items()
        if n.has(name)
    ]
    told = n.say_listed(f"Of the <{whole}> {n.on_defenders}, ", each)
    both = n.fill_in(
        f"<{either}.asked> <{either}.asked|agree:names:name> at least one of the two, "
        f"{n.supported(either)}; this is counted by words, and a person has to read the texts."
    )
    if len(each) == 1:  # then it is the same number
        each_said = told.text.removesuffix(".")
        return Said(f"{each_said}, {n.supported(either)}; this is counted by words, and a person has "
                    "to read the texts.", is_key=True)  # fmt: skip
    return Said(f"{told.text} In all, {both}", is_key=True)


def repeats_said(n: NumbersOfList) -> list[Said]:
    """States asked again, and requests recognized by likeness of their texts."""
    name = n.p.name_in_prose
    changes = [
        f"<repeats.{old}_{new}> {old} before and {old} again"
        if old == new
        else f"<repeats.{old}_{new}> {old} before and then {new}"
        for old, new in CHANGES
        if n.has(f"repeats.{old}_{new}")
    ]
    sizes = n.say(
        "The two kinds of States are unlike: whatever the subject, the first received "
        "<repeats.any.first|of:recommendation> there later, on average, and the others "
        "<repeats.any.others>; <repeats.sessions.held> of <repeats.sessions.of|of:session> of the last cycle "
        "<repeats.sessions.held|agree:is:are> held."
    )
    beside = n.say(
        "Of <repeats.reviewed_without|of:state> that had received none in their first cycle there, "
        "<repeats.received_later> received one later."
    )
    again = n.say(
        f"Of <repeats.reviewed_again|of:state> that received a recommendation {n.on_defenders} and "
        "<repeats.reviewed_again|agree:was:were> under review there in a later cycle, "
        "<repeats.received_again> received one again"
        "; whether the earlier one was carried out is not recorded.",
        is_key=True,
    )
    if n.has("repeats.reviewed_again") and not n.has("repeats.reviewed_again", 2):
        again, beside, sizes = Said(), Said(), Said()  # of one State, the next sentence says it
    if not n.has("repeats.recommendations"):
        return [again, beside, sizes if beside.text else Said()]
    return [
        again,
        beside,
        sizes if beside.text else Said(),
        n.say_listed(
            f"By likeness of the texts, at least <repeats.recommendations> in {name} had been made to "
            "the same State in an earlier cycle: ",
            changes,
        ),
    ]
