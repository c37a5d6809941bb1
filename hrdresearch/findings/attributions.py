"""What prose says of a document, outside the ledger of citations.

In prose no symbol and no number of a paragraph is typed, and no sentence says what the report or
the mandate says: that is printed by ``{{ cited.KEY }}`` alone. Headings are pointers and may.
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


def said_of_documents(markdown: str) -> list[str]:
    """Words that speak for a document or the mandate without a citation; empty when none do."""
    text = TAG.sub(" ", _HEADING.sub(" ", markdown))
    return [" ".join(m[0].split()) for p in (REFERENCE, SPEAKER) for m in p.finditer(text)]
