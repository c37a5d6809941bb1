"""The calendar of the Universal Periodic Review: cycle, year and documents of a session."""

from __future__ import annotations

import re
from functools import cache

from hrdresearch.vocab import vocabulary

LAST_SESSION_OF_CYCLE = {1: 12, 2: 26, 3: 40}
_SYMBOL = re.compile(r"A/HRC/(\d+)/\d+")
ORDINALS = [
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


def cycle_of_session(session: int) -> int:
    """Cycle of a session of the Working Group.

    The fourth cycle begins with session 41; it and later ones are taken as 14 sessions each.

    >>> cycle_of_session(12), cycle_of_session(41)
    (1, 4)
    """
    for cycle, last in LAST_SESSION_OF_CYCLE.items():
        if session <= last:
            return cycle
    return 4 + (session - 41) // 14


def sessions_of_cycle(cycle: int) -> list[int]:
    """Sessions of the Working Group that a cycle has, also those to come.

    >>> sessions_of_cycle(2)[0], len(sessions_of_cycle(2))
    (13, 14)
    """
    later = 14 * max(cycle - 2, 1)
    return [s for s in range(1, 41 + later) if cycle_of_session(s) == cycle]


def year_of_session(session: int) -> int | None:
    """Year in which a session was held; None when it is not in the calendar."""
    entry = _sessions().get(session)
    return entry[1] if entry else None


def session_of_symbol(symbol: str) -> int | None:
    """Session of the Working Group to which the report with a symbol belongs.

    None for other symbols, and for sessions 1 and 2, whose reports were documents of one session of
    the Council.

    >>> session_of_symbol("A/HRC/63/9")
    52
    """
    hit = _SYMBOL.search(symbol)
    found = [s for s, entry in _sessions().items() if hit and entry[2] == int(hit[1])]
    return found[0] if len(found) == 1 else None


def session_in_words(words: str) -> int | None:
    """Number of a session that is written in words; None for other words.

    >>> session_in_words("fifty-second")
    52
    """
    text = words.casefold().strip()
    if text in ORDINALS:
        return ORDINALS.index(text) + 1
    tens, _, ones = text.partition("-")
    for stem, value in _TENS.items():
        if tens == f"{stem}y" and ones in ORDINALS[:9]:
            return value + ORDINALS.index(ones) + 1
        if tens == f"{stem}ieth" and not ones:
            return value
    return None


@cache
def _sessions() -> dict[int, tuple[int, int, int]]:
    entries: dict[int, list[int]] = vocabulary("upr_sessions")["sessions"]
    return {int(s): (e[0], e[1], e[2]) for s, e in entries.items()}
