"""Disclosure policy of a source, and the strictest of several.

A source declares its policy in source.yml. A report over several sources takes the strictest for
everything that could be subtracted; a parameter can only make it stricter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

AREAS = ("place", "admin1", "state", "region")  # fine to coarse
TIMES = ("day", "month", "year", "period")  # fine to coarse


@dataclass(frozen=True)
class Policy:
    """What may be published of a source.

    smallest_cell: counts of persons from 1 to ``smallest_cell - 1`` are suppressed; 0 or 1 means
    that no count is suppressed, which only a list that is public by name may say, with its reason.
    rounding: published counts are rounded to a multiple of this base (1 = exact).
    secondary: further cells are suppressed so that no suppressed one can be worked out.
    """

    public_by_name: bool
    smallest_cell: int
    rounding: int
    secondary: bool
    finest_area: str
    finest_time: str
    reason: str

    def __post_init__(self) -> None:
        """Refuse a policy that says nothing, or that exempts a list without a reason."""
        if self.finest_area not in AREAS or self.finest_time not in TIMES:
            raise ValueError(f"finest_area is one of {AREAS}, finest_time one of {TIMES}")
        if self.smallest_cell < 0 or self.rounding < 1:
            raise ValueError("smallest_cell is 0 or more and rounding 1 or more")
        if not self.reason.strip():
            raise ValueError("a policy states its reason")
        if not self.public_by_name and (self.smallest_cell < 3 or not self.secondary):
            raise ValueError(
                "a list that is not public by name has a smallest cell of 3 or more and "
                "secondary suppression"
            )

    @property
    def is_exempt(self) -> bool:
        """True when no count is suppressed or rounded."""
        return self.smallest_cell <= 1 and self.rounding == 1

    def to_dict(self) -> dict[str, Any]:
        """Plain values for source.yml, findings and manifests."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Policy:
        """Inverse of ``to_dict``; raises TypeError on a missing or unknown key."""
        return cls(**values)


def strictest(policies: Iterable[Policy]) -> Policy:
    """The policy that is as strict as each of the policies in every respect; ValueError for none."""
    several = list(policies)
    if not several:
        raise ValueError("no policy given")
    return Policy(
        public_by_name=all(p.public_by_name for p in several),
        smallest_cell=max(p.smallest_cell for p in several),
        rounding=max(p.rounding for p in several),
        secondary=any(p.secondary for p in several),
        finest_area=max((p.finest_area for p in several), key=AREAS.index),
        finest_time=max((p.finest_time for p in several), key=TIMES.index),
        reason="; ".join(dict.fromkeys(p.reason for p in several)),
    )


def tighten(policy: Policy, smallest_cell: int) -> Policy:
    """The policy with a larger smallest cell; unchanged where its own is as large already."""
    if smallest_cell <= policy.smallest_cell:
        return policy
    return replace(policy, smallest_cell=smallest_cell, secondary=True)
