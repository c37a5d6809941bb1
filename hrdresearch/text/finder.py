"""Finds the phrases of a vocabulary in a text: plain ones by spaCy's PhraseMatcher, others part by part.

A phrase is parted at its gaps. A part is tried where its longest word stands, each of its words looked up
by the number of the folded word, and the parts are joined where they stand near enough in one clause. (A
Matcher of spaCy with gaps tries every way to fill them: seconds and gigabytes for a long text.)
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product
from operator import contains

from spacy.matcher import PhraseMatcher
from spacy.strings import StringStore
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from hrdresearch.text.fold import fold_norms, fold_word, norms_of
from hrdresearch.text.phrases import ARABIC_FRONT, CLAUSE_ENDS, Phrase, Word, is_in_arabic

LONGEST_FRONT = 4  # letters before an Arabic word
TONES = ("vi",)  # languages in which accents tell words apart
CUES = "cues"
# Phrases that are none: what touches them is left out, unless it is longer and holds them; those of
# "not.CODE" leave out that code alone.
NOT = "not"
_FRONT = "\n"  # before Arabic words, which may carry letters in front
_Tried = tuple[int, tuple[int, ...], int]  # a part, its words in one wording, place of the longest


@dataclass(frozen=True)
class Rule:
    """One wording of one phrase, with the code that it gives, its name, and the phrase as written."""

    code: str
    name: str
    phrase: Phrase
    language: str
    written: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether it is words alone, which the PhraseMatcher finds."""
        return not any(
            w.is_optional or w.most or w.is_edge or not w.is_one_word(self.language)
            for w in self.phrase
        )

    @cached_property
    def _accented(self) -> dict[str, set[str]]:
        words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", self.written.lower()))
        found: dict[str, set[str]] = {}
        for word in words if self.language in TONES and not self.written.isascii() else ():
            found.setdefault(fold_word(word), set()).add(word)
        return found

    def has_accents_of(self, span: Span) -> bool:
        """Whether accents that tell words apart ("tù", "tử"; "ban", "bán") agree with its own."""
        if self.language == "en":
            return all(t.text.isascii() or not (t.is_alpha and t.norm_.isascii()) for t in span)
        if not self._accented or span.doc.text.isascii():
            return True
        words = ((t.norm_, unicodedata.normalize("NFC", t.lower_)) for t in span)
        return all(word in self._accented.get(norm, (word,)) for norm, word in words)

    @cached_property
    def segments(self) -> tuple[tuple[int, tuple[Word, ...]], ...]:
        """Its words parted at the gaps: how many words may stand before each part, and the part."""
        segments: list[tuple[int, tuple[Word, ...]]] = []
        reach, words = 0, list[Word]()
        for word in (*(w for w in self.phrase if not w.is_edge), Word((), most=1)):
            if not word.most:
                words.append(word)
                continue
            if any(not w.is_optional for w in words):
                segments.append((reach, tuple(words)))
                reach, words = 0, []
            reach, words = reach + word.most + len(words), []
        return tuple(segments)

    @property
    def tail(self) -> int:
        """How many words of the clause belong to it after its last word: a gap at the end."""
        return self.phrase[-1].most


class CodeFinder:
    """Finds the phrases of several codes and gives them as spans.

    vocab: of the pipeline. rules: what is looked for. key: of ``doc.spans``, where a call puts them.
    is_longest_only: of codes whose words overlap, only that of the longest phrase counts. cues: codes
    whose words are no finding and may lie within one; a call puts them into ``doc.spans["cues"]``.
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
        """Add the spans found to ``doc.spans[key]``, in the order in which they stand."""
        by_key: dict[str, list[Span]] = {self.key: [], **({CUES: []} if self._cues else {})}
        for span in self.find(doc):
            by_key[CUES if span.label_ in self._cues else self.key].append(span)
        for key, spans in by_key.items():
            earlier = doc.spans.get(key, ())
            doc.spans[key] = sorted([*earlier, *spans], key=lambda s: (s.start, s.end))
        return doc

    def find(self, doc: Doc, begin: int = 0) -> list[Span]:
        """Spans of a text; of one code none lies over another.

        begin: the word from which on the text is read; a phrase with ``^`` begins there.
        """
        strings = self._vocab.strings
        found = {(int(strings[n]), a, b) for n, a, b in self._plain(fold_norms(doc)) if a >= begin}
        for number, places in self._parts.find(norms_of(doc), begin):
            found |= {(number, a, b) for a, b in _chain(doc, begin, self._rules[number], places)}
        by_code: dict[str, list[Span]] = {}
        for number, start, end in sorted(found):
            rule = self._rules[number]
            span = Span(doc, start, end, label=rule.code, span_id=rule.name)
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
    """Parts of rules, found by their words: a part is tried where its longest word stands."""

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
        self._written: dict[
            str, list[int]
        ] = {}  # kinds by what is written, a star at its end or none
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
        """Rules all of whose parts stand in a text from ``begin`` on, with the places of each part."""
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
        """Note of which kinds a word of a text is, and what is tried where it stands."""
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
) -> Iterator[tuple[int, int]]:
    """Stretches in which the parts of a rule follow each other within one clause, at its edges if it asks."""
    for start, end in places[0]:
        if rule.phrase[0].choices == ("^",) and not _is_near(
            doc, begin, start, rule.segments[0][0]
        ):
            continue
        for place, (reach, _) in enumerate(rule.segments[1:], start=1):
            following = (p for p in places[place] if _is_near(doc, end, p[0], reach))
            end = min(following, default=(0, -1))[1]
            if end < 0:
                break
        if end > 0 and not (
            rule.phrase[-1].choices == ("$",) and not _is_near(doc, end, len(doc), 0)
        ):
            tail = end
            while rule.tail and tail < len(doc) and _is_near(doc, end, tail + 1, rule.tail):
                tail += 1
            yield start, tail


def _is_near(doc: Doc, end: int, start: int, reach: int) -> bool:
    """Whether at most ``reach`` words, signs aside, stand between two places of one clause."""
    if start < end or start - end > 2 * reach + 3:
        return False
    between = doc[end:start]
    words = sum(not t.is_punct for t in between)
    return words <= reach and (not reach or all(t.norm_ not in CLAUSE_ENDS for t in between))


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
