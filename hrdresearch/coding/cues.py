"""The cues of a text about a sentence of a court, and where they stand: clause and sentence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property

from spacy.language import Language
from spacy.tokens import Doc, Span

from hrdresearch.text.pipeline import make_pipeline

SENTENCE, CLAUSE = 0, 1
COMMAS = frozenset(",;،؛、")
_STOPS = frozenset(".!?。؟;؛")
_LONGER = ("ban", "pending", "aside", "asked", "ahead")
_ARABIC = "\u0600"
NEAR, NEXT = 3, 2  # words between "after" and its length; between a length and "ago"
FEW = 2  # a text with no more other words is a length and nothing else


@cache
def pipeline(language: str) -> Language:
    """Pipeline that finds the lengths and the cues of ``vocab/sentence_words.yml``."""
    return make_pipeline(language or "xx", "sentence_words", components=("hrd_lengths",))


@dataclass(frozen=True)
class Cues:
    """A text with its cues found."""

    doc: Doc

    @cached_property
    def cues(self) -> dict[str, list[Span]]:
        """Spans by role, ``length`` among them; a word of prison within another phrase is none."""
        by_role = defaultdict(list, {"length": list(self.doc.spans["lengths"])})
        for span in self.doc.spans["codes"]:
            by_role[span.label_].append(span)
        over = defaultdict(list)  # "house arrest": longer phrases by each of their words
        for span in (s for role in _LONGER for s in by_role[role]):
            for at in range(span.start, span.end):
                over[at].append(span)
        by_role["prison"] = [
            p
            for p in by_role["prison"]
            if all(o.end < p.end or len(o) <= len(p) for o in over[p.start])
        ]
        return by_role

    def of(self, *roles: str) -> list[Span]:
        """Cues of these roles, in the order in which they stand."""
        return sorted((s for r in roles for s in self.cues[r]), key=lambda s: s.start)

    def beside(self, span: Span, *roles: str, level: int = CLAUSE) -> list[Span]:
        """Cues of these roles in the clause of a span, or in its sentence."""
        place = self.places[span.start][level]
        return [s for role in roles for s in self._by_place[role, level, place]]

    @cached_property
    def _by_place(self) -> dict[tuple[str, int, int], list[Span]]:
        index = defaultdict(list)
        for role, spans in self.cues.items():
            for span in spans:
                for level in (SENTENCE, CLAUSE):
                    index[role, level, self.places[span.start][level]].append(span)
        return index

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Number of the sentence and of the clause that each word belongs to."""
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
        """Number of the sentence in which a span begins."""
        return self.places[span.start][SENTENCE]

    def is_asked(self, span: Span) -> bool:
        """Whether its clause says what the law allows, or what somebody asks for or may face."""
        return bool(self.beside(span, "asked"))

    def touches_prison(self, length: Span) -> bool:
        """Whether a word of prison stands right behind a length, or before what is no Slavic adjective."""
        is_led = length.label_ != "adjective" or length[-1].norm_[0] >= _ARABIC
        return any(
            c.start == length.end or (is_led and 0 <= length.start - c.end <= 1)
            for c in self.beside(length, "prison", "suspended", "ban", level=SENTENCE)
        )

    def is_penalty(self, length: Span, cue: Span) -> bool:
        """Whether a word of prison stands between a length and a cue: "dört yıllık cezadan düşülecek"."""
        return any(length.end <= c.start < cue.start for c in self.beside(length, "prison"))

    def follows(self, length: Span, *roles: str) -> bool:
        """Whether a cue of these roles stands in its clause, right before a length or one word away."""
        return any(0 <= length.start - c.end < NEXT for c in self.beside(length, *roles))

    def is_joined(self, start: int, span: Span) -> bool:
        """Whether an "and" or a plus stands between a place and a span, or an "and" is its letter (و)."""
        between = self.doc[start : span.start + 1]
        joins = self.beside(span, "joins", level=SENTENCE)
        return any(start <= j.start < span.start for j in joins) or any(
            t.text == "+" or (t.norm_.startswith("و") and len(t.norm_) > 3) for t in between
        )

    @cached_property
    def is_short(self) -> bool:
        """Whether the text has few words beside its lengths and cues."""
        known = {i for spans in self.cues.values() for s in spans for i in range(s.start, s.end)}
        return sum(t.is_alpha for t in self.doc if t.i not in known) <= FEW


def distance(cue: Span, length: Span) -> int:
    """Words between a cue and a length."""
    return max(length.start - cue.end, cue.start - length.end)
