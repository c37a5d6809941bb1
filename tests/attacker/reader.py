"""A reader of all printed figures, who owns a few rows: which small groups can be worked out exactly.

Whatever integers agree with the figures are possible lists. A group is found if it has the same size
in all of them, and 1 to 4 persons beside the reader's own rows. Groups: the cells, what is left of an
area or of a value without the cells in it, and (in free scopes) single years of a State and sex.
Solved as integer programmes (HiGHS). Shares no code with what makes the figures.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise, product

import numpy as np
import pandas as pd
from cell_words import answers, counted, read_cell, states_of
from invented_lists import SEVERAL, SINGLE, STATES
from printed_by_rules import Edition, Rule
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

SMALL = range(1, 5)
TRIES = 3
_REST = "(other)"


@dataclass
class Found:
    """Small groups looked at; those found exactly, and those proven not to be empty."""

    groups: int = 0
    exact: list[str] = field(default_factory=list)
    not_empty: list[str] = field(default_factory=list)

    def add(self, other: Found) -> None:
        self.groups += other.groups
        self.exact += other.exact
        self.not_empty += other.not_empty


class System:
    """All lists of integers that agree with the fresh figures of an edition.

    An unknown is the number of persons of one part of the map with one value of each column that is
    printed together; ``rows_of`` turns a cell into a sum of unknowns.
    """

    def __init__(self, edition: Edition, rule: Rule, own: pd.DataFrame) -> None:
        self.cells = {
            name: figure
            for name, figure in edition["cells"].items()
            if edition["as_at"].get(read_cell(name).area) == edition["edition"]
        }
        self.own, self.rule = own, rule
        self.parts = _parts_of_the_map({read_cell(n).area for n in self.cells})
        self.views = sorted({read_cell(name).columns for name in self.cells} | {()})
        self.values = {c: self._values_of(c) for view in self.views for c in view}
        self.unknowns = [
            (view, part, held)
            for view in self.views
            for part in range(len(self.parts))
            for held in product(*(range(len(self.values[c])) for c in view))
        ]
        self.at = {unknown: n for n, unknown in enumerate(self.unknowns)}
        self.sums = np.array([self.sum_of(name) for name in self.cells])
        self.limits = self._limits() if self.cells else None
        least = self.sums_of_rows(own)
        most = 1000 + 2 * max(edition["cells"].values(), default=0)
        self.bounds = Bounds(least, np.full(len(self.unknowns), most))

    def sum_of(self, name: str) -> np.ndarray:
        """Weight of each unknown in a cell."""
        cell = read_cell(name)
        found = np.zeros(len(self.unknowns))
        held = states_of(cell.area)
        for part, states in enumerate(self.parts):
            if held is None or states <= held:
                choices = [
                    [n for n, v in enumerate(self.values[c]) if self._within(c, v, value)]
                    for c, value in cell.values
                ]
                for chosen in product(*choices):
                    found[self.at[cell.columns, part, chosen]] = 1
        return found

    def sums_of_rows(self, rows: pd.DataFrame) -> np.ndarray:
        """The unknowns of a list whose rows are all known."""
        found = np.zeros(len(self.unknowns))
        states = rows["state_iso3"]
        inside = [states.isin(part).to_numpy() for part in self.parts]
        holds = {
            (c, n): np.array([self._is_of(c, v, r) for r in rows[c]], dtype=bool)
            for c, values in self.values.items()
            for n, v in enumerate(values)
        }
        for n, (view, part, held) in enumerate(self.unknowns):
            chosen = inside[part]
            for column, value in zip(view, held, strict=True):
                chosen = chosen & holds[column, value]
            found[n] = chosen.sum()
        return found

    def solve(self, wanted: np.ndarray, extra: LinearConstraint | None = None) -> np.ndarray | None:
        """A possible list for which ``wanted`` is small; None if there is none."""
        limits = [*([self.limits] if self.limits else []), *([extra] if extra is not None else [])]
        answer = milp(
            wanted,
            integrality=np.ones(len(wanted)),
            bounds=self.bounds,
            constraints=limits,
            options={"mip_rel_gap": 0.5, "time_limit": 20},
        )
        if answer.x is None and answer.status != 2:
            raise TimeoutError("the solver stopped early")  # neither found nor impossible
        return None if answer.x is None else np.rint(answer.x)

    def _limits(self) -> LinearConstraint:
        behind = [self.rule.behind(figure) for figure in self.cells.values()]
        rows, low, high = list(self.sums), [r[0] for r in behind], [r[-1] for r in behind]
        for view, part in product(self.views, range(len(self.parts))):
            if not view:
                continue
            weights = np.zeros(len(self.unknowns))
            for held in product(*(range(len(self.values[c])) for c in view)):
                weights[self.at[view, part, held]] = 1
            total = np.zeros(len(self.unknowns))
            total[self.at[(), part, ()]] = 1
            several = any(c not in SINGLE for c in view)
            rows.append(weights - total)  # each person has a value, or several
            low.append(0)
            high.append(np.inf if several else 0)
            if several:
                for n in np.flatnonzero(weights):
                    row = -total
                    row[n] += 1
                    rows.append(row)
                    low.append(-np.inf)
                    high.append(0)
        return LinearConstraint(csr_array(np.array(rows)), low, high)

    def _values_of(self, column: str) -> list[str]:
        told = {v for name in self.cells for c, v in read_cell(name).values if c == column}
        if column == "event_year":
            edges = sorted({int(y) + n for v in told for n, y in enumerate(v.split("-"))})
            spans = [f"{a}-{b - 1}" for a, b in pairwise(edges)]
            return [s for s in spans if any(self._within(column, s, v) for v in told)] + [_REST]
        return [*sorted(v for v in told if not v.startswith("but:") and v != "recorded"), _REST]

    def _within(self, column: str, atom: str, value: str) -> bool:
        if atom == _REST:
            return value.startswith("but:") or value == "recorded"
        if column == "event_year":
            return answers(column, value, atom.partition("-")[0])
        return answers(column, value, atom)

    def _is_of(self, column: str, atom: str, recorded: str) -> bool:
        if atom == _REST:
            return not any(answers(column, v, recorded) for v in self.values[column] if v != _REST)
        return answers(column, atom, recorded)


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
        len(names),
        [name for name, differs in zip(names, may_differ, strict=True) if not differs],
        [name for name, empty in zip(names, may_be_empty, strict=True) if not empty],
    )


def _groups(system: System) -> dict[str, np.ndarray]:
    """Cells, rests of areas and of values, and unknowns of several columns."""
    found = dict(zip(system.cells, system.sums, strict=True))
    for name in list(system.cells):
        cell = read_cell(name)
        if cell.columns and f"{cell.area};" in system.cells:
            found[f"{cell.area}; but {name}"] = found[f"{cell.area};"] - found[name]
        inside = [
            other for other in system.cells
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


def _parts_of_the_map(areas: set[str]) -> list[frozenset[str]]:
    """Smallest parts that the areas divide the States into."""
    held = [states for states in map(states_of, sorted(areas)) if states is not None]
    every = frozenset(STATES).union(*held)
    by_areas: dict[tuple[bool, ...], set[str]] = {}
    for state in sorted(every):
        by_areas.setdefault(tuple(state in states for states in held), set()).add(state)
    return [frozenset(states) for states in by_areas.values()]


def attributes_of_changed(
    editions: list[Edition], target: pd.DataFrame, own: pd.DataFrame, rule: Rule
) -> list[str]:
    """Attributes of a person, known to have gone between two editions, that the figures give away.

    Where other changes must be reckoned with, a value is sure only if nobody else can have another
    one; where they need not, if no other value agrees with how the figures moved.
    """
    before, after = editions[0], editions[-1]
    system = System(before, rule, own)
    found = []
    for column in (*SINGLE, *SEVERAL):
        names = [n for n in before["cells"] if read_cell(n).columns == (column,) and n[0] == ";"]
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
