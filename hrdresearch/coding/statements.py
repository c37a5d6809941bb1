"""What a text states: its cues, its clauses, and which of its lengths are terms of imprisonment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from spacy.language import Language
from spacy.tokens import Doc, Span

from hrdresearch.text.pipeline import make_pipeline

_COMMAS = frozenset(",;،؛、")
_STOPS = frozenset(".!?。؟;؛")
_ARABIC = "\u0600"
NEAR, NEXT = 3, 2  # words between "after" and its length; between a length and "ago"
FEW = 2  # a text with no more other words is a length and nothing else


@cache
def pipeline(language: str) -> Language:
    """Pipeline that finds the lengths and the cues of ``vocab/sentence_words.yml``."""
    return make_pipeline(language or "xx", "sentence_words", components=("hrd_lengths",))


@dataclass(frozen=True)
class Statements:
    """A text with its cues found."""

    doc: Doc

    @cached_property
    def cues(self) -> dict[str, list[Span]]:
        """Spans by role; a word of prison within another phrase ("house arrest") is none."""
        by_role: dict[str, list[Span]] = {}
        for span in self.doc.spans["codes"]:
            by_role.setdefault(span.label_, []).append(span)
        others = [
            s for r in ("ban", "pending", "aside", "asked", "ahead") for s in by_role.get(r, ())
        ]
        prison = by_role.get("prison", [])
        by_role["prison"] = [
            p for p in prison
            if not any(o.start <= p.start and p.end <= o.end and len(o) > len(p) for o in others)
        ]  # fmt: skip
        return by_role

    def of(self, *roles: str) -> list[Span]:
        """Cues of these roles, in the order in which they stand."""
        return sorted((s for r in roles for s in self.cues.get(r, ())), key=lambda s: s.start)

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Number of the sentence and of the clause that each word belongs to."""
        lengths = list(self.doc.spans["lengths"])
        inside = {i for s in lengths for i in range(s.start, s.end)}
        inside |= {a.end for a in lengths for b in lengths if a.end + 1 == b.start}
        begins = {s.start for s in self.of("but")}
        sentence = clause = 0
        places = []
        for token in self.doc:
            is_free = token.i not in inside
            follows = self.doc[token.i + 1].text if token.i + 1 < len(self.doc) else ""
            ends = token.norm_ in _STOPS and not (token.norm_ == "." and follows[:1].islower())
            clause += is_free and (ends or token.norm_ in _COMMAS or token.i in begins)
            sentence += is_free and ends
            places.append((sentence, clause))
        return places

    def clause(self, span: Span) -> int:
        """Number of the clause in which a span begins."""
        return self.places[span.start][1]

    def sentence(self, span: Span) -> int:
        """Number of the sentence in which a span begins."""
        return self.places[span.start][0]

    def is_asked(self, span: Span) -> bool:
        """Whether its clause says what the law allows, or what somebody asks for or may face."""
        return any(self.clause(c) == self.clause(span) for c in self.of("asked"))

    @cached_property
    def lengths(self) -> list[Span]:
        """Lengths that may be terms: none that is an age, a time held, a ban, or only asked for."""
        found = list(self.doc.spans["lengths"])
        aside = {length.start for length in self._aside(found)}
        kept: list[Span] = []
        for length in found:
            is_term = length.start not in aside and not self.is_asked(length)
            if length.label_ in ("adjective", "alone"):
                is_term &= self._touches_prison(length)
            if length.label_ == "elided":
                before = [f for f in found if f.start < length.start]
                is_term &= before[-1] in kept
            if is_term:
                kept.append(length)
        return kept

    @cached_property
    def _words_of_prison(self) -> list[Span]:
        held = () if self.of("pending", "asked") else ("held",)  # "detention" is either
        said = self.of("prison", "suspended", "firm", "terms", *held)
        return [cue for cue in said if not self.is_asked(cue)]

    @cached_property
    def _beside_prison(self) -> list[Span]:
        clauses = {self.clause(cue) for cue in self._words_of_prison}
        return [x for x in self.lengths if self.clause(x) in clauses]

    @cached_property
    def served(self) -> list[Span]:
        """Lengths that are terms of imprisonment: beside a word of prison, or all that the text is."""
        said = {self.sentence(x) for x in self._beside_prison or self._words_of_prison}
        if found := [x for x in self.lengths if self.sentence(x) in said]:
            return [x for x in found if not self._stands_before_verdict(x, found)]
        return [] if self.of("pending", "asked") or not self.is_short else self.lengths

    @property
    def is_unsure(self) -> bool:
        """Whether a word of prison stands in the sentence of the terms only, not in a clause of theirs."""
        return not self._beside_prison and not self.is_short

    @property
    def is_short(self) -> bool:
        """Whether the text has few words beside its lengths and cues."""
        spans = [*self.doc.spans["lengths"], *self.doc.spans["codes"]]
        known = {i for s in spans for i in range(s.start, s.end)}
        return sum(t.is_alpha for t in self.doc if t.i not in known) <= FEW

    def _touches_prison(self, length: Span) -> bool:
        """Whether a word of prison stands right behind, or before what is no Slavic adjective."""
        is_led = length.label_ != "adjective" or length[-1].norm_[0] >= _ARABIC
        return any(
            c.start == length.end or (is_led and 0 <= length.start - c.end <= 1)
            for c in self.of("prison", "suspended", "ban")
        )

    def _stands_before_verdict(self, length: Span, found: list[Span]) -> bool:
        """ "A student of 19 years was sentenced to four": what stands before the verb is an age."""
        return not self._touches_prison(length) and any(
            length.end <= c.start and 0 <= x.start - c.end <= NEAR
            for x in found
            for c in self.of("prison")
            if self.sentence(x) == self.sentence(length) == self.sentence(c)
        )

    def _aside(self, found: list[Span]) -> Iterator[Span]:
        for cue in self.of("pending", "aside", "ban"):
            owner = self._owner(cue, found)
            if owner and (cue.label_ != "aside" or _distance(cue, owner) <= NEAR):
                yield owner
        for length in found:
            here = self.clause(length)
            if any(
                self.clause(c) == here and 0 <= length.start - c.end <= NEAR
                for c in self.of("ahead")
                if not any(c.end <= f.start < length.start for f in found)
            ) or any(
                self.clause(c) == here and 0 <= c.start - length.end < NEXT
                for c in self.of("behind")
            ):
                yield length
        if not self.of("part"):
            for cue in self.of("suspended"):
                near = [f for f in found if self.sentence(f) == self.sentence(cue)]
                if any(f.end <= cue.start for f in near):
                    yield from (f for f in near if f.start >= cue.end)

    def _owner(self, cue: Span, found: list[Span]) -> Span | None:
        """The length in its clause that a cue speaks of: the nearer one, not beyond an "and"."""
        here = [f for f in found if self.clause(f) == self.clause(cue)]
        before = max((f for f in here if f.end <= cue.start), key=lambda f: f.end, default=None)
        after = min((f for f in here if f.start >= cue.end), key=lambda f: f.start, default=None)
        if before and self.is_joined(before.end, cue):
            before = None
        if after and self.is_joined(cue.end, after):
            after = None
        if before and after:
            return min(before, after, key=lambda f: _distance(cue, f))
        return before or after

    def is_joined(self, start: int, span: Span) -> bool:
        """Whether an "and" stands between a place and a span, or is written in one with it (و)."""
        if any(start <= j.start < span.start for j in self.of("joins")):
            return True
        between = self.doc[start : span.start + 1]
        return any(t.norm_.startswith("و") and len(t.norm_) > 3 for t in between)


def _distance(cue: Span, length: Span) -> int:
    """Words between a cue and a length."""
    return max(length.start - cue.end, cue.start - length.end)
