"""UPR: what a State that drafts recommendations can learn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hrdresearch.findings.empty_cells import NOT_ASKED, NOT_RECORDED
from hrdresearch.findings.model import Cell, Claim, Column, Drawing, Finding
from hrdresearch.findings.publication_limits import FEWEST_KNOWN
from hrdresearch.studies.upr.counts import (
    ANSWERED,
    FEWEST,
    INTERVALS,
    OF_INTERVAL,
    Counts,
    cell,
    named,
)
from hrdresearch.vocab import codes, label

if TYPE_CHECKING:
    from hrdresearch.studies.upr.basis import UprStudy

READING = (
    "Known: recommendations with a known position. Supported: how many of these. Per cent: the same in "
    "per cent, with the 95 per cent interval from and to. And specific: supported and of category 5, "
    "in per cent. Mid-term: of those with a mid-term record implemented, in per cent."
)
WITH_A_SHARE = (
    "Only kinds for which an interval may be said are drawn; the table has the counts of all."
)
KNOWN = {"response_code": list(ANSWERED)}
SUPPORTED = {"response_code": "supported"}


def drafting(study: UprStudy) -> Finding:
    """Share supported by kind of request and by category, with intervals clustered by review."""
    claims, rows = [], []
    kinds = [
        ("ask", code, {"ask_codes": code}, label("upr_ask", code)) for code in codes("upr_ask")
    ]
    kinds += [("category", code, {"action_code": code},
               f"Category {code}: {label('upr_action', code)}") for code in "2345"]  # fmt: skip
    for p in study.populations:
        texts = study.defender_recommendations(p)
        for axis, code, where, said in kinds:
            stem = f"drafting.{axis}_{code}"
            n = texts.count(f"{stem}.answered", f"on defenders, {said}, with a known position",
                            {**where, **KNOWN})  # fmt: skip
            if int(n.value or 0) < FEWEST:
                continue
            part = texts.count(f"{stem}.supported", f"on defenders, {said}, supported",
                               {**where, **SUPPORTED})  # fmt: skip
            share, low, high = texts.clustered(stem, where, SUPPORTED, f"{said}: supported")
            rows.append([
                named(said if study.only_list else f"{p.title}: {said}"),
                *map(cell, (n, part, share, low, high)), _both(texts, where, stem, said, n),
                _implementation(texts, where, stem),
            ])  # fmt: skip
        claims += texts.claims
    columns = [
        Column("label", "Kind of recommendation", "label"), Column("n", "Known"),
        Column("supported", "Supported"), Column("share", "Per cent"), Column("low", "from"),
        Column("high", "to"), Column("both", "and specific"), Column("implemented", "Mid-term"),
    ]  # fmt: skip
    return study.finding(
        "drafting", "Kinds of recommendation on defenders: supported, and specific", columns, rows,
        claims, unit="recommendations",
        notes=(READING, INTERVALS, *_without_interval(rows, claims),
               "A kind is no cause: States choose what to ask of whom. Kinds with fewer than "
               f"{FEWEST} known positions are left out; counts stand without a share below "
               f"{FEWEST_KNOWN}. A recommendation may ask for several things. Supported is not "
               "implemented."),
    )  # fmt: skip


def _without_interval(rows: Sequence[Sequence[Cell]], claims: Sequence[Claim]) -> tuple[str, ...]:
    """A sentence on each reason why a kind that has answers enough has no interval."""
    made = {claim.name: claim for claim in claims}
    why: dict[str, list[str]] = {}
    for row in rows:
        low = made[row[4].claim or ""]
        if low.status != "shown" and "of fewer than" not in low.definition:
            why.setdefault(low.definition.partition(f"{OF_INTERVAL}: ")[2], []).append(row[0].text)
    return tuple(
        f"Without an interval: {'; '.join(kinds)}, because {reason}."
        for reason, kinds in why.items()
    )


def drafting_intervals(study: UprStudy) -> Finding:
    """The shares of the table for drafting States, with their intervals, as a figure.

    Empty over several sources.
    """
    table = drafting(study)
    keys = ("label", "share", "low", "high")
    at = [i for i, column in enumerate(table.columns) if column.key in keys]
    status = {claim.name: claim.status for claim in table.claims}
    rows = [row for row in table.rows if status.get(row[4].claim or "") == "shown"]
    shown = study.only_list is not None and len(rows) > 1
    return replace(
        table, name="drafting_intervals", title="Supported, by kind of recommendation on defenders",
        columns=tuple(table.columns[i] for i in at),
        rows=tuple(tuple(row[i] for i in at) for row in rows) if shown else (),
        drawing=Drawing("intervals", "label", keys[1:]), notes=(INTERVALS, WITH_A_SHARE),
    )  # fmt: skip


def _both(texts: Counts, where: dict[str, Any], stem: str, said: str, n: Claim) -> Cell:
    """Supported and specific, in per cent; a category other than 5 is never specific."""
    if where.get("action_code", "5") != "5":
        return named("not specific")
    both = texts.count(f"{stem}.both", f"{said}: supported and specific (category 5)",
                       {**where, **SUPPORTED, "action_code": "5"})  # fmt: skip
    words = f"{said}: supported and specific, in per cent"
    return cell(texts.share(f"{stem}.both.share", both, n, words))


def _implementation(texts: Counts, where: dict[str, Any], stem: str) -> Cell:
    """Implemented of those with a mid-term record, else that none is recorded, or asked for."""
    known = {"implementation_code": ["implemented", "partly", "not_implemented"]}
    n = texts.count(f"{stem}.midterm", "with a mid-term record", {**where, **known})
    if not n.value:
        asks = "implementation_code" in texts.population.asked
        return named(NOT_RECORDED if asks else NOT_ASKED)
    asked = texts.count(f"{stem}.midterm.asked", "with or without a mid-term record", where)
    done = texts.count(f"{stem}.implemented", "implemented by a mid-term record",
                       {**where, "implementation_code": "implemented"})  # fmt: skip
    words = "implemented, in per cent of those with a mid-term record"
    return cell(texts.share(f"{stem}.implemented.share", done, n, words, asked=asked))
