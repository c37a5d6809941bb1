"""Base class of the parts of the study: one table each, in one scope, and nothing where no list has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from hrdresearch.findings.make_claims import Population
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.ground.scope import Narrowing, Scope
from hrdresearch.studies.ground.study import Study
from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.regions import RegionScheme, region_scheme

PERSON = "person_id"
NOUNS = {  # of a record that stands before a killing, by the table of its list
    "census": "the day of the census",
    "communications": "the letter to the Government",
    "attacks": "the attack",
}

ON_KILLINGS = ("attack_act_codes",)  # remarks on attacks that kill, which no part counts
A_WARNING = "the warning"  # the noun of a list of threats


class Part(Study):
    """The findings on one table of the build."""

    name = "warnings"
    subject = "warnings before killings"
    unit = "persons"
    value_heading = "Persons"
    killed_lists: tuple[Population, ...] = ()  # of the same report
    of_killed = False  # whether the part counts lists of killed persons
    regions: RegionScheme

    def __init__(self, build: Build, params: Mapping[str, Any]) -> None:
        super().__init__(build, params)
        tables = {f["slug"]: f["table"] for f in build.facts()}
        self.populations = tuple(_with_nouns(p, tables[p.slug]) for p in self.populations)

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """Row filter of the run: region or State."""
        self.regions = region_scheme(str(params.get("region_scheme", "report")))
        return Narrowing(params).state_or_region(self.regions).scope()

    def facts_of_lists(self, chosen: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Facts of the lists of killed persons, or of all others."""
        return [f for f in chosen if (f["table"] == "cases") == self.of_killed]

    def require_rows(self) -> None:
        """Raise nothing: a part may be empty; the study raises where all are."""

    def period(self, populations: Iterable[Population] | None = None) -> str:
        """First to last year in scope; ``no_year`` if the part has no list."""
        listed = list(populations or self.populations)
        return super().period(listed) if listed else self.no_year

    @property
    def is_present(self) -> bool:
        """Whether at least one row of this part is in scope."""
        return any(p.has_cases for p in self.populations)


def _with_nouns(p: Population, table: str) -> Population:
    """Give a list the noun of its records, and a census a title of its own beside the publisher's list."""
    remarks = {k: v for k, v in p.remarks.items() if k not in ON_KILLINGS}
    p = replace(p, called={**p.called, "warning": NOUNS.get(table, A_WARNING)}, remarks=remarks)
    if table != "census":
        return p
    recording = {**p.recording, "attack_act_codes": "by_definition"}
    return replace(p.with_census_title(), recording=recording)


def is_census(p: Population) -> bool:
    """Whether a list counts who is held; its entries are no threats."""
    return p.called["warning"] == NOUNS["census"]


def records_threats(p: Population) -> bool:
    """Whether a list is the template for threats, or has a class for them."""
    held = p.classes["attack_act_codes"] | set(p.declared.get("attack_act_codes", ()))
    return p.called["warning"] == A_WARNING or bool(held & set(vocabulary("attack_act")["threats"]))


def persons_in_words(p: Population) -> str:
    """Words after "persons" for those on a list: ``whom the X prison census counts as held``."""
    return f"whom {p.list_in_prose} counts as held" if is_census(p) else p.on_the_list


def exact_lists(study: Study) -> list[Population]:
    """Lists of which exact numbers may be printed: public ones, or all of an internal report."""
    return [
        p
        for p in study.populations
        if p.policy.prints_exact_numbers and len(p.frame) and p.covers()
    ]


def slug_in_names(killed: Population) -> str:
    """Slug of a list as a part of names of claims: "global_witness"."""
    return killed.slug.replace("-", "_")
