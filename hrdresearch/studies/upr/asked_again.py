"""UPR: requests on defenders that are made again in a later cycle, and the answers to both."""

from __future__ import annotations

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Finding
from hrdresearch.studies.shapes.count_tables import Content, Row, column_heads
from hrdresearch.studies.upr.counted_rows import UprStudy
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
from hrdresearch.studies.upr.sentences_on_requests import CHANGES, repeat_sentences
from hrdresearch.vocab import label


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
            "Recognized by likeness of the texts (cosine of weighted words) of 0.5 or more, or 0.2 where "
            "both ask the same kind on defenders. Other wordings of one request are missed, and like "
            "wordings of two may be taken for one.",
            NOT_IMPLEMENTED,
        ),
    )
    return say_for_each_list(study, finding, repeat_sentences)


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
    """Counts of States reviewed in two cycles or more: asked in the first, in a later one, in both."""
    asked, reviewed = study.frame(p, PAIRS + ON_DEFENDERS), study.reviewed_pairs(p)
    first = reviewed.groupby("state_iso3")["cycle"].min()
    twice = first[reviewed.groupby("state_iso3")["cycle"].max() > first]
    cycles = asked.groupby("state_iso3")["cycle"].agg(["min", "max"]).reindex(twice.index)
    before, later = cycles["min"].eq(twice), cycles["max"].gt(twice)
    before, later = (found.fillna(False).astype(bool) for found in (before, later))
    gained, lost = int((later & ~before).sum()), int((before & ~later).sum())
    words = "States under review in two cycles or more"
    numbers = [
        ("reviewed_twice", len(twice), words),
        ("reviewed_again", int(before.sum()), f"{words}, with one on defenders in the first"),
        ("received_again", int((before & later).sum()), f"{words}, with one in both"),
        ("received_any_later", int(later.sum()), f"{words}, with one in a later cycle"),
        ("received_later", gained, f"{words}, with one in a later cycle only"),
        ("received_before", lost, f"{words}, with one in the first cycle only"),
    ]
    return [
        measured_claim(p, f"repeats.{key}", number, "state", said, "computed")
        for key, number, said in numbers
    ]
