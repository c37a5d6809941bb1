"""Disclosure audit: can a reader work out a small group from everything that is published?

The reader knows the filters, every published count, that "fewer than k" means 1 to k-1, and that
any other withheld count is hardly ever zero. The unknowns are the sizes of the disjoint cells:
groups of persons whom exactly the same counts include. A group is safe when integer programming
finds another table, equal in everything published, in which the group has another size (Fischetti
and Salazar 2001; Hundepool et al. 2012, Statistical Disclosure Control, ch. 4). See
docs/decisions/0003.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hrdresearch.privacy.count_rule import CountRule
from hrdresearch.privacy.disjoint_cells import (
    AuditCell,
    LinkedCounts,
    Vector,
    disjoint_cells,
    split_by_linked_columns,
)

__all__ = ["CountRule", "Withheld", "withhold_until_safe"]

# Limits count work and not time: the same data give the same report on any machine.
MOST_SOLUTIONS, MOST_FAILURES = 300, 3
MOST_WORK = 20_000_000  # entries of the matrix, over all solutions
NODES = 50  # of one search; a table that is hard to find is as good as none for our purpose


@dataclass(frozen=True)
class Withheld:
    """What the audit withholds.

    cells: positions of the counts to withhold; True where the count may also be zero, because all
    counts around it are withheld with it. gave_up: whether the solver reached its limit.
    """

    cells: Mapping[int, bool]
    gave_up: bool = False


def withhold_until_safe(
    cells: Sequence[AuditCell], rule: CountRule, gives_up: bool = False
) -> Withheld:
    """Which more counts must be withheld so that no small group can be worked out.

    Small counts that are suppressed already are among them where even the words "fewer than k"
    would tell too much. Where the solver reaches its limit, all counts are withheld: more is
    suppressed, never less. gives_up: the solver reached its limit earlier in this run, with fewer
    counts, so everything is withheld without trying again.
    """
    audit = _Audit(cells, split_by_linked_columns(cells), rule, gives_up)
    audit.protect()
    return Withheld({n: n in audit.with_zeros for n in sorted(audit.hidden)}, audit.gives_up)


@dataclass(frozen=True)
class _Target:
    """A group of persons that needs protection.

    vector: which disjoint cells it adds and subtracts. bad: sizes; a reader may not know that its
    size is one of them. near: positions of the counts that are linked with it.
    """

    vector: Vector
    bad: frozenset[int]
    near: frozenset[int]


class _Audit:
    """All counts with their disjoint cells, and the groups to protect (targets).

    Groups of linked counts share only the number of persons.
    """

    def __init__(
        self,
        cells: Sequence[AuditCell],
        parts: Sequence[LinkedCounts],
        rule: CountRule,
        gives_up: bool,
    ) -> None:
        self.cells, self.linked, self.rule, self.gives_up = cells, parts, rule, gives_up
        self.hidden = {n for n, cell in enumerate(cells) if cell.says_only_withheld}
        self.with_zeros: set[int] = set()
        self.blocks = [disjoint_cells([cells[n] for n in part.positions], part) for part in parts]
        self.sizes = np.concatenate([sizes for _, sizes in self.blocks])
        self.starts = np.cumsum([0, *(len(sizes) for _, sizes in self.blocks)])
        self.matrix = np.zeros((len(cells), len(self.sizes)))
        for number, part in enumerate(parts):
            for row, n in enumerate(part.positions):
                if part.conditions[row] or number == 0:
                    self.matrix[n] = self._over_all_groups(number, self.blocks[number][0][row])
        ones = [
            self._over_all_groups(n, np.ones(len(sizes)))
            for n, (_, sizes) in enumerate(self.blocks)
        ]
        links = [one - ones[0] for one in ones[1:]]
        self.links = np.array(links).reshape(len(links), len(self.sizes))
        # A count that is published several times is one condition on the disjoint cells.
        self.distinct, self.same = np.unique(self.matrix, axis=0, return_inverse=True)
        self.solutions = self.failures = 0
        self.other_tables: list[Vector] = []

    def protect(self) -> None:
        """Withhold cells until every target is safe."""
        targets = list(self._targets())
        if targets and not self.gives_up:
            self._find_first_tables()
        for target in targets:
            while not self._has_reached_a_limit() and not self._is_safe(target):
                chosen = self._next_to_withhold(target)
                if chosen is not None:
                    self.hidden.add(chosen)
                elif not any(map(self._withhold_with_zeros, (target.near, self._all_positions()))):
                    break  # what was published before tells it already
            if self._has_reached_a_limit():
                self.gives_up = True
                self._withhold_with_zeros(self._all_positions())
                break

    def _has_reached_a_limit(self) -> bool:
        """Whether the solver has worked long enough: then more is withheld, never less."""
        return (
            self.gives_up
            or self.solutions > MOST_SOLUTIONS
            or self.failures >= MOST_FAILURES
            or self.solutions * self.distinct.size > MOST_WORK
        )

    def _all_positions(self) -> frozenset[int]:
        return frozenset(range(len(self.cells)))

    def _withhold_with_zeros(self, near: frozenset[int]) -> bool:
        """Withhold all these counts, zeros too; whether there were any left to withhold."""
        left = {n for n in near if not self.cells[n].fixed} - self.with_zeros
        self.with_zeros |= left
        self.hidden |= left
        return bool(left)

    def _over_all_groups(self, number: int, narrow: Vector) -> Vector:
        """A vector over the disjoint cells of one group of linked counts, as one over all of them."""
        wide: Vector = np.zeros(len(self.sizes))
        wide[self.starts[number] : self.starts[number + 1]] = narrow
        return wide

    def _shown(self, n: int) -> bool:
        return self.cells[n].is_shown and n not in self.hidden

    def _says_few(self, n: int) -> bool:
        cell = self.cells[n]
        return not cell.is_shown and n not in self.hidden and self.rule.is_small(cell.size)

    def _may_still_be_withheld(self) -> list[int]:
        return [n for n, c in enumerate(self.cells) if not c.fixed and c.size and self._shown(n)]

    def _targets(self) -> Iterator[_Target]:
        """Groups to protect, over all linked counts."""
        for number in range(len(self.linked)):
            yield from self._targets_in(number)

    def _targets_in(self, number: int) -> Iterator[_Target]:
        """Suppressed or changed counts, disjoint cells, and differences of nested counts."""
        matrix, sizes = self.blocks[number]
        positions = self.linked[number].positions
        near, seen = frozenset(positions), set[bytes]()
        small = frozenset(range(1, self.rule.smallest))
        few = [row for row, n in zip(matrix, positions, strict=True) if self._says_few(n)]
        for row, n in zip(matrix, positions, strict=True):
            cell = self.cells[n]
            if not cell.is_shown and self.rule.is_small(cell.size):
                seen.add(row.tobytes())
                yield _Target(self._over_all_groups(number, row), frozenset({cell.size}), near)
            if not cell.is_shown and cell.before is not None:
                low, high = cell.before - self.rule.smallest, cell.before + self.rule.smallest
                changed = frozenset(range(low + 1, high)) - {cell.before}
                yield _Target(self._over_all_groups(number, row), changed, near)
        inside, counts = matrix @ matrix.T, matrix.sum(axis=1)
        nested = (inside == counts[:, None]) & (counts[:, None] < counts[None, :])
        differences = (matrix[b] - matrix[a] for a, b in zip(*np.nonzero(nested), strict=True))
        told = np.flatnonzero(sizes * matrix.any(axis=0))
        singles = (np.eye(len(sizes))[n] for n in told)
        for vector in itertools.chain(differences, singles):
            size = round(float(vector @ sizes))
            if self.rule.is_small(size) and vector.tobytes() not in seen:
                seen.add(vector.tobytes())
                says_few = any((vector <= row).all() for row in few)
                bad = frozenset({size}) if says_few else small
                yield _Target(self._over_all_groups(number, vector), bad, near)

    def _bounds(self) -> tuple[Vector, Vector]:
        low, high = np.zeros(len(self.cells)), np.full(len(self.cells), np.inf)
        for n, cell in enumerate(self.cells):
            if self._shown(n):
                published = cell.published
                known = self.rule.publish(cell.size) if published is None else published
                low[n], high[n] = self.rule.interval(known)
                low[n], high[n] = min(low[n], cell.size), max(high[n], cell.size)
            else:
                low[n] = 0 if cell.may_be_zero or n in self.with_zeros else min(1, cell.size)
                if self._says_few(n):
                    high[n] = self.rule.smallest - 1
        return low, high

    def _solve(self, objective: Vector, gap: float = 0.0) -> Vector | None:
        # Half a second to load, and most runs hold public lists only.
        from scipy.optimize import Bounds, LinearConstraint, milp

        self.solutions += 1
        low, high = self._bounds()
        most = float(self.sizes.sum() + 10 * self.rule.smallest)
        lowest, highest = np.zeros(len(self.distinct)), np.full(len(self.distinct), np.inf)
        np.maximum.at(lowest, self.same, low)
        np.minimum.at(highest, self.same, high)
        result = milp(
            objective,
            integrality=np.ones(len(objective)),
            bounds=Bounds(0, most),
            constraints=[
                LinearConstraint(self.distinct, lowest, highest),
                *([LinearConstraint(self.links, 0, 0)] if len(self.links) else []),
            ],
            options={"node_limit": NODES, "mip_rel_gap": gap},
        )
        if result.x is None:
            self.failures += 1
            return None
        rounded: Vector = np.round(result.x)
        held = self.matrix @ rounded
        is_held = ((held >= low - 1e-6) & (held <= high + 1e-6)).all()
        return rounded if is_held and not (self.links @ rounded).any() else None

    def _find_first_tables(self) -> None:
        chance = np.random.default_rng(0)
        for _ in range(3):
            found = self._solve(chance.normal(size=len(self.sizes)), gap=0.5)
            if found is not None:
                self.other_tables.append(found)

    def _is_safe(self, target: _Target) -> bool:
        for witness in self.other_tables:
            if round(float(target.vector @ witness)) not in target.bad:
                return True
        for sign in (-1.0, 1.0):
            found = self._solve(sign * target.vector)
            if found is not None:
                self.other_tables.append(found)
                if round(float(target.vector @ found)) not in target.bad:
                    return True
        return False

    def _next_to_withhold(self, target: _Target) -> int | None:
        """Position of the smallest count that, once withheld, may leave the target unknown.

        It is one of those that fix the size of the target (their duals are not zero). Where no
        shown count does, the words "fewer than k" do, and one of these counts loses them. None
        when nothing is left to withhold.
        """
        free = set(self._may_still_be_withheld())
        few = {n for n, cell in enumerate(self.cells) if self._says_few(n) and not cell.fixed}
        pinning = self._pinning(target)
        choice = next((c for c in (pinning & free, pinning & few, free, few) if c), None)
        if choice is None:
            return None
        return min(choice, key=lambda n: (self.cells[n].size, -len(self.cells[n].filter), n))

    def _pinning(self, target: _Target) -> set[int]:
        from scipy.optimize import linprog

        low, high = self._bounds()
        finite = np.isfinite(high)
        matrix = np.vstack([self.matrix[finite], -self.matrix])
        limits = np.concatenate([high[finite], -low])
        rows = np.concatenate([np.flatnonzero(finite), np.arange(len(low))])
        found: set[int] = set()
        for sign in (-1.0, 1.0):
            result = linprog(
                sign * target.vector,
                A_ub=matrix,
                b_ub=limits,
                A_eq=self.links if len(self.links) else None,
                b_eq=np.zeros(len(self.links)) if len(self.links) else None,
                method="highs",
            )
            if result.status == 0:
                found |= {int(n) for n in rows[np.abs(result.ineqlin.marginals) > 1e-9]}
        return found
