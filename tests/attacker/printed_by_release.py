"""The rule as the project carries it out: real releases of invented lists, edition after edition."""

from __future__ import annotations

import json
from unittest.mock import patch

import pandas as pd
from invented_lists import AGE, COLUMNS, MEDIANS, WHOLE
from printed_by_rules import Edition, Rule, awaited_chance, key_of

from hrdresearch.privacy.make_release import make_release
from hrdresearch.privacy.policy import ReleasePlan
from hrdresearch.privacy.publication_thresholds import (
    FEWEST_PERSONS,
    SAME_VALUE,
    WIDTH,
    PublicationThresholds,
)
from hrdresearch.privacy.rounding import possible_counts, printed_chances

PLAN = ReleasePlan(by_area=COLUMNS, whole_list=tuple(WHOLE), medians=MEDIANS)


def as_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Invented rows in the types of a built table."""
    numbers = {column: rows[column].astype("Int64") for column in ("event_year", AGE)}
    return rows.assign(**numbers).reset_index(drop=True)


def release_editions(lists: list[pd.DataFrame], plan: ReleasePlan = PLAN) -> list[Edition]:
    """Each edition as it is printed: read back from its JSON."""
    key = key_of(lists)
    found: list[Edition] = []
    before = seen = None
    for n, rows in enumerate(map(as_table, lists)):
        before, seen = make_release(
            rows,
            plan,
            f"{2026 + n // 2}-{'03-31' if n % 2 == 0 else '09-30'}",
            key,
            person="person",
            year="event_year",
            contributor=rows["contributor"],
            before=before,
            seen=seen,
        )
        found.append(json.loads(json.dumps(before.to_json())))
    return found


RELEASE = Rule(
    "releases", release_editions, possible_counts, printed_chances, redrawn=awaited_chance,
    appears=lambda persons: min(max((persons - FEWEST_PERSONS + 1) / WIDTH, 0), 1),
)  # fmt: skip


def _with_fixed_steps(lists: list[pd.DataFrame]) -> list[Edition]:
    """Releases as before the steps were drawn: a State from 20 persons, crossed from 50."""
    least = patch.object(PublicationThresholds, "least", lambda _, fewest, name: fewest)
    with least, patch.object(PublicationThresholds, "same", lambda _, name: SAME_VALUE):
        return release_editions(lists)


FIXED_STEPS = Rule(
    "fixed steps", _with_fixed_steps, possible_counts, printed_chances, redrawn=awaited_chance
)
