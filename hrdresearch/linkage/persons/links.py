"""Links between rows that are the same person: pairs, clusters, reasons, and the table of overlap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from hrdresearch.linkage.decisions import DIFFERENT, NOT_COMPARED, SAME, apply_decisions
from hrdresearch.linkage.persons.clusters import cluster_rows
from hrdresearch.linkage.persons.compare import LinkSettings, compare_lists, sort_by_probability
from hrdresearch.linkage.persons.facts import FACTS, ONE_NAME
from hrdresearch.linkage.persons.missed import Recalls, missed_pairs
from hrdresearch.linkage.persons.model import Model, may_be_one_name

NOT_MEASURED: Recalls = MappingProxyType({})
SURE = 0.95  # probability from which pairs with the same words in the name are clustered first
KEPT = 0.01  # pairs with a lower probability are not kept
PAIR = ["list_a", "row_a", "list_b", "row_b", "probability"]


@dataclass(frozen=True)
class Links:
    """Links between rows that are the same person. Restricted: made from names, though it holds none.

    pairs: a row for each pair with a probability of 0.01 or more (list_a, row_a, list_b, row_b, probability,
        and the level of each fact), the most probable first.
    near: the same columns, for pairs that only their names keep from being a link, and of which neither
        row has a link.
    clusters: every row of the lists (list, row, cluster); rows of one cluster are one person.
    compared: number of pairs that share a key. dropped_keys: number of keys that too many rows share, for
        each rule of ``block.RULES``.
    not_named: number of rows without the name of a person; they are linked with no row.
    """

    pairs: pd.DataFrame
    near: pd.DataFrame = field(repr=False)
    clusters: pd.DataFrame
    model: Model
    settings: LinkSettings
    compared: int
    dropped_keys: dict[str, int]
    not_named: int
    _lists: tuple[str, ...] = field(repr=False, default=())

    def with_decisions(self, decisions: pd.DataFrame) -> Links:
        """Copy of the links that follows the decisions of persons (``hrdresearch.linkage.decisions``).

        decisions: columns ``decisions.COLUMNS``. Raises ContradictionError for decisions that cannot all
        hold.
        """
        pairs = apply_decisions(self.pairs, decisions, self.clusters)
        linked = pairs[pairs["probability"] >= self.settings.threshold]
        clusters = _clusters(self.clusters, linked, self.settings, pairs)
        near = _without_rows_of(linked, self.near)
        parted = set(map(tuple, pairs.loc[pairs["decided"] != "", PAIR[:4]].to_numpy()))
        is_open = [tuple(ends) not in parted for ends in near[PAIR[:4]].to_numpy()]
        near = near[np.array(is_open, dtype=bool)].reset_index(drop=True)
        return replace(self, pairs=pairs, near=near, clusters=clusters)

    def overlap(self) -> pd.DataFrame:
        """Table for ``estimates.table_from_rows``: rows are persons, a column of 0 and 1 for each list."""
        return _overlap(self.clusters, self._lists)

    def overlap_draws(
        self, number: int, seed: int = 75165, recalls: Recalls = NOT_MEASURED
    ) -> Iterator[pd.DataFrame]:
        """Draw tables of overlap, in each of which a pair is a link with its probability.

        With them an estimate includes the uncertainty of the links (``estimates.estimate_undocumented``).
        number: of tables. recalls: as for ``cluster_draws``.
        """
        for drawn in self.cluster_draws(number, seed, recalls):
            yield _overlap(self.clusters.assign(cluster=drawn), self._lists)

    def cluster_draws(
        self, number: int, seed: int = 75165, recalls: Recalls = NOT_MEASURED
    ) -> Iterator[pd.Series]:
        """Draw the cluster of each row of ``clusters``, where a pair is a link with its probability.

        number: of draws. recalls: for two lists (frozenset of their names) the measured share of their
        true pairs that are linked; pairs of ``near`` are then drawn too, as many as links were missed.
        """
        chance = np.random.default_rng(seed)
        linked = self.pairs[self.pairs["probability"] >= self.settings.threshold]
        pairs = pd.concat([self.pairs, missed_pairs(linked, self.near, recalls)], ignore_index=True)
        for _ in range(number):
            drawn = pairs[chance.random(len(pairs)) < pairs["probability"]]
            yield _clusters(self.clusters, drawn, self.settings, self.pairs)["cluster"]

    def clusters_at(self, threshold: float) -> pd.Series:
        """Cluster of each row of ``clusters``, from the links of at least this probability."""
        links = self.pairs[self.pairs["probability"] >= threshold]
        return _clusters(self.clusters, links, self.settings, self.pairs)["cluster"]

    def pairs_in_words(self) -> pd.DataFrame:
        """The table ``pairs`` with the level of each fact in words, also "not known", "not compared"."""
        words = {
            fact: self.pairs[fact].map(
                {
                    **dict(enumerate([*(level.words for level in levels), "not known"])),
                    NOT_COMPARED: "not compared",
                }
            )
            for fact, (_, levels) in FACTS.items()
            if fact in self.pairs
        }
        return self.pairs.assign(**words)

    def explain(self, pair: Any) -> pd.DataFrame:
        """Why a pair is a link or not: the weight of each fact, and the probability after it; no names.

        pair: its label in ``pairs``. Columns: fact, found (the level in words), weight (in bits; one bit
        doubles or halves the odds), probability.
        """
        return explain_levels(self.pairs.loc[pair], self.model)

    def explain_in_words(self, pair: Any) -> str:
        """The reasons of ``explain`` in one sentence, without names."""
        steps = self.explain(pair)
        told = [
            f"{fact.replace('_', ' ')}: {found} ({weight:+.1f})"
            for fact, found, weight in steps.iloc[1:, :3].itertuples(index=False)
            if found not in ("not known", "not compared")
        ]
        return f"Probability {steps['probability'].iloc[-1]:.3f}; {'; '.join(told)}."


def link_same_persons(
    lists: Mapping[str, pd.DataFrame], settings: LinkSettings | None = None
) -> Links:
    """Link the rows of one or several lists that are the same person.

    lists: by name of the list its rows; the index holds row keys. Needed is the column
        ``name_as_published``. Compared too, where a list has them: event_date and birth_date (with
        ``_precision``; or ISO text, complete or not), place_as_published, admin1_name, state_iso3,
        age_years, sex_code (as recorded) and organization.

    Rows without the name of a person (unknown, collective) are linked with no row, and so are rows that
    have only some words of the name in common. The order of rows and lists makes no difference. Raises
    ValueError for a list without names or with a row key twice.

        links = link_same_persons({"gw": defenders, "cpt": killings})
        links.pairs_in_words()
    """
    settings = settings or LinkSettings()
    found = compare_lists(lists, settings, KEPT)
    kept = found.pairs
    facts = [f for f in FACTS if f in kept]
    is_one = may_be_one_name(kept)
    pairs, near = (sort_by_probability(kept[part])[[*PAIR, *facts]] for part in (is_one, ~is_one))
    everybody = pd.DataFrame(
        [(name, str(key)) for name in sorted(lists) for key in sorted(map(str, lists[name].index))],
        columns=["list", "row"],
    )
    linked = pairs[pairs["probability"] >= settings.threshold]
    return Links(
        pairs=pairs,
        near=_without_rows_of(linked, near),
        clusters=_clusters(everybody, linked, settings),
        model=found.model,
        settings=settings,
        compared=found.number,
        dropped_keys=found.dropped,
        not_named=len(everybody) - found.named,
        _lists=tuple(lists),
    )


def nearest_rows(asked: pd.DataFrame, rows: pd.DataFrame, most: int = 5) -> pd.DataFrame:
    """For each asked row the most similar rows of a list, whether they are one person or not.

    asked, rows: as for ``link_same_persons``; rows that share only some words of the name count too.
    most: rows for each asked row. Columns: asked, row, probability, rank (1 to ``most``), and the level
    of each fact.
    """
    found = sort_by_probability(compare_lists({"asked": asked, "rows": rows}, LinkSettings()).pairs)
    rank = found.groupby("row_a").cumcount() + 1
    facts = [f for f in FACTS if f in found]
    out = found.rename(columns={"row_a": "asked", "row_b": "row"}).assign(rank=rank)
    near = out.loc[rank <= most, ["asked", "row", "probability", "rank", *facts]]
    return near.sort_values(["asked", "rank"], ignore_index=True)


def explain_levels(levels: pd.Series, model: Model) -> pd.DataFrame:
    """Why a pair is a link or not, as ``Links.explain`` does; levels: a row of ``Links.pairs``."""
    bits = float(np.log2(model.chance / (1 - model.chance)))
    steps: list[tuple[str, str, float, float]] = [("before", "any two rows", bits, model.chance)]
    for fact in (f for f in FACTS if f in levels):
        number, words = int(levels[fact]), [level.words for level in FACTS[fact][1]]
        weight = float(model.weights(fact)[number])
        bits += weight
        found = "not compared" if number == NOT_COMPARED else [*words, "not known"][number]
        steps.append((fact, found, weight, float(1 / (1 + np.exp2(-bits)))))
    return pd.DataFrame(steps, columns=["fact", "found", "weight", "probability"])


def _without_rows_of(linked: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Pairs of which neither row stands in a linked pair."""
    ends = [["list_a", "row_a"], ["list_b", "row_b"]]
    taken = {end for own in ends for end in linked[own].itertuples(index=False, name=None)}
    a, b = (list(pairs[own].itertuples(index=False, name=None)) for own in ends)
    is_free = [not {one, other} & taken for one, other in zip(a, b, strict=True)]
    return pairs[np.array(is_free, dtype=bool)].reset_index(drop=True)


