"""Shutdowns of the Internet: events on the public, beside attacks on persons and never added to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from hrdresearch.findings.model import Cell, Claim, Finding
from hrdresearch.findings.sentences import claim_tag
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.count_tables import column_heads
from hrdresearch.tables import select
from hrdresearch.vocab import codes, label

TABLE = "shutdowns"
PARTS = (
    ("cause", "actual_cause_code", "shutdown_reason", "Cause that the list found"),
    ("reason", "official_reason_code", "shutdown_reason", "Reason that the authorities gave"),
    ("ordered", "ordered_by_code", "ordered_by", "Ordered by"),
    ("abuse", "abuse_reported_code", "recorded_fact", "Human rights abuses reported"),
)


def shutdowns_finding(study: Ledger) -> Finding:
    """Finding: shutdowns by cause found, reason given, who ordered them, and abuses reported.

    Claims: ``shutdowns.all``, ``shutdowns.states``, ``shutdowns.cause.protest`` and so on. Without a list of
    shutdowns in the build it has no rows.
    """
    title = "Shutdowns of the Internet, events on the public"
    heads = column_heads("What was counted", value="Shutdowns")
    if all(facts["table"] != TABLE for facts in study.build.facts()):
        return study.finding("shutdowns", title, heads, (), ())
    asked = {k: v for k, v in study.scope.filter.items() if k in ("state_iso3", "event_year")}
    held = study.build.table(TABLE)
    rows = held[select(held, asked)]
    whole = _counted(study, "shutdowns.all", rows, "shutdowns in the list", asked)
    states = study.claims_of_table(
        TABLE,
        [
            study.number(
                "shutdowns.states",
                int(rows["state_iso3"].nunique()),
                "state",
                "States or territories with a shutdown in the list",
            )
        ],
        asked,
    )[0]
    claims = [whole, states]
    table = [(Cell(text="Shutdowns"), Cell(claim=whole.name))]
    table.append((Cell(text="States or territories"), Cell(claim=states.name)))
    for key, column, vocabulary, heading in PARTS:
        for code in codes(vocabulary):
            one = rows[rows[column] == code]
            if one.empty:
                continue
            words = f"shutdowns, {heading.lower()}: {label(vocabulary, code)}"
            claims.append(
                _counted(study, f"shutdowns.{key}.{code}", one, words, {**asked, column: code})
            )
            row = f"{heading}: {label(vocabulary, code)}"
            table.append((Cell(text=row), Cell(claim=claims[-1].name)))
    return study.finding(
        "shutdowns",
        title,
        heads,
        table,
        claims,
        unit="shutdowns",
        period=_period(rows),
        sources=study.source_notes_of(TABLE),
        statements=(_said(claims),) if len(rows) else (),
        notes=(
            "A shutdown harms everybody in its area. It is an event on the public, has no victims in this "
            "count, and is added to no attack. The reason given and the cause found are two facts.",
        ),
    )


def _said(claims: list[Claim]) -> str:
    held = {c.name for c in claims}
    text = (
        f"Beside the attacks, the build holds {claim_tag('shutdowns.all', 'of:shutdown')} of the Internet in "
        f"{claim_tag('shutdowns.states', 'of:state')}. They are events on the public, without victims "
        "in this count."
    )
    protests, safety = "shutdowns.cause.protest", "shutdowns.reason.public_safety"
    if protests in held and safety in held:
        text += (
            f" For {claim_tag(protests)} the list found protests to be the cause; public safety or "
            "unrest was the "
            f"reason that the authorities gave for {claim_tag(safety)}, which need not be the same ones."
        )
    return text


def _counted(
    study: Ledger, name: str, rows: pd.DataFrame, words: str, filter_: Mapping[str, Any]
) -> Claim:
    claim = study.number(name, len(rows), "shutdown", words, measure="rows", rows=len(rows))
    return study.claims_of_table(TABLE, [claim], filter_)[0]


def _period(rows: pd.DataFrame) -> str:
    years = rows["event_year"].dropna()
    if years.empty:
        return "no year recorded"
    first, last = int(years.min()), int(years.max())
    return str(first) if first == last else f"{first}–{last}"
