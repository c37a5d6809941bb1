"""The Universal Periodic Review in a brief on one State or region: what was asked, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.sentences import ListSentences, agreement_tag, claim_tag
from hrdresearch.studies.shapes.count_tables import Row, column_heads, table_of_counts
from hrdresearch.studies.shapes.glance import glance_finding
from hrdresearch.studies.upr.counts import (
    ANSWERED,
    ON_DEFENDERS,
    RECOMMENDATIONS,
    SUPPORTED,
    count_of,
    count_reviews,
)
from hrdresearch.vocab import codes

if TYPE_CHECKING:
    from hrdresearch.studies.upr.counted_rows import UprStudy

ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "supported": SUPPORTED,
    "not_supported": {"response_code": ["noted", "mixed"]},
    "no_position": {
        "response_code": [code for code in codes("upr_response") if code not in ANSWERED]
    },
}
HRD = RECOMMENDATIONS + ON_DEFENDERS


def glance(study: UprStudy) -> Finding:
    """Each source with its recommendations on defenders; at the top how many were supported."""
    every = study.over_all()
    told = asked(study)
    made = {claim.name: claim for claim in told.claims}
    return glance_finding(
        every,
        [
            (
                p.title,
                "recommendations on defenders to the State under review",
                study.period([p]),
                made[p.claim_name("asked.hrd")],
            )
            for p in every.populations
        ],
        told.claims,
        key_sentences=told.statements,
    )


def asked(study: UprStudy) -> Finding:
    """By source and review: recommendations, those on defenders, and how these were answered."""
    return table_of_counts(
        study.over_all(),
        "asked",
        "Recommendations of the Universal Periodic Review, by session",
        [
            Column("session", "Session (year)", "label"),
            *column_heads(
                "",
                all="All",
                hrd="On defenders",
                supported="Supported",
                not_supported="Noted, or in part",
                no_position="Position not known",
            )[1:],
        ],
        lambda p: _rows(study, p),
        beside=[
            count_reviews(RECOMMENDATIONS, "asked.reviews", "that the source holds"),
            count_of(RECOMMENDATIONS, "asked.all", "all"),
            count_of(HRD, "asked.hrd", "on defenders"),
            *(count_of(HRD, f"asked.{k}", f"on defenders: {k}", w) for k, w in ANSWERS.items()),
        ],
        sentence=lambda p, made: [_said(p, made)],
        unit=RECOMMENDATIONS,
        notes=("Supported is an answer, not an act. The last three columns are on defenders.",),
    )


def _rows(study: UprStudy, p: Population) -> list[Row]:
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
                        HRD, f"{stem}.{k}", f"on defenders, session {session}: {k}", {**where, **w}
                    )
                    for k, w in ANSWERS.items()
                ),
            )
        )
    return rows


def _said(p: Population, made: Mapping[str, Claim]) -> ListSentences:
    reviews, hrd, yes = (made[f"asked.{key}"] for key in ("reviews", "hrd", "supported"))
    no, open_ = made["asked.not_supported"], made["asked.no_position"]
    text = (
        f"In {claim_tag(reviews, 'of:review')} that {p.name_in_prose} holds, "
        f"{claim_tag(hrd, 'of:recommendation')} "
        f"of {claim_tag(made['asked.all'])} {agreement_tag(hrd, 'was', 'were')} on defenders"
    )
    if not hrd.value:
        return ListSentences(f"{text}.", is_key=True)
    answers = [
        f"{claim_tag(claim, 'none')} {agreement_tag(claim, 'was', 'were')} {words}"
        for claim, words in ((yes, "supported"), (no, "noted, or supported in part"))
    ]
    text += f"; {' and '.join(answers)}"
    if open_.value:
        text += f", and of {claim_tag(open_)} no position is known"
    return ListSentences(f"{text}.", is_key=True)
