"""What a printed cell counts, read from its name alone: ``AREA;COLUMN=VALUE`` and ``&`` for more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd

from hrdresearch.vocab.regions import region_scheme


@dataclass(frozen=True)
class Cell:
    """Area ("" for the whole list) and the value of each column that is named."""

    area: str
    values: tuple[tuple[str, str], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(column for column, _ in self.values)


@cache
def read_cell(name: str) -> Cell:
    area, _, rest = name.partition(";")
    pairs = (part.partition("=") for part in rest.split("&") if part)
    return Cell(area, tuple((column, value) for column, _, value in pairs))


@cache
def states_of(area: str) -> frozenset[str] | None:
    """States of an area; None for all."""
    if not area:
        return None
    if area.startswith("region:"):
        return frozenset(region_scheme("report").members(area.removeprefix("region:")))
    if area.startswith("others:"):
        _, region, *alone = area.split(":")
        return frozenset(region_scheme("report").members(region)) - set(alone)
    return frozenset({area})


def in_area(area: str, states: pd.Series) -> np.ndarray:
    held = states_of(area)
    return np.ones(len(states), dtype=bool) if held is None else states.isin(held).to_numpy()


@cache
def answers(column: str, value: str, recorded: str) -> bool:
    """Whether a recorded cell ("a|b" for two values) counts under the value of a printed cell."""
    held = frozenset(recorded.split("|"))
    if value.startswith("but:"):
        return not held <= frozenset(value.removeprefix("but:").split("|"))
    if column == "age_years":  # a class: from 18 to under 30
        least, _, below = value.partition("-")
        return int(least or 0) <= int(recorded) < int(below or 1000)
    if column == "event_year":
        first, _, last = value.partition("-")
        return first.isdigit() and int(first) <= int(recorded) <= int(last)
    return value == "recorded" or value in held


def classes_of(limits: tuple[float, ...]) -> list[str]:
    """Names of the classes between limits: "-18", "18-30" ... "60-"."""
    ends = ["", *(f"{limit:g}" for limit in limits), ""]
    return [f"{a}-{b}" for a, b in pairwise(ends)]


def has_value(column: str, value: str, recorded: pd.Series) -> np.ndarray:
    distinct = pd.factorize(recorded)
    return np.array([answers(column, value, r) for r in distinct[1]], dtype=bool)[distinct[0]]


def counted(names: list[str], rows: pd.DataFrame) -> np.ndarray:
    """Number of these rows that each cell counts."""
    if rows.empty:
        return np.zeros(len(names), dtype=int)
    areas: dict[str, np.ndarray] = {}
    columns: dict[tuple[str, str], np.ndarray] = {}
    found = []
    for cell in map(read_cell, names):
        if cell.area not in areas:
            areas[cell.area] = in_area(cell.area, rows["state_iso3"])
        held = areas[cell.area]
        for column, value in cell.values:
            if (column, value) not in columns:
                columns[column, value] = has_value(column, value, rows[column])
            held = held & columns[column, value]
        found.append(int(held.sum()))
    return np.array(found)
