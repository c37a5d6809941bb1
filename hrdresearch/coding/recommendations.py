"""Codes recommendations: language, concern with defenders, identity, cause, what is asked, action category.

spaCy finds the phrases of the vocabularies ``upr_concern``, ``upr_ask``, ``upr_identity`` and ``upr_cause``.
Every code has the words that it rests on and the rule that gave it. A person's decision on the concern
replaces the code by rule, and its rule is then ``by_hand``.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from hrdresearch.coding.action import LANGUAGES, Evidence, code_action_of, is_known_verb
from hrdresearch.text import nlp
from hrdresearch.text.codes import CodeFinder, first_of_each, rules_of
from hrdresearch.text.fold import fold_word, norms_of
from hrdresearch.vocab import vocabulary

EXPLICIT, IMPLICIT, NO = "explicit", "implicit", "no"
BY_HAND = "by_hand"
LAST_LATIN = "\u024f"
NOT_READ = "A recommendation in {} is not read, and its codes say nothing: en, es and fr are."
AXES = ("upr_identity", "upr_cause", "upr_ask")


@dataclass(frozen=True)
class CodedRecommendation:
    """Codes of one recommendation, each with the words that it rests on.

    concern: ``explicit``, ``implicit`` or ``no``. identity, cause, asks: empty if the recommendation does not
    concern defenders. action: category 1 to 5 or ``not_assessed``.
    """

    language: str
    concern: Evidence
    identity: tuple[Evidence, ...]
    cause: tuple[Evidence, ...]
    asks: tuple[Evidence, ...]
    action: Evidence


def code_recommendation(text: str, concern: str | None = None) -> CodedRecommendation:
    """Return all codes of one recommendation; identity, cause and asks only if it concerns defenders.

    concern: the decision of a person, which replaces the code by rule; None without a decision.

    >>> found = code_recommendation("Protect human rights defenders")
    >>> found.language, found.concern.code, [ask.code for ask in found.asks]
    ('en', 'explicit', ['environment'])
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
    """Return the codes of many recommendations, in order, as ``code_recommendation`` gives them."""
    docs = nlp("en").pipe(texts, disable=nlp("en").pipe_names)  # finders look at what they need
    return (_code(*_in_its_language(doc)) for doc in docs)


def _in_its_language(doc: Doc) -> tuple[Doc, str]:
    """A text split into the words of its own language, from one split into English words; its language."""
    language = _language_of(doc)
    return doc if language == "en" else nlp(language).make_doc(doc.text), language


def code_concern(text: str, language: str = "en") -> Evidence:
    """Return whether a text concerns defenders (``explicit``, ``implicit``, ``no``), with the words."""
    return _concern(nlp(language).make_doc(text), language)


def language_of(text: str) -> str:
    """Return the language of a text (``en``, ``fr``, ``es``) by its small words and first word.

    English, unless another language has more of them.
    """
    return _language_of(nlp("en").make_doc(text))


def _language_of(doc: Doc) -> str:
    """One of ``LANGUAGES``; warns of a text in Portuguese or in letters that are not Latin."""
    words = norms_of(doc)
    opening = doc.vocab.strings[next((n for n, t in zip(words, doc) if t.is_alpha), 0)]  # noqa: B905
    scores = {
        # a verb that begins the text counts as two small words
        code: sum(map(common.__contains__, words))
        + 2 * (code in LANGUAGES and is_known_verb(opening, code))
        for code, common in _common_words().items()
    }
    best = max(LANGUAGES, key=lambda code: scores[code])
    is_latin = any(t.text[0] <= LAST_LATIN for t in doc if t.is_alpha)
    if scores["pt"] > scores[best] or (not is_latin and any(t.is_alpha for t in doc)):
        seen = "Portuguese" if is_latin else "letters that are not Latin"
        warnings.warn(NOT_READ.format(seen), stacklevel=2)
    return best if scores[best] > scores["en"] else "en"


def _concern(doc: Doc, language: str) -> Evidence:
    found = _codes(doc, language, "upr_concern")  # "explicit" before "implicit"
    return min(found, key=lambda e: e.code, default=Evidence(NO, 0, 0, "upr_concern:no_phrase"))


def _codes(doc: Doc, language: str, name: str) -> tuple[Evidence, ...]:
    """Codes of a vocabulary in its order, each with the first words that give it."""
    found = first_of_each(_finder(name, language).find(doc))
    return tuple(
        Evidence(code, found[code].start_char, found[code].end_char, found[code].id_)
        for code in vocabulary(name)["phrases"][language]
        if code in found
    )


@cache
def _finder(name: str, language: str) -> CodeFinder:
    return CodeFinder(nlp(language).vocab, rules_of(name, [language]), "codes")


@cache
def _common_words() -> dict[str, frozenset[int]]:
    """Small words of each language, as the numbers that they have in the English pipeline."""
    words, strings = vocabulary("upr_language_words")["words"], nlp("en").vocab.strings
    return {
        code: frozenset(strings.add(fold_word(w)) for w in listed.split())
        for code, listed in words.items()
    }
