"""Disclosure audit: can a reader work out a small group from everything that is published?

The reader knows the filters, every published count, that "fewer than k" means 1 to k-1, and that
any other withheld count is hardly ever zero. The unknowns are *atoms*: groups of persons who
stand in exactly the same counts. A group is safe when integer programming finds another table,
equal in everything published, in which the group has another size (Fischetti and Salazar 2001;
Hundepool et al. 2012, Statistical Disclosure Control, ch. 4). See docs/decisions/0003.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import (  # type: ignore[import-untyped]
    Bounds,
    LinearConstraint,
    linprog,
    milp,
)

from hrdresearch.privacy.atoms import AuditCell, Part, Vector, atoms, components

MOST_SOLUTIONS = 300


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
    for part in components(cells):
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
        self, cells: Sequence[AuditCell], part: Part, rule: Rule, withheld: set[int]
    ) -> None:
        self.positions = part.positions
        self.cells = [cells[p] for p in part.positions]
        self.rule = rule
        self.hidden = {n for n, p in enumerate(part.positions) if p in withheld}
        self.hidden |= {n for n, cell in enumerate(self.cells) if cell.is_silent}
        self.matrix, self.sizes = atoms(self.cells, part)
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

    def _solve(self, objective: Vector, gap: float = 0.0) -> Vector | None:
        self.solutions += 1
        low, high = self._bounds()
        most = float(self.sizes.sum() + 10 * self.rule.smallest)
        result = milp(
            objective,
            integrality=np.ones(len(objective)),
            bounds=Bounds(0, most),
            constraints=LinearConstraint(self.matrix, low, high),
            options={"node_limit": 500, "mip_rel_gap": gap},
        )
        if result.x is None:
            return None
        rounded: Vector = np.round(result.x)
        held = self.matrix @ rounded
        return rounded if ((held >= low - 1e-6) & (held <= high + 1e-6)).all() else None

    def _first_witnesses(self) -> None:
        chance = np.random.default_rng(0)
        for _ in range(3):
            found = self._solve(chance.normal(size=len(self.sizes)), gap=0.5)
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
