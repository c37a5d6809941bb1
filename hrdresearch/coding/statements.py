"""Decides which lengths of time in a text are terms of imprisonment of the person whom it is about.

Other lengths are ages, times already served, bans, what a prosecutor asked for, terms of other persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Span

from hrdresearch.coding.cues import CLAUSE, COMMAS, NEAR, NEXT, SENTENCE, Cues, distance
from hrdresearch.text.lengths import years_of

YEAR = re.compile(r"(?:19|20)\d\d")
YOUNGEST = 16  # from 16 years on a length between commas may be an age


@dataclass(frozen=True)
class Statements(Cues):
    """A text with its cues, and those of its lengths that are terms of imprisonment."""

    @cached_property
    def _kept(self) -> list[Span]:
        """Lengths that may be terms: no age, no time held, no ban, nothing that is only asked for."""
        aside = {length.start for length in self._aside()}
        kept: list[Span] = []
        last = -1  # where the length before begins
        for length in self.cues["length"]:
            is_term = length.start not in aside and not self.is_asked(length)
            if length.label_ in ("adjective", "alone"):
                is_term &= self.touches_prison(length)
            if length.label_ == "elided":
                told = any(c.end <= length.start for c in self.beside(length, "prison"))
                is_term &= told or (bool(kept) and kept[-1].start == last)
            kept += [length] if is_term else []
            last = length.start
        return kept

    @cached_property
    def lengths(self) -> list[Span]:
        """Lengths that may be terms of the person; also numbers without a unit where a court decides."""
        kept = self._kept
        bare = [x for x in self.doc.spans["bare"] if self._is_bare_term(x)]
        if self.of("others"):
            kept = [x for x in kept if self._is_own(x)] or bare or kept
        kept = kept or bare
        changed = [x for x in bare if self.follows(x, "changed", "changing", "again")]
        kept = sorted([*kept, *(x for x in changed if x not in kept)], key=lambda x: x.start)
        now = [c.start for c in self.of("now")] or self._begin_of_later_year()
        return [x for x in kept if any(start <= x.start for start in now)] or kept

    def _begin_of_later_year(self) -> list[int]:
        """Where the later of two years stands, if a term stands before: "in 2015 one year; in 2023 six"."""
        years = [t for t in self.doc if YEAR.fullmatch(t.text)]
        if len(years) != 2 or self.of("consecutive", "total", "again", "changed", "changing"):
            return []
        first, last = years
        is_later = int(first.text) < int(last.text) and self.places[first.i] != self.places[last.i]
        is_before = any(x.start < last.i for x in self._kept)
        return [last.i] if is_later and is_before else []

    def is_of_others(self, cue: Span) -> bool:
        """Whether the clause of a cue is about other persons, or counts persons ("two were acquitted")."""
        here = self.places[cue.start]
        courts = {c.start for c in self.of("court")}  # "二审"
        counted = (
            n
            for n in self.doc.spans["numbers"]
            if self.places[n.start] == here and n[-1].is_alpha and n.start not in courts
            if years_of(n)[0] > 1
        )
        return any(distance(cue, x) <= NEAR for x in (*self.beside(cue, "others"), *counted))

    def _is_own(self, length: Span) -> bool:
        """Whether a word of prison stands in the sentence of a length, and no other person before it."""
        others = self.beside(length, "others", level=SENTENCE)
        is_prison = bool(self.beside(length, "prison", level=SENTENCE))
        return is_prison and not any(c.end <= length.start for c in others)

    def _is_bare_term(self, number: Span) -> bool:
        """Whether a number without a unit ends a clause in which a court has decided."""
        is_court = any(c.start == number.end for c in self.of("court"))
        ends = is_court or all(t.is_punct for t in self.doc[number.end : number.end + 1])
        roles = ("asked", "ahead", "aside", "pending", "others")
        is_aside = any(c.end <= number.start for c in self.beside(number, *roles))
        level = SENTENCE if self.doc[number.start - 1].norm_ == "-" else CLAUSE
        decided = self.beside(number, "prison", "changed", "changing", "again", level=level)
        is_decided = any(c.end <= number.start for c in decided)
        has_length = any(x in self._kept for x in self.beside(number, "length"))
        return ends and is_decided and not is_aside and not has_length

    @cached_property
    def _words_of_prison(self) -> list[Span]:
        return [
            cue
            for cue in self.of("prison", "suspended", "firm", "terms", "held")
            if not self.is_asked(cue)  # "detention" is a penalty or a time held
            and not (cue.label_ == "held" and self.beside(cue, "pending", "asked", level=SENTENCE))
        ]

    @cached_property
    def _beside_prison(self) -> list[Span]:
        clauses = {self.places[cue.start] for cue in self._words_of_prison}
        return [x for x in self.lengths if self.places[x.start] in clauses]

    @cached_property
    def served(self) -> list[Span]:
        """Lengths that are terms of imprisonment: beside a word of prison, or the text says nothing else."""
        said = {self.sentence(x) for x in self._beside_prison or self._words_of_prison}
        if found := [x for x in self.lengths if self.sentence(x) in said]:
            kept = {x.start for x in found}
            return [x for x in found if not self._stands_before_verdict(x, kept)]
        if found := self._after_demand() or self._with_total():
            return found
        return [] if self.of("pending", "asked") or not self.is_short else self.lengths

    @property
    def is_unsure(self) -> bool:
        """Whether it is unsure that the terms are ones of imprisonment of the person: a flag for a reader."""
        is_doubtful = any(x.label_ == "bare" for x in self.served) or bool(self.of("freed"))
        is_left = len(self.lengths) < len(self._kept) and bool(self.of("others"))
        return is_doubtful or is_left or (not self._beside_prison and not self.is_short)

    def _after_demand(self) -> list[Span]:
        """Lengths behind what was asked for: "The prosecutor wanted ten years, the judge stopped at five"."""
        asked = [x for x in self.cues["length"] if self.is_asked(x)]
        ends = {self.sentence(x) + later: x.end for x in asked for later in (1, 0)}
        return [x for x in self.lengths if ends.get(self.sentence(x), len(self.doc)) <= x.start]

    def _with_total(self) -> list[Span]:
        """Lengths beside their total, without a word of prison: "Six years and three, nine in all"."""
        told = {self.sentence(c) for c in self.of("total")}
        here = [x for x in self.lengths if self.sentence(x) in told]
        return here if len(here) > 2 else []

    def _ages(self) -> Iterator[Span]:
        """The first of several lengths, if it stands between commas: "B. Morvane, 47 ans, institutrice"."""
        for x in self.cues["length"][:1] if len(self.cues["length"]) > 1 else ():
            places = (max(x.start - 1, 0), min(x.end, len(self.doc) - 1))
            around = {self.doc[at].text for at in places}
            is_before = any(c.start < x.start for c in self.of("prison", "terms", "others"))
            if around <= COMMAS and not is_before and years_of(x)[0] >= YOUNGEST:
                yield x

    def _stands_before_verdict(self, length: Span, kept: set[int]) -> bool:
        """Whether a length is an age before a verb: "A student of 19 years was sentenced to four".

        kept: places of the lengths that may be terms.
        """
        after = [c for c in self.beside(length, "prison", level=SENTENCE) if length.end <= c.start]
        led = [(c, at) for c in after for at in range(c.end, c.end + NEAR + 1) if at in kept]
        return not self.touches_prison(length) and any(
            not self.is_joined(c.end, self.doc[at : at + 1]) for c, at in led
        )

    def _aside(self) -> Iterator[Span]:
        """Lengths that are no terms, by a cue in their clause."""
        yield from self._ages()
        for cue in self.of("pending", "aside", "ban"):
            owner = self._owner(cue)
            is_pending_term = cue.label_ == "pending" and owner and self.touches_prison(owner)
            is_limited = cue.label_ == "aside" or is_pending_term
            if owner and (not is_limited or distance(cue, owner) <= NEAR):
                yield owner
        for cue in self.of("ahead"):
            # "within thirty days" is a length of its own
            within = [x for x in self.beside(cue, "length") if x.start == cue.start]
            after = [x for x in self.beside(cue, "length") if x.start >= cue.end]
            is_plain = cue.text.isascii()  # no "quá", which is found as "qua"
            after = [x for x in within if is_plain and years_of(x)[0] == 0] or after[:1]
            told = [x for x in after if x.label_ == "adjective" and self.touches_prison(x)]
            yield from (x for x in after if x.start - cue.end <= NEAR and x not in told)
        for cue in self.of("behind"):
            here = (x for x in self.beside(cue, "length") if 0 <= cue.start - x.end < NEXT)
            yield from (x for x in here if not self.is_penalty(x, cue))
        for cue in self.of("instead"):
            yield from [x for x in self.beside(cue, "length") if x.start >= cue.end][:1]
        for cue in self.of("suspended") if not self.of("part") else ():
            near = self.beside(cue, "length", level=SENTENCE)
            if any(x.end <= cue.start for x in near):
                yield from (x for x in near if x.start >= cue.end)

    def _owner(self, cue: Span) -> Span | None:
        """The length that a cue speaks of: the nearest in its clause, not beyond an "and"; or None."""
        here = self.beside(cue, "length")
        before = [x for x in here if x.end <= cue.start and not self.is_joined(x.end, cue)][-1:]
        after = [x for x in here if x.start >= cue.end][:1]
        after = [x for x in after if not self.is_joined(cue.end, x)]
        return min([*before, *after], key=lambda x: distance(cue, x), default=None)
