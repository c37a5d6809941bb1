"""Reasons why a match of a pattern is not an attack in its context.

A negated threat is not a threat. A threat that is quoted or reported is a report; one that is answered
is counter-speech. A word that the insulted group uses for itself is not abuse; an idiom is not a threat.
"""

from __future__ import annotations

import re

from hrdresearch.coding.attacks.lexicon import Lexicon, Pattern

RECLAIMED_KINDS = (
    "gendered_abuse",
    "stigmatization",
    "ridicule",
    "group_hatred",
    "smear",
    "defamation",
)
DIRECT = ("threat_life", "threat_family", "call_to_violence")
REACH = 34  # characters before a match in which a negation counts
# Less where a single word abuses ("don't trust that ..." is no denial of it), more where harm is announced,
# due or wished ("I don't want that ... are killed").
REACHES = {"gendered_abuse": 16} | dict.fromkeys(DIRECT, 60)
FEWEST_WORDS_AROUND = 3  # words beside a quotation that make it one
_SENTENCE = re.compile(r"[.!?。！？؟\n]+")
_CLAUSE = re.compile(r"[.!?。！？؟\n;；:：,，、،—]+| - ")
_QUOTED = re.compile(r'"[^"]{3,}"|(?<!\w)\'[^\']{3,}\'(?!\w)|「[^」]+」|『[^』]+』')
_WORD = re.compile(r"[\u4e00-\u9fff]|\w+")
NEGATED, IDIOM, SPEAKER, COUNTER, REPORT = "negated", "idiom", "own", "counter_speech", "reporting"


def find_excuse(pattern: Pattern, start: int, end: int, text: str, words: Lexicon) -> str:
    """Reason why a match at ``text[start:end]`` is not an attack, or "" when it is one.

    text: folded message. Reasons: negated, idiom, own, counter_speech, reporting.
    """
    near = words.contexts["idiom"].finditer(text, max(0, start - REACH), end + REACH)
    if any(m.start() < end and start < m.end() for m in near):
        return IDIOM
    first = _end_of_last_break(_SENTENCE, text, start)
    until = _SENTENCE.search(text, end)
    around = f"{text[first:start]} . {text[end : until.start() if until else len(text)]}"
    is_said_to_somebody = words.contexts["second"].search(text, start, end)
    if (
        pattern.kind in DIRECT
        and not is_said_to_somebody
        and words.contexts["setting"].search(around)
    ):
        return IDIOM
    quoted = (m.span() for m in _QUOTED.finditer(text) if m.start() <= start and end <= m.end())
    quote = next(quoted, None)
    if quote is None and _is_negated(pattern, start, end, text, words):
        return NEGATED
    if quote is None and _is_about_speaker(pattern.kind, first, start, end, text, words):
        return SPEAKER
    return _reported_or_answered(pattern.kind, first, start, end, text, words, quote)


def _end_of_last_break(breaks: re.Pattern[str], text: str, at: int) -> int:
    return max((found.end() for found in breaks.finditer(text, 0, at)), default=0)


def _is_negated(pattern: Pattern, start: int, end: int, text: str, words: Lexicon) -> bool:
    contexts = words.contexts
    # Chinese negations are written together with what they negate.
    until = start if words.is_spaced else start + 2
    reach = max(
        0, _end_of_last_break(_CLAUSE, text, start), start - REACHES.get(pattern.kind, REACH)
    )
    parts = [(reach, until, start - REACH - 12)]
    if not pattern.is_negated:
        parts.append((start, end, start - 8))
    for first, last, before in parts:
        found = contexts["negation"].search(text, first, last)
        if found and not contexts["not_negation"].search(text[max(0, before) : end]):
            condition = contexts["condition"].search(text, first, found.start())
            if not condition or pattern.kind not in DIRECT:
                return True
    return False


def _is_about_speaker(
    kind: str, clause: int, start: int, end: int, text: str, words: Lexicon
) -> bool:
    """Whether the words are about the speaker: a joke about oneself, or a word of one's own group."""
    if words.contexts["jest"].search(text[clause : end + 20]):
        return True
    if kind not in RECLAIMED_KINDS:
        own = words.contexts["self"].search(text[start : end + 8])
        return kind == "threat_life" and bool(own)
    if words.contexts["self"].search(text[clause : end + 20]):
        return True
    ends = [m.end() for m in words.contexts["reclaimed"].finditer(text, clause, end)]
    return bool(ends) and max(ends) >= start - (4 if not words.is_spaced else 18)


def _reported_or_answered(
    kind: str,
    first: int,
    start: int,
    end: int,
    text: str,
    words: Lexicon,
    quote: tuple[int, int] | None,
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
        has_words_around = len(_WORD.findall(around)) >= FEWEST_WORDS_AROUND
        return REPORT if is_reported or has_words_around else ""
    until = _SENTENCE.search(text, end)
    last = until.start() if until else len(text)
    said = text[start:end]
    is_direct = kind in DIRECT and (
        contexts["second"].search(said) or contexts["speaker"].search(said)
    )
    near = text[first:start] if is_direct else text
    if contexts["counter"].search(near) or (kind in DIRECT and contexts["answer"].search(near)):
        return COUNTER
    if contexts["reporting"].search(near):
        return REPORT
    if not is_direct and contexts["topic"].search(f"{text[first:start]} . {text[end:last]}"):
        return REPORT
    return ""
