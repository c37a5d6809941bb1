"""The component ``hrd_lengths``: lengths of time in a text, as spans with their bounds in years.

A small grammar over the roles of words (number, unit, half, and, to, or, between, from, at least, at
most); the words stand in ``vocab/length_words.yml``. ``doc.spans["lengths"]`` has a label each:
``length``; ``adjective`` ("пятилетний"), which may be an age; ``alone`` (a unit without a number, "год");
``elided`` ("the other to seven"). ``doc.spans["numbers"]`` holds the numbers that have no unit.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from hrdresearch.text.codes import CodeFinder, languages_of, rules_of
from hrdresearch.text.fold import fold_norms, fold_word
from hrdresearch.text.phrases import CLAUSE_ENDS
from hrdresearch.vocab import vocabulary

YEARS_OF = {"decade": 10.0, "year": 1.0, "month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25}
FIRST_CALENDAR_YEAR = 1000  # a number from here on is no length in years
_ROLES = dict(
    zip(
        (
            "and",
            "to",
            "upto",
            "toward",
            "or",
            "between",
            "from",
            "least",
            "most",
            "half",
            "none",
            "plus",
            "because",
            "other",
        ),
        "AThkOBF><H0+Px",
        strict=True,
    )
)
_SIGNS = {"-": "-", "(": "(", ")": ")", ",": ",", "،": ",", **dict.fromkeys(CLAUSE_ENDS, ".")}
_DIGITS = re.compile(r"\d{1,6}(?:[.,]\d{1,2})?")
_ARABIC = re.compile(r"(و)?[بلك]?(ال|ل)?([\u0621-\u064a]{2,})")
_ORDINALS = ("第", "thứ")
_LINKS = {"es", "fr", "pt", "ar", "fa"}  # "treinta y cinco"; in English behind a hundred only
_HALF_BEHIND = {"zh", "vi", "ar"}  # "两年半": a half without "and"
Languages = frozenset[str]


@dataclass(frozen=True)
class Item:
    """A role with the words that have it; N number, U unit, Q length, x any other word.

    value: of a number, or in years the lower bound of a length (``high`` the upper one).
    """

    kind: str
    start: int
    end: int
    value: float = 0.0
    high: float = 0.0
    unit: str = ""
    smallest: str = ""
    languages: Languages = frozenset()
    form: str = ""


@Language.factory(
    "hrd_lengths", default_config={"languages": []}, assigns=["doc.spans", "doc.user_data"]
)
def make_lengths(nlp: Language, name: str, languages: list[str]) -> Callable[[Doc], Doc]:
    """Component that finds lengths of time; languages: whose words are known, none means all."""
    chosen = tuple(languages or languages_of(nlp))
    rules = [
        replace(r, code=f"{r.language}:{r.code}") for r in rules_of("length_words", chosen)
    ]  # a word that several languages share keeps them all
    finder = CodeFinder(nlp.vocab, rules, "length_words")

    def find_lengths(doc: Doc) -> Doc:
        fold_norms(doc)
        items = _items_of(doc, finder, chosen)
        has_unit = any(item.kind in "UQ" for item in items)
        read = _read_grammar(items) if has_unit else items
        for key, kind in (("lengths", "Q"), ("numbers", "N")):
            doc.spans[key] = [_as_span(doc, item) for item in read if item.kind == kind]
        return doc

    return find_lengths


def years_of(span: Span) -> tuple[float, float | None]:
    """Lower and upper bound of a length in years, of a number its value; None where it is open.

    >>> from hrdresearch.text.pipeline import make_pipeline
    >>> doc = make_pipeline("en", components=("hrd_lengths",))("at least fifteen years and six months")
    >>> [years_of(span) for span in doc.spans["lengths"]]
    [(15.5, None)]
    """
    low, high = span.doc.user_data[f"hrd_lengths:{span.start}:{span.end}"]
    return low, high


def _as_span(doc: Doc, item: Item) -> Span:
    high = item.high if item.kind == "Q" else item.value
    bounds = (round(item.value, 4), None if math.isinf(high) else round(high, 4))
    doc.user_data[f"hrd_lengths:{item.start}:{item.end}"] = bounds
    label = item.form if item.form in ("adjective", "alone", "elided") else "length"
    return Span(doc, item.start, item.end, label=label)


@cache
def _lexicon(languages: tuple[str, ...]) -> dict[str, list[Item]]:
    """Word as written, and folded where that is enough -> what it may be."""
    words = vocabulary("length_words")
    listed = [
        ("N", float(value), "", language, text)
        for language, numbers in words["numbers"].items()
        for value, text in numbers.items()
    ]
    for group, value in (("units", 0.0), ("pairs", 2.0), ("halves", 0.5)):
        for unit, by_language in words[group].items():
            listed += [("U", value, unit, language, text) for language, text in by_language.items()]
    spoken: dict[str, dict[tuple[str, float, str, str], set[str]]] = {}
    for kind, value, unit, language, text in listed:
        forms = {w: f for f, by in words["forms"].items() for w in by.get(language, "").split()}
        for word in text.split() if not languages or language in languages else ():
            exact = language in words["as_written"]
            entry = (kind, value, unit, forms.get(word, "") if kind == "U" else "")
            for key in {_as_written(word), _as_written(word) if exact else fold_word(word)}:
                spoken.setdefault(key, {}).setdefault(entry, set()).add(language)
    return {
        key: [
            Item(kind, 0, 0, value, unit=unit, languages=frozenset(of), form=form)
            for (kind, value, unit, form), of in entries.items()
        ]
        for key, entries in spoken.items()
    }


@cache
def _adjectives() -> list[tuple[str, str, Languages]]:
    """Beginnings of words such as "летний", with their unit."""
    return [
        (fold_word(word), unit, frozenset([language]))
        for unit, listed in vocabulary("length_words")["adjectives"].items()
        for language, text in listed.items()
        for word in text.split()
    ]


def _as_written(word: str) -> str:
    return unicodedata.normalize("NFC", word.replace("İ", "i").lower())


def _items_of(doc: Doc, finder: CodeFinder, languages: tuple[str, ...]) -> list[Item]:
    roles: dict[tuple[int, int], dict[str, set[str]]] = {}
    for cue in finder.find(doc):
        language, role = cue.label_.split(":")
        roles.setdefault((cue.start, cue.end), {}).setdefault(role, set()).add(language)
    chosen = {s.start: s for s in filter_spans([Span(doc, *place) for place in roles])}
    items: list[Item] = []
    at = 0
    while at < len(doc):
        span: Span | None = chosen.get(at)
        words = _words_at(doc, at, items, languages)
        is_number = bool(words) and words[-1].kind == "N"
        if not span or (is_number and _is_unit(doc, at + 1, languages)):
            items += words or [Item(_SIGNS.get(doc[at].norm_, "x"), at, at + 1)]
            at += 1
        else:
            by_role = roles[span.start, span.end]
            role = next(r for r in ("upto", *_ROLES) if r in by_role)
            spoken = frozenset(by_role[role])
            items.append(Item(_ROLES[role], span.start, span.end, languages=spoken))
            at = span.end
    return items


def _is_unit(doc: Doc, at: int, languages: tuple[str, ...]) -> bool:
    return at < len(doc) and any(i.kind == "U" for i in _entries(doc[at], languages))


def _entries(token: Token, languages: tuple[str, ...]) -> list[Item]:
    """What a word may be; one with accents is not a word that has none ("án", "an")."""
    known, norm = _lexicon(languages), token.norm_
    folded = known.get(norm, []) if token.text.isascii() or not norm.isascii() else []
    return known.get(_as_written(token.text)) or folded


def _words_at(doc: Doc, at: int, before: list[Item], languages: tuple[str, ...]) -> list[Item]:
    """What the word at a place is: a number or a unit, an Arabic "and" in front of it apart."""
    token = doc[at]
    digits = token.norm_.partition("'")[0]  # "3'er" in Turkish
    if _DIGITS.fullmatch(digits):
        value = float(digits.replace(",", "."))
        return [Item("Y" if value >= FIRST_CALENDAR_YEAR else "N", at, at + 1, value)]
    if token.text == "½":
        return [Item("H", at, at + 1)]
    if token.text in ("个", "個"):
        return [Item("c", at, at + 1)]
    is_glued = at > 0 and not doc[at - 1].whitespace_ and before[-1].kind == "N"
    if is_glued and (unit := vocabulary("length_words")["glued"].get(token.norm_)):
        return [Item("U", at, at + 1, unit=unit)]
    if at > 0 and doc[at - 1].text in _ORDINALS:
        return []
    known = _lexicon(languages)
    behind_number = bool(before) and before[-1].kind in "NH"
    entries = sorted(_entries(token, languages), key=lambda e: (e.kind == "N") == behind_number)
    if not entries and (match := _ARABIC.fullmatch(token.norm_)):
        entries = known.get(match[3], [])
        entries = [replace(e, form="definite" if match[2] else e.form) for e in entries]
        link = [Item("A", at, at, languages=frozenset(["ar"]))] if match[1] and entries else []
        return [*link, *_placed(entries[:1], at)] or _adjective(token, known)
    if "vi" in {x for e in entries for x in e.languages} and _as_written(token.text) == "năm":
        is_five = _is_unit(doc, at + 1, languages) and not behind_number
        entries = [Item("N", 0, 0, 5.0, languages=frozenset(["vi"]))] if is_five else entries
    return _placed(entries[:1], at) or _adjective(token, known)


def _placed(items: list[Item], at: int) -> list[Item]:
    return [replace(item, start=at, end=at + 1) for item in items]


def _adjective(token: Token, known: dict[str, list[Item]]) -> list[Item]:
    """ "пятилетний", "12-летний": a unit as an adjective, alone or with its number."""
    for stem, unit, languages in _adjectives():
        number, found, _ = token.norm_.partition(stem)
        value = next((e.value for e in known.get(number, ()) if e.kind == "N"), 0.0)
        if found and (not number or value):
            years = value * YEARS_OF[unit]
            kind = "Q" if value else "U"
            return [
                Item(kind, token.i, token.i + 1, years, years, unit, "", languages, "adjective")
            ]
    return []


def _rewrite(
    items: list[Item], pattern: str, make: Callable[[list[Item]], list[Item] | None]
) -> list[Item]:
    """Put what ``make`` gives in place of each run of items whose roles match the pattern."""
    kinds, rule, made, at = "".join(i.kind for i in items), re.compile(pattern), [], 0
    while at < len(items):
        match = rule.match(kinds, at)
        new = make(items[at : match.end()]) if match and match.end() > at else None
        made += [items[at]] if new is None or match is None else new
        at = at + 1 if new is None or match is None else match.end()
    return made


def _read_grammar(items: list[Item]) -> list[Item]:
    """The items with lengths in place of the words that say them."""
    items = _rewrite(items, r"N\(N\)", lambda m: m[:1] if m[0].value == m[2].value else None)
    items = _rewrite(items, r"(?:N?U){1,3}Y|YU(?:NU)*|(?<![NHU])UN", _leave_dates)
    items = _rewrite(items, r"N\+U", lambda m: [m[0], m[2], m[1]])
    items = _rewrite(items, r"N(?:[A-]?N)+", _join_number_words)
    items = _rewrite(items, r"NA-?H(?=[AThO-]-?N)", _add_half)
    items = _rewrite(items, r"(?:N-?(?:A?-?H-?)?|H-?N?)?c?-?U(?:A?H)?", _read_amount)
    items = _rewrite(items, r"Q\.(?=Q)", lambda m: m[:1] if m[0].form == "short" else None)
    for _ in "year", "month":
        items = _rewrite(items, r"Q[A,]?Q", _join_units)
    items = _turn_bounds(items)
    one, to = "[NQ]", "-?[ThO-]-?"
    for pattern in (
        rf"B{one}[AThO-][<h]?Q",
        rf"{one}[ATh]Q(?=B)",
        rf"F?{one}{to}[<h]?Q",
        r"Q>[AT,]?Q<",
        r"FQ[Th]N(?!U)|Q[Th]N(?=[.,]|$)",
        r"QQ",
        r">-?QA?<[NQ]",
    ):
        items = _rewrite(items, pattern, _read_range)
    items = _rewrite(items, r"N(?:,N)*,?AQ", _share_unit)
    items = _rewrite(
        items, r"[><][kTh]?-?Q|hQ|<x{1,3}Q|Q[>+]|Qh(?![NQ])|Q[xP]{0,2}<(?![NQ])", _read_bound
    )
    items = _rewrite(items, r"Q[^.Q]*(?:[Tkh]N(?=[.,]|$)|[A,]N(?=P))", _read_elided)
    return [i for i in items if i.form != "calendar" and i.value < FIRST_CALENDAR_YEAR]


def _leave_dates(m: list[Item]) -> list[Item] | None:
    """ "2019年3月", "2019 года", "tháng 6 năm 2020": a day of the calendar, no length."""
    spoken = next(i.languages for i in m if i.kind == "U")
    if m[0].kind == "Y":
        kept = m[2:] if "zh" not in spoken else []
    elif m[-1].kind == "Y":
        kept = m[:-2] if "vi" not in spoken else []
    elif "vi" in spoken and m[0].unit in ("month", "day"):
        kept = []
    else:
        return None
    return [*(replace(i, kind="x") for i in m if i not in kept), *kept]


def _join_number_words(m: list[Item]) -> list[Item] | None:
    """Number words that make one number: "treinta y cinco", "quatre-vingt-dix", "二十五"."""
    first, at = m[0], 1
    if not first.languages:
        return None
    while at < len(m):
        link = m[at].kind if m[at].kind != "N" else ""
        step = m[at + bool(link)]
        shared = first.languages & step.languages
        value = _sum_of_words(first.value, step.value, shared, link) if shared else None
        if value is None:
            break
        first = replace(first, value=value, end=step.end, languages=shared)
        at += 1 + bool(link)
    return [first, *m[at:]] if at > 1 else None


def _sum_of_words(a: float, b: float, spoken: Languages, link: str) -> float | None:
    """Number that a number and the next word make together; None where they are two numbers."""
    ones, is_ten = a % 10, a % 100 == 10
    if link == "A" and not (spoken & _LINKS or a >= 100):
        return None
    if "ar" in spoken and a < 10 <= b < 100 and b % 10 == 0:
        return a + b if (b == 10) != (link == "A") else None
    if b == 100 and a < 10:
        return a * 100
    if b == 10 and ones and spoken & {"zh", "vi"}:
        return a - ones + ones * 10
    if (a, b) == (4, 20) and "fr" in spoken:
        return 80.0
    teens = {"fr": (7, 8, 9), "es": (6, 7, 8, 9)}
    if is_ten and b < 10 and any(b in teens.get(x, ()) for x in spoken):
        return a + b
    if is_ten and b < 10 and spoken & {"zh", "vi", "tr"}:
        return a + b
    is_higher = "fr" in spoken and a % 100 in (60, 80) and b < 20
    is_round = a >= 20 and ones == 0 and not is_ten and b < (100 if a % 100 == 0 else 10)
    return a + b if is_round or is_higher else None


def _add_half(m: list[Item]) -> list[Item]:
    """ "Two and a half to three years": the unit stands behind the second number."""
    return [replace(m[0], value=m[0].value + 0.5, end=m[-1].end)]


def _read_amount(m: list[Item]) -> list[Item] | None:
    """One number with its unit, and a half: "two and a half years", "año y medio", "半年"."""
    at = next(n for n, i in enumerate(m) if i.kind == "U")
    unit, before, after = m[at], m[:at], m[at + 1 :]
    number = next((i for i in before if i.kind == "N"), None)
    if number and number.languages and unit.languages and not number.languages & unit.languages:
        return None
    has_half = bool(after) and (after[0].kind == "A" or bool(after[0].languages & _HALF_BEHIND))
    half_before = any(i.kind == "H" for i in before)
    is_whole = number is not None and before[0].kind != "H"  # "half a year", "une demi-année"
    if number and number.value == 1 and [i.kind for i in before[:2]] == ["N", "H"]:
        is_whole = not before[1].languages & {"en", "fr", "es", "pt"}
    form = unit.form if unit.form in ("adjective", "from", "short") else ""
    value: float | None = unit.value or None
    if before:
        value = (number.value if number and is_whole else 0.0) + 0.5 * half_before
    elif value is None and (has_half or unit.form == "alone"):
        value = 1.0
        form = "" if has_half or "ar" in unit.languages else "alone"
    if value is None:
        return None
    if unit.unit == "month" and "zh" in unit.languages and all(i.kind != "c" for i in before):
        form = "calendar"
    years = (value + 0.5 * has_half) * YEARS_OF[unit.unit]
    end = after[-1].end if has_half else unit.end
    made = Item("Q", m[0].start, end, years, years, unit.unit, "", unit.languages, form)
    return [made] if has_half else [made, *after]


def _join_units(m: list[Item]) -> list[Item] | None:
    """ "12 years 6 months": units that grow smaller."""
    a, b = m[0], m[-1]
    if YEARS_OF[a.smallest or a.unit] <= YEARS_OF[b.unit] or a.form == "from" or b.form == "alone":
        return None
    form = a.form if a.form == "calendar" else ""
    total = a.value + b.value
    return [
        replace(a, end=b.end, value=total, high=total, smallest=b.smallest or b.unit, form=form)
    ]


def _turn_bounds(items: list[Item]) -> list[Item]:
    """ "None received more than three years": a lower bound that nobody reaches is an upper one."""
    turned, is_nobody = [], False
    for item in items:
        is_nobody = item.kind != "." and (is_nobody or item.kind == "0")
        turned.append(replace(item, kind="<") if item.kind == ">" and is_nobody else item)
    return turned


def _read_range(m: list[Item]) -> list[Item] | None:
    """From one length to another; two lengths where the second is shorter ("from 8 years to 5")."""
    first, second = (i for i in m if i.kind in "NQ")
    if [i.kind for i in m] == ["Q", "Q"] and first.form != "from":
        return None
    units = next(i for i in (second, first) if i.kind == "Q")
    low, high = (_with_unit(i, units) for i in (first, second))
    if low.value == high.value or low.value != low.high or math.isinf(high.high):
        return None
    if low.value > high.value:
        return [low, high]
    form = next((i.form for i in (low, high) if i.form == "adjective"), "")
    return [replace(low, start=m[0].start, end=m[-1].end, high=high.high, form=form)]


def _with_unit(item: Item, other: Item) -> Item:
    """A number that shares the unit of a length beside it."""
    if item.kind == "Q":
        return replace(item, form=item.form if item.form == "adjective" else "")
    years = item.value * YEARS_OF[other.unit]
    languages, form = other.languages, other.form if other.form == "adjective" else ""
    return Item("Q", item.start, item.end, years, years, other.unit, "", languages, form)


def _share_unit(m: list[Item]) -> list[Item] | None:
    """ "20, 15 and 12 years": as many lengths as numbers."""
    is_small = all(i.value <= 100 for i in m if i.kind == "N")
    return [_with_unit(i, m[-1]) for i in m if i.kind in "NQ"] if is_small else None


def _read_bound(m: list[Item]) -> list[Item] | None:
    """ "at least ten years", "10 years or more", "10+ years"."""
    length = next(i for i in m if i.kind == "Q")
    bound = m[-1] if m[0] is length else m[0]
    is_spoken = not (bound.languages and length.languages) or bound.languages & length.languages
    is_behind = bound.kind != "h" or bound is m[0] or "tr" in bound.languages
    if bound is m[0] and any(i.kind == "x" for i in m):
        is_behind = "ar" in bound.languages  # the verb stands before its noun
    if not is_spoken or not is_behind or length.value != length.high:
        return None
    low, high = (length.value, math.inf) if bound.kind in ">+" else (0.0, length.high)
    end = max(i.end for i in m) if len(m) == 2 or bound is m[0] else length.end
    bounded = replace(length, value=low, high=high, start=m[0].start, end=end)
    return [bounded] if end >= m[-1].end else [bounded, *m[1:-1]]


def _read_elided(m: list[Item]) -> list[Item] | None:
    """ "one to four years, the other to seven": the unit is said once."""
    to, number = m[-2:]
    if number.languages and not number.languages & to.languages:
        return None
    return [*m[:-1], replace(_with_unit(number, m[0]), form="elided")]
