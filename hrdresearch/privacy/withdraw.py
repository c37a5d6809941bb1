"""Withdrawal: a person is removed from every tier and edition.

``plan_withdrawal`` only looks; ``apply_withdrawal`` removes the person's rows from the tables of
every build, open or sealed. Editions that counted the person are listed: the run package makes
them again from the changed builds or takes them down, even where no good edition is left.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from hrdresearch.privacy.vault import (
    SUFFIX,
    identity_path,
    read_stored,
    recipient_of,
    write_stored,
)

ID_COLUMNS = ("victim_id", "person", "person_id", "target_id", "author_id")
_STUBS = "withdrawn.json"


class WithdrawalError(RuntimeError):
    """The note of withdrawn persons cannot be read, so nobody may be built without it."""


@dataclass(frozen=True)
class Withdrawal:
    """Where a person's rows are.

    persons: pseudonyms. tables: paths with their numbers of rows of the person. builds, editions:
    folders that hold or counted the person.
    """

    persons: tuple[str, ...] = field(repr=False)
    tables: tuple[tuple[Path, int], ...] = ()
    builds: tuple[Path, ...] = ()
    editions: tuple[Path, ...] = ()

    @property
    def rows(self) -> int:
        """Rows over all tables."""
        return sum(rows for _, rows in self.tables)


def plan_withdrawal(
    persons: Iterable[str], builds: Sequence[Path], editions: Sequence[Path] = ()
) -> Withdrawal:
    """Find every table that holds one of these pseudonyms, and the editions made from them.

    builds: folders of builds (their name is the build id). editions: folders with a manifest.json
    that says its builds. An edition whose manifest cannot be read is listed too.
    """
    wanted = tuple(sorted(set(persons)))
    if not wanted:
        raise ValueError("no pseudonym given")
    tables: list[tuple[Path, int]] = []
    touched: list[Path] = []
    for build in builds:
        held = [(path, _rows_of(path, wanted)) for path in _tables_of(build)]
        held = [(path, rows) for path, rows in held if rows]
        tables += held
        if held:
            touched.append(build)
    ids = {build.name for build in touched}
    made = [edition for edition in editions if _build_ids(edition) & {*ids, None}]
    return Withdrawal(wanted, tuple(tables), tuple(touched), tuple(made))


def apply_withdrawal(plan: Withdrawal) -> list[Path]:
    """Remove the rows from the tables; the build folders changed.

    The pseudonyms are kept in ``restricted/withdrawn.json`` of each build, so that a new build
    leaves the person out although the publisher's file still holds the row. The names index keeps
    the person's hashes on purpose: the scan must go on finding the name.
    """
    for path, _ in plan.tables:
        frame = _table(path)
        left = io.BytesIO()
        frame[~_mask(frame, plan.persons)].to_parquet(left, index=False)
        draft = path.with_name(f".{path.name}.new")
        written = write_stored(draft, left.getvalue(), _recipient(path))
        written.replace(path.with_name(path.name + SUFFIX) if written != draft else path)
    for build in plan.builds:
        note_withdrawn(build / "restricted", plan.persons)
    return list(plan.builds)


def read_withdrawn(restricted: Path) -> frozenset[str]:
    """Pseudonyms noted as withdrawn in a restricted folder; WithdrawalError where it is damaged."""
    path = restricted / _STUBS
    if not path.exists():
        return frozenset()
    try:
        noted = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        noted = None
    if not isinstance(noted, list) or not all(isinstance(one, str) for one in noted):
        raise WithdrawalError(
            f"{path.name} in {path.parent} is damaged: it notes who was withdrawn. Put a whole copy "
            "back before anything is built"
        )
    return frozenset(noted)


def note_withdrawn(restricted: Path, persons: Iterable[str]) -> None:
    """Add pseudonyms to the note of withdrawn persons."""
    restricted.mkdir(parents=True, exist_ok=True)
    path = restricted / _STUBS
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(
        json.dumps(sorted(read_withdrawn(restricted) | set(persons))), encoding="utf-8"
    )
    draft.replace(path)


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


def _rows_of(path: Path, persons: tuple[str, ...]) -> int:
    return int(_mask(_table(path), persons).sum())


def _mask(frame: pd.DataFrame, persons: tuple[str, ...]) -> pd.Series:
    mask = pd.Series(False, index=frame.index)
    for column in ID_COLUMNS:
        if column in frame.columns:
            mask |= frame[column].isin(persons)
    return mask


def _build_ids(edition: Path) -> set[str | None]:
    """Ids of the builds of an edition; None among them where its manifest cannot be read."""
    try:
        body = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))
        several = [build["build_id"] for build in body.get("builds", ())]
        return {str(build_id) for build_id in (body["build_id"], *several)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {None}
