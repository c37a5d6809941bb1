"""Arithmetic self-test: published figures beside those computed from the shipped fixture.

The fixture's letters are invented and its margins equal the published ones. Passing proves that the
arithmetic which made this report gives what the mandate published when it is fed such letters; it
proves no fact. The fixture's hash is checked too, so a changed letter fails even where no margin
moves.
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
from hrdresearch.studies.communications.persons import persons_sum
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.shapes.count_tables import Row, table_of_counts, text_columns
from hrdresearch.vocab.citations import citations, symbol_and_paragraphs

CUT_OFF = pd.Timestamp("2020-06-30")
PERIOD = {"period_from": "2020-05-01", "period_to": "2020-06-30", "cut_off": "2020-06-30"}
PASS, DIFFER = "pass", "differ"

Computed = Mapping[str, tuple[float, str]]  # key -> value, as printed


class OnFixture:
    """Makes a study count the invented letters of the self-test as it counts a register."""

    table = "fixture_letters"
    build: Build
    source: str

    def _chosen(self, facts: list[dict[str, Any]], sources: str) -> list[dict[str, Any]]:  # noqa: ARG002
        chosen: list[dict[str, Any]] = self.build.extras("self_test")["sources"]
        self.source = str(chosen[0]["slug"])
        return chosen


def computed(fixture: Letters, counted: Mapping[str, Any]) -> Computed:
    """Every figure of the self-test, computed from the fixture by the code of the study.

    counted: what the study counts of the fixture's letters, by key of the self-test.
    """
    build = fixture.build
    people = persons_sum(fixture.letters, _no_mentions())
    women = persons_sum(fixture.letters, _no_mentions(), women=True)
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
    return {**printed, "persons": (float(people.value), people.text)}


def self_test(study: Letters, found: Computed) -> Finding:
    """The annex: each published figure, the computed one, and whether they are the same."""
    test = study.build.extras("self_test")
    rows: list[Row] = []
    report = citations()["figures_of_the_report"].document
    failed = 0
    for record in test["published"]:
        key = record["key"]
        value, printed = found.get(key, (float("nan"), "not computed"))
        same = printed == record["printed"]
        failed += not same
        published = _number(
            f"self_test.{key}.published",
            record["printed"],
            f"{symbol_and_paragraphs(report, record['paragraph'])}: {record['words']}",
        )
        made = _number(
            f"self_test.{key}.computed",
            printed,
            f"{record['words']}, computed from the invented fixture ({value:g})",
        )
        result = PASS if same else DIFFER
        rows.append((record["paragraph"], record["words"], published, made, result))
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
    """The fixture names nobody in two letters; sums are of the letters' own numbers."""
    return pd.DataFrame(
        {c: pd.Series(dtype="object") for c in ("letter_id", "person_id", "sex_code")}
    )


def _number(name: str, printed: str, definition: str) -> Claim:
    return replace(text_claim(name, printed, definition, "self-test"), unit="figure")
