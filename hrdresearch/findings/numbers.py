"""Numbers in the style of United Nations documents.

Source of the rules: United Nations Editorial Manual (numbers below 10 in words, thousands with a
comma, "per cent" in text, percentages in numerals). Tables print numerals throughout.
"""

from __future__ import annotations

from hrdresearch.vocab import label

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
NONE = "none"
LEAST_ROUNDED = 0.5  # per cent; less would be rounded to none, and its complement to all


def numeral(value: int | float) -> str:
    """A number in digits without decimals, with a comma between thousands.

    Half is rounded away from zero.

    >>> numeral(1733), numeral(12.5), numeral(-0.5)
    ('1,733', '13', '-1')
    """
    if isinstance(value, int):
        return f"{value:,}"
    rounded = int(abs(value) + 0.5)
    return f"{-rounded if value < 0 else rounded:,}"


def number_in_prose(value: int | float, unit: str) -> str:
    """A number as a sentence prints it: in words below 10, with "per cent" after a share.

    unit: unit of the claim, such as ``victim``, ``per_cent``, ``calendar_year``, ``points``.

    >>> number_in_prose(3, "victim"), number_in_prose(41.6, "per_cent")
    ('three', '42 per cent')
    """
    is_count = unit not in ("per_cent", "calendar_year", "coefficient", "points")
    if is_count and isinstance(value, int) and 0 <= value < len(WORDS):
        return WORDS[value] if value else "zero"
    return number_in_table(value, unit) + (" per cent" if unit == "per_cent" else "")


def number_in_table(value: int | float, unit: str) -> str:
    """A number as a table cell prints it: in numerals, a share without "per cent".

    >>> number_in_table(1733, "victim"), number_in_table(0.2, "per_cent")
    ('1,733', 'less than 1')
    """
    if unit == "calendar_year":
        return str(value)
    if unit == "coefficient":
        return f"{value:.2f}"
    if unit == "points":
        return points_in_words(value)
    return _share(float(value)) if unit == "per_cent" else numeral(value)


def points_in_words(points: float) -> str:
    """Percentage points without decimals; a number that is not zero is never printed as zero.

    >>> [points_in_words(x) for x in (-12.7, -0.36, 0.0, -0.01, 0.04, 9.6)]
    ['-13', '-0.4', '0', 'just below 0', 'just above 0', '10']
    """
    if points and round(abs(points), 1) == 0:
        return f"just {'below' if points < 0 else 'above'} 0"
    return f"{points:.0f}" if round(points) or not points else f"{points:.1f}"


def printed_forms(value: int | float | str | None, unit: str, text: str) -> set[str]:
    """Every text by which a page may print a claim: its own text, the number in prose and in numerals."""
    if value is None or isinstance(value, str):
        return {text}
    digits = number_in_table(value, unit) if unit in ("per_cent", "points") else numeral(value)
    forms = {text, digits, number_in_prose(value, unit)}
    return forms | ({WORDS[0], NONE} if value == 0 else set())


def noun_for_count(code: str, count: int | float | None) -> str:
    """Noun of a count in the singular or plural; the plural where the count is None (not shown).

    code: code of vocabulary ``nouns``. Raises KeyError when ``code`` is not in ``vocab/nouns.yml``.

    >>> noun_for_count("victim", 1), noun_for_count("victim", None)
    ('victim', 'victims')
    """
    singular, plural = label("nouns", code).split("|")
    return singular if count == 1 else plural


def unit_in_words(unit: str) -> str:
    """Unit of a finding in words; a unit without a noun in ``vocab/nouns.yml`` is printed as it is.

    >>> unit_in_words("victim"), unit_in_words("per_cent")
    ('victims', 'per cent')
    """
    try:
        return noun_for_count(unit, None)
    except KeyError:
        return unit.replace("_", " ")


def _share(value: float) -> str:
    """Per cent as a numeral; only zero prints as 0 and only 100 prints as 100.

    >>> _share(0.2), _share(99.8), _share(0.0)
    ('less than 1', 'more than 99', '0')
    """
    if 0 < value < LEAST_ROUNDED:
        return "less than 1"
    if 100 - LEAST_ROUNDED <= value < 100:
        return "more than 99"
    return numeral(value)
