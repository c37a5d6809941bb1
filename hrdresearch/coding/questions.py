"""Which question of a letter no sentence of the reply addresses: a helper for coders, no verdict.

Words are compared by their beginnings, without the small words of the language; the share of a
question's words that stand together in a sentence of the reply is its score. Such a comparison sees
no synonyms and no translation: a letter and its reply have to be in one language, and a person
reads what the helper marks. Nothing here enters a published number.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from anyascii import anyascii
from spacy.tokens import Doc, Span

from hrdresearch.text import nlp
from hrdresearch.text.fold import fold_norms, fold_word
from hrdresearch.vocab import vocabulary

SHORTEST = 3  # letters of a word that counts
STEM = 5  # investigat-ion and investigat-ed begin alike; English, French and Spanish words do
ADDRESSED_FROM = 0.34
_LANGUAGES = ("en", "fr", "es")
_NUMBERED = re.compile(r"\s*(?P<number>\d{1,2})[.)]\s+(?P<text>\S.*)")
_CLOSING = re.compile(r"\s(?=We (?:would appreciate|look forward|intend)|Past this delay)")
_DEADLINE = re.compile(r"\bwithin (?P<days>\d{1,3}) days\b")


@dataclass(frozen=True)
class Answer:
    """A question with the sentence of the reply that comes nearest to it.

    score: share of the question's weight of words found in that sentence, 0 to 1.
    """

    question: str
    sentence: str
    score: float

    @property
    def is_addressed(self) -> bool:
        """Whether enough of the question's words stand in the sentence to look there first."""
        return self.score >= ADDRESSED_FROM


def split_questions(text: str) -> list[str]:
    """Questions as a register lists them: one a line, or parted by ``|``."""
    return [q.strip(" -\t") for q in re.split(r"[|\n]+", text) if q.strip(" -\t")]


def questions_in_letter(text: str) -> list[str]:
    """Return the numbered requests of a whole letter in English ("1. Please provide ...").

    A letter may number other things before them: the last run of numbers counts. The sentences on the
    deadline and on publication that close the last request are cut off.
    """
    found: list[str] = []
    for line in text.splitlines():
        numbered = _NUMBERED.match(line)
        if numbered is None:
            continue
        if int(numbered["number"]) == 1:
            found = []
        if int(numbered["number"]) == len(found) + 1:
            found.append(_CLOSING.split(numbered["text"].replace("**", ""))[0].strip())
    return found


def days_to_reply(text: str) -> int | None:
    """Return the days that a letter gives for a reply ("within 60 days"); None if it does not say."""
    deadline = _DEADLINE.search(text)
    return int(deadline["days"]) if deadline else None


def find_nearest_sentences(questions: Sequence[str], reply: str) -> list[Answer]:
    """For each question, in order, the sentence of the reply that shares most of its words.

    A word that stands in many questions weighs little.
    """
    read, *asked = map(fold_norms, nlp("xx").pipe([reply, *questions]))
    sentences = [(span.text.strip(), _stems(span)) for span in read.sents if span.text.strip()]
    stems_by_question = [_stems(doc) for doc in asked]
    questions_with = Counter(stem for stems in stems_by_question for stem in stems)
    weight = {s: math.log(1 + len(questions) / n) for s, n in questions_with.items()}
    return [
        _nearest_sentence(question, stems, sentences, weight)
        for question, stems in zip(questions, stems_by_question, strict=True)
    ]


def _nearest_sentence(
    question: str,
    stems: frozenset[str],
    sentences: list[tuple[str, frozenset[str]]],
    weight: dict[str, float],
) -> Answer:
    whole = sum(weight[s] for s in stems)
    scores = [sum(weight[s] for s in stems & own) / (whole or 1) for _, own in sentences]
    best = max(range(len(scores)), key=scores.__getitem__, default=0)
    is_found = bool(scores) and scores[best] > 0
    return Answer(
        question, sentences[best][0] if is_found else "", scores[best] if is_found else 0.0
    )


def _stems(text: Doc | Span) -> frozenset[str]:
    """Beginnings of the words of a text that are no small words, in Latin letters."""
    words = (anyascii(token.norm_) for token in text if token.is_alpha and len(token) >= SHORTEST)
    return frozenset(word[:STEM] for word in words if word not in _small_words())


@cache
def _small_words() -> frozenset[str]:
    """Small words of English, French and Spanish as spaCy has them, and words of every letter."""
    small = {word for code in _LANGUAGES for word in nlp(code).Defaults.stop_words}
    return frozenset(map(fold_word, small | set(vocabulary("letter_words")["words"])))
