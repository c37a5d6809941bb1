"""Finds where an act took place in an English text: the State, and the most exact place named.

Every name of a State, its people, a region or a city adds to the weight of its State, and more in a sentence
with an act or after "in" or "near". States where much of the world's news is written get less. The place is
the name before that of the State ("Jos, Nigeria"), or the name of one of its cities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from math import log1p

from spacy.tokens import Doc, Span, Token

from hrdresearch.coding.incident_date import acts_of

# Fitted (conditional logit, rounded) on half of a list; see docs/decisions/0064-narratives.md.
WEIGHTS = {
    "share": 1.4,  # of all names of States in the text
    "share_beside_act": 0.6,
    "number": 0.2,  # log(1 + n), as the two below
    "located": 0.7,
    "located_beside_act": 0.7,
    "people": -0.3,  # share of its names that are names of its people
    "first": 0.5,
    "writes": -0.7,
}
LEAST = 1.2  # weight that a State must exceed
WRITE_OF_OTHERS = ("USA", "GBR")
_IN = frozenset(["in", "near", "at", "outside", "across", "around"])
_BEFORE_CITY = frozenset([*_IN, "of", "from", "the", ","])
_BETWEEN = frozenset(["the", "northern", "southern", "eastern", "western", "central"])
_IN_NAMES = frozenset(["de", "del", "la", "al", "el", "-", "of", "the", "'", "’"])
_LONGEST = 5  # most words of a name of a place


@dataclass(frozen=True)
class EventPlace:
    """State of an act (ISO3 code or None) with its words, and the most exact place or None."""

    iso3: str | None = None
    state_span: Span | None = None
    place: Span | None = None


def place_of_act(doc: Doc, dated: Span | None = None) -> EventPlace:
    """Return where the act of a text took place.

    doc: text read with ``hrd_places`` and the vocabulary ``incident_date``. dated: the words of the date.
    """
    acts = {doc[a].sent.start for a in acts_of(doc)}
    placed = [s for s in doc.spans["places"] if s.label_ != "city" or _is_placed(s)]
    named = [s for s in placed if s.label_ != "city" or not _is_part(s)]
    by_state: dict[str, list[Span]] = defaultdict(list)
    for span in named:
        by_state[span.id_].append(span)
    beside = sum(s.sent.start in acts for s in named)

    def weight(spans: list[Span]) -> float:
        told = [s for s in spans if s.sent.start in acts]
        facts = {
            "share": len(spans) / len(named),
            "share_beside_act": len(told) / max(1, beside),
            "number": log1p(len(spans)),
            "located": log1p(sum(map(_is_located, spans))),
            "located_beside_act": log1p(sum(map(_is_located, told))),
            "people": sum(s.label_ == "people" for s in spans) / len(named),
            "first": float(spans[0] == named[0]),
            "writes": float(spans[0].id_ in WRITE_OF_OTHERS),
        }
        return sum(WEIGHTS[name] * value for name, value in facts.items())

    spans = max(by_state.values(), key=weight, default=[])
    if not spans or weight(spans) <= LEAST:
        return EventPlace()
    shown = next((s for s in spans if s.sent.start in acts and _is_located(s)), spans[0])
    of_state = [s for s in placed if s.id_ == shown.id_]
    return EventPlace(shown.id_, shown, _finest_place(doc, of_state, acts, dated))


def _finest_place(doc: Doc, spans: list[Span], acts: set[int], dated: Span | None) -> Span | None:
    """A name before that of the State, or of a city; first in the sentence of the date or of an act."""
    states = {s.start for s in spans if s.label_ in ("state", "region")}
    towns = {s.start: s.end for s in spans if s.label_ in ("city", "region")}
    cities = {s.start for s in spans if s.label_ == "city"}
    day = dated.sent.start if dated is not None else -1
    found = []
    for start, end in _names(doc):
        follows = doc[end].text in (",", "in") and bool({end + 1, end + 2} & states)
        if (follows and start not in states) or start in towns:
            sentence = doc[start].sent.start
            is_part = not follows and towns[start] != end  # "Denver Post"
            far = sentence != day, sentence not in acts
            is_region = not follows and start not in cities
            last = end if follows else towns[start]
            found.append((is_region, is_part, *far, not follows, start, last))
    return doc[slice(*min(found)[5:])] if found else None


def _names(doc: Doc) -> Iterator[tuple[int, int]]:
    """Start and end of names: words with capital letters, and small words between them."""
    dates = {i for span in doc.spans["dates"] for i in range(span.start, span.end)}
    end = 0
    for start in range(len(doc) - 1):
        if start < end or not _has_capital(doc[start]) or start in dates:
            continue
        goes_on = takewhile(
            lambda t: (
                not (t.is_sent_start or t.i in dates) and (_has_capital(t) or t.lower_ in _IN_NAMES)
            ),
            doc[start + 1 : len(doc) - 1],
        )
        end = 1 + max((t.i for t in goes_on if _has_capital(t)), default=start)
        if end - start <= _LONGEST:
            yield start, end


def _has_capital(token: Token) -> bool:
    return bool(token.text[0].isupper())


def _is_placed(span: Span) -> bool:
    """Whether a city's name stands where places do: at the beginning, or behind "in", "of", ","."""
    return span.start < 3 or span.doc[span.start - 1].lower_ in _BEFORE_CITY


def _is_part(span: Span) -> bool:
    """Whether a city's name is the beginning of a longer name: "San" of "San Pedro"."""
    doc, end = span.doc, span.end
    return end < len(doc) and doc[end].text[0].isupper() and not doc[end].is_sent_start


def _is_located(span: Span) -> bool:
    """Whether a name follows a word of place: "in Mali", "in the north, Mali", "in eastern Mali"."""
    before = [t.lower_ for t in span.doc[max(0, span.start - 4) : span.start]]
    if before[-1:] == [","]:
        return bool(_IN & set(before))
    return next((word for word in reversed(before) if word not in _BETWEEN), "") in _IN
