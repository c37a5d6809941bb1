"""Counts of the UPR study: of recommendations, the unit of the United Nations, and of pairs.

A pair is one recommendation and one State that made it. These functions say what is counted; the
tables of ``studies.shapes`` count it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

import pandas as pd

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Column, Finding
from hrdresearch.findings.publication_limits import FEWEST_KNOWN
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.count_tables import Content, Row, Share, table_of_counts

AnyStudy = TypeVar("AnyStudy", bound="Study")
RowsAndHidden: TypeAlias = tuple[Sequence[Row], Iterable[Content]]

RECOMMENDATIONS, PAIRS, PLEDGES = "recommendations", "pairs", "pledges"  # tables of the build
ALL, ON_DEFENDERS = "", " on defenders"
NOUNS = {
    RECOMMENDATIONS: ("recommendation", "recommendations"),
    PAIRS: ("pair", "recommendation-State pairs"),
    PLEDGES: ("pledge", "voluntary pledges"),
}
ANSWERED = ("supported", "noted", "mixed")
SUPPORTED = {"response_code": "supported"}
POSITION_KNOWN = {"response_code": list(ANSWERED)}
REVIEW = "review_id"
CLUSTER = "state_iso3"  # recommendations to one State are not independent, in whichever review
BOTH_UNITS = "recommendations; pairs"
KNOWN = (
    "Per cent supported: of the recommendations with a known position (supported, noted, in part). "
    f"No share is given of fewer than {FEWEST_KNOWN}, or where most positions are not known."
)
NOT_IMPLEMENTED = "Supported is not implemented."
TAGGED = {"is_source_tagged": "yes"}
BY_RULES = {"concern_code": "explicit"}
WORD = "defender"


def is_tagged(p: Population) -> bool:
    """Whether a source tags itself what is on defenders, as an index does."""
    return bool((p.frame["is_source_tagged"] != "not_asked").any())


def filter_on_defenders(p: Population) -> dict[str, Any]:
    """Filter of the rows on defenders: by the tag of a source that tags, else by the rules.

    Text, tables and maps all use this filter; the annex shows the other one beside it.
    """
    return dict(TAGGED) if is_tagged(p) else dict(BY_RULES)


def filter_implicit(p: Population) -> dict[str, Any]:
    """Filter of the rows that are implicitly on defenders, and not counted as on defenders."""
    return {"concern_code": "implicit"} | ({"is_source_tagged": "no"} if is_tagged(p) else {})


def category_column(p: Population) -> str:
    """Column of the action category: the source's own where it codes, else that of this draft."""
    is_coded = bool((p.frame["source_action_code"] != "not_asked").any())
    return "source_action_code" if is_coded else "action_code"


def filter_with_the_word(frame: pd.DataFrame) -> dict[str, Any]:
    """Filter of the rows whose English text has the word "defender", whatever a tag or a rule says."""
    held = frame["language_code"].eq("en") & frame["text"].str.contains(WORD, case=False)
    return {"recommendation_id": frame.loc[held, "recommendation_id"].drop_duplicates().tolist()}


def table_of_rows(rows: str) -> str:
    """The table that rows of this name are in.

    >>> table_of_rows("pairs on defenders")
    'pairs'
    """
    return rows.partition(ON_DEFENDERS)[0]


def count_of(
    rows: str, name: str, words: str, where: Mapping[str, Any] | None = None, **more: Any
) -> CountDraft:
    """A count of recommendations, pairs or pledges.

    rows: the table, and ``ON_DEFENDERS`` behind it for those explicitly on defenders. words: which
    of them are counted. where: row filter, in the columns of pairs. more: other fields of
    ``CountDraft``.

    >>> draft = count_of(PAIRS + ON_DEFENDERS, "hrd.noted", "noted", {"response_code": "noted"})
    >>> draft.definition, draft.unit, draft.rows
    ('recommendation-State pairs, noted', 'pair', 'pairs on defenders')
    """
    table = table_of_rows(rows)
    unit, noun = NOUNS[table]
    filter_ = filter_of_recommendations(where or {}) if table == RECOMMENDATIONS else where or {}
    return CountDraft(
        name,
        f"{noun}, {words}",
        filter_,
        more.pop("unit", unit),
        more.pop("column", None),
        rows=rows,
        **more,
    )


