"""Leaves rows out of a build: rows of persons who withdrew, and rows that are kept no longer.

``WORK/<study>/withdrawn.json`` holds keyed hashes of these rows (see ``privacy.withdraw``), so that later
builds set them aside although the publisher's file still holds them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from hrdresearch.privacy.withdraw import ID_COLUMNS, read_withdrawn
from hrdresearch.run.steps import Built, Pieces
from hrdresearch.tables import TABLES

REASON = "Taken out: withdrawn, or no longer to be kept."  # must not reveal which of the two
DIGESTS = ["name_digest", "record_digest"]  # columns of the sheet of persons


def without_withdrawn(built: Built, home: Path) -> Built:
    """The tables without the rows of withdrawn persons, which are set aside with a reason.

    home: ``WORK/<study>``. A row is recognized by its pseudonym, its identifier in the list, or the name:
    the keyed hash may be of any of these.
    """
    withdrawn = read_withdrawn(home)
    if not withdrawn:
        return built
    withdrawn |= persons_marked(built.restricted.get("persons", pd.DataFrame()), withdrawn)
    tables: dict[str, pd.DataFrame | Pieces] = {}
    aside: list[pd.DataFrame] = []
    for name, frame in built.tables.items():
        if callable(frame):
            tables[name] = frame  # a table in pieces: pieces_without_withdrawn handles it
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
    """Rows that stay, and the account of rows in which a withdrawn person has any role."""
    columns = {TABLES[name].person_column, *ID_COLUMNS} & set(frame.columns)
    return split_rows(frame, frame[list(columns)].isin(withdrawn).any(axis=1), files, REASON)


def split_rows(
    frame: pd.DataFrame, leaves: pd.Series, files: Mapping[str, str], reason: str
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """Rows that stay, and the account of rows removed (file, row, reason); leaves: True to remove."""
    if not leaves.any():
        return frame.reset_index(drop=True), []
    rows = frame[leaves]
    account = {"file": rows["source"].map(files), "row": rows["source_row"], "reason": reason}
    return frame[~leaves].reset_index(drop=True), [pd.DataFrame(account)]


def persons_marked(sheet: pd.DataFrame, marks: frozenset[str]) -> frozenset[str]:
    """Pseudonyms of persons whose name or identifier has one of these keyed hashes (marks)."""
    held = sheet[[column for column in DIGESTS if column in sheet]]
    return (
        frozenset(sheet.loc[held.isin(marks).any(axis=1), "person"]) if len(sheet) else frozenset()
    )
