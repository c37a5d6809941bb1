"""Limits beyond which no trend is stated; ``benchmarks/trends.py`` tests them by simulation."""

FEWEST_YEARS = 8
FEWEST_CASES = 30
MOST_ALIKE = 0.6  # correlation of successive years above which no interval can be trusted
MOST_IN_ONE_YEAR = 0.5  # share of the cases
WIDEST = 2.0  # factor a year between the ends of an interval
FEWEST_STATES = 10  # with FEWEST_IN_STATE cases each, for an estimate over States
FEWEST_IN_STATE = 5
FEWEST_LATE = 5  # cases added between editions
SETTLED_YEARS = 5  # age of a year to which a correction for delay leads
MOST_OTHERWISE = (
    0.05  # share of the cases of settled years by which editions of one list may differ
)
QUARTERS_BEFORE, QUARTERS_AFTER, YEARS_BEFORE, YEARS_AFTER = 20, 8, 5, 2
