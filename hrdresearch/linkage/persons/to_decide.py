"""Pairs that a person should decide, those first that would teach most, with the reasons in words.

What a decision teaches is what is not known yet: the entropy of the pair's probability in bits, times
the number of rows that it would join or part. A pair on which the names and all other facts disagree
counts as one half. Sure links stand among them, one in ten, as a control: who decides does not see which.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from hrdresearch.linkage.decisions import row_key
from hrdresearch.linkage.persons.links import Links, explain_levels

COLUMNS = ["left_key", "right_key", "probability", "rows", "teaches", "kind", "reasons"]
ASKED, CONTROL, DECIDED = "asked", "control", "decided"  # kinds
SURE = 0.99
CONTROL_EVERY = 10
_STRENGTH = ((6.6, "very strongly"), (3.3, "strongly"), (1.0, "somewhat"), (0.0, "hardly"))


def pairs_to_decide(links: Links, most: int = 500, seed: int = 75165) -> pd.DataFrame:
    """Undecided pairs in the order in which they teach, sure links among them; then the decided pairs.

    most: undecided pairs at most. Columns ``COLUMNS``: keys as ``decisions.row_key`` makes them,
    probability, number of rows that a decision would join or part, bits that it teaches, kind, and the
    reasons of the model, without names. Asked are pairs between 0.01 and 0.99, and ``Links.near``.
    """
    pairs = links.pairs.assign(chance=links.pairs["probability"])
    is_open = pairs["decided"] == "" if "decided" in pairs else pd.Series(True, pairs.index)
    near = links.near.assign(chance=links.near["probability"].clip(upper=0.5))
    is_sure = pairs["probability"] >= SURE
    asked = _weighed(pd.concat([pairs[is_open & ~is_sure], near], ignore_index=True), links)
    order = asked[["teaches", "left_key", "right_key"]]
    order = order.sort_values(["teaches", "left_key", "right_key"], ascending=[False, True, True])
    asked = asked.loc[order.index].head(most)
    sure = pairs[is_open & is_sure]
    wanted = min(len(sure), -(-len(asked) // CONTROL_EVERY))
    control = _weighed(sure.sample(wanted, random_state=seed), links)
    place = [*range(len(asked)), *(n * CONTROL_EVERY + CONTROL_EVERY // 2 for n in range(wanted))]
    mixed = pd.concat([asked.assign(kind=ASKED), control.assign(kind=CONTROL)])
    mixed = mixed.iloc[np.argsort(np.array(place, dtype=int), kind="stable")]
    decided = _weighed(pairs[~is_open], links).assign(kind=DECIDED)
    found = pd.concat([mixed, decided], ignore_index=True)
    reasons = [reasons_in_words(pair, links) for _, pair in found.iterrows()]
    return found.assign(reasons=pd.Series(reasons, found.index, "object"))[COLUMNS]


def reasons_in_words(pair: pd.Series, links: Links) -> str:
    """Level of each known fact and what it weighs, and the probability in the end; no names.

    pair: a row of ``Links.pairs`` or ``Links.near``.
    """
    steps = explain_levels(pair, links.model)
    told = [
        f"{fact.replace('_', ' ')}: {found}, which {weight_in_words(weight)}"
        for fact, found, weight in steps.iloc[1:, :3].itertuples(index=False)
        if found not in ("not known", "not compared")
    ]
    return "\n".join([*told, f"all together: {steps['probability'].iloc[-1]:.2f} of 1"])


def weight_in_words(bits: float) -> str:
    """What a weight in bits says.

    >>> weight_in_words(7.0)
    'speaks very strongly for one person'
    >>> weight_in_words(-1.5)
    'speaks somewhat against one person'
    """
    strength = next(words for least, words in _STRENGTH if abs(bits) >= least)
    return f"speaks {strength} {'for' if bits >= 0 else 'against'} one person"


def _weighed(pairs: pd.DataFrame, links: Links) -> pd.DataFrame:
    """Pairs with the keys of their rows, the rows that hang on them, and what a decision teaches."""
    cluster = links.clusters.set_index(["list", "row"])["cluster"]
    size = cluster.value_counts()
    ends = [pd.MultiIndex.from_frame(pairs[[f"list_{end}", f"row_{end}"]]) for end in "ab"]
    one, other = (cluster.reindex(end).to_numpy() for end in ends)
    rows = size.reindex(one).to_numpy() + np.where(one == other, 0, size.reindex(other).to_numpy())
    chance = pairs["chance"].to_numpy(float).clip(1e-9, 1 - 1e-9)
    bits = -chance * np.log2(chance) - (1 - chance) * np.log2(1 - chance)
    left, right = ([row_key(*row) for row in end] for end in ends)
    return pairs.assign(left_key=left, right_key=right, rows=rows, teaches=(rows * bits).round(4))