def count_reviews(
    rows: str, name: str, words: str, where: Mapping[str, Any] | None = None
) -> CountDraft:
    """A count of the reviews (a State and a session) in which the rows were made."""
    return count_of(rows, name, f"reviews {words}", where, unit="review", column=REVIEW)


def count_in_both_units(
    subject: str, name: str, words: str, where: Mapping[str, Any]
) -> tuple[CountDraft, CountDraft]:
    """Counts of recommendations (``NAME.recommendations``) and of pairs (``NAME``).

    subject: ``ALL`` or ``ON_DEFENDERS``. where: row filter, in the columns of pairs.
    """
    texts = f"{name.removesuffix('.pairs')}.recommendations"
    return (
        count_of(RECOMMENDATIONS + subject, texts, words, where),
        count_of(PAIRS + subject, name, words, where),
    )


def share_supported(rows: str, name: str, where: Mapping[str, Any], words: str) -> Share:
    """``NAME.supported.share``: supported in per cent of those with a known position.

    Its counts are ``NAME.supported``, ``NAME.answered`` and ``NAME.asked``.
    """
    return Share(
        count_of(rows, f"{name}.supported", f"{words}, supported", {**where, **SUPPORTED}),
        count_of(
            rows,
            f"{name}.answered",
            f"{words}, with a position that is known",
            {**where, **POSITION_KNOWN},
        ),
        f"{words}: supported, in per cent of those with a known position",
        f"{name}.supported.share",
        asked=count_of(rows, f"{name}.asked", f"{words}, whatever the position", where),
    )


def share_supported_in_both_units(
    subject: str, name: str, where: Mapping[str, Any], words: str
) -> tuple[Share, Share]:
    """Supported in per cent, of recommendations (``NAME.recommendations. ...``) and of pairs."""
    texts = f"{name}.recommendations"
    return (
        share_supported(RECOMMENDATIONS + subject, texts, where, words),
        share_supported(PAIRS + subject, name, where, words),
    )


def shares_in_both_units(
    stem: str, part: tuple[CountDraft, CountDraft], whole: tuple[CountDraft, CountDraft], words: str
) -> tuple[Share, Share]:
    """``STEM.recommendations.share`` and ``STEM.share``: one count in per cent of another, in both units."""
    return (
        Share(part[0], whole[0], words, f"{stem}.recommendations.share"),
        Share(part[1], whole[1], words, f"{stem}.share"),
    )


def filter_of_recommendations(where: Mapping[str, Any]) -> dict[str, Any]:
    """Turn a filter of pairs into one of recommendations, which have all their States in one cell.

    >>> filter_of_recommendations({"recommending_iso3": ["NOR", None]})
    {'recommending_codes': ['NOR', '']}
    """
    filter_ = dict(where)
    if "recommending_iso3" in filter_:
        wanted = filter_.pop("recommending_iso3")
        listed = wanted if isinstance(wanted, list) else [wanted]
        filter_["recommending_codes"] = ["" if state is None else state for state in listed]
    return filter_


def has_no_known_position(frame: pd.DataFrame) -> bool:
    """Whether there are rows, and none of them has a position that is known."""
    return len(frame) > 0 and not frame["response_code"].isin(ANSWERED).any()


def table_by_source(
    study: AnyStudy,
    name: str,
    title: str,
    columns: Sequence[Column],
    rows_of: Callable[[AnyStudy, Population], RowsAndHidden],
    **more: Any,
) -> Finding:
    """A table with the rows of one source after the other.

    rows_of: the rows of one source, and the counts and shares that the table does not show. more:
    other arguments of ``table_of_counts``.
    """
    parts = {p.slug: rows_of(study, p) for p in study.populations}
    more = {"unit": BOTH_UNITS, **more}
    return table_of_counts(
        study,
        name,
        title,
        columns,
        lambda p: parts[p.slug][0],
        beside=lambda p: parts[p.slug][1],
        **more,
    )


def columns_of_source(study: Study, p: Population, heads: Mapping[str, str]) -> list[Column]:
    """Columns of one source in a table with several columns for each source.

    heads: end of the column's key -> its head, which the title of the source precedes where there
    are several sources.
    """
    front = "" if study.only_list else f"{p.title}: "
    return [Column(f"{p.slug}{end}", f"{front}{head}") for end, head in heads.items()]
