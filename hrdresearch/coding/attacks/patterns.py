"""Rows of words compiled to regular expressions: the notation of the vocabularies of attacks.

A row is ``<list>`` for any word of a list, ``a/b`` for either, ``word*`` for any ending, ``word~``
for a word with or without a clitic of its language, ``?word`` for a word that may be absent,
``...`` for up to four words of the same sentence (eight characters in Chinese), ``....`` for up to nine
(twenty), ``_`` for a space, ``a+b`` for every word of a run together with every word of b. A list may hold
``<list>`` for the words of another. Parts of a row with `` & `` between them stand in one sentence, near each
other and in any order; with `` && `` they may stand in two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product

from hrdresearch.coding.attacks.folding import folded_text
from hrdresearch.vocab import vocabulary

NOTHING = re.compile("(?!)")
SENTENCE = re.compile(r"[^.!?。！？؟\n\"]+")
WIDEST = 110  # characters over which the parts of a row in any order may stand
SIGNS = frozenset(":=：")  # "his address: ..."
# Each by whether words stand apart. A contraction ("they're", "t'es") and a sign stand beside their word.
_BETWEEN = {True: r"(?:[\W_]+|(?=[':=：])|(?<='))", False: r"[\s，,、]*"}
_GAP = {True: r"(?:[^\w.!?;:\"\n]+[\w'’]+)", False: r"[^。！？!?:：\"\n]"}
PARTS = re.compile(" &&? ")  # between parts that may stand in any order
_LENGTHS = {True: {"...": 4, "....": 9}, False: {"...": 8, "....": 20}}
_STEPS = re.compile(r"(?:^|\s)(\.{3,4})\s")
_ROW = re.compile(r"[/<?]|\.\.\.")
_ARABIC_PREFIX = (
    r"(?:[وف]?(?:ال|بال|كال|لل|[بلكس])?(?=\w\w))?"  # before a word of two letters or more
)
_PREFIXES = ("وال", "فال", "بال", "كال", "ال", "لل", "وس", "فس", "و", "ف", "ب", "ل", "س", "ك")


def is_spaced(language: str) -> bool:
    """Whether words of the language stand apart."""
    return language != "zh"


@cache
def compile_context(name: str, language: str) -> re.Pattern[str]:
    """An expression for any row of a context."""
    rows = rows_of_context(name, language)
    return re.compile("|".join(_expression(r.split(), language) for r in rows) or "(?!)")


def _expression(tokens: Iterable[str], language: str) -> str:
    spaced = is_spaced(language)
    body = ""
    for token in tokens:
        if token in _LENGTHS[spaced]:
            body += f"{_GAP[spaced]}{{0,{_LENGTHS[spaced][token]}}}?"
            continue
        words = match_any_word(token.lstrip("?"), language)
        step = f"{_BETWEEN[spaced]}{words}" if body else words
        if token.startswith("?"):
            step = f"(?:{step})?" if body else f"(?:{words}{_BETWEEN[spaced]})?"
        body += step
    edges = (r"(?<!\w)", r"(?:(?<=[:=])|(?!\w))") if spaced else ("", "")
    return body.join(edges)


def find_places(row: str, language: str, text: str) -> list[tuple[int, int]]:
    """Where a row of the vocabulary of a language stands in a folded text."""
    first, *others = PARTS.split(row)
    starts = _places_of_part(first, language, text)
    if not others or not starts:
        return starts
    places = [starts, *(_places_of_part(part, language, text) for part in others)]
    found = []
    within = [(0, len(text))] if " && " in row else (m.span() for m in SENTENCE.finditer(text))
    for low, high in within:
        inside = [[at for at in p if low <= at[0] and at[1] <= high] for p in places]
        for start, end in inside[0] if all(inside) else ():
            near = [min(p, key=lambda at: abs(at[0] - start)) for p in inside[1:]]
            low, high = min(start, *(a for a, _ in near)), max(end, *(b for _, b in near))
            found += [(low, high)] if high - low <= WIDEST else []
    return found


def _places_of_part(part: str, language: str, text: str) -> list[tuple[int, int]]:
    """Where pieces that are apart by gaps stand in order; of each beginning the shortest."""
    first, *rest = _STEPS.split(part)
    found = _places_of_piece(first, language, text)
    for gap, piece in zip(rest[::2], rest[1::2], strict=True):
        between = _between(gap, is_spaced(language))
        found = [
            (start, last)
            for low, last in (_places_of_piece(piece, language, text) if found else ())
            for start, end in found
            if end <= low and between.fullmatch(text, end, low)
        ]
    if not rest or not found:
        return found
    return [(start, min(b for a, b in found if a == start)) for start in {a: 0 for a, _ in found}]


def _places_of_piece(piece: str, language: str, text: str) -> list[tuple[int, int]]:
    """Where the words of a piece stand; each of its lists is searched with an expression of its own."""
    found = []
    for expression in _compiled(piece, language):
        found += [m.span() for m in expression.finditer(text)]
    return found


@cache
def _compiled(piece: str, language: str) -> list[re.Pattern[str]]:
    if " " in piece or "/<" not in piece:
        return [re.compile(_expression(piece.split(), language))]
    names = piece.split("/")
    plain = "/".join(name for name in names if name[0] != "<")
    lists = [name for name in names if name[0] == "<"]
    return [e for name in (plain, *lists) if name for e in _compiled(name, language)]


@cache
def _between(gap: str, spaced: bool) -> re.Pattern[str]:
    return re.compile(f"{_GAP[spaced]}{{0,{_LENGTHS[spaced][gap]}}}?{_BETWEEN[spaced]}")


@cache
def words_of_token(token: str, language: str) -> tuple[str, ...]:
    """Words of one token of a row, folded, lists opened and clitics written out."""
    found: list[str] = []
    for part in token.split("/"):
        if "+" in part:
            found += map("".join, product(*(words_of_token(p, language) for p in part.split("+"))))
        elif part.startswith("<"):
            for word in words_of_list(part, language):
                found += words_of_token(word, language)
        else:
            found += with_clitics(folded_text(part.replace("_", " ")), language)
    return tuple(w for w in dict.fromkeys(found) if w)


def words_of_list(name: str, language: str) -> list[str]:
    """Words of a list as tokens: ``<harm>`` of English holds ``beat_to_death``."""
    words = vocabulary(f"attacks/{language}")["lists"][name.strip("<>")]
    return [str(word).replace(" ", "_") for word in words]


def words_of_firm_tokens(row: str, language: str) -> dict[str, tuple[str, ...]]:
    """Words of each token that must stand in a text; signs are left out, because no word has their bit."""
    firm = [t for t in PARTS.sub(" ", row).split() if not t.startswith(("...", "?"))]
    words = {t: words_of_token(t, language) for t in firm}
    return {t: found for t, found in words.items() if not SIGNS.intersection(found)}


@cache
def match_any_word(token: str, language: str) -> str:
    """An expression for any of the words of a token, the longest first."""
    prefix = _ARABIC_PREFIX if language == "ar" else ""
    words = sorted(set(_expressions(token, language)), key=lambda w: (-len(w), w))
    end = r"(?:(?<=[':=])|(?!\w))" if is_spaced(language) else ""
    return f"{prefix}(?:{_any_of(words) or '(?!)'}){end}"


def _any_of(words: Sequence[str]) -> str:
    """An alternative of each first letter, and so on, so that few are tried at a place of a text."""
    if len(words) == 1:
        return words[0]
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[:1] if word[:1].isalpha() else "", []).append(word)
    others = groups.pop("", [])
    return "|".join([f"{a}(?:{_any_of([w[1:] for w in g])})" for a, g in groups.items()] + others)


def _expressions(token: str, language: str) -> Iterator[str]:
    """An expression for each word of a token; a product stays one, or there would be thousands."""
    for part in token.split("/"):
        if "+" in part:
            pieces = (list(_expressions(piece, language)) for piece in part.split("+"))
            yield "".join(f"(?:{_any_of(piece)})" for piece in pieces)
        elif part.startswith("<"):
            for word in words_of_list(part, language):
                yield from _expressions(word, language)
        else:
            word = re.escape(folded_text(part.replace("_", " "))).replace(r"\ ", r"[\s,،]+")
            yield word.replace(r"\~", f"(?:{'|'.join(_clitics(language))})?").replace(
                r"\*", r"\w*" if is_spaced(language) else ""
            )


def rows_of_context(name: str, language: str) -> list[str]:
    """Phrases of a context as rows: those without signs of a row are one token together."""
    phrases = [str(p) for p in vocabulary(f"attacks/{language}")["contexts"].get(name, ())]
    rows = [p for p in phrases if _ROW.search(p)]
    plain = "/".join(p.replace(" ", "_") for p in phrases if not _ROW.search(p))
    return [plain, *rows] if plain else rows


def with_clitics(word: str, language: str) -> list[str]:
    """``matar~`` is ``matar``, ``matarte``, ``matarlos`` ...; other words stay as they are."""
    stem, mark, rest = word.partition("~")
    return [stem + ending + rest for ending in ("", *(_clitics(language) if mark else ()))]


def anchor_word(phrase: str, frequent: frozenset[str] = frozenset()) -> str:
    """The word of a phrase by which it is looked up: its longest that is not too common."""
    return max(re.split(r"[\s\-,،]+", phrase), key=lambda w: (w not in frequent, len(w)))


def without_prefix(word: str) -> list[str]:
    """An Arabic word without the particles that are written together with it."""
    return [word[len(p) :] for p in _PREFIXES if word.startswith(p) and len(word) - len(p) > 1]


def _clitics(language: str) -> list[str]:
    return str(vocabulary("clitics")["endings"].get(language, "")).split()
