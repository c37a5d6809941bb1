"""Compares two lists within the place and the years that both cover: the persons that each misses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.findings.publication_limits import FEWEST_KNOWN
from hrdresearch.findings.sentences import claim_tag, is_printed, join_with_and
from hrdresearch.studies.ground.linked import (
    LinkedRows,
    linked_claim,
    linked_rows,
    lists_in_claim_name,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.count_tables import text_columns
from hrdresearch.vocab.states import name_in_sentence


@dataclass(frozen=True)
class CommonScope:
    """Two lists, and the States (empty: all) and years that both cover as a whole."""

    a: Population
    b: Population
    states: frozenset[str]
    years: tuple[int, ...]

    @property
    def where(self) -> str:
        """The place in words."""
        return join_with_and([name_in_sentence(s) for s in sorted(self.states)]) or "all States"

    def holds(self, rows: pd.DataFrame) -> pd.Series:
        """Whether rows are of this place and these years."""
        is_place = rows["state_iso3"].isin(self.states) if self.states else True
        return rows["event_year"].isin(self.years) & is_place


def pairs_of_lists_finding(study: Study) -> Finding:
    """Finding: of each two lists, persons on both, and on one alone, in the place and years of both.

    Claims ``union.pairs.LIST.LIST.both``, ``.both.sure``, ``.only_first``, ``.only_second``.
    """
    found = linked_rows(study)
    made = [(common, _counts(found, common)) for common in _commons(found)] if found else []
    rows = [
        [
            Cell(text=f"{c.a.title} and {c.b.title}"),
            Cell(text=f"{c.where[:1].upper()}{c.where[1:]}, {c.years[0]}–{c.years[-1]}"),
            *(
                Cell(claim=own[key].name)
                for key in ("both", "both.sure", "only_first", "only_second")
            ),
        ]
        for c, own in made
    ]
    said = [
        _sentence_on_misses(c, own)
        for c, own in made
        if c.states and is_printed(own["both"], FEWEST_KNOWN)
    ]
    return study.finding(
        "pairs_of_lists",
        "Two lists in the place and years of both",
        [
            *text_columns(label="Lists", where="In common"),
            Column("both", "On both"),
            Column("sure", "On both, by sure links"),
            Column("only_first", "On the first alone"),
            Column("only_second", "On the second alone"),
        ],
        rows,
        [claim for _, own in made for claim in own.values()],
        unit="persons",
        statements=(" ".join(said),) if said else (),
        notes=(
            "Only rows with a name, of States and whole years that both lists cover. A person is on both "
            "also where the other list gives another year.",
        ),
    )


def _commons(found: LinkedRows) -> list[CommonScope]:
    """Each two lists with a place and years in common in which both hold a person."""
    made = []
    for a, b in combinations(found.lists, 2):
        states = a.coverage.states & b.coverage.states or a.coverage.states | b.coverage.states
        if a.coverage.states and b.coverage.states and not a.coverage.states & b.coverage.states:
            continue
        asked = {int(y) for p in (a, b) for y in p.frame["event_year"].dropna()}
        years = tuple(
            y
            for y in sorted(asked)
            if all(p.coverage.includes_year(y) and y not in p.coverage.part_years for p in (a, b))
        )
        common = CommonScope(a, b, states, years)
        if years and found.rows[common.holds(found.rows)]["source"].isin([a.slug, b.slug]).any():
            made.append(common)
    return made


def _counts(found: LinkedRows, c: CommonScope) -> dict[str, Claim]:
    within = found.rows[c.holds(found.rows)]
    slugs, made = (c.a.slug, c.b.slug), {}
    stem = f"union.pairs.{lists_in_claim_name(slugs)}"
    place = f"{c.where}, {c.years[0]} to {c.years[-1]}"
    for end in ("likely", "sure"):
        table = found.patterns(end, (c.a, c.b))
        table = table[table.index.isin(within.loc[within["source"].isin(slugs), end])]
        on_a, on_b = table[c.a.slug].eq(1), table[c.b.slug].eq(1)
        parts = {
            "both": (on_a & on_b, f"persons on {c.a.list_in_prose} and on {c.b.list_in_prose}"),
            "only_first": (on_a & ~on_b, f"persons on {c.a.list_in_prose} and not on the other"),
            "only_second": (on_b & ~on_a, f"persons on {c.b.list_in_prose} and not on the other"),
        }
        for key, (chosen, words) in parts.items():
            name = key if end == "likely" else f"{key}.sure"
            how = "by all likely links" if end == "likely" else "by sure links only"
            made[name] = linked_claim(
                f"{stem}.{name}",
                chosen.sum(),
                f"{place}: {words}, {how}",
                *slugs,
                scope=found.scope,
            )
    return made


def _sentence_on_misses(c: CommonScope, own: Mapping[str, Claim]) -> str:
    """Sentence on two lists of one place."""
    return (
        f"In {c.where} from {c.years[0]} to {c.years[-1]}, as far as names, days and places agree, "
        f"{claim_tag(own['both'], 'of:person')} stand on both "
        f"{c.a.list_in_prose} and {c.b.list_in_prose}, {claim_tag(own['only_first'])} on the first of these "
        f"alone and {claim_tag(own['only_second'])} on the second alone."
    )
