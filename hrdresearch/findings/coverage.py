"""Which States and years a list covers, as its publisher declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hrdresearch.vocab.states import existed_in_years


@dataclass(frozen=True)
class Coverage:
    """States and years that a list covers.

    states: ISO3 codes; empty: all, or not stated. first, last: years; None: not stated.
    part_years: years of which a public list holds a part only.
    """

    states: frozenset[str] = frozenset()
    first: int | None = None
    last: int | None = None
    part_years: frozenset[int] = frozenset()

    @classmethod
    def from_declared(
        cls, declared: Mapping[str, Any], found: tuple[int | None, int | None]
    ) -> Coverage:
        """Coverage that source.yml declares, narrowed to the years that the file really holds.

        declared: ``states`` (ISO3 codes) and ``years: {from, to}``. found: first and last year of
        the rows. A file may hold fewer years than its publisher covers, and one misdated row does
        not make its year covered.
        """
        years = declared.get("years", {})
        first = [y for y in (years.get("from"), found[0]) if y is not None]
        last = [y for y in (years.get("to"), found[1]) if y is not None]
        return cls(
            frozenset(declared.get("states", ())), max(first, default=None), min(last, default=None)
        )

    def overlaps(self, filter_: Mapping[str, Any], year_column: str) -> bool:
        """Whether the list covers at least one of the States and one of the years of a row filter.

        A State that was dissolved before the first year of the list is not covered.
        filter_: row filter of ``hrdresearch.tables.row_filters``. year_column: its column of years.
        """
        states = filter_.get("state_iso3")
        if states is not None:
            wanted = {states} if isinstance(states, str) else set(states)
            held = wanted & self.states if self.states else wanted
            if not any(existed_in_years(iso3, self.first, self.last) for iso3 in held):
                return False
        return self._meets_years(filter_.get(year_column))

    def _meets_years(self, wanted: Any) -> bool:
        if wanted is None:
            return True
        if isinstance(wanted, Mapping):
            first, last = wanted.get("from"), wanted.get("to")
            return (first is None or self.last is None or int(first) <= self.last) and (
                last is None or self.first is None or int(last) >= self.first
            )
        years = wanted if isinstance(wanted, list | tuple) else [wanted]
        return any(year is None or self.includes_year(int(year)) for year in years)

    def includes_year(self, year: int) -> bool:
        """Whether the list covers this year; True where no limit is stated."""
        return (self.first is None or self.first <= year) and (
            self.last is None or year <= self.last
        )
