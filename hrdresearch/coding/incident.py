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

from hrdresearch.coding.incident_date import find_event_date
from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.states import all_codes, short_name

LEAD = 600  # characters in which the State of the attack usually stands
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
    """Read one report by rules; ``published`` (2021-03-08) completes the date."""
    counts = dict(zip(word_group_names(), count_group_words(text).tolist(), strict=True))
    violations = _strongest_codes("violation", counts, several=True)
    victims = _strongest_codes("victim", counts, several=True)
    perpetrator = _strongest_codes("perpetrator", counts, several=False)
    when = find_event_date(text, published)
    return Incident(
        violations or ("unknown",),
        perpetrator[0] if perpetrator else "insufficient_information",
        victims or ("insufficient_information",),
        most_named_state(text),
        when.year,
        when.iso,
        when.precision,
    )


def word_group_names() -> tuple[str, ...]:
    """Names of the word groups, such as ``violation.killing``."""
    groups = vocabulary("incident")["words"]
    return tuple(f"{kind}.{code}" for kind, codes in groups.items() for code in codes)


def count_group_words(text: str) -> np.ndarray:
    """How often words of each group stand in a report: log(1 + n), in the order of the names."""
    return np.asarray(np.log1p([len(p.findall(text)) for p in _patterns()]), dtype=float)


def incident_features(texts: Sequence[str]) -> np.ndarray:
    """Word counts of the whole report and of its lead, side by side: a row for each text."""
    return np.stack(
        [np.concatenate([count_group_words(t), count_group_words(t[:LEAD])]) for t in texts]
    )


def most_named_state(text: str) -> str | None:
    """State that the report names most, the lead counting more; None when it names none."""
    score: Counter[str] = Counter()
    for pattern, iso3 in _states():
        for found in pattern.finditer(text):
            score[iso3] += 3 if found.start() < LEAD else 1
    return score.most_common(1)[0][0] if score else None


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
