"""Marks the questions of a letter that no sentence of the reply seems to answer: a help for coders only.

Words are compared by their first letters, without small words such as "the". The score of a question is the
share of its words that stand together in one sentence of the reply. Synonyms and translations are not seen:
letter and reply must be in one language, and a person reads what is marked. No published number rests on it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from anyascii import anyascii
from spacy.tokens import Doc, Span

from hrdresearch.coding.action import LANGUAGES
from hrdresearch.text import nlp
from hrdresearch.text.fold import fold_norms, fold_word
from hrdresearch.vocab import vocabulary

SHORTEST = 3  # letters of a word that counts
STEM = 5  # investigat-ion and investigat-ed begin alike; English, French and Spanish words do
ADDRESSED_FROM = 0.34
_NUMBERED = re.compile(r"\s*(?P<number>\d{1,2})[.)]\s+(?P<text>\S.*)")
_CLOSING = re.compile(r"\s(?=We (?:would appreciate|look forward|intend)|Past this delay)")
_DEADLINE = re.compile(r"\bwithin (?P<days>\d{1,3}) days\b")


@dataclass(frozen=True)
class Answer:
    """A question with the sentence of the reply that shares most of its words.

    score: share of the question's words (weighted) that stand in that sentence, 0 to 1.
    """

    question: str
    sentence: str
    score: float

    @property
    def is_addressed(self) -> bool:
        """Whether the sentence shares enough words that a coder should look there first."""
        return self.score >= ADDRESSED_FROM


def split_questions(text: str) -> list[str]:
    """Return the questions of a register's cell: one on each line, or separated by ``|``."""
    return [q.strip(" -\t") for q in re.split(r"[|\n]+", text) if q.strip(" -\t")]


def questions_in_letter(text: str) -> list[str]:
    """Return the numbered requests of a whole letter in English ("1. Please provide ...").

    If a letter numbers other things before them, the last list that begins with 1 counts. The sentences on
    the deadline and on publication that follow the last request are cut off.
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
    """Return for each question, in order, the sentence of the reply that shares most of its words.

    A word that stands in many of the questions has little weight.

    >>> find_nearest_sentences(["Was he released?"], "He was released in May. We add nothing.")[0].sentence
    'He was released in May.'
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
    whole = sum(weight[s] for s in stems) or 1
    scored = ((sum(weight[s] for s in stems & own) / whole, text) for text, own in sentences)
    score, sentence = max(scored, key=itemgetter(0), default=(0.0, ""))
    return Answer(question, sentence if score else "", score)


def _stems(text: Doc | Span) -> frozenset[str]:
    """The first letters of each word of a text, in Latin letters; small words are left out."""
    words = (anyascii(token.norm_) for token in text if token.is_alpha and len(token) >= SHORTEST)
    return frozenset(word[:STEM] for word in words if word not in _small_words())


@cache
def _small_words() -> frozenset[str]:
    """Small words of English, French and Spanish (those of spaCy), and words that stand in every letter."""
    small = {word for code in LANGUAGES for word in nlp(code).Defaults.stop_words}
    return frozenset(map(fold_word, small | set(vocabulary("letter_words")["words"])))
