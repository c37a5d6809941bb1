"""Self-test of the arithmetic: published figures beside figures computed on invented letters.

The invented letters (the fixture) are made so that their totals equal those of A/75/165. If the
code of the study computes the published figures from them, its arithmetic is right; no fact is
proved. The hash of the fixture is checked too, so that a changed letter makes the test fail even
where the totals stay the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import text_claim
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.numbers import numeral
from hrdresearch.stats.visit_status import is_invited_not_visited, is_outstanding
from hrdresearch.studies.communications.letters import Letters
from hrdresearch.studies.communications.persons import sum_persons
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.shapes.count_tables import Row, table_of_counts, text_columns
from hrdresearch.vocab.citations import citations, symbol_and_paragraphs

CUT_OFF = pd.Timestamp("2020-06-30")
PERIOD = {"period_from": "2020-05-01", "period_to": "2020-06-30", "cut_off": "2020-06-30"}
PASS, DIFFER = "pass", "differ"

Computed = Mapping[str, tuple[float, str]]  # key -> value, as printed


class OnSelfTestLetters:
    """Mixin that makes a study count the invented letters of the self-test instead of a register."""

    table = "fixture_letters"
    build: Build
    source: str

    def _chosen(self, facts: list[dict[str, Any]], sources: str) -> list[dict[str, Any]]:  # noqa: ARG002
        invented: list[dict[str, Any]] = self.build.extras("self_test")["sources"]
        self.source = str(invented[0]["slug"])
        return invented


def compute_figures(fixture: Letters, counted: Mapping[str, Any]) -> Computed:
    """The figures of the self-test by key, each as a number and as printed.

    fixture: the study on the invented letters. counted: its counts of letters, by key.
    """
    build = fixture.build
    persons = sum_persons(fixture.letters, _no_mentions())
    women = sum_persons(fixture.letters, _no_mentions(), women=True)
    releases = build.table("fixture_releases")
    visits = build.table("fixture_visits")
    advice = build.table("fixture_commitments")
    advice = advice[advice["kind_code"] == "recommendation"]
    exact = {
        **counted,
        "women": women.value,
        "releases": releases["release_id"].nunique(),
        "release_states": releases["state_iso3"].nunique(),
        "visit_requests": int(is_outstanding(visits, CUT_OFF).sum()),
        "invited_not_visited": int(is_invited_not_visited(visits, CUT_OFF).sum()),
        "mechanisms": build.table("fixture_laws")["state_iso3"].nunique(),
        "recommendations": len(advice),
        **{
            f"recommendations_{code}": int(n)
            for code, n in advice["to_code"].value_counts().items()
        },
    }
    printed = {key: (float(value), numeral(float(value))) for key, value in exact.items()}
    return {**printed, "persons": (float(persons.value), persons.text)}


def self_test_finding(study: Letters, computed: Computed) -> Finding:
    """A row for each published figure: the figure, the computed one, and "pass" or "differ"."""
    test = study.build.extras("self_test")
    rows: list[Row] = []
    report = citations()["figures_of_the_report"].document
    failed = 0
    for record in test["published"]:
        key = record["key"]
        value, printed = computed.get(key, (float("nan"), "not computed"))
        same = printed == record["printed"]
        failed += not same
        published = _figure_claim(
            f"self_test.{key}.published",
            record["printed"],
            f"{symbol_and_paragraphs(report, record['paragraph'])}: {record['words']}",
        )
        recomputed = _figure_claim(
            f"self_test.{key}.computed",
            printed,
            f"{record['words']}, computed from the invented fixture ({value:g})",
        )
        result = PASS if same else DIFFER
        rows.append((record["paragraph"], record["words"], published, recomputed, result))
    changed = [name for name, unchanged in test["unchanged"].items() if not unchanged]
    failed += bool(changed)
    rows.append(
        (
            "–",
            "Fixture files are those that the project declares",
            "all",
            "all" if not changed else "changed: " + ", ".join(changed),
            DIFFER if changed else PASS,
        )
    )
    figures = {
        "self_test.figures": (len(test["published"]), "Published figures compared"),
        "self_test.differ": (failed, "Lines of the self-test that differ"),
    }
    return table_of_counts(
        study,
        "self_test",
        "Arithmetic self-test on invented letters",
        [
            *text_columns(paragraph="Paragraph", label="Figure"),
            Column("published", "Published"),
            Column("computed", "Computed"),
            *text_columns(result="Result"),
        ],
        rows,
        beside=study.numbers("figure", figures),
        unit="figures",
        period="",
        sources=(),
        notes=(
            "The letters of the fixture are invented; their margins equal the published ones. The "
            "test proves the arithmetic, not the facts.",
            "Percentages are rounded plainly, each by itself: 40, 21, 9, 14 and 16 happen to add "
            "up to 100; rounded percentages need not.",
            "More than 189 is an open lower bound: 59 women are no share of it. The response "
            "rate is over letters, not over States. The rates of reply of earlier years "
            "have no published denominator: they are quoted elsewhere, never computed.",
        ),
    )


def _no_mentions() -> pd.DataFrame:
    """An empty table of listed persons: the invented letters list nobody by name."""
    return pd.DataFrame(
        {c: pd.Series(dtype="object") for c in ("letter_id", "person_id", "sex_code")}
    )


def _figure_claim(name: str, printed: str, definition: str) -> Claim:
    """Claim of a figure of the self-test, as printed."""
    return replace(text_claim(name, printed, definition, "self-test"), unit="figure")
