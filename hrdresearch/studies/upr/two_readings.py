"""UPR: recommendations on defenders by the rules of this draft, and by the tag of an index; for the annex.

Text, tables and maps use one of the two for each source: its tag where it tags, else the rules.
"""

from __future__ import annotations

from typing import Any

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Finding
from hrdresearch.studies.shapes.count_tables import Row, column_heads
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import (
    BY_RULES,
    KNOWN,
    PAIRS,
    RECOMMENDATIONS,
    TAGGED,
    RowsAndHidden,
    count_in_both_units,
    count_of,
    count_reviews,
    is_tagged,
    share_supported,
    table_by_source,
)
from hrdresearch.studies.upr.sentences_by_list import say_for_each_list
from hrdresearch.studies.upr.sentences_on_extent import sentence_on_other_reading
from hrdresearch.studies.upr.source_index import tags_beside_rules


def two_readings(study: UprStudy) -> Finding:
    """Recommendations on defenders by the tag of an index and by the rules, and their answers."""
    finding = table_by_source(
        study,
        "two_readings",
        "Recommendations on defenders by the tag of the index and by the rules of this draft",
        column_heads(
            "Reading",
            recommendations="Recom.",
            supported="Supported",
            share="Per cent",
            reviews="Reviews",
            received="States that received",
            made="States that made",
            pairs="Pairs",
        ),
        _readings_of_source,
        notes=(KNOWN,),
    )
    return say_for_each_list(study, finding, sentence_on_other_reading)


def _readings_of_source(_: UprStudy, p: Population) -> RowsAndHidden:
    if not is_tagged(p):
        return [], []
    return [
        _reading("tag", "By the tag of the index", TAGGED),
        _reading("rules", "By the rules of this draft", BY_RULES),
        _reading("both", "By both", TAGGED | BY_RULES),
    ], tags_beside_rules()


def _reading(key: str, title: str, where: dict[str, Any]) -> Row:
    stem, words = f"readings.{key}", f"on defenders {title[:1].lower()}{title[1:]}"
    texts, pairs = count_in_both_units("", stem, words, where)
    share = share_supported(RECOMMENDATIONS, stem, where, words)
    received, made = (
        count_of(rows, f"{stem}.{end}", f"{words}: {said}", where, unit="state", column=column)
        for rows, end, said, column in (
            (RECOMMENDATIONS, "received", "States that received one", "state_iso3"),
            (PAIRS, "made", "States that made one", "recommending_iso3"),
        )
    )
    reviews = count_reviews(RECOMMENDATIONS, f"{stem}.reviews", words, where)
    return title, texts, share.part, share, reviews, received, made, pairs
