"""Row filters: a claim says with a filter which rows of a table it counts.

A filter maps a column to a value, a list of values (any of them), or ``{"from": a, "to": b}``
(inclusive; ``{"below": b}`` is exclusive), or ``{"recorded": true}`` (any value, or with false:
none), or ``{"all": [a, b]}`` (each of these). On a column whose cells join several values by ``|``,
``{"holds": a}`` selects the cells with this value among others, and ``{"joined": 1}`` those of so many
values (a number or a range). On a column of joined codes (``*_codes``) a value
selects the rows that have this code among others. The same filter is used to count a claim, to check
disclosure, and to find the rows again on the restricted machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import pandas as pd

RowFilter: TypeAlias = Mapping[str, Any]


def validate_filter(filter_: RowFilter, columns: list[str]) -> None:
    """Raise ValueError when a filter names a column that the table does not have."""
    unknown = [column for column in filter_ if column not in columns]
    if unknown:
        raise ValueError(f"Filter on columns that the table does not hold: {unknown}")


def has_code(cells: pd.Series, code: str) -> pd.Series:
    """Whether each cell of codes joined by ``|`` contains ``code``; one boolean for each row.

    >>> has_code(pd.Series(["land|water", "landmines", None]), "land").tolist()
    [True, False, False]
    """
    return ("|" + cells.astype("string") + "|").str.contains(f"|{code}|", regex=False).fillna(False)


def select(frame: pd.DataFrame, filter_: RowFilter) -> pd.Series:
    """Whether the filter selects each row of ``frame``; booleans with the same index.

    Raises ValueError for a column that ``frame`` does not have.

    >>> rows = pd.DataFrame({"event_year": [2019, 2020], "cause_codes": ["land", "land|water"]})
    >>> select(rows, {"event_year": {"from": 2020}, "cause_codes": "water"}).tolist()
    [False, True]
    >>> named = pd.DataFrame({"documented_by": ["One|Two", "One", None]})
    >>> select(named, {"documented_by": {"joined": {"from": 2}}}).tolist()
    [True, False, False]
    """
    validate_filter(filter_, list(frame.columns))
    mask = pd.Series(True, index=frame.index)
    for column, wanted in filter_.items():
        mask &= _matches(frame[column], wanted)
    return mask


def narrowed(scope: RowFilter, filter_: RowFilter) -> dict[str, Any]:
    """Join two filters into one, which selects the rows that both select.

    >>> narrowed({"state_iso3": "MEX"}, {"event_year": 2019})
    {'state_iso3': 'MEX', 'event_year': 2019}
    """
    out = dict(scope)
    for column, wanted in filter_.items():
        out[column] = _both(column, scope[column], wanted) if column in scope else wanted
    return out


def _both(column: str, known: Any, wanted: Any) -> Any:
    """Filter of one column that meets two filters: their common values, or ``{"all": [...]}``."""
    values = wanted if isinstance(wanted, list | tuple) else [wanted]
    if known == wanted:
        return wanted
    if column.endswith("_codes") or isinstance(wanted, Mapping) or None in values:
        return {"all": [known, wanted]}
    kept = [v for v in values if _matches(pd.Series([v], name=column), known).iloc[0]]
    return wanted if len(kept) == len(values) else kept


def _matches(cells: pd.Series, wanted: Any) -> pd.Series:
    if isinstance(wanted, Mapping) and "all" in wanted:
        return pd.concat([_matches(cells, each) for each in wanted["all"]], axis=1).all(axis=1)
    if isinstance(wanted, Mapping) and "holds" in wanted:
        return has_code(cells, str(wanted["holds"])).astype(bool)
    if isinstance(wanted, Mapping) and "joined" in wanted:
        return _matches((cells.str.count(r"\|") + 1).rename("joined"), wanted["joined"])
    if isinstance(wanted, Mapping) and "recorded" in wanted:
        return cells.notna() if wanted["recorded"] else cells.isna()
    if isinstance(wanted, Mapping):
        mask = cells.notna()
        if wanted.get("from") is not None:
            mask &= (cells >= wanted["from"]).fillna(False)
        if wanted.get("to") is not None:
            mask &= (cells <= wanted["to"]).fillna(False)
        if wanted.get("below") is not None:
            mask &= (cells < wanted["below"]).fillna(False)
        return mask.astype(bool)
    values = list(wanted) if isinstance(wanted, list | tuple) else [wanted]
    mask = pd.Series(False, index=cells.index)
    for value in values:
        if value is None:
            mask |= cells.isna()
        elif str(cells.name).endswith("_codes"):
            mask |= has_code(cells, str(value))
        else:
            mask |= (cells == value).fillna(False)
    return mask.astype(bool)
