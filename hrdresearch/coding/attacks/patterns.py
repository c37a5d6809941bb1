"""Rows of words compiled to regular expressions: the notation of the vocabularies of attacks.

A row is ``<list>`` for any word of a list, ``a/b`` for either, ``word*`` for any ending, ``word~``
for a word with or without a clitic of its language, ``?word`` for a word that may be absent,
``...`` for up to four words of the same sentence (eight characters in Chinese), ``_`` for a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from hrdresearch.coding.attacks.folding import folded_text
from hrdresearch.vocab import vocabulary

Lists = Mapping[str, Sequence[str]]
SIGNS = frozenset(":=：")  # "his address: ..."
# A contraction ("they're", "t'es") and a sign stand beside their word without a space.
_BETWEEN = r"(?:[\W_]+|(?=[':=：])|(?<='))"
_BETWEEN_CHINESE = r"[\s，,、]*"
_GAP = r"(?:[^\w.!?;\n]+[\w'’]+){0,4}?"
_GAP_CHINESE = r"[^。！？!?\n]{0,8}?"
_ARABIC_PREFIX = "(?:[وف]?(?:ال|بال|كال|لل|[بلكس])?)?"
_PREFIXES = ("وال", "فال", "بال", "كال", "ال", "لل", "وس", "فس", "و", "ف", "ب", "ل", "س", "ك")


def is_spaced(language: str) -> bool:
    """Whether words of the language stand apart."""
    return language != "zh"


def compile_row(tokens: Iterable[str], lists: Lists, language: str) -> re.Pattern[str]:
    """Compile one row of a vocabulary to a regular expression on folded text.

    tokens: the row, split at spaces. lists: words of each list that the row names.
    """
    spaced = is_spaced(language)
    between, gap = (_BETWEEN, _GAP) if spaced else (_BETWEEN_CHINESE, _GAP_CHINESE)
    body = ""
    for token in tokens:
        if token == "...":
            body += gap
            continue
        words = match_any_word(words_of_token(token.lstrip("?"), lists, language), language)
        step = f"{between}{words}" if body else words
        if token.startswith("?"):
            step = f"(?:{step})?" if body else f"(?:{words}{between})?"
        body += step
    edges = (r"(?<!\w)", r"(?:(?<=[:=])|(?!\w))") if spaced else ("", "")
    return re.compile(body.join(edges))


def words_of_token(token: str, lists: Lists, language: str) -> list[str]:
    """Words of one token of a row, folded, lists opened and clitics written out."""
    found: list[str] = []
    for part in token.split("/"):
        named = part.startswith("<")
        for word in lists[part.strip("<>")] if named else [part.replace("_", " ")]:
            found += with_clitics(folded_text(str(word)), language)
    return [w for w in dict.fromkeys(found) if w]


def match_any_word(words: Iterable[str], language: str) -> str:
    """An expression for any of the words, the longest first."""
    spaced = is_spaced(language)
    alternatives = [
        re.escape(word.rstrip("*")).replace(r"\ ", r"[\s,،]+")
        + (r"\w*" if word.endswith("*") and spaced else "")
        for word in sorted(set(words), key=lambda w: (-len(w), w))
    ]
    prefix = _ARABIC_PREFIX if language == "ar" else ""
    return f"{prefix}(?:{'|'.join(alternatives)})" + (r"(?:(?<=[':=])|(?!\w))" if spaced else "")


def match_any_phrase(phrases: Iterable[str], language: str) -> re.Pattern[str]:
    """An expression for any of the phrases of a context; it finds nothing when there are none."""
    words = [w for p in phrases for w in with_clitics(folded_text(str(p)), language)]
    if not words:
        return re.compile(r"(?!)")
    group = match_any_word(words, language)
    return re.compile(rf"(?<!\w){group}" if is_spaced(language) else group)


def with_clitics(word: str, language: str) -> list[str]:
    """``matar~`` is ``matar``, ``matarte``, ``matarlos`` ...; other words stay as they are."""
    stem, mark, rest = word.partition("~")
    if not mark:
        return [word]
    forms = [stem, *(stem + ending for ending in _clitics().get(language, ()))]
    if language == "pt" and stem.endswith("r"):
        forms += [stem[:-1] + ending for ending in ("-lo", "-la", "-los", "-las")]
    return [form + rest for form in forms]


def anchor_word(phrase: str, frequent: frozenset[str] = frozenset()) -> str:
    """The word of a phrase by which it is looked up: its longest that is not too common."""
    return max(re.split(r"[\s\-]+", phrase), key=lambda w: (w not in frequent, len(w)))


def without_prefix(word: str) -> list[str]:
    """An Arabic word without the particles that are written together with it."""
    return [word[len(p) :] for p in _PREFIXES if word.startswith(p) and len(word) - len(p) > 1]


@cache
def _clitics() -> dict[str, list[str]]:
    found: dict[str, Any] = vocabulary("clitics")["endings"]
    return {language: str(endings).split() for language, endings in found.items()}
