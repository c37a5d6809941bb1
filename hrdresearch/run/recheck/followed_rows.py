"""Follows the rows of a table from one build to another: which were added, removed or corrected.

Rows with the same pseudonym in both builds are the same row. A corrected name, date or place changes the
pseudonym; therefore rows of lists of persons are also compared by name, as editions of a list are
(``linkage.editions``), if the files of both builds are still there. If they are not, or if a table has no
unique column, a corrected row counts as one removed row and one added row.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from hrdresearch.linkage.carried import SURE
from hrdresearch.linkage.editions import NEWER, OLDER, compare_editions
from hrdresearch.privacy.keys import KeyProblem, keys_folder, study_key
from hrdresearch.privacy.vault import VaultProblem, is_stored, read_stored
from hrdresearch.run.build_files import files_of_build
from hrdresearch.run.recheck.moves import KeyedRows
from hrdresearch.run.sealed_lists import CORRECTIONS, opener_for
from hrdresearch.run.steps import row_pseudonyms, table_of_persons
from hrdresearch.sources import SourceError, load, read_corrections
from hrdresearch.studies.ground.build import Build
from hrdresearch.tables import TABLES

KEPT_PAIRS = 8  # results kept in memory, one for each table and pair of builds
BY_NAMES, BY_PSEUDONYMS, BY_CONTENT = "names", "pseudonyms", "content"


@dataclass(frozen=True)
class FollowedRows:
    """Rows of a table in an older and a newer build, both indexed by one key; no names.

    how: ``names`` (corrected rows are followed), ``pseudonyms`` or ``content`` (a corrected row may count
    as one removed and one added). unsure: rows followed by a link with a probability below 0.95.
    """

    older: KeyedRows
    newer: KeyedRows
    how: str
    unsure: int = 0


def follow_rows(table: str, older: Build, newer: Build) -> FollowedRows:
    """Follow the rows of a table between two builds of a study.

    The result is kept in memory for other reports on the same builds. DamagedBuildError if a build cannot
    be read.
    """
    return _followed(table, older, newer, keys_folder())


@lru_cache(maxsize=KEPT_PAIRS)
def _followed(table: str, older: Build, newer: Build, keys: Path) -> FollowedRows:  # noqa: ARG001
    """The work of ``follow_rows``; keys: folder of the keys, so that other keys give another result."""
    before, after = older.table(table), newer.table(table)
    column = key_column(table)
    if column is None:
        kept = [KeyedRows(_by_content(rows)) for rows in (before, after)]
        return FollowedRows(kept[0], kept[1], BY_CONTENT)
    before, after = (rows.set_index(rows[column].astype(str)) for rows in (before, after))
    if table_of_persons(older.study) != table:
        return FollowedRows(KeyedRows(before), KeyedRows(after), BY_PSEUDONYMS)
    moved: dict[str, str] = {}
    unsure, are_followed = 0, True
    for source in sorted(set(before["source"]) & set(after["source"])):
        own = [rows.index[rows["source"] == source] for rows in (before, after)]
        alone = [own[0].difference(own[1]), own[1].difference(own[0])]
        if all(map(len, alone)):
            pairs = _linked(source, older, newer, own)
            if pairs is None:
                are_followed = False
                continue
            pairs = pairs[pairs[OLDER].isin(alone[0]) & pairs[NEWER].isin(alone[1])]
            moved |= dict(zip(pairs[OLDER], pairs[NEWER], strict=True))
            unsure += int(pairs["probability"].lt(SURE).sum())
    kept = [KeyedRows(rows) for rows in (before.rename(index=moved), after)]
    return FollowedRows(kept[0], kept[1], BY_NAMES if are_followed else BY_PSEUDONYMS, unsure)


def key_column(table: str) -> str | None:
    """Name of the column whose values are unique in a table; None if there is none.

    >>> key_column("cases"), key_column("context")
    ('victim_id', None)
    """
    columns = TABLES[table].model.to_schema().columns
    return next((name for name, column in columns.items() if column.unique), None)


def _by_content(rows: pd.DataFrame) -> pd.DataFrame:
    told = rows.drop(columns="source_row", errors="ignore").astype(str).agg("|".join, axis=1)
    return rows.set_index(told + "|" + told.groupby(told).cumcount().astype(str))


def _linked(source: str, older: Build, newer: Build, held: list[pd.Index]) -> pd.DataFrame | None:
    """Pairs of rows of two files that are one person; None if a file is missing or has changed."""
    rows = [
        next(_rows_with_names(source, build, keys), None)
        for build, keys in zip((older, newer), held, strict=True)
    ]
    if rows[0] is None or rows[1] is None:
        return None
    return compare_editions(rows[0], rows[1], classes=()).same


def _rows_with_names(source: str, build: Build, held: pd.Index) -> Iterator[pd.DataFrame]:
    """Rows of the file that a build read, indexed by pseudonyms; first with corrections, then without."""
    store = build.folder.parents[1] / CORRECTIONS
    with suppress(OSError, SourceError, VaultProblem, KeyProblem):
        key = study_key(build.study, create=False)
        given = read_corrections(store, read_stored(store) if is_stored(store) else b"")
        for file in [one for one in files_of_build(build.folder) if one["slug"] == source]:
            path = Path(file.get("folder", "")) / file["file"]
            for corrections in (given, ()):
                read = load(source, path, corrections=corrections, opener=opener_for(path))
                rows = read.accepted.set_axis(row_pseudonyms(read, key))
                if read.sha256 == file["sha256"] and held.isin(rows.index).all():
                    yield rows[rows.index.isin(held)]
