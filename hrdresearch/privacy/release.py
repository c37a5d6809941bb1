"""Release of a restricted list: the rounded counts that leave it on the days of its plan.

Figures change only on the days that the plan names. The figures of an area change only after changes to
10 to 19 persons (the number is drawn), from at least two contributors where contributors are recorded;
until then the figures of the earlier edition are printed again. So a reader of all editions cannot see
who was added or removed. docs/protection.md says what is protected against whom, docs/decisions/0011 how
the figures withstood attacks.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from hrdresearch.privacy.count_plan import areas_published_alone, count_plan_cells
from hrdresearch.privacy.plan_cells import (
    BUT,
    OTHERS,
    REGION,
    cap_at_wholes,
    cell_of_filter,
    codes_of,
    parts_of_cell,
    regions_of_report,
)
from hrdresearch.privacy.policy import TIME_HELD, ReleasePlan
from hrdresearch.privacy.publication_thresholds import PublicationThresholds
from hrdresearch.privacy.release_medians import median_classes
from hrdresearch.privacy.rounding import awaited_changes, round_counts

FROM_CONTRIBUTORS = 2
APPROVALS = 2  # persons who look at the figures before they leave
SEEN = ["person", "state_iso3", "contributor", "facts"]


@dataclass(frozen=True)
class Release:
    """What leaves a restricted list in one edition.

    edition: the day, as YYYY-MM-DD.
    cells: name of a cell -> number of persons as printed (multiples of 5; 0 for fewer than 5).
    rows: the same for rows, where a person may have several rows.
    medians: name of a cell -> class in which the median lies.
    as_at: area ("" is the whole list) -> edition in which its figures were made.
    approved: desk -> hash of what it approved. signatures: desk -> its signature, where desks have keys.
    texts: free texts of source.yml that are printed with the figures, by key.
    left_out: class (``COLUMN=VALUE``) or cell -> desk that left it out, of this and all later editions.
    no_term: desk -> why it approved a list for which nobody has said how long it is kept.
    taken_down: day on which the release was taken down for the safety of a person, or "". It is then no
        longer published; its figures serve only for areas of the next edition that changed little.
    """

    edition: str
    cells: Mapping[str, int]
    rows: Mapping[str, int] = field(default_factory=dict)
    medians: Mapping[str, str] = field(default_factory=dict)
    as_at: Mapping[str, str] = field(default_factory=dict)
    approved: Mapping[str, str] = field(default_factory=dict)
    taken_down: str = ""
    signatures: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    no_term: Mapping[str, str] = field(default_factory=dict)

    @property
    def areas(self) -> tuple[str, ...]:
        """States (ISO3) that are published alone, and regions (``region:CODE``) that are published whole."""
        others = [a.split(":")[1] for a in self.as_at if a.startswith(OTHERS)]
        alone = [area for area in self.as_at if area and not area.startswith(OTHERS)]
        return (*alone, *(REGION + code for code in others))

    @property
    def states(self) -> tuple[str, ...]:
        """ISO3 codes of the States that are published alone."""
        return tuple(area for area in self.areas if not area.startswith(REGION))

    def printed_figure(self, cell: str | None, cells: Mapping[str, int]) -> int | None:
        """Printed figure of a cell, or the sum of printed figures; None where one of these is missing.

        cell: name as of ``plan_cells``. cells: ``self.cells`` or ``self.rows``.
        """
        if cell is None or cell in cells:
            return cells.get(cell or "")
        if cell.startswith(REGION) and cell.partition(";")[0] not in self.areas:
            return None
        parts = parts_of_cell(cell, self.as_at)
        if parts is None or not parts[0]:
            return None
        more, less = ([self.printed_figure(one, cells) for one in side] for side in parts)
        if None in more or None in less:
            return None
        left = sum(filter(None, more)) - sum(filter(None, less))
        return max([left, 0, *self._answers(cell, cells)])

    def _answers(self, cell: str, cells: Mapping[str, int]) -> list[int]:
        """Figures of the answers that a cell "all answers but ..." includes; it may not be smaller."""
        start, _, silent = cell.partition(BUT)
        if not silent:
            return []
        column = start.partition(";")[2].removesuffix("=")
        answers = [code for code in codes_of(column) if code not in silent.split("|")]
        return [n for code in answers if (n := self.printed_figure(f"{start}{code}", cells))]

    def without_left_out(self, left_out: Mapping[str, str]) -> Release:
        """Copy of the release without the classes and cells that a desk has left out."""

        def stay(figures: Mapping[str, Any]) -> dict[str, Any]:
            return {
                cell: figure
                for cell, figure in figures.items()
                if not {cell, cell.partition(";")[2]} & set(left_out)
            }

        return replace(
            self,
            left_out=dict(left_out),
            cells=stay(self.cells),
            rows=stay(self.rows),
            medians=stay(self.medians),
        )

    @property
    def digest(self) -> str:
        """Hash of the figures and texts; an approval is given to this hash."""
        body: list[Any] = [self.edition, sorted(self.cells.items()), sorted(self.rows.items())]
        body += [sorted(part.items()) for part in (self.medians, self.texts, self.left_out) if part]
        return hashlib.sha256(json.dumps(body).encode()).hexdigest()

    @property
    def is_approved(self) -> bool:
        """Whether two desks have approved exactly these figures and texts, and nobody took them down."""
        return not self.taken_down and list(self.approved.values()).count(self.digest) >= APPROVALS

    def printed_persons(
        self, filter_: Mapping[str, Any], plan: ReleasePlan, year: str | None
    ) -> int | None:
        """Printed number of persons that a row filter selects; 0: fewer than 5; None: not in the plan.

        year: name of the column of years.
        """
        return self.printed_figure(cell_of_filter(filter_, plan, year), self.cells)

    def printed_rows(
        self, filter_: Mapping[str, Any], plan: ReleasePlan, year: str | None
    ) -> int | None:
        """Printed number of rows that a row filter selects; 0: fewer than 5; None: not in the plan."""
        return self.printed_figure(cell_of_filter(filter_, plan, year), self.rows or self.cells)

    def periods(self, year: str) -> list[tuple[int, int]]:
        """First and last year of each period with a printed number, oldest first.

        year: name of the column of years.
        """
        spans = [
            name.partition("=")[2]
            for name, n in self.cells.items()
            if n and name.startswith(f";{year}=")
        ]
        found = [tuple(map(int, span.split("-"))) for span in spans if span != "none"]
        return sorted((first, last) for first, last in found)

    def to_json(self) -> dict[str, Any]:
        """Plain values for JSON; they hold only what is printed."""
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
) -> tuple[Release, pd.DataFrame]:
    """Make the release of a list for an edition; returns it with the rows on which its figures rest.

    rows: rows of the list. key: secret from which the rounding is drawn. person, year: names of the
    columns of persons and of years. contributor: contributor of each row; "" where it is not recorded.
    before, seen: the release before this one, and the rows that were returned with it. An area with too
    few changes keeps its earlier figures and rows, so that its changes add up over editions.
    """
    given = pd.Series("", index=rows.index) if contributor is None else contributor
    everybody = _seen(rows, plan, person, given)
    told_before = {**before.cells, **before.medians} if before is not None else {}
    thresholds = PublicationThresholds.after_edition(key, edition, told_before)
    now = {
        area: _inside(everybody, area)
        for area in ("", *areas_published_alone(rows, person, given, thresholds))
    }
    old = {} if seen is None else {str(area): part for area, part in seen.groupby("area")}
    kept: dict[str, str] = {}
    for area, since in before.as_at.items() if before is not None else ():
        held = now[area] if area in now else _inside(everybody, area)
        if not _is_due(old.get(area), held, awaited_changes(key, edition, area)):
            kept[area] = since
    gone = {a for a in kept if a not in now}  # stands no longer alone, but not yet due
    told = before.as_at if before is not None and "" in kept else now  # none appears by itself
    areas = [
        a for a in now if a in kept or (a in told and not any(_share_states(a, b) for b in gone))
    ]
    areas += sorted(gone)
    counts = count_plan_cells(rows, plan, [a for a in areas if a], person, year, thresholds)
    as_at = {area: kept.get(area, edition) for area in areas}
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
        cells |= _rounded(own["persons"], key, edition)
        if not rows[person].is_unique:
            drawn = _rounded(own["rows"], key, edition)
            several |= {
                cell: max(n, cells[cell]) for cell, n in drawn.items()
            }  # no fewer than persons
    medians = median_classes(rows, plan, person, thresholds)
    if "" in kept and before is not None:
        medians = dict(before.medians)
    now_seen = pd.concat(
        [old[a] if a in kept and a in old else now[a] for a in as_at if a in now or a in old]
    )
    made = Release(edition, cells, several, medians, as_at)
    return made.without_left_out(before.left_out if before else {}), now_seen.reset_index(drop=True)


def _rounded(counts: pd.Series, key: bytes, edition: str) -> dict[str, int]:
    drawn = round_counts(counts, key, edition)
    return cap_at_wholes({str(cell): int(n) for cell, n in drawn.items()})


def _share_states(one: str, other: str) -> bool:
    """Whether two areas, neither of them the whole list, hold a State in common."""
    if not (one and other):
        return False
    a, b = (states_of_area(area) for area in (one, other))
    return bool(a & b)


def states_of_area(area: str) -> frozenset[str]:
    """ISO3 codes of the States in an area of a release: a State, or what is left of a region."""
    if not area.startswith(OTHERS):
        return frozenset({area})
    code, *alone = area.removeprefix(OTHERS).split(":")
    return regions_of_report()[code] - set(alone)


def _seen(
    rows: pd.DataFrame, plan: ReleasePlan, person: str, contributor: pd.Series
) -> pd.DataFrame:
    """For each row the pseudonym, State, contributor, and a hash of the facts that are counted."""
    counted = (*plan.by_area, *plan.whole_list, *plan.at_least, *plan.medians)
    columns = [c for c in dict.fromkeys(counted) if c in rows and c != TIME_HELD]
    facts = pd.util.hash_pandas_object(rows[columns].astype(str), index=False)
    return pd.DataFrame(
        {
            "person": rows[person].astype(str),
            "state_iso3": rows["state_iso3"].astype(str) if "state_iso3" in rows else "",
            "contributor": contributor.astype(str),
            "facts": facts.astype(str),
        }
    )


def _inside(everybody: pd.DataFrame, area: str) -> pd.DataFrame:
    inside = everybody[everybody["state_iso3"].isin(states_of_area(area))] if area else everybody
    return inside.assign(area=area)


def _is_due(before: pd.DataFrame | None, now: pd.DataFrame, least: int) -> bool:
    """Whether ``least`` persons of an area changed, from enough contributors, for new figures."""
    if before is None:
        return True
    moved = _moved(before, now)
    contributors = set(moved["contributor"]) - {""}
    is_recorded = bool((now["contributor"] != "").any())
    enough = len(contributors) >= FROM_CONTRIBUTORS or not is_recorded
    return moved["person"].nunique() >= least and enough


def _moved(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Rows that were added, removed or changed, each once; a person may have several equal rows."""
    both = [part[SEEN].drop_duplicates() for part in (before, now)]
    return pd.concat(both).drop_duplicates(keep=False)
