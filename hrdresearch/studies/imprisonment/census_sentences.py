"""Sentences on censuses: who is held on a day, under what sentence, and for how many censuses.

Each function takes the claims of a finding by the names of their drafts and gives its sentences,
templates with ``{{ claims }}``; what is withheld is not told.
"""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Claim
from hrdresearch.findings.sentences import (
    ListSentences,
    agreement_tag,
    claim_tag,
    is_printed,
    join_with_and,
    label_in_sentence,
    why_not_printed,
)
from hrdresearch.vocab import codes, label

CHARGE_KNOWN = "with an entry on charges"  # a charge, or that none was brought or disclosed
STATES = "agree:State or territory:States or territories"
YEARS = "{{ params.long_term_years }}"
WITHOUT_A_CHARGE = ("no_charge", "not_disclosed")
CENSUS_DAY = "1 December"  # of every census that the project reads (sources/cpj_census)
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
    **{
        code: f"on charges of {label_in_sentence(label('pretext', code))}"
        for code in codes("pretext")
    },
    "national_security": "on national security or anti-State charges",
    "insult_defamation": "on charges of insult or defamation",
    "blasphemy_morality": "on charges of blasphemy or insult of a religion or ethnic group or on morality",
    "treason_espionage": "on charges of treason, espionage or contact with foreign States",
    "terrorism": "on charges of terrorism or extremism",
    "assembly": "on charges of unlawful assembly or breach of public order",
    "association_funding": "on charges of unlawful association or foreign funding",
    "tax_fraud": "on charges of tax offences, fraud or other financial offences",
    "weapons_explosives": "on charges of having weapons or explosives",
    "drugs_ordinary": "on charges of drug offences or other ordinary crime",
    "drugs": "on charges of drug offences",
    "censorship": "on charges of breach of censorship or media law",
    "retaliation": "on charges that the list classes as retaliatory",
}
RETALIATORY = (
    "“Retaliatory” is a class of CPJ's: charges unrelated to journalism, such as hooliganism or possession "
    "of drugs, used to jail critical journalists (CPJ, report on the prison census of 2012)."
)


def census_in_words(p: Population, year: Claim) -> str:
    """The census of a year within a sentence: "the CPJ census of 1 December 2019"."""
    return f"the {p.title} census of {CENSUS_DAY} {claim_tag(year)}"


def charge_in_words(p: Population, code: str) -> str:
    """A charge within a sentence on a list: "on charges that CPJ classes as retaliatory"."""
    return CHARGES_IN_WORDS[code].replace("the list classes", f"{p.name_in_prose} classes")


def span_in_words(fewest: Claim, most: Claim) -> str:
    """Two numbers as a span: "between 15 and 20"; the one number where both are equal."""
    is_one = fewest.value == most.value
    return claim_tag(fewest) if is_one else f"between {claim_tag(fewest)} and {claim_tag(most)}"


def largest_first(counts: Mapping[str, Claim], least: float = 1) -> list[str]:
    """Codes whose printed count is ``least`` or more, the largest count first."""
    held = [code for code, claim in counts.items() if is_printed(claim, least)]
    return sorted(held, key=lambda code: -float(counts[code].value or 0))


def extent_sentences(
    p: Population, claims: Mapping[str, Claim], ends: tuple[Claim, Claim]
) -> ListSentences:
    """Prisoner-years, persons and States of a list, from its first to its last census.

    ends: claims of the years of both censuses.
    """
    rows, persons, states, censuses = (
        claims[f"extent.{key}"] for key in ("prisoner_years", "persons", "states", "censuses")
    )
    first, last = ends
    return ListSentences(
        f"In {claim_tag(censuses, 'of:census')} from {claim_tag(first)} to {claim_tag(last)}, "
        f"{p.name_in_prose} made "
        f"{claim_tag(rows, 'of:entry')}, one for each person on each census, on "
        f"{claim_tag(persons, 'of:person')} in {claim_tag(states)} {claim_tag(states, STATES)}. "
        "Persons are distinguished "
        "by State and name.",
        is_key=True,
    )


