"""Inputs to the calls of the mandate: who sent them from where on what, and what was acknowledged.

Paragraphs 22, 34, 40 and 61 of A/75/165. The unit is the input, whatever its length: a theme counts once in
each input that names it. The list does not show who was silent or was never reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Cell, Column, Finding
from hrdresearch.findings.sentences import Wording, claim_tag, is_printed
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.ground.scope import Scope
from hrdresearch.studies.shapes.build_account import quality_finding
from hrdresearch.studies.shapes.by_code import table_by_code
from hrdresearch.studies.shapes.count_tables import (
    Row,
    code_cell,
    column_heads,
    state_cell,
    table_of_counts,
    text_columns,
)
from hrdresearch.studies.shapes.released import by_period_finding
from hrdresearch.studies.submissions.acknowledgement import times_finding
from hrdresearch.studies.submissions.codes_given import agreement_finding, codes_finding
from hrdresearch.studies.submissions.states_asked import asked_finding
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import alphabetical_key, short_name

UNKNOWN, NOT_CODED = ("not_recorded",), ("not_assessed",)
KINDS = {
    "state": "as from States",
    "nhri": "as from national human rights institutions",
    "ngo": "as from non-governmental organizations",
    "individual": "as from individuals or defenders",
    "academic": "as from academics or universities",
    "un_body": "as from bodies of the United Nations",
    "regional_body": "as from regional or other intergovernmental organizations",
    "business": "as from businesses",
    "other": "as from others",
}
SEVERAL = "An input may speak of several; shares may add up to more than a hundred."


class Submissions(Ledger):
    """The study of inputs over one list of table ``submissions``."""

    name = "submissions"
    table = "submissions"
    unit = "inputs"
    value_heading = "Inputs"
    noun_of_years = "received"
    coded_parameters = (
        ("submitter_kind", "submitter_kind_code"),
        ("submission_theme", "submission_theme_codes"),
    )
    has_places = False

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """Row filter of the run: years of receipt, kind of submitter, theme, and call."""
        narrowing = self.narrowing(params)
        if (call := str(params.get("call") or "all")) != "all":
            narrowing.filter["call"] = call
            narrowing.words.append(f"in answer to one call ({call})")
        return narrowing.scope()

    def extent(self) -> Finding:
        """Inputs and submitters."""
        rows = (
            ("inputs", "Inputs", "input", None),
            ("submitters", "Submitters", "submitter", "submitter_id"),
        )
        finding = table_of_counts(
            self,
            "extent",
            "Inputs received, and those who sent them",
            column_heads("What was counted", value="Number"),
            [
                (words, CountDraft(f"extent.{key}", words, unit=unit, column=column))
                for key, words, unit, column in rows
            ],
            notes=(
                "One submitter may send several inputs. Two names that differ by more than case, accents "
                "and the order of words are two submitters.",
            ),
        )
        inputs, submitters = finding.claims[:2]
        if not is_printed(inputs):
            return finding
        text = f"{self.register.list_subject} holds {claim_tag(inputs, 'of:input')}"
        text += f" from {claim_tag(submitters, 'of:submitter')}." if is_printed(submitters) else "."
        return replace(finding, statements=(text,), key_sentences=(text,))

    def by_kind(self) -> Finding:
        """Inputs by kind of submitter."""
        return self.inputs_by_code(
            "by_kind",
            "Inputs by kind of submitter",
            "submitter_kind",
            wording=Wording(
                known="of which it is recorded who sent them",
                fact="the kind of submitter",
                words=KINDS,
                is_key=True,
            ),
        )

    def by_region(self) -> Finding:
        """Inputs by region of the State of the submitter."""
        return self.inputs_by_code(
            "by_region",
            "Inputs by region of the submitter",
            "submitter_region",
            notes=(
                "The region is that of the submitter, and not the one that the input speaks of.",
            ),
            wording=Wording(
                known="of which it is recorded where the submitter is",
                fact="the place of the submitter",
                link="as from",
                words={
                    "international": "as from international submitters",
                    **{c: f"as from {label('submitter_region', c)}" for c in REGIONS},
                    "americas": "as from the Americas",
                    "middle_east_and_north_africa": "as from the Middle East and North Africa",
                },
                is_key=True,
            ),
        )

    def by_language(self) -> Finding:
        """Inputs by language."""
        return self.inputs_by_code(
            "by_language",
            "Inputs by language",
            "submission_language",
            wording=Wording(
                known="of which the language is recorded",
                fact="the language",
                words={c: f"as in {label('submission_language', c)}" for c in LANGUAGES}
                | {"other": "as in another language"},
            ),
        )

    def by_handling(self) -> Finding:
        """Inputs by whether they may be made public."""
        return self.inputs_by_code(
            "by_handling",
            "Inputs by handling",
            "confidentiality",
            notes=("Where nothing is recorded, an input is handled as in confidence.",),
            wording=Wording(
                known="of which the handling is recorded",
                fact="the handling",
                words={"public": "as open to the public", "confidential": "as in confidence"},
            ),
        )

    def themes(self) -> Finding:
        """Inputs by theme; a theme counts once in an input, however often it is named."""
        return self.inputs_by_code(
            "themes",
            "Inputs by theme",
            "submission_theme",
            "submission_theme_codes",
            unknown=NOT_CODED,
            notes=(
                SEVERAL,
                "A theme counts once in each input, however long it is. A code on which coders differ "
                "counts only when a person has settled it.",
            ),
            wording=Wording(
                known="that were coded",
                fact="the theme",
                link="as on",
                words={"none_of_these": "as on no theme of the mandate"},
                none_known="No input was coded, so nothing is told of their themes.",
                is_key=True,
            ),
        )

    def coding(self) -> Finding:
        """Inputs by how far their codes are settled."""
        return self.inputs_by_code(
            "coding",
            "Inputs by state of the coding",
            "coding_state",
            unknown=NOT_CODED,
            wording=Wording(
                known="that were coded",
                fact="the text",
                words=STATES_OF_CODING,
                none_known="No input was coded.",
            ),
        )

    def acknowledged(self) -> Finding:
        """Inputs by whether their receipt was acknowledged."""
        return self.inputs_by_code(
            "acknowledged",
            "Inputs by acknowledgement",
            "recorded_fact",
            "acknowledged_code",
            unknown=("unknown", "not_asked", *UNKNOWN),
            wording=Wording(
                known="of which it is recorded whether they were acknowledged",
                fact="whether they were acknowledged",
                words={"yes": "as acknowledged", "no": "as not acknowledged"},
                is_key=True,
            ),
        )

    def time_classes(self) -> Finding:
        """Inputs by time to acknowledgement, in classes."""
        return self.inputs_by_code(
            "time_classes",
            "Inputs by time to acknowledgement",
            "acknowledgement_time",
            unknown=("not_assessed",),
            in_order=True,
            notes=(
                "Only inputs that were acknowledged on a day that is recorded are in a class, so the "
                "classes say nothing of those that still wait.",
            ),
            wording=Wording(
                known="acknowledged after a time that is known",
                fact="the time to acknowledgement",
                words={
                    "within_7_days": "as acknowledged within seven days",
                    "within_30_days": "as acknowledged after eight to thirty days",
                    "within_90_days": "as acknowledged after more than thirty and up to ninety days",
                    "after_90_days": "as acknowledged after more than ninety days",
                },
            ),
        )

    def quotable(self) -> Finding:
        """Inputs by whether the submitter agreed, with a day, to be quoted."""
        return self.inputs_by_code(
            "quotable",
            "Inputs by consent to be quoted",
            "recorded_fact",
            "quote_consent_code",
            unknown=("unknown", "not_asked", *UNKNOWN),
            notes=("A consent counts with its day, and until it is taken back.",),
            wording=Wording(
                known="of which it is recorded whether they may be quoted",
                fact="whether they may be quoted",
                words={"yes": "as open to quotation", "no": "as not to be quoted"},
            ),
        )

    def named(self) -> Finding:
        """Submitters who may be named: with recorded consent, or published by the United Nations."""
        names = sorted(set(self.register.named["public_name"]) - {""})
        bases = self.register.named.groupby("public_name")["name_basis_code"].max()
        return self.finding(
            "named",
            "Submitters who may be named",
            text_columns(label="Submitter", basis="Basis"),
            [[Cell(text=name), code_cell("name_basis", str(bases[name]))] for name in names],
            (),
            unit="submitters",
            statements=(
                "Those who agreed on a recorded day to be named, or whose input the United Nations "
                'published, stand in [the table]{.exhibit-of data-finding="named"}; nobody else is named.'
                if names
                else "Nobody who sent an input may be named: no consent to that is recorded.",
            ),
        )

    def kind_by_region(self) -> Finding:
        """Inputs by kind of submitter and region; for internal use only."""
        return self._crossed(
            "kind_by_region",
            "Inputs by kind of submitter and region",
            "submitter_kind",
            "submitter_region",
        )

    def theme_by_kind(self) -> Finding:
        """Inputs by theme and kind of submitter; for internal use only."""
        return self._crossed(
            "theme_by_kind",
            "Inputs by theme and kind of submitter",
            "submission_theme",
            "submitter_kind",
        )

    def theme_by_region(self) -> Finding:
        """Inputs by theme and region of the submitter; for internal use only."""
        return self._crossed(
            "theme_by_region", "Inputs by theme and region", "submission_theme", "submitter_region"
        )

    def by_state(self) -> Finding:
        """Inputs by State of the submitter; for internal use only."""

        def rows(p: Population) -> list[Row]:
            held = set(p.frame["state_iso3"].dropna()) if not p.release else set()
            return [
                (
                    state_cell(i),
                    CountDraft(f"by_state.{i.lower()}", short_name(i), {"state_iso3": i}, "input"),
                )
                for i in sorted(held, key=alphabetical_key)
            ]

        return table_of_counts(
            self,
            "by_state",
            "Inputs by State of the submitter",
            column_heads("State or territory", value="Inputs"),
            rows,
            notes=("Whom a call reached is not known, so the counts do not rank States.",),
        )

    codes = codes_finding
    agreement = agreement_finding
    times = times_finding
    asked = asked_finding
    by_period = by_period_finding
    quality = quality_finding

    def inputs_by_code(
        self, name: str, title: str, vocabulary: str, column: str = "", **more: Any
    ) -> Finding:
        """Inputs by the codes of a column. column: by default, named after the vocabulary."""
        shared: dict[str, Any] = {
            "unknown": UNKNOWN,
            "unit": "input",
            "known_words": "inputs of which this is known",
        }
        return table_by_code(
            self, name, title, column or f"{vocabulary}_code", vocabulary, **shared | more
        )

    # -- private ---------------------------------------------------------------------------

    def _crossed(self, name: str, title: str, down: str, across: str) -> Finding:
        """Inputs by the codes of two vocabularies; a restricted list publishes nothing of this."""
        at = {v: f"{v}_codes" if v == "submission_theme" else f"{v}_code" for v in (down, across)}
        held = [c for c in codes(across) if c in self.register.classes[at[across]]]

        def rows(p: Population) -> list[Row]:
            return [
                (
                    code_cell(down, one),
                    *(
                        CountDraft(
                            f"{name}.{one}.{other}",
                            f"{label(down, one)}; {label(across, other)}",
                            {at[down]: one, at[across]: other},
                            "input",
                        )
                        for other in held
                    ),
                )
                for one in codes(down)
                if not p.release
            ]

        return table_of_counts(
            self,
            name,
            title,
            [
                Column("label", title.split(" by ")[1].split(" and ")[0].capitalize(), "label"),
                *(Column(c, label(across, c)) for c in held),
            ],
            rows,
            empty="drop rows",
        )


REGIONS = [c for c in codes("submitter_region") if c not in ("international", *UNKNOWN)]
LANGUAGES = [c for c in codes("submission_language") if c not in ("other", *UNKNOWN)]
STATES_OF_CODING = {
    "one_coder": "as coded by one coder",
    "agreed": "as coded alike by several",
    "settled": "as coded by several, with each difference settled",
    "disputed": "as coded by several, with a difference still open",
}
STUDY = Submissions
