"""Finds sentences of an earlier edition that are no longer true by a later one, from both pages."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from hrdresearch.run.recheck.matched import OTHER_NUMBERS, UNTRUE, match_sentences
from hrdresearch.run.recheck.printed import read_sentences
from hrdresearch.run.recheck.told import with_both_numbers

PAGE = "report.html"


class Fallen(NamedTuple):
    """A sentence that is no longer true.

    anchor: its paragraph in the earlier page, "" in the summary. where: its place in words. was: its text,
    with each changed number before and now. now: the new text, or "" if only numbers differ.
    """

    anchor: str
    where: str
    was: str
    now: str


def fallen_sentences(older: Path, newer: Path) -> list[Fallen]:
    """Sentences of ``older`` that have other numbers or other words in ``newer``, each once.

    Sentences that are no longer said, and notes under tables and figures, are left out.
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
