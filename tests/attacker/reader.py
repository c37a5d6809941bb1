"""A reader of all printed figures, who owns a few rows: which small groups can be worked out exactly.

Whatever integers agree with the figures are possible lists. A group is found if it has the same size
in all of them, and 1 to 4 persons beside the reader's own rows. Groups: the cells, what is left of an
area or of a value without the cells in it, and (in free scopes) single years of a State and sex.
Shares no code with what makes the figures.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from cell_words import classes_of, counted, read_cell, states_of
from invented_lists import MEDIANS, SEVERAL, SINGLE, WHOLE
from possible_lists import System, counts_once
from printed_by_rules import Edition, Rule
from scipy.optimize import LinearConstraint

SMALL = range(1, 5)


@dataclass
class Found:
    """Small groups looked at; those found exactly, and those proven not to be empty."""

    looked_at: list[str] = field(default_factory=list)
    exact: list[str] = field(default_factory=list)
    not_empty: list[str] = field(default_factory=list)

    @property
    def groups(self) -> int:
        return len(self.looked_at)

    def add(self, other: Found) -> None:
        self.looked_at += other.looked_at
        self.exact += other.exact
        self.not_empty += other.not_empty


def small_groups(
    editions: list[Edition], lists: list[pd.DataFrame], own: pd.DataFrame, rule: Rule
) -> Found:
    """What the reader finds in all editions. lists: the truth, to know which groups are small."""
    found = Found()
    for edition, rows in zip(editions, lists, strict=True):
        system = System(edition, rule, own)
        if not system.cells:
            continue
        groups = _groups(system)
        names, weights = list(groups), np.array(list(groups.values()))
        true = weights @ system.sums_of_rows(rows)
        mine = weights @ system.sums_of_rows(own)
        small = [n for n, size in enumerate(true - mine) if size in SMALL]
        found.add(
            _settle(system, [names[n] for n in small], weights[small], true[small], mine[small])
        )
    return found


def _settle(
    system: System, names: list[str], weights: np.ndarray, true: np.ndarray, mine: np.ndarray
) -> Found:
    """Groups that have one size in all possible lists, and those that are never empty."""
    may_differ, may_be_empty = np.zeros(len(names), bool), np.zeros(len(names), bool)

    def note(answer: np.ndarray | None) -> bool:
        if answer is not None:
            sizes = np.rint(weights @ answer)
            may_differ[:] |= sizes != true
            may_be_empty[:] |= sizes <= mine
        return answer is not None

    if names:
        for sign in (1, -1):
            note(system.solve(sign * weights.sum(axis=0)))
    for n in range(len(names)):
        if not may_be_empty[n]:
            note(system.solve(weights[n]))
        if not may_differ[n]:
            note(system.solve(weights[n], LinearConstraint(weights[n], true[n] + 1, np.inf)))
        if not may_differ[n]:
            note(system.solve(weights[n], LinearConstraint(weights[n], -np.inf, true[n] - 1)))
    return Found(
        names,
        [name for name, differs in zip(names, may_differ, strict=True) if not differs],
        [name for name, empty in zip(names, may_be_empty, strict=True) if not empty],
    )


def _groups(system: System) -> dict[str, np.ndarray]:
    """Cells, rests of areas and of values, and unknowns of several columns."""
    found = {
        name: weights
        for name, weights in zip(system.cells, system.sums, strict=True)
        if not counts_once(name)
    }
    printed = list(found)
    for column, limits in MEDIANS.items():
        if column in system.medians:
            names = [f";{column}={c}" for c in classes_of(limits)]
            found |= {name: system.sum_of(name) for name in names}
    for name in printed:
        cell = read_cell(name)
        if cell.columns and f"{cell.area};" in system.cells:
            found[f"{cell.area}; but {name}"] = found[f"{cell.area};"] - found[name]
        inside = [
            other for other in printed
            if read_cell(other).values == cell.values and _lies_below(other, name)
        ]  # fmt: skip
        rest = found[name] - sum((found[other] for other in inside), np.zeros(len(system.unknowns)))
        if inside and rest.min() >= 0:
            found[f"{name} outside {' '.join(read_cell(o).area for o in inside)}"] = rest
    for n, (view, part, held) in enumerate(system.unknowns):
        if len(view) > 1:
            weights = np.zeros(len(system.unknowns))
            weights[n] = 1
            found[f"unknown {view} {part} {held}"] = weights
    return found


def _lies_below(one: str, other: str) -> bool:
    """Whether one area is a direct part of another: States of regions, regions of the list."""
    inner, outer = states_of(read_cell(one).area), states_of(read_cell(other).area)
    return inner is not None and (outer is None or inner < outer)


def attributes_of_changed(
    editions: list[Edition], target: pd.DataFrame, own: pd.DataFrame, rule: Rule
) -> list[str]:
    """Attributes of a person, known to have gone between two editions, that the figures give away.

    Where other changes must be reckoned with, a value is sure only if nobody else can have another
    one; where they need not, if no other value agrees with how the figures moved.
    """
    before, after = editions[0], editions[-1]
    system = System({**before, "edition": before["as_at"][""]}, rule, own)
    found = []
    for column in (*SINGLE, *SEVERAL, *WHOLE):
        names = [n for n in before["cells"] if read_cell(n).columns == (column,) and n[0] == ";"]
        if not names:
            continue
        true = dict(zip(names, counted(names, target) > 0, strict=True))
        if rule.others:
            others = [n for n in names if not true[n]]
            rest = sum((system.sum_of(n) for n in others), np.zeros(len(system.unknowns)))
            mine = rest @ system.sums_of_rows(own)
            if system.solve(0 * rest, LinearConstraint(rest, mine + 1, np.inf)) is None:
                found.append(column)
            continue
        moved = {n: _may_move(rule, before["cells"][n], after["cells"].get(n)) for n in names}
        possible = [
            n for n in names if 1 in moved[n] and all(0 in moved[o] for o in names if o != n)
        ]
        if column in SINGLE and possible == [n for n in names if true[n]]:
            found.append(column)
        if column in SEVERAL and any(true[n] and moved[n] == {1} for n in names):
            found.append(column)
    return found


def _may_move(rule: Rule, before: int, after: int | None) -> set[int]:
    """Whether a count may have lost 0 or 1 persons, by its two figures."""
    if after is None:
        return {0, 1}
    now = rule.behind(after)
    return {lost for lost in (0, 1) if any(n - lost in now for n in rule.behind(before))}
