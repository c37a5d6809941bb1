"""Promises: whether the recommendations and promises of the report A/75/165 have been kept.

Paragraphs 90 to 94, and promises found in other paragraphs. The mandate records a status, its
evidence and its day for each of them. Laws and protection mechanisms of States are listed too
(paras. 18, 79 and 80).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import CountDraft
from hrdresearch.findings.model import Cell, Claim, Column, Drawing, Finding
from hrdresearch.findings.sentences import (
    agreement_tag,
    claim_tag,
    join_with_and,
    label_in_sentence,
)
from hrdresearch.studies.ground.ledger import (
    REPORT_DAY,
    LedgerAtCutOff,
    claim_key,
    day_from_parameter,
    day_in_words,
)
from hrdresearch.studies.ground.scope import Narrowing, Scope
from hrdresearch.studies.registers import in_brief
from hrdresearch.studies.shapes.build_account import quality_finding
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    code_cell,
    column_heads,
    state_cell,
    table_of_counts,
    text_columns,
)
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.citations import citations, cited_sentence, symbol_of
from hrdresearch.vocab.states import alphabetical_key

NOT_ASSESSED = "not_assessed"
EXTENT = (
    "{{#if extent.recommendations}}The ledger holds {{ extent.recommendations|of:recommendation }} of "
    "the report: {{ extent.states|none }} to States, {{ extent.united_nations|none }} to the United "
    "Nations, {{ extent.national_institutions|none }} to national human rights institutions and "
    "{{ extent.business|none }} to businesses. {{/if}}"
    "Of the promises of the mandate itself, the scope of this draft holds {{ extent.promises|none }}."
)
LAWS = (
    "The ledger of laws holds entries on {{ laws.states|of:state }}, each as its source says: laws "
    "that protect defenders ({{ laws.law_protects|none }}), laws that restrict their work "
    "({{ laws.law_restricts|none }}) and mechanisms of protection ({{ laws.mechanism|none }})."
)
NO_LEDGER_OF_LAWS = (
    "The build holds no ledger of laws and mechanisms, which says nothing of what exists."
)
NAMED = (
    "Of {{ named.mechanisms|of:state }} named with a mechanism in 2020, "
    "{{ named.held|none }} {{ named.held|agree:has:have }} a mechanism in the ledger of laws."
)
NO_LAWS = "the build holds no ledger of laws and mechanisms"


class Promises(LedgerAtCutOff):
    """The study of promises over one ledger of table ``commitments``."""

    name = "promises"
    table = "commitments"
    subject = "laws and mechanisms of protection"
    unit = "recommendations and promises"
    value_heading = "Commitments"

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """Row filter of the run: kind of commitment; sets the cut-off day.

        Default cut-off: the last day of an assessment, or the day of the report if there is none.
        """
        last = self.last_day("status_date")
        self.cut_off = day_from_parameter(params, "cut_off", pd.Timestamp(last or REPORT_DAY))
        narrowing = Narrowing(params, f"as assessed by {day_in_words(self.cut_off)}")
        if params.get("kind", "all") != "all":
            narrowing.filter["kind_code"] = str(params["kind"])
            narrowing.words.append(label("commitment_kind", str(params["kind"])).lower() + "s")
        return narrowing.scope()

    def scope_words(self) -> dict[str, str]:
        """Period, scope and list, and the symbol of the report that is assessed."""
        return {**super().scope_words(), "report_symbol": citations()["p90_assessment"].document}

    @property
    def known(self) -> pd.DataFrame:
        """Commitments in scope; a status dated after the cut-off, or without a day, is not assessed."""
        frame = self.register.frame
        is_known = frame["status_date"] <= self.cut_off
        return frame.assign(status_code=frame["status_code"].where(is_known, NOT_ASSESSED))

    def extent(self) -> Finding:
        """Number of recommendations by whom they address, and of promises of the mandate."""

        def count_recommendations(key: str, words: str, **to: str) -> CountDraft:
            where = {"kind_code": "recommendation", **to}
            return CountDraft(f"extent.{key}", words, where, "recommendation")

        drafts = [
            count_recommendations("recommendations", "Recommendations"),
            *(
                count_recommendations(
                    code, f"Recommendations to: {label('commitment_to', code)}", to_code=code
                )
                for code in codes("commitment_to")
                if code != "mandate"
            ),
            CountDraft(
                "extent.promises", "Promises of the mandate", {"kind_code": "promise"}, "promise"
            ),
        ]
        return table_of_counts(
            self,
            "extent",
            "Recommendations and promises of the report",
            column_heads("What was counted", value="Number"),
            [(d.definition, d) for d in drafts],
            statements=(EXTENT,),
            key_sentences=(EXTENT,),
        )

    def by_status(self) -> Finding:
        """Recommendations and promises by status on the cut-off day."""
        known = self.known

        def cell(kind: str, code: str) -> Claim:
            n = int(((known["status_code"] == code) & (known["kind_code"] == kind)).sum())
            words = f"{label('commitment_kind', kind)}: {label('commitment_status', code)}"
            return self.number(f"by_status.{kind}.{code}", n, kind, words)

        assessed = int((known["status_code"] != NOT_ASSESSED).sum())
        whole = (
            f"By {day_in_words(self.cut_off)}, {{{{ by_status.assessed|none }}}} of "
            "{{ by_status.of|of:commitment }} had been assessed with evidence."
        )
        wholes = [
            self.number(
                f"by_status.{kind}.of",
                int((known["kind_code"] == kind).sum()),
                kind,
                f"{label('commitment_kind', kind)}: all",
            )
            for kind in codes("commitment_kind")
        ]
        kinds = [
            _status_sentence(of, {code: cell(of.unit, code) for code in codes("commitment_status")})
            for of in wholes
        ]
        return table_of_counts(
            self,
            "by_status",
            "Recommendations and promises by status",
            column_heads(
                "Status", recommendation="Recommendations", promise="Promises of the mandate"
            ),
            [
                (
                    code_cell("commitment_status", code),
                    *(cell(kind, code) for kind in codes("commitment_kind")),
                )
                for code in codes("commitment_status")
            ],
            beside=[
                *wholes,
                *self.numbers(
                    "commitment",
                    {
                        "by_status.assessed": (assessed, "Assessed by the cut-off"),
                        "by_status.of": (len(known), "Recommendations and promises"),
                    },
                ),
            ],
            statements=(" ".join((whole, *filter(None, kinds))),),
            key_sentences=tuple(filter(None, (whole, *kinds))),
            drawing=Drawing("bars", "label", codes("commitment_kind")),
            notes=(
                "A status counts only with its day and evidence. For a recommendation to States "
                "it says what the evidence shows for States as a whole.",
            ),
        )

    def assessment(self) -> Finding:
        """Each recommendation and promise in a row, with its status, evidence and day."""
        ordered = self.known.sort_values(
            ["kind_code", "source_row"], ascending=[False, True], kind="stable"
        )
        rows: list[Row] = []
        for record in ordered.to_dict("records"):
            evidence: tuple[Content, Content] = ("–", "–")
            if record["status_code"] != NOT_ASSESSED:
                name = f"assessed.{claim_key(record['commitment_id'])}"
                day = self.day(name, record["status_date"], "Day of the assessment")
                evidence = (str(record["evidence"]), day)
            rows.append(
                (
                    record["commitment_id"],
                    record["words"],
                    code_cell("commitment_to", record["to_code"]),
                    code_cell("commitment_status", record["status_code"]),
                    *evidence,
                )
            )
        return table_of_counts(
            self,
            "assessment",
            "Assessment of recommendations and promises",
            [
                *text_columns(number="Paragraph", label="What it asks", to="Of whom"),
                *text_columns(status="Status", evidence="Evidence"),
                Column("day", "Day"),
            ],
            rows,
            notes=("The words are ours, not those of the report.",),
        )

    def obstacles(self) -> Finding:
        """Assessed recommendations and promises by the obstacle recorded (para. 90)."""
        assessed = self.known[self.known["status_code"] != NOT_ASSESSED]
        kinds = {c: label("obstacle", c) for c in codes("obstacle") if c != "none_recorded"}
        claims = self.numbers(
            "commitment",
            {
                f"obstacles.{code}": (int((assessed["obstacle_code"] == code).sum()), words)
                for code, words in kinds.items()
            },
        )
        rows = [(Cell(text=c.definition, vocabulary="obstacle"), c) for c in claims if c.value]
        named = sorted(
            (c for c in claims if c.value), key=lambda c: (c.definition == "Other", c.definition)
        )
        by_kind = join_with_and(
            [f"{label_in_sentence(c.definition)} for {claim_tag(c)}" for c in named]
        )
        of = self.number("obstacles.of", len(assessed), "commitment", "Assessed by the cut-off")
        told = (
            f"Of {claim_tag(of, 'of:commitment')} assessed, {claim_tag('obstacles.named', 'none')} "
            f"{claim_tag('obstacles.named', 'agree:has:have')} a difficulty or obstacle recorded"
            f"{f': {by_kind}' if named else ''}."
            if len(assessed)
            else "No recommendation or promise is assessed, so no obstacle is recorded."
        )
        claims.append(of)
        with_obstacle = int(assessed["obstacle_code"].isin(list(kinds)).sum())
        claims.append(
            self.number(
                "obstacles.named",
                with_obstacle,
                "commitment",
                "Assessed, with what stood in the way",
            )
        )
        return table_of_counts(
            self,
            "obstacles",
            "Assessed recommendations and promises by difficulty or obstacle",
            column_heads("Difficulty or obstacle", value="Number"),
            rows,
            beside=claims,
            statements=(told,),
            key_sentences=(told,) if len(assessed) else (),
            drawing=Drawing("bars", "label", ("value",)) if rows else Drawing(),
        )

    def laws(self) -> Finding:
        """Laws and protection mechanisms by State, with status and source; counts by kind."""
        frame = self.build.table("laws")
        is_kept = bool(self.source_notes_of("laws"))  # without a ledger of laws, no number is zero
        frame = frame[~(frame["status_date"] > self.cut_off)]
        claims = self.numbers(
            "entry",
            {
                f"laws.{code}": (
                    int((frame["kind_code"] == code).sum()) if is_kept else None,
                    label("law_kind", code),
                )
                for code in codes("law_kind")
            },
            why=NO_LAWS,
        )
        states, words = frame["state_iso3"].nunique() if is_kept else None, "States with an entry"
        claims.append(self.number("laws.states", states, "state", words, why=NO_LAWS))
        claims = self.claims_of_table("laws", claims) if is_kept else claims
        claims += self.flag_claims("laws.are_kept", is_kept)
        records = sorted(
            frame.to_dict("records"), key=lambda r: (alphabetical_key(r["state_iso3"]), r["law_id"])
        )
        return table_of_counts(
            self,
            "laws",
            "Laws and protection mechanisms, in alphabetical order of States",
            text_columns(
                label="State", kind="Kind", words="What it is", status="Status", source="Named by"
            ),
            [
                (
                    state_cell(record["state_iso3"]),
                    code_cell("law_kind", record["kind_code"]),
                    record["words"],
                    code_cell("law_status", record["status_code"]),
                    record["named_by"],
                )
                for record in records
            ],
            beside=claims,
            statements=(LAWS if is_kept else NO_LEDGER_OF_LAWS,),
            key_sentences=(LAWS,) if is_kept else (),
            unit="entries",
            sources=self.source_notes_of("laws"),
            notes=(
                "A law counts whatever its status, a draft too; what it does to defenders is as its "
                "source says. That a mechanism exists does "
                "not say that it protects; a State that is absent was not looked at.",
            ),
        )

    def named(self) -> Finding:
        """States whose mechanism paragraph 80 names, and whether the ledger of laws has one for them."""
        fixture = self.build.table("fixture_laws")
        missing = "no" if self.source_notes_of("laws") else "no ledger"
        laws = self.build.table("laws")
        with_mechanism = set(laws.loc[laws["kind_code"] == "mechanism", "state_iso3"])
        words = f"States with a mechanism in the list taken from {symbol_of('mechanisms')}"
        states = fixture["state_iso3"].nunique()
        held = int(fixture["state_iso3"].isin(with_mechanism).sum()) if missing == "no" else None
        on_states = [
            self.number("named.mechanisms", states, "state", words),
            self.number(
                "named.held", held, "state", f"{words}, and one in this ledger", why=NO_LAWS
            ),
        ]
        return table_of_counts(
            self,
            "named",
            "States that the report names with a protection mechanism",
            text_columns(label="State", held="In this ledger"),
            [
                (state_cell(iso3), "yes" if iso3 in with_mechanism else missing)
                for iso3 in sorted(fixture["state_iso3"], key=alphabetical_key)
            ],
            beside=on_states,
            statements=(NAMED,) if held is not None else (),
            key_sentences=(NAMED,) if held is not None else (),
            unit="States",
            sources=self.source_notes_of("laws"),
            notes=(cited_sentence("p80_levels"),),
        )

    laws_of_state = in_brief.laws_of_state
    quality = quality_finding

    def glance(self) -> Finding:
        """In a brief: the ledger of laws with its entries on the State."""
        return in_brief.glance_of_laws(self, self.laws_of_state())


def _status_sentence(whole: Claim, counts: Mapping[str, Claim]) -> str:
    """Sentence on the recommendations, or promises, by status; empty where there are none."""
    held = [claim for claim in counts.values() if claim.value]
    told = [
        f"{claim_tag(claim)} {'as' if number else agreement_tag(claim, 'is recorded as', 'are recorded as')} "
        f"{label_in_sentence(claim.definition.partition(': ')[2])}"
        for number, claim in enumerate(held)
    ]
    return f"Of {claim_tag(whole, f'of:{whole.unit}')}, {join_with_and(told)}." if held else ""


STUDY = Promises
