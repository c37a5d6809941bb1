"""Finds the same person in several yearly censuses of prisoners.

Rows with the same name and State are one person, also where the charges differ, unless sex or year of birth
differ. Where a census in between does not hold the person, this is a return (re-arrest). On a review
sheet a researcher can decide otherwise, pair by pair. Nearly equal names, and one name with two charges in
the same census, are joined only by such a decision, because most of them are different people. The rows
must hold names.

A "unit" is one name with one group of charges that belong together.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations, pairwise

import pandas as pd
from rapidfuzz import fuzz, process

from hrdresearch.linkage.decisions import join_keys
from hrdresearch.names.same_person import exact_key, person_keys

NEARLY_THE_SAME = 90  # token-sort ratio of two normalized names, of 100
NO_CHARGE_CODES = frozenset({"no_charge", "not_disclosed", "not_recorded", "other"})
SAME_NAME, NEAR_NAME = "same name, other charge at the same time", "nearly the same name"
OTHER_PERSON = "same name, other sex or year of birth"
RETURNED, NEW_CHARGE = "same name, new charge after a gap", "same name, new charge"
JOINED = (RETURNED, NEW_CHARGE)  # one person unless somebody decides otherwise
PAIR_COLUMNS = ["source", "state_iso3", "why", "score", "a", "b"]


def person_name_keys(frame: pd.DataFrame) -> pd.Series:
    """Key of the person of each row, within list and State (``names.same_person.person_keys``).

    frame: columns source, state_iso3, name_as_published, name_is_person, and row_key, sex_code and
    birth_date where the list has them.
    """
    return person_keys(
        frame["name_as_published"],
        within=[frame["source"], frame["state_iso3"]],
        sex=frame.get("sex_code"),
        birth_year=frame["birth_date"].dt.year if "birth_date" in frame else None,
        is_person=frame["name_is_person"],
        alone=frame.get("row_key"),
    )


def charge_unit_keys(frame: pd.DataFrame, names: pd.Series) -> pd.Series:
    """Key of the unit of each row: the name key, and the number of its group of charges.

    frame: columns ``pretext_codes`` and ``census_year``. names: keys as from ``person_name_keys``. A row
    without a charge belongs to the group of the earlier row of that name, or to the first group.
    """
    units: dict[Hashable, str] = {}
    for key, rows in frame.sort_values("census_year", kind="stable").groupby(names):
        groups, last = charge_groups(rows["pretext_codes"]), 0
        for row, cell in rows["pretext_codes"].items():
            charge = frozenset(cell.split("|"))
            last = next((n for n, group in enumerate(groups) if group & charge), last)
            units[row] = f"{key}|{last}"
    return pd.Series(units, dtype="object").reindex(frame.index)


def charge_groups(cells: Iterable[str]) -> list[frozenset[str]]:
    """Groups of charge codes: rows that share a code belong to one group.

    cells: codes of each row, joined by ``|``. Codes that name no charge are left out.

    >>> [sorted(group) for group in charge_groups(["a|b", "c", "b|d"])]
    [['c'], ['a', 'b', 'd']]
    """
    groups: list[frozenset[str]] = []
    for cell in cells:
        charge = frozenset(cell.split("|")) - NO_CHARGE_CODES
        if not charge:
            continue
        touching = [g for g in groups if g & charge]
        merged = charge.union(*touching)
        groups = [g for g in groups if g not in touching] + [merged]
    return groups


def pairs_to_review(frame: pd.DataFrame, names: pd.Series, units: pd.Series) -> pd.DataFrame:
    """Pairs of units that a researcher should look at, with the reason in column ``why``.

    Columns: ``PAIR_COLUMNS``; a and b are keys of units, score is 0 to 100. Pairs with a reason in
    ``JOINED`` are one person unless a researcher decides otherwise.
    """
    held = frame.groupby(units)["census_year"].agg(["min", "max"])
    censuses = {s: sorted(set(y)) for s, y in frame.groupby("source")["census_year"]}
    first = held["min"].to_dict()
    by_name = {n: sorted(u.unique(), key=first.__getitem__) for n, u in units.groupby(names)}
    facts = dict(zip(names, zip(frame["source"], frame["state_iso3"], strict=True), strict=True))
    rows: list[tuple[object, ...]] = []
    for name, own in by_name.items():
        for a, b in pairwise(own):
            left, back = int(held.loc[a, "max"]), int(held.loc[b, "min"])
            missed = any(left < year < back for year in censuses[facts[name][0]])
            why = SAME_NAME if back <= left else RETURNED if missed else NEW_CHARGE
            rows.append((*facts[name], why, 100, a, b))
    is_named = frame["name_is_person"].astype(bool)
    spelled = {
        key: letters
        for key, name in zip(names[is_named], frame["name_as_published"][is_named], strict=True)
        if (letters := exact_key(name))
    }
    by_place: dict[tuple[str, str], list[str]] = {}
    for name in spelled:
        by_place.setdefault(facts[name], []).append(name)
    for place, listed in by_place.items():
        for a, b, score in _near(listed, [spelled[name] for name in listed]):
            why = OTHER_PERSON if spelled[a] == spelled[b] else NEAR_NAME
            rows.append((*place, why, score, by_name[a][0], by_name[b][0]))
    return pd.DataFrame(rows, columns=PAIR_COLUMNS)


def is_return(units: pd.Series, pairs: pd.DataFrame) -> pd.Series:
    """Whether each row is of a person who came back after a census without the name.

    units: unit of each row. pairs: the pairs that were joined.
    """
    return units.isin(pairs.loc[pairs["why"] == RETURNED, "b"])


def join_units(units: Sequence[str], confirmed: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """For each unit the unit that names the person, after the confirmed pairs are joined.

    >>> join_units(["a", "b", "c"], [("a", "b")])
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    known = set(units)
    joined = join_keys(pair for pair in confirmed if known.issuperset(pair))
    return {unit: joined.get(unit, unit) for unit in units}


def _near(names: Sequence[str], spelled: Sequence[str]) -> list[tuple[str, str, int]]:
    """Pairs of names whose score is ``NEARLY_THE_SAME`` or more, each pair once."""
    scores = process.cdist(
        spelled, spelled, scorer=fuzz.token_sort_ratio, score_cutoff=NEARLY_THE_SAME
    )
    return [
        (names[i], names[j], int(scores[i][j]))
        for i, j in combinations(range(len(names)), 2)
        if scores[i][j] >= NEARLY_THE_SAME
    ]
