"""Says on the screen how many rows of a list may be about persons who live in freedom."""

from __future__ import annotations

from collections.abc import Iterator

from hrdresearch.sources import get_facts
from hrdresearch.studies.ground.build import Build


def may_live_in_words(build: Build) -> Iterator[str]:
    """A line for each list with rows that may be about living persons; it gives numbers only."""
    for account in build.extras("quality") or ():
        aside, counted = account.get("may_live", (0, 0))
        is_of_held = get_facts(account["slug"]).table == "detentions"  # the detained live, too
        whose = "persons in freedom and at risk" if is_of_held else "living persons"
        if aside or counted:
            yield (
                f"Look: {account['slug']}: {aside + counted} row(s) may be about {whose}: {aside} set "
                f"aside, {counted} counted. Read them in set_aside.csv and issues.csv, and write their status"
            )
