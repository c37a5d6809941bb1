"""The yearly counts of a list that a model may use: whole years that are old enough, with their delay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import Population
from hrdresearch.stats.trends import Delay, Refusal, estimate_delay
from hrdresearch.stats.trends.delay import YOUNGER, age_of_year
from hrdresearch.stats.trends.states import changes_without_each
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.ground.study import Study
from hrdresearch.tables import match_rows
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence

SETTLED_WITHOUT_DELAY = 1.0  # least age, in years, of a year that is used where no delay is known
RECENT = 10  # years of the second period
CENSUS = "census"
KNOWN_LINKS = ("confirmed", "suspected")


@dataclass(frozen=True, eq=False)
class Series:
    """The counts of one list.

    counts: a row for each State, a column for each year that is used. day: day of the file, as given
    (``is_day_given``) or that of the last case. left_out: covered years that are too recent. delay:
    reporting delay, or why there is none. is_census: whether one person may stand in several years.
    edition_days: days of the editions that the delay is estimated from; this file is the last.
    """

    population: Population
    counts: pd.DataFrame
    day: pd.Timestamp
    is_day_given: bool
    left_out: tuple[int, ...]
    delay: Delay | Refusal
    is_census: bool
    edition_days: tuple[pd.Timestamp, ...] = ()

    @property
    def total(self) -> pd.Series:
        """Cases of all States by year."""
        return self.counts.sum()

    @property
    def unit(self) -> str:
        """Unit of a count: a case, or the entry of a person in a census."""
        return "prisoner_year" if self.is_census else "case"

    @property
    def periods(self) -> dict[str, list[int]]:
        """The periods, fixed beforehand: ``all`` years that are used, and the ``recent`` ten of more."""
        years = [int(y) for y in self.counts.columns]
        more = {"recent": years[-RECENT:]} if len(years) > RECENT else {}
        return {"all": years, **more}

    @property
    def latest(self) -> list[int]:
        """Years of the period of tables by State: the recent ten, or all where there are no more."""
        return self.periods.get("recent", self.periods["all"])

    def ages(self) -> pd.Series:
        """Age of each year on the day of the file, in years."""
        return pd.Series({y: age_of_year(int(y), self.day) for y in self.counts.columns})

    def states_that_decide(self, years: list[int], word: str) -> list[str]:
        """Names of the States without which the change of these years would not get this word.

        Each State with a tenth of the cases or more is left out in turn.
        """
        without = changes_without_each(self.counts[years], is_carried=self.is_census)
        return [
            name_in_sentence(iso3)
            for iso3 in sorted(without, key=alphabetical_key)
            if len(self.counts) > 1 and getattr(without[iso3], "word", "") != word
        ]

    def listed(self, years: list[int]) -> list[pd.Series]:
        """Shares of the cases of these years that are listed, for ``estimate_change``; [] without a delay."""
        return [] if isinstance(self.delay, Refusal) else self.delay.shares(self.ages()[years])


class SeriesStudy(Study):
    """A study with the yearly counts of each list, which all its findings are made from."""

    @cached_property
    def series(self) -> dict[str, Series]:
        """Yearly counts of each list, by its slug."""
        return {
            p.slug: series_of(self.build, p, self.params, self.scope.filter)
            for p in self.populations
        }


def series_of(
    build: Build, p: Population, params: Mapping[str, Any], scope: Mapping[str, Any]
) -> Series:
    """Counts of one list in the scope of a run, of the years that a model may use."""
    is_census = next(f["table"] for f in build.facts() if f["slug"] == p.slug) == CENSUS
    day, is_given = _day_of_file(build, p, str(params.get("file_days", "last_case")))
    delay = Refusal("one_edition") if is_census else _delay(build, p, day, scope)
    whole = _whole_years(p, scope)
    ended = [y for y in whole if age_of_year(y, day) >= 0] if not is_census else whole
    least = 0.0 if is_census else _least_age(delay)
    used = [y for y in ended if is_census or age_of_year(y, day) >= least]
    rows = p.frame[p.frame["event_year"].isin(used)]
    counts = pd.crosstab(rows["state_iso3"], rows["event_year"].astype(int))
    counts = counts.reindex(columns=used, fill_value=0)
    left_out = tuple(y for y in whole if y not in used)
    held = build.table("editions")
    days = sorted(pd.to_datetime(held.loc[held["list_slug"] == p.slug, "edition_day"]).unique())
    editions = (*(pd.Timestamp(d) for d in days if d < day), day)
    return Series(p, counts, day, is_given, left_out, delay, is_census, editions)


def _least_age(delay: Delay | Refusal) -> float:
    return (
        SETTLED_WITHOUT_DELAY if isinstance(delay, Refusal) else max(delay.youngest - YOUNGER, 0.0)
    )


def _day_of_file(build: Build, p: Population, given: str) -> tuple[pd.Timestamp, bool]:
    """Day of the file as it was given, else of the last case that is dated to the day."""
    days = dict(part.split("=") for part in given.split(",") if "=" in part)
    if p.slug in days:
        return pd.Timestamp(days[p.slug]), True
    rows = build.table(p.table)
    rows = rows[rows["source"] == p.slug]
    last = rows.loc[rows["event_date_precision"] == "day", "event_date"].max()
    return (last if pd.notna(last) else pd.Timestamp(int(rows["event_year"].max()), 12, 31)), False


def _whole_years(p: Population, scope: Mapping[str, Any]) -> list[int]:
    """Years that the list covers whole and that are asked for, without a gap, up to the last."""
    asked = scope.get("event_year") or {}
    first, last = p.coverage.first, p.coverage.last
    if first is None or last is None:
        return []
    first, last = max(first, asked.get("from") or first), min(last, asked.get("to") or last)
    years: list[int] = []
    for year in range(last, first - 1, -1):
        if year not in p.coverage.part_years:
            years.insert(0, year)
        elif years:
            break
    return years


def _delay(
    build: Build, p: Population, day: pd.Timestamp, scope: Mapping[str, Any]
) -> Delay | Refusal:
    """Reporting delay of a list from its earlier editions and this one, in the States and links asked for."""
    held = build.table("editions")
    within = {k: v for k, v in scope.items() if k in ("state_iso3", "motive_link_code")}
    earlier = held[held["list_slug"] == p.slug]
    # An edition that records no link with the work cannot be compared by it.
    if "motive_link_code" in within:
        tells = earlier["motive_link_code"].isin(KNOWN_LINKS).groupby(earlier["edition_day"]).any()
        earlier = earlier[earlier["edition_day"].map(tells).astype(bool)]
    earlier = earlier[match_rows(earlier, within)]
    now = build.table(p.table)
    now = now[(now["source"] == p.slug) & match_rows(now, within)].dropna(subset=["event_year"])
    counted = {
        pd.Timestamp(str(edition)): rows.groupby("event_year")["case_count"].sum()
        for edition, rows in earlier.groupby("edition_day")
    }
    counted = {edition: counts for edition, counts in counted.items() if edition < day}
    counted[day] = now.groupby("event_year").size()
    first = int(p.coverage.first or now["event_year"].min())
    rows = [
        (edition, year, int(counts.get(year, 0)))
        for edition, counts in counted.items()
        for year in range(first, edition.year)
    ]
    return estimate_delay(pd.DataFrame(rows, columns=["edition_day", "year", "cases"]))
