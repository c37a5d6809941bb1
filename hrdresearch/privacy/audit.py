"""Disclosure audit: can a reader work out a small group from everything that is published?

The reader knows the filters, every published count, that "fewer than k" means 1 to k-1, and that
any other withheld count is hardly ever zero. The unknowns are *atoms*: groups of persons who
stand in exactly the same counts. A group is safe when integer programming finds another table,
equal in everything published, in which the group has another size (Fischetti and Salazar 2001;
Hundepool et al. 2012, Statistical Disclosure Control, ch. 4). See docs/decisions/0003.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import (  # type: ignore[import-untyped]
    Bounds,
    LinearConstraint,
    linprog,
    milp,
)

MOST_ATOMS = 4000
MOST_SOLUTIONS = 3000
NESTED_COLUMNS = (
    ("admin1_name", "state_iso3"),
    ("age_years", "age_group_code"),
    ("event_date", "event_year"),
)
_NONE_OF_THESE = object()
Vector = npt.NDArray[np.float64]


@dataclass
class AuditCell:
    """A count in the audit; ``fixed`` was published before and can no longer be withheld.

    is_silent: withheld without saying "fewer than k" although it is small. is_mute: withheld
    although it may be zero.
    """

    members: frozenset[str]
    filter: Mapping[str, Any]
    is_shown: bool
    fixed: bool = False
    published: int | None = None
    before: int | None = None
    is_silent: bool = False
    is_mute: bool = False

    @property
    def size(self) -> int:
        """True number of persons."""
        return len(self.members)


@dataclass(frozen=True)
class Rule:
    """Smallest cell and rounding base, and what a published value tells of the true one."""

    smallest: int
    base: int = 1

    def is_small(self, size: int) -> bool:
        """Whether a group of this size may not be seen."""
        return 1 <= size < self.smallest

    def publish(self, size: int) -> int:
        """Value as published: rounded half up; a count that is not zero never prints as zero."""
        if size == 0:
            return 0
        return max(self.base, self.base * math.floor(size / self.base + 0.5))

    def interval(self, published: int) -> tuple[int, int]:
        """Smallest and largest true size that is published as this value."""
        if published == 0:
            return 0, 0
        low = 1 if published == self.base else math.ceil(published - self.base / 2)
        high = math.ceil(published + self.base / 2) - 1
        return min(high, max(self.smallest, low)), high


def withhold_more(cells: Sequence[AuditCell], rule: Rule) -> dict[int, bool]:
    """Positions of cells to withhold further until no small group can be worked out.

    The value says whether the cell is mute: withheld with all around it, zeros too. Among the
    positions are small counts already suppressed where even "fewer than k" would tell too much:
    they are to be withheld without these words. Each component of linked columns is audited on
    its own. Where the solver reaches its limit the component's counts are all withheld: more is
    suppressed, never less.
    """
    withheld: dict[int, bool] = {}
    for part in _components(cells):
        component = _Component(cells, part, rule, set(withheld))
        for position in component.protect():
            withheld[position] = withheld.get(position, False) or component.is_mute
    return withheld


@dataclass(frozen=True)
class _Target:
    """A sum of atoms that may not be known to lie in ``bad``."""

    vector: Vector
    bad: frozenset[int]


class _Component:
    """Atoms, constraints and targets of counts that are linked by their columns."""

    def __init__(
        self, cells: Sequence[AuditCell], part: _Part, rule: Rule, withheld: set[int]
    ) -> None:
        self.positions = part.positions
        self.cells = [cells[p] for p in part.positions]
        self.rule = rule
        self.hidden = {n for n, p in enumerate(part.positions) if p in withheld}
        self.hidden |= {n for n, cell in enumerate(self.cells) if cell.is_silent}
        self.matrix, self.sizes = _atoms(self.cells, part)
        self.solutions = 0
        self.is_mute = False
        self.witnesses: list[Vector] = []

    def protect(self) -> set[int]:
        """Withhold cells until every target is safe; positions among all cells."""
        targets = list(self._targets())
        if targets:
            self._first_witnesses()
        for target in targets:
            while not self._is_safe(target):
                chosen = self._choose(target)
                if chosen is None:
                    if self.is_mute:
                        break  # what was published before tells it already
                    self._fall_mute()
                else:
                    self.hidden.add(chosen)
            if self.solutions > MOST_SOLUTIONS:
                self._fall_mute()
                break
        return {self.positions[n] for n in self.hidden}

    def _fall_mute(self) -> None:
        """Withhold every count that may still be withheld, zeros too, so that it tells nothing."""
        self.is_mute = True
        self.hidden |= {n for n, cell in enumerate(self.cells) if not cell.fixed}

    def _shown(self, n: int) -> bool:
        return self.cells[n].is_shown and n not in self.hidden

    def _says_few(self, n: int) -> bool:
        cell = self.cells[n]
        return not cell.is_shown and n not in self.hidden and self.rule.is_small(cell.size)

    def _free(self) -> list[int]:
        return [n for n, c in enumerate(self.cells) if not c.fixed and c.size and self._shown(n)]

    def _targets(self) -> Iterator[_Target]:
        """Suppressed or changed counts, atoms, and differences of nested counts."""
        seen: set[bytes] = set()
        small = frozenset(range(1, self.rule.smallest))
        few = [row for n, row in enumerate(self.matrix) if self._says_few(n)]
        rows = list(self.matrix)
        for row, cell in zip(rows, self.cells, strict=True):
            if not cell.is_shown and self.rule.is_small(cell.size):
                seen.add(row.tobytes())
                yield _Target(row, frozenset({cell.size}))
            if not cell.is_shown and cell.before is not None:
                near = range(cell.before - self.rule.smallest + 1, cell.before + self.rule.smallest)
                yield _Target(row, frozenset(near) - {cell.before})
        inside = self.matrix @ self.matrix.T
        counts = self.matrix.sum(axis=1)
        nested = (inside == counts[:, None]) & (counts[:, None] < counts[None, :])
        differences = (rows[b] - rows[a] for a, b in zip(*np.nonzero(nested), strict=True))
        singles = (np.eye(len(self.sizes))[n] for n in np.flatnonzero(self.sizes))
        for vector in itertools.chain(differences, singles):
            if self.rule.is_small(int(vector @ self.sizes)) and vector.tobytes() not in seen:
                seen.add(vector.tobytes())
                size = round(float(vector @ self.sizes))
                is_told = any((vector <= row).all() for row in few)
                yield _Target(vector, frozenset({size}) if is_told else small)

    def _bounds(self) -> tuple[Vector, Vector]:
        low, high = np.zeros(len(self.cells)), np.full(len(self.cells), np.inf)
        for n, cell in enumerate(self.cells):
            if self._shown(n):
                published = cell.published
                known = self.rule.publish(cell.size) if published is None else published
                low[n], high[n] = self.rule.interval(known)
                low[n], high[n] = min(low[n], cell.size), max(high[n], cell.size)
            else:
                is_mute = cell.is_mute or (self.is_mute and not cell.fixed)
                low[n] = 0 if is_mute else min(1, cell.size)
                if self._says_few(n):
                    high[n] = self.rule.smallest - 1
        return low, high

    def _solve(self, objective: Vector) -> Vector | None:
        self.solutions += 1
        low, high = self._bounds()
        most = float(self.sizes.sum() + 10 * self.rule.smallest)
        result = milp(
            objective,
            integrality=np.ones(len(objective)),
            bounds=Bounds(0, most),
            constraints=LinearConstraint(self.matrix, low, high),
            options={"node_limit": 2000},
        )
        if result.x is None:
            return None
        rounded: Vector = np.round(result.x)
        held = self.matrix @ rounded
        return rounded if ((held >= low - 1e-6) & (held <= high + 1e-6)).all() else None

    def _first_witnesses(self) -> None:
        chance = np.random.default_rng(0)
        for _ in range(8):
            found = self._solve(chance.normal(size=len(self.sizes)))
            if found is not None:
                self.witnesses.append(found)

    def _is_safe(self, target: _Target) -> bool:
        for witness in self.witnesses:
            if round(float(target.vector @ witness)) not in target.bad:
                return True
        for sign in (-1.0, 1.0):
            found = self._solve(sign * target.vector)
            if found is not None:
                self.witnesses.append(found)
                if round(float(target.vector @ found)) not in target.bad:
                    return True
        return False

    def _choose(self, target: _Target) -> int | None:
        """Smallest free count among those that pin the target (their duals are not zero).

        Where nothing shown pins it, the words "fewer than k" do: then one of these falls silent.
        """
        free = set(self._free())
        few = {n for n, cell in enumerate(self.cells) if self._says_few(n) and not cell.fixed}
        pinning = self._pinning(target)
        choice = next((c for c in (pinning & free, pinning & few, free, few) if c), None)
        if choice is None:
            return None
        return min(choice, key=lambda n: (self.cells[n].size, -len(self.cells[n].filter), n))

    def _pinning(self, target: _Target) -> set[int]:
        low, high = self._bounds()
        finite = np.isfinite(high)
        matrix = np.vstack([self.matrix[finite], -self.matrix])
        limits = np.concatenate([high[finite], -low])
        rows = np.concatenate([np.flatnonzero(finite), np.arange(len(low))])
        found: set[int] = set()
        for sign in (-1.0, 1.0):
            result = linprog(sign * target.vector, A_ub=matrix, b_ub=limits, method="highs")
            if result.status == 0:
                found |= {int(n) for n in rows[np.abs(result.ineqlin.marginals) > 1e-9]}
        return found


@dataclass(frozen=True)
class _Part:
    """A component: which cells, and their conditions as sets of classes a column."""

    positions: tuple[int, ...]
    conditions: tuple[dict[str, frozenset[int]], ...]
    classes: dict[str, tuple[int, ...]]
    observed: frozenset[str]


def _components(cells: Sequence[AuditCell]) -> list[_Part]:
    """Split the counts where their columns are not linked: margins of unlinked columns are free."""
    conditions, classes = _conditions(cells)
    groups: list[set[str]] = []
    for condition in conditions:
        columns = set(condition)
        if not columns:
            continue
        touching = [g for g in groups if g & columns]
        groups = [g for g in groups if not g & columns] + [columns.union(*touching)]
    everyone = frozenset[str]().union(*(cell.members for cell in cells)) if cells else frozenset()
    parts = []
    for group in groups or [set[str]()]:
        positions = tuple(n for n, c in enumerate(conditions) if not c or set(c) <= group)
        parts.append(
            _Part(
                positions,
                tuple(conditions[n] for n in positions),
                {column: classes[column] for column in sorted(group)},
                everyone,
            )
        )
    return parts


def _conditions(
    cells: Sequence[AuditCell],
) -> tuple[list[dict[str, frozenset[int]]], dict[str, tuple[int, ...]]]:
    """Each cell's conditions as sets of value classes; what every person meets is left out."""
    out: list[dict[str, frozenset[int]]] = [{} for _ in cells]
    classes: dict[str, tuple[int, ...]] = {}
    for column in sorted({column for cell in cells for column in cell.filter}):
        wanted = {_text(c.filter[column]): c.filter[column] for c in cells if column in c.filter}
        values = _values(wanted.values())
        met = {
            text: frozenset(n for n, value in enumerate(values) if _holds(value, want))
            for text, want in wanted.items()
        }
        some = frozenset[int]().union(*met.values())
        is_closed = all(column in cell.filter for cell in cells)
        domain = some if is_closed else frozenset(range(len(values)))
        alike = {tuple(n in held for held in met.values()): n for n in sorted(domain, reverse=True)}
        kept = frozenset(alike.values())
        if not is_closed and _covers_everyone(cells, column):
            kept &= some
        classes[column] = tuple(sorted(kept))
        for n, cell in enumerate(cells):
            if column in cell.filter and met[_text(cell.filter[column])] & kept != kept:
                out[n][column] = met[_text(cell.filter[column])] & kept
    return out, classes


