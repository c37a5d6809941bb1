"""Compares the rows of lists: from printed names and facts to the probability that two are one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from hrdresearch.linkage.persons.block import pairs_to_compare
from hrdresearch.linkage.persons.facts import FACTS
from hrdresearch.linkage.persons.key_groups import pair_ends
from hrdresearch.linkage.persons.model import Model, choose_model, compare_rows, pair_probabilities
from hrdresearch.linkage.persons.prepare import prepare_rows


@dataclass(frozen=True)
class LinkSettings:
    """How rows are linked.

    holds_duplicates: names of lists in which one person may stand twice; rows of any other list are
    never linked with each other. threshold: probability from which a pair is a link. most_rows: rows that
    may share a key; keys of more rows are narrowed or dropped. model: a model learned before; without it
    the model is learned from the lists, or declared where they have fewer than 300 rows.
    """

    holds_duplicates: frozenset[str] = frozenset()
    threshold: float = 0.5
    most_rows: int = 500
    model: Model | None = None


class ComparedPairs(NamedTuple):
    """Compared pairs of rows.

    pairs: with their probabilities. model: that gave them. number: of all pairs that share a key. dropped:
    keys that were dropped, by rule. named: number of rows that name a person.
    """

    pairs: pd.DataFrame
    model: Model
    number: int
    dropped: dict[str, int]
    named: int


def compare_lists(
    lists: Mapping[str, pd.DataFrame], settings: LinkSettings, least: float = 0
) -> ComparedPairs:
    """Compare the pairs of rows that share a key.

    lists: as for ``link_same_persons``. least: only pairs of this probability or more are returned, with
    columns list_a, row_a, list_b, row_b, probability, the level of each fact, and the numbers of the two
    rows (row_l, row_r). Raises ValueError for a list without names or with a row key twice.
    """
    _check(lists, settings)
    rows = prepare_rows(lists, settings.holds_duplicates)
    pairs, dropped = pairs_to_compare(rows, settings.most_rows)
    patterns, pattern = compare_rows(rows, pairs)
    model = settings.model or choose_model(rows, patterns)
    chances = pair_probabilities(patterns, model)
    kept = chances[pattern] >= least
    left, right = pair_ends(pairs[kept])
    facts = [fact for fact in FACTS if fact in patterns]
    found = patterns[facts].assign(probability=chances).iloc[pattern[kept]]
    names = np.array(rows.list_names, dtype=object)
    for end, numbers in (("a", left), ("b", right)):
        found[f"list_{end}"], found[f"row_{end}"] = names[rows.lists[numbers]], rows.keys[numbers]
    found = found.assign(row_l=left, row_r=right)
    return ComparedPairs(found, model, len(pairs), dropped, len(rows.keys))


def sort_by_probability(pairs: pd.DataFrame) -> pd.DataFrame:
    """Sort pairs by probability, the highest first; pairs of the same probability by their rows."""
    return pairs.sort_values(
        ["probability", "row_l", "row_r"], ascending=[False, True, True], ignore_index=True
    )


def _check(lists: Mapping[str, pd.DataFrame], settings: LinkSettings) -> None:
    for name, frame in lists.items():
        if "name_as_published" not in frame:
            raise ValueError(f"list {name}: no column name_as_published; rows are linked by names")
        if frame.index.astype(str).has_duplicates:
            raise ValueError(f"list {name}: a row key stands twice in its index; give each row one")
    if unknown := sorted(settings.holds_duplicates - set(lists)):
        raise ValueError(
            f"holds_duplicates: {', '.join(unknown)} is no list; known: {', '.join(lists)}"
        )
