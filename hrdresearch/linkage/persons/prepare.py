"""Turns the facts of rows into numbers, once a row or once a value, so that pairs are compared quickly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrdresearch.clean.places import clean_admin1
from hrdresearch.linkage.persons.key_groups import Ints
from hrdresearch.linkage.persons.name_table import Names, number_names
from hrdresearch.names.person_or_group import name_kinds
from hrdresearch.names.same_person import NOT_KNOWN
from hrdresearch.names.spelling import folded_words
from hrdresearch.vocab import vocabulary

_DATE = r"^(?P<year>\d{4})(?:-(?P<month>\d{2}))?(?:-(?P<day>\d{2}))?"


class Values(NamedTuple):
    """A column: numbers has the number of the value of each row (-1: not known), texts the values."""

    numbers: Ints
    texts: NDArray[np.object_]


class Dates(NamedTuple):
    """Dates of rows as numbers; 0 where a part is not known.

    day: 20210531. month: 202105. year: 2021. swapped: the day with day and month swapped. number: days
    since 1900 (NaN: not known).
    """

    day: Ints
    month: Ints
    year: Ints
    swapped: Ints
    number: NDArray[np.float64]


class Rows(NamedTuple):
    """All rows that name a person, in the order of list and row key."""

    lists: Ints
    list_names: list[str]
    keys: NDArray[np.object_]
    may_repeat: NDArray[np.bool_]
    names: Names
    event_date: Dates
    birth_date: Dates
    place_as_published: Values
    organization: Values
    state_iso3: Values
    sex_code: Values
    admin1: Values
    age: NDArray[np.float64]


def prepare_rows(lists: Mapping[str, pd.DataFrame], may_repeat: Iterable[str]) -> Rows:
    """Prepare the rows that name a person: the facts that are compared, as numbers.

    lists: as for ``link_same_persons``. may_repeat: names of lists that hold duplicates. Rows are numbered
    by list and row key, so that the order of the rows makes no difference.
    """
    persons = pd.concat([_persons(lists[name], name) for name in sorted(lists)], ignore_index=True)
    places, states = _column(persons, "place_as_published"), _column(persons, "state_iso3")
    admin1 = _column(persons, "admin1_name")
    if "admin1_name" not in persons and {"place_as_published", "state_iso3"} <= set(persons):
        admin1 = clean_admin1(places, states)
    age = persons["age_years"] if "age_years" in persons else pd.Series(np.nan, persons.index)
    of_list, list_names = pd.factorize(persons["list_name"])
    return Rows(
        lists=of_list,
        list_names=list(list_names),
        keys=persons["row_key"].to_numpy(object),
        may_repeat=persons["list_name"].isin(set(may_repeat)).to_numpy(bool),
        names=number_names(persons["name_as_published"]),
        event_date=_dates(persons, "event_date"),
        birth_date=_dates(persons, "birth_date"),
        place_as_published=_values(_folded(places)),
        organization=_values(_folded(_column(persons, "organization"))),
        state_iso3=_values(_not_told_apart(states.mask(states.isin(NOT_KNOWN)))),
        sex_code=_values(_column(persons, "sex_code").replace(dict.fromkeys(NOT_KNOWN))),
        admin1=_values(admin1),
        age=np.asarray(
            pd.to_numeric(age, errors="coerce").astype("Float64").to_numpy(float, na_value=np.nan)
        ),
    )


def _persons(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """Rows of a list that name a person, in the order of their keys."""
    keys = rows.index.astype(str).to_numpy(object)
    rows = rows.assign(list_name=name, row_key=keys).iloc[np.argsort(keys, kind="stable")]
    names = rows["name_as_published"].fillna("").astype(str)
    is_person = name_kinds(names).eq("person") & names.str.contains(r"\w", regex=True)
    return rows.assign(name_as_published=names)[is_person.to_numpy(bool)]


def _not_told_apart(states: pd.Series) -> pd.Series:
    """Codes of States; where a list has one code for two States (XIP), both have that code."""
    joint = vocabulary("states")["joint"]
    held = set(states.dropna())
    return states.replace({s: code for code, own in joint.items() if code in held for s in own})


def _dates(persons: pd.DataFrame, column: str) -> Dates:
    """Day, month and year as far as they are known, the day with day and month swapped, its number."""
    if column not in persons:
        nothing = np.zeros(len(persons), dtype=np.int32)
        return Dates(nothing, nothing, nothing, nothing, np.full(len(persons), np.nan))
    cells = persons[column]
    if pd.api.types.is_datetime64_any_dtype(cells):
        cells = cells.dt.strftime("%Y-%m-%d")
    place, texts = pd.factorize(cells.astype("string"))
    parts = pd.Series(texts, dtype="string").str.extract(_DATE)
    at = [np.append(pd.to_numeric(parts[p]).fillna(0).astype("int32"), 0)[place] for p in parts]
    precision = persons.get(f"{column}_precision", pd.Series("day", persons.index)).fillna("day")
    year = np.where(precision.isin(["day", "month", "year"]), at[0], 0)
    has_month = (year > 0) & (at[1] > 0) & precision.isin(["day", "month"]).to_numpy(bool)
    month = np.where(has_month, year * 100 + at[1], 0)
    has_day = has_month & (at[2] > 0) & precision.eq("day").to_numpy(bool)
    day = np.where(has_day, month * 100 + at[2], 0)
    is_swap = has_day & (at[2] <= 12) & (at[1] != at[2])
    swapped = np.where(is_swap, year * 10_000 + at[2] * 100 + at[1], 0)
    days, inverse = np.unique(day, return_inverse=True)
    since = pd.to_datetime(pd.Series(days).astype(str), format="%Y%m%d", errors="coerce")
    number = np.asarray((since - pd.Timestamp("1900-01-01")).dt.days, dtype=np.float64)
    return Dates(day, month, year, swapped, number[inverse])


def _column(persons: pd.DataFrame, column: str) -> pd.Series:
    """A column as text, None where it is empty or the lists have none."""
    if column not in persons:
        return pd.Series(None, index=persons.index, dtype="object")
    cells = persons[column].astype("object")
    return cells.where(cells.notna() & cells.astype(str).str.strip().ne(""), None)


def _folded(cells: pd.Series) -> pd.Series:
    made = {cell: folded_words(str(cell)) or None for cell in cells.dropna().unique()}
    return cells.map(made).astype("object")


def _values(cells: pd.Series) -> Values:
    numbers, texts = pd.factorize(cells)
    return Values(numbers, np.array(list(texts), dtype=object))
