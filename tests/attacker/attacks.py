"""The two attacks on a number of histories, as a table of what they found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from cell_words import counted
from insider import guess
from invented_lists import History
from printed_by_rules import Rule
from reader import Found, attributes_of_changed, small_groups

from hrdresearch.privacy.rounding import BASE


@dataclass
class Insider:
    """Histories in which the insider learnt an attribute, and how he guessed."""

    histories: int = 0
    learnt: int = 0
    sure_at_all: int = 0
    wrongly_sure: int = 0
    by_attribute: dict[str, int] = field(default_factory=dict)
    guessed: dict[str, list[int]] = field(default_factory=dict)

    @property
    def share(self) -> float:
        return self.learnt / self.histories

    def gain(self) -> dict[str, float]:
        """Right first guesses after reading less those before, in per cent of guesses."""
        return {c: 100 * (now - before) / n for c, (before, now, n) in self.guessed.items()}


def attack_as_insider(rule: Rule, histories: Iterable[History], *, exact: bool = False) -> Insider:
    found = Insider()
    for history in histories:
        guesses = guess(history, rule.editions(history.lists), rule, exact=exact)
        learnt = {g.attribute for g in guesses if g.is_true and g.is_sure}
        found.histories += 1
        found.learnt += bool(learnt)
        found.sure_at_all += any(g.is_true and g.is_sure_at_all for g in guesses)
        found.wrongly_sure += any(not g.is_true and g.is_sure for g in guesses)
        for attribute in learnt:
            found.by_attribute[attribute] = found.by_attribute.get(attribute, 0) + 1
        for g in guesses:
            if g.is_true:
                tally = found.guessed.setdefault(g.attribute, [0, 0, 0])
                tally[0] += g.is_first_before
                tally[1] += g.is_first_after
                tally[2] += 1
    return found


def prove_as_insider(rule: Rule, histories: Iterable[History]) -> Found:
    """Small groups that the insider works out, or proves not to be empty, before and after the gap.

    Beside the reader's rows he has those that he knows to have gone or come.
    """
    found = Found()
    for history in histories:
        came, went = history.known_changes()
        editions = rule.editions(history.lists)
        for n, known in ((history.gap - 1, went), (history.gap, came)):
            own = pd.concat([history.own, known])
            found.add(small_groups([editions[n]], [history.lists[n]], own, rule))
    return found


def printed_shares(rule: Rule, histories: Iterable[History]) -> list[float]:
    """By edition, the share of the plan's cells of five or more persons that print a number."""
    found = []
    for history in histories:
        for edition, rows in zip(rule.editions(history.lists), history.lists, strict=True):
            names = list(edition["cells"])
            large = counted(names, rows) >= BASE
            found.append(float(np.mean([edition["cells"][n] > 0 for n in names], where=large)))
    return found


def attack_as_reader(rule: Rule, histories: Iterable[History]) -> tuple[Found, int]:
    """Small groups, and attributes of a person known to have gone between two editions."""
    found, attributes = Found(), 0
    for history in histories:
        editions = rule.editions(history.lists)
        found.add(small_groups(editions, history.lists, history.own, rule))
        if history.sign < 0:
            around = editions[history.gap - 1 : history.gap + 1]
            attributes += len(attributes_of_changed(around, history.target, history.own, rule))
    return found, attributes
