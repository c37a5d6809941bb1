"""Counts of a census that several findings share: census entries, census days, their years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrdresearch.findings.make_claims import CountDraft, Population, measured_claim
from hrdresearch.findings.model import Claim


def count_prisoner_years(name: str, words: str, filter_: Mapping[str, Any]) -> CountDraft:
    """A count of census entries: rows of the census, one for each person in each census."""
    return CountDraft(name, words, filter_, "prisoner_year")


def count_on_census_day(year: int, of_list: str = "") -> CountDraft:
    """A count of prisoners on the day of one census; claim ``census.YEAR``.

    of_list: words before the definition, such as the title of the list.
    """
    words = f"{of_list}prisoners on the census day of {year}"
    return CountDraft(f"census.{year}", words, {"census_year": year}, "prisoner")


def census_years(p: Population) -> list[int]:
    """All years from the first to the last census in scope; empty without rows."""
    if not len(p.frame):
        return []
    return list(range(int(p.frame["census_year"].min()), int(p.frame["census_year"].max()) + 1))


def last_census_year(p: Population) -> int:
    """Year of the last census in scope; 0 without rows."""
    return census_years(p)[-1] if len(p.frame) else 0


def first_and_last(p: Population) -> tuple[Claim, Claim]:
    """Claims of the years of the first and last census in scope, of a list with rows."""
    years = census_years(p)
    first, last = (
        measured_claim(
            p,
            f"extent.{key}",
            year,
            "calendar_year",
            f"{key.replace('_', ' ')} in scope",
            f"{end}:census_year",
            filter={"source": p.slug, **p.scope},
        )
        for key, year, end in (
            ("first_census", years[0], "smallest"),
            ("last_census", years[-1], "largest"),
        )
    )
    return first, last
