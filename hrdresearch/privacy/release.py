"""Release of a restricted list: its rounded counts, as they leave and as they stand.

Figures change on the days of the plan only, and those of an area only after ten to nineteen changes
(the number is drawn), where contributors are recorded from two of them; until then they stand as at
the earlier edition. A reader of all editions therefore cannot tell who came or went. What is
protected against whom stands in docs/protection.md, the figures of the attacks in
docs/decisions/0011.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from hrdresearch.privacy.count_plan import areas_alone, count_plan
from hrdresearch.privacy.plan_cells import REGION, cell_name, cell_of, period_of, regions
from hrdresearch.privacy.policy import ReleasePlan
from hrdresearch.privacy.rounding import awaited_changes, round_counts

FROM_CONTRIBUTORS = 2
APPROVALS = 2  # persons who look at the figures before they leave
SEEN = ["person", "state_iso3", "contributor", "facts"]


@dataclass(frozen=True)
class Release:
    """What leaves of a restricted list in one edition.

    edition: the day, as YYYY-MM-DD. cells: by name, persons as printed (multiples of 5, 0 for fewer
    than 5). rows: the same for rows, where a person may have several. as_at: edition from which the
    figures of each area stand ("" is the whole list). approved: desk -> hash of what it approved.
    taken_down: day on which it was taken down for the safety of a person, or ""; it then no longer
    leaves, and its figures serve the next edition only, which keeps those of areas that changed
    little.
    """

    edition: str
    cells: Mapping[str, int]
    rows: Mapping[str, int] = field(default_factory=dict)
    as_at: Mapping[str, str] = field(default_factory=dict)
    approved: Mapping[str, str] = field(default_factory=dict)
    taken_down: str = ""

    @property
    def areas(self) -> tuple[str, ...]:
        """States (ISO3) that stand alone, and regions (``region:CODE``)."""
        return tuple(area for area in self.as_at if area)

    @property
    def states(self) -> tuple[str, ...]:
        """ISO3 codes of the States that stand alone."""
        return tuple(area for area in self.areas if not area.startswith(REGION))

    @property
    def digest(self) -> str:
        """Hash of the figures, which an approval names."""
        body = [self.edition, sorted(self.cells.items()), sorted(self.rows.items())]
        return hashlib.sha256(json.dumps(body).encode()).hexdigest()

    @property
    def is_approved(self) -> bool:
        """Whether two desks have approved exactly these figures, and nobody took them down."""
        return not self.taken_down and list(self.approved.values()).count(self.digest) >= APPROVALS

    def persons(
        self, filter_: Mapping[str, Any], plan: ReleasePlan, year: str | None
    ) -> int | None:
        """Printed number of persons of a row filter (0: fewer than 5); None if not in the plan."""
        return self.cells.get(cell_of(filter_, plan, year) or "")

    def rows_of(
        self, filter_: Mapping[str, Any], plan: ReleasePlan, year: str | None
    ) -> int | None:
        """Printed number of rows of a row filter (0: fewer than 5); None if not in the plan."""
        return (self.rows or self.cells).get(cell_of(filter_, plan, year) or "")

    def periods(self, year: str) -> list[tuple[int, int]]:
        """Periods with a printed number, first and last year of each, oldest first."""
        spans = [
            name.partition("=")[2]
            for name, n in self.cells.items()
            if n and name.startswith(f";{year}=")
        ]
        found = [tuple(map(int, span.split("-"))) for span in spans if span != "none"]
        return sorted((first, last) for first, last in found)

    def to_json(self) -> dict[str, Any]:
        """Plain values; they hold nothing but what is printed."""
        return asdict(self)

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Release:
        """Inverse of ``to_json``."""
        return cls(**body)


def edition_day(today: dt.date, days: Iterable[str]) -> str:
    """The last of the plan's days that is not after today, as YYYY-MM-DD.

    >>> edition_day(dt.date(2026, 11, 29), ["03-31", "09-30"])
    '2026-09-30'
    """
    dated = [f"{year}-{day}" for year in (today.year - 1, today.year) for day in days]
    return max(day for day in dated if day <= today.isoformat())


def next_edition_day(today: dt.date, days: Iterable[str]) -> str:
    """The first of the plan's days after today, as YYYY-MM-DD."""
    dated = [f"{year}-{day}" for year in (today.year, today.year + 1) for day in days]
    return min(day for day in dated if day > today.isoformat())


