"""Lengths of time in running text: "fifteen years and six months", "3 à 8 ans", "十五年六个月".

Text is folded first (lower case, no accents or vowel marks, digits of any script as 0-9), with a
map back to the text as written. Words come from ``vocab/sentence_words.yml``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from hrdresearch.vocab import vocabulary

YEARS_OF = {"year": 1.0, "month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25}
LONGEST_IN_YEARS = 1000  # more is a calendar year, not a length
_ORDER = {"year": 4, "month": 3, "week": 2, "day": 1}
_ZH_NUMBER = re.compile(r"[一二两兩三四五六七八九十百]+")
_ZH_DIGITS = {
    c: n
    for n, chars in enumerate(("", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九"))
    for c in chars
}
_LETTERS_AS = {
    "ة": "ه",
    "ى": "ي",
    "ٱ": "ا",
    "ـ": "",
    "–": "-",
    "—": "-",
    "−": "-",
    "‑": "-",
    "ı": "i",
    "’": "'",
    "‘": "'",
    "，": ",",
    "、": ",",
    "；": ";",
}
_CODES = {"and": "A", "to": "T", "or": "O", "between": "B", "from": "F", "least": ">", "most": "<"}


@dataclass(frozen=True)
class Token:
    """A piece of folded text: ``kind`` N number, U unit, H half, A T O B F > < roles, , and x."""

    kind: str
    start: int
    end: int
    value: float = 0.0
    unit: str = ""
    language: str = ""


@dataclass(frozen=True)
class Length:
    """A length in years, as a range where the text gives one; ``maximum`` None is open."""

    minimum: float
    maximum: float | None
    start: int
    end: int


@dataclass(frozen=True)
class Folded:
    """Folded text and, for each of its characters, the place in the text as written."""

    text: str
    places: tuple[int, ...]

    def written(self, original: str, start: int, end: int) -> str:
        """The stretch of the text as written that a stretch of the folded one stands for."""
        if start >= end:
            return ""
        return original[self.places[start] : self.places[end - 1] + 1].strip()


def fold(text: str) -> Folded:
    """Lower case, no accents, plain digits and hyphens."""
    out: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for piece in unicodedata.normalize("NFKD", character):
            if unicodedata.combining(piece) or unicodedata.category(piece) == "Cf":
                continue
            digit = unicodedata.decimal(piece, None)
            plain = str(digit) if digit is not None else _LETTERS_AS.get(piece, piece.lower())
            plain = " " if plain.isspace() else plain
            out += plain
            places += [place] * len(plain)
    return Folded("".join(out), tuple(places))


def lengths(text: str) -> list[Length]:
    """Lengths in folded text, in order; a range between two lengths is one."""
    tokens = tokenize(text)
    found: list[Length] = []
    at = 0
    while at < len(tokens):
        length, after = _ranged(tokens, at)
        if length is None:
            at += 1
            continue
        if found and found[-1].maximum is None and length.minimum == 0:
            first = found.pop()  # "not less than three years and not more than seven"
            length = Length(first.minimum, length.maximum, first.start, length.end)
        found.append(length)
        at = max(after, at + 1)
    return found


@cache
def alternatives(role: str) -> re.Pattern[str]:
    """Any phrase of a role in any language; words of alphabets with word bounds."""
    by_language = vocabulary("sentence_words")["phrases"][role]
    parts = [_bounded(p, language) for language, ps in by_language.items() for p in ps]
    return re.compile("|".join(f"(?:{p})" for p in parts) or r"(?!)")


def tokenize(text: str) -> list[Token]:
    """Tokens of folded text; what the grammar does not know is ``x``."""
    tokens = []
    for match in _pattern().finditer(text):
        tokens += _tokens_of(match)
    return _joined(_said_twice(tokens))


def _said_twice(tokens: list[Token]) -> list[Token]:
    """``fifteen (15) years``: the number in brackets is the one before it."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        out.append(tokens[at])
        kinds = "".join(t.kind for t in tokens[at : at + 4])
        same = kinds == "N(N)" and tokens[at].value == tokens[at + 2].value
        at += 4 if same else 1
    return out


def _bounded(pattern: str, language: str) -> str:
    if language == "zh":
        return pattern
    if language == "ar":
        return rf"(?<!\w)(?:و|ب|ل)?(?:{pattern})"
    left = "" if pattern[0] in "^\\" else r"(?<!\w)"
    right = "" if pattern.endswith(("$", " ", "\\b", "+", "*")) else r"(?!\w)"
    return f"{left}(?:{pattern}){right}"


@cache
def _lexicon() -> dict[str, tuple[str, float, str, str]]:
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
def _pattern() -> re.Pattern[str]:
    by_language: dict[str, list[str]] = {}
    for word, (_, _, _, language) in _lexicon().items():
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
        tokens = [Token("N", start, match.end("digits"), _number(group["digits"]))]
        if group["plus"]:
            tokens.append(Token(">", *match.span("plus"), language="+"))
        if group["short"]:
            unit = "month" if group["short"] == "m" else "year"
            tokens.append(Token("U", *match.span("short"), unit=unit))
        return tokens
    if group["zhnum"]:
        return [Token("N", start, end, _chinese(group["zhnum"]), language="zh*")]
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
    kind, value, unit, language = _lexicon()[word]
    found = Token(kind, match.start("ar") if group["ar"] else start, end, value, unit, language)
    if group["ar_and"]:
        return [Token("A", start, start + 1, language="ar"), found]
    return [found]


def _number(digits: str) -> float:
    whole, _, part = digits.replace(",", ".").partition(".")
    return float(f"{whole}.{part or 0}") if len(part) < 3 else float(whole + part)


