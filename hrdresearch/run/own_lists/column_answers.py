"""Lines on columns in the source.yml of a user's own list that wait for a person: guesses, and questions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrdresearch.clean.calendars import CALENDARS
from hrdresearch.clean.dates import ORDERS
from hrdresearch.sources.own_guesses import MARK, guesses_of_own
from hrdresearch.sources.reads_declared import EMPTY_RELEASE, OPEN, UNITS
from hrdresearch.vocab.states import all_codes

CHECKED, LEFT_OUT = "# checked", "# left out, as you said"
TAKEN_OUT = "\0"  # in place of a line, so that the places of the others stay the same
GUESS, EMPTY, STATE = "guess", "empty", "state"
NOT_READ = "-"
ANSWERS: Mapping[str, Sequence[str]] = {"order": ORDERS, "calendar": CALENDARS, "unit": UNITS}
_OPEN = re.compile(r"      (\w+): \{.*?\b(order|calendar|unit|value): \"\?\"")


@dataclass(frozen=True)
class OpenColumn:
    """A line that waits. at: its place in the file. key: ``GUESS``, ``EMPTY``, or the part that is asked
    (order, calendar, unit, state). field: what the columns are read as. why: words on a guess."""

    at: int
    key: str
    field: str
    columns: tuple[str, ...]
    why: str = ""

    @property
    def known(self) -> Sequence[str]:
        """Answers that it takes."""
        if self.key == GUESS:
            return () if self.field == STATE else (NOT_READ,)
        return EMPTY_RELEASE if self.key == EMPTY else ANSWERS.get(self.key) or all_codes()


def open_columns(slug: str, text: str, asks_empty: bool) -> list[OpenColumn]:
    """Lines on columns that wait, in their order. asks_empty: an empty day of release is asked, too."""
    guesses = {g.line: g for g in guesses_of_own(slug) if not g.value}  # one for several of a field
    found = [
        OpenColumn(g.at, GUESS, line.partition(":")[0], g.columns, g.why)
        for line, g in guesses.items()
    ]
    for at, line in enumerate(text.splitlines()):
        columns = tuple(c.strip('"') for c in re.findall(r"column: (\"[^\"]*\"|[^,}]*)", line))
        for asked in re.finditer(_OPEN, line):
            key = STATE if asked[2] == "value" else asked[2]
            found.append(OpenColumn(at, key, asked[1], columns))
        if asks_empty and line.startswith("      release_date: {") and f"{EMPTY}: " not in line:
            found.append(OpenColumn(at, EMPTY, "release_date", columns))
    return sorted(found, key=lambda one: one.at)


def answer_columns(lines: list[str], answers: Sequence[tuple[OpenColumn, str]]) -> None:
    """Write answers into the lines of a source.yml, whose places stay the same; "" confirms a guess.

    A line that is no longer needed is ``TAKEN_OUT``.
    """
    for one, answer in answers:
        if one.key == GUESS and answer == NOT_READ:
            field = next(n for n in range(one.at, len(lines)) if not _is_comment(lines[n]))
            lines[field] = f"      # {lines[field].strip()}"
        if one.key == GUESS:
            _mark(lines, one.at, LEFT_OUT if answer else CHECKED)
        elif one.key == EMPTY and answer not in ("", OPEN):
            lines[one.at] = re.sub(r"\}", f", {EMPTY}: {answer}}}", lines[one.at], count=1)
            above = one.at - 1
            while _is_comment(lines[above]) and not re.match(
                rf"\s*({MARK}|{CHECKED})", lines[above]
            ):
                lines[above] = TAKEN_OUT
                above -= 1
        elif answer not in ("", OPEN):
            key = "value" if one.key == STATE else one.key
            lines[one.at] = lines[one.at].replace(f'{key}: "?"', f"{key}: {answer}", 1)


def _mark(lines: list[str], at: int, words: str) -> None:
    """Put words in place of the mark of a guess, and of those right above it, which are of the same field."""
    while MARK in lines[at]:
        lines[at] = lines[at].replace(MARK, words, 1)
        at -= 1


def _is_comment(line: str) -> bool:
    return line.strip().startswith("#")
