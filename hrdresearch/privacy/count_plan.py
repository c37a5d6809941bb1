"""Exact counts of persons and rows in every cell of a plan, before they are rounded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from hrdresearch.privacy.plan_cells import (
    NO_ANSWER,
    OTHERS,
    SENSITIVE_CODES,
    cell_name,
    codes_of,
    period_of,
    regions_of_report,
)
from hrdresearch.privacy.policy import ReleasePlan
from hrdresearch.privacy.publication_thresholds import (
    FEWEST_CONTRIBUTORS,
    FEWEST_CROSSED,
    FEWEST_PERSONS,
    PublicationThresholds,
)


def areas_published_alone(
    rows: pd.DataFrame, person: str, contributor: pd.Series, thresholds: PublicationThresholds
) -> tuple[str, ...]:
    """Areas that are large enough for figures of their own: ISO3 codes of States, and rests of regions.

    The rest of a region, ``others:CODE:STATES``, is the region without the States that are published
    alone. An area needs at least 20 to 29 persons (the number is drawn) and three contributors of several
    persons, none of whom contributed nearly all; in a rest of a region no State may hold nearly all.

    rows: rows of the list, with ``state_iso3``. person: name of the column of persons. contributor: the
    contributor of each row; "" where it is not recorded.
    """
    if "state_iso3" not in rows:
        return ()
    frame = rows[[person, "state_iso3"]].assign(contributor=contributor.replace("", None))
    alone = sorted(
        str(iso3)
        for iso3, held in frame.groupby("state_iso3")
        if _is_large(held, person, str(iso3), thresholds)
    )
    areas = list(alone)
    for code, states in regions_of_report().items():
        left = frame[frame["state_iso3"].isin(states - set(alone))]
        name = OTHERS + ":".join([code, *(iso3 for iso3 in alone if iso3 in states)])
        by_state = left.groupby("state_iso3")[person].nunique()
        is_mixed = (
            bool(len(left))
            and by_state.max() < thresholds.largest_answer_share(name) * by_state.sum()
        )
        if is_mixed and _is_large(left, person, name, thresholds):
            areas.append(name)
    return tuple(areas)


def _is_large(
    held: pd.DataFrame, person: str, name: str, thresholds: PublicationThresholds
) -> bool:
    """Whether an area holds enough persons, from enough contributors of several persons each."""
    whole = held[person].nunique()
    if whole < thresholds.fewest_persons(FEWEST_PERSONS, name):
        return False
    of_one = held.groupby("contributor")[person].nunique()
    several = int((of_one >= thresholds.fewest_of_contributor(name)).sum())
    return (
        several >= FEWEST_CONTRIBUTORS
        and of_one.max() <= thresholds.largest_contributor_share(name) * whole
    )


def count_plan_cells(
    rows: pd.DataFrame,
    plan: ReleasePlan,
    areas: Iterable[str],
    person: str,
    year: str | None,
    thresholds: PublicationThresholds,
) -> pd.DataFrame:
    """Count persons and rows in each cell of the plan, before rounding.

    The result has columns ``persons`` and ``rows``; the index holds the names of the cells. A cell
    without a person is there with 0, so that the list of cells does not show which are empty. areas:
    as from ``areas_published_alone``. person, year: names of the columns of persons and of years.
    """
    every = ["", *areas]
    persons = pd.factorize(rows[person])[0]
    inside = [np.ones(len(rows), dtype=bool), *(_lies_in(rows["state_iso3"], a) for a in areas)]
    parts = [_counted(persons, inside, every, "", [""], [np.arange(len(rows))], thresholds)]
    for column in (*plan.by_area, *plan.whole_list, *plan.at_least):
        if column in rows:
            crossed = len(every) if column in plan.by_area else 1
            values = _values(rows[column], column, plan, year)
            parts.append(
                _counted(
                    persons,
                    inside[:crossed],
                    every[:crossed],
                    column,
                    list(values),
                    list(values.values()),
                    thresholds,
                )
            )
    return pd.concat(parts)


def _lies_in(states: pd.Series, area: str) -> np.ndarray:
    if area.startswith(OTHERS):
        code, *alone = area.removeprefix(OTHERS).split(":")
        return states.isin(regions_of_report()[code] - set(alone)).to_numpy()
    return (states == area).to_numpy(dtype=bool)


def _counted(
    persons: np.ndarray,
    inside: Sequence[np.ndarray],
    areas: Sequence[str],
    column: str,
    values: Sequence[str],
    rows_of_values: Sequence[np.ndarray],
    thresholds: PublicationThresholds,
) -> pd.DataFrame:
    """Counts of one column: rows_of_values gives the positions of the rows of each value.

    Who has an answer in one row is not counted as without one for another row, and who has none is
    counted under one code only, so that persons with and without an answer add up to all.
    """
    cells: dict[str, tuple[int, int]] = {}
    for area, within in zip(areas, inside, strict=True):
        own = {}
        told: set[int] = set()  # persons of the values before, those with an answer first
        parts = sorted(zip(values, rows_of_values, strict=True), key=lambda p: p[0] in NO_ANSWER)
        for value, held in parts:
            chosen = held[within[held]]
            found = set(persons[chosen].tolist())
            if value in NO_ANSWER:
                found -= told
            told |= found
            own[value] = (len(found), len(chosen))
        whole = len(np.unique(persons[within]))
        if area and column:
            name = f"{area};{column}"
            most = max((n for v, (n, _) in own.items() if _is_answer(v)), default=0)
            if (
                whole < thresholds.fewest_persons(FEWEST_CROSSED, name)
                or most >= thresholds.largest_answer_share(name) * whole
            ):
                continue  # few persons; or nearly all share an answer, then known of each of them
        for value, count in own.items():
            if not (area and value in SENSITIVE_CODES):
                cells[cell_name(area, column, value)] = count
    return pd.DataFrame.from_dict(cells, orient="index", columns=["persons", "rows"])


def _is_answer(value: str) -> bool:
    return bool(value) and value not in NO_ANSWER


def _values(
    cells: pd.Series, column: str, plan: ReleasePlan, year: str | None
) -> dict[str, np.ndarray]:
    """Positions of the rows of each value that the plan has a cell for, whoever is in it."""
    if column == year:
        return _periods(cells, plan.years_together)
    if column in plan.at_least:
        numbers = cells.astype("float64").to_numpy()
        return {f"from:{n:g}": np.flatnonzero(numbers >= n) for n in plan.at_least[column]}
    if not codes_of(column):
        return {"recorded": np.flatnonzero(cells.notna())}
    distinct = pd.factorize(cells.astype(str))
    answers = [frozenset(cell.split("|")) for cell in distinct[1]]
    tests = {code: [code in held for held in answers] for code in codes_of(column)}
    return {
        value: np.flatnonzero(np.array(holds, dtype=bool)[distinct[0]])
        for value, holds in tests.items()
    }


def _periods(years: pd.Series, together: int) -> dict[str, np.ndarray]:
    known = years.dropna()
    firsts = (years - years % together).astype("float64").to_numpy()
    begin, end = (int(known.min()), int(known.max())) if len(known) else (0, -1)
    spans = [period_of(y, together) for y in range(begin - begin % together, end + 1, together)]
    found = {f"{first}-{last}": np.flatnonzero(firsts == first) for first, last in spans}
    return {**found, "none": np.flatnonzero(np.isnan(firsts))}
