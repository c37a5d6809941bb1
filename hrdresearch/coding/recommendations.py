"""Recommendations coded: language, concern with defenders, axes, what is asked, action category.

Every code carries its evidence (the words) and its rule; a decision by hand wins over both and says
so. Vocabularies stand in ``vocab/upr_*.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from hrdresearch.coding.action import Action, code_action
from hrdresearch.coding.phrases import Evidence, Phrases
from hrdresearch.vocab import vocabulary

EXPLICIT, IMPLICIT, NO = "explicit", "implicit", "no"
LANGUAGES = ("en", "fr", "es")

_WORDS = re.compile(r"[^\W\d_]+")
_COMMON = {
    "en": frozenset(
        [
            "the",
            "of",
            "and",
            "to",
            "in",
            "for",
            "on",
            "with",
            "that",
            "its",
            "all",
            "by",
            "ensure",
            "rights",
            "human",
        ]
    ),
    "fr": frozenset(
        [
            "le",
            "la",
            "les",
            "des",
            "de",
            "du",
            "et",
            "à",
            "aux",
            "une",
            "dans",
            "pour",
            "droits",
            "en",
            "sur",
            "par",
            "que",
        ]
    ),
    "es": frozenset(
        [
            "el",
            "la",
            "los",
            "las",
            "de",
            "del",
            "y",
            "en",
            "para",
            "una",
            "derechos",
            "por",
            "con",
            "que",
            "al",
            "sus",
            "su",
        ]
    ),
}


@dataclass(frozen=True)
class Coded:
    """Codes of one recommendation."""

    language: str
    concern: Evidence
    identity: tuple[Evidence, ...]
    cause: tuple[Evidence, ...]
    asks: tuple[Evidence, ...]
    action: Action


def code_recommendation(text: str) -> Coded:
    """All codes of one recommendation; identity, cause and asks only where it concerns defenders."""
    language = language_of(text)
    concern = code_concern(text, language)
    action = code_action(text, language)
    if concern.code == NO:
        return Coded(language, concern, (), (), (), action)
    asks = tuple(_phrases("upr_ask", language).find(text))
    return Coded(
        language,
        concern,
        tuple(_axis("identity", language).find(text)),
        tuple(_axis("cause", language).find(text)),
        asks or (Evidence("other", 0, 0, "upr_ask:other"),),
        action,
    )


def code_recommendations(texts: Iterable[str]) -> Iterator[Coded]:
    """Code one text after the other; memory stays flat."""
    return map(code_recommendation, texts)


def code_concern(text: str, language: str = "en") -> Evidence:
    """Whether a text concerns defenders: explicit, implicit or no, with the words that say so."""
    phrases = _phrases("upr_concern", language)
    for hit in phrases.find(phrases.without(text, "not"), (EXPLICIT, IMPLICIT)):
        return hit
    return Evidence(NO, 0, 0, "upr_concern:no_phrase")


def language_of(text: str) -> str:
    """``en``, ``fr`` or ``es`` by the most frequent small words; English where none decides."""
    words = [word.lower() for word in _WORDS.findall(text)]
    scores = {code: sum(word in common for word in words) for code, common in _COMMON.items()}
    best = max(LANGUAGES, key=lambda code: scores[code])
    return best if scores[best] > scores["en"] else "en"


@cache
def _phrases(name: str, language: str) -> Phrases:
    entry = dict(vocabulary(name)["languages"][language])
    entry.pop("status", None)
    return Phrases(name, entry)


@cache
def _axis(axis: str, language: str) -> Phrases:
    return Phrases(axis, vocabulary("upr_axes")[axis][language])
