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

from hrdresearch.privacy.plan_cells import (
    BUT,
    OTHERS,
    REGION,
    cell_of_filter,
    codes_of,
    parts_of_cell,
)
from hrdresearch.privacy.policy import ReleasePlan

APPROVALS = 2  # persons who look at the figures before they leave


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
        more = [self.printed_figure(one, cells) for one in parts[0]]
        less = [self.printed_figure(o, cells) for o in parts[1] if not self._is_newer(o, cells)]
        if None in more or None in less:
            return None
        whole = sum(filter(None, more))
        if (added := self._added_answers(cell, cells)) is not None:
            return min(added, whole)
        return max([whole - sum(filter(None, less)), 0, *self._answers(cell, cells)])

    def _is_newer(self, cell: str, cells: Mapping[str, int]) -> bool:
        """Whether the code of a cell did not exist when the figures were made, so that nobody had it.

        Then the release has cells of other codes of the column, and no desk has left this one out.
        """
        if cell in cells or {cell, cell.partition(";")[2]} & set(self.left_out):
            return False
        column = cell.partition("=")[0]
        return any(other.startswith(f"{column}=") for other in cells)

    def _added_answers(self, cell: str, cells: Mapping[str, int]) -> int | None:
        """Figures of the answers that a cell "all answers but ..." includes, added up.

        None where a person may have several answers, where one has no figure, and where these are more
        figures than the whole and what is taken from it: each figure that is added or taken away brings
        its own chance number. Where yes and no are all answers, they add up to the known cases.
        """
        start, _, silent = cell.partition(BUT)
        column, left_out = start.partition(";")[2].removesuffix("="), silent.split("|")
        answers = [code for code in codes_of(column) if code not in left_out]
        if not silent or column.endswith("_codes") or len(answers) > 1 + len(left_out):
            return None
        figures = [self.printed_figure(f"{start}{code}", cells) for code in answers]
        return None if None in figures else sum(filter(None, figures))

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
