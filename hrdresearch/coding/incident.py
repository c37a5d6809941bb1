"""What a text says of an attack on defenders: violations, perpetrator, victims, State, date.

spaCy finds the phrases of vocabulary ``incident``; a small model, where one was trained, weighs them
beside the words of the text. Facts are those that the text alleges; no person is named and none is
accused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from hrdresearch.coding.incident_date import VOCABULARY as DATES
from hrdresearch.coding.incident_date import date_of_act
from hrdresearch.coding.incident_place import place_of_act
from hrdresearch.text.pipeline import make_pipeline
from hrdresearch.vocab import codes

VOCABULARY = "incident"
LEAD = 600  # characters in which the attack itself is usually told
SHARE = 0.6  # a code counts beside the strongest from this share of its words on


@dataclass(frozen=True)
class Incident:
    """Facts that one report alleges; codes of vocabulary ``incident``.

    date: ISO 8601, as long as its precision (day, month, year) allows; empty when there is none.
    """

    violations: tuple[str, ...]
    perpetrator: str
    victims: tuple[str, ...]
    state_iso3: str | None
    year: int | None
    date: str = ""
    date_precision: str = "none"


def code_incident(text: str, published: str = "") -> Incident:
    """Read one text by rules; ``published`` (2021-03-08) completes the date."""
    doc = read_incident(text)
    counts = dict(zip(codes(VOCABULARY), count_codes(doc).tolist(), strict=True))
    violations = _strongest_codes("violation", counts, several=True)
    victims = _strongest_codes("victim", counts, several=True)
    perpetrator = _strongest_codes("perpetrator", counts, several=False)
    day = date_of_act(doc, published).day
    return Incident(
        violations or ("unknown",),
        perpetrator[0] if perpetrator else "insufficient_information",
        victims or ("insufficient_information",),
        place_of_act(doc).iso3,
        day.year,
        day.iso,
        day.precision,
    )


def read_incident(text: str) -> Doc:
    """A text read by spaCy: phrases of incidents, dates, places."""
    return _pipeline()(text)


@cache
def _pipeline() -> Language:
    pipeline = make_pipeline("en", VOCABULARY, DATES)
    pipeline.add_pipe("hrd_places")
    return pipeline


def count_codes(doc: Doc, until: int | None = None) -> np.ndarray:
    """How often phrases of each code stand in a text: log(1 + n), in the order of the vocabulary.

    until: only those that begin before this character.
    """
    found = Counter(s.label_ for s in doc.spans["codes"] if until is None or s.start_char < until)
    return np.log1p([found[code] for code in codes(VOCABULARY)])


def incident_features(texts: Sequence[str]) -> np.ndarray:
    """Counts of phrases of the whole text and of its lead, side by side: a row for each text."""
    docs = map(read_incident, texts)
    return np.stack([np.concatenate([count_codes(d), count_codes(d, LEAD)]) for d in docs])


def _strongest_codes(kind: str, counts: dict[str, float], several: bool) -> tuple[str, ...]:
    """Code of a kind with most words; where several may hold, those that come near it too."""
    by_code = {
        name.split(".", 1)[1]: count
        for name, count in counts.items()
        if name.startswith(f"{kind}.") and count > 0
    }
    if not several:
        return (max(by_code, key=by_code.__getitem__),) if by_code else ()
    most = max(by_code.values(), default=0.0)
    return tuple(code for code, count in by_code.items() if count >= SHARE * most)
