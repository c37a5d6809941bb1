"""What a text says of an attack on defenders: violations, perpetrator, victims, State, date.

spaCy finds the phrases of vocabulary ``incident``. The facts are what the text alleges; no person is named
and none is accused. The order of words tells who did an act and to whom; no sentence is parsed:

- "police arrested him": who did it stands before the act, and the victim after it.
- "he was arrested": with "was", "were" or the like before the act, it is the other way round.
- "arrested by police": after "by" always stands who did it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from hrdresearch.coding.incident_date import VOCABULARY as DATES
from hrdresearch.coding.incident_date import acts_of, date_of_act
from hrdresearch.coding.incident_place import place_of_act
from hrdresearch.text.clauses import is_denied, is_within
from hrdresearch.text.pipeline import COMPONENTS, nlp
from hrdresearch.vocab import codes

VOCABULARY, ACTS, CHARGE = "incident", "incident_act", "charge"
LEAD = 600  # characters at the start of a text, in which the attack itself is usually told
LEAD_WORDS = 150  # a violation so many words after the start has half the weight
EARLY_WORDS, TOLD = 100, 0.6  # the same for acts; least weight of an act that is coded
LATE_WORDS = 400  # the same for charges of a person who was arrested: texts tell them further down
UNTOLD = "insufficient_information"
WITHOUT_STATE = ("actors_without_permissions", "other_non_state")
_ARTICLES = frozenset(["the", "a", "an"])
# A code with less than this share of the weight of the strongest code is left out.
SHARE = {"violation": 0.2, "victim": 0.4}
SHARE_UNTOLD = 0.3  # the same for the code of victims of whom the text says too little
# Weight of a phrase where its place fits the role, where it does not, and in a sentence without an act.
IN_ROLE, OUT_OF_ROLE, ELSEWHERE = 1.0, 0.3, 0.15
BY = 1.5  # weight of a perpetrator after "by"
NEAR = 5  # a phrase so many words from the act has half the weight
LEAD_OF_ROLES = 600  # a sentence so many words after the start has half the weight
UNKNOWN = f"perpetrator.{UNTOLD}"
UNKNOWN_TOLD = 3.0  # weight of words which say that nothing is known of the perpetrator
_PASSIVE = frozenset(["was", "were", "been", "being", "is", "are", "be", "got"])


@dataclass(frozen=True)
class Incident:
    """Facts that one report alleges; codes of vocabulary ``incident``.

    date: ISO 8601, as long as its precision (day, month, year) allows; empty when there is none.
    spans: the words for date, place and State, by field, where the text has some.
    """

    violations: tuple[str, ...]
    perpetrator: str
    victims: tuple[str, ...]
    state_iso3: str | None
    date: str = ""
    place: str = ""
    acts: tuple[str, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict, compare=False)


def code_incident(text: str, published: str = "") -> Incident:
    """Facts that a text alleges, found by rules.

    published: day of publication (2021-03-08), by which words such as "on Friday" become a date.
    """
    return code_read_incident(read_incident(text), published)


def code_read_incident(doc: Doc, published: str = "") -> Incident:
    """Facts that a text alleges. doc: from ``read_incident``. published: as for ``code_incident``."""
    perpetrators = weigh_codes(doc, "perpetrator")
    perpetrator = max(perpetrators, key=perpetrators.__getitem__, default=UNTOLD)
    when = date_of_act(doc, published)
    where = place_of_act(doc, when.span)
    spans = {"date": when.span, "place": where.place, "state_iso3": where.state_span}
    return Incident(
        _violations(doc, perpetrator) or ("unknown",),
        perpetrator,
        _victims(weigh_codes(doc, "victim")),
        where.iso3,
        when.day.iso,
        str(where.place or ""),
        told_acts(doc),
        {name: span for name, span in spans.items() if span is not None},
    )


def read_incident(text: str) -> Doc:
    """Read a text with spaCy: its phrases of incidents, dates and places are marked."""
    return _pipeline()(text)


def read_incidents(texts: Iterable[str], n_process: int = 1) -> Iterator[Doc]:
    """Read many texts as ``read_incident`` reads one, in their order; n_process: processes of spaCy."""
    return _pipeline().pipe(texts, n_process=n_process)


def _pipeline() -> Language:
    parts = (*COMPONENTS, "hrd_places")
    return nlp("en", VOCABULARY, ACTS, DATES, "victim_words", components=parts)


def told_acts(doc: Doc) -> tuple[str, ...]:
    """Codes of vocabulary ``incident_act`` for the acts that a text tells early or often enough."""
    weights: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for span in doc.spans["codes"]:
        if span.id_.startswith(f"{ACTS}:") and not is_not_told(span):
            weights[span.label_] += EARLY_WORDS / (EARLY_WORDS + span.start)
            late[span.label_] += LATE_WORDS / (LATE_WORDS + span.start)
    if weights["arrest"] >= TOLD:
        weights |= Counter({code: late[code] for code in (CHARGE, "charges_dropped")})
    return tuple(code for code in codes(ACTS) if weights[code] >= TOLD)


def is_not_told(span: Span) -> bool:
    """Whether the text denies an act. A charge that the accused denies was brought all the same."""
    return is_denied(span) if span.label_ == CHARGE else is_within(span, "denied", but="lacking")


def weigh_codes(doc: Doc, kind: str) -> dict[str, float]:
    """Weight of each code of a kind (``perpetrator``, ``victim``) in a text.

    A sentence counts once for a code, by its best phrase; later sentences count less.
    """
    acts: dict[int, list[int]] = defaultdict(list)
    for act in acts_of(doc):
        acts[doc[act].sent.start].append(act)
    best: dict[tuple[str, int], float] = defaultdict(float)
    for span in (s for s in doc.spans["codes"] if s.label_.startswith(f"{kind}.")):
        start = span.sent.start
        is_told = span.label_ == UNKNOWN and len(span) > 1
        weight = max([ELSEWHERE, *(_beside(span, act, kind) for act in acts[start])])
        key = span.label_.partition(".")[2], start
        weight = UNKNOWN_TOLD if is_told else weight
        best[key] = max(best[key], weight * LEAD_OF_ROLES / (LEAD_OF_ROLES + start))
    found: dict[str, float] = defaultdict(float)
    for (code, _), weight in best.items():
        found[code] += weight
    return dict(found)


def _beside(span: Span, act: int, kind: str) -> float:
    """Weight of a phrase by its place before or behind one act."""
    doc, is_before, is_perpetrator = span.doc, span.end <= act, kind == "perpetrator"
    is_passive = any(t.lower_ in _PASSIVE for t in doc[max(0, act - 3) : act])
    between = doc[span.end : act] if is_before else doc[act + 1 : span.start]
    is_by = not is_before and any(t.lower_ == "by" for t in between)
    is_in_role = (is_by or is_before != is_passive) == is_perpetrator
    in_role = BY if is_by and is_perpetrator else IN_ROLE
    return (in_role if is_in_role else OUT_OF_ROLE) * NEAR / (NEAR + len(between))


def incident_features(texts: Sequence[str]) -> np.ndarray:
    """Numbers from which a coder can be trained, a row for each text.

    Columns, in the order of the codes: phrases of each code in the whole text, the same in its first
    ``LEAD`` characters, and the weights of perpetrators and victims; of each number n, log(1 + n).
    """
    return np.log1p([_features(doc) for doc in read_incidents(texts)])


def _features(doc: Doc) -> list[float]:
    order = [tuple(code.split(".")) for code in codes(VOCABULARY)]
    spans = doc.spans["codes"]
    whole = Counter(span.label_ for span in spans)
    lead = Counter(span.label_ for span in spans if span.start_char < LEAD)
    numbers = [float(counts[".".join(code)]) for counts in (whole, lead) for code in order]
    roles = {kind: weigh_codes(doc, kind) for kind in ("perpetrator", "victim")}
    return numbers + [roles[kind].get(code, 0.0) for kind, code in order if kind in roles]


def _violations(doc: Doc, perpetrator: str) -> tuple[str, ...]:
    """Violations that weigh enough; torture without a part of the State counts as another violation."""
    weights: Counter[str] = Counter()
    for span in doc.spans["codes"]:
        kind, _, code = span.label_.partition(".")
        if kind == "violation" and not _is_no_act(span):
            is_of_state = code != "torture" or perpetrator not in WITHOUT_STATE
            weights[code if is_of_state else "other"] += LEAD_WORDS / (LEAD_WORDS + span.start)
    if "enforced_disappearance" in weights:
        del weights["arbitrary_detention"]
    return _near_the_strongest("violation", weights)


def _victims(weights: dict[str, float]) -> tuple[str, ...]:
    """Kinds of victims that weigh enough; "too little is told" only where the others do not outweigh it."""
    untold = weights.pop(UNTOLD, 0.0)
    is_untold = not weights or untold >= SHARE_UNTOLD * max(weights.values())
    found = _near_the_strongest("victim", weights)
    return tuple(sorted({*found, UNTOLD})) if is_untold else found


def _near_the_strongest(kind: str, weights: Mapping[str, float]) -> tuple[str, ...]:
    """Codes with at least ``SHARE`` of the weight of the strongest, in alphabetical order."""
    least = SHARE[kind] * max(weights.values(), default=0.0)
    return tuple(sorted(code for code, weight in weights.items() if weight >= least))


def _is_no_act(span: Span) -> bool:
    """Whether words are denied, or tell no act: "the jailed writer", "a protest in the city"."""
    before = span.doc[span.start - 1].lower_ if span.start else ""
    is_attribute = len(span) == 1 and before in _ARTICLES and span.text.lower().endswith("ed")
    return is_attribute or is_within(span, "denied", but="lacking")
