"""The spaCy component ``hrd_lengths``: finds lengths of time in a text, with their bounds in years.

The spans of ``doc.spans["lengths"]`` have the label ``length``; or ``adjective`` ("пятилетний"), which may be
an age; ``alone`` (a unit without a number, "год"); ``elided`` (the unit is said once: "the other to seven").
``doc.spans["numbers"]`` has the numbers without a unit, except "a" and those of dates and references.
``doc.spans["bare"]`` has numbers that may share the unit of the length before, read as lengths ("the
prosecutor asked for ten years, the judge gave seven"). The words are listed in ``vocab/length_words.yml``.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from hrdresearch.text.codes import CodeFinder, languages_of, rules_of
from hrdresearch.text.fold import fold_norms, fold_word
from hrdresearch.text.length_grammar import (
    FIRST_CALENDAR_YEAR,
    YEARS_OF,
    Item,
    Items,
    Languages,
    read_bare,
    read_grammar,
)
from hrdresearch.text.phrases import CLAUSE_ENDS
from hrdresearch.vocab import vocabulary

ROLES = {
    **{"upto": "h", "and": "A", "to": "T", "toward": "k", "or": "O", "between": "B", "from": "F"},
    **{"least": ">", "most": "<", "half": "H", "none": "0", "plus": "+", "because": "P"},
    "other": "x",
}
_SIGNS = {
    **dict.fromkeys(CLAUSE_ENDS, "."),
    **{"-": "-", "(": "(", ")": ")", ",": ",", "،": ",", ";": ";"},
    **{fold_word("½"): "H", "个": "c", "個": "c"},
}
_DIGITS = re.compile(r"(\d{1,6}(?:[.,]\d{1,2})?)(?:'\w*)?")  # "3'er" in Turkish
_ARABIC = re.compile(r"(و)?[بلك]?(ال|ل)?([\u0621-\u064a]{2,})")
_ORDINALS = ("第", "thứ")
_ARTICLES = ("a", "an")


@Language.factory(
    "hrd_lengths", default_config={"languages": []}, assigns=["doc.spans", "doc.user_data"]
)
def make_lengths(nlp: Language, name: str, languages: list[str]) -> Callable[[Doc], Doc]:
    """Make the component that finds lengths of time.

    languages: those whose words are looked for; by default the language of the pipeline, or all for ``xx``.
    """
    chosen = tuple(languages or languages_of(nlp))
    listed = rules_of("length_words", chosen)
    rules = [replace(rule, code=f"{rule.language}:{rule.code}") for rule in listed]
    finder = CodeFinder(nlp.vocab, rules, "length_words")

    def find_lengths(doc: Doc) -> Doc:
        read = read_grammar(_items_of(doc, finder.find(fold_norms(doc)), chosen))
        others = [*doc.spans.get("dates", ()), *doc.spans.get("references", ())]
        taken = {i for span in others for i in range(span.start, span.end)}
        taken |= {t.i for t in doc if t.lower_ in _ARTICLES}
        doc.spans["lengths"] = [_as_span(doc, item) for item in read if item.kind == "Q"]
        numbers = (item for item in read if item.kind == "N" and item.start not in taken)
        doc.spans["numbers"] = [_as_span(doc, item) for item in numbers]
        doc.spans["bare"] = [_as_span(doc, item) for item in read_bare(read)]
        return doc

    return find_lengths


def years_of(span: Span) -> tuple[float, float | None]:
    """Return the lower and upper bound of a length in years (None: open); of a number its value, twice.

    >>> from hrdresearch.text.pipeline import make_pipeline
    >>> doc = make_pipeline("en", components=("hrd_lengths",))("at least fifteen years and six months")
    >>> [years_of(span) for span in doc.spans["lengths"]]
    [(15.5, None)]
    """
    low, high = span.doc.user_data[_key(span)]
    return low, high


def _as_span(doc: Doc, item: Item) -> Span:
    plain, high = ("length", item.high) if item.kind == "Q" else ("number", item.value)
    label = item.form if item.form in ("adjective", "alone", "elided", "bare") else plain
    span = Span(doc, item.start, item.end, label=label)
    bounds = (round(item.value, 4), None if math.isinf(high) else round(high, 4))
    doc.user_data[_key(span)] = bounds
    return span


def _key(span: Span) -> str:
    return f"hrd_lengths:{'bare:' * (span.label_ == 'bare')}{span.start}:{span.end}"


def _items_of(doc: Doc, roles: Sequence[Span], languages: tuple[str, ...]) -> Items:
    """Roles of the words of a text; see ``length_grammar``.

    roles: spans with the label ``language:role``; words that several languages share are of all of them.
    """
    by_place: dict[tuple[int, int], dict[str, set[str]]] = {}
    for span in roles:
        language, role = span.label_.split(":")
        by_place.setdefault((span.start, span.end), {}).setdefault(role, set()).add(language)
    chosen = {s.start: s.end for s in filter_spans([Span(doc, *place) for place in by_place])}
    items: Items = []
    at = 0
    while at < len(doc):
        words = _words_at(doc, at, items, languages)
        is_glued = bool(words) and words[-1].kind == "U" and _is_glued(doc, at)
        is_counted = bool(words) and words[-1].kind == "N" and _is_unit(doc, at + 1, languages)
        is_counted |= is_glued  # "6a 8m": no "to" in Portuguese
        end = at + 1 if is_counted else chosen.get(at, at + 1)
        if at in chosen and not is_counted:
            said = by_place[at, end]
            role = next(r for r in ROLES if r in said)
            words = [Item(ROLES[role], at, end, languages=frozenset(said[role]))]
        items += words or [Item(_SIGNS.get(doc[at].norm_, "x"), at, end)]
        at = end
    return items


def _words_at(doc: Doc, at: int, before: Items, languages: tuple[str, ...]) -> Items:
    """The number or unit that a word is, if any; behind the "and" that an Arabic word may begin with."""
    token = doc[at]
    if digits := _DIGITS.fullmatch(token.norm_):
        value = float(digits[1].replace(",", "."))
        return [Item("Y" if value >= FIRST_CALENDAR_YEAR else "N", at, at + 1, value)]
    behind_number = bool(before) and before[-1].kind in "NH"
    if behind_number and _is_glued(doc, at):
        return [Item("U", at, at + 1, unit=vocabulary("length_words")["glued"][token.norm_])]
    if token.norm_ in _SIGNS or (at > 0 and doc[at - 1].text in _ORDINALS):
        return []
    entries, link = _entries(token, languages), list[Item]()
    if not entries and (match := _ARABIC.fullmatch(token.norm_)):
        found = _lexicon(languages).get(match[3], [])
        entries = [replace(e, form="definite" if match[2] else e.form) for e in found]
        link = [Item("A", at, at, languages=frozenset(["ar"]))] if match[1] and entries else []
    if _as_written(token.text) == "năm" and not behind_number and _is_unit(doc, at + 1, languages):
        entries = [Item("N", 0, 0, 5.0, languages=frozenset(["vi"]))]  # "năm năm" is five years
    entries.sort(key=lambda e: (e.kind == "N") == behind_number)
    words = [replace(entry, start=at, end=at + 1) for entry in entries[:1]]
    return [*link, *(words or _adjective(token, languages))]


def _is_glued(doc: Doc, at: int) -> bool:
    """Whether a letter right behind digits is a unit ("6a"); among words no capital is ("section 12A")."""
    return (
        at > 0
        and doc[at].norm_ in vocabulary("length_words")["glued"]
        and not doc[at - 1].whitespace_
        and (doc[at].is_lower or not any(t.is_alpha and len(t) > 1 for t in doc[: at - 1]))
    )


def _is_unit(doc: Doc, at: int, languages: tuple[str, ...]) -> bool:
    return at < len(doc) and any(i.kind == "U" for i in _entries(doc[at], languages))


def _entries(token: Token, languages: tuple[str, ...]) -> Items:
    """What a word may be; a word with accents is not the same without them ("án", "an")."""
    known, norm = _lexicon(languages), token.norm_
    folded = known.get(norm, []) if token.text.isascii() or not norm.isascii() else []
    return [*(known.get(_as_written(token.text)) or folded)]


def _adjective(token: Token, languages: tuple[str, ...]) -> Items:
    """A unit in an adjective, with its number ("пятилетний") or behind it ("12-летний")."""
    for stem, unit, spoken in (one for one in _adjectives() if one[0] in token.norm_):
        number = token.norm_.partition(stem)[0]
        values = (e.value for e in _lexicon(languages).get(number, ()) if e.kind == "N")
        if (value := next(values, 0.0)) or not number:
            kind, years = "Q" if value else "U", value * YEARS_OF[unit]
            return [Item(kind, token.i, token.i + 1, years, years, unit, "", spoken, "adjective")]
    return []


@cache
def _lexicon(languages: tuple[str, ...]) -> dict[str, Items]:
    """What each word may be: words as written, and folded unless accents tell words of the language apart."""
    words = vocabulary("length_words")
    listed = [
        ("N", float(value), "", language, text)
        for language, numbers in words["numbers"].items()
        for value, text in numbers.items()
    ]
    listed += [
        ("U", value, unit, language, text)
        for group, value in (("units", 0.0), ("pairs", 2.0), ("halves", 0.5))
        for unit, by_language in words[group].items()
        for language, text in by_language.items()
    ]
    spoken: dict[str, dict[tuple[str, float, str, str], set[str]]] = {}
    for kind, value, unit, language, text in listed:
        forms = {w: f for f, by in words["forms"].items() for w in by.get(language, "").split()}
        is_exact = language in words["as_written"]
        for word in text.split() if not languages or language in languages else ():
            entry = (kind, value, unit, forms.get(word, "") if kind == "U" else "")
            for key in {_as_written(word), _as_written(word) if is_exact else fold_word(word)}:
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
    """Stems of adjectives with their unit and language: "летн" is a year in Russian."""
    return [
        (fold_word(word), unit, frozenset([language]))
        for unit, listed in vocabulary("length_words")["adjectives"].items()
        for language, text in listed.items()
        for word in text.split()
    ]


def _as_written(word: str) -> str:
    return unicodedata.normalize("NFC", word.replace("İ", "i").lower())
