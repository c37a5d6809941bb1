"""Numbers in the style of United Nations documents.

Source of the rules: United Nations Editorial Manual (numbers below 10 in words, thousands with a
comma, "per cent" in text, percentages in numerals). Tables print numerals throughout.
"""

from __future__ import annotations

from hrdresearch.vocab import label

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
LEAST_ROUNDED = 0.5  # per cent; less would be rounded to none, and its complement to all


def numeral(value: int | float, decimals: int = 0) -> str:
    """``1733`` as ``1,733``; a share is given with ``decimals`` digits, rounded half away from 0.

    Plain rounding, not the statistician's half-to-even: the sums of rounded percentages may
    differ from 100, and the page says so where it matters.
    """
    if isinstance(value, int):
        return f"{value:,}"
    scaled = value * 10**decimals
    rounded = int(scaled + 0.5) if scaled >= 0 else -int(-scaled + 0.5)
    return f"{rounded / 10**decimals:,.{decimals}f}"


def in_prose(value: int | float, unit: str) -> str:
    """A number as a sentence prints it: words below 10, ``per cent`` after a share."""
    if unit == "per_cent":
        return f"{_share(float(value))} per cent"
    if unit == "calendar_year":
        return str(value)
    if unit == "coefficient":
        return f"{value:.2f}"
    if isinstance(value, int) and 0 <= value < len(WORDS):
        return WORDS[value] if value else "zero"
    return numeral(value)


def in_table(value: int | float, unit: str) -> str:
    """A number as a table cell prints it."""
    if unit == "calendar_year":
        return str(value)
    if unit == "coefficient":
        return f"{value:.2f}"
    return _share(float(value)) if unit == "per_cent" else numeral(value)


def printed_forms(value: int | float | str | None, unit: str, text: str) -> set[str]:
    """All ways in which a page may print a claim: its own text, in prose, in numerals."""
    if value is None or isinstance(value, str):
        return {text}
    digits = in_table(value, unit) if unit == "per_cent" else numeral(value)
    forms = {text, digits, in_prose(value, unit)}
    return forms | ({WORDS[0]} if value == 0 else set())


def noun(code: str, count: int | float | None) -> str:
    """Noun in agreement with a count; None (suppressed, several) takes the plural."""
    singular, plural = label("nouns", code).split("|")
    return singular if count == 1 else plural


def _share(value: float) -> str:
    """Per cent as a numeral; what is more than none is not 0, and what is not all is not 100.

    >>> _share(0.2), _share(99.8), _share(0.0)
    ('less than 1', 'more than 99', '0')
    """
    if 0 < value < LEAST_ROUNDED:
        return "less than 1"
    if 100 - LEAST_ROUNDED <= value < 100:
        return "more than 99"
    return numeral(value)
