"""Decisions by hand on rows that may be one person: ``decisions/persons.csv`` of a study.

A line for each decision, none is ever rewritten: the last one on a pair counts, so a later one takes an
earlier one back. The keys are pseudonyms of rows. Where a new edition of a list gives a row another one, the
build adds the decision on the new key and takes the one on the old key back (``run.carried_decisions``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.linkage.decisions import COLUMNS
from hrdresearch.run.filled_sheets import read_kept_rows, table_text, write_kept

KEPT = "persons.csv"
REVIEW = "person_review"  # sheet of a build: the pairs to decide, without names
SIDES = ("left", "right")  # of a pair


def read_person_decisions(decisions: Path) -> pd.DataFrame:
    """Decisions kept in the folder of a study, oldest first; columns as ``linkage.decisions``."""
    rows = read_kept_rows(decisions / KEPT)
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="object")


def keep_person_decisions(decisions: Path, added: Sequence[Mapping[str, str]]) -> None:
    """Add decisions to those that are kept; sealed where the build of the study is."""
    rows = [*read_kept_rows(decisions / KEPT), *added]
    write_kept(decisions / KEPT, table_text(COLUMNS, rows), decisions.parent)
