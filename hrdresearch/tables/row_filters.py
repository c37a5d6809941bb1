"""Row filters: a claim says with a filter which rows of a table it counts.

A filter maps a column to what its cells must hold:

- ``a``, or ``[a, b]``: this value, or one of these; in a column of joined codes (``*_codes``), this code
  alone or among others;
- ``{"from": a, "to": b}``: from a to b, both included; ``{"below": b}``: less than b;
- ``{"recorded": true}``: any value; with false: none;
- ``{"all": [a, b]}``: all of these conditions;
- ``{"holds": a}``, in a column whose cells join values by ``|``: this value alone or among others;
- ``{"joined": 1}``, in such a column: so many values (a number or a range).

The same filter is used to count a claim, to check disclosure, and to find the rows again on the
restricted machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

RowFilter: TypeAlias = Mapping[str, Any]
_Mask: TypeAlias = NDArray[np.bool_]  # one for each row; several pandas objects would take longer
KeptMasks: TypeAlias = dict[tuple[str, str], _Mask]  # by column and condition


def validate_filter(filter_: RowFilter, columns: list[str]) -> None:
    """Raise ValueError when a filter names a column that is not among the columns of the table."""
    unknown = [column for column in filter_ if column not in columns]
    if unknown:
        raise ValueError(f"Filter on columns that the table does not hold: {unknown}")


def has_code(cells: pd.Series, code: str) -> pd.Series:
    """Whether each cell of codes joined by ``|`` contains ``code``; one boolean for each row.

    >>> has_code(pd.Series(["land|water", "landmines", None]), "land").tolist()
    [True, False, False]
    """
    return pd.Series(_have_any_code(cells, [code]), index=cells.index)


def match_rows(frame: pd.DataFrame, filter_: RowFilter, kept: KeptMasks | None = None) -> pd.Series:
    """For each row of ``frame``, whether the filter chooses it; booleans with the same index.

    kept: conditions that were answered for this frame, so that the same condition is not computed
    again. Raises ValueError for a column that ``frame`` does not have.

    >>> rows = pd.DataFrame({"event_year": [2019, 2020], "cause_codes": ["land", "land|water"]})
    >>> match_rows(rows, {"event_year": {"from": 2020}, "cause_codes": "water"}).tolist()
    [False, True]
    >>> named = pd.DataFrame({"documented_by": ["One|Two", "One", None]})
    >>> match_rows(named, {"documented_by": {"joined": {"from": 2}}}).tolist()
    [True, False, False]
    """
    validate_filter(filter_, list(frame.columns))
    mask = np.ones(len(frame), dtype=bool)
    for column, wanted in filter_.items():
        mask &= (
            _matches(frame[column], wanted) if kept is None else _once(frame, column, wanted, kept)
        )
    return pd.Series(mask, index=frame.index)


def _once(frame: pd.DataFrame, column: str, wanted: Any, kept: KeptMasks) -> _Mask:
    question = column, repr(wanted)
    if question not in kept:
        kept[question] = _matches(frame[column], wanted)
    return kept[question]


def join_filters(scope: RowFilter, filter_: RowFilter) -> dict[str, Any]:
    """Join two filters into one, which chooses the rows that both choose.

    >>> join_filters({"state_iso3": "MEX"}, {"event_year": 2019})
    {'state_iso3': 'MEX', 'event_year': 2019}
    """
    out = dict(scope)
    for column, wanted in filter_.items():
        out[column] = _both(column, scope[column], wanted) if column in scope else wanted
    return out


def _both(column: str, known: Any, wanted: Any) -> Any:
    """Condition on one column that joins two: their common values, or ``{"all": [...]}``."""
    values = wanted if isinstance(wanted, list | tuple) else [wanted]
    if known == wanted:
        return wanted
    if column.endswith("_codes") or isinstance(wanted, Mapping) or None in values:
        return {"all": [known, wanted]}
    kept = [v for v in values if _matches(pd.Series([v], name=column), known)[0]]
    return wanted if len(kept) == len(values) else kept


def _matches(cells: pd.Series, wanted: Any) -> _Mask:
    if isinstance(wanted, Mapping) and "all" in wanted:
        first, *others = (_matches(cells, each) for each in wanted["all"])
        return reduce(np.logical_and, others, first)
    if isinstance(wanted, Mapping) and "holds" in wanted:
        return _have_any_code(cells, [wanted["holds"]])
    if isinstance(wanted, Mapping) and "joined" in wanted:
        return _matches((cells.str.count(r"\|") + 1).rename("joined"), wanted["joined"])
    if isinstance(wanted, Mapping) and "recorded" in wanted:
        return _mask_of(cells.notna() if wanted["recorded"] else cells.isna())
    if isinstance(wanted, Mapping):
        mask = _mask_of(cells.notna())
        if wanted.get("from") is not None:
            mask = mask & _mask_of(cells >= wanted["from"])
        if wanted.get("to") is not None:
            mask = mask & _mask_of(cells <= wanted["to"])
        if wanted.get("below") is not None:
            mask = mask & _mask_of(cells < wanted["below"])
        return mask
    values = list(wanted) if isinstance(wanted, list | tuple) else [wanted]
    known = [value for value in values if value is not None]
    if str(cells.name).endswith("_codes"):
        mask = _have_any_code(cells, known)
    elif len(known) > 1 and all(isinstance(value, str) for value in known):
        mask = _mask_of(cells.isin(known))
    else:
        masks = [_mask_of(cells == value) for value in known]
        mask = np.any(masks, axis=0) if masks else np.zeros(len(cells), dtype=bool)
    return mask if len(known) == len(values) else mask | _mask_of(cells.isna())


def _mask_of(answers: pd.Series) -> _Mask:
    """Answers as a mask; an answer that is not known counts as no."""
    return answers.to_numpy(dtype=bool, na_value=False)


def _have_any_code(cells: pd.Series, codes: Sequence[Any]) -> _Mask:
    """Whether each cell of codes joined by ``|`` holds one of the codes; each content is read once."""
    number, contents = pd.factorize(cells)  # -1 where a cell is empty
    sought = [f"|{code}|" for code in codes]
    holds = [any(code in f"|{content}|" for code in sought) for content in contents]
    return np.array([*holds, False], dtype=bool)[number]
