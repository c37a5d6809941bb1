"""Makes claims from the rows of a list: counts rows, applies disclosure control, writes the printed text.

A ``Population`` is one list in the scope of a run. Counts of two populations are never added,
because lists overlap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from hrdresearch.findings.coverage import Coverage
from hrdresearch.findings.empty_cells import FEW, NO_SHARE, NOT_IN_PLAN
from hrdresearch.findings.model import Claim, ClaimConflict, Finding, SourceNote, claim_name_in_list
from hrdresearch.findings.numbers import number_in_table
from hrdresearch.findings.publication_limits import step_of_rounded_share, why_no_share
from hrdresearch.findings.sentences import capitalized
from hrdresearch.privacy.policy import Policy
from hrdresearch.privacy.release import Release
from hrdresearch.tables import TABLES, join_filters, match_rows
from hrdresearch.tables.row_filters import KeptMasks

LIST_NOUNS = {"list", "ledger", "register", "database", "census", "tracker"}
NOT_COMPUTABLE = "not computable"


@dataclass(frozen=True)
class CountDraft:
    """A count before disclosure control; ``count_claims`` turns it into a claim.

    name: of the claim, without the name of the list. definition: what is counted, in words.
    filter: row filter that selects the counted rows, within the scope of the run.
    column: count distinct values of this column instead of rows (persons, States, years).
    count: the number of rows where a group-by has counted them already; else the filter is applied.
    rows: name of the counted rows, in a study that counts several tables of one list.
    """

    name: str
    definition: str
    filter: Mapping[str, Any] = field(default_factory=dict)
    unit: str = "victim"
    column: str | None = None
    count: int | None = None
    rows: str = ""


@dataclass(frozen=True)
class Population:
    """One list in the scope of the run: its rows, its nouns, and its policy.

    frame: rows of the list in the scope; empty for a restricted list, so that only the numbers of
        ``release`` can be printed of it.
    scope: row filter of the run.
    prefix: beginning of the claim names: "" in a report on one list, ``by_source.<list>.`` on several.
    asked: facts that the publisher collects of every case. answered: columns with at least one answer.
    classes: codes that occur in the list, for each coded column; a class that does not occur is not
        zero. declared: codes that the list can use, for each column; a declared class without a case
        is zero.
    coverage: States and years that the list covers.
    recording, remarks, called, unknown_as: as ``sources.model.SourceFacts`` explains them.
    release: the rounded numbers that may leave of a restricted list; None for other lists.
    named: rows in the scope of persons who may be named.
    owner: who decides on reports on a user's own list that is not public; else empty.
    """

    slug: str
    title: str
    prefix: str
    singular: str
    plural: str
    note: SourceNote
    frame: pd.DataFrame
    scope: Mapping[str, Any]
    asked: frozenset[str]
    classes: Mapping[str, frozenset[str]]
    policy: Policy
    table: str = "cases"
    release: Release | None = None
    named: pd.DataFrame = field(default_factory=pd.DataFrame)
    coverage: Coverage = field(default_factory=Coverage)
    answered: frozenset[str] = frozenset()
    recording: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    unknown_as: Mapping[str, str] = field(default_factory=dict)
    declared: Mapping[str, list[str]] = field(default_factory=dict)
    article: str = ""
    full_name: str = ""
    owner: str = ""

    @property
    def name_in_prose(self) -> str:
        """Name of the list's publisher within a sentence: ``the Committee to Protect Journalists``."""
        return f"{self.article} {self.title}".strip()

    @property
    def name_at_first_mention(self) -> str:
        """Name of the publisher at its first mention: ``the Committee to Protect Journalists (CPJ)``."""
        short = self.title.replace(" (", ", ").removesuffix(")")
        return f"{self.full_name} ({short})" if self.full_name else self.name_in_prose

    @property
    def subject(self) -> str:
        """Name of the list's publisher at the beginning of a sentence."""
        return capitalized(self.name_in_prose)

    @property
    def list_in_prose(self) -> str:
        """The list within a sentence: ``the list of X``, or its name if this holds a word like "list"."""
        says_list = bool(LIST_NOUNS & set(self.title.casefold().split()))
        return self.name_in_prose if says_list else f"the list of {self.name_in_prose}"

    @property
    def on_the_list(self) -> str:
        """Words for where cases are: ``on the list of X``; of a tracker, "in" it."""
        return f"{'in' if 'Tracker' in self.title else 'on'} {self.list_in_prose}"

    @property
    def list_subject(self) -> str:
        """The list at the beginning of a sentence."""
        return capitalized(self.list_in_prose)

    def with_census_title(self) -> Population:
        """Give a prison census a title of its own, beside the list of killed persons of its publisher."""
        if "census" in self.title.casefold():
            return self
        name, mark, _ = self.title.partition(" (invented)")
        whose = f"the prison census of {self.full_name}" if self.full_name else ""
        return replace(self, title=f"{name} prison census{mark}", article="the", full_name=whose)

    @property
    def has_cases(self) -> bool:
        """Whether the list has a case in the scope of the run."""
        return bool(len(self.frame)) or bool(self.release and self.release.cells.get(";"))

    @property
    def periods(self) -> list[tuple[int, int]]:
        """First and last year of the periods that a restricted list prints; [] for other lists."""
        year = TABLES[self.table].year_column
        return self.release.periods(year) if self.release and year else []

    def covers(self, filter_: Mapping[str, Any] | None = None) -> bool:
        """Whether the list covers at least one State and year of the scope and of ``filter_``."""
        year = TABLES[self.table].year_column or ""
        return all(self.coverage.overlaps(part, year) for part in (self.scope, filter_ or {}))

    def has_answers(self, fact: str, column: str) -> bool:
        """Whether the publisher collects a fact of every case, or at least some rows hold it.

        fact: as in ``asked`` of source.yml. column: the column that holds the fact.
        """
        return fact in self.asked or column in self.answered

    def claim_name(self, name: str) -> str:
        """Full name of a claim of this population.

        In a report on several lists ``extent.victims`` becomes ``by_source.<list>.victims``.
        """
        return claim_name_in_list(name, self.prefix)


