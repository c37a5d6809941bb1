"""Counts numbers of a report again from its build, by their filters.

Only counts of rows or distinct values, and smallest or largest values, of public lists are counted again.
Numbers of a restricted list, and of persons that a public list names beside its rows, are rounded or
withheld on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import pandas as pd

from hrdresearch.findings.numbers import number_in_table
from hrdresearch.privacy.policy import Policy
from hrdresearch.studies.ground.build import Build
from hrdresearch.tables import TABLES, match_rows

# How a measure is calculated from the values of its column, in the rows that the filter selects.
OF_VALUES: dict[str, Callable[[pd.Series], int]] = {
    "distinct": lambda values: int(values.nunique()),
    "smallest": lambda values: int(values.min()),
    "largest": lambda values: int(values.max()),
}


def recount_problems(build: Build, claims: Mapping[str, Any]) -> list[str]:
    """One sentence for each claim whose rows in the build give another number; empty if there is none."""
    return list(_problems(build, claims))


def public_lists(build: Build) -> dict[str, str]:
    """Lists of a build whose exact numbers may be printed: slug -> table."""
    return {
        str(facts["slug"]): str(facts["table"])
        for facts in build.facts()
        if Policy.from_dict(facts["policy"]).prints_exact_numbers
    }


def is_counted_again(claim: Mapping[str, Any]) -> bool:
    """Whether a claim can be counted again: it is shown, has a filter, and is a count or extreme value."""
    kind = str(claim["measure"]).partition(":")[0]
    return (
        claim["status"] == "shown"
        and (kind == "rows" or kind in OF_VALUES)
        and bool(claim["filter"])
    )


def _problems(build: Build, claims: Mapping[str, Any]) -> Iterator[str]:
    public = public_lists(build)

    @cache
    def table(name: str) -> pd.DataFrame:
        return build.table(name)

    for name, claim in claims.items():
        measure = str(claim["measure"])
        kind, _, column = measure.partition(":")
        if not is_counted_again(claim):
            continue
        tables = {public.get(slug) for slug in claim["sources"]}
        if None in tables or _holds_other_persons(claim["table"], tables):
            continue
        frame = table(claim["table"])
        rows = frame[match_rows(frame, claim["filter"])]
        counted = OF_VALUES[kind](rows[column]) if column else len(rows)
        if counted != claim["value"]:
            found = number_in_table(counted, claim["unit"])
            yield f"{name} is {claim['text']} in the report; its rows in the build give {found}"


def _holds_other_persons(table: str, of_lists: set[str | None]) -> bool:
    """Whether a table holds persons and is not the table of these lists, so that it has its own policy."""
    return table not in of_lists and table in TABLES and bool(TABLES[table].person_column)