def _chinese(text: str) -> float:
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


def _joined(tokens: list[Token]) -> list[Token]:
    """Number words that make one number are joined: "treinta y cinco", "quatre-vingt-dix"."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token.kind != "N" or not token.language or token.language == "zh*":
            out.append(token)
            continue
        while at < len(tokens):
            step = 2 if tokens[at].kind in "A-" and at + 1 < len(tokens) else 1
            following = tokens[at + step - 1]
            if following.kind != "N" or not following.language:
                break
            value = _combined(token, following, step == 2)
            if value is None:
                break
            token = Token("N", token.start, following.end, value, "", following.language)
            at += step
        out.append(token)
    return out


def _combined(a: Token, b: Token, linked: bool) -> float | None:
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


def _ranged(tokens: list[Token], at: int) -> tuple[Length | None, int]:
    """A length or a range of lengths that begins at ``at``."""
    bound = tokens[at].kind if tokens[at].kind in "<>B" else ""
    first_at = at + (1 if bound else 0)
    one = _range_of_numbers(tokens, first_at, bound)
    if one is None:
        one = _single(tokens, first_at)
    if one is None:
        return None, at + 1
    length, after = one
    if bound in "<>":
        length = _bounded_length(length, bound, tokens[at].start)
    if after < len(tokens) and tokens[after].kind in ("TO-A" if bound == "B" else "TO-<"):
        step = after + 1
        upto = step < len(tokens) and tokens[step].kind == "<"
        second = _single(tokens, step + upto)
        if second and second[0].minimum > length.minimum:
            return Length(length.minimum, second[0].maximum, length.start, second[0].end), second[1]
    if after < len(tokens) and tokens[after].kind in "<>" and tokens[after].language != "+":
        trailing = tokens[after]
        nothing_follows = _single(tokens, after + 1) is None
        if trailing.kind == ">" and nothing_follows:  # "10 años al menos"
            length, after = _bounded_length(length, ">", length.start), after + 1
    return length, after


def _bounded_length(length: Length, bound: str, start: int) -> Length:
    if bound == ">":
        return Length(length.minimum, None, start, length.end)
    if bound == "<":
        return Length(0.0, length.maximum, start, length.end)
    return length


def _range_of_numbers(tokens: list[Token], at: int, bound: str) -> tuple[Length, int] | None:
    """``3 to 8 years``, ``5-10 years``, ``between 5 and 10 years``: one unit for both."""
    kinds = "".join(t.kind for t in tokens[at : at + 5])
    joint = "[TOA-]" if bound == "B" else "[TO-]"
    if not re.match(rf"N(?:{joint}<?|<)N-?U", kinds) or tokens[at].kind != "N":
        return None
    low = tokens[at].value
    if low >= LONGEST_IN_YEARS:
        return None
    second = _single(tokens, at + 2 + (kinds[2] == "<"))
    if second is None:
        return None
    unit = next(t.unit for t in tokens[at + 2 :] if t.kind == "U")
    minimum = low * YEARS_OF[unit]
    maximum = second[0].maximum or minimum
    low_, high = sorted((minimum, maximum))
    return Length(round(low_, 4), high, tokens[at].start, second[0].end), second[1]


def _single(tokens: list[Token], at: int) -> tuple[Length, int] | None:
    """``12 years 6 months``: units that grow smaller; a half; a bound by ``+``."""
    total, smallest, here, end, start, is_open = 0.0, 9, at, 0, 0, False
    while here < len(tokens):
        skip = here
        while skip < len(tokens) and total and tokens[skip].kind in "A,-" and skip < here + 2:
            skip += 1
        part = _part(tokens, skip)
        if part is None or _ORDER[part[1]] >= smallest:
            break
        value, unit, here, plus = part
        total += value * YEARS_OF[unit]
        smallest, end, start = _ORDER[unit], tokens[here - 1].end, start or tokens[at].start + 1
        is_open |= plus
        if smallest == 1:
            break
    if not end or total >= LONGEST_IN_YEARS:
        return None
    total = round(total, 4)
    return Length(total, None if is_open else total, tokens[at].start, end), here


def _part(tokens: list[Token], at: int) -> tuple[float, str, int, bool] | None:
    """One number with its unit: value, unit, place after it, and whether a plus stands there."""

    def kind(place: int) -> str:
        return tokens[place].kind if place < len(tokens) else ""

    here, plus, value = at, False, None
    if kind(here) == "N":
        value = tokens[here].value
        here += 1
        if kind(here) == ">" and tokens[here].language == "+":
            here, plus = here + 1, True
        if kind(here) == "A" and kind(here + 1) == "H":
            value, here = value + 0.5, here + 2
        elif kind(here) == "-" and kind(here + 1) == "U":
            here += 1
    elif kind(here) == "T" and tokens[here].value == 1 and kind(here + 1) == "U":
        value, here = 1.0, here + 1
    elif kind(here) == "H":
        value, here = 0.5, here + 1
        here += kind(here) == "-"
        here += kind(here) == "T" and kind(here + 1) == "U"  # "half a year"
    if kind(here) != "U":
        return None
    unit = tokens[here]
    if value is None:
        if not unit.value and kind(here + 1) not in "AH":
            return None
        value = unit.value
        if not value:
            return None
    elif unit.language == "zh" and unit.unit == "year" and value >= LONGEST_IN_YEARS:
        return None
    here += 1
    if kind(here) == "H":
        value, here = value + 0.5, here + 1
    elif kind(here) == "A" and kind(here + 1) == "H":
        value, here = value + 0.5, here + 2
    if kind(here) == ">" and tokens[here].language == "+":
        here, plus = here + 1, True
    return value, unit.unit, here, plus
