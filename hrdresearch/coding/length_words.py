"""Words of lengths of time in folded text: numbers, units, and what joins or bounds them.

Words come from ``vocab/sentence_words.yml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from hrdresearch.vocab import vocabulary

_ZH_NUMBER = re.compile(r"[一二两兩三四五六七八九十百]+")
_ZH_DIGITS = {
    c: n
    for n, chars in enumerate(("", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九"))
    for c in chars
}
_CODES = {"and": "A", "to": "T", "or": "O", "between": "B", "from": "F", "least": ">", "most": "<"}


@dataclass(frozen=True)
class Token:
    """A word or sign of folded text.

    kind: N number, U unit, H half, "," comma, x unknown; other letters and signs are roles.
    """

    kind: str
    start: int
    end: int
    value: float = 0.0
    unit: str = ""
    language: str = ""


def tokenize(text: str) -> list[Token]:
    """Tokens of folded text; a word that stands in no vocabulary is of kind ``x``."""
    tokens = [token for match in _token_pattern().finditer(text) for token in _tokens_of(match)]
    return _join_number_words(_drop_number_in_brackets(tokens))


@cache
def phrase_pattern(role: str) -> re.Pattern[str]:
    """Regular expression that finds any phrase of a role ("until", "life"), in any language.

    Phrases stand in ``vocab/sentence_words.yml``; words of an alphabet are found as whole words.
    """
    by_language = vocabulary("sentence_words")["phrases"][role]
    parts = [_as_whole_word(p, language) for language, ps in by_language.items() for p in ps]
    return re.compile("|".join(f"(?:{p})" for p in parts) or r"(?!)")


def _drop_number_in_brackets(tokens: list[Token]) -> list[Token]:
    """``fifteen (15) years``: the number in brackets is the one before it."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        kept.append(tokens[at])
        kinds = "".join(t.kind for t in tokens[at : at + 4])
        is_repeated = kinds == "N(N)" and tokens[at].value == tokens[at + 2].value
        at += 4 if is_repeated else 1
    return kept


def _as_whole_word(pattern: str, language: str) -> str:
    if language == "zh":
        return pattern
    if language == "ar":
        return rf"(?<!\w)(?:و|ب|ل)?(?:{pattern})"
    left = "" if pattern[0] in "^\\" else r"(?<!\w)"
    right = "" if pattern.endswith(("$", " ", "\\b", "+", "*")) else r"(?!\w)"
    return f"{left}(?:{pattern}){right}"


@cache
def _known_words() -> dict[str, tuple[str, float, str, str]]:
    """Word -> kind, value, unit, language."""
    words = vocabulary("sentence_words")
    lexicon: dict[str, tuple[str, float, str, str]] = {}
    for role, kind in _CODES.items():
        for language, listed in words["words"][role].items():
            lexicon |= {str(w): (kind, 0.0, "", language) for w in listed}
    for language, listed in words["half"].items():
        lexicon |= {str(w): ("H", 0.5, "", language) for w in listed}
    for unit, by_language in words["units"].items():
        for language, alone in by_language.items():
            lexicon |= {str(w): ("U", float(n), unit, language) for w, n in alone.items()}
    for language, numbers in words["numbers"].items():
        lexicon |= {str(w): ("N", float(n), "", language) for w, n in numbers.items()}
    # "y" joins numbers in Spanish and stands for years after a digit: told by what precedes it.
    lexicon["y"] = ("A", 0.0, "", "es")
    lexicon["a"] = ("T", 1.0, "", "en")  # "3 a 8 años", and "a year"
    return lexicon


