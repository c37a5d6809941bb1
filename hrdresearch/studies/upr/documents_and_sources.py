"""UPR: what was found in each document, and what differs between sources."""

from __future__ import annotations

from typing import Any

from hrdresearch.findings.make_claims import text_claim
from hrdresearch.findings.model import SCOPE, Claim, Column, Finding
from hrdresearch.findings.sentences import agreement_tag, claim_tag
from hrdresearch.studies.shapes.build_account import build_claim
from hrdresearch.studies.shapes.count_tables import Row, content_cell, text_columns
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import BOTH_UNITS, PAIRS, RECOMMENDATIONS, REVIEW
from hrdresearch.studies.upr.sentences_on_extent import ranges_in_words
from hrdresearch.studies.upr.source_index import notes_on_indexes
from hrdresearch.studies.upr.sources_apart import reviews_in_words
from hrdresearch.vocab import label
from hrdresearch.vocab.states import short_name

NOT_IN_THE_FILE = "not recorded in the file"
FOUND = (  # key in documents.json, unit, definition
    ("recommendations", "recommendation", "numbered recommendations"),
    ("pairs", "pair", "recommendation-State pairs"),
    ("gaps", "row", "paragraph numbers that are missing"),
    ("without_state", "recommendation", "recommendations without a known State"),
)
COMPARED = {  # key in differences.json -> definition
    "reviews": "reviews",
    "in_a": "recommendations in the first source",
    "supported_a": "in the first, supported",
    "in_b": "recommendations in the second source",
    "supported_b": "in the second, supported",
    "same": "found in both",
    "part_a": "in the first, part of a text of the second or holding one",
    "part_b": "in the second, part of a text of the first or holding one",
    "only_a": "in the first only",
    "only_b": "in the second only",
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


def pairs_of_sources(study: UprStudy) -> list[dict[str, Any]]:
    """Comparisons that the build made of each two sources of the report with a review in common."""
    held = {p.slug for p in (*study.populations, *study.told_apart)}
    found = study.build.extras("differences") or []
    return [pair for pair in found if {pair["a"], pair["b"]} <= held and int(pair["reviews"])]


def sources_compared(study: UprStudy) -> Finding:
    """The same recommendation in two sources: symbol and paragraph, else text."""
    names = {p.slug: p for p in (*study.populations, *study.told_apart)}
    pairs = study.build.table(PAIRS)
    claims: list[Claim] = []
    told: list[str] = []
    columns: list[Column] = []
    found: list[dict[str, Claim]] = []
    years: set[int] = set()
    for pair in pairs_of_sources(study):
        a, b = names[pair["a"]], names[pair["b"]]
        both, stem = f"{a.title} and {b.title}", f"compared.{a.slug}.{b.slug}".replace("-", "_")
        counts = {
            key: build_claim(
                f"{stem}.{key}",
                pair[key],
                f"{both}: {words}",
                a.slug,
                b.slug,
                unit="review" if key == "reviews" else "recommendation",
                measure="compared",
                table=RECOMMENDATIONS,
            )
            for key, words in COMPARED.items()
        }
        shared = pairs[REVIEW].isin(
            set.intersection(*(set(pairs.loc[pairs["source"] == p.slug, REVIEW]) for p in (a, b)))
        )
        words = f"{both}: States and years of the reviews that both hold"
        named = text_claim(f"{stem}.named", reviews_in_words(pairs[shared]), words, SCOPE)
        years |= set(pairs.loc[shared, "review_year"].dropna())
        claims += [*counts.values(), named]
        told.append(_sentence_on_two((a.name_in_prose, b.name_in_prose), named, counts))
        columns.append(Column(stem.rpartition(".")[2], both))
        found.append(counts)
    return study.finding(
        "sources_compared",
        "The same recommendation in two sources",
        [*text_columns(label="Over the reviews that both hold"), *columns],
        [
            [
                content_cell(f"{words[:1].upper()}{words[1:]}", {}),
                *(content_cell(c[key], {}) for c in found),
            ]
            for key, words in COMPARED.items()
            if found
        ],
        claims,
        unit="recommendations",
        period=ranges_in_words(years),
        statements=tuple(told),
        notes=(
            "Over the reviews that both sources hold, whatever the scope of the report. Recognized by "
            "symbol and paragraph, else by the text: word for word, or nine words in ten alike in the same "
            "order. A source that splits a text holds its parts; they are counted as such, and in neither "
            "source alone.",
            *notes_on_indexes(study),
        ),
    )


def _sentence_on_two(names: tuple[str, str], named: Claim, n: dict[str, Claim]) -> str:
    """Sentence on what two sources hold of the reviews that both have."""
    held = [
        f"{claim_tag(n[f'in_{end}'], 'of:recommendation')} ("
        f"{claim_tag(n[f'supported_{end}'], 'none')} supported)"
        for end in "ab"
    ]
    position = (
        f"{claim_tag(n['other_position'])} {agreement_tag(n['other_position'], 'has', 'have')} "
        "another position"
        if n["other_position"].value
        else "all with the same position"
    )
    said = (
        f"On {claim_tag(named)}, there are {held[0]} in {names[0]}, and {held[1]} in {names[1]}. "
    )
    if not n["same"].value:
        return said + "No text of one was recognized in the other, so the two cannot be compared."
    parts = (
        f"{claim_tag(n['part_a'], 'none')} of {names[0]} and {claim_tag(n['part_b'], 'none')} of "
        f"{names[1]} are part of a text of the other or hold one; "
        if n["part_a"].value or n["part_b"].value
        else ""
    )
    return (
        f"{said}In both were found {claim_tag(n['same'])}, {position}; {parts}in {names[0]} only were found "
        f"{claim_tag(n['only_a'], 'none')}, and in {names[1]} only {claim_tag(n['only_b'], 'none')}. "
        "Whether other reviews differ so is not known."
    )