def _clusters(
    rows: pd.DataFrame,
    links: pd.DataFrame,
    settings: LinkSettings,
    decided: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Cluster of each row, sure links of one name before all others. decided: pairs with decisions.

    A sister killed on the same day in the same place agrees in more facts than the same person whose place
    has two names. So where two rows of a list are sure for one row, the one with the same words wins.
    """
    is_sure = links["name"].between(0, ONE_NAME - 1) & (links["probability"] >= SURE)
    links = pd.concat([links[is_sure], links[~is_sure]])
    place = pd.MultiIndex.from_frame(rows[["list", "row"]])

    def numbered(pairs: pd.DataFrame) -> list[tuple[int, int]]:
        ends = [pd.MultiIndex.from_frame(pairs[[f"list_{end}", f"row_{end}"]]) for end in "ab"]
        return list(zip(*(place.get_indexer(end).tolist() for end in ends), strict=True))

    said: dict[str, list[tuple[int, int]]] = {word: [] for word in (SAME, DIFFERENT)}
    if decided is not None and "decided" in decided:
        said = {word: numbered(decided[decided["decided"] == word]) for word in said}
    may_repeat = [name in settings.holds_duplicates for name in rows["list"]]
    lists = rows["list"].tolist()
    found = cluster_rows(numbered(links), lists, may_repeat, said[SAME], said[DIFFERENT])
    return rows[["list", "row"]].assign(cluster=found)


def _overlap(clusters: pd.DataFrame, lists: tuple[str, ...]) -> pd.DataFrame:
    table = pd.crosstab(clusters["cluster"], clusters["list"]).clip(upper=1)
    return table.reindex(columns=list(lists), fill_value=0).rename_axis(columns=None)
