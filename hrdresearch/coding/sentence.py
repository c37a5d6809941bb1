"""Sentences as published, in several languages, to kind and length in years.

``parse_sentence("death, commuted to 20 years")`` is a term of 20 years. Ambiguity is kept as a
range: two terms of which the text does not say whether they run together or one after the other
give the longer one as minimum and their sum as maximum. Nothing falls into a silent "other": what
no rule reads is kind ``unparsed``. Method: rules over ``vocab/sentence_words.yml``.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass, replace
from itertools import pairwise

import pandas as pd

from hrdresearch.clean.dates import read_dates
from hrdresearch.coding.lengths import (
    YEARS_OF,
    Folded,
    Length,
    alternatives,
    fold,
    lengths,
    tokenize,
)

KINDS = (
    "term",
    "life",
    "death",
    "suspended",
    "indefinite",
    "pending",
    "not_disclosed",
    "acquitted",
    "unparsed",
)
WITH_LENGTH = ("term", "suspended")
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?!\d)|(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.]\d{4}"
    r"|(?<!\d)(?:\d{1,2}(?:st|nd|rd|th)? (?:de |of )?)?[^\W\d_]{3,10}\.?,? "
    r"(?:de |del )?(?:19|20)\d{2}(?!\d)"
    r"|(?<!\d)(?:19|20)\d{2}(?!\d)"
)
_BARE = re.compile(r"\s*(\d{1,2}(?:[.,]\d)?)(?:\s*(?:-|to|a|à)\s*(\d{1,2}))?\s*")
_ZH_DATE = re.compile(r"((?:19|20)\d{2})年(?:(\d{1,2})月)?(?:(\d{1,2})[日号])?")
_QUALIFIES = re.compile(r"[\s's-]*(?:of |de |d'|من |ال)?(?:additional |supplementary )?")
_LASTS = re.compile(r"\s*(?:for |of |pendant |durante |por |de |لمده )?")


@dataclass(frozen=True)
class Sentence:
    """A sentence as read.

    minimum, maximum: years; None for life, death and what has no length, and a maximum of None
    beside a minimum is open ("more than 10 years"). end_date: first day the published end allows,
    with its precision. evidence: the words that were read. flags: reduced_or_commuted,
    consecutive, concurrent, without_parole, suspended, partly_suspended, cumulation_unknown,
    years_assumed (a number without a unit).
    """

    kind: str
    minimum: float | None = None
    maximum: float | None = None
    evidence: str = ""
    end_date: dt.date | None = None
    end_precision: str = ""
    flags: tuple[str, ...] = ()

    @property
    def bounds(self) -> tuple[float, float]:
        """Lower and upper bound for a threshold: life and death are longer than any term.

        Not a number for what has no length; a suspended sentence is not served and has none.
        """
        if self.kind in ("life", "death"):
            return (self.minimum if self.minimum is not None else math.inf), math.inf
        if self.kind != "term" or self.minimum is None:
            return math.nan, math.nan
        return self.minimum, math.inf if self.maximum is None else self.maximum


def parse_sentence(text: str) -> Sentence:
    """Kind, minimum and maximum in years, and the words they rest on."""
    folded = fold(text)
    if not folded.text.strip():
        return Sentence("not_disclosed")
    found = _read(folded.text, text, folded)
    return found if found is not None else Sentence("unparsed", evidence=text.strip())


def _read(text: str, original: str, folded: Folded, offset: int = 0) -> Sentence | None:
    """``text`` is the stretch of the folded text that begins at ``offset``."""

    def said(start: int, end: int) -> str:
        return folded.written(original, offset + start, offset + end)

    change = _last(alternatives("changed"), text)
    if change:
        changed = _changed(text, change, original, folded, offset)
        if changed is not None:
            return changed
    for kind in ("acquitted", "pending"):
        match = alternatives(kind).search(text)
        if match and not (kind == "pending" and _stands_before_a_length(text, match)):
            return Sentence(kind, evidence=said(*match.span()))
    flags: list[str] = []
    if match := alternatives("without_parole").search(text):
        flags.append("without_parole")
    for kind in ("death", "life"):
        if match := alternatives(kind).search(text):
            return _without_end(kind, text, match, flags, said)
    dated = _end_date(text)
    found = _imprisonment(text)
    if dated and (not found or found[0].start >= dated[1]):
        date, _, start, end, precision = dated
        return Sentence("term", evidence=said(start, end), end_date=date, end_precision=precision)
    if found:
        return _term(text, found, flags, said)
    if bare := _BARE.fullmatch(text):
        low, high = (float(n.replace(",", ".")) for n in (bare[1], bare[2] or bare[1]))
        return Sentence("term", low, high, said(*bare.span()), flags=("years_assumed",))
    for kind in ("indefinite", "not_disclosed"):
        if match := alternatives(kind).search(text):
            return Sentence(kind, evidence=said(*match.span()))
    if match := alternatives("suspended").search(text):
        return Sentence("suspended", evidence=said(*match.span()), flags=("suspended",))
    return None


def _changed(
    text: str, change: re.Match[str], original: str, folded: Folded, offset: int
) -> Sentence | None:
    """What a sentence was changed to; a change by a length is subtracted or added."""
    before, after = text[: change.start()], text[change.end() :]
    tokens = tokenize(after)
    starts_from = next((t.kind for t in tokens if t.kind in "NUFT"), "") == "F"
    if starts_from:
        arrow = next((t for t in tokens if t.kind == "T"), None)
        if arrow is None:
            original_one = _read(before, original, folded, offset)
            return _flagged(original_one, "reduced_or_commuted")
        after_at = arrow.end
    else:
        after_at = 0
    by = re.match(
        rf"[\s,]*(?:on appeal |en apelacion |en appel )?(?:{alternatives('by').pattern})\s", after
    )
    old, step = _imprisonment(before), _imprisonment(after)
    a_number_follows = (
        by is not None and "".join(t.kind for t in tokenize(after[by.end() :]))[:1] == "N"
    )
    if a_number_follows and old and step and step[0].maximum and old[0].maximum:
        sign = (
            1
            if re.search(r"increas|rais|length|extend|aument|eleva|ampli|augment|alour", text)
            else -1
        )
        low = round(old[0].minimum + sign * step[0].minimum, 4)
        high = round(old[0].maximum + sign * step[0].maximum, 4)
        said = folded.written(original, offset, offset + change.end() + step[0].end)
        return Sentence("term", low, high, said, flags=("reduced_or_commuted",))
    new = _read(after[after_at:], original, folded, offset + change.end() + after_at)
    if new is not None:
        return _flagged(new, "reduced_or_commuted")
    earlier = _read(before, original, folded, offset)
    if earlier is not None and earlier.minimum is not None:
        earlier = replace(earlier, minimum=0.0)  # changed, but not said to what
    return _flagged(earlier, "reduced_or_commuted")


def _flagged(found: Sentence | None, flag: str) -> Sentence | None:
    return replace(found, flags=(*found.flags, flag)) if found else None


def _without_end(
    kind: str, text: str, match: re.Match[str], flags: list[str], said: object
) -> Sentence:
    """Life or death; "20 years to life" keeps its minimum, "10 years or life" is a range."""
    assert callable(said)
    start, end, minimum = match.start(), match.end(), None
    if kind == "death" and alternatives("suspended").search(text):
        flags = [*flags, "suspended"]
    found = lengths(text[: match.start()])
    if (
        kind == "life"
        and found
        and re.fullmatch(
            r"[\s-]*(?:to|or|a|ou|o|u|至|到|或|الي|او)[\s-]*(?:the |la |la pena de |cadena )?",
            text[found[-1].end : match.start()],
        )
    ):
        start, minimum = found[-1].start, found[-1].minimum
    return Sentence(kind, minimum, None, said(start, end), flags=tuple(flags))


def _term(text: str, found: list[Length], flags: list[str], said: object) -> Sentence:
    assert callable(said)
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


def _suspended(
    text: str, found: list[Length], marker: re.Match[str], flags: list[str], said: object
) -> Sentence:
    """Wholly suspended, or partly: then the part to be served is the minimum."""
    assert callable(said)
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


def _imprisonment(text: str) -> list[Length]:
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


def _end_date(text: str) -> tuple[dt.date, int, int, int, str] | None:
    """A date in place of a length: date, where it starts, evidence from-to, precision."""
    until = alternatives("until").search(text)
    stripped = text.strip()
    if zh := _ZH_DATE.search(text):
        year, month, day = (int(g) if g else 0 for g in zh.groups())
        precision = "day" if day else "month" if month else "year"
        try:
            date = dt.date(year, month or 1, day or 1)
        except ValueError:
            return None
        return date, zh.start(), zh.start(), zh.end(), precision
    for match in _DATE.finditer(text):
        whole = match.group() == stripped
        if not whole and not (until and until.start() < match.start()):
            continue
        cell = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", match.group())
        read = read_dates(pd.Series([cell]), "dmy").iloc[0]
        if pd.notna(read["date"]):
            start = until.start() if until and until.start() < match.start() else match.start()
            return read["date"].date(), match.start(), start, match.end(), str(read["precision"])
    return None


def _stands_before_a_length(text: str, match: re.Match[str]) -> bool:
    """ "Sentenced after two years of pretrial detention to five years" is a sentence."""
    sentenced = re.search(
        r"(?<!not )(?<!yet )(?<!been )(?<!be )(?<!un)(?:sentenced|condamnee?|condenad[oa]"
        r"|sentenciad[oa]|判处|حكم عليه)[^.;]{0,80}?",
        text,
    )
    if not sentenced or match.start() <= sentenced.start() < match.end():
        return False
    return bool(lengths(text[sentenced.end() :]))


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda m: m.start(), default=None)


def _rounded(low: float, high: float) -> tuple[float, float | None]:
    return round(max(low, 0.0), 4), None if math.isinf(high) else round(high, 4)
