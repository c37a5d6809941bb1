"""Finds the phrases of a vocabulary in a text: plain words by spaCy's PhraseMatcher, other phrases in parts.

A phrase is split at its gaps ("..4"). A part is looked for only where its longest word stands; parts that
follow each other near enough in one clause make the phrase. (spaCy's Matcher tries every way to fill a gap,
which takes seconds and gigabytes for a long text.)
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby, product
from operator import contains

from spacy.matcher import PhraseMatcher
from spacy.strings import StringStore
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from hrdresearch.text.fold import fold_norms, fold_word, norms_of
from hrdresearch.text.phrases import ARABIC_FRONT, CLAUSE_ENDS, Phrase, Word, is_in_arabic

LONGEST_FRONT = 4  # most letters of the particles before an Arabic word
CUES = "cues"
# Code of phrases that only exclude others: what overlaps such a phrase does not count, unless it is longer
# and holds it. Phrases of "not.CODE" exclude that code only.
NOT = "not"
_FRONT = "\n"  # marks an Arabic word, before which particles may stand
_Tried = tuple[int, tuple[int, ...], int]  # a part, its words in one wording, place of the longest


@dataclass(frozen=True)
class Rule:
    """One wording of a phrase, with the code that it gives.

    name: of the rule, the id of its spans. written: the phrase as the vocabulary has it.
    """

    code: str
    name: str
    phrase: Phrase
    language: str
    written: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the phrase has only plain words, so that the PhraseMatcher can find it."""
        return not any(
            w.is_optional or w.most or w.is_edge or not w.is_one_word(self.language)
            for w in self.phrase
        )

    @cached_property
    def _accented(self) -> dict[str, set[str]]:
        words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", self.written.lower()))
        found: dict[str, set[str]] = {}
        for word in words if self.language == "vi" and not self.written.isascii() else ():
            found.setdefault(fold_word(word), set()).add(word)
        return found

    def has_accents_of(self, span: Span) -> bool:
        """Whether words found have the accents of the phrase, where accents tell words apart.

        In Vietnamese "tù" is not "tử", nor "ban" "bán"; an English word has no accents.
        """
        if self.language == "en":
            return all(t.text.isascii() or not (t.is_alpha and t.norm_.isascii()) for t in span)
        if not self._accented or span.doc.text.isascii():
            return True
        words = ((t.norm_, unicodedata.normalize("NFC", t.lower_)) for t in span)
        return all(word in self._accented.get(norm, (word,)) for norm, word in words)

    @cached_property
    def segments(self) -> tuple[tuple[int, tuple[Word, ...]], ...]:
        """Parts of the phrase between its gaps, each with the most words that may stand before it.

        Words of which none must stand are a gap, too.
        """
        segments: list[tuple[int, tuple[Word, ...]]] = []
        reach = 0
        inner = (w for w in self.phrase if not w.is_edge)
        for is_gap, words in groupby(inner, key=lambda w: w.most > 0):
            part = tuple(words)
            if is_gap or all(w.is_optional for w in part):
                reach += sum(w.most or 1 for w in part)
            else:
                segments.append((reach, part))
                reach = 0
        return tuple(segments)

    @property
    def tail(self) -> int:
        """How many words of the clause behind its last word belong to the phrase: a gap at the end."""
        return self.phrase[-1].most


