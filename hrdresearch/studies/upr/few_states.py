"""UPR: States that received many recommendations on defenders, and the numbers without them."""

from __future__ import annotations

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.studies.shapes.count_tables import Content
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import (
    CLUSTER,
    ON_DEFENDERS,
    POSITION_KNOWN,
    RECOMMENDATIONS,
    SUPPORTED,
    share_supported,
)
from hrdresearch.tables import match_rows

MANY = 10  # recommendations on defenders with a known position, to one State


def claims_without_many(study: UprStudy, p: Population, stem: str) -> list[Content]:
    """Claims on the States that received ten recommendations on defenders or more, and on the others.

    ``.many``: number of these States; ``.many.every`` and ``.many.none``: those that supported all or none;
    ``.rest``: share supported by the other States. States are chosen by what they received, never by what
    they answered. Empty where one of the two groups is empty.
    """
    texts = study.frame(p, RECOMMENDATIONS + ON_DEFENDERS)
    known = texts[match_rows(texts, POSITION_KNOWN)]
    shares = match_rows(known, SUPPORTED).groupby(known[CLUSTER]).agg(["size", "mean"])
    many = shares[shares["size"] >= MANY]
    rest = sorted(map(str, shares.index.difference(many.index)))
    if many.empty or not rest:
        return []
    said = f"States that received {MANY} or more on defenders with a known position"
    numbers = (
        ("many", len(many), said),
        ("many.every", int(many["mean"].eq(1).sum()), f"{said}: supported all"),
        ("many.none", int(many["mean"].eq(0).sum()), f"{said}: supported none"),
    )
    return [
        *(
            measured_claim(p, f"{stem}.{key}", number, "state", words, "computed")
            for key, number, words in numbers
        ),
        share_supported(
            RECOMMENDATIONS + ON_DEFENDERS,
            f"{stem}.rest",
            {CLUSTER: rest},
            "received by the other States",
        ),
    ]
