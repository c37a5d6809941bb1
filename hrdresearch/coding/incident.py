"""What a news report says of an attack on defenders: violations, perpetrator, victims, State, date.

Rules read words of the field; a small model, where one was trained, weighs them beside the words of
the report. Facts are those that the report alleges; no person is named and none is accused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from hrdresearch.coding.incident_date import event_date
from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.states import all_codes, short_name

LEAD = 600  # characters in which the State of the attack usually stands
SHARE = 0.6  # of the strongest code, from which others hold too


@dataclass(frozen=True)
class Incident:
    """What was read in one report; codes of vocabulary ``incident``.

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
    """Read one report by rules; ``published`` (2021-03-08) completes the date."""
    counts = word_counts(text)
    names = feature_names()
    found = dict(zip(names, counts.tolist(), strict=True))
    violations = _most("violation", found, several=True)
    victims = _most("victim", found, several=True)
    perpetrator = _most("perpetrator", found, several=False)
    when = event_date(text, published)
    return Incident(
        violations or ("unknown",),
        perpetrator[0] if perpetrator else "insufficient_information",
        victims or ("insufficient_information",),
        state_of(text),
        when.year,
        when.iso,
        when.precision,
    )


def feature_names() -> tuple[str, ...]:
    """Names of the word groups, such as ``violation.killing``."""
    groups = vocabulary("incident")["words"]
    return tuple(f"{kind}.{code}" for kind, codes in groups.items() for code in codes)


def word_counts(text: str) -> np.ndarray:
    """How often words of each group stand in a report, on a logarithmic scale."""
    return np.asarray(np.log1p([len(p.findall(text)) for p in _patterns()]), dtype=float)


def features(texts: Sequence[str]) -> np.ndarray:
    """Counts over the whole report and over its lead, side by side."""
    return np.stack([np.concatenate([word_counts(t), word_counts(t[:LEAD])]) for t in texts])


def state_of(text: str) -> str | None:
    """State that the report names most, the lead counting more; None when it names none."""
    score: Counter[str] = Counter()
    for pattern, iso3 in _states():
        for found in pattern.finditer(text):
            score[iso3] += 3 if found.start() < LEAD else 1
    return score.most_common(1)[0][0] if score else None


def _most(kind: str, found: dict[str, float], several: bool) -> tuple[str, ...]:
    own = {k.split(".", 1)[1]: v for k, v in found.items() if k.startswith(f"{kind}.") and v > 0}
    if not own:
        return ()
    best = max(own.values())
    if not several:
        return (max(own, key=lambda c: own[c]),)
    return tuple(c for c, v in own.items() if v >= SHARE * best)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    groups = vocabulary("incident")["words"]
    return tuple(
        re.compile(r"\b(?:" + "|".join(words) + ")", re.IGNORECASE)
        for codes in groups.values()
        for words in codes.values()
    )


@cache
def _states() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Names of States and of their people; a city or a party is in the vocabulary where needed."""
    extra: dict[str, Any] = vocabulary("incident")["states"]
    endings = r"(?:n|an|ian|ese|i|s|'s)?"
    return tuple(
        (
            re.compile(
                r"\b(?:"
                + "|".join(re.escape(w) for w in [short_name(iso3), *extra.get(iso3, [])])
                + rf"){endings}\b"
            ),
            iso3,
        )
        for iso3 in all_codes()
    )
