"""Counting for the UPR study: recommendations, the unit of the United Nations, and pairs beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hrdresearch.findings.empty_cells import NO_INTERVAL, NO_SHARE, NONE, explain_empty_cells
from hrdresearch.findings.make_claims import Draft, Population, not_computable_claim, share_claim
from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.findings.numbers import number_in_table
from hrdresearch.findings.publication_limits import FEWEST_KNOWN, why_no_interval, why_no_share
from hrdresearch.stats.clustered_share import LEAST_CLUSTERS, ClusteredShare, clustered_share
from hrdresearch.tables import narrowed, select

if TYPE_CHECKING:
    import pandas as pd

    from hrdresearch.studies.ground.study import Study

UNITS = {"pair": "recommendation-State pairs", "recommendation": "recommendations",
         "pledge": "voluntary pledges"}  # fmt: skip
ANSWERED = ("supported", "noted", "mixed")
REVIEW = "review_id"
FEWEST = 10  # a kind of recommendation with fewer known positions has no row in the table of kinds
NOT_KNOWN = "not known"
NO_NUMBER = frozenset((NONE, NO_SHARE, NO_INTERVAL, NOT_KNOWN))
KNOWN = (
    "Per cent supported: of the recommendations with a known position (supported, noted, in part). "
    f"No share is given of fewer than {FEWEST_KNOWN}, or where most positions are not known."
)
OF_INTERVAL = "of the 95 per cent interval, by review"
INTERVALS = (
    "Recommendations of one review are not independent: intervals of 95 per cent are clustered by "
    f"review (jackknife; Korn and Graubard, 1998), and none is given below {LEAST_CLUSTERS} reviews "
    "or wider than 50 points. In simulations they hold a share of 30 to 70 per cent in 93 to 96 of "
    "100 samples, in fewer where reviews are few and the answers of each nearly all alike, and a share "
    "near 90 per cent in about 90."
)


class Counts:
    """Counts of one population in one unit; every claim made is kept in ``claims``."""

    def __init__(self, study: Study, population: Population, unit: str) -> None:
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
        self, name: str, part: Claim, whole: Claim, words: str, *, decimals: int = 0,
        asked: Claim | None = None,
    ) -> Claim:  # fmt: skip
        """One count in per cent of another; small shares may be printed with a decimal."""
        made = share_claim(
            self.population, name, part, whole, f"{self.population.title}: {words}", asked
        )
        if decimals and isinstance(made.value, float):
            made = replace(made, text=f"{made.value:.{decimals}f}")
        return self._kept(made)

    def supported(self, name: str, filter_: Mapping[str, Any], words: str) -> tuple[Claim, Claim]:
        """Supported in per cent of those with a position, and the number with a position."""
        asked = self.count(f"{name}.asked", f"{words}, whatever the position", filter_)
        known = self.count(f"{name}.answered", f"{words}, with a position that is known",
                           {**filter_, "response_code": list(ANSWERED)})  # fmt: skip
        part = self.count(f"{name}.supported", f"{words}, supported",
                          {**filter_, "response_code": "supported"})  # fmt: skip
        made = self.share(
            f"{name}.supported.share",
            part,
            known,
            f"{words}: supported, in per cent of those with a known position",
            asked=asked,
        )
        return made, known

    def supported_cell(self, name: str, filter_: Mapping[str, Any], words: str) -> Cell:
        """Supported in per cent for a table, or in words why there is none."""
        made, known = self.supported(name, filter_, words)
        if not known.value:
            asked = any(
                c.value
                for c in self.claims
                if c.name == self.population.claim_name(f"{name}.asked")
            )
            return named(NOT_KNOWN if asked else NONE)
        return cell(made)

    def reviews(self, name: str, words: str, filter_: Mapping[str, Any] | None = None) -> Claim:
        """Number of reviews (a State and a session) in which the rows were made."""
        return self.count(name, f"reviews {words}", filter_, unit="review", column=REVIEW)

    def clustered(
        self, name: str, filter_: Mapping[str, Any], part: Mapping[str, Any], words: str
    ) -> tuple[Claim, Claim, Claim]:
        """Share, and the ends of its interval clustered by review, each where it may be said."""
        whole = self.frame[select(self.frame, filter_)]
        rows = whole[whole["response_code"].isin(ANSWERED)]
        found = clustered_share(select(rows, part), rows[REVIEW])
        no_share = why_no_share(found.rows, len(whole))
        no_interval = no_share or _why_no_interval(found)
        base: dict[str, Any] = {
            "filter": {"source": self.population.slug, **narrowed(self.population.scope, filter_),
                       "response_code": list(ANSWERED)},
            "table": self.population.table, "sources": (self.population.slug,),
        }  # fmt: skip
        made = []
        for key, value, why, said in (
            ("share", found.value, no_share, f"{words}, in per cent of those with a known position"),
            ("low", found.low, no_interval, f"{words}: lower end {OF_INTERVAL}"),
            ("high", found.high, no_interval, f"{words}: upper end {OF_INTERVAL}"),
        ):  # fmt: skip
            full, definition = f"{name}.{key}", f"{self.population.title}: {said}"
            if value is None or why:
                draft = Draft(full, definition, unit="per_cent")
                text = NO_SHARE if no_share else NO_INTERVAL
                made.append(replace(not_computable_claim(self.population, draft, why), text=text))
            else:
                made.append(Claim(
                    name=self.population.claim_name(full), value=100 * value, unit="per_cent",
                    rows=found.rows, text=number_in_table(100 * value, "per_cent"),
                    definition=definition, measure="clustered", **base,
                ))  # fmt: skip
        for claim in made:
            self._kept(claim)
        return made[0], made[1], made[2]

    def number(self, name: str, value: float | int, unit: str, words: str, **more: Any) -> Claim:
        """A number that is no count of rows (a rate, a measure of agreement)."""
        return self._kept(Claim(
            name=self.population.claim_name(name), value=value, unit=unit, rows=more.pop("rows", None),
            text=more.pop("text", None) or number_in_table(value, unit),
            definition=f"{self.population.title}: {words}", measure=more.pop("measure", "computed"),
            sources=(self.population.slug,), table=self.population.table, **more,
        ))  # fmt: skip

    def _kept(self, claim: Claim) -> Claim:
        self.claims.append(claim)
        return claim


@dataclass
class Units:
    """The same rows in two units: recommendations first, and pairs."""

    texts: Counts
    pairs: Counts

    @property
    def claims(self) -> list[Claim]:
        """Claims made in either unit."""
        return [*self.texts.claims, *self.pairs.claims]

    def count(self, name: str, words: str, where: Mapping[str, Any]) -> tuple[Claim, Claim]:
        """Recommendations (``name.recommendations``) and pairs (``name``) that a filter selects."""
        return (
            self.texts.count(
                f"{name.removesuffix('.pairs')}.recommendations", words, of_texts(where)
            ),
            self.pairs.count(name, words, where),
        )

    def supported(self, name: str, where: Mapping[str, Any], words: str) -> tuple[Cell, Cell]:
        """Supported in per cent, of recommendations and of pairs."""
        stem = f"{name}.recommendations"
        return (self.texts.supported_cell(stem, of_texts(where), words),
                self.pairs.supported_cell(name, where, words))  # fmt: skip


def of_texts(where: Mapping[str, Any]) -> dict[str, Any]:
    """A filter of pairs as one of recommendations, whose States stand in one cell (none: empty)."""
    out = dict(where)
    if "recommending_iso3" in out:
        wanted = out.pop("recommending_iso3")
        listed = wanted if isinstance(wanted, list) else [wanted]
        out["recommending_codes"] = ["" if state is None else state for state in listed]
    return out


def _why_no_interval(found: ClusteredShare) -> str:
    if found.low is None or found.high is None:
        return f"no interval is given below {LEAST_CLUSTERS} reviews"
    return why_no_interval(100 * found.low, 100 * found.high)


def cell(claim: Claim) -> Cell:
    """A table cell that prints a claim."""
    return Cell(claim=claim.name)


def named(text: str, vocabulary: str | None = None) -> Cell:
    """A table cell that prints a label."""
    return Cell(text=text, vocabulary=vocabulary)


def as_printed(finding: Finding) -> Finding:
    """The finding as a page prints it: only its sources, and notes on the words in its cells.

    A column of which no number could be computed is left out.
    """
    used = {
        slug
        for claim in finding.claims
        for slug in claim.sources
        if any(cell.claim == claim.name for row in finding.rows for cell in row)
    }
    shown = _without_empty_columns(finding)
    sources = tuple(note for note in finding.sources if note.slug in used) or finding.sources
    before = explain_empty_cells(finding.rows, finding.claims)
    after = explain_empty_cells(shown.rows, shown.claims)
    notes = (*(note for note in shown.notes if note not in before), *after)
    return replace(shown, sources=sources, notes=notes)


def _without_empty_columns(finding: Finding) -> Finding:
    status = {claim.name: claim.status for claim in finding.claims}
    empty = {
        at
        for at, column in enumerate(finding.columns)
        if column.role == "value" and finding.rows and column.key not in finding.drawing.values
        and all(
            row[at].text in NO_NUMBER or status.get(row[at].claim or "") == "not_computable"
            for row in finding.rows
        )
    }  # fmt: skip
    return replace(
        finding,
        columns=tuple(c for at, c in enumerate(finding.columns) if at not in empty),
        rows=tuple(tuple(c for at, c in enumerate(r) if at not in empty) for r in finding.rows),
    )


def source_cells(study: Study, title: str) -> list[Cell]:
    """First cell of a row over several sources: which source it is of."""
    return [] if study.only_list else [named(title)]


def source_columns(study: Study) -> list[Column]:
    """First column of a table over several sources."""
    return [] if study.only_list else [Column("source", "Source", "label")]


def _spaced(words: str) -> str:
    return f", {words}" if words else ""
