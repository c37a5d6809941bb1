"""From how many persons an area of a restricted list is told, and crossed with a column.

A fixed number would tell it exactly: an area that appears after one change would hold just that
number. So each step is drawn from the key for each edition, area and column: a State begins to stand
alone from 20 to 29 persons, and what has been told goes on until there are 10 to 19.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hrdresearch.privacy.rounding import drawn_number

FEWEST_PERSONS = 20  # of a State or region that stands alone
FEWEST_CROSSED = 50  # persons of an area whose numbers are given by a column
FEWEST_KNOWN = 50  # persons of whom a median is given
FEWEST_CONTRIBUTORS = 3  # of a State that stands alone
SAME_VALUE = 0.9  # of an area: a column with such a value is not crossed with the area
WIDTH = 10  # persons, and hundredths of SAME_VALUE


@dataclass(frozen=True)
class Steps:
    """The drawn steps of one edition; ``told`` are the areas and ``AREA;COLUMN`` told before."""

    key: bytes
    edition: str
    told: frozenset[str] = frozenset()

    @classmethod
    def after(cls, key: bytes, edition: str, cells: Mapping[str, object]) -> Steps:
        """Steps of an edition after one with these cells."""
        told = {part for cell in cells for part in (cell.partition(";")[0], cell.partition("=")[0])}
        return cls(key, edition, frozenset(told))

    def least(self, fewest: int, name: str) -> int:
        """Number of persons from which an area, or ``AREA;COLUMN``, is told in this edition."""
        drawn = drawn_number(b"step", self.key, self.edition, name, WIDTH)
        return fewest + drawn - (WIDTH if name in self.told else 0)

    def same(self, name: str) -> float:
        """Share of an area with one value from which a column, or a region, is not told."""
        drawn = drawn_number(b"same", self.key, self.edition, name, WIDTH)
        return SAME_VALUE - drawn / 100
