"""Smallest cell and rounding: how a size is published, and what the published value tells of it."""

from __future__ import annotations

import math
from dataclasses import dataclass


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
