"""Reasons why a match of a pattern is not an attack in its context.

A negated threat is not a threat. A threat that is quoted or reported is a report; one that is answered
is counter-speech. A word that the insulted group uses for itself is not abuse; an idiom is not a threat.
"""

from __future__ import annotations

import re

from hrdresearch.coding.attacks.lexicon import Lexicon, Pattern

REACH = 34  # characters before a match in which a negation counts
SHORT_REACH = 16  # the same where a single word abuses: "don't trust that ..." is no denial of it
RECLAIMED_KINDS = (
    "gendered_abuse",
    "stigmatization",
    "ridicule",
    "group_hatred",
    "smear",
    "defamation",
)
DIRECT = ("threat_life", "threat_family", "call_to_violence")
FEWEST_WORDS_AROUND = 3  # words beside a quotation that make it one
_SENTENCE = re.compile(r"[.!?。！？؟\n]+")
_CLAUSE = re.compile(r"[.!?。！？؟\n;；:：,，、،—]+| - ")
_QUOTED = re.compile(r'"[^"]{3,}"|(?<!\w)\'[^\']{3,}\'(?!\w)|「[^」]+」|『[^』]+』')
NEGATED, IDIOM, SPEAKER, COUNTER, REPORT = "negated", "idiom", "own", "counter_speech", "reporting"


def find_excuse(pattern: Pattern, start: int, end: int, text: str, words: Lexicon) -> str:
    """Reason why a match at ``text[start:end]`` is not an attack, or "" when it is one.

    text: folded message. Reasons: negated, idiom, own, counter_speech, reporting.
    """
    if _overlaps(words.contexts["idiom"], start, end, text):
        return IDIOM
    quote = _find_quotation(start, end, text)
    if quote is None and _is_negated(pattern, start, end, text, words):
        return NEGATED
    if quote is None and _is_about_speaker(pattern.kind, start, end, text, words):
        return SPEAKER
    return _reported_or_answered(pattern.kind, start, end, text, words, quote)


def _overlaps(phrases: re.Pattern[str], start: int, end: int, text: str) -> bool:
    return any(m.start() < end and start < m.end() for m in phrases.finditer(text))


def _end_of_last_break(breaks: re.Pattern[str], text: str, at: int) -> int:
    return max((found.end() for found in breaks.finditer(text, 0, at)), default=0)


def _is_negated(pattern: Pattern, start: int, end: int, text: str, words: Lexicon) -> bool:
    contexts = words.contexts
    # Chinese negations are written together with what they negate.
    into = 0 if words.is_spaced else 2
    reach = SHORT_REACH if pattern.kind == "gendered_abuse" else REACH
    before = text[max(_end_of_last_break(_CLAUSE, text, start), start - reach) : start + into]
    if (found := contexts["negation"].search(before)) and not contexts["not_negation"].search(
        text[max(0, start - REACH - 12) : end]
    ):
        condition = contexts["condition"].search(before)
        if not (condition and condition.start() < found.start()) or pattern.kind not in DIRECT:
            return True
    if pattern.is_negated:
        return False
    inside = text[start:end]
    found = contexts["negation"].search(inside)
    if not found or contexts["not_negation"].search(text[max(0, start - 8) : end]):
        return False
    condition = contexts["condition"].search(inside)
    return not (condition and condition.start() < found.start())


def _is_about_speaker(kind: str, start: int, end: int, text: str, words: Lexicon) -> bool:
    """Whether the words are about the speaker: a joke about oneself, or a word of one's own group."""
    clause = _end_of_last_break(_SENTENCE, text, start)
    if kind in RECLAIMED_KINDS and words.contexts["self"].search(text[clause : end + 20]):
        return True
    if kind == "threat_life" and words.contexts["self"].search(text[start : end + 8]):
        return True
    if words.contexts["jest"].search(text[clause : end + 20]):
        return True
    if kind not in RECLAIMED_KINDS:
        return False
    ends = [m.end() for m in words.contexts["reclaimed"].finditer(text, clause, end)]
    return bool(ends) and max(ends) >= start - (4 if not words.is_spaced else 18)


def _find_quotation(start: int, end: int, text: str) -> tuple[int, int] | None:
    return next(
        (m.span() for m in _QUOTED.finditer(text) if m.start() <= start and end <= m.end()), None
    )


def _reported_or_answered(
    kind: str, start: int, end: int, text: str, words: Lexicon, quote: tuple[int, int] | None
) -> str:
    """``reporting`` when the words are reported, ``counter_speech`` when answered, else ""."""
    contexts = words.contexts
    # "for what she wrote" tells of no message.
    text = contexts["not_reporting"].sub(lambda m: " " * len(m.group()), text)
    if quote is not None:
        around = f"{text[: quote[0]]} . {text[quote[1] :]}"
        if contexts["counter"].search(around):
            return COUNTER
        is_reported = contexts["reporting"].search(around) or contexts["topic"].search(around)
        has_words_around = len(re.findall(r"\w+", around)) >= FEWEST_WORDS_AROUND
        return REPORT if is_reported or has_words_around else ""
    first = _end_of_last_break(_SENTENCE, text, start)
    until = _SENTENCE.search(text, end)
    last = until.start() if until else len(text)
    is_direct = kind in DIRECT and bool(contexts["second"].search(text[start:end]))
    near = text[first:start] if is_direct else text
    if contexts["counter"].search(near):
        return COUNTER
    if contexts["reporting"].search(near if is_direct else text):
        return REPORT
    if not is_direct and contexts["topic"].search(text[first:last]):
        return REPORT
    return ""
