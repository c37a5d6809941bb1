"""Thresholds from which figures of an area of a restricted list are published, also by a column.

A fixed threshold would disclose an exact number: an area that appears after one more person would hold
just as many persons as the threshold. So each threshold is drawn from the key, for each edition, area and
column. A State is first published alone from 20 to 29 persons, and then stays until it holds fewer than
10 to 19. A contributor counts as one of an area from 5 to 7 persons (2 to 4 where the area was published
before).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hrdresearch.privacy.rounding import drawn_number

FEWEST_PERSONS = 20  # of a State or region that is published alone
FEWEST_CROSSED = 50  # persons of an area whose numbers are published by a column
FEWEST_KNOWN = 50  # persons with a value, for a median
FEWEST_CONTRIBUTORS = 3  # of a State that is published alone
FEWEST_OF_ONE = 5  # persons of an area from which a contributor counts
OF_ONE_WIDTH = 3  # persons: how far FEWEST_OF_ONE is moved by the draw
MOST_OF_ONE = 0.8  # largest share of an area that one contributor may have
SAME_VALUE = 0.9  # share of an area with one value from which a column is not published for it
WIDTH = 10  # how far a threshold is moved by the draw: persons, or hundredths of a share


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
        """Thresholds of an edition, where the edition before it published these cells."""
        told = {part for cell in cells for part in (cell.partition(";")[0], cell.partition("=")[0])}
        return cls(key, edition, frozenset(told))

    def fewest_persons(self, fewest: int, name: str) -> int:
        """Number of persons from which an area, or ``AREA;COLUMN``, is published in this edition."""
        drawn = drawn_number(b"step", self.key, self.edition, name, WIDTH)
        return fewest + drawn - (WIDTH if name in self.published_before else 0)

    def fewest_of_contributor(self, area: str) -> int:
        """Number of persons of an area from which a contributor counts as one of its contributors."""
        drawn = drawn_number(b"of one", self.key, self.edition, area, OF_ONE_WIDTH)
        return FEWEST_OF_ONE + drawn - (OF_ONE_WIDTH if area in self.published_before else 0)

    def largest_contributor_share(self, area: str) -> float:
        """Largest share of an area (0 to 1) that one contributor may have."""
        drawn = drawn_number(b"most", self.key, self.edition, area, WIDTH)
        return MOST_OF_ONE - drawn / 100 + (WIDTH / 100 if area in self.published_before else 0)

    def largest_answer_share(self, name: str) -> float:
        """Share of persons with one value (0 to 1) from which a column, or a region, is not published."""
        drawn = drawn_number(b"same", self.key, self.edition, name, WIDTH)
        return SAME_VALUE - drawn / 100
