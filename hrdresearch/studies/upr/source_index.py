"""UPR: recommendations that a source with an index tags itself, and the note on such a source."""

from __future__ import annotations

from collections.abc import Sequence

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Finding
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    Share,
    column_heads,
)
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import (
    ALL,
    PAIRS,
    RECOMMENDATIONS,
    SUPPORTED,
    TAGGED,
    WORD,
    RowsAndHidden,
    count_in_both_units,
    count_of,
    count_reviews,
    filter_with_the_word,
    is_tagged,
    table_by_source,
)
from hrdresearch.studies.upr.sentences_by_list import say_for_each_list
from hrdresearch.studies.upr.sentences_on_extent import tag_sentences
from hrdresearch.vocab import codes, label

SPLIT = (
    "An index such as UPR Info edits and splits texts: its recommendations are not the United "
    "Nations' own."
)


def notes_on_indexes(study: UprStudy) -> tuple[str, ...]:
    """The note on sources that are an index, which edits what it holds; empty without one."""
    is_index = any((p.frame["position_status_code"] == "index").any() for p in study.populations)
    return (SPLIT,) if is_index else ()


def index(study: UprStudy) -> Finding:
    """Recommendations that the source's own index tags, by position and by its action category."""
    finding = table_by_source(
        study,
        "index",
        "What the source's own index tags Human rights defenders",
        column_heads(
            "Action category",
            tagged="Recommendations",
            accepted="Supported",
            noted="Noted",
            both="In part",
            share="Supported, per cent",
        ),
        _tags_of_source,
        unit=RECOMMENDATIONS,
        notes=("By the source's own category. In part: texts with two answers.", SPLIT),
    )
    return say_for_each_list(study, finding, tag_sentences)


def _tags_of_source(study: UprStudy, p: Population) -> RowsAndHidden:
    if not is_tagged(p):
        return [], []
    reviews = count_reviews(
        RECOMMENDATIONS, "hrd.source_tagged.reviews", "with one so tagged", TAGGED
    )
    tags = [_tags_of_category(code) for code in ("", *codes("upr_action")[:5])]
    rows = [row for row, _ in tags]
    held = count_reviews(RECOMMENDATIONS, "extent.reviews", "that the source holds")
    every = count_of(
        RECOMMENDATIONS, "extent.recommendations", "told apart by State, session and text"
    )
    tagged = tags[0][0][1]
    assert isinstance(tagged, CountDraft)
    hidden: list[Content] = [
        *(pairs for _, hidden in tags for pairs in hidden),
        Share(tagged, every, "so tagged, in per cent of all", "hrd.source_tagged.of_all.share"),
        states_tagged(),
        makers_tagged(),
        reviews,
        Share(reviews, held, "reviews with one so tagged, in per cent of all reviews"),
    ]
    word_only = count_of(
        PAIRS,
        "index.word_only",
        f"with the word “{WORD}” in the text, and not tagged",
        {"is_source_tagged": "no", **filter_with_the_word(study.frame(p, PAIRS))},
    )
    return rows, [*hidden, word_only, *tags_beside_rules(), *_categories_of_accepted()]


def states_tagged() -> CountDraft:
    """Count of the States under review that received a recommendation with the tag."""
    return count_of(
        RECOMMENDATIONS,
        "hrd.source_tagged.states",
        "so tagged: States under review",
        TAGGED,
        unit="state",
        column="state_iso3",
    )


def makers_tagged() -> CountDraft:
    """Count of the States that made a recommendation with the tag."""
    return count_of(
        PAIRS,
        "hrd.source_tagged.recommending_states",
        "so tagged: States that made one",
        TAGGED,
        unit="state",
        column="recommending_iso3",
    )


def tags_beside_rules() -> list[Content]:
    """Counts of recommendations that both the tag and the rules of this draft count, or one alone."""
    explicit = {"concern_code": "explicit"}
    return [
        count_of(RECOMMENDATIONS, f"index.{key}", words, where)
        for key, words, where in (
            ("by_rules", "explicitly on defenders by the rules", explicit),
            ("both", "tagged, and explicitly on defenders by the rules", TAGGED | explicit),
            (
                "only_tagged",
                "tagged, and not explicitly on defenders by the rules",
                TAGGED | {"concern_code": ["implicit", "no"]},
            ),
            (
                "only_rules",
                "explicitly on defenders by the rules, and not tagged",
                {"is_source_tagged": "no"} | explicit,
            ),
        )
    ]


def _categories_of_accepted() -> list[Content]:
    """Specific and general ones among those that were accepted, in per cent."""
    accepted = TAGGED | SUPPORTED
    whole = count_of(
        RECOMMENDATIONS,
        "hrd.source_accepted.recommendations",
        "so tagged and accepted",
        accepted,
    )
    return [
        Share(
            count_of(
                RECOMMENDATIONS,
                f"hrd.source_category.{code}.accepted.recommendations",
                f"so tagged and accepted, category {code} ({label('upr_action', code)}) by the source",
                accepted | {"source_action_code": code},
            ),
            whole,
            f"category {code} by the source, in per cent of those tagged and accepted",
            f"hrd.source_category.{code}.of_accepted.share",
        )
        for code in "45"
    ]


def _tags_of_category(code: str) -> tuple[Row, Sequence[CountDraft]]:
    """A row of the index, and counts of pairs: one action category by the source, or all ("").

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
    row = (
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
    )
    return row, pairs
