"""Says "all" where a filled-in sentence would print the same number twice: "all 24 reviews", "all were".

Only numbers of exact counts are joined: a rounded number has "about" before it and stays as it is.
"""

from __future__ import annotations

import re

_TWO = ("two", "2")
_SEVERAL = (
    r"(?!(?:0|1|one|zero|no|none|about)\])(?:two|three|four|five|six|seven|eight|nine|[\d,]+)"
)
_MARK = r'\]\{\.claim data-claim="[^"]*"\}'
_SHARE = rf"(?: \(\[100 per cent{_MARK}\))?"
_BEGINS = r'(?P<begins>\A|[.!?]\s+|\n|\{\.from data-finding="[^"]*"\})?'
# "24 of 24", each number with the mark of its claim
_N_OF_N = re.compile(
    rf"(?<![Aa]bout ){_BEGINS}(?P<number>\[(?P<n>{_SEVERAL}){_MARK}){_SHARE} of (?:the )?"
    rf"\[(?P=n){_MARK}{_SHARE}"
)
# "792 messages were drawn, and people labelled 792 of them"
_N_OF_THEM = re.compile(
    rf"(?P<whole>\[(?P<n>{_SEVERAL}){_MARK}(?:(?!\.\s|[:;\n]).)*?)"
    rf"\[(?P=n){_MARK}{_SHARE}(?= of (?:them|these)\b)"
)
_ALL_TWO = re.compile(rf"\ball \[(?:two|2){_MARK}")
_VERBS = "is|are|was|were|has|have|had|stand|stands|as|ask|came|could|lie|received|rest"
# "Of 90 rows of a list, 90 were": the second number follows the first comma after which a number stands
_OF_N_N = re.compile(
    rf"(?P<whole>\b[Oo]f (?:the )?\[(?P<n>{_SEVERAL}){_MARK}(?:(?!\.\s|[:;\n]|, \[).)*, )"
    rf"\[(?P=n){_MARK}{_SHARE}(?= (?:{_VERBS}) )"
)


def say_all(text: str) -> str:
    """Write "all" (of two: "both") in place of a number that is printed as a part of the same number.

    text: Markdown with the mark of its claim behind each number.

    >>> mark = '[{}]{{.claim data-claim="{}"}}'.format
    >>> a, b = mark(24, "a"), mark(24, "b")
    >>> say_all(f"in {a} of {b} reviews").replace(a, "24")
    'in all 24 reviews'
    >>> said = say_all(f"Of {a} rows of the list, {b} were accepted and none set aside.")
    >>> said.replace(a, "24")
    'Of 24 rows of the list, all were accepted and none set aside.'
    """
    text = _ALL_TWO.sub("both", _N_OF_N.sub(_all_of, text))
    text = _N_OF_THEM.sub(lambda m: f"{m['whole']}all", text)
    return _OF_N_N.sub(lambda m: f"{m['whole']}{'both' if m['n'] in _TWO else 'all'}", text)


def _all_of(found: re.Match[str]) -> str:
    words = "both" if found["n"] in _TWO else f"all {found['number']}"
    begins = found["begins"]
    return words if begins is None else f"{begins}{words[0].upper()}{words[1:]}"
