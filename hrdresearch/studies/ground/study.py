"""Base class of every study over lists: its scope, its lists, and how its findings are made.

A total exists for one list. Over several lists every number carries the list's name
(``by_source.<list>.``), because lists overlap and a sum would be false.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from hrdresearch.findings.empty_cells import explain_empty_cells
from hrdresearch.findings.make_claims import CountDraft, Population, count_claims, text_claim
from hrdresearch.findings.model import (
    PARAMETER,
    SCOPE,
    Cell,
    Claim,
    Column,
    Drawing,
    Finding,
    SourceNote,
)
from hrdresearch.findings.sentences import capitalized, join_with_and
from hrdresearch.privacy.policy import Policy, strictest_policy
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.ground.populations import population_of
from hrdresearch.studies.ground.rows_to_explore import rows_to_explore
from hrdresearch.studies.ground.scope import Narrowing, Scope, ScopeError
from hrdresearch.tables import TABLES
from hrdresearch.vocab.regions import RegionScheme, region_scheme
from hrdresearch.vocab.states import all_codes, note_on_state_name, short_name


class Study:
    """A study opened on one build, for one set of parameters; its methods return findings."""

    name = ""
    subject = ""  # of the study, in a sentence of a brief
    table = ""
    unit = "victims"
    no_year = "no year recorded"  # period of a table whose rows have no year
    value_heading = "Victims"
    list_heading = "List"  # head of the column that names the lists of a table
    accounts_for_all_files = (
        False  # whether the quality finding covers files that the report does not count
    )
    noun_of_years = ""  # what belongs to the years of a report, such as "attacks"
    coded_parameters: tuple[tuple[str, str], ...] = ()  # vocabulary, also the parameter; its column
    has_places = True  # whether reports can be narrowed to a State or a region
    regions: RegionScheme | None = None  # None where ``has_places`` is False

    def __init__(self, build: Build, params: Mapping[str, Any]) -> None:
        self.build = build
        self.params = dict(params)
        chosen = self._chosen(build.facts(), str(params.get("sources", "all")))
        self.scope = self.scope_of(params)
        facts = self.facts_of_lists(chosen)
        frame = self.rows_of_lists() if facts else pd.DataFrame()
        self.populations = tuple(
            population_of(build, f, frame, self.scope.filter, self.table, len(facts) > 1)
            for f in facts
        )
        policies = [p.policy for p in self.populations]
        self.policy = strictest_policy(policies or [Policy.from_dict(f["policy"]) for f in chosen])
        self.is_demo = any(bool(f["is_demo"]) for f in chosen)
        self.require_rows()

    def facts_of_lists(self, chosen: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Facts of the lists that this study counts; a part of a study keeps only those of its table."""
        return chosen

    def rows_of_lists(self) -> pd.DataFrame:
        """Rows of all lists; a study with a large table overrides this to read few columns."""
        return self.build.table(self.table)

    def rows(self, *lists: str, labels: bool = False) -> pd.DataFrame:
        """Coded rows in the scope of this run, to explore; they hold pseudonyms and no names.

        lists: slugs of lists; without them all lists. labels: words instead of codes. A table of
        what you find here is no finding: to print it, make one. RestrictedRowsError for a list that
        was shared in confidence, outside the vault; ScopeError for a list that is not in the study.
        """
        return rows_to_explore(self.build, self.populations, lists, labels)

    def require_rows(self) -> None:
        """Raise ScopeError when no row of any list is in the scope."""
        if not any(p.release or len(p.frame) for p in self.populations):
            raise ScopeError(
                f"No row of {', '.join(p.title for p in self.populations)} is in the scope of "
                f"this run ({self.scope.words or 'no restriction'})"
            )

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """Row filter of the run. A study with more parameters than ``narrowing`` reads overrides this."""
        return self.narrowing(params).scope()

    def narrowing(self, params: Mapping[str, Any]) -> Narrowing:
        """Years, State or region, and ``coded_parameters``, as a row filter that can be narrowed further.

        Raises ScopeError when year_from is later than year_to, or the scheme has no such region.
        """
        narrowing = Narrowing(params)
        if year := TABLES[self.table].year_column:
            narrowing.years(year, self.noun_of_years)
        if self.has_places:
            self.regions = region_scheme(str(params.get("region_scheme", "report")))
            narrowing.state_or_region(self.regions)
        for vocabulary, column in self.coded_parameters:
            narrowing.coded(vocabulary, column)
        return narrowing

    @property
    def only_list(self) -> Population | None:
        """The only list of the report, or None when there are several."""
        return self.populations[0] if len(self.populations) == 1 else None

    @property
    def notes(self) -> tuple[SourceNote, ...]:
        """Source notes (citation, definition, hash) of all lists in the report."""
        return tuple(p.note for p in self.populations)

    def period(self, populations: Iterable[Population] | None = None) -> str:
        """First to last year in scope, as printed: ``2012–2021``."""
        listed = list(populations or self.populations)
        years = {
            int(year)
            for p in listed
            for year in (
                *p.frame[str(TABLES[p.table].year_column)].dropna().unique(),
                *(end for period in p.periods for end in period),
            )
        }
        if not years:
            return self.no_year
        first, last = min(years), max(years)
        return str(first) if first == last else f"{first}–{last}"

    def finding(
        self,
        name: str,
        title: str,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell]],
        claims: Iterable[Claim],
        **more: Any,
    ) -> Finding:
        """A finding of this study: period of the lists counted, population, sources, build, policy.

        more: other fields of ``Finding``, such as unit, notes, statements, known, drawing.
        """
        made = tuple(claims)
        told = {slug for claim in made for slug in claim.sources}
        own = [p for p in self.populations if p.slug in told]
        notes = (*more.pop("notes", ()), *explain_empty_cells(rows, made), *_on_states(rows))
        return Finding(
            name=name,
            title=title,
            unit=more.pop("unit", self.unit),
            period=str(self.period(own) if (given := more.pop("period", None)) is None else given),
            population=self._population_words(),
            columns=tuple(columns),
            rows=tuple(tuple(row) for row in rows),
            claims=made,
            sources=more.pop("sources", self.notes),
            study=self.name,
            build_id=self.build.build_id,
            policy=self.policy.to_dict(),
            is_demo=self.is_demo,
            notes=tuple(dict.fromkeys(notes)),
            **more,
        )

    def count(self, population: Population, drafts: Sequence[CountDraft]) -> dict[str, Claim]:
        """Count drafts in one list; of a restricted list only what its release prints."""
        return count_claims(population, drafts)

    def defined(self, population: Population, words: str) -> str:
        """Definition of a count: the title of the list, and what is counted."""
        return f"{population.title}: {words}"

    def run_card(
        self, scope: Mapping[str, str], flags: Mapping[str, bool] | None = None
    ) -> Finding:
        """The study card of this run: all parameters, the words of its scope, and its flags.

        flags: names for conditions in prose, with whether each is present.
        """
        all_flags = {"scope.narrowed": bool(self.scope.words), **(flags or {})}
        parameters = {key: str(value) for key, value in self.params.items() if value is not None}
        if self.regions:
            parameters["region_scheme"] = self.regions.name
        return self.study_card(
            {key: value for key, value in parameters.items() if key not in scope},
            scope,
            [name for name, holds in all_flags.items() if holds],
        )

    def list_titles(self) -> str:
        """Titles of the lists that cover the scope of the report: ``A, B and C``; of all if none does."""
        covering = [p for p in self.populations if p.covers()] or self.populations
        titles = list(dict.fromkeys(p.name_at_first_mention for p in covering))
        return " and ".join(filter(None, (", ".join(titles[:-1]), titles[-1])))

    @property
    def only_state(self) -> str | None:
        """The State of the report, or the only one that its lists cover, by ISO3; None for several."""
        state = str(self.params.get("state") or "all")
        if state != "all":
            return state
        covered = {p.coverage.states for p in self.populations}
        states = next(iter(covered), frozenset()) if len(covered) == 1 else frozenset()
        return next(iter(states)) if len(states) == 1 else None

    def scope_words(self) -> dict[str, str]:
        """Period, scope and lists of the report, in words for the prose."""
        return {
            "period": self.period(),
            "scope": self.scope.words
            or f"everything that the {'list holds' if self.only_list else 'lists hold'}",
            "scope_title": capitalized(self.scope.words),
            "lists": self.list_titles(),
            "counted": self._counted_words(),
        }

    def state_and_region_words(self) -> dict[str, str]:
        """State, region and region scheme of the run, in words for the prose."""
        state, region = self.only_state, str(self.params.get("region") or "all")
        assert self.regions is not None
        return {
            "state_name": short_name(state) if state else "all States",
            "region_name": self.regions.labels.get(region, "all regions"),
            "region_scheme_title": self.regions.title,
        }

    def study_card(
        self, parameters: Mapping[str, str], scope: Mapping[str, str], flags: Sequence[str] = ()
    ) -> Finding:
        """A finding without a table whose claims are texts for the prose.

        parameters, scope: text by key, quoted as ``{{ params.KEY }}``. flags: names that
        ``{{#if NAME is present}}`` finds. Every card says who decides on the draft (``params.decides``):
        the owner of a user's own list that is not public (``scope.own_list``), else the mandate holder.
        """
        own = [p for p in self.populations if p.owner]
        owners = join_with_and(list(dict.fromkeys(p.owner for p in own)))
        scope = {**scope, "decides": owners or "the mandate holder"}
        if own:
            titles = join_with_and(list(dict.fromkeys(p.note.title for p in own)))
            scope |= {"owner": owners, "own_lists": titles}
            flags = [*flags, "scope.own_list"]
        claims = (
            [
                text_claim(f"params.{key}", value, f"Parameter {key} of this run", PARAMETER)
                for key, value in parameters.items()
            ]
            + [
                text_claim(f"params.{key}", value, "Scope of this run", SCOPE)
                for key, value in scope.items()
            ]
            + [text_claim(flag, "yes", "Scope of this run", SCOPE) for flag in flags]
        )
        return self.finding("study", f"Study {self.name}", (), (), claims)

    def columns_by_year(self) -> Drawing:
        """Columns by year, a panel for each list; years that a list covers only in part are marked."""
        drawn = self._drawing("columns")
        lists = zip(drawn.values, self.populations, strict=True)
        years = tuple((key, str(y)) for key, p in lists for y in sorted(p.coverage.part_years))
        return replace(drawn, part_years=years)

    # -- private ---------------------------------------------------------------------------

    def _chosen(self, facts: list[dict[str, Any]], sources: str) -> list[dict[str, Any]]:
        if sources == "all":
            return facts
        wanted = [s.strip() for s in sources.split(",") if s.strip()]
        held = {f["slug"]: f for f in facts}
        missing = [s for s in wanted if s not in held]
        if missing or not wanted:
            raise ScopeError(
                f"sources={sources!r}: this build holds {', '.join(held)}"
                + (f", not {', '.join(missing)}" if missing else "")
            )
        return [held[s] for s in wanted]

    def _counted_words(self) -> str:
        """Whom the lists count: in the words of the owner of the only list, if it is the user's own."""
        only = self.only_list
        if only is not None and only.owner:
            return f"{only.plural}, as the owner of the list defines them"
        return f"persons whom the {'list counts' if only else 'lists count'}"

    def _population_words(self) -> str:
        if self.only_list:
            return f"{self.only_list.plural} on the list of {self.only_list.name_in_prose}"
        return "persons as each list defines them; lists overlap and are not added"

    def elsewhere(self, p: Population, column: str) -> list[tuple[str, str, tuple[str, ...]]]:
        """Why States have no row: outside the scope of the report, or not covered by the list."""
        if p.release:  # a State without a number may have any
            return [(column, "withheld", ())]
        every = set(all_codes())
        asked = self.scope.filter.get("state_iso3")
        within = every if asked is None else {asked} if isinstance(asked, str) else set(asked)
        parts = (("outside", every - within), ("not covered", every - (p.coverage.states or every)))
        return [(column, kind, tuple(sorted(states))) for kind, states in parts if states]

    def _drawing(self, kind: str) -> Drawing:
        values = ("value",) if self.only_list else tuple(p.slug for p in self.populations)
        return Drawing(kind, "label", values, panels=not self.only_list)


def _on_states(rows: Iterable[Sequence[Cell]]) -> list[str]:
    """Notes that go with the name of a State or area wherever it is printed."""
    named = {cell.text for row in rows for cell in row if cell.vocabulary == "state"}
    return [note for name in sorted(named) if (note := note_on_state_name(name))]


__all__ = ["Scope", "ScopeError", "Study"]
