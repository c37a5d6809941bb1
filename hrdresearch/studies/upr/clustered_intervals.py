"""Share supported with an interval clustered by State, because answers of one State are alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hrdresearch.findings.empty_cells import NO_INTERVAL, NO_SHARE
from hrdresearch.findings.make_claims import (
    CountDraft,
    Population,
    measured_claim,
    not_computable_claim,
)
from hrdresearch.findings.model import Claim
from hrdresearch.findings.publication_limits import why_no_interval, why_no_share
from hrdresearch.stats.clustered_share import LEAST_CLUSTERS, ClusteredShare, clustered_share
from hrdresearch.studies.upr.counts import ANSWERED, CLUSTER, POSITION_KNOWN, SUPPORTED
from hrdresearch.tables import join_filters, match_rows

OF_INTERVAL = "of the 95 per cent interval, by State"
INTERVALS = (
    "Recommendations to one State are not independent: intervals of 95 per cent are clustered by "
    f"State under review (jackknife; Korn and Graubard, 1998), and none is given below "
    f"{LEAST_CLUSTERS} States or wider than 50 points. In simulations they hold a share of 30 to 70 "
    "per cent in 93 to 96 of 100 samples, in fewer where States are few and the answers of each nearly "
    "all alike, and a share near 90 per cent in about 90. Errors of coding are not in them."
)


def supported_with_interval(
    population: Population, name: str, where: Mapping[str, Any], words: str
) -> tuple[Claim, Claim, Claim]:
    """``NAME.share`` in per cent, and the ends of its 95 per cent interval, ``.low`` and ``.high``.

    population: recommendations of one source. where: which of them. Each claim is not computable
    where too few positions or States are known; its definition says why.
    """
    whole = population.frame[match_rows(population.frame, where)]
    rows = whole[whole["response_code"].isin(ANSWERED)]
    found = clustered_share(match_rows(rows, SUPPORTED), rows[CLUSTER])
    no_share = why_no_share(found.rows, len(whole))
    no_interval = no_share or _why_no_interval(found)
    filter_ = {
        "source": population.slug,
        **join_filters(population.scope, where),
        **POSITION_KNOWN,
    }

    def claim_of(key: str, value: float | None, why: str, said: str) -> Claim:
        full, definition = f"{name}.{key}", f"{words}: supported{said}"
        if value is None or why:
            draft = CountDraft(full, f"{population.title}: {definition}", unit="per_cent")
            text = NO_SHARE if no_share else NO_INTERVAL
            return replace(not_computable_claim(population, draft, why), text=text)
        return measured_claim(
            population,
            full,
            100 * value,
            "per_cent",
            definition,
            "clustered",
            rows=found.rows,
            filter=filter_,
        )

    return (
        claim_of("share", found.value, no_share, ", in per cent of those with a known position"),
        claim_of("low", found.low, no_interval, f": lower end {OF_INTERVAL}"),
        claim_of("high", found.high, no_interval, f": upper end {OF_INTERVAL}"),
    )


def _why_no_interval(found: ClusteredShare) -> str:
    if found.low is None or found.high is None:
        return f"no interval is given below {LEAST_CLUSTERS} States"
    return why_no_interval(100 * found.low, 100 * found.high)
