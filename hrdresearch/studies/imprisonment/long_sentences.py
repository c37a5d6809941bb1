"""Sentences on long terms in a census: how often such persons are listed, and the list's own class."""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Claim
from hrdresearch.findings.sentences import ListSentences, agreement_tag, claim_tag, is_printed
from hrdresearch.studies.imprisonment.census_sentences import YEARS


def sentences_on_more_censuses(
    p: Population, claims: Mapping[str, Claim], years: int
) -> list[ListSentences]:
    """Sentence that persons under long sentences stand on more censuses than others.

    So their share is one of persons, not of the sentences passed. Empty where they do not.
    """
    every = claims.get("long_term.persons")
    if every is None or not is_printed(every) or not p.policy.prints_exact_numbers:
        return []
    is_read = p.frame["bound_min_years"].notna().groupby(p.frame["person_id"]).any()
    is_long = p.frame["bound_min_years"].ge(years).groupby(p.frame["person_id"]).any()[is_read]
    stand = p.frame.groupby("person_id")["census_year"].nunique()[is_read]
    if is_long.all() or round(stand[is_long].mean()) <= round(stand[~is_long].mean()):
        return []
    means = [
        measured_claim(
            p,
            f"long_term.censuses_{key}",
            round(float(of.mean())),
            "census",
            f"censuses on which persons {words} stand, on average, to the nearest whole number",
            "computed",
        )
        for key, words, of in (
            ("long", "under a long sentence", stand[is_long]),
            ("others", "under another sentence that was read", stand[~is_long]),
        )
    ]
    words = "persons with another sentence that was read"
    others = measured_claim(
        p, "long_term.others", int((~is_long).sum()), "person", words, "computed"
    )
    return [
        ListSentences(
            f"Persons under such a sentence stand on about {claim_tag(means[0], 'of:census')} each "
            "and the other "
            f"{claim_tag(others)} on about {claim_tag(means[1])}, so the share is one of the "
            "persons listed, and not of "
            "the sentences that were passed.",
            (*means, others),
        )
    ]


def sentences_on_contradictions(
    p: Population, claims: Mapping[str, Claim], years: int
) -> ListSentences:
    """Sentence on how many long sentences the list's own class of length contradicts."""
    every = claims.get("long_term.persons")
    if every is None or not is_printed(every) or not p.policy.prints_exact_numbers:
        return ListSentences()
    long = p.frame[p.frame["bound_min_years"].ge(years)]
    clash = long["band_agreement_code"].eq("contradiction").groupby(long["person_id"]).all()
    if not clash.any():
        return ListSentences()
    words = "persons under a long sentence, each time against the publisher's own class"
    n = measured_claim(p, "long_term.contradicted", int(clash.sum()), "person", words, "computed")
    return ListSentences(
        f"Of {claim_tag(every, 'of:person')} under a sentence of {YEARS} years or longer, life or death, "
        f"{claim_tag(n)} {agreement_tag(n, 'is', 'are')} counted by the wording of the sentence, "
        "which the list's own "
        "class of length contradicts on each such census.",
        (n,),
    )
