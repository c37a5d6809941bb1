"""What is said on the screen of rows that may be of living persons."""

from __future__ import annotations

from collections.abc import Iterator

from hrdresearch.studies.ground.build import Build


def may_live_in_words(build: Build) -> Iterator[str]:
    """A line for each list with rows that may be of living persons; numbers only, for who builds or looks."""
    for account in build.extras("quality") or ():
        aside, counted = account.get("may_live", (0, 0))
        if aside or counted:
            yield (
                f"Look: {account['slug']}: {aside + counted} row(s) may be of living persons: {aside} set "
                f"aside, {counted} counted. Read them in set_aside.csv and issues.csv, and write their status"
            )
