"""UPR: what a State that drafts recommendations can learn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hrdresearch.findings.model import Cell, Claim, Column, Drawing, Finding
from hrdresearch.studies.upr_counts import ANSWERED, FEWEST, Counts, cell, named
from hrdresearch.vocab import codes, label

if TYPE_CHECKING:
    from hrdresearch.studies.upr import Upr

READING = (
    "Known: recommendations with a known position. Supp.: of these supported, in per cent, with the "
    "95 per cent interval from and to. And specific: supported and of category 5, in per cent. "
    "Mid-term: of those with a mid-term record implemented, in per cent."
)
KNOWN = {"response_code": list(ANSWERED)}


def drafting(study: Upr) -> Finding:
    """Share supported by kind of request and by category, with intervals clustered by State."""
    claims, rows = [], []
    for p in study.populations:
        texts = study.defender_recommendations(p)
        kinds = [("ask", code, {"ask_codes": code}, label("upr_ask", code))
                 for code in codes("upr_ask")]  # fmt: skip
        kinds += [
            (
                "category",
                code,
                {"action_code": code},
                f"Category {code}: {label('upr_action', code)}",
            )
            for code in "2345"
        ]
        for axis, code, where, said in kinds:
            stem = f"drafting.{axis}_{code}"
            n = texts.count(f"{stem}.answered", f"on defenders, {said}, with a known position",
                            {**where, **KNOWN})  # fmt: skip
            if int(n.value or 0) < FEWEST:
                continue
            share, low, high, _ = texts.clustered(
                stem, {**where, **KNOWN}, {"response_code": "supported"}, f"{said}: supported"
            )
            rows.append(
                [
                    named(said if study.one else f"{p.title}: {said}"),
                    *map(cell, (n, share, low, high)),
                    _both(texts, where, stem, said, n),
                    _implementation(texts, where, stem),
                ]
            )
        claims += texts.claims
    columns = [
        Column("label", "Kind of recommendation", "label"), Column("n", "Known"),
        Column("share", "Supp."), Column("low", "from"), Column("high", "to"),
        Column("both", "and specific"), Column("implemented", "Mid-term"),
    ]  # fmt: skip
    return study.finding(
        "drafting", "Kinds of recommendation on defenders: supported, and specific", columns, rows,
        claims, unit="recommendations",
        notes=(READING, "Recommendations to one State are not independent: intervals are clustered by State "
               "under review. A kind is no cause: States choose what to ask of whom.",
               f"Kinds with fewer than {FEWEST} recommendations are left out. A recommendation may "
               "ask for several things. Supported is not implemented."),
    )  # fmt: skip


def intervals(study: Upr, table: Finding) -> Finding:
    """The shares of the table with their intervals as a figure; nothing over several sources."""
    keys = ("label", "share", "low", "high")
    at = [i for i, column in enumerate(table.columns) if column.key in keys]
    shown = study.one is not None and len(table.rows) > 1
    return replace(
        table, name="drafting_intervals", title="Supported, by kind of recommendation on defenders",
        columns=tuple(table.columns[i] for i in at),
        rows=tuple(tuple(row[i] for i in at) for row in table.rows) if shown else (),
        drawing=Drawing("intervals", "label", keys[1:]), notes=table.notes[1:2],
    )  # fmt: skip


def _both(texts: Counts, where: dict[str, Any], stem: str, said: str, n: Claim) -> Cell:
    """Supported and specific, in per cent; a category other than 5 is never specific."""
    if where.get("action_code", "5") != "5":
        return Cell(text="not specific")
    both = texts.count(f"{stem}.both", f"{said}: supported and specific (category 5)",
                       {**where, "response_code": "supported", "action_code": "5"})  # fmt: skip
    return cell(
        texts.share(f"{stem}.both.share", both, n, f"{said}: supported and specific, in per cent")
    )


def _implementation(texts: Counts, where: dict[str, Any], stem: str) -> Cell:
    """Implemented of those with a mid-term record, else "not known"."""
    known = {"implementation_code": ["implemented", "partly", "not_implemented"]}
    if not (texts.frame["implementation_code"] != "not_known").any():
        return Cell(text="not known")
    n = texts.count(f"{stem}.midterm", "with a mid-term record", {**where, **known})
    done = texts.count(f"{stem}.implemented", "implemented by a mid-term record",
                       {**where, "implementation_code": "implemented"})  # fmt: skip
    if not n.value:
        return Cell(text="not known")
    return cell(
        texts.share(
            f"{stem}.implemented.share",
            done,
            n,
            "implemented, in per cent of those with a mid-term record",
        )
    )
