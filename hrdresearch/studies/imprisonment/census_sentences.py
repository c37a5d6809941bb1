"""Sentences on censuses: who is held on a day, under what sentence, and for how many censuses.

Each function takes the claims of a finding by the names of their drafts and gives its sentences,
templates with ``{{ claims }}``; what is withheld is not told.
"""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Claim
from hrdresearch.findings.sentences import (
    Said,
    Wording,
    agree,
    in_sentence,
    is_printed,
    listed,
    share_sentence,
    tag,
    with_share,
)
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence

STATES = "agree:State or territory:States or territories"
YEARS = "{{ params.long_term_years }}"
WITHOUT_A_CHARGE = ("no_charge", "not_disclosed")
NO_CHARGE = (*WITHOUT_A_CHARGE, "retaliation")  # the last is a class of a list
SENTENCES_IN_WORDS = {
    "term": "under a term of imprisonment",
    "life": "under a life sentence",
    "death": "under a sentence of death",
    "suspended": "under a suspended sentence",
    "indefinite": "under an indefinite sentence",
    "pending": "as not sentenced",
    "acquitted": "as acquitted, or with charges dropped",
}
CHARGES_IN_WORDS = {
    code: f"under “{in_sentence(label('pretext', code))}”" for code in codes("pretext")
}


def extent_said(p: Population, claims: Mapping[str, Claim], ends: tuple[Claim, Claim]) -> Said:
    """Prisoner-years, persons and States of a list, from its first to its last census.

    ends: claims of the years of both censuses.
    """
    rows, persons, states, censuses = (
        claims[f"extent.{key}"] for key in ("prisoner_years", "persons", "states", "censuses")
    )
    first, last = ends
    return Said(
        f"In {tag(censuses, 'of:census')} from {tag(first)} to {tag(last)}, {p.name_in_prose} "
        f"recorded {tag(rows, 'of:prisoner_year')}, one person counted once on each census, of "
        f"{tag(persons, 'of:person')}, told apart by State and by name, accents and case set "
        f"aside, in {tag(states)} {tag(states, STATES)}.",
        is_key=True,
    )


def last_census_said(
    p: Population, claims: Mapping[str, Claim], year: Claim, revised: Claim | None = None
) -> list[Said]:
    """Who is held on the last census day: sentences and their absence, long terms, women.

    revised: the total to which the publisher later revised this census, if it did.
    """
    own = {key.removeprefix("last_census."): claim for key, claim in claims.items()}
    held, states = own["persons"], own["states"]
    later = f"; the publisher later revised its total to {tag(revised)}" if revised else ""
    said = [
        Said(
            f"{p.subject} recorded {tag(held)} {agree(held, p.singular, p.plural)} on the census "
            f"day of {tag(year)}, in {tag(states)} {tag(states, STATES)}{later}.",
            (year, revised) if revised else (year,),
            is_key=True,
        )
    ]
    if is_printed(own["sentence_known"]):
        none, sentenced = own["not_sentenced"], own["sentenced"]
        also = (
            f", {tag(sentenced, 'none')} {agree(sentenced, 'was', 'were')} sentenced"
            if is_printed(sentenced, 0)
            else ""
        )
        said.append(
            Said(
                f"Of the {tag(held)} held on the census day of {tag(year)}, a sentence or its "
                f"absence is recorded on {p.list_in_prose} for {tag(own['sentence_known'])}: for "
                f"{_or_none(none, own.get('not_sentenced.share'))} none was passed{also}.",
                is_key=True,
            )
        )
    if is_printed(own["sentenced"]):
        long = own["long"]
        said.append(
            Said(
                f"Of the {tag(own['sentenced'])} under a recorded sentence on the census day of "
                f"{tag(year)}, {_or_none(long, own.get('long.share'))} "
                f"{agree(long, 'was', 'were')} under one of {YEARS} years or longer, life or death, "
                f"{tag(own['life'], 'none')} of them under a life sentence and "
                f"{tag(own['death'], 'none')} under a sentence of death.",
                is_key=True,
            )
        )
    if is_printed(own["sex_known"]):
        women = own["female"]
        said.append(
            Said(
                f"Of the {tag(own['sex_known'])} held on the census day of {tag(year)} whose sex "
                f"or gender is recorded, {_or_none(women, own.get('female.share'))} "
                f"{agree(women, 'is recorded as a woman', 'are recorded as women')}.",
                is_key=True,
            )
        )
    return said


def _or_none(count: Claim, share: Claim | None) -> str:
    """A count with its share in brackets; "none" for zero."""
    return with_share(count, share) if is_printed(count) else tag(count, "none")


