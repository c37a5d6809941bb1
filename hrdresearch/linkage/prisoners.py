"""The same person across yearly censuses: exact normalized name, State and charge.

A name in one State whose charges have nothing in common is split; so are names that are nearly the
same, for most near-identical names in such lists are different people. Both go to a review sheet
and are joined only where a person has confirmed it. Pure functions over rows with names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import pandas as pd
from rapidfuzz import fuzz, process

from hrdresearch.clean.names import exact_key

NEARLY_THE_SAME = 90  # token-sort ratio of two normalized names, of 100
NO_CHARGE_CODES = frozenset({"no_charge", "not_disclosed", "not_recorded", "other"})
SAME_NAME, NEAR_NAME = "same name, other charge", "nearly the same name"
PAIR_COLUMNS = ["source", "state_iso3", "why", "score", "a", "b"]


def name_keys(frame: pd.DataFrame) -> pd.Series:
    """``source|STATE|normalized name`` of each row; a row without a person's name is its own."""
    names = {n: exact_key(n) for n in frame["name_as_published"].unique()}
    keys = [
        f"{source}|{state}|{names[name]}"
        if is_person and names[name]
        else f"{source}|{state}||row {row}"
        for source, state, name, is_person, row in zip(
            frame["source"],
            frame["state_iso3"],
            frame["name_as_published"],
            frame["name_is_person"],
            frame["source_row"],
            strict=True,
        )
    ]
    return pd.Series(keys, index=frame.index, dtype="object")


def unit_keys(frame: pd.DataFrame, names: pd.Series) -> pd.Series:
    """Name key with a number for each group of charges that have nothing in common.

    frame: column ``pretext_codes``. Rows without a charge go with the first group of their name.
    """
    groups = {key: charge_groups(codes) for key, codes in frame.groupby(names)["pretext_codes"]}
    units = [
        f"{key}|{_group_of(codes, groups[key])}"
        for key, codes in zip(names, frame["pretext_codes"], strict=True)
    ]
    return pd.Series(units, index=frame.index, dtype="object")


def charge_groups(cells: Iterable[str]) -> list[frozenset[str]]:
    """Groups of charge codes that stand together in a row or share one, in order of appearance."""
    groups: list[frozenset[str]] = []
    for cell in cells:
        charge = frozenset(cell.split("|")) - NO_CHARGE_CODES
        if not charge:
            continue
        touching = [g for g in groups if g & charge]
        merged = charge.union(*touching)
        groups = [g for g in groups if g not in touching] + [merged]
    return groups


def loose_pairs(frame: pd.DataFrame, names: pd.Series, units: pd.Series) -> pd.DataFrame:
    """Pairs of units to look at: columns ``PAIR_COLUMNS``, with keys of the units as a and b."""
    rows: list[tuple[object, ...]] = []
    by_name: dict[str, list[str]] = {}
    for name, unit in zip(names, units, strict=True):
        if unit not in by_name.setdefault(name, []):
            by_name[name].append(unit)
    facts = dict(zip(names, zip(frame["source"], frame["state_iso3"], strict=True), strict=True))
    for name, held in by_name.items():
        rows += [(*facts[name], SAME_NAME, 100, a, b) for a, b in combinations(held, 2)]
    by_place: dict[tuple[str, str], list[str]] = {}
    for name, place in facts.items():
        if "||" not in name:
            by_place.setdefault(place, []).append(name)
    for place, listed in by_place.items():
        rows += [
            (*place, NEAR_NAME, score, by_name[a][0], by_name[b][0])
            for a, b, score in _near(listed)
        ]
    return pd.DataFrame(rows, columns=PAIR_COLUMNS)


def joined_units(units: Sequence[str], confirmed: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """The unit that stands for each unit, once confirmed pairs are joined."""
    parent = {unit: unit for unit in units}

    def root(unit: str) -> str:
        while parent[unit] != unit:
            unit = parent[unit]
        return unit

    for a, b in confirmed:
        if a in parent and b in parent:
            first, second = sorted((root(a), root(b)))
            parent[second] = first
    return {unit: root(unit) for unit in parent}


def _group_of(cell: str, groups: list[frozenset[str]]) -> int:
    charge = frozenset(cell.split("|"))
    return next((n for n, group in enumerate(groups) if group & charge), 0)


def _near(names: list[str]) -> list[tuple[str, str, int]]:
    """Pairs of names at or above the score, each once."""
    spelled = [name.split("|", 2)[2] for name in names]
    scores = process.cdist(
        spelled, spelled, scorer=fuzz.token_sort_ratio, score_cutoff=NEARLY_THE_SAME
    )
    return [
        (names[i], names[j], int(scores[i][j]))
        for i, j in combinations(range(len(names)), 2)
        if scores[i][j] >= NEARLY_THE_SAME
    ]
