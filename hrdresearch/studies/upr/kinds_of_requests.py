"""UPR: which kinds of requests are supported most often, for States that draft recommendations.

Wordings of this project stand beside them, each with one act that can be checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from hrdresearch.findings.empty_cells import NOT_ASKED, NOT_RECORDED
from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Cell, Claim, Drawing, Finding
from hrdresearch.findings.publication_limits import FEWEST_KNOWN
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    Share,
    code_cell,
    column_heads,
    table_of_counts,
    text_columns,
)
from hrdresearch.studies.upr.clustered_intervals import (
    INTERVALS,
    OF_INTERVAL,
    supported_with_interval,
)
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import (
    ON_DEFENDERS,
    POSITION_KNOWN,
    RECOMMENDATIONS,
    SUPPORTED,
    RowsAndHidden,
    category_column,
    count_of,
)
from hrdresearch.studies.upr.gap_to_others import general_less_specific
from hrdresearch.studies.upr.sentences_by_list import say_for_each_list
from hrdresearch.studies.upr.sentences_on_answers import drafting_sentences
from hrdresearch.tables import match_rows
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.reference import parse_yaml

ROWS = RECOMMENDATIONS + ON_DEFENDERS
FEWEST = 10  # a kind of recommendation with fewer known positions has no row in the table of kinds
READING = (
    "Known: recommendations with a known position. Supported: how many of these. Per cent: the same in "
    "per cent, with the 95 per cent interval from and to. And specific: supported and of category 5, "
    "in per cent."
)
READING_MIDTERM = "Mid-term: of those with a mid-term record implemented, in per cent."
WITH_A_SHARE = (
    "Only kinds for which an interval may be said are drawn; the table has the counts of all."
)
LOW = 4  # column of the lower end of the interval
MIDTERM = {"implementation_code": ["implemented", "partly", "not_implemented"]}


def drafting(study: UprStudy) -> Finding:
    """Share supported by kind of request and by category, with intervals clustered by State."""
    parts = {p.slug: _kinds_of_source(study, p) for p in study.populations}
    finding = table_of_counts(
        study,
        "drafting",
        "Kinds of recommendation on defenders: supported, and specific",
        column_heads(
            "Kind of recommendation",
            n="Known",
            supported="Supported",
            share="Per cent",
            low="from",
            high="to",
            both="and specific",
            **({"implemented": "Mid-term"} if _has_midterm(study) else {}),
        ),
        lambda p: parts[p.slug][0],
        beside=lambda p: parts[p.slug][1],
        names_lists=True,
        unit="recommendations",
        notes=(
            READING,
            *([READING_MIDTERM] if _has_midterm(study) else []),
            INTERVALS,
            *_why_without_interval(row for rows, _ in parts.values() for row in rows),
            "Kinds are identified by the words of the annex, whose accuracy was not measured. A kind is "
            "no cause: States choose what to ask of whom. Kinds with fewer than "
            f"{FEWEST} known positions are left out; counts stand without a share below "
            f"{FEWEST_KNOWN}. A recommendation may ask for several things. Supported is not "
            "implemented.",
        ),
    )
    return say_for_each_list(study, finding, drafting_sentences)


def _has_midterm(study: UprStudy) -> bool:
    """Whether a source records what was implemented by the middle of the cycle."""
    return any("implementation_code" in p.asked for p in study.populations)


def _kinds_of_source(study: UprStudy, p: Population) -> RowsAndHidden:
    kinds: list[tuple[str, dict[str, Any], str]] = [
        *((f"ask_{c}", {"ask_codes": c}, label("upr_ask", c)) for c in codes("upr_ask")),
        *(
            (f"category_{c}", {category_column(p): c}, f"Category {c}: {label('upr_action', c)}")
            for c in "2345"
        ),
    ]
    texts = study.rows_counted(p, ROWS)
    rows: list[Row] = []
    hidden: list[Content] = [*general_less_specific(texts)]
    for kind, where, said in kinds:
        stem, words = f"drafting.{kind}", f"on defenders, {said}"
        known = {**where, **POSITION_KNOWN}
        n = count_of(ROWS, f"{stem}.answered", f"{words}, with a known position", known)
        hidden.append(n)
        if match_rows(texts.frame, known).sum() < FEWEST:
            continue
        supported = count_of(
            ROWS, f"{stem}.supported", f"{words}, supported", {**where, **SUPPORTED}
        )
        interval = supported_with_interval(texts, stem, where, said)
        midterm = count_of(ROWS, f"{stem}.midterm", "with a mid-term record", {**where, **MIDTERM})
        hidden.append(midterm)
        title = said if study.only_list else f"{p.title}: {said}"
        specific = _supported_and_specific(where, stem, said, n, category_column(p))
        done = [_implemented(texts, where, stem, midterm)] if _has_midterm(study) else []
        rows.append((title, n, supported, *interval, specific, *done))
    return rows, hidden


def _why_without_interval(rows: Iterable[Row]) -> tuple[str, ...]:
    """A sentence on each reason why a kind with enough known positions has no interval."""
    kinds: dict[str, list[str]] = {}
    for row in rows:
        title, low = row[0], row[LOW]
        assert isinstance(title, str) and isinstance(low, Claim)
        if low.status != "shown" and "of fewer than" not in low.definition:
            kinds.setdefault(low.definition.partition(f"{OF_INTERVAL}: ")[2], []).append(title)
    return tuple(
        f"Without an interval: {'; '.join(titles)}, because {reason}."
        for reason, titles in kinds.items()
    )


def _supported_and_specific(
    where: Mapping[str, Any], stem: str, said: str, n: CountDraft, column: str
) -> Content:
    """Supported and specific, in per cent; a category other than 5 is never specific."""
    if where.get(column, "5") != "5":
        return "not specific"
    both = count_of(
        ROWS,
        f"{stem}.both",
        f"{said}: supported and specific (category 5)",
        {**where, **SUPPORTED, column: "5"},
    )
    return Share(both, n, f"{said}: supported and specific, in per cent")


def _implemented(
    texts: Population, where: Mapping[str, Any], stem: str, midterm: CountDraft
) -> Content:
    """Implemented, in per cent of those with a mid-term record; or a text: not recorded, or not asked."""
    if not match_rows(texts.frame, midterm.filter).any():
        return NOT_RECORDED if "implementation_code" in texts.asked else NOT_ASKED
    done = count_of(
        ROWS,
        f"{stem}.implemented",
        "implemented by a mid-term record",
        {**where, "implementation_code": "implemented"},
    )
    asked = count_of(ROWS, f"{stem}.midterm.asked", "with or without a mid-term record", where)
    words = "implemented, in per cent of those with a mid-term record"
    return Share(done, midterm, words, asked=asked)


def drafting_intervals(study: UprStudy) -> Finding:
    """The shares of the table for drafting States, with their intervals, as a figure.

    The finding has no rows in a report on several sources.
    """
    table = drafting(study)
    keys = ("label", "n", "supported", "share", "low", "high")
    kept = [i for i, column in enumerate(table.columns) if column.key in keys]
    shown = {claim.name for claim in table.claims if claim.status == "shown"}
    rows = [tuple(row[i] for i in kept) for row in table.rows if row[LOW].claim in shown]
    return replace(
        table,
        name="drafting_intervals",
        title="Supported, by kind of recommendation on defenders",
        columns=tuple(table.columns[i] for i in kept),
        rows=tuple(rows) if study.only_list and len(rows) > 1 else (),
        drawing=Drawing("intervals", "label", keys[3:], counts=("supported", "n")),
        notes=(INTERVALS, WITH_A_SHARE),
        statements=(),
    )


@cache
def model_wordings() -> tuple[dict[str, str], ...]:
    """Each wording with its code of request, what would show that it was done, and its paragraph."""
    text = files("hrdresearch.studies.upr").joinpath("model_wordings.yml").read_text("utf-8")
    return tuple(parse_yaml(text))


def wordings(study: UprStudy) -> Finding:
    """Model wordings of this project; none names a State or a person, or asks for a release."""
    rows = [
        (
            code_cell("upr_ask", entry["ask"]),
            Cell(text=entry["wording"]),
            Cell(text=entry["check"]),
            Cell(text=entry["paragraph"]),
        )
        for entry in model_wordings()
    ]
    finding = study.finding(
        "wordings",
        "Model wordings for drafting States, by this project",
        text_columns(
            label="What is asked",
            wording="Wording",
            check="What would show that it was done",
            paragraph="Paragraph of A/75/165",
        ),
        rows,
        (),
        unit="",
        notes=(
            "Wordings of this project for the decision of those who draft; they are quoted from no "
            "recommendation and say nothing on whether it would be supported.",
        ),
    )
    return replace(finding, sources=(), period="")  # of this project, from no source of the report