def _covers_everyone(cells: Sequence[AuditCell], column: str) -> bool:
    """Whether everyone stands in a count by this column, so that a reader knows no others."""
    by_column = [cell.members for cell in cells if column in cell.filter]
    everyone = frozenset[str]().union(*(cell.members for cell in cells))
    return frozenset[str]().union(*by_column) == everyone


def _atoms(cells: Sequence[AuditCell], part: _Part) -> tuple[Vector, Vector]:
    """Matrix (cells by atoms) of the possible atoms, and the true size of each."""
    signatures: dict[tuple[bool, ...], int] = {}
    count = math.prod(len(values) for values in part.classes.values())
    if count <= MOST_ATOMS:
        for combination in itertools.product(*part.classes.values()):
            holder = dict(zip(part.classes, combination, strict=True))
            if _is_possible(holder, cells, part):
                signature = tuple(
                    all(holder[column] in held for column, held in condition.items())
                    for condition in part.conditions
                )
                signatures.setdefault(signature, 0)
    for person in part.observed:
        signature = tuple(person in cell.members for cell in cells)
        signatures[signature] = signatures.get(signature, 0) + 1
    signatures.pop((False,) * len(cells), None)
    ordered = sorted(signatures)
    matrix = np.array(ordered, dtype=np.float64).reshape(len(ordered), len(cells)).T
    return np.ascontiguousarray(matrix), np.array([signatures[s] for s in ordered], dtype=float)