class CodeFinder:
    """Finds the phrases of several codes in a text, as spans whose label is the code.

    vocab: of the pipeline. rules: the phrases. key: of ``doc.spans``, where a call puts the spans.
    is_longest_only: of spans that overlap, also of several codes, only the longest counts. cues: codes that
    only help to read others and may overlap them; a call puts their spans into ``doc.spans["cues"]``.
    """

    def __init__(
        self,
        vocab: Vocab,
        rules: Sequence[Rule],
        key: str,
        is_longest_only: bool = False,
        cues: Container[str] = (),
    ) -> None:
        self.key = key
        self._cues = cues
        self._is_longest_only = is_longest_only
        self._vocab = vocab
        self._rules = list(rules)
        self._plain = PhraseMatcher(vocab, attr="NORM")
        for number, rule in enumerate(rules):
            if rule.is_plain:
                words = [w.choices[0] for w in rule.phrase]
                self._plain.add(str(number), [_doc_of_norms(vocab, words)])

    def __call__(self, doc: Doc) -> Doc:
        """Add the spans found to ``doc.spans[key]``, in the order of the text, and return the text."""
        by_key: dict[str, list[Span]] = {self.key: [], **({CUES: []} if self._cues else {})}
        for span in self.find(doc):
            by_key[CUES if span.label_ in self._cues else self.key].append(span)
        for key, spans in by_key.items():
            earlier = doc.spans.get(key, ())
            doc.spans[key] = sorted([*earlier, *spans], key=lambda s: (s.start, s.end))
        return doc

    def find(self, doc: Doc, begin: int = 0) -> list[Span]:
        """Return the spans found in a text; spans of the same code do not overlap.

        ``kb_id_`` of a span: numbers of the words of the text that stand in gaps of its phrase.
        begin: number of the word from which on the text is read; there a phrase with ``^`` begins.
        """
        strings = self._vocab.strings
        plain = self._plain(fold_norms(doc))
        found = {(int(strings[n]), a, b, "") for n, a, b in plain if a >= begin}
        for number, places in self._parts.find(norms_of(doc), begin):
            found |= {(number, *at) for at in _chain(doc, begin, self._rules[number], places)}
        by_code: dict[str, list[Span]] = {}
        for number, start, end, gaps in sorted(found):
            rule = self._rules[number]
            span = Span(doc, start, end, label=rule.code, span_id=rule.name, kb_id=gaps)
            if rule.has_accents_of(span):
                by_code.setdefault(rule.code, []).append(span)
        others = {code: by_code.pop(code) for code in [*by_code] if code.split(".")[0] == NOT}
        found_spans: list[Span] = []
        for code, spans in by_code.items():
            none = others.get(NOT, []) + others.get(f"{NOT}.{code}", [])
            found_spans += filter_spans(s for s in spans if not _is_other(s, none))
        if not self._is_longest_only:
            return found_spans
        cues = [s for s in found_spans if s.label_ in self._cues]
        return cues + filter_spans(s for s in found_spans if s.label_ not in self._cues)

    @cached_property
    def _parts(self) -> _Parts:
        return _Parts(self._rules, self._vocab.strings)


