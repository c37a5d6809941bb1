"""Compares two editions of a public list and says what changed, in lines for the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from hrdresearch.linkage.editions import EditionChanges, compare_editions
from hrdresearch.run.errors import RunError
from hrdresearch.sources import Loaded, load


def edition_lines(slug: str, older: Path, newer: Path) -> list[str]:
    """Lines on cases added, removed, with another date or code, and on changed yearly totals; no names.

    slug: source of both files. Rows are named by their number in the file. RunError for a restricted
    list, because its changes could reveal who is on it.
    """
    lists = [load(slug, path) for path in (older, newer)]
    if not lists[0].facts.policy.public_by_name:
        raise RunError(f"{slug} is a restricted list; its editions are not compared on the screen")
    if "event_year" not in lists[0].accepted:
        raise RunError(f"{slug} holds no dates of events, so there are no yearly totals to compare")
    rows = [x.accepted.set_axis(_numbers(x)) for x in lists]
    return list(_lines(compare_editions(rows[0], rows[1]), rows))


def _numbers(loaded: Loaded) -> pd.Series:
    """Number of each row in its file; if a row gives several persons: 7, 7.1, 7.2."""
    rows = loaded.accepted["source_row"].astype(str)
    again = rows.groupby(rows).cumcount()
    return rows.mask(again > 0, rows + "." + again.astype(str))


def _lines(found: EditionChanges, rows: list[pd.DataFrame]) -> Iterator[str]:
    older, newer = rows
    yield (
        f"{len(older):,} cases in the older edition, {len(newer):,} in the newer one; "
        f"{len(found.same):,} are in both"
    )
    last = older["event_year"].max()
    past = int(found.added["event_year"].le(last).sum())
    yield f"added: {len(found.added):,}, of these {past:,} in years that the older edition holds"
    yield f"removed: {len(found.removed):,}{_at(found.removed['row'])}"
    days = [int(own["event_date_precision"].eq("day").sum()) for own in rows]
    yield f"another date: {len(found.redated):,}" + (
        "" if all(days) else " by year; one edition holds no days, so a changed day is not seen"
    )
    for row, was, now in found.redated[["newer", "was", "is"]].itertuples(index=False):
        yield f"  row {row} of the newer file: {was} before, {now} now"
    for column, was, now, number in found.reclassified.itertuples(index=False):
        yield f"another code in {column}: {was} before, {now} now: {number:,}"
    moved = found.totals[found.totals.iloc[:, 3:].any(axis=1)]
    for year, was, now, *why in moved.astype(int).itertuples(index=False):
        yield (
            f"{year}: {was:,} before, {now:,} now (added {why[0]}, removed {why[1]}, "
            f"moved in {why[2]}, moved out {why[3]})"
        )
    yield "Rows without a name cannot be followed: they count as removed and added."


def _at(numbers: pd.Series) -> str:
    told = ", ".join(numbers.astype(str).head(20))
    return (
        f" (rows of the older file: {told}{', ...' if len(numbers) > 20 else ''})" if told else ""
    )
