"""Recommendations coded: language, concern with defenders, axes, what is asked, action category.

Every code carries its evidence (the words) and its rule; a decision by hand wins over both and says
so. Vocabularies stand in ``vocab/upr_*.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from hrdresearch.coding.action import Action, code_action, opens_with_known_verb
from hrdresearch.coding.phrases import Evidence, Phrases
from hrdresearch.vocab import vocabulary

EXPLICIT, IMPLICIT, NO = "explicit", "implicit", "no"
LANGUAGES = ("en", "fr", "es")
BY_HAND = "by_hand"

_WORDS = re.compile(r"[^\W\d_]+")
OPENING = 2  # a known opening verb counts as two words


@dataclass(frozen=True)
class CodedRecommendation:
    """Codes of one recommendation, each with the words that gave it.

    concern: ``explicit``, ``implicit`` or ``no``. identity, cause, asks: empty where the
    recommendation does not concern defenders.
    """

    language: str
    concern: Evidence
    identity: tuple[Evidence, ...]
    cause: tuple[Evidence, ...]
    asks: tuple[Evidence, ...]
    action: Action


def code_recommendation(text: str, concern: str | None = None) -> CodedRecommendation:
    """All codes of one recommendation; identity, cause and asks only where it concerns defenders.

    concern: what a person decided, where one did; it then stands instead of the rule.
    """
    language = language_of(text)
    found = code_concern(text, language)
    if concern is not None and concern != found.code:
        found = Evidence(concern, 0, 0, BY_HAND)
    action = code_action(text, language)
    if found.code == NO:
        return CodedRecommendation(language, found, (), (), (), action)
    asks = tuple(_phrases("upr_ask", language).find(text))
    return CodedRecommendation(
        language,
        found,
        tuple(_axis("identity", language).find(text)),
        tuple(_axis("cause", language).find(text)),
        asks or (Evidence("other", 0, 0, "upr_ask:other"),),
        action,
    )


def code_recommendations(texts: Iterable[str]) -> Iterator[CodedRecommendation]:
    """Codes of many texts, one after the other as they are asked for (an iterator)."""
    return map(code_recommendation, texts)


def code_concern(text: str, language: str = "en") -> Evidence:
    """Whether a text concerns defenders: explicit, implicit or no, with the words that say so."""
    phrases = _phrases("upr_concern", language)
    found = phrases.find(phrases.blank_matches(text, "not"), (EXPLICIT, IMPLICIT))
    return found[0] if found else Evidence(NO, 0, 0, "upr_concern:no_phrase")


def language_of(text: str) -> str:
    """``en``, ``fr`` or ``es`` by small words and the opening verb; English where none decides."""
    words = [word.lower() for word in _WORDS.findall(text)]
    scores = {
        code: sum(word in common for word in words) + OPENING * opens_with_known_verb(text, code)
        for code, common in _common_words().items()
    }
    best = max(LANGUAGES, key=lambda code: scores[code])
    return best if scores[best] > scores["en"] else "en"


@cache
def _common_words() -> dict[str, frozenset[str]]:
    words = vocabulary("upr_language_words")["words"]
    return {code: frozenset(words[code].split()) for code in LANGUAGES}


@cache
def _phrases(name: str, language: str) -> Phrases:
    entry = dict(vocabulary(name)["languages"][language])
    entry.pop("status", None)
    return Phrases(name, entry)


@cache
def _axis(axis: str, language: str) -> Phrases:
    return Phrases(axis, vocabulary("upr_axes")[axis][language])
