"""Finds the cues of a text about a sentence of a court, with the clause and sentence in which they stand.

A cue is a word or phrase of ``vocab/sentence_words.yml`` with a role: "in prison" has the role ``prison``,
"reduced to" has ``changed``. Here "length" is a length of time, "sentence" one of the text.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc, Span

from hrdresearch.text.pipeline import nlp

SENTENCE, CLAUSE = 0, 1
COMMAS = frozenset(",;،؛、")
_STOPS = frozenset(".!?。؟;؛")
_LONGER = ("ban", "pending", "aside", "asked", "ahead")
_ARABIC = "\u0600"
NEAR, NEXT = 3, 2  # most words between "after" and its length; fewer than 2 from a length to "ago"
FEW = 2  # a text with at most 2 other words says a length and nothing else


def pipeline(language: str) -> Language:
    """Return the pipeline of a language that finds lengths of time and cues; "" reads all languages."""
    return nlp(language or "xx", "sentence_words", components=("hrd_lengths",))


@dataclass(frozen=True)
class Cues:
    """A text with its cues by role, clause and sentence."""

    doc: Doc

    @cached_property
    def cues(self) -> dict[str, list[Span]]:
        """Spans by role, lengths as ``length``; ``prison`` without what lies in a longer phrase."""
        by_role = defaultdict(list, {"length": list(self.doc.spans["lengths"])})
        for span in self.doc.spans["codes"]:
            by_role[span.label_].append(span)
        longer = [s for role in _LONGER for s in by_role[role]]  # "house arrest" is no "arrest"
        by_role["prison"] = [
            p
            for p in by_role["prison"]
            if not any(o.start <= p.start and p.end <= o.end and len(o) > len(p) for o in longer)
        ]
        return by_role

    def of(self, *roles: str) -> list[Span]:
        """Return the cues of these roles, in the order of the text."""
        return sorted((s for r in roles for s in self.cues[r]), key=lambda s: s.start)

    def beside(self, span: Span, *roles: str, level: int = CLAUSE) -> list[Span]:
        """Return the cues of these roles in the clause of a span, or, by level, in its sentence."""
        place = self.places[span.start][level]
        return [s for role in roles for s in self._by_place[role, level, place]]

    @cached_property
    def _by_place(self) -> dict[tuple[str, int, int], list[Span]]:
        index = defaultdict(list)
        for role, span in ((role, span) for role, spans in self.cues.items() for span in spans):
            for level, place in enumerate(self.places[span.start]):
                index[role, level, place].append(span)
        return index

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Number of the sentence and of the clause of each word of the text."""
        lengths, begins = self.cues["length"], {s.start for s in self.of("but")}
        starts = {s.start for s in lengths}
        inside = {i for s in lengths for i in range(s.start, s.end + (s.end + 1 in starts))}
        sentence = clause = 0
        places = []
        for token in self.doc:
            is_free = token.i not in inside
            follows = self.doc[token.i + 1].text if token.i + 1 < len(self.doc) else ""
            ends = token.norm_ in _STOPS and not (token.norm_ == "." and follows[:1].islower())
            clause += is_free and (ends or token.norm_ in COMMAS or token.i in begins)
            sentence += is_free and ends
            places.append((sentence, clause))
        return places

    def sentence(self, span: Span) -> int:
        """Return the number of the sentence in which a span begins."""
        return self.places[span.start][SENTENCE]

    def is_asked(self, span: Span) -> bool:
        """Whether the clause of a span says what the law allows, what somebody asks for, or may face."""
        return bool(self.beside(span, "asked"))

    def touches_prison(self, length: Span) -> bool:
        """Whether a word of prison stands right behind a length or before it.

        Before an adjective only in scripts such as Arabic: Slavic ones ("пятилетний") precede their noun.
        """
        is_led = length.label_ != "adjective" or length[-1].norm_[0] >= _ARABIC
        return any(
            c.start == length.end or (is_led and 0 <= length.start - c.end <= 1)
            for c in self.beside(length, "prison", "suspended", "ban", level=SENTENCE)
        )

    def is_penalty(self, length: Span, cue: Span) -> bool:
        """Whether a word of prison stands between a length and a cue ("dört yıllık cezadan düşülecek")."""
        return any(length.end <= c.start < cue.start for c in self.beside(length, "prison"))

    def follows(self, length: Span, *roles: str) -> bool:
        """Whether a cue of these roles stands in the clause of a length, at most one word before it."""
        return any(0 <= length.start - c.end < NEXT for c in self.beside(length, *roles))

    def is_joined(self, start: int, span: Span) -> bool:
        """Whether an "and" or a plus joins a span to what ends at a place.

        start: that place, the number of a word. In Arabic the "and" may be the first letter of a word (و).
        """
        joins = self.beside(span, "joins", level=SENTENCE)
        return any(start <= j.start < span.start for j in joins) or any(
            t.text == "+" or (t.norm_.startswith("و") and len(t.norm_) > 3)
            for t in self.doc[start : span.start + 1]
        )

    @cached_property
    def is_short(self) -> bool:
        """Whether the text has hardly any words beside its lengths and cues."""
        known = {i for spans in self.cues.values() for s in spans for i in range(s.start, s.end)}
        return sum(t.is_alpha for t in self.doc if t.i not in known) <= FEW


def distance(cue: Span, length: Span) -> int:
    """Return the number of words between a cue and a length."""
    return max(length.start - cue.end, cue.start - length.end)
