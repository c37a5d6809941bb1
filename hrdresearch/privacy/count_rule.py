"""Smallest cell and rounding: how a count is published, and which true counts remain possible."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class CountRule:
    """The smallest count that may be shown, and the base to which counts are rounded.

    >>> rule = CountRule(smallest=5, base=5)
    >>> rule.is_small(4), rule.publish(13), rule.interval(15)
    (True, 15, (13, 17))
    """

    smallest: int
    base: int = 1

    def is_small(self, size: int) -> bool:
        """Whether a group of this size is too small to be shown; zero is not."""
        return 1 <= size < self.smallest

    def publish(self, size: int) -> int:
        """The count rounded to the base, half upwards; only zero is published as zero."""
        if size == 0:
            return 0
        return max(self.base, self.base * math.floor(size / self.base + 0.5))

    def interval(self, published: int) -> tuple[int, int]:
        """Smallest and largest true count that is published as this value."""
        if published == 0:
            return 0, 0
        low = 1 if published == self.base else math.ceil(published - self.base / 2)
        high = math.ceil(published + self.base / 2) - 1
        return min(high, max(self.smallest, low)), high
