"""The rule as the project carries it out: real releases of invented lists, edition after edition."""

from __future__ import annotations

import json
from unittest.mock import patch

import pandas as pd
from invented_lists import COLUMNS
from printed_by_rules import KEY, Edition, Rule, awaited_chance

from hrdresearch.privacy.plan_steps import FEWEST_PERSONS, SAME_VALUE, WIDTH, Steps
from hrdresearch.privacy.policy import ReleasePlan
from hrdresearch.privacy.release import make_release
from hrdresearch.privacy.rounding import possible_counts, printed_chances

BY_AREA = ReleasePlan(by_area=COLUMNS)


def as_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Invented rows in the types of a built table."""
    return rows.assign(event_year=rows["event_year"].astype("Int64")).reset_index(drop=True)


def release_editions(lists: list[pd.DataFrame], plan: ReleasePlan = BY_AREA) -> list[Edition]:
    """Each edition as it is printed: read back from its JSON."""
    key = KEY + str(pd.util.hash_pandas_object(lists[0]).sum()).encode()
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
    least = patch.object(Steps, "least", lambda _, fewest, name: fewest)
    with least, patch.object(Steps, "same", lambda _, name: SAME_VALUE):
        return release_editions(lists)


FIXED_STEPS = Rule(
    "fixed steps", _with_fixed_steps, possible_counts, printed_chances, redrawn=awaited_chance
)
