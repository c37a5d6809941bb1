"""Row filters: the one language in which a claim says which rows it counts.

A filter maps a column to a value, a list of values (any of them), or ``{"from": a, "to": b}``
(inclusive; ``{"below": b}`` is exclusive), or ``{"recorded": true}`` (any value, or with false:
none), or ``{"all": [a, b]}`` (each of these). On a column of joined codes (``*_codes``) a value
means "holds this code". The same filter counts a claim, audits disclosure, and finds the rows again
on the restricted machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import pandas as pd

RowFilter: TypeAlias = Mapping[str, Any]


def validate_filter(filter_: RowFilter, columns: list[str]) -> None:
    """Raise ValueError when a filter names a column that the table does not hold."""
    unknown = [column for column in filter_ if column not in columns]
    if unknown:
        raise ValueError(f"Filter on columns that the table does not hold: {unknown}")


def has_code(cells: pd.Series, code: str) -> pd.Series:
    """Whether a cell of ``|``-joined codes holds ``code``; one boolean a row."""
    return ("|" + cells.astype("string") + "|").str.contains(f"|{code}|", regex=False).fillna(False)


def select(frame: pd.DataFrame, filter_: RowFilter) -> pd.Series:
    """Boolean mask of the rows of ``frame`` that ``filter_`` counts (same index)."""
    validate_filter(filter_, list(frame.columns))
    mask = pd.Series(True, index=frame.index)
    for column, wanted in filter_.items():
        mask &= _matches(frame[column], wanted)
    return mask


def narrowed(scope: RowFilter, filter_: RowFilter) -> dict[str, Any]:
    """One filter that selects what both select; a column that stands in both obeys both."""
    out = dict(scope)
    for column, wanted in filter_.items():
        out[column] = _both(column, scope[column], wanted) if column in scope else wanted
    return out


def _both(column: str, known: Any, wanted: Any) -> Any:
    """What two wishes for one column have in common: the values of both, else each of the two."""
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
