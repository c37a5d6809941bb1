"""The spaCy component ``hrd_references``: finds documents of the United Nations and articles of statutes.

Documents are found by their symbol (A/HRC/40/60), as letters (AL TUR 5/2022), or by a word of
``vocab/documents.yml`` with its number ("resolution 22/6").

An article belongs to the statute right before it ("刑法第105条"), else to the next one behind it
("ст. 275 и ст. 222.1 УК РФ"), else to the last one before it. ``vocab/statutes.yml`` lists statutes and the
code of each of their articles.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from hrdresearch.text.codes import CodeFinder, languages_of, rules_of, spans_at
from hrdresearch.text.fold import fold_word
from hrdresearch.vocab import vocabulary

ARTICLE, PENAL_CODE = "article", "penal_code"
FARTHEST = 6  # most words from an article to the statute behind it, not counting other articles
_DOCUMENT = re.compile(
    r"(?<![\w/])(?:A|S|E|CAT|CCPR|CEDAW|CERD|CRC|CRPD|CED|CMW|HRI|ST)"
    r"(?:/(?:(?:Add|Corr|Rev)\.\d+|[A-Z0-9][A-Z0-9.\-]*)(?![a-z])){1,7}"
)
_LETTER = re.compile(r"\b(?:[AOU]L|UA|J[AOU][AL])\s+[A-Z]{3}\s+\d{1,3}/(?:19|20)\d\d\b")
_PART = r"(?:\s?(?:bis|ter|مكرر\w?))?(?:\s?[/(]\s?\w{1,2}\b\s?\)?)?"
_NUMBER = rf"\d{{1,4}}(?:(?-i:[A-Z]{{1,2}}\b)|(?:[.\-‑–]\d{{1,3}}){{0,2}}){_PART}"
_LINK = r"(?:\s*[,،;、]\s*|\s+(?:and|or|y|e|et|и|та|і|و|ve|và)\s+|\s+و)"
_LIST = rf"{_NUMBER}(?:{_LINK}{_NUMBER})*"
_ARTICLE = re.compile(
    rf"(?:\b(?:(?<!['’])ss?(?=\.)|articles?|arts?|art[ií]culos?|artigos?|sections?|ст|статт?[яіьейюиєї]\w{{0,2}}|арт\w*|điều|madde|TCK|TMK|УК|BLHS)\b\.?"
    rf"|(?:ال|لل|بال|وال)?(?:مادة|مواد|مادتين|مادتان)|ماده|§)\s*(?P<numbers>{_LIST})"
    rf"|(?P<before>{_NUMBER})[.'’]?\s?(?:\w{{2,5}}\s)?madde|第\s?(?P<han>[\d一二三四五六七八九十百零〇]+)\s?[条條](?:之(?P<part>[\d一二三四五六七八九十]+))?",
    re.IGNORECASE,
)
_OWN_NUMBER = r"(?:19|20)\d\d\b|\d+\s+\w{2,4}\s+(?:19|20)\d\d"  # of the statute: "30 of 2011"
_BESIDE = re.compile(rf"\s?(?!{_OWN_NUMBER})({_NUMBER})")
_BEFORE = re.compile(rf"(?<![\w.])(?!{_OWN_NUMBER})({_NUMBER})\s$")
_COUNTED = r"\s*(?:\(?(?:Nos?|núms?|n[º°o]s?|№|رقم)\.?\s*)?"
_HAS_NUMBER = re.compile(r"\d|[条條]")
_LETTERS = {"و": "f", "د": "d", "f": "f", "d": "d"}


@Language.factory("hrd_references", assigns=["doc.spans"])
def find_references(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component that fills ``doc.spans["references"]`` and ``doc.spans["statutes"]``.

    The label of a reference is a code of vocabulary ``documents``; its id is the symbol ("A/HRC/40/60") or
    the number ("22/6", "280.3"). The ``kb_id_`` of an article is its statute, or "" if the text names none.
    """
    languages = languages_of(nlp)
    rules = [*rules_of("statutes", languages), *rules_of("documents", languages)]
    finder = CodeFinder(nlp.vocab, rules, "statutes")

    def find(doc: Doc) -> Doc:
        named = filter_spans(finder.find(doc)) if _HAS_NUMBER.search(doc.text) else []
        statutes = [s for s in named if s.label_ not in _numbers()]
        documents = [s for s in named if s.label_ in _numbers()]
        found = [*_documents(doc.text, documents), *_articles(doc.text, statutes)]
        doc.spans["statutes"] = statutes
        references = spans_at(doc, sorted(found if _HAS_NUMBER.search(doc.text) else []))
        for span in (s for s in references if s.label_ == ARTICLE):
            span.kb_id_ = _statute_of(span, statutes, references)
        doc.spans["references"] = references
        return doc

    return find


