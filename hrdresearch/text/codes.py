"""The component ``hrd_codes``: the phrases of a vocabulary found in a text, as spans with their rule.

A span of ``doc.spans["codes"]`` has the code as its label and the rule as its id
(``pretext:terrorism:en:2``, the second English phrase of that code); its text is the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.attrs import NORM
from spacy.language import Language
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from hrdresearch.text.fold import fold_norms
from hrdresearch.text.phrases import Phrase, Word, read_phrase
from hrdresearch.vocab import vocabulary

ALL = "xx"
NOT = "not"  # phrases that are none: what touches them is left out, unless it is longer and holds them


@dataclass(frozen=True)
class Rule:
    """One wording of one phrase, with the code that it gives and its name."""

    code: str
    name: str
    phrase: Phrase
    language: str

    @property
    def is_plain(self) -> bool:
        """Whether it is words alone, which the PhraseMatcher finds."""
        return not any(
            w.is_optional or w.most or w.is_edge or w.expression(self.language) for w in self.phrase
        )

    @property
    def anchor(self) -> Word:
        """The place with the longest words of those that must stand: without it no rule is tried."""
        needed = (w for w in self.phrase if not (w.is_optional or w.most or w.is_edge))
        return max(needed, key=lambda w: min(len(choice.strip("*")) for choice in w.choices))


class CodeFinder:
    """Finds the phrases of several codes: plain ones by the PhraseMatcher, others by a Matcher.

    A rule with stars, choices or gaps is tried only around its longest word, where a text holds it.
    """

    def __init__(self, vocab: Vocab, rules: Sequence[Rule], key: str) -> None:
        self.key = key
        self._vocab = vocab
        self._rules = list(rules)
        self._plain = PhraseMatcher(vocab, attr="NORM")
        self._around: dict[int, tuple[Matcher, int] | None] = {}
        for number, rule in enumerate(rules):
            if rule.is_plain:
                words = [w.choices[0] for w in rule.phrase]
                self._plain.add(str(number), [_doc_of_norms(vocab, words)])

    def __call__(self, doc: Doc) -> Doc:
        """Add the spans found to ``doc.spans[key]``, in the order in which they stand."""
        fold_norms(doc)
        spans = self.find(doc)
        earlier = list(doc.spans[self.key]) if self.key in doc.spans else []
        doc.spans[self.key] = sorted([*earlier, *spans], key=lambda s: (s.start, s.end))
        return doc

    def find(self, doc: Doc) -> list[Span]:
        """Spans of a text whose norms are folded; of one code none lies over another."""
        found = set(self._plain(doc))
        for at, norm in enumerate(doc.to_array(NORM).tolist()):
            if around := self._matcher_around(norm):
                matcher, width = around
                begin = max(0, at - width)
                near = matcher(doc[begin : at + width + 1])
                found |= {(number, begin + a, begin + b) for number, a, b in near}
        by_code: dict[str, list[Span]] = {}
        strings = self._vocab.strings
        for number, start, end in sorted((int(strings[n]), a, b) for n, a, b in found):
            rule = self._rules[number]
            if _is_at_its_edges(rule, doc, start, end):
                span = Span(doc, start, end, label=rule.code, span_id=rule.name)
                by_code.setdefault(rule.code, []).append(span)
        others = by_code.pop(NOT, [])
        kept = ([s for s in spans if not _is_other(s, others)] for spans in by_code.values())
        return [span for spans in kept for span in filter_spans(spans)]

    def _matcher_around(self, norm: int) -> tuple[Matcher, int] | None:
        """Matcher of the rules whose longest word is this one, and how far their words may lie."""
        if norm not in self._around:
            word = self._vocab.strings[norm]
            plain, patterns = self._anchors
            numbers = [*plain.get(word, ()), *(n for p, n in patterns if p.match(word))]
            self._around[norm] = self._make_matcher(numbers) if numbers else None
        return self._around[norm]

    @cached_property
    def _anchors(self) -> tuple[dict[str, list[int]], list[tuple[re.Pattern[str], int]]]:
        plain: dict[str, list[int]] = {}
        patterns = []
        for number, rule in enumerate(self._rules):
            if rule.is_plain:
                continue
            expression = rule.anchor.expression(rule.language)
            if expression:
                patterns.append((re.compile(expression), number))
            else:
                plain.setdefault(rule.anchor.choices[0], []).append(number)
        return plain, patterns

    def _make_matcher(self, numbers: Sequence[int]) -> tuple[Matcher, int]:
        matcher = Matcher(self._vocab, validate=False)
        for number in numbers:
            rule = self._rules[number]
            words = [w.pattern(rule.language) for w in rule.phrase if not w.is_edge]
            matcher.add(str(number), [words], greedy="LONGEST")
        return matcher, max(sum(w.most or 1 for w in self._rules[n].phrase) for n in numbers)


@Language.factory(
    "hrd_codes",
    default_config={"vocabulary": "", "languages": [], "spans_key": "codes"},
    assigns=["doc.spans"],
)
def make_codes(
    nlp: Language, name: str, vocabulary: str, languages: list[str], spans_key: str
) -> Callable[[Doc], Doc]:
    """Component that finds the codes of a vocabulary of ``hrdresearch.vocab``.

    vocabulary: its name, such as ``pretext``. languages: those whose phrases are looked for;
    none means the language of the pipeline, and all of them where that is ``xx``.
    """
    return CodeFinder(nlp.vocab, rules_of(vocabulary, languages or languages_of(nlp)), spans_key)


def languages_of(pipeline: Language) -> list[str]:
    """The language of a pipeline in a list; an empty list where it reads all (``xx``)."""
    return [] if pipeline.lang in (ALL, None) else [str(pipeline.lang)]


def rules_of(name: str, languages: Sequence[str] = ()) -> list[Rule]:
    """Rules of a vocabulary; of all its languages where none is named.

    Raises KeyError for a vocabulary that does not exist or holds no phrases.
    """
    by_language: Mapping[str, Mapping[str, Sequence[str]]] = vocabulary(name)["phrases"]
    return [
        Rule(str(code), f"{name}:{code}:{language}:{place}", wording, language)
        for language, by_code in by_language.items()
        if not languages or language in languages
        for code, phrases in by_code.items()
        for place, phrase in enumerate(phrases, start=1)
        for wording in read_phrase(str(phrase))
    ]


def codes_of(doc: Doc, name: str = "", key: str = "codes") -> dict[str, Span]:
    """Codes found in a text, each with the first span that gave it.

    name: of the vocabulary; without it the codes of all that were looked for. The codes stand in
    the order of the vocabulary's rules.
    """
    spans = [s for s in doc.spans.get(key, ()) if not name or s.id_.startswith(f"{name}:")]
    first: dict[str, Span] = {}
    for span in spans:
        first.setdefault(span.label_, span)
    return first


def _is_at_its_edges(rule: Rule, doc: Doc, start: int, end: int) -> bool:
    """Whether a rule that asks for the beginning or the end of the text has it (points aside)."""
    if rule.phrase[0].choices == ("^",) and any(not t.is_punct for t in doc[:start]):
        return False
    is_last = rule.phrase[-1].choices == ("$",)
    return not (is_last and any(not t.is_punct for t in doc[end:]))


def _is_other(span: Span, others: Sequence[Span]) -> bool:
    """Whether words belong to a phrase that is none ("public defender" is no "defender")."""
    return any(
        span.start < other.end
        and other.start < span.end
        and not (span.start <= other.start and other.end <= span.end and len(span) > len(other))
        for other in others
    )


def _doc_of_norms(vocab: Vocab, words: list[str]) -> Doc:
    doc = Doc(vocab, words=words)
    for token, word in zip(doc, words, strict=True):
        token.norm_ = word
    return doc
