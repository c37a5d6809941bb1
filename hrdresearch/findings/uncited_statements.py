"""Finds sentences that say what a document or the mandate says, without a citation.

Prose may not type a document symbol or a paragraph number, and may not say what the report or the
mandate says: only ``{{ cited.KEY }}`` prints that. Headings are not searched.
"""

from __future__ import annotations

import re

from hrdresearch.findings.typed_digits import TAG

REFERENCE = re.compile(
    r"\b(?:A|E|S|ST|CAT|CCPR|CED|CEDAW|CERD|CMW|CRC|CRPD)(?:/[A-Za-z.]+)*/\d[\w./]*"
    r"|\b(?i:paras?\.?|paragraphs?)\s+\d+(?:\s?\([a-z]+\))?"
    r"|\b(?i:resolutions?)\s+\d+/\d+"
)
_SAYS = (
    "announce|ask|call|commit|describe|find|give|intend|make|name|note|promise|recommend|say|"
    "speak|state|urge|request|demand"
)
SPEAKER = re.compile(
    rf"(?i)\b(?:the|this|a)(?: later| earlier)? report (?:also )?(?:{_SAYS})s?\b"
    rf"|\b(?:mandate(?: holder)?|special rapporteur) (?:also |has |had )?(?:{_SAYS})(?:s|e?d)\b"
    r"|\b(?:mandate(?: holder)?|special rapporteur) (?:has |had )?undert\w+"
    r"|\bstates (?:should|are (?:asked|called|urged))\b"
)
_HEADING = re.compile(r"^#.*$", re.MULTILINE)


def find_uncited_statements(markdown: str) -> list[str]:
    """Find words of the prose that say what a document or the mandate says, without a citation.

    Empty when there are none. Text inside ``{{ }}`` is not searched.

    >>> find_uncited_statements("The Special Rapporteur has urged States to act.")
    ['Special Rapporteur has urged']
    >>> find_uncited_statements("{{ cited.duty_to_protect }}")
    []
    """
    text = TAG.sub(" ", _HEADING.sub(" ", markdown))
    return [" ".join(m[0].split()) for p in (REFERENCE, SPEAKER) for m in p.finditer(text)]