def _documents(text: str, named: list[Span]) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, kind and number of each document; named: spans of words such as "resolution"."""
    for m in _DOCUMENT.finditer(text):
        symbol = m[0].rstrip(".")
        yield m.start(), m.start() + len(symbol), "un_document", symbol
    for m in _LETTER.finditer(text):
        yield m.start(), m.end(), "communication", " ".join(m[0].split())
    for span in named:
        one, many = _numbers()[span.label_]
        if behind := many.match(text, span.end_char):
            for place, m in enumerate(one.finditer(text, behind.start(1), behind.end())):
                yield m.start() if place else span.start_char, m.end(), span.label_, m[0]


@cache
def _numbers() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """For each kind of document the expressions of its number, and of such numbers behind its word."""
    return {
        kind: (
            re.compile(one),
            re.compile(rf"{_COUNTED}((?:{one})(?:{_LINK}(?:{one}))*)(?![\w/])", re.I),
        )
        for kind, one in vocabulary("documents")["numbers"].items()
    }


def charges_of_statutes(doc: Doc, state: str = "") -> list[Span]:
    """Return spans of the articles and statutes with a code of vocabulary ``pretext``, which is their label.

    state: ISO3 code. An article without a statute, or of "the Penal Code", belongs to the first statute
    listed for that State. An article that ``vocab/statutes.yml`` does not list gives nothing.
    """
    listed: dict[str, Any] = vocabulary("statutes")["statutes"]
    first = next((key for key, s in listed.items() if s["state"] == state), "") if state else ""
    articles = (s for s in doc.spans.get("references", ()) if s.label_ == ARTICLE)
    told = [(s, first if s.kb_id_ in ("", PENAL_CODE) else s.kb_id_) for s in articles]
    coded = [(s, _code_of(statute, s.id_), f"{statute}:{s.id_}") for s, statute in told]
    named = [s for s in doc.spans.get("statutes", ()) if "whole" in listed.get(s.label_, ())]
    coded += [(s, listed[s.label_]["whole"], s.label_) for s in named]
    return [
        Span(doc, span.start, span.end, label=code, span_id=f"statutes:{name}")
        for span, code, name in coded
        if code
    ]


@cache
def _code_of(statute: str, number: str) -> str | None:
    """Code of an article; of a paragraph ("314/2") that is not listed, the code of its article ("314")."""
    articles = vocabulary("statutes")["statutes"].get(statute, {}).get("articles", {})
    codes = {article.replace("-", "."): str(given[0]) for article, given in articles.items()}
    plain = number.replace("-", ".")
    return codes.get(plain) or codes.get(re.split(r"[/(]", plain)[0].strip())


def _articles(text: str, statutes: list[Span]) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, label and number of each article: behind the word "article", or right beside a statute."""
    taken: set[int] = set()
    for m in _ARTICLE.finditer(text):
        if m["han"]:
            part = f"-{_number_of(m['part'])}" if m["part"] else ""
            yield *m.span(), ARTICLE, f"{_number_of(m['han'])}{part}"
        group = "numbers" if m["numbers"] else "before"
        for place, one in enumerate(re.finditer(_NUMBER, m[group] or "")):
            start = m.start(group) + one.start()
            taken.add(start)
            yield (start if place else m.start()), start + len(one[0]), ARTICLE, _plain(one[0])
    for s in statutes:
        beside = _BESIDE.match(text, s.end_char), _BEFORE.search(text[: s.start_char])
        for m in (m for m in beside if m and m.start(1) not in taken):
            yield *m.span(1), ARTICLE, _plain(m[1])


def _plain(number: str) -> str:
    """The number of an article in plain digits and signs: "98(f)" for "٩٨ (و)"."""
    signs = fold_word(number).replace("مكررا", "مكرر").replace("مكرر", " bis")
    plain = re.sub(r"\s+", " ", re.sub(r"\s*([/()])\s*", r"\1", signs.replace("–", "-")))
    letter = re.sub(r"(?<=\()\D(?=\))", lambda m: _LETTERS.get(m[0], m[0]), plain)
    capital = re.sub(r"(?<=\d)[a-z]{1,2}\b", lambda m: m[0].upper(), letter)  # "124A"
    return (capital.upper() if "/" in capital else capital).strip()


def _number_of(han: str) -> int:
    """The value of a number in Chinese signs or in digits: 103 for "一百零三"."""
    if han.isdecimal():
        return int(han)
    total = digit = 0
    for value in map(int, map(unicodedata.numeric, han)):
        total, digit = (total + (digit or 1) * value, 0) if value >= 10 else (total, value)
    return total + digit


def _statute_of(article: Span, statutes: list[Span], references: list[Span]) -> str:
    """The statute of an article: its code, ``another_law`` or ``penal_code`` if not listed, "" for none."""
    doc = article.doc
    others = {i for r in references for i in range(r.start, r.end)}
    before = [s for s in statutes if s.end <= article.start + 1 and s.start < article.end]
    behind = [s for s in statutes if s.start >= article.end - 1]
    between = ([t for t in doc[article.end : s.start] if not t.is_punct] for s in behind)
    words = [sum(t.i not in others for t in tokens) for tokens in between]
    after = [s for s, many in zip(behind, words, strict=True) if many <= FARTHEST]
    beside = before and all(t.is_quote or t.is_bracket for t in doc[before[-1].end : article.start])
    nearest = before[-1:] if beside else (after[:1] or before[-1:])
    return nearest[0].label_ if nearest else ""
