"""Terms of imprisonment: lengths that are served, counted together, and suspended in part."""

from __future__ import annotations

import math
import re
from itertools import pairwise

from hrdresearch.coding.length_words import phrase_pattern, tokenize
from hrdresearch.coding.lengths import YEARS_OF, Length, find_lengths
from hrdresearch.coding.sentence_kinds import AsWritten, Sentence

_QUALIFIES = re.compile(r"[\s's-]*(?:of |de |d'|من |ال)?(?:additional |supplementary )?")
_LASTS = re.compile(r"\s*(?:for |of |pendant |durante |por |de |لمده )?")


def read_term(text: str, found: list[Length], flags: list[str], as_written: AsWritten) -> Sentence:
    """Read a term of imprisonment; several terms are added, or the longest is taken."""
    start, end = found[0].start, found[-1].end
    suspended = phrase_pattern("suspended").search(text) or phrase_pattern("firm").search(text)
    if suspended and (
        phrase_pattern("suspended").search(text) or phrase_pattern("part").search(text)
    ):
        return _read_suspended_term(text, found, suspended, flags, as_written)
    for flag in ("consecutive", "concurrent"):
        if match := phrase_pattern(flag).search(text):
            flags = [*flags, flag]
            start, end = min(start, match.start()), max(end, match.end())
    found = _repeat_counted_terms(text, found)
    low = [f.minimum for f in found]
    high = [math.inf if f.maximum is None else f.maximum for f in found]
    if "consecutive" in flags:
        bounds = sum(low), sum(high)
    elif "concurrent" in flags or len(found) == 1:
        bounds = max(low), max(high)
    else:
        bounds = max(low), sum(high)
        flags = [*flags, "cumulation_unknown"]
    return Sentence("term", *_rounded(*bounds), as_written(start, end), flags=tuple(flags))


def find_prison_lengths(text: str) -> list[Length]:
    """Lengths of imprisonment in folded text, in order.

    Lengths of probation, exile, bans and the like are left out where there are others.
    """
    found = find_lengths(text)
    if not found:
        return []
    other = [m.span() for m in phrase_pattern("not_prison").finditer(text)]

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


def _read_suspended_term(
    text: str, found: list[Length], marker: re.Match[str], flags: list[str], as_written: AsWritten
) -> Sentence:
    """Wholly suspended, or partly: then the part to be served is the minimum."""
    start = min(found[0].start, marker.start())
    before = [f for f in found if f.start < marker.start()]
    end = max(marker.end(), before[-1].end if before else found[-1].end)
    evidence = as_written(start, end)
    part = phrase_pattern("part").search(text)
    if part and found[0].end <= part.start():
        total = found[0]
        rest = [f for f in found[1:] if f.start >= part.start()]
        share = (
            rest[0].maximum
            if rest
            else (
                _read_bare_number(text[part.end() :], total)
                or _read_bare_number(text[total.end : part.start()], total)
            )
        )
        if share is not None and total.maximum is not None:
            is_firm = phrase_pattern("firm").search(text[part.end() :])
            low, high = _rounded(share if is_firm else total.minimum - share, total.maximum)
            return Sentence("term", low, high, evidence, flags=(*flags, "partly_suspended"))
    if len(before) > 1:
        low, high = _rounded(before[0].minimum, sum(f.maximum or math.inf for f in before))
        return Sentence("term", low, high, evidence, flags=(*flags, "partly_suspended"))
    aside = _read_bare_number(text[before[0].end : marker.start()], before[0]) if before else None
    if aside is not None:  # "24 months, 12 suspended"
        low, high = _rounded(before[0].minimum - aside, before[0].maximum or math.inf)
        return Sentence("term", low, high, evidence, flags=(*flags, "partly_suspended"))
    chosen = before[0] if before else found[0]
    low, high = _rounded(chosen.minimum, math.inf if chosen.maximum is None else chosen.maximum)
    return Sentence("suspended", low, high, evidence, flags=(*flags, "suspended"))


def _read_bare_number(text: str, total: Length) -> float | None:
    """``of which two suspended``: a number without a unit, in years or else in months."""
    # In Arabic "one" stands behind the year that it counts.
    numbers = (t.value for t in tokenize(text) if t.kind == "N" and t.language != "ar")
    number = next(numbers, None)
    if number is None:
        return None
    if number <= total.minimum:
        return number
    return number / 12 if number / 12 <= total.minimum else None


def _repeat_counted_terms(text: str, found: list[Length]) -> list[Length]:
    """``two consecutive terms of five years`` is two lengths; ``of three and four years`` too."""
    terms = re.search(rf"(?:{phrase_pattern('terms').pattern})", text[: found[0].start])
    first = next((t for t in tokenize(text[: found[0].start]) if t.kind == "N"), None)
    prior = tokenize(text[: found[0].start])
    for token, following in pairwise(prior):
        # A number joined to the first length by "and" shares its unit.
        if token.kind == "N" and following.kind in "A," and following is prior[-1]:
            unit = next(t.unit for t in tokenize(text[found[0].start :]) if t.kind == "U")
            years = token.value * YEARS_OF[unit]
            shared = Length(years, years, token.start, token.end)
            return [shared, *found]
    if phrase_pattern("two_terms").search(text[: found[0].start]) and len(found) == 1:
        return found * 2
    if terms and first is not None and 2 <= first.value <= 50 and len(found) == 1:
        return found * int(first.value)
    return found


def _rounded(low: float, high: float) -> tuple[float, float | None]:
    return round(max(low, 0.0), 4), None if math.isinf(high) else round(high, 4)
