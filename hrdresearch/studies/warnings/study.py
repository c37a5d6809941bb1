"""Warnings before killings: paragraphs 7 (c), 30, 31, 50, 60 and 91 (b) of A/75/165.

The study counts three tables and never adds their numbers: killed persons (``study.killed``),
earlier records of living persons (``study.warned``), and the time for which a killing of such a
person would be seen (``study.followed``). It gives no risk of a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Finding
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.ground.populations import with_list_names
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.build_account import quality_finding
from hrdresearch.studies.warnings.followed import FollowedPart
from hrdresearch.studies.warnings.killed import KilledPart
from hrdresearch.studies.warnings.part import exact_lists, records_threats
from hrdresearch.studies.warnings.warned import WarnedPart


class Warnings(Study):
    """The study of warnings over one build: a part for each of its tables."""

    name = "warnings"
    subject = "warnings before killings"
    table = "warnings"
    unit = "persons"

    def __init__(self, build: Build, params: Mapping[str, Any]) -> None:
        super().__init__(build, params)
        self.killed = KilledPart(build, params)
        self.warned = WarnedPart(build, params)
        self.followed = FollowedPart(build, params)
        self.warned.killed_lists = self.followed.killed_lists = self.killed.populations
        self.regions = self.killed.regions
        self.populations = with_list_names(*self.killed.populations, *self.warned.populations)
        super().require_rows()

    scope_of = KilledPart.scope_of

    def facts_of_lists(self, chosen: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Facts of the lists of warnings; those of killed persons are counted by their part."""
        return [f for f in chosen if f["table"] != "cases"]

    def require_rows(self) -> None:
        """Raise nothing before the parts are made."""

    def period(self, populations: Iterable[Population] | None = None) -> str:
        """Years of the killings and of the warnings, each with its own."""
        listed = list(populations or self.populations)
        parts = (
            ("killings of ", [p for p in listed if p.table == "cases"]),
            ("earlier records of ", [p for p in listed if p.table == "warnings"]),
        )
        told = [
            f"{words}{years}"
            for words, own in parts
            if own and (years := Study.period(self, own))[:1].isdigit()
        ]
        return "; ".join(told) or self.no_year

    def card(self) -> Finding:
        """Parameters of the run, and the words of its scope, for the text of the report."""
        flags = {
            "scope.warned": self.warned.is_present,
            "scope.threats": any(records_threats(p) for p in self.warned.populations),
            "scope.exact": bool(exact_lists(self.warned)),
            "scope.withheld": not self.policy.prints_exact_numbers,
            "scope.internal": self.policy.is_internal,
        }
        return self.run_card({**self.scope_words(), **self.state_and_region_words()}, flags)

    quality = quality_finding


STUDY = Warnings
