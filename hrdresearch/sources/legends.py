"""Legends of a list: lines that say what its codes stand for, in whatever form, below the list or elsewhere.

Known are ``Sex | 1 woman | 2 man``, ``Sex: 1 = woman, 2 = man``, ``Sex | 1 | woman``, a title above lines of
code and words, and several of these side by side under the names of their columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from hrdresearch.clean.calendars import western_digits
from hrdresearch.clean.text import put_on_one_line
from hrdresearch.clean.word_forms import fold
from hrdresearch.vocab import vocabulary

LONGEST_CODE = 12  # letters
SHORT = 4
FEWEST_CODES = 2
MOST_BELOW = 100  # rows of a legend below a list
_NUMBER = r"\d{1,2}"
_LETTERS = (  # a word in small letters is a code only before "="
    r"(?:[A-ZÀ-ÞА-ЯЁ]\.){2,4}|[A-ZÀ-ÞА-ЯЁ]{1,6}\d{0,2}|[ء-ي]|[^\W\d_]{2,8}\.?(?=\s*=)"
)
_CODE = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\b\.?|\w+")
_CODE_AND_POINT = re.compile(rf"(?:{_CODE.pattern})\.?")
_NUMBERED = re.compile(
    rf"(?<![\w.,])({_NUMBER})\s*[=:.)–—-]{{0,2}}\s*([^\W\d](?:[^\d;/|=]|\s/\s(?!\d))*)"
)
_LETTERED = re.compile(
    rf"(?<!\w)({_LETTERS})\s*[=:–—-]\s*([^\W\d](?:(?!(?<!\w)(?:{_LETTERS})\s*[=:–—-])[^;|\n=])*)"
)
Legend = dict[str, dict[str, str]]


def read_legend(
    lines: Iterable[Sequence[str]], column_of: Callable[[str], str], of: str = ""
) -> tuple[Legend, list[bool]]:
    """Column -> code -> words ("" for codes of no named column), and of each line whether it is of a legend.

    column_of: the column of the list that a text names, or "". of: column that the first lines are about.

    >>> read_legend([["Gen", "1 woman", "2 man"]], {"Gen": "Gen"}.get)[0]
    {'Gen': {'1': 'woman', '2': 'man'}}
    """
    found: Legend = {}
    used: list[bool] = []
    beside: dict[int, str] = {}  # place in the line -> column, of legends side by side
    lines = list(lines)
    left = min((at for cells in lines for at, cell in enumerate(cells) if cell.strip()), default=0)
    for cells in lines:
        texts = {
            at: text
            for at, cell in enumerate(cells)
            if (text := put_on_one_line(western_digits(cell)))
        }
        named = {
            at: column for at, text in texts.items() if (column := column_of(_title(text)) or "")
        }
        is_of_codes = any(text.isdigit() or pairs_in(text) for text in texts.values())
        if len(named) > 1 and not is_of_codes:
            beside, of = named, ""
            used.append(True)
            continue
        if beside and (
            coded := {
                at: c
                for at, c in beside.items()
                if {at, at + 1} <= set(texts)
                and at + 1 not in beside  # rows of another list are none
            }
        ):
            for at, column in coded.items():
                found.setdefault(column, {})[texts[at]] = texts[at + 1]
            used.append(True)
            continue
        if _are_joined(list(texts.values())):
            named = {}
        beside = {} if texts else beside
        first = min(texts, default=0)
        is_below_title = bool(of) and first > left  # names of columns stand left of their codes
        if is_below_title:
            named = {}
        if first in named:
            of = named[first]
        elif len(texts) == 1 and not pairs_in(texts[first]):
            of = ""  # a title of something else
        pairs = _pairs_of_line(list(texts.values()), first in named, is_below_title)
        found.setdefault(of, {}).update(pairs)
        used.append(bool(pairs) or len(texts) < 2 or {*map(fold, texts.values())} <= _heads())
    return {column: pairs for column, pairs in found.items() if pairs}, used


def pairs_in(text: str) -> dict[str, str]:
    """Codes and their words in one text.

    >>> pairs_in("1=mujer, 2=hombre"), pairs_in("M: mujer; H: hombre"), pairs_in("12 de marzo")
    ({'1': 'mujer', '2': 'hombre'}, {'M': 'mujer', 'H': 'hombre'}, {})
    """
    found = [*_NUMBERED.findall(text), *_LETTERED.findall(text)]
    pairs = {code: words.strip(" ,.;،؛–—-/()") for code, words in found}
    is_said = len(pairs) > 1 or "=" in text
    begins = re.match(rf"\s*(?:{_NUMBER}|{_LETTERS})\s*[=:.)–—-]{{0,2}}\s*[^\W\d]", text)
    is_of = re.match(r"\s*\d{1,2}\s+(?:de|of|du)\b", text)
    return pairs if (is_said or begins) and not is_of else {}


def legend_below(
    rows: Sequence[tuple[int, list[str]]], names: Sequence[str], first: int
) -> list[int]:
    """Numbers of the rows below a list that are a legend of one of its columns at least; often none.

    first: last row of the column names. A legend begins behind an empty row, or with the name of a column.
    """
    body = [(number, cells) for number, cells in rows if number > first]
    by_name = {fold(name.rpartition(" / ")[2]): name for name in names}
    by_name |= {fold(name): name for name in names}

    def column_of(text: str) -> str:
        return by_name.get(fold(text), "")

    for at in range(max(1, len(body) - MOST_BELOW), len(body)):
        number, cells = body[at]
        texts = [text for cell in cells if (text := put_on_one_line(cell))]
        is_apart = number > body[at - 1][0] + 1 or not any(map(str.strip, body[at - 1][1]))
        is_named = bool(texts) and bool(column_of(_title(texts[0]))) and any(map(pairs_in, texts))
        if not texts or not (is_apart or is_named):
            continue
        found, used = read_legend([line for _, line in body[at:]], column_of)
        if all(used) and _explains(found, names, [line for _, line in body[:at]]):
            return [n for n, line in body[at:] if any(map(str.strip, line))]
    return []


def codes_in(cell: str) -> list[str]:
    """Codes that a cell of a list may hold: its words, without signs between them and without points.

    >>> codes_in("A.F. / D2")
    ['AF', 'D2']
    """
    return [bare_code(code) for code in _CODE.findall(western_digits(cell))]


def bare_code(code: str) -> str:
    """A code without points: "A.F." and "AF" are the same."""
    return code.replace(".", "")


def words_explained(cell: str, means: Mapping[str, str]) -> list[str]:
    """Words of each code in a cell, in their order; empty where it holds none.

    >>> words_explained("D2 y C1", {"D2": "arrest", "C1": "charge"})
    ['arrest', 'charge']
    """
    by_code = {bare_code(code): words for code, words in means.items()}
    if whole := _of_whole(cell, by_code):
        return [whole]
    return [by_code[word] for word in codes_in(put_on_one_line(cell)) if word in by_code]


def in_words(cell: str, means: Mapping[str, str]) -> str:
    """A cell with the words of its codes in place of them; other words stay.

    >>> in_words("TERR., art. 5", {"TERR": "terrorism"}), in_words("Act 5 + theft", {"Act 5": "fraud"})
    ('terrorism, art. 5', 'fraud + theft')
    """
    by_code = {bare_code(code): words for code, words in means.items()}
    if whole := _of_whole(cell, by_code):
        return whole
    several = {  # "Ley 1055", "d/m": of two words or with a sign
        code.casefold(): words
        for code, words in means.items()
        if code.strip() and not _CODE_AND_POINT.fullmatch(code)
    }
    longest_first = sorted(map(re.escape, several), key=len, reverse=True)
    some = "".join(rf"(?<!\w){code}(?!\w)|" for code in longest_first)

    def explained(found: re.Match[str]) -> str:
        code = found[0]
        return several.get(code.casefold()) or by_code.get(bare_code(western_digits(code)), code)

    return re.sub(f"{some}{_CODE_AND_POINT.pattern}", explained, cell, flags=re.IGNORECASE)


def words_of_whole(cell: str, means: Mapping[str, str]) -> str:
    """Words of a cell that is a code as a whole, in capitals or not; else ""."""
    return _of_whole(cell, {bare_code(code): words for code, words in means.items()})


def _of_whole(cell: str, by_code: Mapping[str, str]) -> str:
    code = bare_code(put_on_one_line(western_digits(cell)))
    folded = {known.casefold(): words for known, words in by_code.items()}
    return by_code.get(code) or folded.get(code.casefold(), "")


def _explains(found: Legend, names: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether a legend has a code for all that stands in some column, and that has two values or more."""
    for at, name in enumerate(names):
        codes = set(map(bare_code, (*found.get(name, {}), *found.get("", {}))))
        held = [codes_in(line[at]) for line in body if at < len(line) and line[at].strip()]
        said = {code for cell in held for code in cell}
        if len(codes) >= FEWEST_CODES and len(said) > 1 and said <= codes:
            return True
    return False


