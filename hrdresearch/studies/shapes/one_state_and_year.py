"""One State, or State and year, that makes a large part of some cases of a list."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from hrdresearch.findings.make_claims import Population
from hrdresearch.vocab.states import name_in_sentence

FIFTH, HALF = 0.2, 0.5
FEWEST_IN_A_CLASS = 10


@dataclass(frozen=True)
class StateAndYear:
    """A State and a year, the number of cases of both, and whether the list holds that State only."""

    iso3: str
    year: int
    cases: int
    is_only_state: bool

    @property
    def key(self) -> str:
        """Part of the names of claims: ``phl_2009``."""
        return f"{self.iso3.lower()}_{self.year}"

    @property
    def words(self) -> str:
        """In a sentence: "of the Philippines in 2009"; of one State alone "of 2009"."""
        if self.is_only_state:
            return f"of {self.year}"
        return f"of {name_in_sentence(self.iso3)} in {self.year}"


def state_of_more_than_half(
    p: Population, rows: pd.DataFrame, distinct: str | None = None
) -> tuple[str, int] | None:
    """Find the State that holds more than half of these rows: its ISO3 code, and its number of persons.

    distinct: column that identifies persons; None where every row is a person. Returns None without such
    a State, of a restricted list or a list of one State, and below ten persons.
    """
    if not p.policy.prints_exact_numbers or p.frame["state_iso3"].nunique() < 2:
        return None
    persons = rows.drop_duplicates(["state_iso3", distinct]) if distinct else rows
    counted = persons["state_iso3"].value_counts()
    every = rows[distinct].nunique() if distinct else len(rows)
    if every < FEWEST_IN_A_CLASS or counted.iloc[0] <= HALF * every:
        return None
    return str(counted.index[0]), int(counted.iloc[0])


def large_state_and_year(p: Population, rows: pd.DataFrame) -> StateAndYear | None:
    """Find the State and year with most of these rows, if it holds a large part of them.

    A large part is a fifth, or half where the list holds one State only in the scope. Returns None below
    that, and of a restricted list.
    """
    counted = rows.value_counts(["state_iso3", "event_year"])
    if not p.policy.prints_exact_numbers or counted.empty:
        return None
    is_only_state = p.frame["state_iso3"].nunique() == 1
    (iso3, year), n = counted.index[0], int(counted.iloc[0])
    if n < (HALF if is_only_state else FIFTH) * len(rows):
        return None
    return StateAndYear(str(iso3), int(year), n, is_only_state)
