"""Chooses the pairs that a person should decide, the most informative first, with reasons in words.

The information of a decision is the entropy of the probability of the pair, in bits, times the number of
rows that it would join or separate. A pair that the facts make a link and the names do not counts as one
half. One pair in ten is a sure link, as a control; the person who decides does not see which. First of all
come probable pairs that the clusters left out, beside the pairs that were kept instead of them, because
one row can be the same person as one row of another list only.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from hrdresearch.linkage.decisions import SAME, row_key
from hrdresearch.linkage.persons.links import Links, explain_levels
from hrdresearch.linkage.persons.model import may_be_one_name

COLUMNS = ["left_key", "right_key", "probability", "rows", "teaches", "kind", "reasons"]
ASKED, CONTROL, DECIDED = "asked", "control", "decided"  # kinds
SURE = 0.99
CONTROL_EVERY = 10
LEFT_OUT = "left out: its rows are linked with others, of which only one can be right"
KEPT = "kept in place of a likely pair that stands beside it: only one of them can be right"
NO_LINK = "the names are not one person's, so no link by itself"
_STRENGTH = ((6.6, "very strongly"), (3.3, "strongly"), (1.0, "somewhat"), (0.0, "hardly"))


def pairs_to_decide(links: Links, most: int = 500, seed: int = 75165) -> pd.DataFrame:
    """Choose the pairs to decide, the most informative first, with control pairs; then decided pairs.

    most: undecided pairs at most. Columns ``COLUMNS``: left_key and right_key (``decisions.row_key``),
    probability, rows (that a decision would join or separate), teaches (information in bits), kind, and
    the reasons of the model without names. The pairs come from those with a probability from 0.01 to
    0.99, from ``Links.near``, and from probable pairs that the clusters left out.
    """
    pairs = _weighed(links.pairs.assign(chance=links.pairs["probability"]), links)
    near = _weighed(links.near.assign(chance=links.near["probability"].clip(upper=0.5)), links)
    first = _left_out(pairs, links)
    pairs["first"] = pd.Series(first, dtype="object").reindex(pairs.index)
    is_open = pairs["decided"] == "" if "decided" in pairs else pd.Series(True, pairs.index)
    is_sure = pairs["probability"] >= SURE
    may_hold = pairs["is_joined"] | (pairs["probability"] < links.settings.threshold)
    is_rest = is_open & may_hold & pairs["first"].isna()
    rest = pd.concat([pairs[is_rest & ~is_sure], near])
    rest = rest.sort_values(["teaches", "left_key", "right_key"], ascending=[False, True, True])
    asked = pd.concat([pairs.loc[list(first)], rest]).head(most)
    sure = pairs[is_rest & is_sure]
    wanted = min(len(sure), -(-len(asked) // CONTROL_EVERY))
    control = sure.sample(wanted, random_state=seed)
    place = [*range(len(asked)), *(n * CONTROL_EVERY + CONTROL_EVERY // 2 for n in range(wanted))]
    mixed = pd.concat([asked.assign(kind=ASKED), control.assign(kind=CONTROL)])
    mixed = mixed.iloc[np.argsort(np.array(place, dtype=int), kind="stable")]
    found = pd.concat([mixed, pairs[~is_open].assign(kind=DECIDED)], ignore_index=True)
    reasons = [reasons_in_words(pair, links) for _, pair in found.iterrows()]
    notes = found["first"].fillna("").tolist()
    reasons = ["\n".join(filter(None, parts)) for parts in zip(reasons, notes, strict=True)]
    return found.assign(reasons=pd.Series(reasons, found.index, "object"))[COLUMNS]


def reasons_in_words(pair: pd.Series, links: Links) -> str:
    """Reasons for a pair in words, without names: the level and weight of each known fact, the probability.

    pair: a row of ``Links.pairs`` or ``Links.near``.
    """
    steps = explain_levels(pair, links.model)
    told = [
        f"{fact.replace('_', ' ')}: {found}, which {weight_in_words(weight)}"
        for fact, found, weight in steps.iloc[1:, :3].itertuples(index=False)
        if found not in ("not known", "not compared")
    ]
    is_one = may_be_one_name(pair.to_frame().T).iloc[0]
    last = f"all together: {steps['probability'].iloc[-1]:.2f} of 1" if is_one else NO_LINK
    return "\n".join([*told, last])


def _left_out(pairs: pd.DataFrame, links: Links) -> dict[int, str]:
    """What is said of likely pairs that the clusters left out and of those kept in their place, in order.

    A pair is settled when it or one that was kept in its place is decided.
    """
    decided = pairs["decided"] if "decided" in pairs else pd.Series("", pairs.index)
    likely = pairs[pairs["probability"] >= links.settings.threshold]
    kept = likely[likely["is_joined"]]
    by_row: dict[str, list[int]] = {}
    for at, *keys in kept[["left_key", "right_key"]].itertuples(name=None):
        for key in keys:
            by_row.setdefault(key, []).append(at)
    found: dict[int, str] = {}
    left_out = likely[~likely["is_joined"] & (decided.loc[likely.index] == "")]
    for at, *keys in left_out[["left_key", "right_key"]].itertuples(name=None):
        rivals = [rival for key in keys for rival in by_row.get(key, ())]
        if not any(decided.at[rival] == SAME for rival in rivals):
            found |= {at: LEFT_OUT, **dict.fromkeys(rivals, KEPT)}
    return found


def weight_in_words(bits: float) -> str:
    """A weight in bits, in words.

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
    return pairs.assign(
        left_key=left,
        right_key=right,
        is_joined=one == other,
        rows=rows,
        teaches=(rows * bits).round(4),
    )
