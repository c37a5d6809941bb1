"""A stratified probability sample of an archive, the same for the same archive and seed.

Messages are put in an order by chance (a hash of their identifier and the seed), stratum by
stratum; the first of each stratum are the sample. Who labels more goes on in the same order, and
the sample stays a probability sample.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SEED = "hrdresearch online-attacks 1"
SMALLEST_SHARE = 12  # messages of a stratum that are always drawn, or all it has


def chance_order(identifiers: Iterable[str], seed: str = SEED) -> NDArray[np.uint64]:
    """A number a message by which strata are put in order; uniform and reproducible."""
    start = hashlib.sha256(f"{seed}|".encode())

    def number(identifier: str) -> int:
        digest = start.copy()
        digest.update(identifier.encode("utf-8", "surrogatepass"))
        return int.from_bytes(digest.digest()[:8], "big")

    return np.array([number(i) for i in identifiers], dtype=np.uint64)


def allocation(sizes: pd.Series, most: int, smallest: int = SMALLEST_SHARE) -> pd.Series:
    """How many messages to draw a stratum: by the square root of its size, so that rare ones count.

    A stratum gives ``smallest`` messages or all it has, whatever ``most`` says.
    """
    roots = sizes**0.5
    wanted = (most * roots / roots.sum()).round().astype(int).clip(lower=smallest)
    return wanted.where(wanted < sizes, sizes)


def draw(stratum: pd.Series, order: pd.Series, most: int) -> pd.Series:
    """True for the messages of the sample: of each stratum, those that come first in the order."""
    wanted = allocation(stratum.value_counts(), most)
    codes, names = pd.factorize(stratum)
    places = order.to_numpy()
    drawn = np.zeros(len(stratum), dtype=bool)
    for number, name in enumerate(names):
        own = np.flatnonzero(codes == number)
        own = own[np.argsort(places[own], kind="stable")]
        drawn[own[: int(wanted[name])]] = True
    return pd.Series(drawn, index=stratum.index)
