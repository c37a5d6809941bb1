"""Weights of levels: how much more often a level occurs among pairs of one person than among other pairs.

After Fellegi and Sunter (1969). The shares among different persons are learned from random pairs. The
shares among the same person, and how many pairs are one person, are learned by expectation maximization
over all pairs that share a key; no identity needs to be known. Pairs with the same levels are counted
together: a million pairs have some thousand patterns. Lists with fewer rows than ``name_table.FEWEST``
keep the declared shares, because a few rows cannot teach the model; in longer lists the declared shares
count as ``DECLARED`` pairs beside those that were seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrdresearch.linkage.persons.facts import (
    AS_SIBLINGS,
    FACTS,
    NOT_ONE_NAME,
    SAME_BIRTH,
    known_facts,
    levels_of_fact,
)
from hrdresearch.linkage.persons.key_groups import Ints, pair_ends
from hrdresearch.linkage.persons.name_table import FEWEST
from hrdresearch.linkage.persons.prepare import Rows

DECLARED = 20
SAMPLED_PAIRS, SEED = 1_000_000, 75165
FIRST_CHANCE = 0.0005  # that two rows of short lists are one person
_STEPS, _SETTLED = 200, 1e-6
_NONE_SEEN = 3  # of N pairs none is met: the share is at most 3 / N, sure to 95 per cent
_AT_ONCE = 250_000  # pairs compared in one go


@dataclass(frozen=True)
class Model:
    """Shares of each level, and the chance that two rows are one person.

    same, others: for each fact the shares of its levels, in the order of ``facts.FACTS``, among pairs
    of one person and among other pairs. chance: of two rows that may be compared. It holds no row:
    it may be kept and used for the next edition of the lists.
    """

    same: dict[str, tuple[float, ...]]
    others: dict[str, tuple[float, ...]]
    chance: float

    def weights(self, fact: str) -> NDArray[np.float64]:
        """Weights of the levels of a fact in bits, then 0 for a fact that is not known."""
        return np.append(np.log2(np.array(self.same[fact]) / np.array(self.others[fact])), 0.0)


def declared_model() -> Model:
    """The model of short lists, with the shares that ``facts`` declares."""
    return Model(
        {fact: tuple(level.same for level in levels) for fact, (_, levels) in FACTS.items()},
        {fact: tuple(level.others for level in levels) for fact, (_, levels) in FACTS.items()},
        FIRST_CHANCE,
    )


def compare_rows(rows: Rows, pairs: NDArray[np.int64]) -> tuple[pd.DataFrame, NDArray[np.int32]]:
    """Compare pairs of rows; returns the patterns of levels that occur, and the pattern of each pair.

    pairs: each as one number (see ``key_groups``). A pattern has for each fact the number of its level
    (the number of levels where the fact is not known), and in column ``pairs`` the number of pairs.
    """
    facts = known_facts(rows)
    sizes = [len(FACTS[fact][1]) + 1 for fact in facts]
    parts = np.array_split(pairs, len(pairs) // _AT_ONCE + 1)
    codes = np.concatenate([_coded(rows, facts, sizes, *pair_ends(part)) for part in parts])
    counts = np.bincount(codes, minlength=1)
    met = np.flatnonzero(counts)
    levels = np.stack(np.unravel_index(met, sizes), axis=1).astype(np.int8)
    place = np.zeros(len(counts), dtype=np.int32)
    place[met] = np.arange(len(met))
    return pd.DataFrame(levels, columns=facts).assign(pairs=counts[met]), place[codes]


def _coded(
    rows: Rows, facts: Sequence[str], sizes: Sequence[int], left: Ints, right: Ints
) -> NDArray[np.int32]:
    levels = [levels_of_fact(fact, rows, left, right) for fact in facts]
    return np.asarray(np.ravel_multi_index(levels, sizes)).astype(np.int32)


def choose_model(rows: Rows, patterns: pd.DataFrame) -> Model:
    """Choose the model for lists: the declared one for short lists, else one that is learned.

    patterns: as from ``compare_rows``, of the pairs that share a key.
    """
    if len(rows.keys) < FEWEST:
        return declared_model()
    return learn_shares_of_same(patterns, _with_random_pairs(rows), _possible(rows))


def learn_shares_of_same(patterns: pd.DataFrame, model: Model, possible: int) -> Model:
    """Learn the shares among pairs of one person, and how many pairs are one person, from patterns.

    patterns: as from ``compare_rows``. model: its shares among other pairs are kept. possible: number of
    all pairs of rows, with a common key or without.
    """
    facts = [column for column in patterns if column in FACTS]
    counts = patterns["pairs"].where(may_be_one_name(patterns), 0).to_numpy(float)
    start = declared_model()
    model = Model(model.same, model.others, 1 / max(possible, 2))
    for _ in range(_STEPS):
        chances = counts * pair_probabilities(patterns, model)
        same = dict(model.same)
        for fact in facts:
            size = len(FACTS[fact][1])
            seen = np.bincount(patterns[fact], chances, size + 1)[:size]
            shares = seen + DECLARED * np.array(start.same[fact])
            same[fact] = tuple(shares / shares.sum())
        chance = min(max(chances.sum(), 0.5) / max(possible, 2), 0.5)
        is_settled = abs(chance - model.chance) < _SETTLED * chance
        model = Model(same, model.others, chance)
        if is_settled:
            break
    return model


def may_be_one_name(pairs: pd.DataFrame) -> pd.Series:
    """Whether the two names of each pair may be those of one person; some common words are not enough."""
    is_born_alike = pairs.get("birth_date", pd.Series(SAME_BIRTH, pairs.index)) < SAME_BIRTH
    return pairs["name"].lt(AS_SIBLINGS) | (pairs["name"].lt(NOT_ONE_NAME) & is_born_alike)


def pair_probabilities(pairs: pd.DataFrame, model: Model) -> NDArray[np.float64]:
    """Probability that each pair is one person; pairs: number of the level of each fact."""
    bits = np.full(len(pairs), np.log2(model.chance / (1 - model.chance)))
    for fact in (column for column in pairs if column in FACTS):
        bits += model.weights(fact)[pairs[fact]]
    return np.asarray(1 / (1 + np.exp2(-np.clip(bits, -1000, 1000))))


def _with_random_pairs(rows: Rows) -> Model:
    """The declared model with the shares among different persons learned from random pairs.

    A level that none of them has keeps its declared share, or the most that it can be where none is met (by
    the rule of three, Hanley and Lippman-Hand 1983): "none of a million" is not "never".
    """
    number, random = len(rows.keys), np.random.default_rng(SEED)
    if number * (number - 1) // 2 <= SAMPLED_PAIRS:
        left, right = np.triu_indices(number, 1)
    else:
        left, right = random.integers(0, number, (2, SAMPLED_PAIRS))
        right = np.where(left == right, (right + 1) % number, right)
    patterns, _ = compare_rows(rows, np.minimum(left, right) << 32 | np.maximum(left, right))
    start = declared_model()
    others = dict(start.others)
    for fact in known_facts(rows):
        size = len(FACTS[fact][1])
        seen = np.bincount(patterns[fact], patterns["pairs"], size + 1)[:size]
        declared = np.array(start.others[fact])
        total = max(seen.sum(), 1)
        shares = np.where(seen > 0, seen / total, np.minimum(declared, _NONE_SEEN / total))
        shares = SAMPLED_PAIRS * shares + DECLARED * declared
        others[fact] = tuple(shares / shares.sum())
    return Model(start.same, others, FIRST_CHANCE)


def _possible(rows: Rows) -> int:
    """Number of pairs of rows that may be compared: all, but within lists without duplicates."""
    sizes = np.bincount(rows.lists[~rows.may_repeat])
    number = len(rows.keys)
    return max(number * (number - 1) // 2 - int((sizes * (sizes - 1) // 2).sum()), 0)
