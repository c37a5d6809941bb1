"""UPR: States that supported all or none of what they received, and the numbers without them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.sentences import listed
from hrdresearch.studies.shapes.count_tables import Content
from hrdresearch.studies.upr.counts import (
    ON_DEFENDERS,
    POSITION_KNOWN,
    RECOMMENDATIONS,
    SUPPORTED,
    share_supported,
)
from hrdresearch.tables import select
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence, short_name

if TYPE_CHECKING:
    from hrdresearch.studies.upr.counted_rows import UprStudy
    from hrdresearch.studies.upr.sentences_by_list import NumbersOfList

FEWEST = (
    10  # recommendations on defenders with a known position; from here on a State is told apart
)
RULE = "States that received ten or more and supported all or none of them"


def few_states(answered: Mapping[str, int], supported: Mapping[str, int]) -> list[str]:
    """ISO3 codes of the States that received ten or more and supported all or none of them.

    answered, supported: recommendations by State, all of one group. Empty where no other State is left.

    >>> few_states({"COL": 33, "CUB": 11, "GTM": 17, "PER": 9}, {"COL": 33, "GTM": 14, "PER": 9})
    ['COL', 'CUB']
    """
    few = [
        state
        for state, number in answered.items()
        if number >= FEWEST and supported.get(state, 0) in (0, number)
    ]
    return sorted(few, key=alphabetical_key) if len(few) < len(answered) else []


def with_and_without_few(
    study: UprStudy, p: Population, stem: str, where: Mapping[str, Any]
) -> list[Content]:
    """Claims ``STEM.few.ISO3`` and ``STEM.rest``: what those States supported, and what the others did."""
    texts = study.frame(p, RECOMMENDATIONS + ON_DEFENDERS)
    known = texts[select(texts, {**where, **POSITION_KNOWN})]
    counts, supported = (
        {str(state): len(of) for state, of in rows.groupby("state_iso3")}
        for rows in (known, known[select(known, SUPPORTED)])
    )
    few = few_states(counts, supported)
    if not few:
        return []
    rows, rest = RECOMMENDATIONS + ON_DEFENDERS, sorted(set(counts) - set(few))
    each = [
        share_supported(
            rows, f"{stem}.few.{state.lower()}", {**where, "state_iso3": state},
            f"received by {short_name(state)}",
        )
        for state in few
    ]  # fmt: skip
    words = "received by the States that are not told apart"
    return [*each, share_supported(rows, f"{stem}.rest", {**where, "state_iso3": rest}, words)]


def few_told(n: NumbersOfList, stem: str) -> list[str]:
    """Each State that is told apart with its own count: ``Cuba zero of 11``; empty without one."""
    states = sorted(map(str, n.p.frame["state_iso3"].unique()), key=alphabetical_key)
    told = (
        n.fill_in(
            f"{name_in_sentence(state)} <{stem}.few.{state.lower()}.supported> of "
            f"<{stem}.few.{state.lower()}.answered>"
        )
        for state in states
    )
    return [text for text in told if text]


def without_few(n: NumbersOfList, stem: str) -> str:
    """Who these States are, and the rest without them: a clause with commas around it, or nothing."""
    rest = n.fill_in(
        f"all others <{stem}.rest.supported%{stem}.rest.supported.share> of <{stem}.rest.answered>"
    )
    told = few_told(n, stem)
    return f", of which {listed([*told, rest])}" if told and rest else ""
