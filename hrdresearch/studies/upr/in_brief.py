"""The Universal Periodic Review in a brief on one State or region: what was asked, and the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import Population, text_claim
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.sentences import ListSentences, agreement_tag, claim_tag
from hrdresearch.studies.shapes.count_tables import Row, column_heads, table_of_counts
from hrdresearch.studies.shapes.glance import glance_finding
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import (
    ANSWERED,
    ON_DEFENDERS,
    RECOMMENDATIONS,
    SUPPORTED,
    count_of,
    count_reviews,
)
from hrdresearch.vocab import codes

ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "supported": SUPPORTED,
    "not_supported": {"response_code": ["noted", "mixed"]},
    "no_position": {
        "response_code": [code for code in codes("upr_response") if code not in ANSWERED]
    },
}
OPEN = "no_position"
HEADS = {
    "supported": "Supported",
    "not_supported": "Noted, or in part",
    OPEN: "Position not known",
}
HRD = RECOMMENDATIONS + ON_DEFENDERS
SAME_WORDS = "What several States recommended in the same words is counted once."
TWO_SOURCES = (
    "A review that stands in two sources has two numbers, because each parts the recommendations in its own "
    "way; these numbers are not added."
)


def glance(study: UprStudy) -> Finding:
    """Each source with its recommendations on defenders; at the top how many were supported."""
    every = study.over_all()
    told = asked(study)
    return glance_finding(
        every,
        [
            (
                p.title,
                "recommendations on defenders to the State under review",
                study.period([p]),
                told.by_name[p.claim_name("asked.hrd")],
            )
            for p in every.populations
        ],
        told.claims,
        key_sentences=told.key_sentences,
    )


def asked(study: UprStudy) -> Finding:
    """By source and review: recommendations, those on defenders, and how these were answered.

    Without a recommendation on defenders it has no rows, and its sentences stand only at the top.
    """
    every = study.over_all()
    frames = [study.frame(p, RECOMMENDATIONS) for p in every.populations]
    years = {
        p.slug: text_claim(p.claim_name("asked.years"), study.period([p]), "years of the reviews")
        for p in every.populations
    }
    asked_of = [study.frame(p, HRD) for p in every.populations]
    has_any = any(len(frame) for frame in asked_of)
    is_open = any(not frame["response_code"].isin(ANSWERED).all() for frame in asked_of)
    told = [k for k in ANSWERS if k != OPEN or is_open]
    found = table_of_counts(
        every,
        "asked",
        "Recommendations of the Universal Periodic Review, by session",
        [
            Column("session", "Session (year)", "label"),
            *column_heads(
                "",
                **{"all": "All", "hrd": "On defenders", **{k: HEADS[k] for k in told}},
            )[1:],
        ],
        lambda p: _rows(study, p, told) if has_any else [],
        beside=[
            count_reviews(RECOMMENDATIONS, "asked.reviews", "that the source holds"),
            count_of(RECOMMENDATIONS, "asked.all", "all"),
            count_of(HRD, "asked.hrd", "on defenders"),
            *(
                count_of(HRD, f"asked.{k}", f"on defenders: {HEADS[k].lower()}", w)
                for k, w in ANSWERS.items()
            ),
        ],
        sentence=lambda p, made: [_sentences(p, made, years[p.slug])],
        unit=RECOMMENDATIONS,
        notes=(
            "Supported is an answer, not an act. The columns after “On defenders” are on these.",
            SAME_WORDS,
            *((TWO_SOURCES,) if _is_a_review_twice(frames) else ()),
        ),
    )
    return found if has_any else replace(found, statements=())


def _is_a_review_twice(frames: Sequence[pd.DataFrame]) -> bool:
    """Whether two sources hold the same review."""
    held = [set(frame["review_id"].dropna()) for frame in frames]
    return len(set().union(*held)) < sum(map(len, held))


def _rows(study: UprStudy, p: Population, told: Sequence[str]) -> list[Row]:
    frame = study.frame(p, RECOMMENDATIONS)
    held = frame[["session", "review_year"]].dropna().drop_duplicates().sort_values("session")
    rows: list[Row] = []
    for session, year in held.itertuples(index=False):
        stem, where = f"asked.session_{session}", {"session": int(session)}
        rows.append(
            (
                f"{session} ({year})",
                count_of(RECOMMENDATIONS, f"{stem}.all", f"session {session}", where),
                count_of(HRD, f"{stem}.hrd", f"on defenders, session {session}", where),
                *(
                    count_of(
                        HRD,
                        f"{stem}.{k}",
                        f"on defenders, session {session}: {HEADS[k].lower()}",
                        {**where, **w},
                    )
                    for k, w in ANSWERS.items()
                    if k in told
                ),
            )
        )
    return rows


def _sentences(p: Population, made: Mapping[str, Claim], years: Claim) -> ListSentences:
    reviews, hrd, every = (made[f"asked.{key}"] for key in ("reviews", "hrd", "all"))
    yes, no, open_ = (made[f"asked.{key}"] for key in ANSWERS)
    text = (
        f"In {claim_tag(reviews, 'of:review')} ({claim_tag(years)}) that "
        f"{agreement_tag(reviews, 'stands', 'stand')} in {p.name_in_prose}, "
        f"{claim_tag(hrd, 'none')} of {claim_tag(every, 'of:recommendation')} "
        f"{agreement_tag(hrd, 'was', 'were') if hrd.value else 'was'} on defenders"
    )
    if not hrd.value:
        return ListSentences(f"{text}.", (years,), is_key=True)
    for claim, words in ((yes, "supported"), (no, "noted, or supported in part")):
        if claim.value == hrd.value:
            every_one = {1: "it was", 2: "both were"}.get(int(hrd.value))
            all_ = every_one or f"all {claim_tag(claim)} were"
            return ListSentences(f"{text}; {all_} {words}.", (years,), is_key=True)
    if open_.value == hrd.value:
        which = agreement_tag(hrd, "it", "these")
        return ListSentences(f"{text}; no position on {which} is known.", (years,), is_key=True)
    answers = [
        f"{claim_tag(claim, 'none')} {agreement_tag(claim, 'was', 'were')} {words}"
        for claim, words in ((yes, "supported"), (no, "noted, or supported in part"))
    ]
    text += f"; {' and '.join(answers)}"
    if open_.value:
        text += f", and of {claim_tag(open_)} no position is known"
    return ListSentences(f"{text}.", (years,), is_key=True)
