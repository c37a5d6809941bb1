"""Recommendations coded: language, concern with defenders, identity and cause, what is asked, action.

Read by spaCy with the vocabularies ``upr_concern``, ``upr_ask``, ``upr_identity`` and ``upr_cause``.
Every code carries its evidence (the words) and its rule; a decision by hand wins over both and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from hrdresearch.coding.action import Action, code_action_of, is_known_verb
from hrdresearch.text import nlp
from hrdresearch.text.codes import CodeFinder, first_of_each, rules_of
from hrdresearch.text.fold import fold_word, norms_of
from hrdresearch.vocab import vocabulary

EXPLICIT, IMPLICIT, NO = "explicit", "implicit", "no"
LANGUAGES = ("en", "fr", "es")
BY_HAND = "by_hand"
AXES = ("upr_identity", "upr_cause", "upr_ask")

_OPENING = 2  # a known opening verb counts as two words


@dataclass(frozen=True)
class Evidence:
    """A code with the words that gave it (``text[start:end]``) and the rule."""

    code: str
    start: int
    end: int
    rule: str


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
    return _code(*_in_its_language(nlp("en").make_doc(text)), concern)


def _code(doc: Doc, language: str, concern: str | None = None) -> CodedRecommendation:
    found = _concern(doc, language)
    if concern is not None and concern != found.code:
        found = Evidence(concern, 0, 0, BY_HAND)
    action = code_action_of(doc, language)
    if found.code == NO:
        return CodedRecommendation(language, found, (), (), (), action)
    identity, cause, asks = (_codes(doc, language, axis) for axis in AXES)
    other = (Evidence("other", 0, 0, "upr_ask:other"),)
    return CodedRecommendation(language, found, identity, cause, asks or other, action)


def code_recommendations(texts: Iterable[str]) -> Iterator[CodedRecommendation]:
    """Codes of many texts in their order (an iterator); their words are parted by ``nlp.pipe``."""
    docs = nlp("en").pipe(texts, disable=nlp("en").pipe_names)  # finders look at what they need
    return (_code(*_in_its_language(doc)) for doc in docs)


def _in_its_language(doc: Doc) -> tuple[Doc, str]:
    """A text that was parted into English words, parted as its own language does it, and the language."""
    language = _language_of(doc)
    return doc if language == "en" else nlp(language).make_doc(doc.text), language


def code_concern(text: str, language: str = "en") -> Evidence:
    """Whether a text concerns defenders: explicit, implicit or no, with the words that say so."""
    return _concern(nlp(language).make_doc(text), language)


def language_of(text: str) -> str:
    """``en``, ``fr`` or ``es`` by small words and the opening verb; English where none decides."""
    return _language_of(nlp("en").make_doc(text))


def _language_of(doc: Doc) -> str:
    words = norms_of(doc)
    opening = doc.vocab.strings[next((n for n, t in zip(words, doc) if t.is_alpha), 0)]  # noqa: B905
    scores = {
        code: sum(map(common.__contains__, words)) + _OPENING * is_known_verb(opening, code)
        for code, common in _common_words().items()
    }
    best = max(LANGUAGES, key=lambda code: scores[code])
    return best if scores[best] > scores["en"] else "en"


def _concern(doc: Doc, language: str) -> Evidence:
    none = Evidence(NO, 0, 0, "upr_concern:no_phrase")
    return min(_codes(doc, language, "upr_concern"), key=lambda e: e.code, default=none)


def _codes(doc: Doc, language: str, name: str) -> tuple[Evidence, ...]:
    """Codes of a vocabulary in its order, each with the first words that gave it."""
    found = first_of_each(_finder(name, language).find(doc))
    order = (c for c in vocabulary(name)["phrases"][language] if c in found)
    spans = (found[code] for code in order)
    return tuple(Evidence(s.label_, s.start_char, s.end_char, s.id_) for s in spans)


@cache
def _finder(name: str, language: str) -> CodeFinder:
    return CodeFinder(nlp(language).vocab, rules_of(name, [language]), "codes")


@cache
def _common_words() -> dict[str, frozenset[int]]:
    """Small words of each language, as numbers of the English pipeline's words."""
    words, strings = vocabulary("upr_language_words")["words"], nlp("en").vocab.strings
    return {
        code: frozenset(strings.add(fold_word(w)) for w in words[code].split())
        for code in LANGUAGES
    }
