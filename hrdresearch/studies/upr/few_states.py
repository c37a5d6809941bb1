"""UPR: numbers that one or two States carry, and the same numbers without them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hrdresearch.findings.make_claims import Population, text_claim
from hrdresearch.findings.model import SCOPE
from hrdresearch.findings.sentences import listed
from hrdresearch.studies.shapes.count_tables import Content
from hrdresearch.studies.upr.counts import ON_DEFENDERS, RECOMMENDATIONS, share_supported
from hrdresearch.tables import select
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence

if TYPE_CHECKING:
    from hrdresearch.studies.upr.counted_rows import UprStudy
    from hrdresearch.studies.upr.sentences_by_list import NumbersOfList

OF_A_GROUP, OF_ALL = 0.4, 0.1  # of the recommendations on defenders; from here on States are named
MOST = 2  # States


def few_states(received: Mapping[str, int], part: float) -> list[str]:
    """ISO3 codes of the one or two States that received a part or more of all; empty where none did.

    received: recommendations by State, all of one group.

    >>> few_states({"COL": 33, "MEX": 34, "GTM": 27}, 0.4), few_states({"FJI": 1, "KEN": 1, "NOR": 8}, 0.4)
    (['COL', 'MEX'], ['NOR'])
    >>> few_states({"FJI": 1, "KEN": 1, "CHL": 1, "MEX": 1, "NOR": 1, "CHE": 1}, 0.4)
    []
    """
    order = sorted(received, key=lambda state: (-received[state], state))
    for number in range(1, MOST + 1):
        few = order[:number]
        if sum(received[s] for s in few) >= part * sum(received.values()):
            return sorted(few) if len(order) > number else []
    return []


def with_and_without_few(
    study: UprStudy, p: Population, stem: str, where: Mapping[str, Any], part: float
) -> list[Content]:
    """Claims ``STEM.few`` and ``STEM.rest``: what those few States supported, and what the others did."""
    texts = study.frame(p, RECOMMENDATIONS + ON_DEFENDERS)
    received = texts.loc[select(texts, where), "state_iso3"].value_counts().to_dict()
    few = few_states(received, part)
    if not few:
        return []
    few = sorted(few, key=alphabetical_key)
    rest = sorted(set(received) - set(few))
    names = listed([name_in_sentence(state) for state in few])
    rows = RECOMMENDATIONS + ON_DEFENDERS
    words = "States that received most on defenders in this group"
    return [
        text_claim(p.claim_name(f"{stem}.few.states"), names, f"{p.title}: {words}", SCOPE),
        share_supported(rows, f"{stem}.few", {**where, "state_iso3": few}, f"received by {names}"),
        share_supported(
            rows, f"{stem}.rest", {**where, "state_iso3": rest}, f"not received by {names}"
        ),
    ]


def without_few(n: NumbersOfList, stem: str) -> str:
    """Who these States are, and the rest without them: a clause with commas around it, or nothing."""
    return n.fill_in(
        f", of which <{stem}.few.states> <{stem}.few.supported> of <{stem}.few.answered> and all "
        f"others <{stem}.rest.supported%{stem}.rest.supported.share> of <{stem}.rest.answered>"
    )
