"""Phrases of a vocabulary looked for in texts: which code, at which place, by which phrase.

A vocabulary holds regular expressions a language and code; the first match of a code is its
evidence. Case is not regarded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Evidence:
    """A code with the words that gave it (``text[start:end]``) and the rule."""

    code: str
    start: int
    end: int
    rule: str


class Phrases:
    """Phrases of several codes in one language, compiled once.

    >>> Phrases("ask", {"law": ["amend", "repeal"]}).find("Repeal the decree")
    [Evidence(code='law', start=0, end=6, rule='ask:law:2')]
    """

    def __init__(self, name: str, patterns: Mapping[str, Sequence[str]]) -> None:
        self._rules = [
            (
                code,
                [
                    (re.compile(p, re.IGNORECASE), f"{name}:{code}:{i}")
                    for i, p in enumerate(several, start=1)
                ],
            )
            for code, several in patterns.items()
        ]
        self._any = {
            code: re.compile("|".join(f"(?:{p})" for p in several), re.IGNORECASE)
            for code, several in patterns.items()
        }

    def find(self, text: str, codes: Sequence[str] | None = None) -> list[Evidence]:
        """Evidence of every code that stands in the text, in the order of the vocabulary."""
        return [
            self._first_match(text, code, rules)
            for code, rules in self._rules
            if (codes is None or code in codes) and self._any[code].search(text)
        ]

    def blank_matches(self, text: str, code: str) -> str:
        """The text with every match of a code blanked; places stay what they were."""
        pattern = self._any.get(code)
        return pattern.sub(lambda hit: " " * len(hit[0]), text) if pattern else text

    @staticmethod
    def _first_match(text: str, code: str, rules: list[tuple[re.Pattern[str], str]]) -> Evidence:
        for pattern, rule in rules:
            hit = pattern.search(text)
            if hit:
                return Evidence(code, hit.start(), hit.end(), rule)
        raise AssertionError(code)  # the joined pattern matched, so one of its parts does
