"""Shutdowns of the Internet: they concern the public, and are never added to attacks on persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import text_claim
from hrdresearch.findings.model import SCOPE, Cell, Claim, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    claim_tag,
    join_with_and,
    label_in_sentence,
)
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.count_tables import column_heads
from hrdresearch.studies.shapes.one_state_and_year import HALF
from hrdresearch.tables import match_rows
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import name_in_sentence, short_name

TABLE = "shutdowns"
PARTS = (
    ("cause", "actual_cause_code", "shutdown_reason", "Cause that the list found"),
    ("reason", "official_reason_code", "shutdown_reason", "Reason that the authorities gave"),
    ("ordered", "ordered_by_code", "ordered_by", "Ordered by"),
    ("abuse", "abuse_reported_code", "recorded_fact", "Human rights abuses reported"),
)

TOLD = (
    (*PARTS[0][:3], "The cause{s} that the list found most often"),
    (*PARTS[1][:3], "The reason{s} that the authorities gave most often, another fact"),
)
NONE_GIVEN, NOT_KNOWN = "none_given", ["unknown", "not_recorded"]


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
    rows = held[match_rows(held, asked)]
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
    first, said = _sentences(study, rows, claims, asked) if len(rows) else ("", ListSentences())
    return study.finding(
        "shutdowns",
        title,
        heads,
        table,
        [*claims, *said.claims],
        unit="shutdowns",
        period=_period(rows),
        sources=study.source_notes_of(TABLE),
        statements=(said.text,) if said.text else (),
        key_sentences=(first,) if first else (),
        notes=(
            "A shutdown harms everybody in its area. It is an event on the public, has no victims in this "
            "count, and is added to no attack. The reason given and the cause found are two facts.",
        ),
    )


def _sentences(
    study: Ledger, rows: pd.DataFrame, claims: Sequence[Claim], asked: Mapping[str, Any]
) -> tuple[str, ListSentences]:
    """The first sentences, for the summary, and all of them, with the most frequent cause and reason."""
    facts = [f for f in study.build.facts() if f["table"] == TABLE]
    who = join_with_and([f"{f.get('article', '')} {f['publisher']}".strip() for f in facts])
    years = text_claim("shutdowns.years", _period(rows), "years of the shutdowns", SCOPE)
    more: list[Claim] = [years]
    text = (
        f"Beside the attacks, {who} documented {claim_tag('shutdowns.all', 'of:shutdown')} of the Internet "
        f"in {claim_tag('shutdowns.states', 'of:state')} ({claim_tag(years)})"
    )
    iso3, n = next(iter(rows["state_iso3"].value_counts().items()))
    if rows["state_iso3"].nunique() > 1 and n >= HALF * len(rows):
        where, words = {**asked, "state_iso3": iso3}, f"shutdowns in {short_name(str(iso3))}"
        more.append(
            _counted(study, "shutdowns.one_state", rows[rows["state_iso3"] == iso3], words, where)
        )
        text += f", {claim_tag(more[-1])} of them in {name_in_sentence(str(iso3))}"
    first, text = f"{text}. They are events on the public, without victims in this count.", ""
    held = {c.name: c for c in claims}
    for key, column, vocabulary, said in TOLD:
        counts = {
            code: claim
            for code in codes(vocabulary)
            if code not in (*NOT_KNOWN, NONE_GIVEN)
            and (claim := held.get(f"shutdowns.{key}.{code}"))
        }
        if not counts:
            continue
        most = max(float(claim.value or 0) for claim in counts.values())
        first_ones = sorted(
            f"{label_in_sentence(label(vocabulary, code))} ({claim_tag(claim)})"
            for code, claim in counts.items()
            if claim.value == most
        )
        none = rows[rows[column].isin(NOT_KNOWN)]
        more.append(
            _counted(
                study, f"shutdowns.{key}.not_known", none, "not known", {**asked, column: NOT_KNOWN}
            )
        )
        given = held.get(f"shutdowns.{key}.{NONE_GIVEN}")
        none_given = f"none was given for {claim_tag(given)}, and " if given else ""
        text += (
            f" {said.format(s='s' if len(first_ones) > 1 else '')}: {join_with_and(first_ones)}; "
            f"{none_given}it is not known for {claim_tag(more[-1], 'none')}."
        )
    return first, ListSentences(f"{first} {text.strip()}", tuple(more))


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
