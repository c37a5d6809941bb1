"""Sentences as published, in several languages, to kind and length in years.

``parse_sentence("death, commuted to 20 years")`` is a term of 20 years. Ambiguity is kept as a
range: two terms of which the text does not say whether they run together or one after the other
give the longer one as minimum and their sum as maximum. Nothing falls into a silent "other": what
no rule reads is kind ``unparsed``. Method: rules over ``vocab/sentence_words.yml``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from hrdresearch.coding.end_dates import find_end_date
from hrdresearch.coding.folded import Folded, fold
from hrdresearch.coding.length_words import phrase_pattern, tokenize
from hrdresearch.coding.lengths import find_lengths
from hrdresearch.coding.sentence_kinds import KINDS, AsWritten, Sentence
from hrdresearch.coding.terms import find_prison_lengths, read_term

__all__ = ["KINDS", "Sentence", "parse_sentence"]

_BARE = re.compile(r"\s*(\d{1,2}(?:[.,]\d)?)(?:\s*(?:-|to|a|à)\s*(\d{1,2}))?\s*")


def parse_sentence(text: str) -> Sentence:
    """Read a sentence: its kind, its minimum and maximum in years, and the words that gave them.

    Returns a ``Sentence``; kind ``unparsed`` when no rule can read the text.
    """
    folded = fold(text)
    if not folded.text.strip():
        return Sentence("not_disclosed")
    found = _read_sentence(folded.text, text, folded)
    return found if found is not None else Sentence("unparsed", evidence=text.strip())


def _read_sentence(text: str, original: str, folded: Folded, offset: int = 0) -> Sentence | None:
    """Read ``text``, which is the part of the folded text that begins at ``offset``."""

    def as_written(start: int, end: int) -> str:
        return folded.as_written(original, offset + start, offset + end)

    change = _last_match(phrase_pattern("changed"), text)
    if change:
        changed = _read_changed_sentence(text, change, original, folded, offset)
        if changed is not None:
            return changed
    for kind in ("acquitted", "pending"):
        match = phrase_pattern(kind).search(text)
        if match and not (kind == "pending" and _stands_before_a_length(text, match)):
            return Sentence(kind, evidence=as_written(*match.span()))
    flags: list[str] = []
    if match := phrase_pattern("without_parole").search(text):
        flags.append("without_parole")
    for kind in ("death", "life"):
        if match := phrase_pattern(kind).search(text):
            return _read_life_or_death(kind, text, match, flags, as_written)
    dated = find_end_date(text)
    found = find_prison_lengths(text)
    if dated and (not found or found[0].start >= dated[1]):
        date, _, start, end, precision = dated
        return Sentence(
            "term", evidence=as_written(start, end), end_date=date, end_precision=precision
        )
    if found:
        return read_term(text, found, flags, as_written)
    if bare := _BARE.fullmatch(text):
        low, high = (float(n.replace(",", ".")) for n in (bare[1], bare[2] or bare[1]))
        return Sentence("term", low, high, as_written(*bare.span()), flags=("years_assumed",))
    for kind in ("indefinite", "not_disclosed"):
        if match := phrase_pattern(kind).search(text):
            return Sentence(kind, evidence=as_written(*match.span()))
    if match := phrase_pattern("suspended").search(text):
        return Sentence("suspended", evidence=as_written(*match.span()), flags=("suspended",))
    return None


def _read_changed_sentence(
    text: str, change: re.Match[str], original: str, folded: Folded, offset: int
) -> Sentence | None:
    """What a sentence was changed to; a change by a length is subtracted or added."""
    before, after = text[: change.start()], text[change.end() :]
    tokens = tokenize(after)
    starts_from = next((t.kind for t in tokens if t.kind in "NUFT"), "") == "F"
    if starts_from:
        arrow = next((t for t in tokens if t.kind == "T"), None)
        if arrow is None:
            unchanged = _read_sentence(before, original, folded, offset)
            return _add_flag(unchanged, "reduced_or_commuted")
        after_at = arrow.end
    else:
        after_at = 0
    by = re.match(
        rf"[\s,]*(?:on appeal |en apelacion |en appel )?(?:{phrase_pattern('by').pattern})\s", after
    )
    old, step = find_prison_lengths(before), find_prison_lengths(after)
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
        evidence = folded.as_written(original, offset, offset + change.end() + step[0].end)
        return Sentence("term", low, high, evidence, flags=("reduced_or_commuted",))
    new = _read_sentence(after[after_at:], original, folded, offset + change.end() + after_at)
    if new is not None:
        return _add_flag(new, "reduced_or_commuted")
    earlier = _read_sentence(before, original, folded, offset)
    if earlier is not None and earlier.minimum is not None:
        earlier = replace(earlier, minimum=0.0)  # changed, but not said to what
    return _add_flag(earlier, "reduced_or_commuted")


def _add_flag(found: Sentence | None, flag: str) -> Sentence | None:
    return replace(found, flags=(*found.flags, flag)) if found else None


def _read_life_or_death(
    kind: str, text: str, match: re.Match[str], flags: list[str], as_written: AsWritten
) -> Sentence:
    """Life or death; "20 years to life" keeps its minimum, "10 years or life" is a range."""
    start, end, minimum = match.start(), match.end(), None
    if kind == "death" and phrase_pattern("suspended").search(text):
        flags = [*flags, "suspended"]
    found = find_lengths(text[: match.start()])
    if (
        kind == "life"
        and found
        and re.fullmatch(
            r"[\s-]*(?:to|or|a|ou|o|u|至|到|或|الي|او)[\s-]*(?:the |la |la pena de |cadena )?",
            text[found[-1].end : match.start()],
        )
    ):
        start, minimum = found[-1].start, found[-1].minimum
    return Sentence(kind, minimum, None, as_written(start, end), flags=tuple(flags))


def _stands_before_a_length(text: str, match: re.Match[str]) -> bool:
    """ "Sentenced after two years of pretrial detention to five years" is a sentence."""
    sentenced = re.search(
        r"(?<!not )(?<!yet )(?<!been )(?<!be )(?<!un)(?:sentenced|condamnee?|condenad[oa]"
        r"|sentenciad[oa]|判处|حكم عليه)[^.;]{0,80}?",
        text,
    )
    if not sentenced or match.start() <= sentenced.start() < match.end():
        return False
    return bool(find_lengths(text[sentenced.end() :]))


def _last_match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda m: m.start(), default=None)
