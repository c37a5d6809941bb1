"""All lists of integers that agree with printed figures, as an integer programme (HiGHS)."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pandas as pd
from cell_words import answers, classes_of, read_cell, states_of
from invented_lists import MEDIANS, SEVERAL, STATES
from printed_by_rules import Edition, Rule
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from hrdresearch.privacy.publication_thresholds import FEWEST_KNOWN, WIDTH
from hrdresearch.privacy.rounding import WIDEST

_REST = "(other)"


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
        is_fresh = edition["as_at"].get("") == edition["edition"]
        self.medians = {
            read_cell(name).columns[0]: told
            for name, told in edition.get("medians", {}).items()
            if is_fresh
        }
        self.parts = _parts_of_the_map({read_cell(n).area for n in self.cells})
        aged = {(column,) for column in self.medians}
        self.views = sorted({read_cell(name).columns for name in self.cells} | {()} | aged)
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
        rows, low = list(self.sums), [r[0] for r in behind]
        high = [
            np.inf if counts_once(name) else held[-1]
            for name, held in zip(self.cells, behind, strict=True)
        ]
        for view, part in product(self.views, range(len(self.parts))):
            if not view:
                continue
            weights = np.zeros(len(self.unknowns))
            for held in product(*(range(len(self.values[c])) for c in view)):
                weights[self.at[view, part, held]] = 1
            total = np.zeros(len(self.unknowns))
            total[self.at[(), part, ()]] = 1
            several = any(c.endswith("_codes") for c in view)
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
        for column, told in self.medians.items():
            classes = [self.sum_of(f";{column}={c}") for c in classes_of(MEDIANS[column])]
            at = classes_of(MEDIANS[column]).index(told)
            known = sum(classes)
            rows += [known, 2 * sum(classes[:at], 0 * known) - known]
            rows.append(2 * sum(classes[: at + 1]) - known)
            low += [FEWEST_KNOWN - WIDTH, -np.inf, -2 * WIDEST + 1]
            high += [np.inf, 2 * WIDEST, np.inf]
        return LinearConstraint(csr_array(np.array(rows)), low, high)

    def _values_of(self, column: str) -> list[str]:
        if column in self.medians:
            return [*classes_of(MEDIANS[column]), _REST]
        told = {v for name in self.cells for c, v in read_cell(name).values if c == column}
        if column == "event_year":
            told.discard("none")
            edges = sorted({int(y) + n for v in told for n, y in enumerate(v.split("-"))})
            spans = [f"{a}-{b - 1}" for a, b in pairwise(edges)]
            return [s for s in spans if any(self._within(column, s, v) for v in told)] + [_REST]
        return [*sorted(v for v in told if not v.startswith("but:") and v != "recorded"), _REST]

    def _within(self, column: str, atom: str, value: str) -> bool:
        if atom == _REST:
            return value.startswith("but:") or value == "recorded"
        if column in self.medians:
            return atom == value
        if column == "event_year":
            return answers(column, value, atom.partition("-")[0])
        return answers(column, value, atom)

    def _is_of(self, column: str, atom: str, recorded: str) -> bool:
        if atom == _REST:
            return not any(answers(column, v, recorded) for v in self.values[column] if v != _REST)
        return answers(column, atom, recorded)


def counts_once(name: str) -> bool:
    """Whether a person with several values counts once in the cell: it is no sum of unknowns."""
    values = read_cell(name).values
    return any(c in SEVERAL and (v.startswith("but:") or v == "recorded") for c, v in values)


def _parts_of_the_map(areas: set[str]) -> list[frozenset[str]]:
    """Smallest parts that the areas divide the States into."""
    held = [states for states in map(states_of, sorted(areas)) if states is not None]
    every = frozenset(STATES).union(*held)
    by_areas: dict[tuple[bool, ...], set[str]] = {}
    for state in sorted(every):
        by_areas.setdefault(tuple(state in states for states in held), set()).add(state)
    return [frozenset(states) for states in by_areas.values()]