def tracked_sentences(
    p: Population, claims: Mapping[str, Claim], year: Claim
) -> list[ListSentences]:
    """Names on at least five and ten censuses, and those of them without a long sentence."""
    five, ten, never = (claims[f"tracked.at_least_{key}"] for key in ("5", "10", "10.never_long"))
    if not is_printed(five, 0):
        return []
    text = (
        f"Distinguished by State and name, {claim_tag(five, 'of:person')} "
        f"{agreement_tag(five, 'stands', 'stand')} on "
        f"five or more {p.title} censuses and {claim_tag(ten, 'none')} on ten or more."
    )
    if is_printed(never):
        text += (
            f" Of the {claim_tag(ten)}, {claim_tag(never)} "
            f"{agreement_tag(never, 'stands', 'stand')} on no census under a "
            f"sentence of {YEARS} years or longer, life or death."
        )
    new = claims["last_census.first"]
    if is_printed(new):
        text += (
            f" Of the {claim_tag(claims['last_census.persons'])} on the census of "
            f"{claim_tag(year)}, {claim_tag(new)} "
            f"{agreement_tag(new, 'was', 'were')} on one for the first time."
        )
    return [ListSentences(text, (year,))]


def rearrest_sentences(p: Population, claims: Mapping[str, Claim]) -> list[ListSentences]:
    """That a census records no re-arrest; who left the list and returned, and who on a new charge."""
    claim = claims["rearrests.persons"]
    first = f"The {p.title} census records no arrest and no release, so re-arrest is not recorded."
    left = "left the census for a year or more and returned"
    new = "on a charge that shares nothing with the earlier ones"
    if claim.status != "shown":
        return [
            ListSentences(
                f"{first} The number of those who {left} {new} is {why_not_printed(claim)}."
            )
        ]
    back = _absent_and_back(p)
    if not back.value:
        return [ListSentences(f"{first} Nobody {left}.", (back,))]
    pattern = " Such a return is a pattern of re-arrest and no proof of it." if claim.value else ""
    return [
        ListSentences(
            f"{first} At least {claim_tag(back, 'of:person')} {left}, {claim_tag(claim, 'none')} of "
            f"them {new}."
            f"{pattern}",
            (back,),
            is_key=True,
        )
    ]


def _absent_and_back(p: Population) -> Claim:
    """Names that left the list for a census or more and came back, on whatever charge."""
    held = p.frame.groupby("person_id")["census_year"].agg(["min", "max", "nunique"])
    has_gap = held["max"] - held["min"] + 1 > held["nunique"]
    back = {*held.index[has_gap], *p.frame.loc[p.frame["is_return"], "person_id"]}
    words = "persons missing from a census or more between two on which they stand"
    return measured_claim(p, "rearrests.absent", len(back), "person", words, "computed")


def release_sentences(
    p: Population, claims: Mapping[str, Claim], year: Claim
) -> list[ListSentences]:
    """How many were under a long sentence, or long without one, on the last census day, with its date."""
    day = f"On {CENSUS_DAY} {claim_tag(year)}, the day of the last census of {p.name_in_prose} read here"
    told = []
    for key, verb, words in (
        (
            "persons",
            "was:were",
            f" held under a sentence of {YEARS} years or longer, life or death",
        ),
        ("unsentenced", "had:had", f" stood on {YEARS} censuses or more, on each as not sentenced"),
    ):
        count, states = (claims.get(f"release.{key}{end}") for end in ("", ".states"))
        if count and states and is_printed(count):
            told.append(
                f"{claim_tag(count, 'of:person')} in {claim_tag(states)} {claim_tag(states, STATES)} "
                f"{claim_tag(count, f'agree:{verb}')}{words}"
            )
    if not told:
        return [
            ListSentences(
                f"The last data of {p.name_in_prose} are of {CENSUS_DAY} {claim_tag(year)}.",
                (year,),
            )
        ]
    return [
        ListSentences(
            f"{day}, {join_with_and(told)}. Which of them are held today is not known from it.",
            (year,),
        )
    ]
