"""Who did it and to whom: phrases weighed by where they stand beside the words of acts.

Rules over words, not a parse. Before an act in the active ("police arrested") stands who did it, and
behind it to whom; with "was" or "were" before the act it is the other way round, and "by" names who did
it wherever it stands. What stands beside no act counts little.
"""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Doc, Span

from hrdresearch.coding.incident_date import acts_of

IN_ROLE, OUT_OF_ROLE, ELSEWHERE = 1.0, 0.3, 0.15
BY = 1.5  # weight of a phrase after "by"
NEAR = 5  # words from an act that halve the weight
LEAD = 600  # words into the text that halve the weight of a sentence
TOLD = 3.0  # weight of words that say that nothing is known
UNKNOWN = "perpetrator.insufficient_information"
_PASSIVE = frozenset(["was", "were", "been", "being", "is", "are", "be", "got"])


def weigh_codes(doc: Doc, kind: str) -> dict[str, float]:
    """Weight of each code of a kind (``perpetrator``, ``victim``) in a text.

    A sentence counts once for a code, by its best phrase; later sentences count less.
    """
    acts: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for act in acts_of(doc):
        acts[doc[act].sent.start].append((act, _is_passive(doc, act)))
    best: dict[tuple[str, int], float] = {}
    for span in doc.spans["codes"]:
        if span.label_.startswith(f"{kind}."):
            start = span.sent.start
            weight = max([ELSEWHERE, *(_beside(span, *a, kind) for a in acts[start])])
            if span.label_ == UNKNOWN and len(span) > 1:
                weight = TOLD
            key = span.label_, start
            best[key] = max(best.get(key, 0.0), weight * LEAD / (LEAD + start))
    found: dict[str, float] = defaultdict(float)
    for (code, _), weight in best.items():
        found[code.split(".", 1)[1]] += weight
    return dict(found)


def _beside(span: Span, act: int, is_passive: bool, kind: str) -> float:
    """Weight of a phrase by its place before or behind one act."""
    is_before = span.end <= act
    between = span.doc[span.end : act] if is_before else span.doc[act + 1 : span.start]
    is_by = not is_before and any(t.lower_ == "by" for t in between)
    acts = is_by or is_before != is_passive
    weight = BY if is_by and kind == "perpetrator" else IN_ROLE
    if acts != (kind == "perpetrator"):
        weight = OUT_OF_ROLE
    return weight * NEAR / (NEAR + len(between))


def _is_passive(doc: Doc, act: int) -> bool:
    return any(t.lower_ in _PASSIVE for t in doc[max(0, act - 3) : act])