def seen_rows(
    rows: pd.DataFrame, plan: ReleasePlan, person: str, contributor: pd.Series
) -> pd.DataFrame:
    """What a release has seen of each person: State, contributor and a hash of the counted facts.

    It is kept sealed beside the release, to count how many persons change until the next one.
    """
    columns = [c for c in (*plan.by_area, *plan.whole_list, *plan.at_least) if c in rows]
    facts = pd.util.hash_pandas_object(rows[columns].astype(str), index=False)
    frame = pd.DataFrame(
        {
            "person": rows[person].astype(str),
            "state_iso3": rows["state_iso3"].astype(str) if "state_iso3" in rows else "",
            "contributor": contributor.astype(str),
            "facts": facts.astype(str),
        }
    )
    return frame.sort_values(SEEN).reset_index(drop=True)


def make_release(
    rows: pd.DataFrame,
    plan: ReleasePlan,
    edition: str,
    key: bytes,
    *,
    person: str,
    year: str | None,
    contributor: pd.Series | None = None,
    before: Release | None = None,
    seen: pd.DataFrame | None = None,
) -> Release:
    """Release of a list on the day of an edition.

    rows: of the list. key: for the draws of the rounding. person, year: columns of the table.
    contributor: of each row, empty where not recorded. before, seen: the last release and what it
    had seen; an area whose changes are too few keeps its figures.
    """
    given = pd.Series("", index=rows.index) if contributor is None else contributor
    changed = (
        _changed_states(seen, seen_rows(rows, plan, person, given)) if seen is not None else None
    )
    alone = areas_alone(rows, person, given)
    kept = (
        {}
        if before is None
        else {
            a: e
            for a, e in before.as_at.items()
            if not _is_due(a, changed, awaited_changes(key, edition, a))
        }
    )
    areas = sorted({*alone, *kept} - {""}, key=lambda a: (a.startswith(REGION), a))
    counts = count_plan(rows, plan, areas, person, year)
    as_at = {area: kept.get(area, edition) for area in ("", *areas)}
    cells: dict[str, int] = {}
    several: dict[str, int] = {}
    area_of = np.array([name.partition(";")[0] for name in counts.index])
    for area in as_at:
        if area in kept and before is not None:
            start = f"{area};"
            cells |= {c: n for c, n in before.cells.items() if c.startswith(start)}
            several |= {c: n for c, n in before.rows.items() if c.startswith(start)}
            continue
        own = counts[area_of == area]
        cells |= {str(c): int(n) for c, n in round_counts(own["persons"], key, edition).items()}
        if not rows[person].is_unique:
            several |= {str(c): int(n) for c, n in round_counts(own["rows"], key, edition).items()}
    return Release(edition, cells, several, as_at)


def _changed_states(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Persons that came, went or changed: one row each and State, with the contributor."""
    both = before.merge(now, how="outer", on=SEEN, indicator=True)
    moved = both[both["_merge"] != "both"]
    return moved.drop_duplicates(["person", "state_iso3", "contributor"])


def _is_due(area: str, changed: pd.DataFrame | None, least: int) -> bool:
    """Whether ``least`` persons of an area changed, from enough contributors, for new figures."""
    if changed is None:
        return True
    inside = changed
    if area.startswith(REGION):
        inside = changed[changed["state_iso3"].isin(regions()[area.removeprefix(REGION)])]
    elif area:
        inside = changed[changed["state_iso3"] == area]
    contributors = set(inside["contributor"]) - {""}
    is_recorded = bool((changed["contributor"] != "").any())
    enough = len(contributors) >= FROM_CONTRIBUTORS or not is_recorded
    return inside["person"].nunique() >= least and enough


__all__ = [
    "Release",
    "cell_name",
    "edition_day",
    "make_release",
    "next_edition_day",
    "period_of",
    "seen_rows",
]
