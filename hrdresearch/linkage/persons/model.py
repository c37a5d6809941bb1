"""Weights of the levels: how much more often one is met among rows of one person than among others.

After Fellegi and Sunter (1969), on Splink and DuckDB. Shares among different persons are learned from
random pairs (Splink); shares among the same person, and how many pairs are one person, by expectation
maximization over all pairs that share a key. Splink's own EM blocks on one fact and learns the others:
where a pair seldom holds two mistakes, it takes the mistakes for the rule. No row needs a known
identity. Lists with fewer rows than ``prepare.FEWEST`` keep the declared shares, so that a few rows cannot
teach the model; in longer lists the declared shares count as ``DECLARED`` pairs beside those that were seen.
"""

from __future__ import annotations

import logging
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from splink import Linker
from splink.backends.duckdb import DuckDBAPI

from hrdresearch.linkage.persons.facts import (
    AS_SIBLINGS,
    FACTS,
    HELD_BY,
    MACROS,
    NOT_ONE_NAME,
    SAME_BIRTH,
    comparison,
)
from hrdresearch.linkage.persons.prepare import to_arrow

DECLARED = 20
SAMPLED_PAIRS, SEED = 1_000_000, 75165
FIRST_CHANCE = 0.0005  # that two rows of short lists are one person
_STEPS, _SETTLED = 200, 1e-6
_LEAST = 1e-7  # share of a level that was never met
_ALLOWED = "(l.list_name <> r.list_name OR l.may_repeat)"
logging.getLogger("splink").setLevel(logging.ERROR)


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
        shares = np.log2(np.array(self.same[fact]) / np.array(self.others[fact]))
        return np.append(shares, 0.0)


def declared_model() -> Model:
    """The model of short lists."""
    return Model(
        {fact: tuple(level.same for level in levels) for fact, (_, levels) in FACTS.items()},
        {fact: tuple(level.others for level in levels) for fact, (_, levels) in FACTS.items()},
        FIRST_CHANCE,
    )


def compare_rows(prepared: pd.DataFrame, learns: bool) -> tuple[pd.DataFrame, Model]:
    """Levels of every pair of rows that shares a key, and the model that weighs them.

    prepared: rows with keys. learns: whether shares are learned. The frame has row_l, row_r, and for
    each fact the number of its level (the number of levels where it is not known).
    """
    facts = [f for f in FACTS if f == "name" or prepared[HELD_BY[f]].notna().any()]
    if len(prepared) < 2:
        return pd.DataFrame(columns=["row_l", "row_r", *facts], dtype=int), declared_model()
    linker = open_linker(prepared, facts)
    model = _with_random_pairs(linker, facts) if learns else declared_model()
    found = linker.inference.predict(warning_mode="never")
    columns = ", ".join(f"gamma_{fact} AS {fact}" for fact in facts)
    sql = f"SELECT row_l, row_r, {columns} FROM {found.physical_name} ORDER BY row_l, row_r"
    pairs = found.db_api.duckdb_con.execute(sql).df()
    for fact in facts:
        last = len(FACTS[fact][1])  # Splink counts from the last level, -1 for what is not known
        pairs[fact] = np.where(pairs[fact] < 0, last, last - 1 - pairs[fact]).astype(np.int8)
    return pairs, learn_same(pairs, model, _possible(prepared)) if learns else model


def learn_same(pairs: pd.DataFrame, model: Model, possible: int) -> Model:
    """Learn the shares among the same person, and the chance, by expectation maximization.

    Pairs whose names are not one person's teach nothing: where a list holds many with some words in
    common (Silva, Santos), they would be taken for the rule.

    pairs: levels, as ``compare_rows`` makes them. possible: number of pairs of rows that may be
    compared; those that share no key are taken as different persons.
    """
    facts = [column for column in pairs if column in FACTS]
    patterns = pairs.groupby(facts, sort=True).size().reset_index(name="pairs")
    counts, start = (
        patterns["pairs"].where(is_one_name(patterns), 0).to_numpy(float),
        declared_model(),
    )
    model = Model(model.same, model.others, 1 / max(possible, 2))
    for _ in range(_STEPS):
        chances = counts * probabilities(patterns, model)
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


def is_one_name(pairs: pd.DataFrame) -> pd.Series:
    """Whether the names of each pair may be one person's: some words in common are not enough."""
    is_born_alike = pairs.get("birth_date", pd.Series(SAME_BIRTH, pairs.index)) < SAME_BIRTH
    return pairs["name"].lt(AS_SIBLINGS) | (pairs["name"].lt(NOT_ONE_NAME) & is_born_alike)


def probabilities(pairs: pd.DataFrame, model: Model) -> NDArray[np.float64]:
    """Probability that each pair is one person. pairs: levels, as ``compare_rows`` makes them."""
    bits = np.full(len(pairs), np.log2(model.chance / (1 - model.chance)))
    for fact in (column for column in pairs if column in FACTS):
        bits += model.weights(fact)[pairs[fact]]
    return np.asarray(1 / (1 + np.exp2(-np.clip(bits, -1000, 1000))))


def open_linker(prepared: pd.DataFrame, facts: list[str]) -> Linker:
    """A Splink linker over the prepared rows, in memory, with our functions for words of names."""
    connection = duckdb.connect(":memory:")
    for macro in MACROS:
        connection.execute(macro)
    settings: dict[str, Any] = {
        "link_type": "dedupe_only",
        "unique_id_column_name": "row",
        "retain_matching_columns": True,
        "comparisons": [comparison(fact) for fact in facts],
        "blocking_rules_to_generate_predictions": [
            {
                "blocking_rule": f"l.keys = r.keys AND {_ALLOWED}",
                "sql_dialect": "duckdb",
                "arrays_to_explode": ["keys"],
            }
        ],
    }
    rows = DuckDBAPI(connection).register(to_arrow(prepared), table_name="rows_of_persons")
    return Linker(rows, deepcopy(settings), log_level=None, validate_settings=False)


def _with_random_pairs(linker: Linker, facts: list[str]) -> Model:
    """The declared model with the shares among different persons learned from random pairs."""
    linker.training.estimate_u_using_random_sampling(
        max_pairs=SAMPLED_PAIRS + 1, seed=SEED, min_count_per_level=None, num_chunks=1
    )
    start, found = declared_model(), linker.misc.save_model_to_json()["comparisons"]
    others = dict(start.others)
    for fact, compared in zip(facts, found, strict=True):
        levels = [lv for lv in compared["comparison_levels"] if not lv.get("is_null_level")]
        seen = [u if isinstance(u := lv.get("u_probability"), float) else _LEAST for lv in levels]
        shares = SAMPLED_PAIRS * np.array(seen) + DECLARED * np.array(start.others[fact])
        others[fact] = tuple(shares / shares.sum())
    return Model(start.same, others, FIRST_CHANCE)


def _possible(prepared: pd.DataFrame) -> int:
    """Number of pairs of rows that may be compared: all, but within lists without duplicates."""
    sizes = prepared.loc[~prepared["may_repeat"], "list_name"].value_counts()
    within = int((sizes * (sizes - 1) // 2).sum())
    return max(len(prepared) * (len(prepared) - 1) // 2 - within, 0)
