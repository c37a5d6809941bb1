"""When a share or an interval may be printed, everywhere in the project.

A share of few cases, or of cases of which most are unknown, misleads the reader. The thresholds
follow the practice of statistical offices for published percentages; they are set here once and
stated on the page.
"""

from __future__ import annotations

FEWEST_KNOWN = 30  # known cases below which no share of a public list is given
FEWEST_KNOWN_RESTRICTED = 50  # the same for a restricted list
LEAST_KNOWN_SHARE = 0.5  # of the cases asked, this part must be known
COUNT_MAY_BE_OFF = (
    5  # persons by which 19 in 20 printed counts of a restricted list are off at most
)
WIDEST_INTERVAL = 50.0  # points; a wider interval says only that too little is known


def why_no_share(known: float, asked: float | None = None, is_restricted: bool = False) -> str:
    """Reason why a share of the known cases may not be printed; "" when it may be printed.

    known: number of cases in which the fact is known. asked: number of cases in which it was
    asked, where that is another number. is_restricted: whether the list was shared in confidence.

    >>> why_no_share(29)
    'no share is given of fewer than 30 known cases'
    >>> why_no_share(40, asked=100)
    'no share is given where fewer than half of the cases are known'
    >>> why_no_share(60, asked=100)
    ''
    """
    fewest = FEWEST_KNOWN_RESTRICTED if is_restricted else FEWEST_KNOWN
    if known < fewest:
        return f"no share is given of fewer than {fewest} known cases"
    if asked and known < LEAST_KNOWN_SHARE * asked:
        return "no share is given where fewer than half of the cases are known"
    return ""


def step_of_rounded_share(known: float) -> int:
    """Step in per cent, 1, 5 or 10, to which a share of rounded counts is rounded.

    known: printed number of known cases. A printed count may be 5 off, which is 500 / known per cent
    of the cases: the step is the smallest that is no finer than that.

    >>> [step_of_rounded_share(known) for known in (50, 99, 100, 495, 500)]
    [10, 10, 5, 5, 1]
    """
    return next((step for step in (1, 5) if step * known >= 100 * COUNT_MAY_BE_OFF), 10)


def why_no_interval(low: float, high: float) -> str:
    """Reason why an interval may not be printed; "" when it may be printed.

    low, high: ends of the interval, in per cent.

    >>> why_no_interval(10.0, 30.0)
    ''
    >>> why_no_interval(5.0, 80.0)
    'the interval is wider than 50 points: too few cases are known'
    """
    if high - low > WIDEST_INTERVAL:
        return f"the interval is wider than {WIDEST_INTERVAL:.0f} points: too few cases are known"
    return ""
