"""Finding on years: requests for visits, invitations and visits, each in the year of its day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from hrdresearch.findings.model import Claim, Drawing, Finding
from hrdresearch.findings.sentences import agreement_tag, claim_tag, join_with_and
from hrdresearch.stats.visit_status import has_reached
from hrdresearch.studies.registers.visit_schedules import VisitRequests
from hrdresearch.studies.shapes.count_tables import column_heads, table_of_counts

DRAWN = {
    "requested": "Visits requested",
    "invited": "Invitations issued",
    "visited": "Visits conducted",
}
CALLED = {"requested": "request", "invited": "invitation", "visited": "visit"}
FEWEST_YEARS = 3  # with fewer, or fewer days, there is no figure, and the finding says nothing
FEWEST_DAYS = 10


def by_year_finding(study: VisitRequests) -> Finding:
    """Finding: requests, invitations and visits by year, to the cut-off; empty where few have a day."""
    reached = {
        status: study.requests[has_reached(study.requests, status, study.cut_off)]
        for status in DRAWN
    }
    days = {status: rows[f"{status}_date"].dropna() for status, rows in reached.items()}
    years = _years(days.values(), study.cut_off)
    known = {
        status: study.numbers(
            "request",
            {
                f"by_year.{status}.known": (len(days[status]), f"{words}, with a day"),
                f"by_year.{status}.of": (len(reached[status]), words),
            },
        )
        for status, words in DRAWN.items()
        if years
    }
    end = study.cut_off
    part = () if (end.month, end.day) == (12, 31) else tuple((s, str(end.year)) for s in DRAWN)
    return table_of_counts(
        study,
        "by_year",
        "Visits requested, invitations issued and visits conducted, by year",
        column_heads("Year", **DRAWN),
        [(str(year), *_counts(study, days, year)) for year in years],
        beside=[claim for pair in known.values() for claim in pair],
        statements=(_days_known(known),) if years else (),
        drawing=Drawing("columns", "label", tuple(DRAWN), part_years=part),
        notes=(
            "Each counts in the year of its day; what has no day is in no year. A year without a column has "
            "none in the ledger, which does not mean that there was none.",
        ),
    )


def _years(days: Iterable[pd.Series], end: pd.Timestamp) -> list[int]:
    """Years from the first day to the cut-off; none where the years or the days are few."""
    every = pd.concat(list(days))
    years = list(range(int(every.min().year), end.year + 1)) if len(every) else []
    return years if len(every) >= FEWEST_DAYS and len(years) >= FEWEST_YEARS else []


def _counts(study: VisitRequests, days: Mapping[str, pd.Series], year: int) -> list[Claim]:
    return [
        study.number(
            f"by_year.{status}.{year}",
            int((days[status].dt.year == year).sum()),
            "request",
            f"{words} in {year}",
        )
        for status, words in DRAWN.items()
    ]


def _days_known(known: Mapping[str, list[Claim]]) -> str:
    """Sentence on how many of the requests, invitations and visits have a day; others are in no year."""
    told = []
    for status, (days, of) in known.items():
        part = "the" if days.value == of.value == 1 else f"{claim_tag(days, 'none')} of"
        noun = agreement_tag(of, CALLED[status], f"{CALLED[status]}s")
        told += [f"{part} {claim_tag(of)} {noun}"] if of.value else []
    return f"A day is recorded for {join_with_and(told)}; the figure has these, each in its year."
