"""Decisions of persons on pairs of rows; they count more than the model and can be taken back.

    decided = links.with_decisions(decisions)          # pairs, clusters and draws follow the decisions
    decisions_without_rows(decisions, links.clusters)  # decisions on rows that no list holds any more

A decision names two rows by ``row_key``: the list and the key of the row in it. In a study that key is
the pseudonym of the row, which holds no name. It stays the same when other rows are added, but a new
edition may change it; ``linkage.carried`` then carries decisions over.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

COLUMNS = ("left_key", "right_key", "decision", "by", "why", "at")
SAME, DIFFERENT, OPEN = "same", "different", "open"  # open takes an earlier decision back
WORDS = (SAME, DIFFERENT, OPEN)
PROBABILITY = {SAME: 1.0, DIFFERENT: 0.0}
NOT_COMPARED = -1  # level of a fact of a pair that the model never saw
_ENDS = (("list_a", "row_a"), ("list_b", "row_b"))


class _Decision(NamedTuple):
    left_key: str
    right_key: str
    decision: str
    by: str
    at: str


class ContradictionError(ValueError):
    """Decisions that cannot all hold; says which, without names."""


def row_key(list_name: str, row: object) -> str:
    """Key of a row in a decision: its list and its key in that list.

    >>> row_key("demo", 7)
    'demo:7'
    """
    return f"{list_name}:{row}"


def standing_decisions(decisions: pd.DataFrame) -> pd.DataFrame:
    """The last decision on each pair of rows, without the pairs whose decision was taken back.

    decisions: columns ``COLUMNS``, a row for each decision; the order of the two rows of a pair makes no
    difference. Of two decisions at the same time the lower row counts. Raises ValueError for a decision
    that is none of ``WORDS``, and for a pair of a row with itself.
    """
    if wrong := set(decisions["decision"]) - set(WORDS):
        raise ValueError(f"{len(wrong)} words are no decision; one is {', '.join(WORDS)}")
    if decisions["left_key"].eq(decisions["right_key"]).any():
        raise ValueError("A decision joins or parts two rows; one names the same row twice")
    ends = decisions[["left_key", "right_key"]]
    ordered = decisions.assign(left_key=ends.min(axis=1), right_key=ends.max(axis=1))
    ordered = ordered.sort_values("at", kind="stable")
    last = ordered.drop_duplicates(["left_key", "right_key"], keep="last")
    return last[last["decision"] != OPEN].reset_index(drop=True)


def find_contradictions(decisions: pd.DataFrame) -> list[str]:
    """Find decisions that two rows are different persons, while other decisions join these rows.

    Returns a sentence for each, with desks and times and without names.
    """
    standing = _each(standing_decisions(decisions))
    joins = [d for d in standing if d.decision == SAME]
    root = join_keys((d.left_key, d.right_key) for d in joins)
    found = []
    for d in standing:
        group = root.get(d.left_key)
        if d.decision == DIFFERENT and group and group == root.get(d.right_key):
            own = [join for join in joins if root[join.left_key] == group]
            told = "; ".join(sorted({f"{join.by}, {join.at}" for join in own}))
            found.append(
                f"One decision says that two rows are different persons ({d.by}, {d.at}), and "
                f"{len(own)} others make them one ({told}). Take one of them back"
            )
    return found


def apply_decisions(
    pairs: pd.DataFrame, decisions: pd.DataFrame, rows: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Set the probability of decided pairs to 1 or 0; the pairs come most probable first.

    pairs: list_a, row_a, list_b, row_b, probability, as in ``Links.pairs``. rows: every row of the lists
    (list, row), as in ``Links.clusters``; without it, the rows of ``pairs``. A decided pair that the model
    did not compare is added. The new column ``decided`` is "same", "different" or "". Decisions on rows
    that no list holds change nothing (``decisions_without_rows``). Raises ContradictionError where the
    decisions cannot all hold.
    """
    if found := find_contradictions(decisions):
        raise ContradictionError("; ".join(found))
    known = _known(pairs, rows)
    said = {
        frozenset((d.left_key, d.right_key)): d.decision
        for d in _each(standing_decisions(decisions))
        if d.left_key in known and d.right_key in known
    }
    a, b = ([row_key(*end) for end in zip(pairs[n], pairs[r], strict=True)] for n, r in _ENDS)
    compared = [frozenset(pair) for pair in zip(a, b, strict=True)]
    added = [pair for pair in said if pair not in set(compared)]
    out = pairs
    if added:
        ends = [sorted(known[key] for key in pair) for pair in added]
        new = pd.DataFrame([(*a, *b) for a, b in ends], columns=[c for end in _ENDS for c in end])
        levels = {str(c): NOT_COMPARED for c in pairs if c not in new}
        out = pd.concat([pairs, new.assign(**levels).astype(pairs.dtypes.to_dict())])
    out = out.reset_index(drop=True).assign(decided=[said.get(p, "") for p in (*compared, *added)])
    out["probability"] = out["decided"].map(PROBABILITY).fillna(out["probability"]).astype(float)
    return out.sort_values("probability", ascending=False, kind="stable", ignore_index=True)


def decisions_without_rows(decisions: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Decisions on rows that no list holds any more; they are kept for an edition that has them again.

    rows: every row of the lists (list, row), as in ``Links.clusters``.
    """
    known = {row_key(name, row) for name, row in zip(rows["list"], rows["row"], strict=True)}
    standing = standing_decisions(decisions)
    is_found = standing["left_key"].isin(known) & standing["right_key"].isin(known)
    return standing[~is_found].reset_index(drop=True)


def _each(decisions: pd.DataFrame) -> list[_Decision]:
    columns = (decisions[field].astype(str) for field in _Decision._fields)
    return [_Decision(*cells) for cells in zip(*columns, strict=True)]


def _known(pairs: pd.DataFrame, rows: pd.DataFrame | None) -> dict[str, tuple[str, str]]:
    """List and row by key."""
    if rows is not None:
        found = set(zip(rows["list"], rows["row"], strict=True))
    else:
        found = {end for a, b in _ENDS for end in zip(pairs[a], pairs[b], strict=True)}
    return {row_key(name, row): (name, row) for name, row in found}


def join_keys(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each key in the pairs, the first key (in the alphabet) of all that are joined with it.

    >>> sorted(join_keys([("b", "a"), ("c", "b")]).items())
    [('a', 'a'), ('b', 'a'), ('c', 'a')]
    """
    group: dict[str, set[str]] = {}
    for one, other in pairs:
        both = group.get(one, {one}) | group.get(other, {other})
        group |= dict.fromkeys(both, both)
    return {key: min(own) for key, own in group.items()}
