"""Rows of words as regular expressions: the notation of the vocabularies of attacks.

A row is ``<list>`` for any word of a list, ``a/b`` for either, ``word*`` for any ending, ``word~``
for a word with or without a clitic of its language, ``?word`` for a word that may be absent,
``...`` for up to four words of the same sentence (eight characters in Chinese), ``....`` for up to nine
(twenty), ``_`` for a space. A list may hold ``<list>`` for the words of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from hrdresearch.coding.attacks.folding import folded_text
from hrdresearch.vocab import vocabulary

Lists = Mapping[str, Sequence[str]]
NOTHING = re.compile("(?!)")
SIGNS = frozenset(":=：")  # "his address: ..."
# Each by whether words stand apart. A contraction ("they're", "t'es") and a sign stand beside their word.
_BETWEEN = {True: r"(?:[\W_]+|(?=[':=：])|(?<='))", False: r"[\s，,、]*"}
_GAP = {True: r"(?:[^\w.!?;:\"\n]+[\w'’]+)", False: r"[^。！？!?:：\"\n]"}
_LENGTHS = {True: {"...": 4, "....": 9}, False: {"...": 8, "....": 20}}
_ROW = re.compile(r"[/<?]|\.\.\.")
_ARABIC_PREFIX = "(?:[وف]?(?:ال|بال|كال|لل|[بلكس])?)?"
_PREFIXES = ("وال", "فال", "بال", "كال", "ال", "لل", "وس", "فس", "و", "ف", "ب", "ل", "س", "ك")


def is_spaced(language: str) -> bool:
    """Whether words of the language stand apart."""
    return language != "zh"


def row_expression(tokens: Iterable[str], lists: Lists, language: str) -> str:
    """One row of a vocabulary as a regular expression on folded text.

    tokens: the row, split at spaces. lists: words of each list that the row names.
    """
    spaced = is_spaced(language)
    body = ""
    for token in tokens:
        if token in _LENGTHS[spaced]:
            body += f"{_GAP[spaced]}{{0,{_LENGTHS[spaced][token]}}}?"
            continue
        words = match_any_word(words_of_token(token.lstrip("?"), lists, language), language)
        step = f"{_BETWEEN[spaced]}{words}" if body else words
        if token.startswith("?"):
            step = f"(?:{step})?" if body else f"(?:{words}{_BETWEEN[spaced]})?"
        body += step
    edges = (r"(?<!\w)", r"(?:(?<=[:=])|(?!\w))") if spaced else ("", "")
    return body.join(edges)


def words_of_token(token: str, lists: Lists, language: str) -> list[str]:
    """Words of one token of a row, folded, lists opened and clitics written out."""
    found: list[str] = []
    for part in token.split("/"):
        if part.startswith("<"):
            for word in lists[part.strip("<>")]:
                found += words_of_token(str(word).replace(" ", "_"), lists, language)
        else:
            found += with_clitics(folded_text(part.replace("_", " ")), language)
    return [w for w in dict.fromkeys(found) if w]


def words_of_firm_tokens(
    tokens: Iterable[str], lists: Lists, language: str
) -> dict[str, list[str]]:
    """Words of each token that must stand in a text; signs are left out, because no word has their bit."""
    firm = [t for t in tokens if not t.startswith(("...", "?"))]
    words = {t: words_of_token(t, lists, language) for t in firm}
    return {t: found for t, found in words.items() if not SIGNS.intersection(found)}


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


def rows_of_context(phrases: Iterable[str]) -> list[list[str]]:
    """Phrases of a context as rows: those without signs of a row are one token together."""
    rows = [p.split() for p in phrases if _ROW.search(p)]
    plain = "/".join(p.replace(" ", "_") for p in phrases if not _ROW.search(p))
    return [[plain], *rows] if plain else rows


def rows_expression(rows: Iterable[Sequence[str]], lists: Lists, language: str) -> str:
    """An expression for any of the rows; it finds nothing when there are none."""
    return "|".join(row_expression(row, lists, language) for row in rows) or NOTHING.pattern


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
