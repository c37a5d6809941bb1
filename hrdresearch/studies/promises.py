"""Promises: the mandate's own assessment of its report, after three years or at any time.

Paragraphs 90 to 94 of A/75/165, and what the report promises elsewhere. Each recommendation and
promise has a status, evidence and a day; laws and protection mechanisms of States stand beside them
(paras. 18, 79 and 80).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from hrdresearch.findings.make import Draft, Population
from hrdresearch.findings.model import Cell, Claim, Column, Drawing, Finding
from hrdresearch.studies.base import Scope
from hrdresearch.studies.compare import quality_finding
from hrdresearch.studies.ledger import Ledger, capitalized, day_of, in_words
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import short_name

REPORT_DAY = pd.Timestamp("2020-07-16")
NOT_ASSESSED = "not_assessed"


class Promises(Ledger):
    """The promises study over one ledger of commitments."""

    name = "promises"
    table = "commitments"
    unit = "recommendations and promises"
    counted = "Commitments"

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """A kind of commitment; the cut-off says which assessments are known."""
        last = self.last_day("status_date")
        self.cut_off = day_of(params, "cut_off", pd.Timestamp(last or REPORT_DAY))
        filter_: dict[str, Any] = {}
        words = [f"as assessed by {in_words(self.cut_off)}"]
        if params.get("kind", "all") != "all":
            filter_["kind_code"] = str(params["kind"])
            words.append(label("commitment_kind", str(params["kind"])).lower() + "s")
        return Scope(filter_, "; ".join(words))

    def period(self, populations: Iterable[Population] | None = None) -> str:  # noqa: ARG002
        """The cut-off as printed."""
        return f"as at {in_words(self.cut_off)}"

    def card(self) -> Finding:
        """Parameters and words for the prose."""
        parameters = {k: str(v) for k, v in self.params.items() if v is not None}
        scope = {
            "period": self.period(),
            "cut_off_day": in_words(self.cut_off),
            "scope": self.scope.words,
            "scope_title": capitalized(self.scope.words),
            "lists": self.register.title,
        }
        return self.study_card(parameters, scope)

    @property
    def known(self) -> pd.DataFrame:
        """Commitments with the status that was known on the day of the cut-off."""
        frame = self.register.frame
        late = ~(frame["status_date"] <= self.cut_off)
        return frame.assign(status_code=frame["status_code"].mask(late, NOT_ASSESSED))

    def extent(self) -> Finding:
        """Recommendations by addressee, and promises of the mandate."""
        made = self.count(
            self.register,
            [
                Draft(
                    "extent.recommendations",
                    "Recommendations",
                    {"kind_code": "recommendation"},
                    "recommendation",
                ),
                *(
                    Draft(
                        f"extent.{code}",
                        f"Recommendations to: {label('commitment_to', code)}",
                        {"kind_code": "recommendation", "to_code": code},
                        "recommendation",
                    )
                    for code in codes("commitment_to")
                    if code != "mandate"
                ),
                Draft(
                    "extent.promises",
                    "Promises of the mandate",
                    {"kind_code": "promise"},
                    "promise",
                ),
            ],
        )
        rows = [[Cell(text=c.definition), Cell(claim=c.name)] for c in made.values()]
        return self.finding(
            "extent",
            "Recommendations and promises of the report",
            [Column("label", "What was counted", "label"), Column("value", "Number")],
            rows,
            made.values(),
        )

    def by_status(self) -> Finding:
        """Status of recommendations and of promises."""
        known = self.known
        claims: list[Claim] = []
        rows = []
        for code in codes("commitment_status"):
            cells = [Cell(text=label("commitment_status", code), vocabulary="commitment_status")]
            for kind in codes("commitment_kind"):
                n = int(((known["status_code"] == code) & (known["kind_code"] == kind)).sum())
                claim = self.number(
                    f"by_status.{kind}.{code}",
                    n,
                    kind,
                    f"{label('commitment_kind', kind)}: {label('commitment_status', code)}",
                )
                claims.append(claim)
                cells.append(Cell(claim=claim.name))
            rows.append(cells)
        assessed = int((known["status_code"] != NOT_ASSESSED).sum())
        claims += [
            self.number("by_status.assessed", assessed, "commitment", "Assessed by the cut-off"),
            self.number("by_status.of", len(known), "commitment", "Recommendations and promises"),
        ]
        return self.finding(
            "by_status",
            "Recommendations and promises by status",
            [
                Column("label", "Status", "label"),
                Column("recommendation", "Recommendations"),
                Column("promise", "Promises of the mandate"),
            ],
            rows,
            claims,
            notes=(
                "A status counts only with its day and evidence. For a recommendation to States "
                "it says what the evidence shows for States as a whole.",
            ),
        )

    def assessment(self) -> Finding:
        """Each recommendation and promise with status, evidence and day."""
        claims: list[Claim] = []
        rows = []
        for record in self.known.sort_values(
            ["kind_code", "source_row"], ascending=[False, True], kind="stable"
        ).to_dict("records"):
            day = Cell(text="–")
            if record["status_code"] != NOT_ASSESSED:
                made = self.day(
                    f"assessed.{_slug(record['commitment_id'])}",
                    record["status_date"],
                    "Day of the assessment",
                )
                claims.append(made)
                day = Cell(claim=made.name)
            assessed = record["status_code"] != NOT_ASSESSED
            rows.append(
                [
                    Cell(text=record["commitment_id"]),
                    Cell(text=record["words"]),
                    Cell(
                        text=label("commitment_to", record["to_code"]), vocabulary="commitment_to"
                    ),
                    Cell(
                        text=label("commitment_status", record["status_code"]),
                        vocabulary="commitment_status",
                    ),
                    Cell(text=str(record["evidence"]) if assessed else "–"),
                    day,
                ]
            )
        columns = [
            Column("number", "Paragraph", "label"),
            Column("label", "What it asks", "label"),
            Column("to", "Of whom", "label"),
            Column("status", "Status", "label"),
            Column("evidence", "Evidence", "label"),
            Column("day", "Day"),
        ]
        return self.finding(
            "assessment",
            "Assessment of recommendations and promises",
            columns,
            rows,
            claims,
            notes=("Words of the report shortened.",),
        )

    def obstacles(self) -> Finding:
        """Difficulties and obstacles, as paragraph 90 asks."""
        known = self.known
        own = known[known["status_code"] != NOT_ASSESSED]
        listed = [c for c in codes("obstacle") if c != "none_recorded"]
        claims = [
            self.number(
                f"obstacles.{code}",
                int((own["obstacle_code"] == code).sum()),
                "commitment",
                label("obstacle", code),
            )
            for code in listed
        ]
        rows = [
            [Cell(text=c.definition, vocabulary="obstacle"), Cell(claim=c.name)]
            for c in claims
            if c.value
        ]
        return self.finding(
            "obstacles",
            "Assessed recommendations and promises by difficulty or obstacle",
            [Column("label", "Difficulty or obstacle", "label"), Column("value", "Number")],
            rows,
            claims,
            drawing=Drawing("bars", "label", ("value",)) if rows else Drawing(),
        )

    def laws(self) -> Finding:
        """Laws and protection mechanisms of the ledger, by State, with status and source."""
        frame = self.build.table("laws")
        frame = frame[~(frame["status_date"] > self.cut_off)]
        claims = [
            self.number(
                f"laws.{code}",
                int((frame["kind_code"] == code).sum()),
                "entry",
                label("law_kind", code),
            )
            for code in codes("law_kind")
        ]
        claims.append(
            self.number(
                "laws.states", frame["state_iso3"].nunique(), "state", "States with an entry"
            )
        )
        rows = []
        for record in sorted(
            frame.to_dict("records"), key=lambda r: (short_name(r["state_iso3"]), r["law_id"])
        ):
            rows.append(
                [
                    Cell(text=short_name(record["state_iso3"]), vocabulary="state"),
                    Cell(text=label("law_kind", record["kind_code"]), vocabulary="law_kind"),
                    Cell(text=record["words"]),
                    Cell(text=label("law_status", record["status_code"]), vocabulary="law_status"),
                    Cell(text=record["named_by"]),
                ]
            )
        columns = [
            Column("label", "State", "label"),
            Column("kind", "Kind", "label"),
            Column("words", "What it is", "label"),
            Column("status", "Status", "label"),
            Column("source", "Named by", "label"),
        ]
        return self.finding(
            "laws",
            "Laws and protection mechanisms, in alphabetical order of States",
            columns,
            rows,
            claims,
            unit="entries",
            sources=self.notes_on("laws"),
            notes=(
                "What a law does to defenders is as its source says. That a mechanism exists does "
                "not say that it protects; a State that is absent was not looked at.",
            ),
        )

    def named(self) -> Finding:
        """The mechanisms that paragraph 80 names, and whether the ledger holds them."""
        fixture = self.build.table("fixture_laws")
        held = self.build.table("laws")
        held = held[held["kind_code"] == "mechanism"]
        claims = [
            self.number(
                "named.mechanisms",
                fixture["state_iso3"].nunique(),
                "state",
                "States named in A/75/165, para. 80, with a mechanism",
            )
        ]
        rows = [
            [
                Cell(text=short_name(iso3), vocabulary="state"),
                Cell(text="yes" if (held["state_iso3"] == iso3).any() else "no"),
            ]
            for iso3 in sorted(fixture["state_iso3"], key=short_name)
        ]
        return self.finding(
            "named",
            "States that the report names with a protection mechanism",
            [Column("label", "State", "label"), Column("held", "In this ledger", "label")],
            rows,
            claims,
            unit="States",
            notes=(
                "Paragraph 80 of A/75/165, which adds that they are not equally developed and have "
                "not equally succeeded.",
            ),
        )

    def quality(self) -> Finding:
        """What became of the rows of the ledger."""
        return quality_finding(self)


def _slug(text: str) -> str:
    return "_".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


STUDY = Promises
