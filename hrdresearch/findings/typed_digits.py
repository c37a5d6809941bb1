"""Finds digits that were typed by hand into prose; numbers must come from findings.

Dates, numbers of paragraphs, document symbols and the defined terms of ``vocab/defined_terms.yml`` may
be typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from hrdresearch.vocab import vocabulary

TAG = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_ALLOWED_DIGITS = (
    re.compile(rf"\b\d{{1,2}} (?:{_MONTHS})(?: \d{{4}})?\b"),
    re.compile(rf"\b(?:{_MONTHS}) \d{{4}}\b"),
    re.compile(r"\b\d{4}-\d{2}-\d{2}\b"),
    re.compile(
        r"(?i)\b(?:in|since|of|from|until|to|between|and|by|year|during) (?:1[89]|20)\d{2}"
        r"(?:–(?:1[89]|20)\d{2})?\b"
    ),
    re.compile(
        r"(?i)\b(?:para|paras|paragraph|paragraphs|art|arts|article|articles)\b\.?\s"
        r"\d+(?:\s?\([a-z]+\))?(?:(?:,|\sand|-|–|\sto)\s?\d+(?:\s?\([a-z]+\))?)*"
    ),
    re.compile(r"\b[A-Z]{1,4}(?:/[A-Za-z0-9.]+){1,6}\b"),
    re.compile(r"\bresolutions? \d+/\d+(?: [A-Z])?\b"),
)


def find_typed_digits(markdown: str, quoted: Iterable[str] = ()) -> list[str]:
    """Find words of the prose that hold digits typed by hand.

    quoted: titles, which stand as they were given.

    >>> find_typed_digits("In 2021, 12 persons and {{ extent.victims }} were killed.")
    ['12']
    >>> find_typed_digits("In 2015–2019, 12 of 40 were threatened.")
    ['12', '40']
    >>> find_typed_digits("Cases on the list of Presas 2019-2024", ["Presas 2019-2024"])
    []
    """
    text = TAG.sub(" ", markdown)
    for title in quoted:
        if any(map(str.isalpha, title)):
            text = text.replace(title, " ")
    text = re.sub(r"\]\([^)]*\)", "] ", text)  # link targets are no prose
    text = re.sub(r"\]\{[^}]*\}", "] ", text)  # attributes of spans
    text = re.sub(r"\[\^[^\]]+\]:?", " ", text)  # footnote marks
    text = re.sub(r"^\s{0,3}\d+[.)]\s", " ", text, flags=re.MULTILINE)  # list marks
    for term in vocabulary("defined_terms")["codes"]:
        text = text.replace(str(term), " ")
    for allowed in _ALLOWED_DIGITS:
        text = allowed.sub(" ", text)
    return re.findall(r"\S*\d\S*", text)
