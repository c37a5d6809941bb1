"""The notation of the vocabularies of attacks: rows of words, compiled to regular expressions.

A row has tokens with spaces between them:

==============  ==================================================================================
``<list>``      any word of a list; a list may hold ``<list>`` for the words of another
``a/b``         either
``word*``       any ending
``word~``       with or without a clitic of the language (Spanish "matar", "matarte")
``?word``       may be absent
``a+b``         a word of a, directly followed by a word of b ("matarte")
``_``           a space within a token
``...``         up to four words of the same sentence (in Chinese eight characters)
``....``        up to nine words (in Chinese twenty characters)
``a & b``       parts in one sentence, near each other, in any order
``a && b``      the same, but they may stand in two sentences
==============  ==================================================================================
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
WIDEST = 110  # most characters from the first to the last of parts in any order
SIGNS = frozenset(":=：")  # "his address: ..."
# For languages with spaces between words (True) and without. No space is needed at an apostrophe or a sign.
_BETWEEN = {True: r"(?:[\W_]+|(?=[':=：])|(?<='))", False: r"[\s，,、]*"}
PARTS = re.compile(" &&? ")  # separates parts that may stand in any order
_GAPS = {
    True: {
        dots: rf"(?:[^\w.!?;:\"\n]+[\w'’]+){{0,{most}}}?"
        for dots, most in (("...", 4), ("....", 9))
    },
    False: {dots: rf"[^。！？!?:：\"\n]{{0,{most}}}?" for dots, most in (("...", 8), ("....", 20))},
}
_STEPS = re.compile(r"(?:^|\s)(\.{3,4})\s")
_ROW = re.compile(r"[/<?]|\.\.\.")
# Particles before an Arabic word of two letters or more.
_ARABIC_PREFIX = r"(?:[وف]?(?:ال|بال|كال|لل|[بلكس])?(?=\w\w))?"
_PREFIXES = ("وال", "فال", "بال", "كال", "ال", "لل", "وس", "فس", "و", "ف", "ب", "ل", "س", "ك")


def is_spaced(language: str) -> bool:
    """Whether a language writes spaces between words."""
    return language != "zh"


@cache
def compile_context(name: str, language: str) -> re.Pattern[str]:
    """Return an expression for any row of a context, such as ``negation``."""
    rows = rows_of_context(name, language)
    return re.compile("|".join(_expression(r.split(), language) for r in rows) or "(?!)")


def _expression(tokens: Iterable[str], language: str) -> str:
    spaced = is_spaced(language)
    body = ""
    for token in tokens:
        if token in _GAPS[spaced]:
            body += _GAPS[spaced][token]
            continue
        words = match_any_word(token.lstrip("?"), language)
        step = f"{_BETWEEN[spaced]}{words}" if body else words
        if token.startswith("?"):
            step = f"(?:{step})?" if body else f"(?:{words}{_BETWEEN[spaced]})?"
        body += step
    edges = (r"(?<!\w)", r"(?:(?<=[:=])|(?!\w))") if spaced else ("", "")
    return body.join(edges)


def find_places(row: str, language: str, text: str) -> list[tuple[int, int]]:
    """Return start and end of each place where a row of the vocabulary stands in a folded text."""
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
    """Where the pieces of a part stand, with gaps between; of places with the same start the shortest."""
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
    """Where the words of a piece stand; each of its lists has an expression of its own."""
    return [
        m.span() for expression in _compiled(piece, language) for m in expression.finditer(text)
    ]


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
    return re.compile(_GAPS[spaced][gap] + _BETWEEN[spaced])


@cache
def words_of_token(token: str, language: str) -> tuple[str, ...]:
    """Return all words of a token, folded, with the words of its lists and with clitics."""
    found: list[str] = []
    for part in token.split("/"):
        if "+" in part:
            found += map("".join, product(*(words_of_token(p, language) for p in part.split("+"))))
        elif part.startswith("<"):
            for word in words_of_list(part, language):
                found += words_of_token(word, language)
        else:
            stem, mark, rest = folded_text(part.replace("_", " ")).partition("~")
            endings = _clitics(language) if mark else []
            found += [stem + ending + rest for ending in ("", *endings)]
    return tuple(w for w in dict.fromkeys(found) if w)


def words_of_list(name: str, language: str) -> list[str]:
    """Return the words of a list as tokens: ``<harm>`` of English holds ``beat_to_death``."""
    words = vocabulary(f"attacks/{language}")["lists"][name.strip("<>")]
    return [str(word).replace(" ", "_") for word in words]


def words_of_firm_tokens(row: str, language: str) -> dict[str, tuple[str, ...]]:
    """Return the words of each token of a row that must stand in a text; signs are left out."""
    firm = [t for t in PARTS.sub(" ", row).split() if not t.startswith(("...", "?"))]
    words = {t: words_of_token(t, language) for t in firm}
    return {t: found for t, found in words.items() if not SIGNS.intersection(found)}


@cache
def match_any_word(token: str, language: str) -> str:
    """Return an expression for any word of a token, the longest first."""
    prefix = _ARABIC_PREFIX if language == "ar" else ""
    words = sorted(set(_expressions(token, language)), key=lambda w: (-len(w), w))
    end = r"(?:(?<=[':=])|(?!\w))" if is_spaced(language) else ""
    return f"{prefix}(?:{_any_of(words) or '(?!)'}){end}"


def _any_of(words: Sequence[str]) -> str:
    """An expression for any of these words, grouped by first letters so that few are tried at a place."""
    if len(words) == 1:
        return words[0]
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[:1] if word[:1].isalpha() else "", []).append(word)
    others = groups.pop("", [])
    return "|".join([f"{a}(?:{_any_of([w[1:] for w in g])})" for a, g in groups.items()] + others)


def _expressions(token: str, language: str) -> Iterator[str]:
    """An expression for each word of a token, and one for each product ``a+b`` (its words are too many)."""
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
    """Return the phrases of a context as rows; plain phrases together are one row of one token."""
    phrases = [str(p) for p in vocabulary(f"attacks/{language}")["contexts"].get(name, ())]
    rows = [p for p in phrases if _ROW.search(p)]
    plain = "/".join(p.replace(" ", "_") for p in phrases if not _ROW.search(p))
    return [plain, *rows] if plain else rows


def anchor_word(phrase: str, frequent: frozenset[str] = frozenset()) -> str:
    """Return the word by which a phrase is looked up: its longest word that is not frequent."""
    return max(re.split(r"[\s\-,،]+", phrase), key=lambda w: (w not in frequent, len(w)))


def without_prefix(word: str) -> list[str]:
    """Return an Arabic word without its particles, once for each particle that it may begin with."""
    return [word[len(p) :] for p in _PREFIXES if word.startswith(p) and len(word) - len(p) > 1]


def _clitics(language: str) -> list[str]:
    return str(vocabulary("clitics")["endings"].get(language, "")).split()