def _is_possible(holder: dict[str, int], cells: Sequence[AuditCell], part: _Part) -> bool:
    """A division lies in one State: combinations that nobody shows are taken as impossible."""
    for fine, coarse in NESTED_COLUMNS:
        if fine not in holder or coarse not in holder:
            continue
        fine_members = _members_of(fine, holder[fine], cells, part)
        coarse_members = _members_of(coarse, holder[coarse], cells, part)
        if fine_members and coarse_members and not fine_members & coarse_members:
            return False
    return True


def _members_of(column: str, value: int, cells: Sequence[AuditCell], part: _Part) -> frozenset[str]:
    held = [
        cell.members
        for cell, condition in zip(cells, part.conditions, strict=True)
        if value in condition.get(column, ()) and len(condition[column]) == 1
    ]
    return frozenset[str]().union(*held)


def _values(wanted: Any) -> list[Any]:
    """Values that tell the conditions on a column apart, and one that meets none of them.

    Values that no filter names are not imagined (a reader may know the period): persons who have
    them come in as they are observed.
    """
    values: dict[Any, None] = {}
    ends: set[Any] = set()
    for want in wanted:
        if isinstance(want, Mapping):
            ends |= {want[end] for end in ("from", "to") if want.get(end) is not None}
        else:
            for value in want if isinstance(want, list | tuple) else [want]:
                values[value] = None
    values |= dict.fromkeys(sorted(ends, key=str))
    return [*values, _NONE_OF_THESE]


def _holds(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, Mapping):
        if value is None or value is _NONE_OF_THESE:
            return False
        low, high = wanted.get("from"), wanted.get("to")
        try:
            return (low is None or value >= low) and (high is None or value <= high)
        except TypeError:
            return False
    return value in (wanted if isinstance(wanted, list | tuple) else [wanted])


def _text(wanted: Any) -> str:
    return json.dumps(wanted, sort_keys=True, default=str)
