"""Ways to divide the cases of a list into groups: States, coded classes, periods of five years.

A group holds the rows that one filter selects. Rows without the fact are in no group.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anyascii import anyascii

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Cell
from hrdresearch.findings.prose import escape_markdown
from hrdresearch.findings.sentences import label_in_sentence
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.by_code import LAST_CODES
from hrdresearch.studies.shapes.count_tables import code_cell, state_cell
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence

BAND = 5  # years of a period
NOT_GIVEN = "not_given"


@dataclass(frozen=True)
class Group:
    """Rows of one list that belong together.

    key: part of the names of claims. cell: what the table prints. words: the group after a number
    in a sentence ("in Brazil"). filter: its rows.
    """

    key: str
    cell: Cell
    words: str
    filter: Mapping[str, Any]

    @property
    def defined(self) -> str:
        """The group in the definition of a claim; a division is named by the filter alone."""
        return "a division" if self.cell.vocabulary == "admin1" else self.cell.text


@dataclass(frozen=True)
class Grouping:
    """One way to divide the cases of a list into groups.

    key: part of the names of claims. heading: as the table prints it ("Sex or gender"). fact:
    column that a list must have answers in. groups: gives the groups of one list, in order.
    """

    key: str
    heading: str
    fact: str
    groups: Callable[[Study, Population], Sequence[Group]]

    @property
    def is_coded(self) -> bool:
        """Whether the groups are codes, which the list may leave empty."""
        return self.fact.endswith(("_code", "_codes"))

    def of(self, study: Study, p: Population) -> Sequence[Group]:
        """Groups of one list; none where it does not ask the fact, or has the same for all cases."""
        silent = self.is_coded and not p.has_answers(self.fact, self.fact)
        if silent or p.recording.get(self.fact) == "by_definition":
            return ()
        return self.groups(study, p)


def by_state() -> Grouping:
    """Grouping by State or territory; no groups where list or report are of one State."""

    def groups(study: Study, p: Population) -> list[Group]:
        if len(p.coverage.states) == 1 or str(study.params.get("state") or "all") != "all":
            return []
        held = sorted(set(p.frame["state_iso3"].astype(str)), key=alphabetical_key)
        return [
            Group(i.lower(), state_cell(i), f"in {name_in_sentence(i)}", {"state_iso3": i})
            for i in held
        ]

    return Grouping("state", "State or territory", "state_iso3", groups)


def by_class(
    column: str,
    vocabulary: str,
    heading: str,
    not_given: str = "",
    words: str | Mapping[str, str] = "under {label}",
) -> Grouping:
    """Grouping by the codes of a column, in alphabetical order of their labels.

    not_given: label of a last group of the cases without a class; empty: there is none. words: a
    group after a number in a sentence, from its label in lower case; or by its code.
    """
    unknown = [code for code in LAST_CODES[:-1] if code in codes(vocabulary)]

    def groups(_study: Study, p: Population) -> list[Group]:
        held = [c for c in codes(vocabulary) if c in p.classes[column] and c not in LAST_CODES]
        made = [
            Group(
                code,
                code_cell(vocabulary, code),
                (words if isinstance(words, str) else words[code]).format(
                    label=label_in_sentence(label(vocabulary, code))
                ),
                {column: code},
            )
            for code in sorted(held, key=lambda c: label(vocabulary, c).casefold())
        ]
        if not_given:
            where = f"where {not_given}"
            made.append(Group(NOT_GIVEN, Cell(text=f"Where {not_given}"), where, {column: unknown}))
        return made

    return Grouping(vocabulary, heading, column, groups)


def by_period() -> Grouping:
    """Grouping by periods of five years; a period holds the years that the list covers."""

    def groups(study: Study, p: Population) -> list[Group]:
        years = p.frame["event_year"].dropna()
        if years.empty:
            return []
        asked = study.scope.filter.get("event_year") or {}
        first = max(
            y for y in (int(years.min()), p.coverage.first, asked.get("from")) if y is not None
        )
        last = min(y for y in (int(years.max()), p.coverage.last, asked.get("to")) if y is not None)
        made = []
        for start in range(first - first % BAND, last + 1, BAND):
            ends = max(start, first), min(start + BAND - 1, last)
            is_one = ends[0] == ends[1]
            words = str(ends[0]) if is_one else f"{ends[0]}–{ends[1]}"
            said = f"in {words}"
            within = {"event_year": {"from": ends[0], "to": ends[1]}}
            made.append(Group(f"{ends[0]}_{ends[1]}", Cell(text=words), said, within))
        return made

    return Grouping("period", "Period", "event_year", groups)


def by_division() -> Grouping:
    """Grouping by first-level division, where the list or the report is of one State."""

    def groups(study: Study, p: Population) -> list[Group]:
        iso3 = only_state(study, p)
        if iso3 is None:
            return []
        rows = p.frame[p.frame["state_iso3"].eq(iso3)]
        return division_groups(iso3, rows["admin1_name"])

    return Grouping("division", "First-level division", "admin1_name", groups)


def division_groups(iso3: str, names: Iterable[str | None]) -> list[Group]:
    """Rows of each first-level division of a State, in alphabetical order of the names.

    Two names that are one in Latin letters ("جدة", "جده") are two groups, of which the second has a number.
    """
    found: dict[str, Group] = {}
    for name in in_order(names):
        key = slug = slug_of(name)
        while key in found:
            key = f"{slug}_{sum(k.startswith(slug) for k in found) + 1}"
        within = {"state_iso3": iso3, "admin1_name": name}
        cell = Cell(text=name, vocabulary="admin1")
        found[key] = Group(key, cell, f"in {division_in_sentence(name)}", within)
    return list(found.values())


def division_in_sentence(name: str) -> str:
    """Name of a division in a sentence, marked as a label of the vocabulary.

    A person may have the same name as a division; the search for names lets such a word pass only if
    it is marked.
    """
    return f'[{escape_markdown(name)}]{{.label data-vocab="admin1"}}'


def only_state(study: Study, p: Population) -> str | None:
    """The State of the report, or else the only one that the list covers; None for several."""
    state = str(study.params.get("state") or "all")
    if state != "all":
        return state
    return next(iter(p.coverage.states)) if len(p.coverage.states) == 1 else None


def in_order(names: Iterable[str | None]) -> list[str]:
    """Distinct names in alphabetical order, accents aside; empty cells are left out."""
    return sorted(
        {n for n in names if isinstance(n, str)}, key=lambda n: (anyascii(n).casefold(), n)
    )


def slug_of(name: str) -> str:
    """Write a name as a part of claim names.

    >>> slug_of("Norte de Santander"), slug_of("Nariño")
    ('norte_de_santander', 'narino')
    """
    return re.sub("[^a-z0-9]+", "_", anyascii(name).casefold()).strip("_")


def by_each_year() -> Grouping:
    """Grouping by year of the event, among the years in which the list holds a case."""

    def groups(_study: Study, p: Population) -> list[Group]:
        years = sorted({int(year) for year in p.frame["event_year"].dropna()})
        return [Group(str(y), Cell(text=str(y)), f"in {y}", {"event_year": y}) for y in years]

    return Grouping("year", "Year", "event_year", groups)
