"""Why no trend, delay or break is stated: a code, the reason in words, and what would be needed."""

from __future__ import annotations

from dataclasses import dataclass

from hrdresearch.stats.trends.limits import (
    FEWEST_CASES,
    FEWEST_LATE,
    FEWEST_STATES,
    FEWEST_YEARS,
)

# Reason, as the end of "no rise or fall is stated, because", and what would be needed.
REASONS = {
    "too_few_years": (
        f"fewer than {FEWEST_YEARS} years are covered as a whole",
        "More years, covered in the same way.",
    ),
    "too_few_cases": (
        f"fewer than {FEWEST_CASES} cases are documented in these years",
        "More cases, or a longer period.",
    ),
    "one_year": (
        "one year holds half of the cases or more, so that the year, and not the period, would speak",
        "A look at the events of that year.",
    ),
    "years_hang_together": (
        "following years are so alike that a wave of some years cannot be told from a change over all",
        "A longer period.",
    ),
    "too_wide": (
        "the interval is wider than a factor of two a year",
        "More cases, or a longer period.",
    ),
    "too_wide_break": (
        "the ends of the interval are further apart than a factor of four",
        "More cases, or more years before and after.",
    ),
    "too_few_states": (
        f"fewer than {FEWEST_STATES} States have five documented cases or more",
        "A list of more States.",
    ),
    "one_edition": (
        "no earlier edition of the list is at hand",
        "An earlier edition of the same list, with its day.",
    ),
    "editions_differ": (
        "the editions differ in years that were long past in both, so that they do not count the same",
        "Editions that count by one definition.",
    ),
    "few_late_cases": (
        f"fewer than {FEWEST_LATE} cases were added after the end of their year between the editions",
        "More editions.",
    ),
    "age_not_seen": (
        "no edition was as close to the end of a year as this one",
        "An edition that was made as soon after a year.",
    ),
    "too_few_periods": (
        "fewer than five years before the stated day or two years after it are covered",
        "A list that goes on for longer.",
    ),
    "withheld": (
        "numbers of a list shared in confidence are rounded",
        "The desk that keeps the list.",
    ),
}


@dataclass(frozen=True)
class Refusal:
    """Why no number is given. code: one of ``REASONS``."""

    code: str

    @property
    def reason(self) -> str:
        """The reason, as the end of a sentence with "because"."""
        return REASONS[self.code][0]

    @property
    def needed(self) -> str:
        """What would be needed, as a sentence."""
        return REASONS[self.code][1]

    def __str__(self) -> str:
        return f"No number is given, because {self.reason}. Needed: {self.needed}"
