"""A stratified probability sample of an archive, the same for the same archive and seed.

Messages are put in an order by chance (a hash of their identifier and the seed), stratum by
stratum; the first of each stratum are the sample. Who labels more goes on in the same order, and
the sample stays a probability sample.
"""

from __future__ import annotations

import hashlib

import pandas as pd

SMALLEST_SHARE = 12  # messages of a stratum that are always drawn, or all it has


def chance_order(identifiers: pd.Series, seed: str) -> pd.Series:
    """A number a message by which strata are put in order; uniform and reproducible."""
    return identifiers.map(
        lambda i: int.from_bytes(hashlib.sha256(f"{seed}|{i}".encode()).digest()[:8], "big")
    )


def allocation(sizes: pd.Series, most: int, smallest: int = SMALLEST_SHARE) -> pd.Series:
    """How many messages to draw a stratum: by the square root of its size, so that rare ones count.

    A stratum gives ``smallest`` messages or all it has, whatever ``most`` says.
    """
    roots = sizes**0.5
    wanted = (most * roots / roots.sum()).round().astype(int).clip(lower=smallest)
    return wanted.where(wanted < sizes, sizes)


def draw(stratum: pd.Series, order: pd.Series, most: int) -> pd.Series:
    """True for the messages of the sample."""
    wanted = allocation(stratum.value_counts(), most)
    rank = order.groupby(stratum).rank(method="first")
    return rank <= stratum.map(wanted)
