"""Compares two editions of one list: cases added, removed, with another class or with another date.

    found = compare_editions(older.accepted, newer.accepted)
    found.totals                # a row for each year: cases in both editions, and what made the difference
    found.reclassified          # how often one class was changed to another

Rows are linked by the persons they name (``linkage.persons``), because identifiers change between
editions. A case that was removed was not necessarily wrong, and a case that was added need not be recent:
publishers examine cases for years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from hrdresearch.linkage.persons import Links, link_same_persons

CLASSES = ("motive_link_code", "death_type_code", "impunity_code", "threats_before")
OLDER, NEWER = "older", "newer"
NOT_ASKED = "not_asked"
SAYS_NOTHING = {NOT_ASKED, "unknown"}  # in every row of an edition: it does not hold the class


@dataclass(frozen=True)
class EditionChanges:
    """Changes from an older edition of a list to a newer one; row keys and no names.

    same: cases in both editions (older, newer, probability, year_was, year_is).
    added, removed: rows that only the newer, or only the older edition holds, with their year.
    redated: cases of ``same`` with another day, or with another year where an edition holds no day
        (was, is).
    reclassified: how often a class was changed to another, where both editions record it (column, was,
        is, rows).
    totals: a row for each year: ``older``, ``newer``, ``added``, ``removed``, ``moved_in``, ``moved_out``
        (a changed date, or a first one); years after the last year of the older edition are left out.
    links: the links of rows, with the reasons.
    """

    same: pd.DataFrame
    added: pd.DataFrame
    removed: pd.DataFrame
    redated: pd.DataFrame
    reclassified: pd.DataFrame
    totals: pd.DataFrame
    links: Links


def compare_editions(
    older: pd.DataFrame,
    newer: pd.DataFrame,
    classes: Sequence[str] = CLASSES,
) -> EditionChanges:
    """Compare two editions of one list, after its source has cleaned both.

    older, newer: rows with ``name_as_published``, ``event_date``, ``event_date_precision``,
    ``event_year``, and further facts of ``link_same_persons``; the index holds row keys. classes: columns
    of codes; a column that one edition does not hold is left out. Where the older edition holds a case
    twice and the newer once, one row counts as removed. Rows without a name are linked with no row, and
    count as removed and added.
    """
    links = link_same_persons({OLDER: older, NEWER: newer})
    old, new = (rows.set_axis(rows.index.astype(str)) for rows in (older, newer))
    same = _same(links, old, new)
    was, now = old.loc[same[OLDER]], new.loc[same[NEWER]]
    added, removed = _only_in_one(new, same[NEWER]), _only_in_one(old, same[OLDER])
    return EditionChanges(
        same,
        added,
        removed,
        _redated(same, was, now),
        _reclassified(was, now, [c for c in classes if _holds(old, c) and _holds(new, c)]),
        _totals(old, new, added, removed, same),
        links,
    )


def _only_in_one(rows: pd.DataFrame, same: pd.Series) -> pd.DataFrame:
    """Rows that the other edition does not hold, with their year."""
    return rows.loc[~rows.index.isin(same), ["event_year"]].rename_axis("row").reset_index()


def _same(links: Links, old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """One row of each edition for each case that both hold, with the years of both."""
    persons = links.clusters.pivot(index="cluster", columns="list", values="row")
    pairs = persons.reindex(columns=[OLDER, NEWER]).dropna().reset_index(drop=True)
    chance = {
        frozenset(((a, x), (b, y))): p
        for a, x, b, y, p in links.pairs.iloc[:, :5].itertuples(index=False)
    }
    both = zip(pairs[OLDER], pairs[NEWER], strict=True)
    return pairs.rename_axis(columns=None).assign(
        probability=[chance[frozenset(((OLDER, x), (NEWER, y)))] for x, y in both],
        year_was=old.loc[pairs[OLDER], "event_year"].to_numpy(),
        year_is=new.loc[pairs[NEWER], "event_year"].to_numpy(),
    )


def _redated(same: pd.DataFrame, was: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Cases with another day, or another year where one edition holds no day."""
    days = [rows["event_date_precision"].eq("day").to_numpy() for rows in (was, now)]
    dates = [rows["event_date"].dt.strftime("%Y-%m-%d").to_numpy() for rows in (was, now)]
    other_day = days[0] & days[1] & (dates[0] != dates[1])
    years = [same[end].astype("Int64") for end in ("year_was", "year_is")]
    other_year = years[0].ne(years[1]).fillna(False).to_numpy(bool)
    told = [
        [day if is_day else str(year) for day, is_day, year in zip(*parts, strict=True)]
        for parts in zip(dates, days, years, strict=True)
    ]
    found = same[[OLDER, NEWER]].assign(was=told[0], **{"is": told[1]})
    kept: pd.DataFrame = found[other_day | other_year].reset_index(drop=True)
    return kept


def _holds(rows: pd.DataFrame, column: str) -> bool:
    return column in rows and not set(rows[column].unique()) <= SAYS_NOTHING


def _reclassified(was: pd.DataFrame, now: pd.DataFrame, classes: Sequence[str]) -> pd.DataFrame:
    """Numbers of cases by column, class before and class after, where both were asked and differ."""
    parts = [
        pd.DataFrame({"column": c, "was": was[c].to_numpy(), "is": now[c].to_numpy()})
        for c in classes
    ]
    every = pd.concat(parts) if parts else pd.DataFrame(columns=["column", "was", "is"])
    asked = every["was"].ne(NOT_ASKED) & every["is"].ne(NOT_ASKED)
    other = every[asked & every["was"].ne(every["is"])]
    return other.groupby(["column", "was", "is"]).size().reset_index(name="rows")


def _totals(
    old: pd.DataFrame,
    new: pd.DataFrame,
    added: pd.DataFrame,
    removed: pd.DataFrame,
    same: pd.DataFrame,
) -> pd.DataFrame:
    """Cases by year in both editions, and what made the difference."""
    moved = same[same["year_was"].ne(same["year_is"]).fillna(False)]
    counts = {
        OLDER: old["event_year"],
        NEWER: new["event_year"],
        "added": added["event_year"],
        "removed": removed["event_year"],
        "moved_in": moved["year_is"],
        "moved_out": moved["year_was"],
    }
    table = pd.DataFrame({key: years.value_counts() for key, years in counts.items()})
    table = table.fillna(0).astype(int).rename_axis("year").sort_index()
    past: pd.DataFrame = table[table.index <= old["event_year"].max()].reset_index()
    return past
