"""What a text states: its cues, its clauses, and which of its lengths are terms of imprisonment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from spacy.language import Language
from spacy.tokens import Doc, Span

from hrdresearch.text.pipeline import make_pipeline

SENTENCE, CLAUSE = 0, 1
_COMMAS = frozenset(",;،؛、")
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
class Statements:
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
            clause += is_free and (ends or token.norm_ in _COMMAS or token.i in begins)
            sentence += is_free and ends
            places.append((sentence, clause))
        return places

    def sentence(self, span: Span) -> int:
        """Number of the sentence in which a span begins."""
        return self.places[span.start][SENTENCE]

    def is_asked(self, span: Span) -> bool:
        """Whether its clause says what the law allows, or what somebody asks for or may face."""
        return bool(self.beside(span, "asked"))

    @cached_property
    def lengths(self) -> list[Span]:
        """Lengths that may be terms: none that is an age, a time held, a ban, or only asked for."""
        aside = {length.start for length in self._aside()}
        kept: list[Span] = []
        last = -1  # where the length before begins
        for length in self.cues["length"]:
            is_term = length.start not in aside and not self.is_asked(length)
            if length.label_ in ("adjective", "alone"):
                is_term &= self._touches_prison(length)
            if length.label_ == "elided":
                is_term &= bool(kept) and kept[-1].start == last
            kept += [length] if is_term else []
            last = length.start
        return kept

    @cached_property
    def _words_of_prison(self) -> list[Span]:
        held = () if self.of("pending", "asked") else ("held",)  # "detention" is either
        said = self.of("prison", "suspended", "firm", "terms", *held)
        return [cue for cue in said if not self.is_asked(cue)]

    @cached_property
    def _beside_prison(self) -> list[Span]:
        clauses = {self.places[cue.start] for cue in self._words_of_prison}
        return [x for x in self.lengths if self.places[x.start] in clauses]

    @cached_property
    def served(self) -> list[Span]:
        """Lengths that are terms of imprisonment: beside a word of prison, or all that the text is."""
        said = {self.sentence(x) for x in self._beside_prison or self._words_of_prison}
        if found := [x for x in self.lengths if self.sentence(x) in said]:
            kept = {x.start for x in found}
            return [x for x in found if not self._stands_before_verdict(x, kept)]
        return [] if self.of("pending", "asked") or not self.is_short else self.lengths

    @property
    def is_unsure(self) -> bool:
        """Whether a word of prison stands in the sentence of the terms only, not in a clause of theirs."""
        return not self._beside_prison and not self.is_short

    @cached_property
    def is_short(self) -> bool:
        """Whether the text has few words beside its lengths and cues."""
        known = {i for spans in self.cues.values() for s in spans for i in range(s.start, s.end)}
        return sum(t.is_alpha for t in self.doc if t.i not in known) <= FEW

    def _touches_prison(self, length: Span) -> bool:
        """Whether a word of prison stands right behind, or before what is no Slavic adjective."""
        is_led = length.label_ != "adjective" or length[-1].norm_[0] >= _ARABIC
        return any(
            c.start == length.end or (is_led and 0 <= length.start - c.end <= 1)
            for c in self.beside(length, "prison", "suspended", "ban", level=SENTENCE)
        )

    def _stands_before_verdict(self, length: Span, kept: set[int]) -> bool:
        """ "A student of 19 years was sentenced to four": what stands before the verb is an age."""
        return not self._touches_prison(length) and any(
            length.end <= c.start and kept & set(range(c.end, c.end + NEAR + 1))
            for c in self.beside(length, "prison", level=SENTENCE)
        )

    def _aside(self) -> Iterator[Span]:
        """Lengths that a cue in their clause makes no term."""
        for cue in self.of("pending", "aside", "ban"):
            owner = self._owner(cue)
            if owner and (cue.label_ != "aside" or _distance(cue, owner) <= NEAR):
                yield owner
        for cue in self.of("ahead"):
            after = [x for x in self.beside(cue, "length") if x.start >= cue.end][:1]
            yield from (x for x in after if x.start - cue.end <= NEAR)
        for cue in self.of("behind"):
            here = self.beside(cue, "length")
            yield from (x for x in here if 0 <= cue.start - x.end < NEXT)
        for cue in self.of("suspended") if not self.of("part") else ():
            near = self.beside(cue, "length", level=SENTENCE)
            if any(x.end <= cue.start for x in near):
                yield from (x for x in near if x.start >= cue.end)

    def _owner(self, cue: Span) -> Span | None:
        """The length in its clause that a cue speaks of: the nearer one, not beyond an "and"."""
        here = self.beside(cue, "length")
        before = [x for x in here if x.end <= cue.start and not self.is_joined(x.end, cue)][-1:]
        after = [x for x in here if x.start >= cue.end][:1]
        after = [x for x in after if not self.is_joined(cue.end, x)]
        return min([*before, *after], key=lambda x: _distance(cue, x), default=None)

    def is_joined(self, start: int, span: Span) -> bool:
        """Whether an "and" stands between a place and a span, or is written in one with it (و)."""
        between = self.doc[start : span.start + 1]
        joins = self.beside(span, "joins", level=SENTENCE)
        return any(start <= j.start < span.start for j in joins) or any(
            t.norm_.startswith("و") and len(t.norm_) > 3 for t in between
        )


def _distance(cue: Span, length: Span) -> int:
    """Words between a cue and a length."""
    return max(length.start - cue.end, cue.start - length.end)
