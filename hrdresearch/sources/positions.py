"""Position of the State under review (supported, noted ...), from a heading or a cell.

"will be examined by ..., which will provide responses in due time" is pending, even where the same
sentence speaks of support; "did not enjoy the support" is noted, although it contains "support".
English, and French and Spanish as in the translated reports.
"""

from __future__ import annotations

import re

NOT_RECORDED = "not_recorded"
# The first pattern that fits decides, so the order matters.
_PATTERNS = (
    (
        "mixed",
        r"\bin part\b|partial|\bpartly\b|en partie|parcial"
        r"|\bsupported?\b\s*(?:/|and|,|&)\s*noted|\bnoted\b\s*(?:/|and|,|&)\s*supported",
    ),
    (
        "pending",
        r"(?:will|shall|to) be (?:\w+ )?(?:examined|considered|reviewed|studied)"
        r"|will (?:\w+ )?(?:examine|consider|review|study|respond|(?:provide|give|submit)\b"
        r"[^.]{0,40}(?:responses?|repl(?:y|ies)|answers?))|in due (?:time|course)"
        r"|\bpending\b|under (?:consideration|review|examination)|examine later"
        r"|seront examinées|examinera\b|en temps voulu|serán examinadas|examinará\b"
        r"|a su debido tiempo",
    ),
    (
        "noted",
        r"\b(?:not|n.t|never|nor) (?:\w+ )?(?:enjoy|support|accept|in a position)"
        r"|\bcannot (?:accept|support)|\bunsupported\b|\brejected\b|\bunaccepted\b"
        r"|ne recueill\w+ pas|n.ont pas recueilli|\brejetées?\b|no (?:cuentan|gozan|cont)"
        r"|\brechazadas?\b",
    ),
    (
        "supported",
        r"enjoy\w* (?:the |its |full )?support|\bsupported\b|\bsupports\b|\baccepted\b"
        r"|\baccepts\b|already (?:been )?implemented|in the process of (?:being )?implement"
        r"|recueill\w+ (?:l.|son |leur )(?:adhésion|appui|agrément|assentiment)"
        r"|\bacceptées?\b|cuentan con el apoyo|gozan del? apoyo|\baceptadas?\b",
    ),
    ("noted", r"\bnoted\b|\btakes? note|\bnotes\b|pris\w* note|toma(?:do)? nota"),
    ("pending", r"\bexamined by\b"),
)
_COMPILED = tuple((code, re.compile(pattern)) for code, pattern in _PATTERNS)


def position_of(text: str) -> str:
    """Position that a text states: a code of vocabulary upr_response, or ``not_recorded``.

    >>> position_of("The following recommendations enjoy the support of the State:")
    'supported'
    >>> position_of("did not enjoy the support"), position_of("Theme: children")
    ('noted', 'not_recorded')
    """
    plain = " ".join(text.casefold().split()).strip(" -")
    for code, pattern in _COMPILED:
        if pattern.search(plain):
            return code
    return NOT_RECORDED
