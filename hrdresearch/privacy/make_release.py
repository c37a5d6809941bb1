"""Makes the release of a restricted list: which figures change in an edition, their rounding, medians.

``privacy.release`` says what a release holds; docs/protection.md, what is protected against whom.
"""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
import pandas as pd

from hrdresearch.privacy.count_plan import areas_published_alone, count_plan_cells
from hrdresearch.privacy.plan_cells import OTHERS, cap_at_wholes, cell_name, regions_of_report
from hrdresearch.privacy.policy import TIME_HELD, ReleasePlan
from hrdresearch.privacy.publication_thresholds import FEWEST_KNOWN, PublicationThresholds
from hrdresearch.privacy.release import Release
from hrdresearch.privacy.rounding import awaited_changes, chance_number, round_counts

MEDIAN = "median"
FROM_CONTRIBUTORS = 2
SEEN = ["person", "state_iso3", "contributor", "facts"]


def make_release(
    rows: pd.DataFrame,
    plan: ReleasePlan,
    edition: str,
    key: bytes,
    *,
    person: str,
    year: str | None,
    contributor: pd.Series | None = None,
    before: Release | None = None,
    seen: pd.DataFrame | None = None,
) -> tuple[Release, pd.DataFrame]:
    """Make the release of a list for an edition; returns it with the rows on which its figures rest.

    rows: rows of the list. key: secret from which the rounding is drawn. person, year: names of the
    columns of persons and of years. contributor: contributor of each row; "" where it is not recorded.
    before, seen: the release before this one, and the rows that were returned with it. An area with too
    few changes keeps its earlier figures, and also the rows on which they rest; so its changes are counted
    from those rows, over several editions, until they are enough.
    """
    given = pd.Series("", index=rows.index) if contributor is None else contributor
    everybody = _seen(rows, plan, person, given)
    told_before = {**before.cells, **before.medians} if before is not None else {}
    thresholds = PublicationThresholds.after_edition(key, edition, told_before)
    now = {
        area: _inside(everybody, area)
        for area in ("", *areas_published_alone(rows, person, given, thresholds))
    }
    old = {} if seen is None else {str(area): part for area, part in seen.groupby("area")}
    kept: dict[str, str] = {}
    for area, since in before.as_at.items() if before is not None else ():
        held = now[area] if area in now else _inside(everybody, area)
        if not _is_due(old.get(area), held, awaited_changes(key, edition, area)):
            kept[area] = since
    gone = {a for a in kept if a not in now}  # stands no longer alone, but not yet due
    told = before.as_at if before is not None and "" in kept else now  # none appears by itself
    areas = [
        a for a in now if a in kept or (a in told and not any(_share_states(a, b) for b in gone))
    ]
    areas += sorted(gone)
    counts = count_plan_cells(rows, plan, [a for a in areas if a], person, year, thresholds)
    as_at = {area: kept.get(area, edition) for area in areas}
    cells: dict[str, int] = {}
    several: dict[str, int] = {}
    area_of = np.array([name.partition(";")[0] for name in counts.index])
    for area in as_at:
        if area in kept and before is not None:
            start = f"{area};"
            cells |= {c: n for c, n in before.cells.items() if c.startswith(start)}
            several |= {c: n for c, n in before.rows.items() if c.startswith(start)}
            continue
        own = counts[area_of == area]
        cells |= _rounded(own["persons"], key, edition)
        if not rows[person].is_unique:
            drawn = _rounded(own["rows"], key, edition)
            several |= {
                cell: max(n, cells[cell]) for cell, n in drawn.items()
            }  # no fewer than persons
    medians = median_classes(rows, plan, person, thresholds)
    if "" in kept and before is not None:
        medians = dict(before.medians)
    now_seen = pd.concat(
        [old[a] if a in kept and a in old else now[a] for a in as_at if a in now or a in old]
    )
    made = Release(edition, cells, several, medians, as_at)
    return made.without_left_out(before.left_out if before else {}), now_seen.reset_index(drop=True)


def _rounded(counts: pd.Series, key: bytes, edition: str) -> dict[str, int]:
    drawn = round_counts(counts, key, edition)
    return cap_at_wholes({str(cell): int(n) for cell, n in drawn.items()})


def _share_states(one: str, other: str) -> bool:
    """Whether two areas, neither of them the whole list, hold a State in common."""
    if not (one and other):
        return False
    a, b = (states_of_area(area) for area in (one, other))
    return bool(a & b)


def states_of_area(area: str) -> frozenset[str]:
    """ISO3 codes of the States in an area of a release: a State, or what is left of a region."""
    if not area.startswith(OTHERS):
        return frozenset({area})
    code, *alone = area.removeprefix(OTHERS).split(":")
    return regions_of_report()[code] - set(alone)


def _seen(
    rows: pd.DataFrame, plan: ReleasePlan, person: str, contributor: pd.Series
) -> pd.DataFrame:
    """For each row the pseudonym, State, contributor, and a hash of the facts that are counted."""
    counted = (*plan.by_area, *plan.whole_list, *plan.at_least, *plan.medians)
    columns = [c for c in dict.fromkeys(counted) if c in rows and c != TIME_HELD]
    facts = pd.util.hash_pandas_object(rows[columns].astype(str), index=False)
    return pd.DataFrame(
        {
            "person": rows[person].astype(str),
            "state_iso3": rows["state_iso3"].astype(str) if "state_iso3" in rows else "",
            "contributor": contributor.astype(str),
            "facts": facts.astype(str),
        }
    )


def _inside(everybody: pd.DataFrame, area: str) -> pd.DataFrame:
    inside = everybody[everybody["state_iso3"].isin(states_of_area(area))] if area else everybody
    return inside.assign(area=area)


def _is_due(before: pd.DataFrame | None, now: pd.DataFrame, least: int) -> bool:
    """Whether ``least`` persons of an area changed, from enough contributors, for new figures."""
    if before is None:
        return True
    moved = _moved(before, now)
    contributors = set(moved["contributor"]) - {""}
    is_recorded = bool((now["contributor"] != "").any())
    enough = len(contributors) >= FROM_CONTRIBUTORS or not is_recorded
    return moved["person"].nunique() >= least and enough


def _moved(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Rows that were added, removed or changed, each once; a person may have several equal rows."""
    both = [part[SEEN].drop_duplicates() for part in (before, now)]
    return pd.concat(both).drop_duplicates(keep=False)


def median_classes(
    rows: pd.DataFrame, plan: ReleasePlan, person: str, thresholds: PublicationThresholds
) -> dict[str, str]:
    """Class of the median of each column of the plan, by name of the cell (``;age_years=median``).

    A class is ``18-25`` (from 18 to under 25), ``-18`` or ``60-``. A column needs 50 to 59 persons with a
    value (the number is drawn). The largest value of each person counts. person: name of the column of
    persons.
    """
    found = {}
    for column, limits in plan.medians.items():
        if column not in rows:
            continue
        known = rows.groupby(person)[column].max().dropna().astype("float64").sort_values()
        if len(known) >= thresholds.fewest_persons(FEWEST_KNOWN, f";{column}"):
            name = cell_name("", column, MEDIAN)
            moved = len(known) // 2 + chance_number(thresholds.key, thresholds.edition, name)
            found[name] = _class_of(float(known.iloc[moved]), limits)
    return found


def _class_of(value: float, limits: tuple[float, ...]) -> str:
    ends = ["", *(f"{limit:g}" for limit in limits), ""]
    at = bisect_right(limits, value)
    return f"{ends[at]}-{ends[at + 1]}"
