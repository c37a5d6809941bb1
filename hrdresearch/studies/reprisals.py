"""Reprisals for cooperation with the United Nations and others: forms, space, body contacted.

Paragraphs 7 (g), 36 to 38 and 57 to 59 of A/75/165. The unit is the person against whom reprisals
are alleged. Counts are what reached the mandate; who fears more reprisals does not report.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrdresearch.findings.make import Draft
from hrdresearch.findings.model import Cell, Column, Finding
from hrdresearch.studies.base import Scope, ScopeError
from hrdresearch.studies.compare import quality_finding
from hrdresearch.studies.ledger import Ledger, capitalized
from hrdresearch.vocab import codes, label, vocabulary
from hrdresearch.vocab.states import region_scheme

UNKNOWN = ("not_recorded",)


class Reprisals(Ledger):
    """The reprisals study over one ledger."""

    name = "reprisals"
    table = "reprisals"
    unit = "persons"
    counted = "Persons"

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """Years of the report, and region; a State alone would let persons be recognized."""
        self.regions = region_scheme(str(params.get("region_scheme", "report")))
        filter_: dict[str, Any] = {}
        words: list[str] = []
        first, last = params.get("year_from"), params.get("year_to")
        if first is not None and last is not None and int(first) > int(last):
            raise ScopeError(f"year_from {first} is after year_to {last}")
        if first is not None or last is not None:
            filter_["reported_year"] = {"from": first, "to": last}
            words.append(f"reported {_years(first, last)}")
        if params.get("region", "all") != "all":
            code = str(params["region"])
            if code not in self.regions.labels:
                known = ", ".join(self.regions.labels)
                raise ScopeError(f"region={code!r}: scheme {self.regions.name} has {known}")
            filter_["state_iso3"] = [i for i, r in self.regions.of.items() if r == code]
            words.append(self.regions.labels[code])
        return Scope(filter_, "; ".join(words))

    def card(self) -> Finding:
        """Parameters and words for the prose."""
        parameters = {k: str(v) for k, v in self.params.items() if v is not None}
        scope = {
            "period": self.period(),
            "scope": self.scope.words or "everything in the ledger",
            "scope_title": capitalized(self.scope.words),
            "lists": self.register.title,
            "region_scheme_title": self.regions.title,
        }
        flags = [] if self.policy.is_exempt else ["scope.withheld"]
        return self.study_card(parameters | {"region_scheme": self.regions.name}, scope, flags)

    def extent(self) -> Finding:
        """Persons, women, cases, persons whose case a letter raised."""
        made = self.count(
            self.register,
            [
                Draft(
                    "extent.persons", "Persons against whom reprisals are alleged", unit="person"
                ),
                Draft(
                    "extent.women",
                    "Women among them, where recorded",
                    {"sex_code": "female"},
                    "person",
                ),
                Draft(
                    "extent.cases", "Cases; one may concern several persons", {}, "case", "case_id"
                ),
                Draft(
                    "extent.raised",
                    "Persons whose case a letter raised",
                    {"has_letter": True},
                    "person",
                ),
            ],
        )
        rows = [[Cell(text=c.definition), Cell(claim=c.name)] for c in made.values()]
        return self.finding(
            "extent",
            "Alleged reprisals reported to the mandate",
            [Column("label", "What was counted", "label"), Column("value", "Number")],
            rows,
            made.values(),
            unit="persons or cases, as the row says",
            notes=(
                "Reported is not occurred: each figure is a lower bound. Alleged is not "
                "established.",
            ),
        )

    def by_form(self) -> Finding:
        """Forms of reprisal: the union of those that paragraphs 36 and 58 name."""
        return self.tabulate(
            "by_form",
            "Persons by form of reprisal",
            "form_codes",
            "reprisal_form",
            unknown=UNKNOWN,
            unit="person",
            notes=(
                "A person may have met several forms; shares may add up to more than a hundred.",
            ),
        )

    def crosswalk(self) -> Finding:
        """Which words of paragraphs 36 and 58 stand behind each form."""
        walks = vocabulary("reprisal_form")["crosswalk"]
        rows = [
            [
                Cell(text=label("reprisal_form", code), vocabulary="reprisal_form"),
                Cell(text=walks["para_36"].get(code, "–")),
                Cell(text=walks["para_58"].get(code, "–")),
            ]
            for code in codes("reprisal_form")
            if code not in UNKNOWN
        ]
        return self.finding(
            "crosswalk",
            "Forms of reprisal in the two lists of the report",
            [
                Column("label", "Form", "label"),
                Column("p36", "Paragraph 36", "label"),
                Column("p58", "Paragraph 58", "label"),
            ],
            rows,
            (),
            unit="",
            notes=("Words shortened. –: the paragraph does not name this form.",),
        )

    def by_space(self) -> Finding:
        """Online, offline or both."""
        return self.tabulate(
            "by_space",
            "Persons by where the reprisal took place",
            "space_code",
            "reprisal_space",
            unknown=UNKNOWN,
            unit="person",
        )

    def by_body(self) -> Finding:
        """Bodies that the persons had contacted."""
        return self.tabulate(
            "by_body",
            "Persons by body contacted before",
            "body_codes",
            "body_contacted",
            unknown=UNKNOWN,
            unit="person",
            notes=(
                "A person may have contacted several bodies. That the reprisal followed is "
                "alleged.",
            ),
        )

    def by_sex(self) -> Finding:
        """Sex or gender as recorded."""
        return self.tabulate(
            "by_sex",
            "Persons by sex or gender as recorded",
            "sex_code",
            "sex",
            unknown=("unknown", "not_recorded"),
            unit="person",
        )

    def by_status(self) -> Finding:
        """Where the cases stand."""
        return self.tabulate(
            "by_status",
            "Persons by where their case stands",
            "status_code",
            "reprisal_status",
            unknown=UNKNOWN,
            unit="person",
        )

    def by_region(self) -> Finding:
        """Persons by region; States are not told."""
        made = self.count(
            self.register,
            [
                Draft(
                    f"by_region.{code}",
                    f"Persons in: {words}",
                    {"state_iso3": [i for i, r in self.regions.of.items() if r == code]},
                    "person",
                )
                for code, words in self.regions.labels.items()
            ],
        )
        rows = [
            [Cell(text=words, vocabulary="region"), Cell(claim=made[f"by_region.{code}"].name)]
            for code, words in self.regions.labels.items()
        ]
        return self.finding(
            "by_region",
            "Persons by region",
            [Column("label", "Region", "label"), Column("value", "Persons")],
            rows,
            made.values(),
            notes=("States are not told: a small number in a State could be recognized.",),
        )

    def quality(self) -> Finding:
        """What became of the rows of the ledger."""
        return quality_finding(self)


def _years(first: Any, last: Any) -> str:
    """``from 2020 to 2022``, ``from 2020 on`` or ``until 2022``."""
    if first is None:
        return f"until {last}"
    return f"from {first} on" if last is None else f"from {first} to {last}"


STUDY = Reprisals
