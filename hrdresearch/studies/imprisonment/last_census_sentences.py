"""Sentences on the last census day: who is held, under what sentence, on what charges."""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Claim
from hrdresearch.findings.sentences import (
    PARTS,
    TENTH,
    ListSentences,
    agreement_tag,
    claim_tag,
    count_with_share,
    is_printed,
    join_with_and,
)
from hrdresearch.studies.imprisonment.census_sentences import (
    CHARGE_KNOWN,
    CHARGES_IN_WORDS,
    STATES,
    WITHOUT_A_CHARGE,
    YEARS,
    census_in_words,
    charge_in_words,
    largest_first,
    span_in_words,
)
from hrdresearch.vocab import codes
from hrdresearch.vocab.states import name_in_sentence

MOST_IN_A_SENTENCE = 3  # charges; more are told in two sentences


def last_census_sentences(
    p: Population, claims: Mapping[str, Claim], year: Claim, revised: Claim | None = None
) -> list[ListSentences]:
    """Who is held on the last census day: sentences and their absence, long terms, women.

    revised: the total to which the publisher later revised this census, if it did.
    """
    own = {key.removeprefix("last_census."): claim for key, claim in claims.items()}
    held, states = own["persons"], own["states"]
    later = (
        f"; {p.name_in_prose} later revised the total to {claim_tag(revised)}" if revised else ""
    )
    census = census_in_words(p, year)
    is_one_state = isinstance(p.scope.get("state_iso3"), str)
    where = "" if is_one_state else f" in {claim_tag(states)} {claim_tag(states, STATES)}"
    said = [
        ListSentences(
            f"{census[:1].upper()}{census[1:]} lists {claim_tag(held)} "
            f"{agreement_tag(held, p.singular, p.plural)}{where}{later}.",
            (year, revised) if revised else (year,),
            is_key=True,
        )
    ]
    if is_printed(own["sentence_known"]):
        none, sentenced, long = own["not_sentenced"], own["sentenced"], own["long"]
        text = (
            f"Of the {claim_tag(own['sentence_known'])} on the census of {claim_tag(year)} for whom "
            "it is recorded "
            f"whether they were sentenced, {_or_none(none, own.get('not_sentenced.share'))} "
            f"{agreement_tag(none, 'is', 'are')} recorded as not sentenced"
        )
        if is_printed(sentenced):
            text += (
                f" and {claim_tag(sentenced)} as sentenced, of whom "
                f"{_or_none(long, own.get('long.share'))} to {YEARS} years or longer, life or death: "
                f"{claim_tag(own['life'], 'none')} to life and {claim_tag(own['death'], 'none')} to death"
            )
        said.append(ListSentences(f"{text}.", is_key=True))
        neither = own.get("uncharged_unsentenced")
        if neither and is_printed(neither):
            said.append(
                ListSentences(
                    f"Of the {claim_tag(none)} not sentenced, {claim_tag(neither)} "
                    f"{agreement_tag(neither, 'was', 'were')} "
                    "recorded with no charge, or with none that is disclosed."
                )
            )
    if is_printed(own["sex_known"]):
        women = own["female"]
        known = "" if own["sex_known"].value == held.value else " whose sex or gender is recorded"
        said.append(
            ListSentences(
                f"Of the {claim_tag(own['sex_known'])} on the census of {claim_tag(year)}{known}, "
                f"{_or_none(women, own.get('female.share'))} "
                f"{agreement_tag(women, 'was recorded as a woman', 'were recorded as women')}.",
                is_key=True,
            )
        )
    return said


def _or_none(count: Claim, share: Claim | None) -> str:
    """A count with its share in brackets; "none" for zero."""
    return count_with_share(count, share) if is_printed(count) else claim_tag(count, "none")


