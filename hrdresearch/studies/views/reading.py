"""How well the rules read decisions, measured on documents that were not used to write the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.sentences import claim_tag
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.count_tables import content_cell, text_columns
from hrdresearch.studies.shapes.published import published_number
from hrdresearch.vocab.reference import reference_path

COUNTED = ("right", "of")
OUTCOME = ("Outcome", "right")
DEFENDERS = ("A defender as the text says", "found, of those that a person found")
ARTICLES = ("Articles found violated, all of a decision", "right")


def reading_finding(study: Ledger) -> Finding:
    """Finding: how often the rules read an unseen document rightly, as this project measured it."""
    table = pd.read_csv(reference_path("views_reading_quality.csv"), dtype=str)
    claims, rows = [], []
    lines: dict[tuple[str, str], list[Claim]] = {}
    for number, record in enumerate(table.to_dict("records"), start=1):
        numbers = [
            published_number(
                f"reading.line_{number}.{key}",
                int(record[key]) if key in COUNTED else float(record[key]),
                "decision" if key in COUNTED else "per_cent",
                f"{record['fact']}, {record['measure']} ({key}): {record['measured_on']}",
            )
            for key in ("right", "of", "per_cent", "low", "high")
        ]
        claims += numbers
        lines[record["fact"], record["measure"]] = numbers
        rows.append([content_cell(c, {}) for c in (record["fact"], record["measure"], *numbers)])
    right, of, *_ = lines[OUTCOME]
    finding = study.finding(
        "reading",
        "What the rules read rightly in decisions that were not seen before",
        [
            *text_columns(label="What was read", measure="Measure"),
            Column("right", "Right"),
            Column("of", "Of"),
            Column("value", "Per cent"),
            Column("low", "At least"),
            Column("high", "At most"),
        ],
        rows,
        claims,
        period=table["period"].iloc[0],
        statements=(
            f"The rules read the outcome rightly in {claim_tag(right)} of "
            f"{claim_tag(of, 'of:decision')} that their writer had not seen. They found "
            f"{_of_all(lines[DEFENDERS], ' decisions on defenders')}, and read all articles found violated "
            f"in {_of_all(lines[ARTICLES])}; every fact stands in "
            '[the table]{.exhibit-of data-finding="reading"}.',
        ),
        notes=(
            "Measured once, whatever list a report reads: half of the documents, drawn by lot, were kept "
            "unread until the rules stood still; one person then read them. Rules were mended after "
            "that, so these figures are of the rules before. At least, at most: the interval of 95 per "
            "cent, exact. Measures and articles: over the decisions that found a violation. English "
            "only; the French and Spanish phrases are unvalidated.",
        ),
    )
    return replace(finding, sources=())  # measured by this project, on no source of the report


def _of_all(line: Sequence[Claim], what: str = "") -> str:
    """Two counts and the interval of their share: "eight of 10 (44 to 98 per cent)".

    what: words after the counts.
    """
    right, of, _, low, high = line
    between = f"{claim_tag(low, 'digits')} to {claim_tag(high)}"
    return f"{claim_tag(right)} of {claim_tag(of)}{what} ({between})"
