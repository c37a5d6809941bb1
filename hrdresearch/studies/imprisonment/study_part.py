"""Base class of the two parts of the study: scope, thresholds, tables by State and by code.

A part counts one table, ``census`` or ``detentions``. Numbers of the two tables are never added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hrdresearch.findings.empty_cells import NOT_ASKED, NOT_IN_PLAN, NOT_RECORDED
from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Column, Drawing, Finding
from hrdresearch.findings.publication_limits import LEAST_KNOWN_SHARE
from hrdresearch.studies.ground.scope import Scope
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.count_tables import (
    Content,
    column_heads,
    state_cell,
    table_of_counts,
)
from hrdresearch.tables import match_rows
from hrdresearch.tables.census import OF_A_SENTENCE
from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.regions import RegionScheme
from hrdresearch.vocab.states import alphabetical_key, short_name

THRESHOLDS = (5, 8, 10, 15)
NOT_STATED = "not stated"
UNKNOWN_KINDS = tuple(vocabulary("sentence_kind")["not_known"])  # codes without a kind of sentence
HAS_SENTENCE: Mapping[str, Any] = {"sentence_kind_code": list(OF_A_SENTENCE)}
HAS_READ_SENTENCE: Mapping[str, Any] = {**HAS_SENTENCE, "is_length_read": True}


def why_no_dates(p: Population) -> str:
    """Text of a cell on dates where a list shows none: not asked, not recorded, or not in the plan."""
    if "dates" not in p.asked:
        return NOT_ASKED
    return NOT_RECORDED if p.policy.prints_exact_numbers else NOT_IN_PLAN


class StudyPart(Study):
    """The findings on one table of the study; empty findings if the build has no list of it."""

    name = "imprisonment"
    coded_parameters: tuple[tuple[str, str], ...] = (
        ("sex", "sex_code"),
        ("pretext", "pretext_codes"),
    )
    regions: RegionScheme

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """Row filter of the run; sets the threshold in years of a long sentence."""
        self.threshold = int(params.get("long_term_years") or 10)
        return super().scope_of(params)

    def facts_of_lists(self, chosen: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Facts of the lists that belong to the table of this part."""
        return [f for f in chosen if f["table"] == self.table]

    def require_rows(self) -> None:
        """Raise nothing: one part may be empty, and ``Imprisonment`` raises when both are."""

    @property
    def is_present(self) -> bool:
        """Whether at least one row of this part is in scope."""
        return any(p.has_cases for p in self.populations)

    @property
    def thresholds(self) -> tuple[int, ...]:
        """Thresholds in years that the report shows, with the one chosen for this run."""
        return tuple(sorted({*THRESHOLDS, self.threshold}))

    def period(self, populations: Iterable[Population] | None = None) -> str:
        """First to last year in scope; ``no_year`` if the part has no list."""
        listed = list(populations or self.populations)
        return super().period(listed) if listed else self.no_year

    def count_persons(self, name: str, words: str, filter_: Mapping[str, Any]) -> CountDraft:
        """A count of distinct persons with at least one row that the filter selects."""
        return CountDraft(name, words, filter_, "person", column="person_id")

    def held_unsentenced(
        self, years: int, within: Mapping[str, Any]
    ) -> tuple[str, Mapping[str, Any]]:
        """Persons held for at least so many years without a sentence: a definition and a row filter.

        within: a row filter that narrows this further. Each part defines this method.
        """
        raise NotImplementedError

    def tells_time_held(self, p: Population) -> bool:
        """Whether the list shows how long persons have been held. Each part defines this method."""
        raise NotImplementedError

    def can_state_thresholds(self, p: Population) -> bool:
        """Whether enough recorded sentences could be read for counts by length to be stated.

        A sentence is read when a length, life or death was found in its text. The least share of
        persons is ``LEAST_KNOWN_SHARE``.
        """
        of, read = (
            p.frame.loc[match_rows(p.frame, where), "person_id"].nunique()
            for where in (HAS_SENTENCE, HAS_READ_SENTENCE)
        )
        return bool(read >= LEAST_KNOWN_SHARE * of)

    def asks_or_answers(self, p: Population, column: str) -> bool:
        """Whether a list asks for the fact in a coded column, or has an answer in any of its rows."""
        return column in p.asked or not p.frame[column].eq("not_recorded").all()

    def long_term_counts(
        self,
        p: Population,
        stem: str,
        years: int,
        within: Mapping[str, Any] | None = None,
        sentenced: Mapping[str, Any] | None = None,
        among: str = "",
    ) -> tuple[Content, Content, Content]:
        """Three counts of persons held for ``years`` or longer; they are never added.

        First, persons with a sentence of at least so many years, life or death. Second, persons
        whose sentence is a range that includes the threshold, such as 3 to 12 years. Third, persons
        held for so long without a sentence. Instead of a count that the list cannot give, there
        is a text: "not stated", "not asked", "not recorded".
        stem: start of the claim names. within: row filter of all three counts. sentenced: a further
        row filter of the first two. among: words at the end of each definition.
        """
        where = {**(within or {}), **(sentenced or {})}
        is_length_stated = self.can_state_thresholds(p)
        unsentenced: Content = why_no_dates(p)
        if self.tells_time_held(p):
            words, held = self.held_unsentenced(years, within or {})
            unsentenced = self.count_persons(f"{stem}.unsentenced", f"{words}{among}", held)
        return (
            self.count_persons(
                f"{stem}.persons",
                f"persons sentenced to {years} years or longer, life or death{among}",
                {**where, "bound_min_years": {"from": years}},
            )
            if is_length_stated
            else NOT_STATED,
            self.count_persons(
                f"{stem}.range",
                f"persons under a sentence given as a range that holds {years} years{among}",
                {**where, "bound_min_years": {"below": years}, "bound_max_years": {"from": years}},
            )
            if is_length_stated
            else NOT_STATED,
            unsentenced,
        )

    def without_short_table(self, finding: Finding, most: int = 3) -> Finding:
        """The finding without its table, if this is short and on one public list: its sentences say all."""
        only = self.only_list
        is_short = len(finding.rows) <= most
        if not is_short or only is None or not only.policy.prints_exact_numbers:
            return finding
        return replace(finding, rows=(), notes=())

    def table_by_state(
        self,
        name: str,
        title: str,
        columns: Mapping[str, str],
        drafts: Callable[[Population, str, str], Sequence[CountDraft]],
        **more: Any,
    ) -> Finding:
        """A table with a row for each State, and a map of persons if one list holds several States.

        columns: key and head of each count. drafts: gives the counts of a row from the list, the
        ISO3 code of the State and its name. more: other arguments of ``table_of_counts``.
        """
        return table_of_counts(
            self,
            name,
            title,
            [Column("iso3", "ISO3", "code"), *column_heads("State or territory", **columns)],
            lambda p: [
                (i, state_cell(i), *drafts(p, i, short_name(i))) for i in states_with_rows(p)
            ],
            drawing=Drawing(
                "map",
                "iso3",
                ("persons",),
                elsewhere=tuple(self.elsewhere(self.only_list, "persons")),
            )
            if self.only_list and len(states_with_rows(self.only_list)) > 1
            else Drawing(),
            **more,
        )


def codes_in_use(p: Population, column: str, among: Iterable[str]) -> list[str]:
    """The codes of a column that get a row for this list, in the given order.

    In a public list, codes that no row of the list uses are left out. In a restricted list all
    codes are kept, so that disclosure control is applied to each count.
    """
    return [code for code in among if code in p.classes[column] or p.release]


def states_with_rows(p: Population) -> list[str]:
    """ISO3 codes of the States with a row in scope, in alphabetical order of their names.

    Of a restricted list, the States that stand alone in its release.
    """
    held = p.release.states if p.release else p.frame["state_iso3"].unique()
    return sorted(held, key=alphabetical_key)