def count_claims(population: Population, drafts: Sequence[CountDraft]) -> dict[str, Claim]:
    """Turn counts into claims, by the names of the counts.

    The rows of a public list are counted; for a restricted list the number is read from its release.
    Raises ClaimConflict when two counts have one name and differ.
    """
    kept: KeptMasks = {}
    return {
        name: _claim(population, draft, kept) for name, draft in _drafts_by_name(drafts).items()
    }


def share_claim(
    population: Population,
    name: str,
    part: Claim,
    whole: Claim,
    definition: str,
    asked: Claim | None = None,
) -> Claim:
    """Claim of a share: ``part`` in per cent of ``whole``.

    asked: claim that counts the cases in which the fact was asked, where ``whole`` counts only those
    in which it is known. The share is suppressed when ``part`` or ``whole`` is suppressed. It is not
    computable over zero cases, and where ``findings.publication_limits`` forbids it; the definition
    then says why. It is computed from the printed counts, so it reveals no more than they do. For a
    restricted list it is rounded as finely as these counts bear (``step_of_rounded_share``).
    """
    base: dict[str, Any] = {
        "name": population.claim_name(name),
        "unit": "per_cent",
        "definition": definition,
        "filter": part.filter,
        "table": part.table,
        "measure": f"share:{part.name}:{whole.name}",
        "sources": part.sources,
    }
    if "suppressed" in (part.status, whole.status):
        text = text_where_withheld(part, whole, of_few=NO_SHARE)
        return Claim(**base, value=None, rows=None, text=text, status="suppressed")
    if not whole.value:
        return Claim(**base, value=None, rows=None, text=NOT_COMPUTABLE, status="not_computable")
    assert isinstance(part.value, int | float) and isinstance(whole.value, int | float)
    total = float(asked.value) if asked and isinstance(asked.value, int | float) else None
    if why := why_no_share(whole.value, total, not population.policy.public_by_name):
        base["definition"] = f"{definition}: {why}"
        return Claim(**base, value=None, rows=None, text=NO_SHARE, status="not_computable")
    value = 100 * part.value / whole.value
    if not population.policy.prints_exact_numbers:
        step = step_of_rounded_share(whole.value)
        value = step * round(value / step)
        if not 0 < value < 100:  # nearly none, or nearly all
            return Claim(**base, value=None, rows=None, text=NO_SHARE, status="not_computable")
    base["is_rounded"] = part.is_rounded
    return Claim(**base, value=value, rows=part.rows, text=number_in_table(value, "per_cent"))


def text_where_withheld(*counts: Claim, of_few: str) -> str:
    """Text in place of a number that is computed from counts, where one of the counts is suppressed.

    counts: the counts. of_few: the text where the suppressed counts are "fewer than 5"; else the text
    of the first suppressed count is taken.
    """
    texts = [c.text for c in counts if c.status == "suppressed" and c.text != FEW]
    return texts[0] if texts else of_few


