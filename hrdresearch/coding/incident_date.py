"""Finds the date of an attack in an English text, as exact as the text gives it.

Each date of the text gets a weight. It belongs to the nearest word of its sentence that is listed in
``vocab/incident_date.yml``: an act against somebody; or a statement, a law, an earlier trial or a birth, and
then it is hardly ever chosen. An explicit date has more weight than one counted from the day of publication
("yesterday"), and an early place more than a late one. The weights of a date that is said twice are added. If
no date has enough weight, there is none.
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
WHOLE_DATE = 1.3  # for a date with day, month and year
OF_PUBLICATION = -1.0  # for the day of publication written out, which is often a byline
LEAST = 1.8  # weight that a date must exceed
ACROSS = 3  # a comma between date and act counts as three words
AFTER = 2  # words between a date and an act behind it count twice
FAR = 12  # words to an act at which nearness adds half
ADJACENT = 2  # most words to another listed word that a date belongs to
LONG = 300  # words from the beginning at which an early place adds half
OPENING = 60  # words of the opening of a text
REACH = 30  # words around a sentence without a listed word in which an act may stand
_COMMAS = frozenset([",", "-", "–", "—", "(", ")", ";"])


@dataclass(frozen=True)
class EventDate:
    """The day of an act and the words that say it; ``NO_DAY`` and None if the text gives none."""

    day: Day = NO_DAY
    span: Span | None = None


def date_of_act(doc: Doc, published: str = "") -> EventDate:
    """Return the date of the act in a text that was read with vocabulary ``incident_date``.

    published: day of publication (2021-03-08), needed for dates without a year, weekdays and "yesterday";
    without it they are left out.
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
    """Return the places of the words of acts in a text: the number of each first word."""
    return [span.start for span in _cues_of(doc) if span.label_ == ACT]


def _cues_of(doc: Doc) -> list[Span]:
    return [s for s in doc.spans["codes"] if s.id_.startswith(f"{VOCABULARY}:")]


def _weight(span: Span, day: Day, cues: list[Span], acts: list[int]) -> float:
    """The weight of a date: the higher, the more likely it is that of an act."""
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
    """Words between a date and a listed word; commas, and words before one behind the date, count more."""
    is_before = cue.end <= span.start
    between = span.doc[cue.end : span.start] if is_before else span.doc[span.end : cue.start]
    return (1 if is_before else AFTER) * sum(ACROSS if t.text in _COMMAS else 1 for t in between)


def _read_publication_day(published: str) -> str:
    """The day of publication in ISO 8601; empty if it is not given as such a day."""
    try:
        return date.fromisoformat(published[:10]).isoformat()
    except ValueError:
        return ""
