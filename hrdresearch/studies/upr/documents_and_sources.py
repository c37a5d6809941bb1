"""UPR: what was found in each document, and what differs between sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrdresearch.findings.make_claims import text_claim
from hrdresearch.findings.model import SCOPE, Claim, Column, Finding
from hrdresearch.findings.sentences import tag
from hrdresearch.studies.shapes.build_account import build_claim
from hrdresearch.studies.shapes.count_tables import Row, column_heads, content_cell, text_columns
from hrdresearch.studies.upr.counts import BOTH_UNITS, PAIRS, RECOMMENDATIONS, REVIEW
from hrdresearch.studies.upr.sentences_on_extent import ranges_in_words
from hrdresearch.studies.upr.source_index import notes_on_indexes
from hrdresearch.studies.upr.sources_apart import reviews_in_words
from hrdresearch.vocab import label
from hrdresearch.vocab.states import short_name

if TYPE_CHECKING:
    from hrdresearch.studies.upr.counted_rows import UprStudy

NOT_IN_THE_FILE = "not recorded in the file"
FOUND = (  # key in documents.json, unit, definition
    ("recommendations", "recommendation", "numbered recommendations"),
    ("pairs", "pair", "recommendation-State pairs"),
    ("gaps", "row", "paragraph numbers that are missing"),
    ("without_state", "recommendation", "recommendations without a known State"),
)
COMPARED = {  # key in differences.json -> definition
    "reviews": "reviews that both hold",
    "in_a": "in the first, of reviews that both hold",
    "supported_a": "in the first, of reviews that both hold, supported",
    "in_b": "in the second, of reviews that both hold",
    "supported_b": "in the second, of reviews that both hold, supported",
    "same": "recommendations that stand in both",
    "only_a": "in the first only, of reviews that both hold",
    "only_b": "in the second only, of reviews that both hold",
    "other_position": "in both, with another position",
    "other_states": "in both, with other recommending States",
    "other_wording": "in both, with another wording",
}


def documents(study: UprStudy) -> Finding:
    """What was found in each document that numbers its recommendations."""
    claims, rows = [], []
    told: set[str] = set()
    slugs = {p.slug for p in (*study.populations, *study.told_apart)}
    state = str(study.params.get("state") or "all")
    for i, record in enumerate(study.build.extras("documents") or [], start=1):
        if record["source"] not in slugs or state not in ("all", record["iso3"]):
            continue
        told.add(record["source"])
        name = short_name(record["iso3"])
        symbol = f", {record['symbol']}" if record["symbol"] else ""
        version = "" if record["is_counted"] else " (earlier version)"
        counts = [
            build_claim(
                f"documents.{i}.{key}",
                record[key],
                f"{record['symbol'] or 'document'}, {name}: {words}",
                record["source"],
                unit=unit,
                table=RECOMMENDATIONS,
            )
            for key, unit, words in FOUND
        ]
        claims += counts
        positions = ", ".join(label("upr_response", code) for code in record["positions"])
        if positions and record["is_taken_over"]:
            positions += " (earlier version)"
        row: Row = (
            f"{name}{symbol}{version}",
            f"{record['first']}–{record['last']}",
            *counts,
            positions or NOT_IN_THE_FILE,
        )
        rows.append([content_cell(content, {}) for content in row])
    columns = [
        *text_columns(label="State under review, document", paragraphs="Paragraphs"),
        Column("n", "Recom."),
        Column("pairs", "Pairs"),
        Column("gaps", "Gaps"),
        Column("nobody", "No State"),
        *text_columns(positions="Positions"),
    ]
    return study.finding(
        "documents",
        "What was found in each document",
        columns,
        rows,
        claims,
        unit=BOTH_UNITS,
        period=study.period([p for p in study.over_all().populations if p.slug in told]),
        notes=(
            "Whatever the scope of the report. Of several versions of a draft the latest is "
            "counted. Gaps are paragraph numbers that are missing. A file may hold the "
            "recommendations alone, without the sentence that gives the position: it is then not "
            "recorded, unless an earlier version of the document has it, and nothing is inferred "
            "from the order of the paragraphs.",
        ),
    )


def sources_compared(study: UprStudy) -> Finding:
    """The same recommendation in two sources: symbol and paragraph, else text."""
    titles = {p.slug: p.title for p in (*study.populations, *study.told_apart)}
    pairs = study.build.table(PAIRS)
    claims, rows, told = [], [], []
    years: set[int] = set()
    for pair in study.build.extras("differences") or []:
        a, b = pair["a"], pair["b"]
        if not {a, b} <= set(titles):
            continue
        both = f"{titles[a]} and {titles[b]}"
        counts = [
            build_claim(
                f"compared.{a}.{b}.{key}".replace("-", "_"),
                pair[key],
                f"{both}: {words}",
                a,
                b,
                unit="review" if key == "reviews" else "recommendation",
                measure="compared",
                table=RECOMMENDATIONS,
            )
            for key, words in COMPARED.items()
        ]
        claims += counts
        if int(pair["reviews"]):
            pair_row: Row = (both, *counts)
            shared = set.intersection(
                *(set(pairs.loc[pairs["source"] == s, REVIEW]) for s in (a, b))
            )
            named = text_claim(
                f"compared.{a}.{b}.named".replace("-", "_"),
                reviews_in_words(pairs[pairs[REVIEW].isin(shared)]),
                f"{both}: States and years of the reviews that both hold",
                SCOPE,
            )
            claims.append(named)
            years |= set(pairs.loc[pairs[REVIEW].isin(shared), "review_year"].dropna())
            found = dict(zip(COMPARED, counts, strict=True))
            told.append(_told_of_two(titles[a], titles[b], named, found))
            rows.append([content_cell(content, {}) for content in pair_row])
    return study.finding(
        "sources_compared",
        "The same recommendation in two sources",
        column_heads(
            "Sources",
            reviews="Reviews in both",
            in_a="First: recom.",
            supported_a="supported",
            in_b="Second: recom.",
            supported_b="supported",
            same="Found in both",
            only_a="First only",
            only_b="Second only",
            other_position="Other position",
            other_states="Other States",
            other_wording="Other wording",
        ),
        rows,
        claims,
        unit="recommendations",
        period=ranges_in_words(years),
        statements=tuple(told),
        notes=(
            "Over the reviews that both sources hold, whatever the scope of the report. Recognized by "
            "symbol and paragraph, else by the text. Sources are never added.",
            *notes_on_indexes(study),
        ),
    )


def _told_of_two(a: str, b: str, named: Claim, n: dict[str, Claim]) -> str:
    """What two sources count of the reviews that both hold, side by side."""
    return (
        f"For {tag(n['reviews'], 'of:review')} that both hold, of {tag(named)}, {a} counts {tag(n['in_a'])}, "
        f"{tag(n['supported_a'])} of them supported, where {tag(n['in_b'])} stand in {b}, "
        f"{tag(n['supported_b'])} of them supported; {tag(n['same'])} were found in "
        f"both, {tag(n['other_position'], 'none')} of them with another position. No match was found "
        f"for {tag(n['only_a'], 'none')} in {a} and {tag(n['only_b'], 'none')} in {b}."
    )
