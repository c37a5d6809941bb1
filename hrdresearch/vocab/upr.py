"""The calendar of the Universal Periodic Review: cycle, year and documents of a session."""

from __future__ import annotations

import re
from functools import cache

from hrdresearch.vocab import vocabulary

LAST_SESSION_OF_CYCLE = {1: 12, 2: 26, 3: 40}
_SYMBOL = re.compile(r"A/HRC/(\d+)/\d+")
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_TENS = {"twent": 20, "thirt": 30, "fort": 40, "fift": 50, "sixt": 60, "sevent": 70}


def cycle_of(session: int) -> int:
    """Cycle of a session; from session 41 the fourth, later ones by rounds of fourteen."""
    for cycle, last in LAST_SESSION_OF_CYCLE.items():
        if session <= last:
            return cycle
    return 4 + (session - 41) // 14


def year_of(session: int) -> int | None:
    """Year in which a session was held; None when the calendar does not hold it."""
    entry = _sessions().get(session)
    return entry[1] if entry else None


def session_of_symbol(symbol: str) -> int | None:
    """Session whose report bears a symbol ("A/HRC/63/9" is session 52); None when not one.

    Reports of sessions 1 and 2 stand in the documents of one session of the Council.
    """
    hit = _SYMBOL.search(symbol)
    found = [s for s, entry in _sessions().items() if hit and entry[2] == int(hit[1])]
    return found[0] if len(found) == 1 else None


def session_in_words(words: str) -> int | None:
    """``fifty-second`` as 52; None for other words."""
    text = words.casefold().strip()
    if text in _ORDINALS:
        return _ORDINALS.index(text) + 1
    tens, _, ones = text.partition("-")
    for stem, value in _TENS.items():
        if tens == f"{stem}y" and ones in _ORDINALS[:9]:
            return value + _ORDINALS.index(ones) + 1
        if tens == f"{stem}ieth" and not ones:
            return value
    return None


@cache
def _sessions() -> dict[int, tuple[int, int, int]]:
    entries: dict[int, list[int]] = vocabulary("upr_sessions")["sessions"]
    return {int(s): (e[0], e[1], e[2]) for s, e in entries.items()}
