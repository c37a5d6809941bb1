"""UPR: what a source that is an index tags itself, and the note that goes with such a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Finding
from hrdresearch.studies.shapes.count_tables import (
    Row,
    Share,
    column_heads,
)
from hrdresearch.studies.upr.counts import (
    ALL,
    RECOMMENDATIONS,
    SUPPORTED,
    RowsAndHidden,
    count_in_both_units,
    count_of,
    count_reviews,
    table_by_source,
)
from hrdresearch.vocab import codes, label

if TYPE_CHECKING:
    from hrdresearch.studies.upr.counted_rows import UprStudy

TAGGED = {"is_source_tagged": "yes"}
SPLIT = (
    "An index such as UPR Info edits and splits texts: its pairs, and the texts told apart here, are "
    "not the United Nations' own recommendations."
)


def notes_on_indexes(study: UprStudy) -> tuple[str, ...]:
    """The note on sources that are an index, which edits what it holds; empty without one."""
    is_index = any((p.frame["position_status_code"] == "index").any() for p in study.populations)
    return (SPLIT,) if is_index else ()


def index(study: UprStudy) -> Finding:
    """What the source's own index tags, by position and by the source's action category."""
    return table_by_source(
        study,
        "index",
        "What the source's own index tags Human rights defenders",
        column_heads(
            "Action category by the source",
            tagged="Recom. tagged",
            accepted="accepted",
            noted="noted",
            both="two answers",
            share="per cent accepted",
            pairs="Pairs tagged",
            pairs_accepted="accepted",
            pairs_noted="noted",
        ),
        _tags_of_source,
        notes=(
            "The index and the coding of this report are two readings; the annex on "
            "the quality of the coding says how far they agree.",
            SPLIT,
        ),
    )


def _tags_of_source(_: UprStudy, p: Population) -> RowsAndHidden:
    if (p.frame["is_source_tagged"] == "not_asked").all():
        return [], []
    states = count_of(
        RECOMMENDATIONS,
        "hrd.source_tagged.states",
        "so tagged: States under review",
        TAGGED,
        unit="state",
        column="state_iso3",
    )
    reviews = count_reviews(
        RECOMMENDATIONS, "hrd.source_tagged.reviews", "with one so tagged", TAGGED
    )
    return [_tags_of_category(code) for code in ("", *codes("upr_action")[:5])], [states, reviews]


def _tags_of_category(code: str) -> Row:
    """A row of the index: one action category by the source, or all where the code is empty.

    Names of counts of pairs: source_tagged, source_accepted, source_noted, source_category.
    """
    whole = f"hrd.source_category.{code}" if code else "hrd.source_tagged"
    stem = f"{whole}." if code else "hrd.source_"
    where = TAGGED | ({"source_action_code": code} if code else {})
    said = f", category {code} ({label('upr_action', code)}) by the source" if code else ""
    texts, pairs = zip(
        count_in_both_units(
            ALL, whole, f"tagged Human rights defenders by the source{said}", where
        ),
        count_in_both_units(
            ALL, f"{stem}accepted", f"so tagged and accepted{said}", where | SUPPORTED
        ),
        count_in_both_units(
            ALL, f"{stem}noted", f"so tagged and noted{said}", where | {"response_code": "noted"}
        ),
        strict=True,
    )
    return (
        f"{code}. {label('upr_action', code)}" if code else "All that are tagged",
        *texts,
        count_of(
            RECOMMENDATIONS,
            f"{whole}.in_part.recommendations",
            f"so tagged, with two answers{said}",
            where | {"response_code": "mixed"},
        ),
        Share(
            texts[1],
            texts[0],
            f"so tagged{said}: accepted, in per cent",
            f"{whole}.recommendations.share",
        ),
        *pairs,
    )
