"""Withdrawal of a person: removes the rows from every table, and keeps later rows out by marks.

``plan_withdrawal`` only finds the rows; ``apply_withdrawal`` removes them from the tables of every build,
sealed or not. The marks are keyed digests (HMAC with the key of the study) of the pseudonym, of the name
and of the identifier that the list gives the row. ``hrdresearch.run.withdraw`` then deals with editions,
releases and copies.
"""

from __future__ import annotations

import io
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from hrdresearch.privacy.vault import (
    SUFFIX,
    VaultProblem,
    identity_path,
    is_stored,
    read_stored,
    recipient_of,
    sealed_name,
    write_stored,
)

ID_COLUMNS = ("victim_id", "person", "person_id", "target_id", "author_id")
MARKS = "withdrawn.json"


class WithdrawalError(RuntimeError):
    """The marks of persons who withdrew cannot be read, so nothing may be built."""


@dataclass(frozen=True)
class Withdrawal:
    """The rows of a person in the tables of all builds.

    persons: pseudonyms. tables: path of each table that holds rows of the person, with these rows.
    builds: folders of the builds that hold them. source: the only list that is meant; None: all lists.
    """

    persons: tuple[str, ...] = field(repr=False)
    tables: tuple[tuple[Path, pd.DataFrame], ...] = field(repr=False, default=())
    builds: tuple[Path, ...] = ()
    source: str | None = None

    @property
    def rows(self) -> int:
        """Number of the person's rows in all tables."""
        return sum(len(rows) for _, rows in self.tables)

    def values(self, column: str, build: Path | None = None) -> frozenset[str]:
        """Values of a column in the person's rows, in all builds or in one."""
        held = [
            rows[column].dropna().astype(str)
            for path, rows in self.tables
            if column in rows and (build is None or path.is_relative_to(build))
        ]
        return frozenset(pd.concat(held)) - {""} if held else frozenset()


def plan_withdrawal(
    persons: Iterable[str], builds: Sequence[Path], source: str | None = None
) -> Withdrawal:
    """Find every table that holds one of these pseudonyms; nothing is changed.

    builds: folders of the builds. source: search one list only. Raises ValueError without a pseudonym.
    """
    wanted = tuple(sorted(set(persons)))
    if not wanted:
        raise ValueError("no pseudonym given")
    tables: list[tuple[Path, pd.DataFrame]] = []
    touched: list[Path] = []
    for build in builds:
        held = [(path, _rows_of(path, wanted, source)) for path in _tables_of(build)]
        held = [(path, rows) for path, rows in held if len(rows)]
        tables += held
        if held:
            touched.append(build)
    return Withdrawal(wanted, tuple(tables), tuple(touched), source)


def apply_withdrawal(plan: Withdrawal) -> None:
    """Remove the rows of a plan from their tables.

    The names index keeps the hashes of the name on purpose, so that the scan finds the name in later
    reports too (see ``run.withdrawn_names``).
    """
    for path, _ in plan.tables:
        frame = _table(path)
        rewrite_table(path, frame[~_mask(frame, plan.persons, plan.source)])


def rewrite_table(path: Path, frame: pd.DataFrame) -> None:
    """Replace a Parquet file or a CSV sheet in one step; it stays sealed where it was sealed."""
    left = io.BytesIO()
    if path.suffix == ".csv":
        frame.to_csv(left, index=False)
    else:
        frame.to_parquet(left, index=False)
    _replace_file(path, left.getvalue(), _recipient(path))


def leave_tombstones(seen: Path, persons: Iterable[str]) -> int:
    """Erase persons from the rows kept for a release; returns the number of rows erased.

    seen: file of the rows that ``make_release`` returned. Each erased person counts as one change of the
    area. A row keeps its State and contributor, so that the change counts there; the pseudonym becomes a
    random word and the facts become empty.
    """
    if not is_stored(seen):
        return 0
    frame = _table(seen)
    gone = frame["person"].isin(list(persons))
    drawn = {one: f"gone-{secrets.token_hex(8)}" for one in frame.loc[gone, "person"].unique()}
    if gone.any():
        erased = frame[gone].assign(facts="", person=frame.loc[gone, "person"].map(drawn))
        rewrite_table(seen, pd.concat([frame[~gone], erased.drop_duplicates()], ignore_index=True))
    return int(gone.sum())


def read_withdrawn(home: Path) -> frozenset[str]:
    """Read the marks of the persons who withdrew from a study.

    home: ``WORK/<study>``. Raises WithdrawalError where the file is damaged, VaultProblem where it is
    sealed and the vault is locked.
    """
    path = home / MARKS
    if not is_stored(path):
        return frozenset()
    try:
        noted = json.loads(read_stored(path).decode("utf-8"))
    except (ValueError, RecursionError):
        noted = None
    if not isinstance(noted, list) or not all(isinstance(one, str) for one in noted):
        raise WithdrawalError(
            f"{path.name} in {path.parent} is damaged: it notes who was withdrawn. Put a whole copy "
            "back before anything is built"
        )
    return frozenset(noted)


def add_withdrawn_marks(home: Path, marks: Iterable[str], recipient: str | None) -> None:
    """Add marks of a person to those of all persons who withdrew from a study.

    home: ``WORK/<study>``. recipient: public key for which the marks are sealed; None: not sealed. Raises
    VaultProblem where earlier marks are sealed and these would not be.
    """
    home.mkdir(parents=True, exist_ok=True)
    path = home / MARKS
    if recipient is None and sealed_name(path).is_file():
        raise VaultProblem(
            f"{path.name} of {home.name} is sealed, and the current build of {home.name} is not. "
            "Build from the sealed list first."
        )
    body = json.dumps(sorted(read_withdrawn(home) | set(marks))).encode("utf-8")
    _replace_file(path, body, recipient)
    if recipient is not None:
        path.unlink(missing_ok=True)


def _replace_file(path: Path, data: bytes, recipient: str | None) -> None:
    """Write a file in one step, sealed where a recipient is given."""
    draft = path.with_name(f".{path.name}.new")
    written = write_stored(draft, data, recipient)
    written.replace(sealed_name(path) if written != draft else path)


def _tables_of(build: Path) -> list[Path]:
    """Tables of a build, open or sealed, by the name that they have when open."""
    sealed = {p.with_name(p.name.removesuffix(SUFFIX)) for p in build.rglob(f"*.parquet{SUFFIX}")}
    return sorted(sealed | set(build.rglob("*.parquet")))


def _table(path: Path) -> pd.DataFrame:
    return pd.read_parquet(io.BytesIO(read_stored(path)))


def _recipient(path: Path) -> str | None:
    """For whom the table is sealed anew; None where it stands open."""
    identity = identity_path()
    return None if path.is_file() or identity is None else recipient_of(identity)


def _rows_of(path: Path, persons: tuple[str, ...], source: str | None) -> pd.DataFrame:
    frame = _table(path)
    return frame[_mask(frame, persons, source)]


def _mask(frame: pd.DataFrame, persons: tuple[str, ...], source: str | None) -> pd.Series:
    mask = pd.Series(False, index=frame.index)
    for column in ID_COLUMNS:
        if column in frame.columns:
            mask |= frame[column].isin(persons)
    return mask & frame["source"].eq(source) if source and "source" in frame else mask