def last_charge_sentences(
    p: Population, claims: Mapping[str, Claim], year: Claim
) -> list[ListSentences]:
    """Charges as brought against those held on the last census day, and who is held on none.

    The first sentence, which may stand in the summary, names the charges of a fifth or more where there
    are many.
    """
    own = {key.removeprefix("last_census."): claim for key, claim in claims.items()}
    known = own["charge_known"]
    counts = {c: own[f"charge.{c}"] for c in codes("pretext") if f"charge.{c}" in own}
    if not is_printed(known):
        return []
    shares = {c: own.get(f"charge.{c}.share") for c in counts}
    brought = {c: n for c, n in counts.items() if c not in WITHOUT_A_CHARGE}
    large, small = _two_parts(brought, known)
    charges = charge_sentences(p, large, shares, known)
    none = [
        f"for {count_with_share(counts[code], share if is_printed(share) else None)} {words}"
        for code, words in (
            ("not_disclosed", "no charge is disclosed"),
            ("no_charge", "none was brought" if charges else "no charge was brought"),
        )
        if is_printed(counts.get(code))
        for share in (shares[code],)
    ]
    told = [*([charges] if charges else []), *([join_with_and(none)] if none else [])]
    if not told:
        return []
    of = "" if known.value == own["persons"].value else f" {CHARGE_KNOWN}"
    several = " A person may be held on several." if charges else ""
    first = ListSentences(
        f"Of the {claim_tag(known)} on the census of {claim_tag(year)}{of}, {'; '.join(told)}.{several}",
        (year,),
        is_key=True,
    )
    if not small:
        return [first]
    rest = charge_sentences(p, small, shares, known)
    return [first, ListSentences(f"Of the {claim_tag(known)}, {rest}.")]


def _two_parts(
    counts: Mapping[str, Claim], known: Claim
) -> tuple[dict[str, Claim], dict[str, Claim]]:
    """Charges of a fifth or more of those known, and the other ones of a tenth or more.

    The second part is empty where no more than three are of a tenth, or fewer than two of a fifth.
    """
    whole = float(known.value or 0)
    named = largest_first(counts, TENTH * whole)
    large = largest_first(counts, PARTS["fifth"] * whole)
    if len(named) <= MOST_IN_A_SENTENCE or len(large) < 2:
        return dict(counts), {}
    return {c: counts[c] for c in large}, {c: counts[c] for c in named if c not in large}


def charge_sentences(
    p: Population,
    counts: Mapping[str, Claim],
    shares: Mapping[str, Claim | None],
    known: Claim,
) -> str:
    """The charges of a tenth or more of those known, the largest first, with their shares."""
    chosen = largest_first(counts, TENTH * float(known.value or 0)) or largest_first(counts)
    are = f"{agreement_tag(counts[chosen[0]], 'is', 'are')} recorded as held " if chosen else ""
    return join_with_and(
        [
            f"{count_with_share(counts[code], shares.get(code), known)} {'' if i else are}"
            f"{charge_in_words(p, code)}"
            for i, code in enumerate(chosen)
        ]
    )


def last_census_in_sum(p: Population, claims: Mapping[str, Claim]) -> str:
    """One or two sentences on the last census: not sentenced, main charge, and who is listed longest."""
    own = {name.removeprefix(p.claim_name("")): claim for name, claim in claims.items()}
    of = {key.removeprefix("last_census."): claim for key, claim in own.items()}
    security = of.get("charge.national_security")
    parts = [
        f"{claim_tag(n)} of the {claim_tag(of[whole])} {words}{claim_tag(share, 'bracketed')} {verb}"
        for n, whole, words, share, verb in (
            (
                of["not_sentenced"],
                "sentence_known",
                "for whom it is recorded",
                of.get("not_sentenced.share"),
                "had not been sentenced",
            ),
            (
                security,
                "charge_known",
                "held"
                if of["charge_known"].value == of["persons"].value
                else "whose charge, or the lack of one, is recorded",
                of.get("charge.national_security.share"),
                f"were held {CHARGES_IN_WORDS['national_security']}",
            ),
        )
        if n and is_printed(n) and share and share.status == "shown"
    ]
    text = f"On the last census, {join_with_and(parts)}." if parts else ""
    for name, most in own.items():
        if name.startswith("longest.") and name.endswith(".most"):
            iso3 = name.split(".")[1]
            last, fewest, charged = (
                own[f"longest.{iso3}.{key}"] for key in ("last", "fewest", "charged")
            )
            charge = "a sentence or a disclosed charge" if charged.value == 0 else "a sentence"
            text += (
                f" In {name_in_sentence(iso3.upper())}, {claim_tag(last, 'of:person')} had by then "
                "been listed "
                f"on {span_in_words(fewest, most)} censuses, on none with {charge}."
            )
    return text.strip()
