"""Keeps decisions by hand on rows that may be one person: ``decisions/persons.csv`` of a study.

Each decision is one line and is never changed; the last one on a pair counts, so a later decision can
withdraw an earlier one. Keys are pseudonyms of rows. If a row has another key in a new edition of a list,
the build adds a decision with the new key and withdraws the old one (``run.carried_decisions``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.linkage.decisions import COLUMNS
from hrdresearch.run.filled_sheets import read_kept_rows, table_text, write_kept

KEPT = "persons.csv"
REVIEW = "person_review"  # sheet of a build: the pairs to decide, without names
SIDES = ("left", "right")  # the two rows of a pair


def read_person_decisions(decisions: Path) -> pd.DataFrame:
    """Read the decisions of a study, oldest first; columns as in ``linkage.decisions``."""
    return pd.DataFrame(read_kept_rows(decisions / KEPT), columns=list(COLUMNS), dtype="object")


def keep_person_decisions(decisions: Path, added: Sequence[Mapping[str, str]]) -> None:
    """Add decisions to those of a study; the file is sealed if the build is sealed."""
    rows = [*read_kept_rows(decisions / KEPT), *added]
    write_kept(decisions / KEPT, table_text(COLUMNS, rows), decisions.parent)
