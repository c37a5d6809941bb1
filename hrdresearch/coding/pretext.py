"""Charges as brought, in many words and languages, to codes, with the words they rest on.

A charge says what the authorities alleged. One text may give several codes; a text that no pattern
fits is ``other``, which is shown and listed, never dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from hrdresearch.coding.folded import fold
from hrdresearch.vocab import codes, vocabulary

NONE_GIVEN = ("no_charge", "not_disclosed")


@dataclass(frozen=True)
class Pretext:
    """A code, and the words of the text that gave it."""

    code: str
    evidence: str


def code_pretexts(text: str) -> list[Pretext]:
    """Pretexts of a charge in the order of the vocabulary; empty text gives none.

    "No charge disclosed" is not disclosed, not "no charge"; either gives way to a charge that
    stands in the same text.
    """
    if not text.strip():
        return []
    folded = fold(text)
    found = []
    for code in codes("pretext"):
        match = _patterns().get(code, re.compile(r"(?!)")).search(folded.text)
        if match:
            found.append(Pretext(code, folded.as_written(text, *match.span())))
    charges = [p for p in found if p.code not in NONE_GIVEN]
    if charges:
        return charges
    without_charge = [p for p in found if p.code == "not_disclosed"] or found
    return without_charge[:1] or [Pretext("other", text.strip())]


def join_pretext_codes(text: str) -> str:
    """Codes of a charge joined by ``|``; ``not_recorded`` for an empty text."""
    return "|".join(p.code for p in code_pretexts(text)) or "not_recorded"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    listed = vocabulary("pretext_words")["patterns"]
    return {
        code: re.compile(
            "|".join(_bounded(str(p), language) for language, ps in by_language.items() for p in ps)
        )
        for code, by_language in listed.items()
    }


def _bounded(pattern: str, language: str) -> str:
    """A pattern begins at the start of a word, but in Chinese and after Arabic prefixes."""
    if language == "zh" or pattern.startswith("^"):
        return f"(?:{pattern})"
    prefix = "(?:و|ب|ل|ال|وال|بال|لل)?" if language == "ar" else ""
    return rf"(?<!\w){prefix}(?:{pattern})"
