"""What the two parts of the study share: scope, thresholds, tables by State and by code.

A part counts one table (``census`` or ``detentions``); numbers of the two are never added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from hrdresearch.findings.make_claims import Draft, Population
from hrdresearch.findings.model import Column, Drawing, Finding
from hrdresearch.findings.publication_limits import LEAST_KNOWN_SHARE
from hrdresearch.studies.ground.scope import Narrowing, Scope
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.count_tables import (
    Content,
    code_cell,
    column_heads,
    state_cell,
    table_of_counts,
)
from hrdresearch.tables import TABLES, select
from hrdresearch.tables.census import OF_A_SENTENCE
from hrdresearch.vocab import codes, label, vocabulary
from hrdresearch.vocab.states import RegionScheme, alphabetical_key, region_scheme, short_name

THRESHOLDS = (5, 8, 10, 15)
NOT_STATED, NOT_RECORDED, NOT_ASKED = "not stated", "not recorded", "not asked"
NO_KIND = tuple(vocabulary("sentence_kind")["not_known"])  # codes that say no kind of sentence
OF_SENTENCE: Mapping[str, Any] = {"sentence_kind_code": list(OF_A_SENTENCE)}
READ: Mapping[str, Any] = {**OF_SENTENCE, "is_length_read": True}


class Part(Study):
    """One table of the study; without a list in the build it gives empty findings."""

    name = "imprisonment"
    regions: RegionScheme

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """Years, region or State, sex and pretext, as one row filter."""
        self.regions = region_scheme(str(params.get("region_scheme", "report")))
        self.threshold = int(params.get("long_term_years") or 10)
        year = str(TABLES[self.table].year_column)
        narrowing = Narrowing(params).years(
            year, lambda first, last: f"years {first or 'first'}–{last or 'last'}"
        )
        narrowing.state_or_region(self.regions).coded("sex", "sex_code").coded(
            "pretext", "pretext_codes"
        )
        return narrowing.scope()

    def facts_of_lists(self, chosen: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Lists of this part's table."""
        return [f for f in chosen if f["table"] == self.table]

    def require_rows(self) -> None:
        """A part may be empty; the study refuses when both are."""

    @property
    def is_present(self) -> bool:
        """Whether the scope leaves any row of this part."""
        return any(len(p.frame) for p in self.populations)

    @property
    def thresholds(self) -> tuple[int, ...]:
        """Thresholds that the report shows, the chosen one among them."""
        return tuple(sorted({*THRESHOLDS, self.threshold}))

    def period(self, populations: Iterable[Population] | None = None) -> str:
        """First to last year in scope; nothing where the part has no list."""
        listed = list(populations or self.populations)
        return super().period(listed) if listed else self.no_year

    def persons(self, name: str, words: str, filter_: Mapping[str, Any]) -> Draft:
        """Distinct persons whose rows a filter finds."""
        return Draft(name, words, filter_, "person", column="person_id")

    def unsentenced(self, years: int, within: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
        """Words and row filter of those held so many years without a sentence."""
        raise NotImplementedError

    def is_timed(self, p: Population) -> bool:
        """Whether the list tells how long somebody has been held."""
        raise NotImplementedError

    def is_stated(self, p: Population) -> bool:
        """Whether so many of the recorded sentences are read that a threshold can be stated."""
        of, read = (
            p.frame.loc[select(p.frame, where), "person_id"].nunique()
            for where in (OF_SENTENCE, READ)
        )
        return bool(read >= LEAST_KNOWN_SHARE * of)

    def is_asked(self, p: Population, column: str) -> bool:
        """Whether a list asks what stands in a coded column, or answers it all the same."""
        return column in p.asked or not p.frame[column].eq("not_recorded").all()

    def arms(
        self,
        p: Population,
        stem: str,
        years: int,
        within: Mapping[str, Any] | None = None,
        sentenced: Mapping[str, Any] | None = None,
        among: str = "",
    ) -> tuple[Content, Content, Content]:
        """Sentenced; range that holds the threshold; held without a sentence: never merged.

        What the list cannot carry is a word in place of the count.
        sentenced: narrows the first two further than ``within`` narrows all three.
        among: words for what ``within`` narrows to, which end each definition.
        """
        where = {**(within or {}), **(sentenced or {})}
        is_stated = self.is_stated(p)
        unsentenced: Content = NOT_RECORDED if "dates" in p.asked else NOT_ASKED
        if self.is_timed(p):
            words, held = self.unsentenced(years, within or {})
            unsentenced = self.persons(f"{stem}.unsentenced", f"{words}{among}", held)
        return (
            self.persons(
                f"{stem}.persons",
                f"persons sentenced to {years} years or longer, life or death{among}",
                {**where, "bound_min_years": {"from": years}},
            )
            if is_stated
            else NOT_STATED,
            self.persons(
                f"{stem}.range",
                f"persons under a sentence given as a range that holds {years} years{among}",
                {**where, "bound_min_years": {"below": years}, "bound_max_years": {"from": years}},
            )
            if is_stated
            else NOT_STATED,
            unsentenced,
        )

    def by_place(
        self,
        name: str,
        title: str,
        columns: Mapping[str, str],
        drafts: Callable[[Population, str, str], Sequence[Draft]],
        **more: Any,
    ) -> Finding:
        """Counts by State with a map of persons; drafts of a list, a State's code and its name."""
        return table_of_counts(
            self,
            name,
            title,
            [Column("iso3", "ISO3", "code"), *column_heads("State or territory", **columns)],
            lambda p: [(i, state_cell(i), *drafts(p, i, short_name(i))) for i in states_of(p)],
            drawing=Drawing("map", "iso3", ("persons",)) if self.only_list else Drawing(),
            **more,
        )

    def persons_by_code(
        self, name: str, title: str, column: str, vocabulary_: str, heading: str, *notes: str
    ) -> Finding:
        """Distinct persons by the codes of a column; a person may stand under several codes."""
        rows = {
            code: (
                code_cell(vocabulary_, code),
                self.persons(
                    f"{name}.{code}", f"persons, {label(vocabulary_, code)}", {column: code}
                ),
            )
            for code in codes(vocabulary_)
        }
        silent = [p for p in self.populations if not self.is_asked(p, column)]
        return table_of_counts(
            self,
            name,
            title,
            column_heads(heading, value="Persons"),
            lambda p: [] if p in silent else [rows[c] for c in used_codes(p, column, rows)],
            statements=tuple(
                f"{p.subject} does not ask for this: {heading.lower()}. Not asked does not mean none."
                for p in silent
            ),
            empty="drop rows",
            largest_first=True,
            unit="persons",
            notes=notes,
            drawing=self._drawing("bars" if self.only_list else "table"),
        )


def used_codes(p: Population, column: str, among: Iterable[str]) -> list[str]:
    """Codes of a column that a list uses at all; those of a restricted list are all protected."""
    return [code for code in among if code in p.classes[column] or not p.policy.public_by_name]


def states_of(p: Population) -> list[str]:
    """States in which a list has a row, in alphabetical order of their names."""
    return sorted(p.frame["state_iso3"].unique(), key=alphabetical_key)
