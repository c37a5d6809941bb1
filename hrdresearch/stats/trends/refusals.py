"""Why no trend, delay or break is stated: a code, the reason in words, and what would be needed."""

from __future__ import annotations

from dataclasses import dataclass

# In short for a table; the reason, as the end of "no rise or fall is stated, because"; what would be needed.
# Numbers are those of limits.py, in words.
REASONS = {
    "too_few_years": (
        "too few years",
        "fewer than eight years are covered as a whole",
        "More years, covered in the same way.",
    ),
    "too_few_cases": (
        "too few cases",
        "fewer than thirty cases are documented in these years",
        "More cases, or a longer period.",
    ),
    "one_year": (
        "one year",
        "one year holds half of the cases or more, so that the year, and not the period, would speak",
        "A look at the events of that year.",
    ),
    "years_hang_together": (
        "years move together",
        "the numbers of neighbouring years move together, so that a few high years cannot be told from a "
        "lasting change",
        "A longer period.",
    ),
    "periods_hang_together": (
        "course not straight",
        "neighbouring years or quarters move together, so that a few high ones cannot be told from another "
        "level",
        "A longer period.",
    ),
    "too_wide": (
        "interval too wide",
        "the interval is wider than a factor of two a year",
        "More cases, or a longer period.",
    ),
    "too_wide_break": (
        "interval too wide",
        "the ends of the interval are further apart than a factor of four",
        "More cases, or more years before and after.",
    ),
    "too_few_states": (
        "too few States",
        "fewer than ten States have five documented cases or more",
        "A list of more States.",
    ),
    "one_edition": (
        "one edition",
        "no earlier edition of the list is at hand",
        "An earlier edition of the same list, with its day.",
    ),
    "editions_differ": (
        "editions differ",
        "the editions differ in years that were long past in both, so that they do not count the same",
        "Editions that count by one definition.",
    ),
    "few_late_cases": (
        "few late cases",
        "fewer than five cases were added after the end of their year between the editions",
        "More editions.",
    ),
    "age_not_seen": (
        "age not seen",
        "no edition was as close to the end of a year as this one",
        "An edition that was made as soon after a year.",
    ),
    "too_few_before": (
        "few years before",
        "fewer than five years before the stated day are covered as a whole",
        "A list that begins earlier.",
    ),
    "too_few_after": (
        "few years after",
        "fewer than two years after the stated day are covered as a whole",
        "A list that goes on for longer.",
    ),
}


@dataclass(frozen=True)
class Refusal:
    """Why no number is given. code: one of ``REASONS``."""

    code: str

    @property
    def short(self) -> str:
        """The reason in two or three words, for a table."""
        return REASONS[self.code][0]

    @property
    def reason(self) -> str:
        """The reason, as the end of a sentence with "because"."""
        return REASONS[self.code][1]

    @property
    def needed(self) -> str:
        """What would be needed, as a sentence."""
        return REASONS[self.code][2]

    def __str__(self) -> str:
        return f"No number is given, because {self.reason}. Needed: {self.needed}"
