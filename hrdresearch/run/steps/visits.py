"""Visits: takes the ledger as it is, and adds the ledger of the self-test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.privacy.keys import Key
from hrdresearch.run.self_test_fixture import load_fixture
from hrdresearch.run.steps import Built
from hrdresearch.sources import Loaded


def steps(loaded: Sequence[Loaded], key: Key, decisions: Path) -> Built:  # noqa: ARG001
    """Make the tables ``visits`` and ``fixture_visits``; a ledger of visits names no persons."""
    return Built(
        tables={
            "visits": pd.concat([x.accepted for x in loaded], ignore_index=True),
            "fixture_visits": load_fixture("visits-ledger").accepted,
        }
    )
