"""Reasons to give no estimate: conditions on the lists and on the overlap table.

``Design`` is what a researcher declares about the lists; ``reasons_to_refuse`` compares it with the
table. The rules are those of the literature on killings (Ball and Price 2019; Jones et al. 2014;
Whitehead et al. 2019): three lists or more, one stated population, place and period, lists that do not
feed each other, and links between lists whose recall was measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from hrdresearch.stats.estimates.carrying_lists import (
    FEWEST_SHARED,
    lists_on_others,
    lists_that_carry,
)
from hrdresearch.stats.estimates.overlap import OverlapTable
from hrdresearch.stats.estimates.results import Refusal

FEWEST_LISTS = 3
MOST_APART = 0.05  # share of the persons listed by lists that share nobody with the others


@dataclass(frozen=True)
class Target:
    """Whom a list sets out to record: population, place and period, in words."""

    population: str
    place: str
    period: str

    def __str__(self) -> str:
        return f"{self.population}, {self.place}, {self.period}"


@dataclass(frozen=True)
class ListFacts:
    """A list: its name in the table, its target, and the other lists that it uses, with how we know."""

    name: str
    target: Target
    uses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Linkage:
    """How well persons were recognized across lists.

    recall: share of the true pairs that were linked; precision: share of the links that are true
    (0 to 1, None where nobody measured it). how: how they were measured. recall_low, precision_low: low
    ends of their intervals of 95 per cent (``linkage.persons.quality.measure_sampled_pairs``); a share
    without one is taken to rest on fifty labelled pairs.
    """

    recall: float | None = None
    precision: float | None = None
    how: str = ""
    recall_low: float | None = None
    precision_low: float | None = None

    def __post_init__(self) -> None:
        """Refuse shares without meaning."""
        for share, low in ((self.recall, self.recall_low), (self.precision, self.precision_low)):
            if (share is not None and not 0 < share <= 1) or (
                low is not None and (share is None or not 0 <= low <= share)
            ):
                raise ValueError(
                    "recall and precision are above 0 and at most 1, and a low end is not above its share"
                )


@dataclass(frozen=True)
class Design:
    """What a researcher declares about the lists of a table.

    copied: how the lists as a whole rest on one another, in words; "" where they do not (``uses:
    documented_by`` in source.yml).
    """

    lists: tuple[ListFacts, ...]
    linkage: Linkage = Linkage()
    copied: str = ""

    @property
    def target(self) -> Target:
        """Target of the first list; of all lists, unless the design is refused."""
        return self.lists[0].target


def reasons_to_refuse(table: OverlapTable, design: Design) -> tuple[Refusal, ...]:
    """Every reason why no estimate may be given from a table; () where one may be given.

    design: declares the lists of the table. Raises ValueError when a list is not declared.
    """
    if missing := [n for n in table.lists if n not in {facts.name for facts in design.lists}]:
        raise ValueError(f"the design does not describe {', '.join(missing)}: add its ListFacts")
    found = (refuse_table(table), _different_targets(design), _feeding(table, design))
    return tuple(r for r in (*found, _unmeasured(design)) if r)


def refuse_table(table: OverlapTable) -> Refusal | None:
    """The reason to refuse that the table itself gives; None if it gives none."""
    full = table.without_empty_lists()
    if len(full.lists) < FEWEST_LISTS:
        return _too_few(f"Persons stand on {_lists(len(full.lists))} only.")
    if not full.listed_times()[1:].any():
        return Refusal(
            "no_overlap",
            "No person stands on two lists.",
            "Check how the lists were linked. If they truly share nobody, they say nothing about those "
            "who were never listed.",
        )
    apart = _apart(full)
    share = full.counts[full.patterns[:, apart].any(axis=1)].sum() / full.listed
    if share > MOST_APART:
        names = ", ".join(n for n, is_apart in zip(full.lists, apart, strict=True) if is_apart)
        return Refusal(
            "lists_fall_apart",
            f"The lists fall into groups that share nobody: {names} shares no person with the others.",
            "Check the linkage and the targets of these lists, or estimate each group of three lists "
            "or more by itself.",
        )
    return _too_few_carry(full)


def _too_few_carry(table: OverlapTable) -> Refusal | None:
    """The reason to refuse where fewer than three lists can carry an estimate; None otherwise."""
    if len(lists_that_carry(table)) < FEWEST_LISTS:
        return _too_few(
            "No three lists share five persons or more with two others each: "
            f"{', '.join(_weakest(table))} cannot be counted as a list of its own."
        )
    on_others = lists_on_others(table)
    if len(lists_that_carry(table.without_lists(list(on_others))[0])) >= FEWEST_LISTS:
        return None
    told = "; ".join(f"nearly all persons on {a} are on {b} too" for a, b in on_others.items())
    return Refusal(
        "lists_stand_on_others",
        f"{told[:1].upper()}{told[1:]}. A list that was copied, or that holds what another holds, is no "
        "list of its own, and fewer than three are left.",
        "Find out how these lists came about, make one of those that rest on one another (merge_lists), and "
        "keep three or more independent ones.",
    )


def _weakest(table: OverlapTable) -> list[str]:
    """Lists that share five persons or more with the fewest others; if all do so alike, the smallest."""
    shared = table.overlaps().to_numpy()
    others = (shared >= FEWEST_SHARED).sum(axis=1) - (np.diag(shared) >= FEWEST_SHARED)
    weak = np.flatnonzero(others == others.min())
    if len(weak) == len(table.lists):
        weak = weak[np.diag(shared)[weak] == np.diag(shared)[weak].min()]
    return [table.lists[i] for i in weak]


def _too_few(why: str) -> Refusal:
    return Refusal(
        "too_few_lists",
        f"{why} From two lists the number never listed follows only if the lists are independent, and "
        "nothing in them can show whether they are.",
        "Three lists or more of the same population, place and period are needed.",
    )


def _apart(table: OverlapTable) -> np.ndarray:
    """Which lists are outside the group of connected lists that holds most persons."""
    from scipy.sparse.csgraph import connected_components

    shared = table.overlaps().to_numpy()
    _, group = connected_components(shared > 0, directed=False)
    return np.asarray(group != np.bincount(group, np.diag(shared)).argmax())


def _different_targets(design: Design) -> Refusal | None:
    targets = sorted({str(facts.target) for facts in design.lists})
    if len(targets) == 1:
        return None
    return Refusal(
        "different_targets",
        f"The lists do not record one population, place and period: {'; '.join(targets)}. A person whom "
        "a list never set out to record looks like a person whom it missed.",
        "Narrow every list to the population, place and period that all of them set out to record.",
    )


def _feeding(table: OverlapTable, design: Design) -> Refusal | None:
    used = [
        f"{facts.name} uses {other} ({how})"
        for facts in design.lists
        for other, how in facts.uses.items()
        if facts.name in table.lists and other in table.lists
    ]
    used += [design.copied] if design.copied else []
    if not used:
        return None
    return Refusal(
        "lists_feed_each_other",
        f"Lists feed each other: {'; '.join(used)}. A person on one is then on the other because it was "
        "copied, not because two observers found the same person.",
        "Make one list of them (merge_lists) and keep three or more independent ones.",
    )


def _unmeasured(design: Design) -> Refusal | None:
    if design.linkage.recall is not None:
        return None
    return Refusal(
        "linkage_not_measured",
        "Nobody has measured how many of the true pairs the linkage finds. Each pair that it misses makes "
        "two persons of one and the estimate too high.",
        "Have people label a sample of pairs, measure the recall, and estimate over tables drawn from the "
        "link probabilities (estimate_over_draws).",
    )


def _lists(number: int) -> str:
    return {0: "no list", 1: "one list", 2: "two lists"}.get(number, f"{number} lists")