@cache
def _token_pattern() -> re.Pattern[str]:
    by_language: dict[str, list[str]] = {}
    for word, (_, _, _, language) in _known_words().items():
        by_language.setdefault(
            "zh" if language == "zh" else "ar" if language == "ar" else "la", []
        ).append(word)
    listed = {
        k: "|".join(re.escape(w) for w in sorted(v, key=len, reverse=True))
        for k, v in by_language.items()
    }
    return re.compile(
        rf"(?P<digits>\d+(?:[.,]\d+)?)(?P<plus>\s?\+)?(?P<short>[yma](?![a-z]))?"
        rf"|(?P<zhnum>{_ZH_NUMBER.pattern})|(?P<zh>{listed['zh']})"
        rf"|(?<!\w)(?P<ar_and>و)?(?P<ar_of>ال|ب|ل|بال)?(?P<ar>{listed['ar']})(?!\w)"
        rf"|(?<!\w)(?P<la>(?:{listed['la']})(?:(?<=')|(?!\w)))|(?P<sign>[<>])"
        rf"|(?P<hyphen>-)|(?P<open>\()|(?P<close>\))|(?P<comma>[,;.])|(?P<other>[^\W\d_一-鿿]+|[一-鿿])"
    )


def _tokens_of(match: re.Match[str]) -> list[Token]:
    start, end, group = match.start(), match.end(), match.groupdict()
    if group["digits"]:
        tokens = [Token("N", start, match.end("digits"), _read_digits(group["digits"]))]
        if group["plus"]:
            tokens.append(Token(">", *match.span("plus"), language="+"))
        if group["short"]:
            unit = "month" if group["short"] == "m" else "year"
            tokens.append(Token("U", *match.span("short"), unit=unit))
        return tokens
    if group["zhnum"]:
        return [Token("N", start, end, _read_chinese_number(group["zhnum"]), language="zh*")]
    if group["sign"]:
        return [Token(group["sign"], start, end)]
    for kind, name in (
        ("-", "hyphen"),
        ("(", "open"),
        (")", "close"),
        (",", "comma"),
        ("x", "other"),
    ):
        if group[name]:
            return [Token(kind, start, end)]
    word = group["zh"] or group["ar"] or group["la"]
    kind, value, unit, language = _known_words()[word]
    found = Token(kind, match.start("ar") if group["ar"] else start, end, value, unit, language)
    if group["ar_and"]:
        return [Token("A", start, start + 1, language="ar"), found]
    return [found]


def _read_digits(digits: str) -> float:
    whole, _, part = digits.replace(",", ".").partition(".")
    return float(f"{whole}.{part or 0}") if len(part) < 3 else float(whole + part)


def _read_chinese_number(text: str) -> float:
    """十五 15, 二十 20, 一百二十 120."""
    total, digit = 0, 0
    for character in text:
        if character == "百":
            total += (digit or 1) * 100
            digit = 0
        elif character == "十":
            total += (digit or 1) * 10
            digit = 0
        else:
            digit = _ZH_DIGITS[character]
    return float(total + digit)


def _join_number_words(tokens: list[Token]) -> list[Token]:
    """Number words that make one number are joined: "treinta y cinco", "quatre-vingt-dix"."""
    joined: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token.kind != "N" or not token.language or token.language == "zh*":
            joined.append(token)
            continue
        while at < len(tokens):
            step = 2 if tokens[at].kind in "A-" and at + 1 < len(tokens) else 1
            following = tokens[at + step - 1]
            if following.kind != "N" or not following.language:
                break
            value = _combine_number_words(token, following, step == 2)
            if value is None:
                break
            token = Token("N", token.start, following.end, value, "", following.language)
            at += step
        joined.append(token)
    return joined


def _combine_number_words(a: Token, b: Token, linked: bool) -> float | None:
    """Number that two number words make together; None where they are two numbers."""
    if b.value == 100 and a.value < 10:
        return a.value * 100
    if a.value == 4 and b.value == 20:
        return 80.0
    if a.value >= 20 and a.value % 10 == 0 and b.value < (20 if a.value in (60, 80) else 10):
        return a.value + b.value
    if a.value == 10 and b.value in (7, 8, 9) and b.language == "fr":
        return a.value + b.value
    if a.value >= 100 and a.value % 100 == 0 and b.value < 100:
        return a.value + b.value
    if b.language == "ar" and a.value < 10 and b.value >= 10 and b.value % 10 == 0:
        # "خمسة عشر" is 15 without a link, "خمس وعشرون" 25 with one.
        return a.value + b.value if (b.value == 10) != linked else None
    return None
