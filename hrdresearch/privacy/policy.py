"""Disclosure policy of a source: public by name, or restricted with a plan of what may leave.

A source declares its policy in source.yml. Only the counts in the plan of a restricted list may leave,
rounded (``hrdresearch.privacy.release``). The plan is declared and never derived from the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

FEWEST_SHOWN = 5  # a number of persons below it is printed as "fewer than 5"
SENSITIVE_COLUMNS = frozenset({"identity_codes", "body_codes", "own_codes", "wgad_codes"})
GONE = {
    "smallest_cell": "leaves: counts of a restricted list are rounded to 5, and below 5 not shown",
    "rounding": "leaves: counts of a restricted list are always rounded to 5",
    "secondary": "leaves: nothing is withheld beside a small count, because all are rounded",
    "finest_area": "leaves: by_area names what is counted by State",
    "finest_time": "leaves: periods of years_together years",
}
TIME_HELD = "held_years"  # time in detention of a person who is held, on the day of an edition
PARAMETER_IS_GONE = (
    "The parameter smallest_cell is gone. Its successor is the plan of each restricted list (policy: "
    "leaves: in its source.yml), whose counts are rounded to 5. Take the parameter out of the command, "
    "the batch file or the notebook"
)
_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


@dataclass(frozen=True)
class ReleasePlan:
    """The closed set of counts that may leave a restricted list; no other number may leave.

    by_area: columns counted over the whole list, by region, and by each State that is published alone.
    whole_list: columns counted over the whole list only.
    at_least: for a column of numbers, limits; "this much or more" is counted over the whole list.
    medians: for a column of numbers, limits of classes; the class that holds the median is published.
    years_together: years in a period; the first year of a period is a multiple of this number.
    editions: one or two days of the year (MM-DD) on which figures may change.

    Raises ValueError where a column that could expose a person is counted by State.
    """

    by_area: tuple[str, ...] = ()
    whole_list: tuple[str, ...] = ()
    at_least: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    medians: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    years_together: int = 2
    editions: tuple[str, ...] = ("03-31", "09-30")

    def __post_init__(self) -> None:
        """Refuse sensitive columns by State, single years, and more than two editions a year."""
        if exposed := sorted(SENSITIVE_COLUMNS & set(self.by_area)):
            raise ValueError(f"{', '.join(exposed)}: counted over the whole list only (whole_list)")
        if self.years_together < 2:
            raise ValueError("years_together is 2 or more")
        if unordered := [c for c, v in self.medians.items() if list(v) != sorted(set(v))]:
            raise ValueError(f"{', '.join(unordered)}: limits of classes grow from one to the next")
        if not 1 <= len(self.editions) <= 2 or not all(_DAY.fullmatch(d) for d in self.editions):
            raise ValueError(
                'editions holds one or two days of the year, such as ["03-31", "09-30"]'
            )

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> ReleasePlan:
        """Plan from source.yml; ValueError for a key that it does not have."""
        if unknown := sorted(set(values) - {f.name for f in fields(cls)}):
            raise ValueError(f"leaves does not take {', '.join(unknown)}")
        given: dict[str, Any] = {
            key: tuple(map(str, values[key]))
            for key in ("by_area", "whole_list", "editions")
            if key in values
        }
        if "years_together" in values:
            given["years_together"] = int(values["years_together"])
        for key in ("at_least", "medians"):
            given[key] = {c: tuple(map(float, v)) for c, v in values.get(key, {}).items()}
        return cls(**given)


@dataclass(frozen=True)
class Policy:
    """What may be published of a source, and why.

    public_by_name: whether the list is public with its names. reason: in words.
    leaves: plan of a restricted list; None for public lists, and where nothing may leave.
    is_internal: whether the report prints exact numbers and may not leave the work folder.
    counts_undated: in words, why rows that say neither when nor what happened are counted; "" where
        such rows are set aside.
    names_contributors: whether a page may name the organizations that contributed to a restricted list.
    """

    public_by_name: bool
    reason: str
    leaves: ReleasePlan | None = None
    is_internal: bool = False
    counts_undated: str = ""
    names_contributors: bool = False

    def __post_init__(self) -> None:
        """Refuse a policy without a reason."""
        if not self.reason.strip():
            raise ValueError("a policy states its reason")
        if self.counts_undated and len(str(self.counts_undated).split()) < 3:
            raise ValueError("counts_undated says in words why rows without a day are counted")

    @property
    def prints_exact_numbers(self) -> bool:
        """Whether exact numbers are printed: for a public list, and in an internal report."""
        return self.public_by_name or self.is_internal

    def to_dict(self) -> dict[str, Any]:
        """Plain values for findings, builds and manifests."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Policy:
        """Inverse of ``to_dict``, and policy of source.yml.

        ValueError for a key that is gone, with its successor, and for one that is not known.
        """
        if gone := sorted(set(values) & set(GONE)):
            raise ValueError(
                "; ".join(f"{key} is gone; its successor is {GONE[key]}" for key in gone)
            )
        if unknown := sorted(set(values) - {f.name for f in fields(cls)}):
            raise ValueError(f"policy does not take {', '.join(unknown)}")
        plan = values.get("leaves")
        return cls(
            **{**values, "leaves": ReleasePlan.from_dict(plan) if plan is not None else None}
        )


def strictest_policy(policies: Iterable[Policy]) -> Policy:
    """Policy of a report on several lists: restricted where one list is, internal where one list is.

    Raises ValueError without a policy.
    """
    several = list(policies)
    if not several:
        raise ValueError("no policy given")
    return replace(
        next((p for p in several if not p.public_by_name), several[0]),
        is_internal=any(p.is_internal for p in several),
        reason="; ".join(dict.fromkeys(p.reason for p in several)),
    )
