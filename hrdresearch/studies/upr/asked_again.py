"""UPR: what is asked on defenders again in a later cycle, and what became of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import pandas as pd

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Finding
from hrdresearch.studies.shapes.count_tables import Content, Row, column_heads
from hrdresearch.studies.upr.counts import (
    NOT_IMPLEMENTED,
    ON_DEFENDERS,
    PAIRS,
    RECOMMENDATIONS,
    RowsAndHidden,
    count_of,
    table_by_source,
)
from hrdresearch.studies.upr.sentences_by_list import say_for_each_list
from hrdresearch.studies.upr.sentences_on_requests import CHANGES, repeats_said
from hrdresearch.vocab import label
from hrdresearch.vocab.upr import sessions_of_cycle

if TYPE_CHECKING:
    from hrdresearch.studies.upr.counted_rows import UprStudy


def repeats(study: UprStudy) -> Finding:
    """Requests made again in a later cycle, by the answer before and the answer after."""
    finding = table_by_source(
        study,
        "repeats",
        "Requests on defenders made again in a later cycle, and what became of them",
        column_heads("Positions", n="Recommendations"),
        _repeats_of_source,
        empty="drop rows",
        unit="recommendations",
        notes=(
            "Recognized by likeness of the texts, across the sources of the build; States word one "
            "request in many ways, so the numbers are lower bounds.",
            NOT_IMPLEMENTED,
        ),
    )
    return say_for_each_list(study, finding, repeats_said)


def _repeats_of_source(study: UprStudy, p: Population) -> RowsAndHidden:
    texts = study.frame(p, RECOMMENDATIONS + ON_DEFENDERS)
    again = texts[texts["repeat_of"].notna()]
    every = study.build.table(RECOMMENDATIONS).set_index("recommendation_id")["response_code"]
    before = again["repeat_of"].map(every)
    changes = sorted(pair for pair in zip(before, again["response_code"], strict=True) if all(pair))
    rows: list[Row] = []
    for old, new in dict.fromkeys((*CHANGES, *changes)):
        ids = again.loc[(before == old) & (again["response_code"] == new), "recommendation_id"]
        count = count_of(
            RECOMMENDATIONS + ON_DEFENDERS,
            f"repeats.{old}_{new}",
            f"on defenders, asked again: {old}, then {new}",
            {"recommendation_id": ids.tolist()},
        )
        then = label("upr_response", new).lower()
        rows.append((f"{label('upr_response', old)}, asked again, then {then}", count))
    total = count_of(
        RECOMMENDATIONS + ON_DEFENDERS,
        "repeats.recommendations",
        "on defenders, asked before in an earlier cycle",
        {"repeat_of": {"recorded": True}},
    )
    return [*rows, ("All that were asked again", total)], _states_asked_again(study, p)


def _states_asked_again(study: UprStudy, p: Population) -> list[Content]:
    """States asked in a cycle and reviewed in a later one, and those of them asked again."""
    asked = study.frame(p, PAIRS + ON_DEFENDERS)
    first = asked.groupby("state_iso3")["cycle"].min().dropna()
    last_review = study.reviewed_pairs(p).groupby("state_iso3")["cycle"].max()
    last_asked = asked.groupby("state_iso3")["cycle"].max()
    reviewed = first[last_review.reindex(first.index) > first].index
    again = [state for state in reviewed if last_asked[state] > first[state]]
    first_review = study.reviewed_pairs(p).groupby("state_iso3")["cycle"].min()
    twice = first_review.index[(last_review > first_review)]
    without = [s for s in twice if s not in first.index or first[s] > first_review[s]]
    later = [s for s in without if s in first.index]
    others = "States without a recommendation on defenders in their first cycle held"
    words = "States with a recommendation on defenders in a cycle and under review in a later one"
    texts = study.frame(p, RECOMMENDATIONS)
    cycle = int(last_review.max()) if len(last_review.dropna()) else 1
    held = texts.loc[texts["cycle"].eq(cycle), "session"].nunique()
    means = (_mean_later(texts, first, reviewed), _mean_later(texts, first_review, without))
    average = "recommendations of any kind received in later cycles, on average"
    return [
        measured_claim(p, f"repeats.{key}", number, unit, said, "computed")
        for key, number, unit, said in (
            ("reviewed_again", len(reviewed), "state", words),
            ("received_again", len(again), "state", f"{words} that received one again"),
            (
                "reviewed_without",
                len(without),
                "state",
                f"{others} and under review in a later one",
            ),
            ("received_later", len(later), "state", f"{others} that received one in a later one"),
            ("any.first", round(means[0]), "recommendation", f"{words}: {average}"),
            ("any.others", round(means[1]), "recommendation", f"{others}: {average}"),
            ("sessions.held", held, "session", "sessions of the last cycle that are held"),
            ("sessions.of", len(sessions_of_cycle(cycle)), "session", "sessions of the last cycle"),
        )
    ]


def _mean_later(texts: pd.DataFrame, first: pd.Series, states: Collection[str]) -> float:
    """Recommendations of any kind to these States after their first cycle, the mean of a State."""
    later = texts[texts["state_iso3"].isin(states)]
    later = later[later["cycle"] > later["state_iso3"].map(first)]
    return len(later) / len(states) if len(states) else 0.0