class _Parts:
    """Parts of rules with the words by which they are found: a part is tried where its longest word stands.

    Words as the rules write them ("defend*") are numbered: such a number is a kind of words of texts.
    """

    def __init__(self, rules: Sequence[Rule], strings: StringStore) -> None:
        self._strings = strings
        numbers: dict[tuple[str, tuple[Word, ...]], int] = {}
        self._of_rule = {
            at: [numbers.setdefault((rule.language, p), len(numbers)) for _, p in rule.segments]
            for at, rule in enumerate(rules)
            if not rule.is_plain
        }
        owners = Counter(part for parts in self._of_rule.values() for part in parts)
        self._rules: dict[int, list[int]] = {}  # by the one of their parts that fewest rules have
        for rule_number, parts in self._of_rule.items():
            self._rules.setdefault(min(parts, key=owners.__getitem__), []).append(rule_number)
        kinds: dict[tuple[tuple[str, ...], bool], int] = {}  # words of the rules, numbered
        self._tried: dict[int, list[_Tried]] = {}
        for (language, words), part in numbers.items():
            needed = [w for w in words if not w.is_optional]
            longest = max(needed, key=lambda w: min(len(c.strip("*")) for c in w.choices))
            written = product(*(((w,), ()) if w.is_optional else ((w,),) for w in words))
            wordings = dict.fromkeys(tuple(chain.from_iterable(parts)) for parts in written)
            for wording in sorted(wordings, key=len, reverse=True):
                named = [(w.choices, language == "ar") for w in wording]
                tests = tuple(kinds.setdefault(name, len(kinds)) for name in named)
                place = wording.index(longest)
                self._tried.setdefault(tests[place], []).append((part, tests, place))
        # Kinds by what the rules write, such as "law" and "defend*".
        self._written: dict[str, list[int]] = {}
        self._endings: list[tuple[re.Pattern[str], int]] = []
        for choice, is_arabic, kind in (
            (c, ar, kind) for (cs, ar), kind in kinds.items() for c in cs
        ):
            if "*" in choice[:-1]:
                expression = ".*".join(map(re.escape, choice.split("*")))
                self._endings.append((re.compile(expression), kind))
            else:
                front = _FRONT if is_arabic and is_in_arabic(choice) else ""
                self._written.setdefault(front + choice, []).append(kind)
        beginnings = (re.escape(form[:-1]) for form in self._written if form.endswith("*"))
        self._beginnings = re.compile("|".join(beginnings) or "(?!)")
        self._kinds: dict[int, frozenset[int]] = {}  # of the words of texts met so far
        self._tried_at: dict[int, list[_Tried]] = {}

    def find(
        self, norms: Sequence[int], begin: int
    ) -> Iterator[tuple[int, list[Collection[tuple[int, int]]]]]:
        """Yield rules of which all parts stand in a text from ``begin`` on, with the places of each part."""
        for norm in {*norms}.difference(self._kinds):
            self._try_word(norm)
        kinds = [self._kinds[norm] for norm in norms]
        found: dict[int, dict[int, tuple[int, int]]] = {}
        tried_at = [at for at, norm in enumerate(norms) if norm in self._tried_at and at >= begin]
        for at in tried_at:
            for part, tests, place in self._tried_at[norms[at]]:
                start, end = at - place, at - place + len(tests)
                is_inside = begin <= start and end <= len(kinds)
                if is_inside and all(map(contains, kinds[start:end], tests)):
                    found.setdefault(part, {}).setdefault(at, (start, end))
        for rule in (rule for part in found for rule in self._rules.get(part, ())):
            if all(part in found for part in self._of_rule[rule]):
                yield rule, [found[part].values() for part in self._of_rule[rule]]

    def _try_word(self, norm: int) -> None:
        """Store of which kinds a word of a text is, and which parts are tried where it stands."""
        word = self._strings[norm]
        fronts = range(LONGEST_FRONT + 1 if is_in_arabic(word) else 0)
        forms = [word, *(_FRONT + word[i:] for i in fronts if ARABIC_FRONT.fullmatch(word[:i]))]
        if fronts or self._beginnings.match(word):
            forms += [form[:i] + "*" for form in forms for i in range(1, len(form) + 1)]
        kinds = {kind for form in forms if form in self._written for kind in self._written[form]}
        kinds |= {kind for ending, kind in self._endings if ending.fullmatch(word)}
        self._kinds[norm] = frozenset(kinds)
        if tried := [one for kind in sorted(kinds) for one in self._tried.get(kind, ())]:
            self._tried_at[norm] = tried


def _chain(
    doc: Doc, begin: int, rule: Rule, places: Sequence[Collection[tuple[int, int]]]
) -> Iterator[tuple[int, int, str]]:
    """Start and end of places where the parts of a rule follow each other within one clause; words in gaps.

    A rule with ``^`` or ``$`` stands at the beginning or the end of the text.
    """
    for start, end in places[0]:
        if rule.phrase[0].choices == ("^",) and not _is_near(
            doc, begin, start, rule.segments[0][0]
        ):
            continue
        gaps: list[int] = []
        for (reach, _), of_part in zip(rule.segments[1:], places[1:], strict=True):
            following = (p for p in of_part if _is_near(doc, end, p[0], reach))
            gap, (begins, end) = end, min(following, default=(0, -1))
            gaps += range(gap, begins)
            if end < 0:
                break
        if end > 0 and not (
            rule.phrase[-1].choices == ("$",) and not _is_near(doc, end, len(doc), 0)
        ):
            tail = end
            while rule.tail and tail < len(doc) and _is_near(doc, end, tail + 1, rule.tail):
                tail += 1
            yield start, tail, " ".join(map(str, gaps))


def _is_near(doc: Doc, end: int, start: int, reach: int) -> bool:
    """Whether at most ``reach`` words, not counting signs, stand between two places of one clause."""
    if start < end or start - end > 2 * reach + 3:
        return False
    between = doc[end:start]
    words = sum(not t.is_punct for t in between)
    return words <= reach and (not reach or all(t.norm_ not in CLAUSE_ENDS for t in between))


def _is_other(span: Span, others: Sequence[Span]) -> bool:
    """Whether a phrase that excludes others overlaps a span ("public defender" excludes "defender")."""
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
