"""Checks every sentence of a report against the rules of ``docs/rules-of-speech.md``.

The rules look at words, not at meaning: a sentence that passes may still be false. For a sentence that
fails, the number of the rule and a better wording are given. A word is allowed where the sentence denies
it ("no rise or fall is stated") or names a model; a rise or a fall needs an interval and an assumption too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A sentence that denies a word, names a model, or says what a document or a definition says, may
# use it.
DENIED = re.compile(
    r"(?i)\b(no|not|nor|never|neither|nothing|none|cannot|without|whether|rather than|may|what)\b"
)
MODEL = re.compile(r"(?i)\b(model|modelled|estimat\w+|regression|interval of \d+ per cent)\b")
# What a sentence on a rise or a fall names: its model, its interval and what it assumes.
TREND = re.compile(
    r"(?is)(?=.*\b(?:model|modelled|estimat\w+|regression)\b)(?=.*\binterval\b)"
    r"(?=.*\b(?:assum\w+|if documentation did not change|if the effort is measured rightly))"
)
REPORTED = re.compile(r"\b[A-Z]{1,4}/\w+/|\b(?:alleged|definition|whom|counts:)")
# Two marks beside each other, or a mark after a space, where parts of a sentence were put together.
DOUBLED_MARKS = re.compile(
    r"(?:,|;|:)\s?[,;:.]|(?<!\.)\.\s?\.(?!\.)|\s[,;.](?=\s|\Z)|\(\s?\)|\(\s|\s\)"
)
SENTENCE_END = re.compile(r"(?<=[a-z0-9)”\]’%][.!?])[\s ]+(?=[A-Z“\[(])")
IN_QUOTES = re.compile(r"“[^”]*”")


@dataclass(frozen=True)
class SpeechFault:
    """A sentence that breaks a rule of speech.

    rule: number of the rule in ``docs/rules-of-speech.md``. word: what breaks it. better: wording
    that keeps the rule.
    """

    rule: int
    word: str
    sentence: str
    better: str

    def __str__(self) -> str:
        """One line: rule, sentence, better wording."""
        return f"Rule {self.rule}, “{self.word}” in: {self.sentence} Better: {self.better}"


@dataclass(frozen=True)
class _Rule:
    number: int
    pattern: re.Pattern[str]
    better: str
    unless: tuple[re.Pattern[str], ...] = (DENIED,)


def _rule(number: int, pattern: str, better: str, *unless: re.Pattern[str]) -> _Rule:
    return _Rule(number, re.compile(pattern), better, unless or (DENIED,))


_PER_CENT = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine) per cent"
RULES = (
    _rule(
        3,
        r"(?i)\b\d+ per cent of (?:all )?(?:victims|cases|persons|defenders|journalists)\b",
        "give the number and its whole in the same sentence: “of the 1,644 whose characteristics "
        "are recorded, 613 (37 per cent)”",
        re.compile(r"\(\d+ per cent|(?i:less than|more than) \w+ per cent"),
    ),
    _rule(
        4,
        r"\d+\.\d+ ?(?:per cent|%)|\d ?%",
        "whole per cent in words, with its count: “707 (81 per cent)”",
        re.compile(r"(?!)"),
    ),
    _rule(
        12,
        r"(?i)\b(?:killings|murders|attacks|cases|arrests|threats|violations) (?:have |had )?"
        r"(?:occurred|took place|happened|were committed)\b",
        "say who documented or recorded it: “228 were documented in 2020”",
    ),
    _rule(
        14,
        r"(?i)\b(?:ranks?|ranked|tops? the list|most dangerous|deadliest|worst|league|lead(?:s|ing) "
        r"the (?:list|world))\b",
        "name the categories above a stated number in alphabetical order, and the coverage beside",
    ),
    _rule(
        15,
        r"(?i)\b(?:ris(?:e|es|en|ing)|rose|fall(?:s|en|ing)?(?! (?:on|in|under|into|within)\b)|"
        r"fell|increas\w+|decreas\w+|declin\w+|trends?|grew|growing|surg\w+|soar\w+|plummet\w+|"
        r"peak(?:s|ed)?|worsen\w*|escalat\w+)\b",
        "give the lowest and the highest year and what is covered, “between 91 (2013) and 228 (2020)”, "
        "or the model with its interval and what it assumes, as the study of trends does",
        DENIED,
        TREND,
    ),
    _rule(
        17,
        r"(?i)\b(?:because of|due to|caused by|leads? to|led to|results? in|owing to|at risk of|"
        r"risk factors?|likel(?:y|ihood)|effects? of|impacts? of|correlat\w+|associated with)\b",
        "put the counts side by side and state no cause",
        DENIED,
        MODEL,
    ),
    _rule(
        18,
        rf"(?i)\b(?:far|much|considerably|significantly|markedly|sharply|strikingly|alarmingly|only|"
        rf"just|as (?:many|much|few) as|a mere|no fewer than) {_PER_CENT}"
        r"|\b(?:far|much|considerably|significantly|markedly) (?:more|less|fewer) (?:often|likely|frequent)",
        "give both shares and no adjective: “54 per cent; 74 per cent”",
        re.compile(r"(?!)"),
    ),
    _rule(
        20,
        r"(?i)\bthe (?:State|Government|police|army|authorities) (?:killed|murdered|executed)\b|"
        r"\bcomplicit\b",
        "attributed to, or connected with, by the list; no court has necessarily found it",
    ),
    _rule(
        21,
        r"(?i)\b(?:enjoy|went unpunished|go unpunished|unpunished for)\b",
        "name the publisher's class: “CPJ records complete impunity for 707”",
    ),
    _rule(
        24,
        r"(?i)\b(?:are|is) (?:now |currently |today )?(?:in prison|imprisoned|behind bars)\b|"
        r"\bcommitments? kept\b",
        "the unit and tense of the source: “250 held on 1 December 2019”",
    ),
)


def split_into_sentences(text: str) -> list[str]:
    """Sentences of a text, in order.

    >>> split_into_sentences("One was killed. “No,” it says (para. 3). Two were not.")
    ['One was killed.', '“No,” it says (para. 3).', 'Two were not.']
    """
    return list(filter(None, (" ".join(p.split()) for p in SENTENCE_END.split(text))))


def find_speech_faults(text: str) -> list[SpeechFault]:
    """Find the sentences of a text that break a rule of speech, each with a better wording.

    text: plain text of a paragraph, with its numbers filled in. Words in quotation marks are quoted
    from a document and are not checked.

    >>> [fault.rule for fault in find_speech_faults("Killings rose in 2020.")]
    [15]
    >>> find_speech_faults("No rise or fall is stated.")
    []
    """
    faults = [fault for sentence in split_into_sentences(text) for fault in _faults(sentence)]
    return faults + find_doubled_marks(text)


def find_doubled_marks(text: str) -> list[SpeechFault]:
    """Find the sentences with two marks of punctuation beside each other, or one after a space.

    >>> [fault.word for fault in find_doubled_marks("Of nine decisions,, two are graded.")]
    [',,']
    """
    return [
        SpeechFault(27, found[0], sentence, "one mark, after the word without a space")
        for sentence in split_into_sentences(text)
        if (found := DOUBLED_MARKS.search(IN_QUOTES.sub("“”", sentence)))
    ]


def _faults(sentence: str) -> Iterator[SpeechFault]:
    own = IN_QUOTES.sub("“”", sentence)
    for rule in RULES:
        found = rule.pattern.search(own)
        if (
            found
            and not REPORTED.search(own)
            and not any(_excuses(excuse, own, found) for excuse in rule.unless)
        ):
            yield SpeechFault(rule.number, found[0], sentence, rule.better)


def _excuses(excuse: re.Pattern[str], sentence: str, found: re.Match[str]) -> bool:
    """Whether a sentence may use a word: a denial must come before the word, other excuses anywhere."""
    if excuse is DENIED:
        return bool(excuse.search(sentence, 0, found.start()))
    return bool(excuse.search(sentence))
