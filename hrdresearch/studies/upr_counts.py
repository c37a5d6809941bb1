"""Counting for the UPR study: one population, one unit, counts and shares as claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hrdresearch.findings.make import Draft, Population, not_computable, share
from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.findings.numbers import in_table
from hrdresearch.stats.clustered import Share, clustered_share
from hrdresearch.tables import select

if TYPE_CHECKING:
    import pandas as pd

    from hrdresearch.studies.upr import Upr

UNITS = {"pair": "recommendation-State pairs", "recommendation": "recommendations",
         "pledge": "voluntary pledges"}  # fmt: skip
ANSWERED = ("supported", "noted", "mixed")
FEWEST = 10  # a share over fewer is not shown
FEW = f"A share over fewer than {FEWEST} pairs with a known position is not shown."
NOT_SHOWN = "–"


class Counts:
    """Counts of one population in one unit; every claim made is kept in ``claims``."""

    def __init__(self, study: Upr, population: Population, unit: str) -> None:
        self.study, self.population, self.unit = study, population, unit
        self.claims: list[Claim] = []

    @property
    def frame(self) -> pd.DataFrame:
        """Rows counted."""
        return self.population.frame

    def count(
        self, name: str, words: str, filter_: Mapping[str, Any] | None = None, **more: Any
    ) -> Claim:
        """Number of rows that a filter selects; ``words`` says what they are."""
        unit = more.pop("unit", self.unit)
        definition = f"{self.population.title}: {UNITS[self.unit]}{_spaced(words)}"
        draft = Draft(name, definition, filter_ or {}, unit, **more)
        return self._kept(self.study.count(self.population, [draft])[name])

    def share(
        self, name: str, part: Claim, whole: Claim, words: str, *, decimals: int = 0
    ) -> Claim:
        """One count in per cent of another; small shares may be printed with a decimal."""
        made = share(self.population, name, part, whole, f"{self.population.title}: {words}")
        if decimals and isinstance(made.value, float):
            made = replace(made, text=f"{made.value:.{decimals}f}")
        return self._kept(made)

    def supported(self, name: str, filter_: Mapping[str, Any], words: str) -> tuple[Claim, Claim]:
        """Supported in per cent of those with a position, and the number with a position."""
        known = self.count(f"{name}.answered", f"{words}, with a position that is known",
                           {**filter_, "response_code": list(ANSWERED)})  # fmt: skip
        part = self.count(f"{name}.supported", f"{words}, supported",
                          {**filter_, "response_code": "supported"})  # fmt: skip
        made = self.share(
            f"{name}.supported.share",
            part,
            known,
            f"{words}: supported, in per cent of those with a known position",
        )
        return made, known

    def supported_cell(self, name: str, filter_: Mapping[str, Any], words: str) -> Cell:
        """Supported in per cent for a table; none where too few positions are known."""
        made, known = self.supported(name, filter_, words)
        few = 0 < int(known.value or 0) < FEWEST
        return Cell(text=NOT_SHOWN) if few else cell(made)

    def clustered(
        self, name: str, filter_: Mapping[str, Any], part: Mapping[str, Any], words: str
    ) -> tuple[Claim, Claim, Claim, Share]:
        """Share with an interval clustered by State under review: share, low, high."""
        rows = self.frame[select(self.frame, filter_)]
        found = clustered_share(select(rows, part), rows["state_iso3"])
        scope = {"source": self.population.slug, **self.population.scope, **filter_}
        base: dict[str, Any] = {"filter": scope,
                "table": self.population.table, "sources": (self.population.slug,)}  # fmt: skip
        made = []
        for key, value, said in (
            ("share", found.value, f"{words}, in per cent"),
            ("low", found.low, f"{words}: lower end of the 95 per cent interval, clustered by "
                               "State under review"),
            ("high", found.high, f"{words}: upper end of the 95 per cent interval, clustered by "
                                 "State under review"),
        ):  # fmt: skip
            full = f"{name}.{key}"
            definition = f"{self.population.title}: {said}"
            if value is None:
                draft = Draft(full, definition, unit="per_cent")
                made.append(not_computable(self.population, draft, "too few States or rows"))
            else:
                made.append(Claim(
                    name=self.population.named(full), value=100 * value, unit="per_cent",
                    rows=found.rows, text=in_table(100 * value, "per_cent"),
                    definition=definition, measure="clustered", **base,
                ))  # fmt: skip
        for claim in made:
            self._kept(claim)
        return made[0], made[1], made[2], found

    def number(self, name: str, value: float | int, unit: str, words: str, **more: Any) -> Claim:
        """A number that is no count of rows (a rate, a measure of agreement)."""
        return self._kept(Claim(
            name=self.population.named(name), value=value, unit=unit, rows=more.pop("rows", None),
            text=more.pop("text", None) or in_table(value, unit),
            definition=f"{self.population.title}: {words}", measure=more.pop("measure", "computed"),
            sources=(self.population.slug,), table=self.population.table, **more,
        ))  # fmt: skip

    def _kept(self, claim: Claim) -> Claim:
        self.claims.append(claim)
        return claim


def cell(claim: Claim) -> Cell:
    """A table cell that prints a claim."""
    return Cell(claim=claim.name)


def named(text: str, vocabulary: str | None = None) -> Cell:
    """A table cell that prints a label."""
    return Cell(text=text, vocabulary=vocabulary)


def as_printed(finding: Finding) -> Finding:
    """The finding as a page prints it: a dash for what cannot be computed, and only its sources.

    A column of which no number could be computed is left out.
    """
    used = {
        slug
        for claim in finding.claims
        for slug in claim.sources
        if any(cell.claim == claim.name for row in finding.rows for cell in row)
    }
    shown = _without_empty_columns(finding)
    status = {claim.name: claim.status for claim in finding.claims}
    rows = tuple(
        tuple(named(NOT_SHOWN) if status.get(c.claim or "") == "not_computable" else c for c in row)
        for row in shown.rows
    )
    sources = tuple(note for note in finding.sources if note.slug in used) or finding.sources
    return replace(shown, rows=rows, sources=sources)


def _without_empty_columns(finding: Finding) -> Finding:
    status = {claim.name: claim.status for claim in finding.claims}
    empty = {
        at
        for at, column in enumerate(finding.columns)
        if column.role == "value" and finding.rows and column.key not in finding.drawing.values
        and all(
            row[at].text == NOT_SHOWN or status.get(row[at].claim or "") == "not_computable"
            for row in finding.rows
        )
    }  # fmt: skip
    if not empty:
        return finding
    return replace(
        finding,
        columns=tuple(c for at, c in enumerate(finding.columns) if at not in empty),
        rows=tuple(tuple(c for at, c in enumerate(r) if at not in empty) for r in finding.rows),
    )


def source_cells(study: Upr, title: str) -> list[Cell]:
    """First cell of a row over several sources: which source it is of."""
    return [] if study.one else [named(title)]


def source_columns(study: Upr) -> list[Column]:
    """First column of a table over several sources."""
    return [] if study.one else [Column("source", "Source", "label")]


def _spaced(words: str) -> str:
    return f", {words}" if words else ""
