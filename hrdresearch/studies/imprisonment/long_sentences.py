"""Sentences on long terms in a census: on the last one, against the list's own class, and how often seen."""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Claim
from hrdresearch.findings.sentences import Said, agree, is_printed, tag
from hrdresearch.studies.imprisonment.census_sentences import YEARS


def last_census_long_said(_: Population, claims: Mapping[str, Claim]) -> list[Said]:
    """How many of those held long, sentenced or not, stand on the last census of a list."""
    long, apart = claims.get("long_term.last.persons"), claims["long_term.last.unsentenced"]
    if long is None or not (is_printed(long, 0) and is_printed(apart, 0)):
        return []
    return [
        Said(
            f"On the last census, {tag(long, 'none')} {agree(long, 'was', 'were')} under such a "
            f"sentence, and {tag(apart, 'none')} of those present had stood on at least {YEARS} "
            "censuses, on each as not sentenced."
        )
    ]


def long_with_doubts_said(p: Population, claims: Mapping[str, Claim], years: int) -> list[Said]:
    """Which long sentences the list's own class contradicts, and that long ones are seen more often."""
    every = claims.get("long_term.persons")
    if every is None or not is_printed(every) or not p.policy.is_exempt:
        return []
    long = p.frame[p.frame["bound_min_years"].ge(years)]
    clash = long["band_agreement_code"].eq("contradiction").groupby(long["person_id"]).all()
    told = []
    if clash.any():
        words = "persons under a long sentence, each time against the publisher's own class"
        n = measured_claim(
            p, "long_term.contradicted", int(clash.sum()), "person", words, "computed"
        )
        told.append(
            Said(
                f"Of the {tag(every)}, {tag(n)} {agree(n, 'is', 'are')} counted by the wording of the "
                "sentence, which the list's own class of length contradicts on each such census.",
                (n,),
            )
        )
    read = p.frame.loc[
        p.frame["person_id"].isin(p.frame["person_id"][p.frame["bound_min_years"].notna()])
    ]
    stand = read.groupby("person_id")["census_year"].nunique()
    is_long = stand.index.isin(clash.index)
    if is_long.all() or stand[is_long].mean() <= stand[~is_long].mean():
        return told
    means = [
        measured_claim(
            p,
            f"long_term.censuses_{key}",
            round(float(of.mean()), 2),
            "coefficient",
            f"censuses on which persons {words} stand, on average",
            "computed",
            text=f"{of.mean():.2f}",
        )
        for key, words, of in (
            ("long", "under a long sentence", stand[is_long]),
            ("others", "under another sentence that was read", stand[~is_long]),
        )
    ]
    return [
        *told,
        Said(
            f"Persons under such a sentence stand on {tag(means[0])} censuses on average and the others on "
            f"{tag(means[1])}: a census sees a long sentence more often, so the share is one of the "
            "persons on the list, and not of the sentences that were passed.",
            tuple(means),
        ),
    ]
