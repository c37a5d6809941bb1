"""Makes one sentence of the terms of imprisonment in a text: their sum, total, or part to be served."""

from __future__ import annotations

import math
from collections.abc import Sequence

from spacy.tokens import Span

from hrdresearch.coding.sentence_kinds import Sentence
from hrdresearch.coding.statements import Statements
from hrdresearch.text.lengths import years_of


def read_term(said: Statements, found: Sequence[Span], flags: tuple[str, ...]) -> Sentence:
    """Return the sentence of a text with terms of imprisonment.

    found: lengths that are terms, at least one. flags: those of the text, which are kept. Of several terms
    the stated total counts; else their sum (consecutive), the longest (concurrent), or a range from the
    longest to the sum (flag ``cumulation_unknown``).
    """
    sentences = {said.sentence(x) for x in found}
    marks = [m for m in said.of("suspended") if said.sentence(m) in sentences]
    firm = [m for m in said.of("firm") if said.sentence(m) in sentences and said.of("part")]
    if marks or firm:
        return _read_suspended_term(said, list(found), (marks or firm)[0], flags)
    if total := _total(said, found):
        return Sentence("term", *years_of(total), evidence=total.text, flags=flags)
    if len(found) > 1 and said.of("lightest") and said.of("heaviest"):
        ends = sorted(years_of(x)[0] for x in found)
        return Sentence("term", ends[0], ends[-1], _evidence(said, found), flags=flags)
    bounds = [years_of(x) for x in found] * _count_of_terms(said, found)
    low, high = [a for a, _ in bounds], [math.inf if b is None else b for _, b in bounds]
    cues = [c for c in said.of("consecutive", "concurrent") if said.sentence(c) in sentences]
    flags = (*flags, *dict.fromkeys(c.label_ for c in cues))
    if "consecutive" in flags:
        together = sum(low), sum(high)
    elif "concurrent" in flags or len(bounds) == 1:
        together = max(low), max(high)
    else:
        together = max(low), sum(high)
        flags = (*flags, "cumulation_unknown")
    return Sentence("term", *_rounded(*together), _evidence(said, [*found, *cues]), flags=flags)


def _total(said: Statements, found: Sequence[Span]) -> Span | None:
    """The length that a text gives as the total of the others, or None."""
    for cue in reversed(said.of("total")):
        here = [x for x in found if said.places[x.start] == said.places[cue.start]]
        after_comma = [x for x in found if x.start == cue.end + 1]  # "in total, eight years"
        if total := [x for x in here if x.start >= cue.end] or after_comma or here[-1:]:
            return total[-1]
    return None


def _count_of_terms(said: Statements, found: Sequence[Span]) -> int:
    """How many terms a text has: two for the one length of "two consecutive terms of five years"."""
    if len(found) != 1 or years_of(found[0])[0] != years_of(found[0])[1]:
        return 1
    if any(c.end <= found[0].start for c in said.of("two_terms")):
        return 2
    for term in (c for c in said.of("terms") if c.end <= found[0].start):
        for number in said.doc.spans["numbers"]:
            count = years_of(number)[0]
            if 0 <= term.start - number.end <= 1 and 2 <= count <= 50:
                return int(count)
    return 1


def _read_suspended_term(
    said: Statements, found: list[Span], mark: Span, flags: tuple[str, ...]
) -> Sentence:
    """A sentence that is suspended as a whole, or in part; the minimum is then the part to be served."""
    whole = max(found, key=lambda x: years_of(x)[0])
    low, high = years_of(whole)
    evidence = _evidence(said, [whole, mark])
    part = said.of("part")
    share = _share(said, found, whole, mark, bool(part))
    if share is not None:
        is_firm = bool(part) and any(c.start > part[0].start for c in said.of("firm"))
        low, high = _rounded(share if is_firm else low - share, math.inf if high is None else high)
        return Sentence("term", low, high, evidence, flags=(*flags, "partly_suspended"))
    before = [x for x in found if x.end <= mark.start] or found
    if len(before) > 1:
        together = sum(years_of(x)[1] or math.inf for x in before)
        bounds = _rounded(years_of(before[0])[0], together)
        return Sentence("term", *bounds, evidence, flags=(*flags, "partly_suspended"))
    return Sentence("suspended", low, high, evidence, flags=(*flags, "suspended"))


def _share(
    said: Statements, found: list[Span], whole: Span, mark: Span, is_part: bool
) -> float | None:
    """Years of the part that is suspended or served ("5 years, of which 2 suspended"), or None."""
    low = years_of(whole)[0]
    if is_part and (rest := [x for x in found if x is not whole]):
        return years_of(rest[0])[0]
    last = found[-1]
    if last is not whole and last.end <= mark.start and not said.is_joined(whole.end, last):
        return years_of(last)[0]
    ends = {x.end for x in found}  # in Arabic "one" stands behind the year that it counts
    for number in (n for n in said.doc.spans["numbers"] if n.start not in ends):
        is_near = is_part or 0 <= mark.start - number.end <= 1
        if is_near and said.sentence(number) == said.sentence(whole) and whole.start < number.start:
            value = years_of(number)[0]  # in years or, if that is too much, in months
            return next((share for share in (value, value / 12) if share <= low), None)
    return None


def _evidence(said: Statements, spans: Sequence[Span]) -> str:
    return said.doc[min(s.start for s in spans) : max(s.end for s in spans)].text


def _rounded(low: float, high: float) -> tuple[float, float | None]:
    return round(max(low, 0.0), 4), None if math.isinf(high) else round(high, 4)