def measured_claim(
    population: Population,
    name: str,
    value: float | None,
    unit: str,
    words: str,
    measure: str,
    *,
    text: str = "",
    rows: int | None = None,
    **more: Any,
) -> Claim:
    """Claim of a number that is not a count of rows: a year, a median, an estimate.

    value: None when the number cannot be computed. words: the definition. text: printed instead of
    the number in UN style. rows: rows that it rests on. more: further fields of the claim. For a restricted
    list only a number of measure ``named_case`` (a person who may be named) is printed; all others are
    withheld.
    """
    is_withheld = not population.policy.prints_exact_numbers and measure != "named_case"
    status = "suppressed" if is_withheld else "not_computable" if value is None else "shown"
    printed = "" if value is None else text or number_in_table(value, unit)
    return Claim(
        name=population.claim_name(name),
        value=None if is_withheld else value,
        unit=unit,
        rows=rows if status == "shown" else None,
        text=NOT_IN_PLAN if is_withheld else printed or NOT_COMPUTABLE,
        definition=f"{population.title}: {words}",
        measure=measure,
        table=population.table,
        sources=(population.slug,),
        status=status,
        **more,
    )


def text_claim(name: str, text: str, definition: str, measure: str = "text") -> Claim:
    """Claim of a text that the prose may print: a parameter, or the name of a State.

    definition: what the text is, in words. measure: ``text``, or ``parameter`` or ``scope`` (``model``).
    """
    return Claim(
        name=name,
        value=text,
        unit="text",
        rows=None,
        text=text,
        definition=definition,
        measure=measure,
    )


def not_computable_claim(population: Population, draft: CountDraft, why: str) -> Claim:
    """Claim of a number that cannot be computed, or that a restricted list does not publish.

    why: the reason, which is added to the definition; not for a restricted list.
    """
    is_withheld = population.release is not None
    return Claim(
        name=population.claim_name(draft.name),
        value=None,
        unit=draft.unit,
        rows=None,
        text=NOT_IN_PLAN if is_withheld else NOT_COMPUTABLE,
        definition=draft.definition if is_withheld else f"{draft.definition}: {why}",
        measure="none",
        sources=(population.slug,),
        status="suppressed" if is_withheld else "not_computable",
    )


def add_claims(finding: Finding, *claims: Claim) -> Finding:
    """Add claims to a copy of a finding, so that the prose may print them."""
    return replace(finding, claims=(*finding.claims, *claims))


def _drafts_by_name(drafts: Sequence[CountDraft]) -> dict[str, CountDraft]:
    """Drafts by name, each once; ClaimConflict when one name would count two things."""
    by_name: dict[str, CountDraft] = {}
    for draft in drafts:
        if by_name.setdefault(draft.name, draft) != draft:
            raise ClaimConflict(
                f"The number {draft.name!r} is to count two things: "
                f"{by_name[draft.name].definition!r} and {draft.definition!r}"
            )
    return by_name


def _claim(population: Population, draft: CountDraft, kept: KeptMasks) -> Claim:
    filter_ = {"source": population.slug, **join_filters(population.scope, draft.filter)}
    value: int | None
    text = NOT_IN_PLAN
    if population.policy.prints_exact_numbers:
        value = draft.count
        if value is None:
            chosen, column = match_rows(population.frame, draft.filter, kept), draft.column
            value = int(population.frame[column][chosen].nunique() if column else chosen.sum())
    else:
        value = _released(population, draft, filter_)
        if value == 0:
            value, text = None, FEW
    return Claim(
        name=population.claim_name(draft.name),
        value=value,
        unit=draft.unit,
        rows=None if draft.column else value,
        text=text if value is None else number_in_table(value, draft.unit),
        definition=draft.definition,
        filter=filter_,
        table=population.table,
        measure=f"distinct:{draft.column}" if draft.column else "rows",
        sources=(population.slug,),
        status="suppressed" if value is None else "shown",
        is_rounded=value is not None and not population.policy.prints_exact_numbers,
    )


def _released(population: Population, draft: CountDraft, filter_: Mapping[str, Any]) -> int | None:
    """Number that the release prints, 0 for fewer than 5; None where the plan has no such cell."""
    table, plan = TABLES[population.table], population.policy.leaves
    if population.release is None or plan is None:
        return None
    if draft.column is None:
        return population.release.printed_rows(filter_, plan, table.year_column)
    if draft.column == table.person_column:
        return population.release.printed_persons(filter_, plan, table.year_column)
    return None
