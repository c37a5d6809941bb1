"""Sentences on the replies that are owed: how many, since when, by which States, and for whom.

A State is named as the addressee of public letters, in alphabetical order above a stated number,
and the letters that it did reply to stand beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hrdresearch.findings.make_claims import add_claims, share_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import agreement_tag, claim_tag, count_with_share
from hrdresearch.studies.communications.letters import Letters
from hrdresearch.studies.communications.persons import women_in_words
from hrdresearch.studies.ground.ledger import day_in_words
from hrdresearch.studies.shapes.year_and_state_sentences import states_above

MONTHS = range(3600, 29, -30)  # days
NOT_KNOWN = (
    "The list does not record which letters are public, so it cannot be said here which States owe "
    "a reply."
)


def add_owing_sentences(
    study: Letters, finding: Finding, due: int, states: Sequence[str]
) -> Finding:
    """The schedule of replies that are owed, with its sentences.

    due: public letters whose deadline has passed. states: ISO3 codes of the States that owe one.
    Claims beside those of the table: ``owing.due``, ``owing.share``, and the numbers from which a
    State is named.
    """
    claims = {claim.name: claim for claim in finding.claims}
    if claims["owing.states"].value is None:
        return replace(finding, statements=(NOT_KNOWN,))
    by = day_in_words(study.cut_off)
    of = study.number("owing.due", due, "letter", "Public letters whose deadline has passed")
    if not states:
        text = (
            f"Of {claim_tag(of, 'of:letter')} to States that {agreement_tag(of, 'is', 'are')} "
            "public and whose "
            f"deadline had passed by {by}, none was without a reply."
            if due
            else f"By {by}, {claim_tag(of, 'of:letter')} to States had become public and passed "
            "the deadline, so no State owes a reply."
        )
        return replace(add_claims(finding, of), statements=(text,), key_sentences=(text,))
    owed, undated = claims["owing.letters"], claims["owing.undated"]
    words = "Public letters without a reply, in per cent of those whose deadline has passed"
    share = share_claim(study.register, "owing.share", owed, of, words)
    first = (
        f"Of {claim_tag(of, 'of:letter')} to States that {agreement_tag(of, 'is', 'are')} public "
        "and whose deadline "
        f"had passed by {by}, {count_with_share(owed, share)} {agreement_tag(owed, 'was', 'were')} without a "
        f"reply, which {claim_tag('owing.states', 'of:state')} "
        f"{claim_tag('owing.states', 'agree:owes:owe')}; "
        f"the oldest was due by {claim_tag('owing.since')}, {claim_tag('owing.days', 'of:day')} before."
    )
    if undated.value:
        first += (
            f" Not counted as without a reply: {claim_tag(undated, 'of:letter')} with a reply that has no "
            "day that can be used."
        )
    named, thresholds = _state_sentences_and_claims(study, claims, states)
    return replace(
        add_claims(finding, of, share, *thresholds),
        statements=tuple(filter(None, (first, named, _persons_sentence(claims)))),
        key_sentences=(first, *((named,) if named else ())),
    )


def _state_sentences_and_claims(
    study: Letters, claims: dict[str, Claim], states: Sequence[str]
) -> tuple[str, list[Claim]]:
    """Sentences that name the States with most letters owed, and those that owe one longest."""

    def number(iso3: str, key: str) -> str:
        return claim_tag(f"owing.{iso3.lower()}.{key}", "none" if key == "replied" else "")

    def counts(key: str) -> dict[str, Claim]:
        return {iso3: claims[f"owing.{iso3.lower()}.{key}"] for iso3 in states}

    many = states_above(
        study.register,
        "owing.threshold",
        counts("letters"),
        lambda iso3: f"{number(iso3, 'letters')}; {number(iso3, 'replied')} replied to",
    )
    long = states_above(
        study.register,
        "owing.days_threshold",
        counts("days"),
        lambda iso3: (
            f"{number(iso3, 'days')} days, on {number(iso3, 'since')}; "
            f"{number(iso3, 'replied')} replied to"
        ),
        MONTHS,
    )
    told = []
    if many:
        told.append(
            f"These States, in alphabetical order, had {claim_tag(many[0])} or more such letters without a "
            f"reply: {many[2]}."
        )
    if long:
        told.append(
            "From these States, in alphabetical order, the oldest reply had been due "
            f"{claim_tag(long[0])} days or more before {day_in_words(study.cut_off)}: {long[2]}."
        )
    return " ".join(told), [above[0] for above in (many, long) if above]


def _persons_sentence(claims: dict[str, Claim]) -> str:
    """Persons and women in the letters without a reply, and those on reprisals."""
    text = ""
    if claims["owing.persons"].status == "shown":
        text = "The letters without a reply concern {{ owing.persons|of:person }}"
        if claims["owing.women"].status == "shown":
            text += women_in_words(claims["owing.women"])
        text += "."
    if claims["owing.reprisals"].status == "shown":
        text += " Reprisals are raised by {{ owing.reprisals|none }} of these letters."
    return text.strip()
