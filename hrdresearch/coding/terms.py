"""Terms of imprisonment: lengths that are served, counted together, and suspended in part."""

from __future__ import annotations

import math
import re
from itertools import pairwise

from hrdresearch.coding.length_words import alternatives, tokenize
from hrdresearch.coding.lengths import YEARS_OF, Length, lengths
from hrdresearch.coding.sentence_kinds import Said, Sentence

_QUALIFIES = re.compile(r"[\s's-]*(?:of |de |d'|من |ال)?(?:additional |supplementary )?")
_LASTS = re.compile(r"\s*(?:for |of |pendant |durante |por |de |لمده )?")


def term(text: str, found: list[Length], flags: list[str], said: Said) -> Sentence:
    """Read a term of imprisonment; several terms are added, or the longest is taken."""
    start, end = found[0].start, found[-1].end
    suspended = alternatives("suspended").search(text) or alternatives("firm").search(text)
    if suspended and (alternatives("suspended").search(text) or alternatives("part").search(text)):
        return _suspended(text, found, suspended, flags, said)
    for flag in ("consecutive", "concurrent"):
        if match := alternatives(flag).search(text):
            flags = [*flags, flag]
            start, end = min(start, match.start()), max(end, match.end())
    found = _counted(text, found)
    low = [f.minimum for f in found]
    high = [math.inf if f.maximum is None else f.maximum for f in found]
    if "consecutive" in flags:
        bounds = sum(low), sum(high)
    elif "concurrent" in flags or len(found) == 1:
        bounds = max(low), max(high)
    else:
        bounds = max(low), sum(high)
        flags = [*flags, "cumulation_unknown"]
    return Sentence("term", *_rounded(*bounds), said(start, end), flags=tuple(flags))


def imprisonment(text: str) -> list[Length]:
    """Lengths of imprisonment: without probation, exile, bans and the like, where others stand."""
    found = lengths(text)
    if not found:
        return []
    other = [m.span() for m in alternatives("not_prison").finditer(text)]

    def is_other(length: Length) -> bool:
        return any(
            (
                length.end <= start
                and text[start] != "و"
                and _QUALIFIES.fullmatch(text[length.end : start])
            )
            or (end <= length.start and _LASTS.fullmatch(text[end : length.start]))
            for start, end in other
        )

    served = [f for f in found if not is_other(f)]
    return served or found


def _suspended(
    text: str, found: list[Length], marker: re.Match[str], flags: list[str], said: Said
) -> Sentence:
    """Wholly suspended, or partly: then the part to be served is the minimum."""
    start = min(found[0].start, marker.start())
    before = [f for f in found if f.start < marker.start()]
    end = max(marker.end(), before[-1].end if before else found[-1].end)
    evidence = said(start, end)
    part = alternatives("part").search(text)
    if part and found[0].end <= part.start():
        total = found[0]
        rest = [f for f in found[1:] if f.start >= part.start()]
        share = (
            rest[0].maximum
            if rest
            else (
                _bare_number(text[part.end() :], total)
                or _bare_number(text[total.end : part.start()], total)
            )
        )
        if share is not None and total.maximum is not None:
            is_firm = alternatives("firm").search(text[part.end() :])
            low, high = _rounded(share if is_firm else total.minimum - share, total.maximum)
            return Sentence("term", low, high, evidence, flags=(*flags, "partly_suspended"))
    if len(before) > 1:
        low, high = _rounded(before[0].minimum, sum(f.maximum or math.inf for f in before))
        return Sentence("term", low, high, evidence, flags=(*flags, "partly_suspended"))
    aside = _bare_number(text[before[0].end : marker.start()], before[0]) if before else None
    if aside is not None:  # "24 months, 12 suspended"
        low, high = _rounded(before[0].minimum - aside, before[0].maximum or math.inf)
        return Sentence("term", low, high, evidence, flags=(*flags, "partly_suspended"))
    chosen = before[0] if before else found[0]
    low, high = _rounded(chosen.minimum, math.inf if chosen.maximum is None else chosen.maximum)
    return Sentence("suspended", low, high, evidence, flags=(*flags, "suspended"))


def _bare_number(text: str, total: Length) -> float | None:
    """``of which two suspended``: a number without a unit, in years or else in months."""
    # In Arabic "one" stands behind the year that it counts.
    numbers = (t.value for t in tokenize(text) if t.kind == "N" and t.language != "ar")
    number = next(numbers, None)
    if number is None:
        return None
    if number <= total.minimum:
        return number
    return number / 12 if number / 12 <= total.minimum else None


def _counted(text: str, found: list[Length]) -> list[Length]:
    """``two consecutive terms of five years`` is two lengths; ``of three and four years`` too."""
    terms = re.search(rf"(?:{alternatives('terms').pattern})", text[: found[0].start])
    first = next((t for t in tokenize(text[: found[0].start]) if t.kind == "N"), None)
    prior = tokenize(text[: found[0].start])
    for token, following in pairwise(prior):
        # A number joined to the first length by "and" shares its unit.
        if token.kind == "N" and following.kind in "A," and following is prior[-1]:
            unit = next(t.unit for t in tokenize(text[found[0].start :]) if t.kind == "U")
            years = token.value * YEARS_OF[unit]
            shared = Length(years, years, token.start, token.end)
            return [shared, *found]
    if alternatives("two_terms").search(text[: found[0].start]) and len(found) == 1:
        return found * 2
    if terms and first is not None and 2 <= first.value <= 50 and len(found) == 1:
        return found * int(first.value)
    return found


def _rounded(low: float, high: float) -> tuple[float, float | None]:
    return round(max(low, 0.0), 4), None if math.isinf(high) else round(high, 4)
