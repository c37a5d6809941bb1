"""Invented findings for the tests of the page: lists, States and numbers are made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hrdresearch.findings.model import (
    Cell,
    Claim,
    Column,
    Drawing,
    Finding,
    KnownCases,
    SourceNote,
)
from hrdresearch.report.document import Meta, Prose, ShownFinding

ALPHA = SourceNote(
    "alpha-list",
    "Alpha list (invented)",
    "Invented Alpha Institute, List of cases, 2022",
    "land defenders killed, as the Institute defines them",
    "a1" * 32,
)
BETA = SourceNote(
    "beta-list",
    "Beta list (invented)",
    "Invented Beta Union, Register, 2021",
    "journalists killed for their work",
    "b2" * 32,
)


def count(name: str, value: int | None, unit: str = "victim", filter_: dict | None = None) -> Claim:
    shown = value is not None
    return Claim(
        name,
        value,
        unit,
        value,
        f"{value:,}" if shown else "fewer than 5",
        f"Persons documented as killed ({name})",
        filter_ or {},
        sources=("alpha-list",),
        status="shown" if shown else "suppressed",
    )


def finding(
    name: str,
    label: str,
    rows: Sequence[tuple[str, Sequence[int | None]]],
    drawing: str = "table",
    values: Sequence[str] = ("Victims",),
    vocabulary: str | None = None,
    codes: Sequence[str] = (),
    **more: object,
) -> Finding:
    claims, cells = [], []
    for i, (text, numbers) in enumerate(rows):
        made = [count(f"{name}.r{i}.c{j}", n) for j, n in enumerate(numbers)]
        claims += made
        code = [Cell(codes[i])] if codes else []
        cells.append(
            (*code, Cell(text, vocabulary=vocabulary), *(Cell(c.text, c.name) for c in made))
        )
    keys = tuple(f"v{j}" for j in range(len(values)))
    columns = (
        *((Column("state_iso3", "Code", "code"),) if codes else ()),
        Column("label", label, "label"),
        *(Column(k, v) for k, v in zip(keys, values, strict=True)),
    )
    body = {
        "title": f"Victims by {label.lower()}",
        "unit": "victim",
        "period": "2012–2021",
        "population": ALPHA.population,
        "sources": (ALPHA,),
        "study": "killings",
        "build_id": "0123abcd",
        "policy": {"public_by_name": False},
        **more,
    }
    shown_as = Drawing(
        drawing,
        "state_iso3" if drawing == "map" else "label",
        () if drawing == "table" else keys,
        panels=bool(more.get("sources")) and len(values) > 1,
    )
    return Finding(
        name=name,
        columns=columns,
        rows=tuple(cells),
        claims=(*claims, *body.pop("extra", ())),
        drawing=shown_as,
        **body,
    )


def by_sex() -> Finding:
    return finding(
        "by_sex",
        "Sex",
        [("Female", [31]), ("Male", [187]), ("Transgender (as recorded)", [None])],
        vocabulary="sex",
        statements=('Of those killed, [31]{.claim data-claim="by_sex.r0.c0"} were women.',),
        notes=("Sex as the list records it.",),
    )


def by_threat() -> Finding:
    return finding(
        "by_threat",
        "Threats before the killing",
        [("Threats reported", [363]), ("No threats reported", [207]), ("Unknown", [300])],
        extra=(count("threat.known", 870), count("threat.all", 1909)),
        known=KnownCases("threat.known", "threat.all", "murders with a confirmed motive"),
    )


def by_cause() -> Finding:
    rows = [
        ("Land, territory and natural resources of indigenous and local communities", [412]),
        ("Environment", [256]),
        ("Human rights of persons who were displaced by large projects, $5 dams & <mines>", [58]),
        ("Corruption", [None]),
        ("Women's rights", [7]),
    ]
    return finding("by_cause", "Cause defended", rows, "bars", vocabulary="cause")


def by_year() -> Finding:
    rows = [(str(y), [(y * 37) % 61 + 5 if y != 1999 else None]) for y in range(1992, 2022)]
    return finding("by_year", "Year", rows, "columns", period="1992–2021")


def by_few_years() -> Finding:
    rows = [(str(y), [(y * 37) % 211 + 15]) for y in range(2012, 2022)]
    return finding("by_few_years", "Year", rows, "columns")


def by_source() -> Finding:
    rows = [("Brazil", [342, 29]), ("Ceará", [None, 3]), ("Mexico", [154, 61]), ("Togo", [0, 1])]
    return finding(
        "by_source",
        "State",
        rows,
        "bars",
        ("Alpha list (land defenders)", "Beta list (journalists)"),
        vocabulary="state",
        sources=(ALPHA, BETA),
        notes=("The lists overlap and are not added up.",),
    )


def by_state() -> Finding:
    states = [
        ("BRA", "Brazil", 342),
        ("COL", "Colombia", 322),
        ("MLT", "Malta", 1),
        ("PHL", "Philippines", 270),
        ("IND", "India", 79),
        ("MEX", "Mexico", 154),
        ("SGP", "Singapore", 12),
        ("COD", "Democratic Republic of the Congo", 61),
        ("KEN", "Kenya", None),
        ("FRA", "France", 0),
        ("ESH", "Western Sahara", 2),
    ]
    return finding(
        "by_state",
        "State",
        [(name, [n]) for _, name, n in states],
        "map",
        vocabulary="state",
        codes=[code for code, _, _ in states],
    )


def all_findings() -> list[Finding]:
    return [by_sex(), by_threat(), by_cause(), by_year(), by_few_years(), by_source(), by_state()]


def claims() -> dict[str, Claim]:
    found = {c.name: c for f in all_findings() for c in f.claims}
    return {**found, "extent.victims": count("extent.victims", 1733)}


def meta(**more: object) -> Meta:
    body = {
        "title": "Documented killings of defenders, journalists and persons on national lists",
        "study": "killings",
        "build_id": "0123abcd4567",
        "date": "2026-11-23",
        "edition": "2026-11-23.1",
        "subtitle": "Invented cases in the form of a thematic report",
        "mandate_line": "Special Rapporteur on the situation of human rights defenders",
        "period": "1992–2021",
        "parameters": {"source": "all", "year_from": "2012", "region": ""},
        "banner": "Demonstration: every person and case in this document is invented.",
        "notebook_code": ("show(study.by_year())", "show(study.by_state())"),
        "sources": (ALPHA, BETA),
        "coverage_note": "Lists differ in what they count and in which places they can reach.",
    }
    return Meta(**{**body, **more})  # type: ignore[arg-type]


OPENING = """# Summary

