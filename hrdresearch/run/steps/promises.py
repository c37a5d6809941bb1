"""Promises: makes the tables of commitments and of laws and mechanisms of States."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.privacy.keys import Key
from hrdresearch.run.errors import RunError
from hrdresearch.run.self_test_fixture import load_fixture
from hrdresearch.run.steps import Built
from hrdresearch.sources import Loaded
from hrdresearch.tables import TABLES


def steps(loaded: Sequence[Loaded], key: Key, decisions: Path) -> Built:  # noqa: ARG001
    """Make the tables ``commitments`` and ``laws``, and those of the self-test."""
    commitments = [x.accepted for x in loaded if x.facts.table == "commitments"]
    laws = [x.accepted for x in loaded if x.facts.table == "laws"]
    if not commitments:
        raise RunError("A build of promises needs a ledger of recommendations and promises")
    columns = TABLES["laws"].columns
    empty = load_fixture("laws-ledger").accepted.iloc[:0][columns]
    return Built(
        tables={
            "commitments": pd.concat(commitments, ignore_index=True),
            "laws": pd.concat(laws, ignore_index=True) if laws else empty,
            "fixture_commitments": load_fixture("promises-ledger").accepted,
            "fixture_laws": load_fixture("laws-ledger").accepted,
        }
    )
