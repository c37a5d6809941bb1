"""A stratified probability sample of an archive, the same for the same archive and seed.

The messages of each stratum are put in random order (by a hash of their identifier and the seed);
the first ones of each stratum are the sample. If more messages are labelled later, in the same
order, all of them are still a probability sample.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SEED = "hrdresearch online-attacks 1"
FEWEST_DRAWN = 12  # messages that are drawn from every stratum, or all that it has


def random_order(identifiers: Iterable[str], seed: str = SEED) -> NDArray[np.uint64]:
    """Random number of each message, by which the messages of a stratum are sorted.

    The number is a hash of identifier and seed: uniform over 64 bits, and the same in every run.
    """
    start = hashlib.sha256(f"{seed}|".encode())

    def number(identifier: str) -> int:
        digest = start.copy()
        digest.update(identifier.encode("utf-8", "surrogatepass"))
        return int.from_bytes(digest.digest()[:8], "big")

    return np.array([number(i) for i in identifiers], dtype=np.uint64)


def allocate_sample(sizes: pd.Series, most: int) -> pd.Series:
    """Number of messages to draw from each stratum: in proportion to the square root of its size.

    sizes: messages of each stratum. most: messages to draw in all, about. From each stratum at
    least 12 messages are drawn, or all of them, so the total may be above ``most``.

    >>> allocate_sample(pd.Series({"low": 10_000, "high": 100, "tiny": 3}), 200).to_dict()
    {'low': 179, 'high': 18, 'tiny': 3}
    """
    roots = sizes**0.5
    wanted = (most * roots / roots.sum()).round().astype(int).clip(lower=FEWEST_DRAWN)
    return wanted.where(wanted < sizes, sizes)


def draw_sample(stratum: pd.Series, order: pd.Series, most: int) -> pd.Series:
    """Whether each message is in the sample: of each stratum, the first messages in the order.

    stratum, order: one for each message (same index); order as from ``random_order``. most: messages
    to draw in all, about.
    """
    wanted = allocate_sample(stratum.value_counts(), most)
    codes, names = pd.factorize(stratum)
    places = order.to_numpy()
    drawn = np.zeros(len(stratum), dtype=bool)
    for number, name in enumerate(names):
        members = np.flatnonzero(codes == number)
        members = members[np.argsort(places[members], kind="stable")]
        drawn[members[: int(wanted[name])]] = True
    return pd.Series(drawn, index=stratum.index)
