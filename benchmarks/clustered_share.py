"""How often intervals of shares over reviews hold the share: reviews, shares and likeness by simulation.

    python benchmarks/clustered_share.py [samples]

Reviews have very unequal sizes, and answers of one review are alike (correlation 0.2 or 0.5). Only the
intervals count that would be printed: of 30 recommendations or more, not wider than 50 points. The floor
of reviews is lifted, to see what lies below it.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

from hrdresearch.findings.publication_limits import FEWEST_KNOWN, why_no_interval
from hrdresearch.stats import clustered_share as method

SIZES = (1, 1, 1, 1, 2, 2, 3, 4, 5, 7, 9, 12, 24)


def held(rng: np.random.Generator, reviews: int, share: float, alike: float, samples: int) -> float:
    """Part of the printed intervals that hold the share; samples without one are left out."""
    scale, hits = (1 - alike) / alike, []
    for _ in range(samples):
        willing = rng.beta(share * scale, (1 - share) * scale, reviews)
        review = pd.Series(np.repeat(np.arange(reviews), rng.choice(SIZES, reviews)))
        found = method.clustered_share(pd.Series(rng.random(len(review)) < willing[review]), review)
        if found.low is None or found.high is None or found.rows < FEWEST_KNOWN:
            continue
        if not why_no_interval(100 * found.low, 100 * found.high):
            hits.append(found.low <= share <= found.high)
    return float(np.mean(hits))


def main(samples: int) -> None:
    """Print one line a number of reviews."""
    method.LEAST_CLUSTERS = 2
    rng = np.random.default_rng(20261129)
    shares = [(share, alike) for share in (0.3, 0.5, 0.7, 0.9) for alike in (0.2, 0.5)]
    print("reviews  " + "  ".join(f"{s:.0%}, {a}" for s, a in shares))
    for reviews in (10, 15, 20, 30, 60, 120):
        told = [f"{100 * held(rng, reviews, s, a, samples):8.1f}" for s, a in shares]
        print(f"{reviews:7}  " + "  ".join(told), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
