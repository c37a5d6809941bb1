"""Small models of rules of publication: the old ones with known holes, and the plan in random rounding.

A rule prints an edition of a list as ``{"edition": .., "as_at": {area: edition}, "cells": {..}}``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from cell_words import counted, in_area
from invented_lists import AGE, COLUMNS, STATES, VALUES, WHOLE

from hrdresearch.privacy.rounding import (
    FEWEST_CHANGES,
    MOST_AWAITED,
    awaited_changes,
    possible_counts,
    printed_chances,
    round_counts,
)
from hrdresearch.vocab.regions import region_scheme

KEY = b"key of the invented lists"
BELOW_5 = -1  # "fewer than 5" where a zero is printed as zero
ALONE, CROSSED, SAME = 20, 50, 0.9
Edition = dict[str, Any]


@dataclass(frozen=True)
class Rule:
    """How editions are printed, and what an attacker who knows the rule makes of a figure.

    behind: exact counts that a figure may stand for. chances: of each figure for an exact count.
    others: whether a reader must reckon with other changes beside one that he knows of.
    redrawn: chance that the figures of an area change after so many changes. appears: chance that a
    State of so many persons begins to stand alone.
    """

    name: str
    editions: Callable[[list[pd.DataFrame]], list[Edition]]
    behind: Callable[[int], range]
    chances: Callable[[int], Mapping[int, float]]
    others: bool = True
    redrawn: Callable[[int], float] = lambda changes: 1.0
    appears: Callable[[int], float] = lambda persons: float(persons >= ALONE)


def by_area_and_value(areas: list[str], crossed: set[str] | None = None) -> list[str]:
    """Names of the cells of the closed grid: each value over the list and in each crossed area."""
    names = [f"{area};" for area in areas]
    for area in areas:
        if not area or crossed is None or area in crossed:
            names += [f"{area};{c}={v}" for c in COLUMNS for v in _values(c)]
    return names


def free_scopes() -> list[str]:
    """All ranges of years, for all and by sex."""
    ranges = [f"{a}-{b}" for a in range(2014, 2026) for b in range(a, 2026)]
    scopes = [f"event_year={years}" for years in ranges]
    scopes += [f"{s}&sex_code={sex}" for s in scopes for sex in ("male", "female")]
    return [f";{scope}" for scope in scopes]


def large_areas(rows: pd.DataFrame, least: int = ALONE) -> list[str]:
    """The whole list, States and regions from so many persons."""
    regions = [f"region:{code}" for code in region_scheme("report").labels]
    large = [a for a in (*STATES, *regions) if in_area(a, rows["state_iso3"]).sum() >= least]
    return ["", *large]


def _exact(lists: list[pd.DataFrame]) -> list[Edition]:
    found = []
    for n, rows in enumerate(lists):
        names = by_area_and_value(large_areas(rows))
        exact = counted(names, rows)
        shown = np.where((exact > 0) & (exact < 5), BELOW_5, exact)
        found.append(_edition(n, dict(zip(names, shown.tolist(), strict=True))))
    return found


def _rounded(
    names: Callable[[pd.DataFrame], list[str]], lists: list[pd.DataFrame]
) -> list[Edition]:
    found = []
    for n, rows in enumerate(lists):
        cells = names(rows)
        exact = pd.Series(counted(cells, rows), index=cells)
        found.append(_edition(n, round_counts(exact, KEY, str(n), "nearest").to_dict()))
    return found


def key_of(lists: list[pd.DataFrame]) -> bytes:
    """A key for the draws of this history alone."""
    return (
        KEY + str(pd.util.hash_pandas_object(lists[0].drop(columns=[AGE, *WHOLE])).sum()).encode()
    )


def _planned(
    lists: list[pd.DataFrame], crossed_from: int = CROSSED, nested: bool = False
) -> list[Edition]:
    """The plan: areas from 20 persons, crossed from 50, redrawn after a drawn number of changes."""
    first, key = lists[0], key_of(lists)
    areas = plan_areas(first, nested=nested)
    crossed = {a for a in areas if in_area(a, first["state_iso3"]).sum() >= crossed_from}
    shared = _shared(areas, first)
    names = [name for name in by_area_and_value(areas, crossed) if name not in shared]
    found: list[Edition] = []
    seen = dict.fromkeys(areas, first)
    for n, rows in enumerate(lists):
        fresh = round_counts(pd.Series(counted(names, rows), index=names), key, str(n)).to_dict()
        as_at = dict.fromkeys(areas, str(n))
        for area in areas:
            if n and changed_rows(seen[area], rows, area) < awaited_changes(key, str(n), area):
                as_at[area] = found[-1]["as_at"][area]
            else:
                seen[area] = rows
        old = found[-1]["cells"] if found else {}
        cells = {
            c: int(v if as_at[c.partition(";")[0]] == str(n) else old[c]) for c, v in fresh.items()
        }
        found.append({"edition": str(n), "as_at": as_at, "cells": cells})
    return found


def plan_areas(rows: pd.DataFrame, *, nested: bool = False) -> list[str]:
    """The whole list, States from 20 persons, and from as many: others of their region, elsewhere.

    nested: a region counts its States that stand alone, too.
    """
    areas = large_areas(rows)
    if nested:
        return areas
    alone = [a for a in areas if a in STATES]
    rest = rows[~rows["state_iso3"].isin(alone)]
    others = []
    for code in region_scheme("report").labels:
        name = ":".join(["others", code, *alone])
        if in_area(name, rest["state_iso3"]).sum() >= ALONE:
            others.append(name)
    return ["", *alone, *others]


def changed_rows(before: pd.DataFrame, after: pd.DataFrame, area: str) -> int:
    """Persons of an area who came, went or changed."""
    both = pd.concat(
        [before[~before["row"].isin(after["row"])], after[~after["row"].isin(before["row"])]]
    )
    return int(both.loc[in_area(area, both["state_iso3"]), "person"].nunique())


def awaited_chance(changes: int) -> float:
    """Chance that the drawn number of changes is not above this one."""
    awaited = range(FEWEST_CHANGES, MOST_AWAITED + 1)
    return sum(n <= changes for n in awaited) / len(awaited)


def _shared(areas: list[str], rows: pd.DataFrame) -> set[str]:
    """Cells that are not printed, because nearly all of the area share one value of the column."""
    found = set()
    for area in areas[1:]:
        inside = rows[in_area(area, rows["state_iso3"])]
        for column in COLUMNS:
            if inside[column].value_counts(normalize=True).max() >= SAME:
                found |= {f"{area};{column}={value}" for value in _values(column)}
    return found


def _edition(n: int, cells: Mapping[str, int]) -> Edition:
    areas = {name.partition(";")[0] for name in cells}
    return {"edition": str(n), "as_at": dict.fromkeys(areas, str(n)), "cells": dict(cells)}


def _values(column: str) -> list[str]:
    if column == "event_year":
        return [f"{year}-{year + 1}" for year in range(2014, 2026, 2)]
    return list(VALUES[column][0])


def _behind_exact(figure: int) -> range:
    return range(1, 5) if figure == BELOW_5 else range(figure, figure + 1)


def _nearest_chances(count: int) -> Mapping[int, float]:
    return printed_chances(count, "nearest")


def _grid(rows: pd.DataFrame) -> list[str]:
    return by_area_and_value(large_areas(rows))


_nearest = partial(possible_counts, mode="nearest")
SUPPRESSED = Rule(
    "exact counts, below 5 withheld", _exact, _behind_exact,
    lambda n: {BELOW_5 if 0 < n < 5 else n: 1.0},
)  # fmt: skip
FREE = Rule(
    "nearest 5, free scopes",
    partial(_rounded, lambda rows: free_scopes()),
    _nearest,
    _nearest_chances,
)
AT_ONCE = Rule(
    "nearest 5, new figures after each change", partial(_rounded, _grid), _nearest,
    _nearest_chances, others=False,
)  # fmt: skip
NEAREST = Rule("nearest 5, closed plan", partial(_rounded, _grid), _nearest, _nearest_chances)
PLAN = Rule("the plan", _planned, possible_counts, printed_chances, redrawn=awaited_chance)
