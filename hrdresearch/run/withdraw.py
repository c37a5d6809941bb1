"""Withdraw a person: from every build, every later build, and every edition that counted them.

It overrides "the last good edition stays". The pseudonym is noted in
``WORK/<study>/withdrawn.json``, so that later builds set the row aside although the publisher's
file still holds it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from hrdresearch.privacy.keys import account_id, study_key
from hrdresearch.privacy.name_digest import name_digest
from hrdresearch.privacy.withdraw import (
    ID_COLUMNS,
    apply_withdrawal,
    note_withdrawn,
    plan_withdrawal,
    read_withdrawn,
)
from hrdresearch.run.editions import list_editions
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import move_pointer
from hrdresearch.run.loading import SCRATCH
from hrdresearch.run.run_folders import PENDING
from hrdresearch.run.steps import Built, Pieces
from hrdresearch.tables import TABLES

TEXTS = "queue"  # restricted sheet that holds texts
REASON = "Withdrawn at the request of the person or of the next of kin."


def without_withdrawn(built: Built, home: Path) -> Built:
    """The same tables without the rows of withdrawn persons, which are set aside with the reason.

    home: ``WORK/<study>``, which holds the list of withdrawn pseudonyms.
    """
    withdrawn = read_withdrawn(home)
    if not withdrawn:
        return built
    tables: dict[str, pd.DataFrame | Pieces] = {}
    aside: list[pd.DataFrame] = []
    for name, frame in built.tables.items():
        if callable(frame):
            tables[name] = frame  # in pieces: see pieces_without_withdrawn
        else:
            tables[name], removed = _split(frame, name, withdrawn, built.files)
            aside += removed
    set_aside = pd.concat([built.set_aside, *aside], ignore_index=True)
    return replace(built, tables=tables, set_aside=set_aside)


def pieces_without_withdrawn(
    pieces: Iterator[pd.DataFrame],
    name: str,
    files: Mapping[str, str],
    home: Path,
    aside: list[pd.DataFrame],
) -> Iterator[pd.DataFrame]:
    """Pieces of a large table without the rows of withdrawn persons; name: the name of the table.

    aside: the removed rows are appended here, with file, row and reason.
    """
    withdrawn = read_withdrawn(home)
    for piece in pieces:
        kept, removed = _split(piece, name, withdrawn, files)
        aside += removed
        yield kept


def _split(
    frame: pd.DataFrame, name: str, withdrawn: frozenset[str], files: Mapping[str, str]
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """Rows that stay, and the account of those of withdrawn persons, whatever their part in them."""
    columns = {TABLES[name].person_column, *ID_COLUMNS} & set(frame.columns)
    leaves = frame[list(columns)].isin(withdrawn).any(axis=1)
    if not leaves.any():
        return frame.reset_index(drop=True), []
    rows = frame[leaves]
    account = {"file": rows["source"].map(files), "row": rows["source_row"], "reason": REASON}
    return frame[~leaves].reset_index(drop=True), [pd.DataFrame(account)]


def withdraw(
    study: str, work: Path, out: Path, *, pseudonym: str | None, name: str | None, apply: bool
) -> Iterator[str]:
    """Find a person in all builds and reports of a study and, with ``apply``, remove the person.

    Yields lines for the screen. pseudonym or name: one of the two. A name is compared with keyed
    digests and is never printed. Raises RunError when no build holds the person.
    """
    home = work / study
    builds = [p.parent for p in home.glob("*/sources.json")]
    persons = {pseudonym} if pseudonym else _persons_called(str(name), study, builds)
    # Drafts and reports of several studies stand in folders of their own name.
    places = [e for p in out.glob("*/*") if p.is_dir() for e in list_editions(p)]
    plan = plan_withdrawal(persons, builds, places) if persons else None
    if plan is None or not plan.tables:
        raise RunError(f"No build of {study} in {work} holds this person")
    yield f"Rows: {plan.rows}, in builds: {len(plan.builds)}; editions: {len(plan.editions)}"
    if not apply:
        yield "Nothing was changed. Say it again with --apply to remove the person"
        return
    note_withdrawn(home, persons)
    apply_withdrawal(plan)
    shutil.rmtree(home / SCRATCH, ignore_errors=True)  # coded parts of a large list
    for build in plan.builds:
        for sheet in (build / "restricted").glob(f"{TEXTS}.csv*"):
            sheet.unlink()  # texts by and to the person; a new build writes the others again
    for ledger in (home / "released").glob("*.json"):
        ledger.unlink()  # holds pseudonyms of the counts published; editions are taken down below
    for waiting in work.glob(f"*/{PENDING}"):
        shutil.rmtree(waiting)  # editions of runs that were cut short
    for edition in plan.editions:
        shutil.rmtree(edition)
        _point_to_newest(edition.parent)
    yield "Removed. Build and run again: later builds set the person's rows aside"


def _persons_called(name: str, study: str, builds: list[Path]) -> set[str]:
    """Pseudonyms of everybody of this name, by the keyed digests of the builds."""
    from hrdresearch.privacy.vault import read_stored

    wanted = name_digest(name, study_key(study, create=False))
    if wanted is None:
        raise RunError("The name holds no letter: say the name in full, or the pseudonym")
    # An archive knows an account by its handle, and keeps no sheet of them.
    found = {account_id(name, study_key(study, create=False))}
    for build in builds:
        sheet = build / "restricted" / "persons.csv"
        if sheet.is_file() or sheet.with_name("persons.csv.age").is_file():
            import io

            frame = pd.read_csv(io.BytesIO(read_stored(sheet)), dtype=str)
            found |= set(frame.loc[frame["name_digest"] == wanted, "person"])
    return found


def _point_to_newest(home: Path) -> None:
    """``latest`` points to the newest edition that is left, or goes when there is none."""
    if left := list_editions(home):
        move_pointer(home / "latest", left[-1])
    else:
        (home / "latest").unlink(missing_ok=True)
