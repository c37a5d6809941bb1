"""UPR: what was found in each document, and what differs between sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.numbers import number_in_table
from hrdresearch.studies.upr.counts import cell, named
from hrdresearch.studies.upr.extent import SPLIT, has_index
from hrdresearch.vocab import label
from hrdresearch.vocab.states import short_name

if TYPE_CHECKING:
    from hrdresearch.studies.upr.basis import UprStudy

NOT_IN_THE_FILE = "not recorded in the file"


def documents(study: UprStudy) -> Finding:
    """What was found in each document that numbers its recommendations."""
    claims, rows = [], []
    slugs = {p.slug: p.title for p in study.populations}
    state = str(study.params.get("state") or "all")
    for i, record in enumerate(study.build.extras("documents") or [], start=1):
        if record["source"] not in slugs or state not in ("all", record["iso3"]):
            continue
        symbol = f", {record['symbol']}" if record["symbol"] else ""
        version = "" if record["is_counted"] else " (earlier version)"
        cells = [
            named(f"{short_name(record['iso3'])}{symbol}{version}"),
            named(f"{record['first']}–{record['last']}"),
        ]
        for key, unit, words in (
            ("recommendations", "recommendation", "numbered recommendations"),
            ("pairs", "pair", "recommendation-State pairs"),
            ("gaps", "row", "paragraph numbers that are missing"),
            ("without_state", "recommendation", "recommendations without a known State"),
        ):
            value = int(record[key])
            claim = Claim(
                name=f"documents.{i}.{key}", value=value, unit=unit, rows=value,
                text=number_in_table(value, unit), measure="build", sources=(record["source"],),
                definition=f"{record['symbol'] or 'document'}, {short_name(record['iso3'])}: {words}",
                table="recommendations",
            )  # fmt: skip
            claims.append(claim)
            cells.append(cell(claim))
        told = [label("upr_response", code) for code in record["positions"]]
        earlier = " (earlier version)" if record["is_taken_over"] else ""
        rows.append([*cells, named(", ".join(told) + earlier if told else NOT_IN_THE_FILE)])
    columns = [
        Column("label", "State under review, document", "label"),
        Column("paragraphs", "Paragraphs", "label"), Column("n", "Recom."),
        Column("pairs", "Pairs"), Column("gaps", "Gaps"), Column("nobody", "No State"),
        Column("positions", "Positions", "label"),
    ]  # fmt: skip
    return study.finding(
        "documents", "What was found in each document", columns, rows, claims,
        unit="recommendations; pairs",
        notes=("Whatever the scope of the report. Of several versions of a draft the latest is "
               "counted. Gaps are paragraph numbers that are missing. A file may hold the "
               "recommendations alone, without the sentence that gives the position: it is then not "
               "recorded, unless an earlier version of the document has it, and nothing is inferred "
               "from the order of the paragraphs.",),
    )  # fmt: skip


def sources_compared(study: UprStudy) -> Finding:
    """The same recommendation in two sources: symbol and paragraph, else text."""
    titles = {p.slug: p.title for p in study.populations}
    claims, rows = [], []
    for pair in study.build.extras("differences") or []:
        if not {pair["a"], pair["b"]} <= set(titles):
            continue
        cells = [named(f"{titles[pair['a']]} and {titles[pair['b']]}")]
        stem = f"compared.{pair['a']}.{pair['b']}".replace("-", "_")
        for key, words in (
            ("reviews", "reviews that both hold"),
            ("in_a", "in the first, of reviews that both hold"),
            ("supported_a", "in the first, of reviews that both hold, supported"),
            ("in_b", "in the second, of reviews that both hold"),
            ("supported_b", "in the second, of reviews that both hold, supported"),
            ("same", "recommendations that stand in both"),
            ("only_a", "in the first only, of reviews that both hold"),
            ("only_b", "in the second only, of reviews that both hold"),
            ("other_position", "in both, with another position"),
            ("other_states", "in both, with other recommending States"),
            ("other_wording", "in both, with another wording"),
        ):
            value = int(pair[key])
            unit = "review" if key == "reviews" else "recommendation"
            claim = Claim(
                name=f"{stem}.{key}", value=value, unit=unit, rows=value,
                text=number_in_table(value, unit), measure="compared",
                definition=f"{titles[pair['a']]} and {titles[pair['b']]}: {words}",
                table="recommendations", sources=(pair["a"], pair["b"]),
            )  # fmt: skip
            claims.append(claim)
            cells.append(cell(claim))
        if int(pair["reviews"]):
            rows.append(cells)
    columns = [
        Column("label", "Sources", "label"), Column("reviews", "Reviews in both"),
        Column("in_a", "First: recom."), Column("supported_a", "supported"),
        Column("in_b", "Second: recom."), Column("supported_b", "supported"),
        Column("same", "Found in both"),
        Column("only_a", "First only"), Column("only_b", "Second only"),
        Column("other_position", "Other position"), Column("other_states", "Other States"),
        Column("other_wording", "Other wording"),
    ]  # fmt: skip
    return study.finding(
        "sources_compared", "The same recommendation in two sources", columns, rows, claims,
        unit="recommendations",
        notes=("Over the reviews that both sources hold, whatever the scope of the report. Recognized by "
               "symbol and paragraph, else by the text. Sources are never added.",
               *([SPLIT] if has_index(study) else [])),
    )  # fmt: skip
