"""How far the reading of the decisions can be trusted: figures measured on documents not seen before."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from hrdresearch.findings.model import Column, Finding
from hrdresearch.findings.sentences import claim_tag
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.count_tables import content_cell, text_columns
from hrdresearch.studies.shapes.published import published_number
from hrdresearch.vocab.reference import reference_path


def reading_finding(study: Ledger) -> Finding:
    """Finding: what the rules read rightly at first sight, as this project measured it."""
    table = pd.read_csv(reference_path("views_reading_quality.csv"), dtype=str)
    claims, rows = [], []
    for number, record in enumerate(table.to_dict("records"), start=1):
        numbers = [
            published_number(
                f"reading.line_{number}.{key}",
                float(record[key]),
                "decision" if key in ("right", "of") else "per_cent",
                f"{record['fact']}, {record['measure']} ({key}): {record['measured_on']}",
                record[key],
            )
            for key in ("right", "of", "per_cent", "low", "high")
        ]
        claims += numbers
        rows.append([content_cell(c, {}) for c in (record["fact"], record["measure"], *numbers)])
    finding = study.finding(
        "reading",
        "What the rules read rightly in decisions that were not seen before",
        [
            *text_columns(label="What was read", measure="Measure"),
            Column("right", "Right"),
            Column("of", "Of"),
            Column("value", "Per cent"),
            Column("low", "from"),
            Column("high", "to"),
        ],
        rows,
        claims,
        period="1995–2026",
        statements=(
            f"In {claim_tag(claims[1], 'of:decision')} that were set apart by lot before any rule was "
            f"written, the rules gave the outcome rightly in {claim_tag(claims[0])} at first sight; the "
            "table gives every fact with its interval.",
        ),
        notes=(
            "Half of the documents, drawn by lot, were kept unread until the rules stood still; one person "
            "then read them. Rules were mended after that, so these figures are of the rules before. "
            "Intervals: 95 per cent, exact. Measures and articles: over the decisions that found a "
            "violation. English only; the French and Spanish phrases are unvalidated.",
        ),
    )
    return replace(finding, sources=())  # measured by this project, on no source of the report
