"""Decides whether the words around a match of a pattern excuse it, so that it is no attack.

A negated threat is no threat. A threat that is quoted or reported is a report; one that is answered is
counter-speech. A word that an insulted group uses for itself is no abuse; an idiom is no threat.
"""

from __future__ import annotations

import re

from hrdresearch.coding.attacks.lexicon import Lexicon, Pattern
from hrdresearch.coding.attacks.patterns import is_spaced

RECLAIMED_KINDS = (
    "gendered_abuse",
    "stigmatization",
    "ridicule",
    "group_hatred",
    "smear",
    "defamation",
)
DIRECT = ("threat_life", "threat_family", "call_to_violence")
TOLD = (*DIRECT, "private_data", "surveillance_notice")
REACH = 34  # characters before a match in which a negation counts
# Fewer for a single abusive word ("don't trust that ..." does not deny it), more where harm is announced or
# wished ("I don't want that ... are killed").
REACHES = {"gendered_abuse": 16} | dict.fromkeys(DIRECT, 60)
FEWEST_WORDS_AROUND = 3  # words in quotation marks are a quotation if three words stand around it
_SENTENCE = re.compile(r"[.!?。！？؟\n]+")
_CLAUSE = re.compile(r"[.!?。！？؟\n;；:：,，、،—]+| - ")
_QUOTED = re.compile(r'"[^"]{3,}"|(?<!\w)\'[^\']{3,}\'(?!\w)|「[^」]+」|『[^』]+』')
_WORD = re.compile(r"[\u4e00-\u9fff]|\w+")
NEGATED, IDIOM, SPEAKER, COUNTER, REPORT = "negated", "idiom", "own", "counter_speech", "reporting"


def find_excuse(pattern: Pattern, start: int, end: int, text: str, words: Lexicon) -> str:
    """Return the reason why a match at ``text[start:end]`` is no attack, or "" if it is one.

    text: folded message. words: lexicon with the mask of the message. Reasons: ``negated``, ``idiom``,
    ``own`` (of the speaker's own group), ``counter_speech``, ``reporting``.
    """
    idioms = words.context("idiom").finditer(text, max(0, start - REACH), end + REACH)
    if any(m.start() < end and start < m.end() for m in idioms):
        return IDIOM
    first = _end_of_last_break(_SENTENCE, text, start)
    last = found.start() if (found := _SENTENCE.search(text, end)) else len(text)
    around = f"{text[first:start]} . {text[end:last]}"
    if pattern.kind in TOLD and _is_harmless(pattern, start, end, text, around, words):
        return IDIOM
    quoted = (m.span() for m in _QUOTED.finditer(text) if m.start() <= start and end <= m.end())
    quote = next(quoted, None)
    if quote is None and _is_negated(pattern, start, end, text, words):
        return NEGATED
    if quote is None and _is_about_speaker(pattern.kind, first, start, end, text, words):
        return SPEAKER
    return _reported_or_answered(pattern.kind, (first, start, end, last), text, words, quote)


def _is_harmless(
    pattern: Pattern, start: int, end: int, text: str, around: str, words: Lexicon
) -> bool:
    """Whether the words around name a harmless setting (a kitchen, a film); or care, if no harm is named."""
    if pattern.is_veiled and words.context("care").search(f"{text[:start]} . {text[end:]}"):
        return True
    is_told = not pattern.is_veiled and words.context("second").search(text, start, end)
    return not is_told and bool(words.context("setting").search(around))


def _end_of_last_break(breaks: re.Pattern[str], text: str, at: int) -> int:
    return max((found.end() for found in breaks.finditer(text, 0, at)), default=0)


def _is_negated(pattern: Pattern, start: int, end: int, text: str, words: Lexicon) -> bool:
    context = words.context
    # Chinese negations are written together with what they negate.
    until = start if is_spaced(words.language) else start + 2
    reach = max(
        0, _end_of_last_break(_CLAUSE, text, start), start - REACHES.get(pattern.kind, REACH)
    )
    parts = [(reach, until, start - REACH - 12), (start, end, start - 8)]
    for first, last, before in parts[: 1 if pattern.is_negated else 2]:
        found = context("negation").search(text, first, last)
        if found and not context("not_negation").search(text[max(0, before) : end]):
            condition = context("condition").search(text, first, found.start())
            if not condition or pattern.kind not in DIRECT:
                return True
    return False


def _is_about_speaker(
    kind: str, clause: int, start: int, end: int, text: str, words: Lexicon
) -> bool:
    """Whether the speaker means himself or herself, jokes, or uses a word of the own group."""
    if words.context("jest").search(text[clause : end + 20]):
        return True
    if kind not in RECLAIMED_KINDS:
        own = kind == "threat_life" and words.context("self").search(text[start : end + 8])
        return bool(own) and not words.context("second").search(text, start, end)
    if words.context("self").search(text[clause : end + 20]):
        return True
    ends = [m.end() for m in words.context("reclaimed").finditer(text, clause, end)]
    return bool(ends) and max(ends) >= start - (4 if not is_spaced(words.language) else 18)


def _reported_or_answered(
    kind: str,
    places: tuple[int, int, int, int],
    text: str,
    words: Lexicon,
    quote: tuple[int, int] | None,
) -> str:
    """``reporting`` if the words are reported, ``counter_speech`` if they are answered, else "".

    places: start of the sentence, start and end of the match, end of the sentence. quote: of the quotation
    that holds the match, if any.
    """
    context, (first, start, end, last) = words.context, places
    # "for what she wrote" tells of no message.
    text = context("not_reporting").sub(lambda m: " " * len(m.group()), text)
    if quote is not None:
        around = f"{text[: quote[0]]} . {text[quote[1] :]}"
        if context("counter").search(around):
            return COUNTER
        is_reported = context("reporting").search(around) or context("topic").search(around)
        has_words_around = len(_WORD.findall(around)) >= FEWEST_WORDS_AROUND
        return REPORT if is_reported or has_words_around else ""
    said = text[start:end]
    is_direct = kind in DIRECT and (
        context("second").search(said) or context("speaker").search(said)
    )
    near = text[first:start] if is_direct else text
    if (
        context("counter").search(near)
        or (kind in DIRECT and context("answer").search(near))
        or (kind in TOLD and context("verdict").search(text, end, last))
    ):
        return COUNTER
    is_topic = not is_direct and context("topic").search(f"{text[first:start]} . {text[end:last]}")
    return REPORT if context("reporting").search(near) or is_topic else ""
