"""Finds the phrases of a vocabulary in a text: plain ones by spaCy's PhraseMatcher, others part by part.

A phrase is parted at its gaps. A part of one word is looked up by the word, a longer one is tried by
spaCy's Matcher around its longest word, and the parts are joined where they stand near enough in one
clause. (A Matcher with gaps tries every way to fill them: seconds and gigabytes for a long text.)
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from hrdresearch.text.fold import fold_norms, fold_word, norms_of
from hrdresearch.text.phrases import CLAUSE_ENDS, Phrase, Word

TONES = ("vi",)  # languages in which accents tell words apart
CUES = "cues"
# Phrases that are none: what touches them is left out, unless it is longer and holds them; those of
# "not.CODE" leave out that code alone.
NOT = "not"


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
            w.is_optional or w.most or w.is_edge or w.expression(self.language) for w in self.phrase
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


@dataclass(frozen=True, eq=False)  # each is made once for a finder
class _Part:
    """Words of rules between two gaps."""

    words: tuple[Word, ...]
    language: str

    @property
    def needed(self) -> list[Word]:
        """Words that must stand there, the longest one, around which it is tried, first."""
        needed = [w for w in self.words if not w.is_optional]
        return sorted(needed, key=lambda w: -min(len(c.strip("*")) for c in w.choices))


@dataclass(frozen=True)
class _Around:
    """What is tried where one word stands: parts of that word alone, and a Matcher of longer ones.

    others: for each longer part the plain words that must stand in the text too.
    """

    alone: tuple[_Part, ...]
    longer: dict[str, _Part]
    others: frozenset[frozenset[int]]
    matcher: Matcher
    width: int


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
        self._around: dict[int, _Around | None] = {}
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
            earlier = list(doc.spans[key]) if key in doc.spans else []
            doc.spans[key] = sorted([*earlier, *spans], key=lambda s: (s.start, s.end))
        return doc

    def find(self, doc: Doc, begin: int = 0) -> list[Span]:
        """Spans of a text; of one code none lies over another.

        begin: the word from which on the text is read; a phrase with ``^`` begins there.
        """
        strings = self._vocab.strings
        found = {(int(strings[n]), a, b) for n, a, b in self._plain(fold_norms(doc)) if a >= begin}
        parts = self._find_parts(doc, begin)
        for part in parts:
            for number in self._by_rarest_part[part]:
                needed = self._parts[number]
                if all(p in parts for p in needed):
                    places = [parts[p] for p in needed]
                    chained = _chain(doc, begin, self._rules[number], places)
                    found |= {(number, a, b) for a, b in chained}
        by_code: dict[str, list[Span]] = {}
        for number, start, end in sorted(found):
            rule = self._rules[number]
            span = Span(doc, start, end, label=rule.code, span_id=rule.name)
            if rule.has_accents_of(span):
                by_code.setdefault(rule.code, []).append(span)
        nots = [code for code in by_code if code.split(".")[0] == NOT]
        others = {code: by_code.pop(code) for code in nots}
        kept = (
            [
                s
                for s in spans
                if not _is_other(s, others.get(NOT, []) + others.get(f"{NOT}.{code}", []))
            ]
            for code, spans in by_code.items()
        )
        found_spans = [span for spans in kept for span in filter_spans(spans)]
        if not self._is_longest_only:
            return found_spans
        cues = [s for s in found_spans if s.label_ in self._cues]
        return cues + filter_spans(s for s in found_spans if s.label_ not in self._cues)

    def _find_parts(self, doc: Doc, begin: int) -> dict[_Part, list[tuple[int, int]]]:
        """Where the parts of rules stand."""
        found: dict[_Part, list[tuple[int, int]]] = {}
        norms = norms_of(doc)
        words = frozenset(norms)
        for at, norm in enumerate(norms[begin:], start=begin):
            around = self._around[norm] if norm in self._around else self._try_word(norm)
            if around is None:
                continue
            for part in around.alone:
                found.setdefault(part, []).append((at, at + 1))
            if any(others <= words for others in around.others):
                left = max(begin, at - around.width)
                for name, a, b in around.matcher(doc[left : at + around.width + 1]):
                    part = around.longer[self._vocab.strings[name]]
                    found.setdefault(part, []).append((left + a, left + b))
        return found

    def _try_word(self, norm: int) -> _Around | None:
        """What is tried where a word stands that was not met before."""
        word = self._vocab.strings[norm]
        plain, any_pattern, patterns = self._anchors
        parts = list(plain.get(word, ()))
        if any_pattern.match(word):
            parts += [part for pattern, part in patterns if pattern.match(word)]
        self._around[norm] = self._make_around(parts) if parts else None
        return self._around[norm]

    @cached_property
    def _parts(self) -> dict[int, list[_Part]]:
        """Parts of each rule that is not plain; rules of a language share theirs."""
        made: dict[tuple[str, tuple[Word, ...]], _Part] = {}
        return {
            number: [
                made.setdefault((rule.language, words), _Part(words, rule.language))
                for _, words in rule.segments
            ]
            for number, rule in enumerate(self._rules)
            if not rule.is_plain
        }

    @cached_property
    def _by_rarest_part(self) -> dict[_Part, list[int]]:
        """Rules by the one of their parts that fewest rules have: where it stands they are tried."""
        owners = Counter(part for parts in self._parts.values() for part in parts)
        found: dict[_Part, list[int]] = {part: [] for part in owners}
        for number, parts in self._parts.items():
            found[min(parts, key=owners.__getitem__)].append(number)
        return found

    @cached_property
    def _anchors(
        self,
    ) -> tuple[dict[str, list[_Part]], re.Pattern[str], list[tuple[re.Pattern[str], _Part]]]:
        """Parts by their longest word, where that is one word, and by its expression where not."""
        plain: dict[str, list[_Part]] = {}
        patterns = []
        for part in self._by_rarest_part:
            anchor = part.needed[0]
            if expression := anchor.expression(part.language):
                patterns.append((re.compile(expression), part))
            else:
                plain.setdefault(anchor.choices[0], []).append(part)
        any_of_them = "|".join(sorted({pattern.pattern for pattern, _ in patterns})) or "(?!)"
        return plain, re.compile(any_of_them), patterns

    def _make_around(self, parts: Sequence[_Part]) -> _Around:
        matcher = Matcher(self._vocab, validate=False)
        longer = {str(i): part for i, part in enumerate(parts) if len(part.words) > 1}
        for name, part in longer.items():
            patterns = [word.pattern(part.language) for word in part.words]
            matcher.add(name, [patterns], greedy="LONGEST")
        width = max((len(part.words) for part in longer.values()), default=0)
        alone = tuple(part for part in parts if len(part.words) == 1)
        others = frozenset(self._plain_words(part) for part in longer.values())
        return _Around(alone, longer, others, matcher, width)

    def _plain_words(self, part: _Part) -> frozenset[int]:
        plain = (w for w in part.needed if not w.expression(part.language))
        return frozenset(self._vocab.strings.add(w.choices[0]) for w in plain)


def _chain(
    doc: Doc, begin: int, rule: Rule, places: Sequence[Sequence[tuple[int, int]]]
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
