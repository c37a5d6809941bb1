"""Judges published sentences by today's builds: still true, no longer true, or impossible to check."""

from __future__ import annotations

from dataclasses import dataclass

from hrdresearch.findings.numbers import printed_forms
from hrdresearch.run.recheck.changes import Changes
from hrdresearch.run.recheck.matched import HOLDS, NEW, UNTRUE, Matched
from hrdresearch.run.recheck.moves import FIELD_LEFT
from hrdresearch.run.recheck.printed import Sentence
from hrdresearch.tables.filter_words import column_in_words

TRUE, NO_LONGER_TRUE, NO_LONGER_SAID, NOT_CHECKED = (
    "still true",
    "no longer true",
    "no longer said",
    "cannot be checked",
)


@dataclass(frozen=True)
class Verdict:
    """The verdict on a published sentence.

    verdict: ``still true``, ``no longer true``, ``no longer said`` (its numbers are unchanged) or ``cannot
    be checked``. why: reason in words, if the numbers do not show it. numbers: claim, printed text and
    today's text of each number that differs.
    """

    verdict: str
    matched: Matched
    why: str = ""
    numbers: tuple[tuple[str, str, str], ...] = ()

    @property
    def said(self) -> Sentence:
        """The published sentence."""
        assert self.matched.was is not None
        return self.matched.was


def judge(changes: Changes) -> list[Verdict]:
    """A verdict on every published sentence, in reading order; changes: from the edition to today."""
    return [_judged(one, changes) for one in changes.sentences if one.verdict != NEW]


def _judged(one: Matched, changes: Changes) -> Verdict:
    today = changes.newer.claims
    if one.verdict == HOLDS:
        return Verdict(TRUE, one)
    if one.verdict in UNTRUE:
        return Verdict(NO_LONGER_TRUE, one, "", tuple(one.changed_numbers()))
    assert one.was is not None
    if gone := [name for name, _ in one.was.numbers if name not in today]:
        return Verdict(NOT_CHECKED, one, _why_gone(gone, changes))
    other = tuple(
        dict.fromkeys(
            (name, text, today[name]["text"])
            for name, text in one.was.numbers
            if text not in printed_forms(*(today[name][key] for key in ("value", "unit", "text")))
        )
    )
    if other:
        return Verdict(NO_LONGER_TRUE, one, "the report no longer says it", other)
    return Verdict(NO_LONGER_SAID, one, "its numbers are as they were" if one.was.numbers else "")


def _why_gone(names: list[str], changes: Changes) -> str:
    """Why numbers of a sentence no longer exist: names the fields that the list no longer has, if known."""
    found = [change for name in names if (change := changes.claim(name))]
    parts = [part for change in found for part in change.parts if part.what == FIELD_LEFT]
    columns = sorted({column_in_words(column) for part in parts for column in part.columns})
    if columns:
        return f"the list of today does not ask: {', '.join(columns)}"
    return "the report no longer makes all of its numbers"
