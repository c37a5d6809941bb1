"""Date of an attack in an English text: as exact as the text gives it, and no more.

A date belongs to the word that governs it, the nearest one of its sentence (``vocab/incident_date.yml``):
an act against somebody; or a statement, a law, an earlier trial, a birth, and then it is hardly ever
taken. Beside an act an explicit date goes before one counted from the day of publication, and what
stands early before what stands late. A date that is said twice counts twice. Where no date has enough
weight there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import exp

from spacy.tokens import Doc, Span

from hrdresearch.text.clauses import overlaps
from hrdresearch.text.dates import NO_DAY, Day, resolve_date

VOCABULARY = "incident_date"
ACT = "act"
# Fitted (conditional logit, rounded) on halves of two lists; see docs/decisions/0064-narratives.md.
WEIGHTS = {
    "act": 0.65,
    "near": 0.7,
    "beside_act": 0.25,
    "other": -3.0,
    "early": 2.5,
    "opening": 0.45,
}
OF_KIND = {"explicit": 0.4, "range": 0.4, "weekday": -1.9, "relative": -1.2, "year": -0.6}
WHOLE_DATE = 1.3  # day, month and year written out
OF_PUBLICATION = -1.0  # a date written out that is the day of publication: often a byline
LEAST = 1.8  # weight from which on a date is taken
ACROSS = 3  # words that a comma between date and act counts for
AFTER = 2  # how much farther a word behind the date counts than one before it
FAR, ADJACENT = (
    12,
    2,
)  # words to an act that halve what nearness adds; words to another governing word
LONG, OPENING = (
    300,
    60,
)  # words into the text that halve what an early place adds; opening of a text
REACH = 30  # words around a sentence without a governing word in which an act may stand
_COMMAS = frozenset([",", "-", "–", "—", "(", ")", ";"])


@dataclass(frozen=True)
class EventDate:
    """The day of an act and the words that say it; ``NO_DAY`` and None where there are none."""

    day: Day = NO_DAY
    span: Span | None = None


def date_of_act(doc: Doc, published: str = "") -> EventDate:
    """The date of an act in a text that was read with vocabulary ``incident_date``.

    published: day of publication (2021-03-08 ...), by which a date without its year, a weekday or
    "yesterday" is read; without it such dates are left out.
    """
    on = _read_publication_day(published)
    cues, acts = _cues_of(doc), acts_of(doc)
    said: dict[str, list[tuple[float, EventDate]]] = {"": [(LEAST, EventDate())]}
    for span in doc.spans["dates"]:
        day = resolve_date(span.id_, on or None)
        if day.precision != "none" and (not on or day.iso <= on):
            is_byline = day.iso == on and span.label_ == "explicit"
            weight = _weight(span, day, cues, acts) + OF_PUBLICATION * is_byline
            said.setdefault(day.iso, []).append((weight, EventDate(day, span)))
    most = max(said.values(), key=lambda times: sum(exp(weight) for weight, _ in times))
    return max(most, key=lambda one: one[0])[1]


def acts_of(doc: Doc) -> list[int]:
    """Where the words of acts stand in a text: places of their first words."""
    return [span.start for span in _cues_of(doc) if span.label_ == ACT]


def _cues_of(doc: Doc) -> list[Span]:
    return [s for s in doc.spans["codes"] if s.id_.startswith(f"{VOCABULARY}:")]


def _weight(span: Span, day: Day, cues: list[Span], acts: list[int]) -> float:
    """How strongly a date speaks of an act."""
    sentence = span.sent
    governing = (
        c for c in cues if sentence.start <= c.start < sentence.end and not overlaps(c, span)
    )
    gap, label = min(((_distance(span, cue), cue.label_) for cue in governing), default=(0.0, ""))
    is_beside = any(sentence.start - REACH <= a < sentence.end + REACH for a in acts)
    return (
        OF_KIND[span.label_]
        + WEIGHTS["early"] * LONG / (LONG + span.start)
        + WEIGHTS["opening"] * (span.start < OPENING)
        + WHOLE_DATE * (day.precision == "day" and span.id_ == day.iso)
        + (label == ACT) * (WEIGHTS["act"] + WEIGHTS["near"] * FAR / (FAR + gap))
        + WEIGHTS["other"] * (label not in (ACT, "") and gap <= ADJACENT)
        + WEIGHTS["beside_act"] * (not label and is_beside)
    )


def _distance(span: Span, cue: Span) -> float:
    """Words between a date and a word that may govern it; commas and a word behind count more."""
    is_before = cue.end <= span.start
    between = span.doc[cue.end : span.start] if is_before else span.doc[span.end : cue.start]
    return (1 if is_before else AFTER) * sum(ACROSS if t.text in _COMMAS else 1 for t in between)


def _read_publication_day(published: str) -> str:
    """Day of publication as ISO 8601 has it; empty where what is given is none."""
    try:
        return date.fromisoformat(published[:10]).isoformat()
    except ValueError:
        return ""
