"""Compares a sentence with the class of length that its publisher gives ("5-10 Years", "Life")."""

from __future__ import annotations

import math
from dataclasses import replace

from hrdresearch.coding.sentence import Sentence, parse_sentence

CLASSES = ("term", "life", "death", "pending")
SILENT = ("not_disclosed", "unparsed")


def band_agreement(sentence: Sentence, band: str) -> tuple[str, bool]:
    """Return the code of vocabulary ``band_agreement``, and whether the sentence lies wholly in the class.

    band: class of length as published. Ranges that overlap agree (code ``overlap``), and so do life or death
    and "10 years or more". A term of years beside the class "not sentenced" is a contradiction of the source.
    """
    published = parse_sentence(band)
    if not band.strip() or sentence.kind not in CLASSES or published.kind not in CLASSES:
        return "not_compared", False
    kinds = {sentence.kind, published.kind}
    if len(kinds) == 1 and kinds != {"term"}:
        return "same", True
    if "pending" in kinds or kinds == {"life", "death"}:
        return "contradiction", False
    (low, high), (band_low, band_high) = sentence.bounds, published.bounds
    if math.isnan(low) or math.isnan(band_low):
        return "not_compared", False
    if sentence.kind == "term" and band_low <= low and high <= band_high:
        return "same", True
    return ("overlap" if low <= band_high and band_low <= high else "contradiction"), False


def reconcile_with_band(sentence: Sentence, band: str) -> Sentence:
    """Return the sentence that counts, if the sentence as read or the publisher's class is life or death.

    The class counts if no sentence could be read. If the two conflict, the kind is ``conflict_death`` or
    ``conflict_life``, and a person reads the case before it is counted.

    >>> reconcile_with_band(parse_sentence("10 years"), "Death").kind
    'conflict_death'
    """
    published = parse_sentence(band)
    severe = next((k for k in ("death", "life") if k in (sentence.kind, published.kind)), "")
    if not severe or sentence.kind == published.kind or published.kind in SILENT:
        return sentence
    if sentence.kind in SILENT:
        return published
    if band_agreement(sentence, band)[0] == "overlap":
        return sentence
    return replace(sentence, kind=f"conflict_{severe}")
