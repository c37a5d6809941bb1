"""From how many persons an area of a restricted list is told, and crossed with a column.

A fixed number would tell it exactly: an area that appears after one change would hold just that
number. So each step is drawn from the key for each edition, area and column: a State begins to stand
alone from 20 to 29 persons, and what has been told goes on until there are 10 to 19. A contributor
of a few cases is none: it counts from 5 to 7 of them (2 to 4 where the area has been told).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hrdresearch.privacy.rounding import drawn_number

FEWEST_PERSONS = 20  # of a State or region that stands alone
FEWEST_CROSSED = 50  # persons of an area whose numbers are given by a column
FEWEST_KNOWN = 50  # persons of whom a median is given
FEWEST_CONTRIBUTORS = 3  # of a State that stands alone
FEWEST_OF_ONE = 5  # persons of an area from which a contributor counts
OF_ONE_WIDTH = 3  # persons
MOST_OF_ONE = 0.8  # of an area: the largest contributor has no more
SAME_VALUE = 0.9  # of an area: a column with such a value is not crossed with the area
WIDTH = 10  # persons, and hundredths of SAME_VALUE


@dataclass(frozen=True)
class PublicationThresholds:
    """The drawn steps of one edition; ``told`` are the areas and ``AREA;COLUMN`` told before."""

    key: bytes
    edition: str
    published_before: frozenset[str] = frozenset()

    @classmethod
    def after_edition(
        cls, key: bytes, edition: str, cells: Mapping[str, object]
    ) -> PublicationThresholds:
        """Steps of an edition after one with these cells."""
        told = {part for cell in cells for part in (cell.partition(";")[0], cell.partition("=")[0])}
        return cls(key, edition, frozenset(told))

    def fewest_persons(self, fewest: int, name: str) -> int:
        """Number of persons from which an area, or ``AREA;COLUMN``, is told in this edition."""
        drawn = drawn_number(b"step", self.key, self.edition, name, WIDTH)
        return fewest + drawn - (WIDTH if name in self.published_before else 0)

    def fewest_of_contributor(self, area: str) -> int:
        """Number of persons of an area from which a contributor counts as one of it."""
        drawn = drawn_number(b"of one", self.key, self.edition, area, OF_ONE_WIDTH)
        return FEWEST_OF_ONE + drawn - (OF_ONE_WIDTH if area in self.published_before else 0)

    def largest_contributor_share(self, area: str) -> float:
        """Share of an area that its largest contributor may have."""
        drawn = drawn_number(b"most", self.key, self.edition, area, WIDTH)
        return MOST_OF_ONE - drawn / 100 + (WIDTH / 100 if area in self.published_before else 0)

    def largest_answer_share(self, name: str) -> float:
        """Share of an area with one value from which a column, or a region, is not told."""
        drawn = drawn_number(b"same", self.key, self.edition, name, WIDTH)
        return SAME_VALUE - drawn / 100
