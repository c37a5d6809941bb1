"""Looking at a file before a build: which format it is and what is wrong with it, row by row."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from hrdresearch.sources.errors import SourceError
from hrdresearch.sources.registry import get_spec, identify, load

COLUMNS = ["row", "column", "what", "done"]


@dataclass(frozen=True)
class CheckResult:
    """What a file is and what is wrong with it; no text holds a person's data.

    error: why the file cannot be used at all, empty when it can. problems: columns row (0 is the
    whole file), column, what, done ("set aside" or what the build does with the value).
    """

    path: Path
    slug: str = ""
    layout: str = ""
    title: str = ""
    rows_in: int = 0
    accepted: int = 0
    error: str = ""
    notes: tuple[str, ...] = ()
    problems: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=COLUMNS))

    @property
    def is_usable(self) -> bool:
        """True when a build can use the file."""
        return not self.error

    def sentences(self) -> list[str]:
        """The result in sentences, the file first, then each problem in the order of the file."""
        if not self.is_usable:
            return [self.error]
        aside = self.rows_in - self.accepted
        said = [
            f"{self.path.name}: {self.title} (source {self.slug}, format {self.layout}).",
            f"{self.rows_in} rows: {self.accepted} accepted, {aside} set aside.",
            *self.notes,
        ]
        return said + [_sentence(*problem) for problem in self.problems.itertuples(index=False)]


def check_file(path: str | Path, slug: str | None = None) -> CheckResult:
    """Identify a file and read it as a build would; errors are in the result, not raised.

    slug: the source that the file is of; without it the columns tell.
    """
    path = Path(path)
    try:
        found, layout = identify(path) if slug is None else (slug, "")
        loaded = load(found, path)
    except SourceError as error:
        return CheckResult(path, error=str(error))
    except PermissionError:
        return CheckResult(path, error=f"{path.name}: you may not read this file.")
    layout = loaded.layout
    title = next(one.title for one in get_spec(found).layouts if one.name == layout)
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
        problems=problems.sort_values(["row", "column"], kind="stable", ignore_index=True),
    )


def _sentence(row: int, column: str, what: str, done: str) -> str:
    where = f"Row {row}" if row else "Whole file"
    of_column = f", column {column!r}" if column else ""
    return f"{where}{of_column}: {what.rstrip('.')} ({done})."
