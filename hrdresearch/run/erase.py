"""Deletes the rows of a person everywhere; used for withdrawals and at the end of retention.

After a failure, every step can be repeated. The rows of the tables are deleted last, so that an
interrupted deletion can find the person again.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from pathlib import Path

import pandas as pd

from hrdresearch.privacy.keys import study_key
from hrdresearch.privacy.vault import is_stored, read_stored, unsealed_name
from hrdresearch.privacy.vault_session import live_session
from hrdresearch.privacy.withdraw import (
    Withdrawal,
    apply_withdrawal,
    leave_tombstones,
    rewrite_table,
)
from hrdresearch.run.consents import forget_answers
from hrdresearch.run.known_copies import internal_reports
from hrdresearch.run.loading import SCRATCH
from hrdresearch.run.raw_file import empty_rows, read_raw
from hrdresearch.run.releases import SEEN
from hrdresearch.run.run_folders import EXECUTED, PENDING

PERSONS = "persons.csv"
KEPT_SHEETS = (PERSONS, "contributors.csv", "set_aside.csv")  # they hold no text about a person


def erase_rows(
    home: Path, plan: Withdrawal, marks: Collection[str], raw: Mapping[Path, Collection[int]]
) -> dict[str, str]:
    """Delete a person's rows from tables, sheets, consents, notes of releases, and files of lists.

    home: ``WORK/<study>``. marks: keyed hashes of the rows. raw: file of a list -> numbers of its rows.
    Returns old SHA-256 -> new SHA-256 of these files.
    """
    written = {}
    for name in (PENDING, EXECUTED):  # editions of interrupted runs; executed notebooks
        for folder in home.parent.glob(f"*/{name}"):
            shutil.rmtree(folder)
    for slug in sorted(p.name for p in (home / "released").glob("*/")):
        if plan.source in (None, slug):
            leave_tombstones(home / "released" / slug / SEEN, plan.persons)
    for file, numbers in raw.items():
        before = read_raw(file).sha256
        empty_rows(file, numbers, plan.values("source"))
        written[before] = read_raw(file).sha256
    forget_answers(home, study_key(home.name), marks)
    _remove_sheets(home, plan)
    apply_withdrawal(plan)
    return written


def _remove_sheets(home: Path, plan: Withdrawal) -> None:
    """Remove files that may hold a text by or about the person; a new build writes them again."""
    shutil.rmtree(home / SCRATCH, ignore_errors=True)  # coded parts of a large list
    for report in chain.from_iterable(internal_reports(home.parent, home.name).values()):
        shutil.rmtree(report.parent, ignore_errors=True)  # all editions of the report
    if (session := live_session()) is not None:
        shutil.rmtree(session.folder / "to-read" / home.name, ignore_errors=True)
    for build in plan.builds:
        for stored in (build / "restricted").glob("*.csv*"):
            if unsealed_name(stored).name not in KEPT_SHEETS:
                stored.unlink()
        for sheet in persons_sheets([build]):
            rewrite_table(
                build / "restricted" / PERSONS, sheet[~sheet["person"].isin(plan.persons)]
            )


def persons_sheets(builds: Collection[Path]) -> Iterator[pd.DataFrame]:
    """The sheet of persons and their keyed hashes, of each build that has one."""
    for build in builds:
        path = build / "restricted" / PERSONS
        if is_stored(path):
            yield pd.read_csv(io.BytesIO(read_stored(path)), dtype=str)
