"""Sentences of an earlier edition that a later one no longer bears out, read from both pages."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from hrdresearch.run.recheck.matched import OTHER_NUMBERS, UNTRUE, match_sentences
from hrdresearch.run.recheck.printed import read_sentences
from hrdresearch.run.recheck.told import with_both_numbers

PAGE = "report.html"


class Fallen(NamedTuple):
    """A sentence that no longer holds.

    anchor: its paragraph in the earlier page, "" in the summary; where: the same for a reader. was: what it
    said, with each changed number before and now. now: what is said instead, "" where only numbers differ.
    """

    anchor: str
    where: str
    was: str
    now: str


def fallen_sentences(older: Path, newer: Path) -> list[Fallen]:
    """Sentences of the text of ``older`` whose numbers or conditions are other ones in ``newer``, each once.

    What is no longer said at all is not told, nor are notes under tables and figures.
    """
    found: dict[str, Fallen] = {}
    for one in match_sentences(read_sentences(older / PAGE), read_sentences(newer / PAGE)):
        was, now = one.was, one.now
        if one.verdict not in UNTRUE or was is None or now is None or was.is_note:
            continue
        is_same_wording = one.verdict == OTHER_NUMBERS
        told = with_both_numbers(was, now) if is_same_wording else was.text
        instead = "" if is_same_wording else now.text
        found.setdefault(was.text, Fallen(was.anchor, was.where, told, instead))
    return list(found.values())