def _pairs_of_line(texts: Sequence[str], is_named: bool, is_below_title: bool) -> dict[str, str]:
    """Codes and words of a line.

    is_named: its first text names a column. is_below_title: it stands right of the name of its column, so
    that its first text is a code in whatever form.
    """
    rest = [_behind(texts[0]), *texts[1:]] if is_named else list(texts)
    rest = [text for text in rest if text]
    is_short = is_below_title and len(rest[0]) <= LONGEST_CODE
    if len(rest) == 2 and (is_short or _is_code(rest[0])) and _are_words(rest[1], rest[0]):
        codes, words = (re.split(r"\s*/\s*", text) for text in rest)
        return (
            dict(zip(codes, words, strict=True)) if len(codes) == len(words) else {rest[0]: rest[1]}
        )
    if len(rest) == 3 and rest[0].isdigit() and not any(map(_is_code, rest[1:])):
        return {rest[0]: rest[1]}  # a number, its words, a comment
    each = [pairs_in(text) for text in rest]
    if not each or not all(each):
        return {}
    return {code: words for pairs in each for code, words in pairs.items()}


def _are_words(text: str, code: str) -> bool:
    """Whether a text beside a code may be its words: no code itself, or in small letters beside capitals."""
    return not _is_code(text) or (text.istitle() and (code.isupper() or code.isdigit()))


@cache
def _heads() -> frozenset[str]:
    """Headings of the columns of a legend."""
    return frozenset(fold(str(word)) for word in vocabulary("list_values")["legend_heads"])


def _are_joined(texts: Sequence[str]) -> bool:
    """Whether a line has several codes and as many words: "P / O", "person / organization"."""
    parts = [len(text.split("/")) for text in texts]
    return len(parts) == 2 and parts[0] == parts[1] > 1


def _title(text: str) -> str:
    return text.partition(":")[0].strip()


def _behind(text: str) -> str:
    return text.partition(":")[2].strip()


def _is_code(text: str) -> bool:
    """Whether a text may be a code: short, of one word, in capitals, with a point or digit, or very short."""
    word = text.replace(" / ", "/")
    if len(word) > LONGEST_CODE or " " in word:
        return False
    if word.endswith("."):  # a short form, as "terr."
        return len(word) > 1
    is_like = len(word) <= SHORT or word.isupper() or any(map(str.isdigit, word))
    return is_like and not word.islower()