At least [1,733]{.claim data-claim="extent.victims"} persons were documented as killed.

# Introduction

The report counts [1,733]{.claim data-claim="extent.victims"} persons^[Invented Alpha Institute,
*List of cases*, 2022.] and says what it does not know.

It considers:

(a) What lists count;
(b) What they leave out:
    (i) Rural places;
    (ii) Years without funds.

## Method

Documented is **not** occurred. A label such as <script>alert("x")</script> is text.^[Second note.]

### Sources

Each list counts what its makers define.

# Findings
"""

CLOSING = """# Conclusions and recommendations

**States should investigate each killing.**
"""


def blocks() -> list[Prose | ShownFinding]:
    return [
        Prose(OPENING),
        *(ShownFinding(f) for f in all_findings()),
        Prose(CLOSING),
    ]


def changes(**drawing: object) -> Finding:
    """Two changes in per cent and one that is not shown, of two lists."""
    periods = [("2006–2020", [6, 4, 8]), ("2011–2020", [1, -3, 5]), ("2016–2020", [None] * 3)]
    made = finding("changes", "Period", periods, "intervals", ("Per cent a year", "From", "To"))
    words = (Cell("Rise"), Cell("Neither can be told"), Cell("Too few years"))
    lists = (Cell("Alpha list"), Cell("Alpha list"), Cell("Beta list"))
    return replace(
        made,
        columns=(Column("list", "List", "label"), *made.columns, Column("told", "Told", "label")),
        rows=tuple(
            (one, *row, word) for one, row, word in zip(lists, made.rows, words, strict=True)
        ),
        drawing=replace(made.drawing, hollow=("told", "Neither can be told"), **drawing),
    )


def by_year_of_lists() -> Finding:
    """Ten years of three lists, of which one holds 2019 in part."""
    rows = [(str(2012 + n), [40 + n, 30 - n, None if n < 3 else 20]) for n in range(10)]
    lists = ("Alpha list (land defenders)", "Beta list (journalists)", "Gamma list")
    made = finding("years_of_lists", "Year", rows, "columns", lists)
    drawing = replace(made.drawing, panels=True, part_years=(("v1", "2019"),))
    return replace(made, drawing=drawing)
