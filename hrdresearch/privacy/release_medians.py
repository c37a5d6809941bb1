"""Medians of a restricted list: only the class in which the median lies is published.

The classes are fixed in the plan. The place of the median among the ordered values is moved by a random
number, as counts are, so that the class does not disclose one person. Medians are published over the
whole list only.
"""

from __future__ import annotations

from bisect import bisect_right

import pandas as pd

from hrdresearch.privacy.plan_cells import cell_name
from hrdresearch.privacy.policy import ReleasePlan
from hrdresearch.privacy.publication_thresholds import FEWEST_KNOWN, PublicationThresholds
from hrdresearch.privacy.rounding import chance_number

MEDIAN = "median"


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
