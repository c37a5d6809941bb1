"""Check a file before a build: which format it is, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from hrdresearch.sources.beside_the_table import NO_ROW
from hrdresearch.sources.errors import SourceError
from hrdresearch.sources.loading import load
from hrdresearch.sources.notes import Note
from hrdresearch.sources.reading import Opener
from hrdresearch.sources.registry import get_spec, identify, other_matching_layouts
from hrdresearch.sources.several_files import NOTES_ON_DATA, file_kind

COLUMNS = ["row", "column", "what", "done"]
ROWS_NAMED = 5  # of a remark that repeats


@dataclass(frozen=True)
class CheckResult:
    """The format of a file, and the problems found in it; no text holds a person's data.

    slug, layout, title: the source and the format. rows_in, accepted: numbers of rows. error: why
    the file cannot be used at all, empty when it can. others: formats of other sources with the
    same columns. problems: columns row (0 is the whole file), column, what, done ("set aside", or
    what the build does with the value).
    """

    path: Path
    slug: str = ""
    layout: str = ""
    title: str = ""
    rows_in: int = 0
    accepted: int = 0
    error: str = ""
    notes: tuple[Note, ...] = ()
    how_read: str = ""
    others: tuple[str, ...] = ()
    problems: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=COLUMNS))

    @property
    def is_usable(self) -> bool:
        """True when a build can use the file."""
        return not self.error

    @property
    def no_rows(self) -> int:
        """Rows of the file that are none of the list: totals, headings, notes."""
        return int(self.problems["what"].astype(str).str.startswith(NO_ROW).sum())

    @property
    def account(self) -> str:
        """A sentence on how many rows of the list were accepted and set aside."""
        rows = self.rows_in - self.no_rows
        beside = f" Other rows of the file, not counted: {self.no_rows}." if self.no_rows else ""
        return f"{rows} rows: {self.accepted} accepted, {rows - self.accepted} set aside.{beside}"

    def sentences(self) -> list[str]:
        """The result in sentences: first about the file, then one for each different problem."""
        if not self.is_usable:
            return [self.error]
        about_file = [
            f"{self.path.name}: {self.title} (source {self.slug}, format {self.layout}).",
            self.account,
            *([self.how_read] if self.how_read else []),
            *(f"Its columns are also those of {other}." for other in self.others),
            *map(str, self.notes),
        ]
        remarks = self.problems.groupby(["column", "what", "done"], sort=False)["row"]
        return about_file + [_sentence(list(rows), *map(str, remark)) for remark, rows in remarks]


def check_path(
    path: Path,
    slug: str | None = None,
    opener_for: Callable[[Path], Opener] = lambda _: Path.read_bytes,
) -> list[CheckResult]:
    """Check a file, or each file of a folder that may be a list.

    slug: the source of the files; without it the columns decide. opener_for: gives what reads a
    file, for sealed ones. Returns a result for each file.
    """
    if not path.is_dir():
        return [check_file(path, slug, opener_for(path))]
    members = sorted(
        file
        for file in path.iterdir()
        if file.is_file()
        and file_kind(file)
        and not file.name.startswith((".", "~"))
        and not (file.suffix.lower() == ".txt" and file.stem.casefold() in NOTES_ON_DATA)
    )
    if not members:
        return [
            CheckResult(path, error=f"{path.name}: the folder holds no file that may be a list.")
        ]
    return [check_file(file, slug, opener_for(file)) for file in members]


def check_file(
    path: str | Path, slug: str | None = None, opener: Opener = Path.read_bytes
) -> CheckResult:
    """Identify a file and read it as a build would.

    slug: the source of the file; without it the columns decide. Never raises for a bad file: the
    reason is in ``error`` of the result.
    """
    path = Path(path)
    try:
        found, layout = identify(path, opener) if slug is None else (slug, "")
        loaded = load(found, path, opener=opener)
    except SourceError as error:
        return CheckResult(path, error=str(error))
    except OSError as error:
        return CheckResult(path, error=f"{path.name}: cannot be read ({error.strerror}).")
    layout = loaded.layout
    titles = {known.name: known.title for known in get_spec(found).layouts}
    title = titles.get(layout, f"a layout of your own, {layout}")
    aside = loaded.set_aside.assign(column="", done="set aside").rename(columns={"reason": "what"})
    problems = pd.concat([loaded.issues[COLUMNS], aside[COLUMNS]], ignore_index=True)
    return CheckResult(
        path=path,
        slug=found,
        layout=layout,
        title=title,
        rows_in=loaded.rows_in,
        accepted=len(loaded.accepted),
        notes=loaded.notes,
        how_read=loaded.how_read,
        others=tuple(
            f"{o.name!r} of source {o.source!r}"
            for o in other_matching_layouts(path, found, opener)
        ),
        problems=problems.sort_values(["row", "column"], kind="stable", ignore_index=True),
    )


def _sentence(rows: list[int], column: str, what: str, done: str) -> str:
    of_column = f", column {column!r}" if column else ""
    return f"{_where(rows)}{of_column}: {what.rstrip('.')} ({done})."


def _where(rows: list[int]) -> str:
    if len(rows) == 1:
        return f"Row {rows[0]}" if rows[0] else "Whole file"
    if not any(rows):
        return f"Whole file, {len(rows)} times"
    named = ", ".join(map(str, rows[:ROWS_NAMED]))
    more = len(rows) - ROWS_NAMED
    return f"{len(rows)} rows ({named}{f' and {more} more' if more > 0 else ''})"
