"""Fills the column ``listed_elsewhere_codes``: whether the person of a row is on other lists of the build.

A list shared in confidence is compared inside the build, and only counts of its plan are published. The
codes of a public list depend on public lists alone, so that no row shows who was named in confidence.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from hrdresearch.studies.ground.linked import ELSEWHERE
from hrdresearch.tables.table import CODE_SEPARATOR

NO_OTHER = "no_other_list"


def add_listed_elsewhere(
    cases: pd.DataFrame, clusters: pd.DataFrame, public: Collection[str], told: Collection[str]
) -> pd.DataFrame:
    """Add codes of the vocabulary ``listed_elsewhere`` to the rows of some lists.

    clusters: list, row (``victim_id``), and the number of its person (``likely``). public: lists that are
    public by name. told: lists whose rows get codes; other rows are not changed.

    >>> cases = pd.DataFrame({"victim_id": ["a", "b", "c"], ELSEWHERE: "not_assessed"})
    >>> clusters = pd.DataFrame(
    ...     {"list": ["open", "own", "own"], "row": ["a", "b", "c"], "likely": [0, 0, 1]}
    ... )
    >>> add_listed_elsewhere(cases, clusters, {"open"}, {"own"})[ELSEWHERE].tolist()
    ['not_assessed', 'public_list', 'no_other_list']
    """
    persons = clusters[["list", "row", "likely"]]
    pairs = persons.merge(persons[["list", "likely"]], on="likely", suffixes=("", "_other"))
    pairs = pairs[pairs["list"] != pairs["list_other"]]
    kind = pairs["list_other"].isin(public).map({True: "public_list", False: "other_restricted"})
    joined = kind.groupby(pairs["row"]).agg(
        lambda k: CODE_SEPARATOR.join(sorted(set(k), reverse=True))
    )
    own = persons.loc[persons["list"].isin(told), "row"]
    codes = {row: joined.get(row, NO_OTHER) for row in own}
    found = cases["victim_id"].map(codes)
    return cases.assign(**{ELSEWHERE: found.where(found.notna(), cases[ELSEWHERE])})