def last_charges_said(p: Population, claims: Mapping[str, Claim], year: Claim) -> Said:
    """Charges as brought against those held on the last census day, and who is held on none."""
    own = {key.removeprefix("last_census."): claim for key, claim in claims.items()}
    known = own["charge_known"]
    counts = {c: own[f"charge.{c}"] for c in codes("pretext") if f"charge.{c}" in own}
    charges = {code: claim for code, claim in counts.items() if code not in NO_CHARGE}
    if not is_printed(known):
        return Said()
    whole = (
        f"Of the {tag(known)} held on the census day of {tag(year)} of whom {p.name_in_prose} "
        "records a charge, or that none was brought or disclosed"
    )
    text = share_sentence(
        whole,
        known,
        charges,
        {code: own[f"charge.{code}.share"] for code in charges},
        {code: label("pretext", code) for code in charges},
        Wording("", "charge", words=CHARGES_IN_WORDS),
    )
    if is_printed(own.get("no_charge")):
        none = with_share(own["no_charge"], own.get("no_charge.share"))
        text = f"{text} For {none} of them" if text else f"{whole}, for {none}"
        text += " no charge, or none that is disclosed, is recorded."
    if text and is_printed(counts.get("retaliation")):
        text += (
            f" {retaliation_said(p, counts['retaliation'], own.get('charge.retaliation.share'))}"
        )
    return Said(text, (year,) if text else (), is_key=bool(text))


def retaliation_said(p: Population, count: Claim, share: Claim | None) -> str:
    """Sentence on persons under the class retaliation, which says why and not on what charge."""
    return (
        f"{p.subject} puts {with_share(count, share)} under “retaliation”, a class of its own that "
        "is no charge."
    )


def tracked_said(p: Population, claims: Mapping[str, Claim]) -> list[Said]:
    """Names on at least five and ten censuses, and those of them without a long sentence."""
    five, ten, never = (claims[f"tracked.at_least_{key}"] for key in ("5", "10", "10.never_long"))
    if not is_printed(five, 0):
        return []
    text = (
        f"Told apart by State and by name, accents and case set aside, {tag(five, 'of:person')} "
        f"{agree(five, 'stands', 'stand')} on five or more censuses of {p.name_in_prose}, and "
        f"{tag(ten, 'none')} on ten or more."
    )
    if is_printed(never):
        text += (
            f" Of the {tag(ten)}, {tag(never)} {agree(never, 'stands', 'stand')} on no census under a "
            f"sentence of {YEARS} years or longer, life or death; no sentence recorded of them was left "
            "unread."
        )
    return [Said(text)]


def rearrests_said(p: Population, claims: Mapping[str, Claim]) -> list[Said]:
    """That a census records no re-arrest; who left the list and returned, and who on a new charge."""
    claim, alone = claims["rearrests.persons"], claims.get("rearrests.retaliation_only")
    first = (
        f"{p.subject} records on its census no arrest and no release, so re-arrest is not recorded."
    )
    left = "left the list for a census or more and returned"
    new = "on a charge that shares nothing with the earlier ones"
    if claim.status != "shown":
        return [Said(f"{first} How many {left} {new} is withheld.")]
    back = _absent_and_back(p)
    many = f"{first} At least {tag(back, 'of:name')} {left}"
    if claim.value == 0:
        return [
            Said(
                f"{many}; none of them {new}." if back.value else f"{first} No name {left}.",
                (back,),
            )
        ]
    told = f"{tag(claim)} of them {new}"
    made: tuple[Claim, ...] = (back,)
    if alone and is_printed(alone):
        rest = measured_claim(
            p,
            "rearrests.on_a_charge",
            int(float(claim.value or 0) - float(alone.value or 0)),
            "person",
            "persons of this pattern who returned on a charge",
            "difference",
        )
        made = (back, rest)
        told = (
            f"{tag(claim)} of them on a new charge or class: {tag(rest, 'none')} {new} and "
            f"{tag(alone)} under the class “retaliation” alone, which is no charge"
        )
    pattern = "A return on a new charge is a pattern of re-arrest and no proof of it."
    return [Said(f"{many}, {told}. {pattern}", made, is_key=True)]


def _absent_and_back(p: Population) -> Claim:
    """Names that left the list for a census or more and came back, on whatever charge."""
    held = p.frame.groupby("person_id")["census_year"].agg(["min", "max", "nunique"])
    has_gap = held["max"] - held["min"] + 1 > held["nunique"]
    back = {*held.index[has_gap], *p.frame.loc[p.frame["is_return"], "person_id"]}
    words = "persons missing from a census or more between two on which they stand"
    return measured_claim(p, "rearrests.absent", len(back), "person", words, "computed")


def release_said(p: Population, claims: Mapping[str, Claim], year: Claim) -> list[Said]:
    """By State, who was under a long sentence, or long without one, on the last census day."""
    told = []
    for words, key in (
        (f"under a sentence of {YEARS} years or longer, life or death", "persons"),
        (f"on {YEARS} censuses or more, on each as not sentenced", "unsentenced"),
    ):
        counts = {
            name.split(".")[1].upper(): claim
            for name, claim in claims.items()
            if name.endswith(f".{key}") and is_printed(claim)
        }
        named = [
            f"{tag(counts[iso3])} in {name_in_sentence(iso3)}"
            for iso3 in sorted(counts, key=alphabetical_key)
        ]
        if named:
            told.append(f"{words}: {listed(named)}")
    if not told:
        text = f"The last data of {p.list_in_prose} are of the census day of {tag(year)}."
        return [Said(text, (year,))]
    return [
        Said(
            f"On the census day of {tag(year)}, the last one that {p.list_in_prose} holds here, these "
            f"were held {'; and '.join(told)}.",
            (year,),
        )
    ]
