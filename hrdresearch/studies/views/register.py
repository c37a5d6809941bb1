"""Decisions on defenders one by one, by their symbols, and by State."""

from __future__ import annotations

from hrdresearch.findings.make_claims import CountDraft
from hrdresearch.findings.model import Cell, Finding
from hrdresearch.findings.sentences import claim_tag
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.count_tables import (
    Row,
    code_cell,
    column_heads,
    state_cell,
    table_of_counts,
    text_columns,
)
from hrdresearch.studies.views.subjects import FOUND, ON_DEFENDERS, SAID
from hrdresearch.vocab import label
from hrdresearch.vocab.states import alphabetical_key, short_name

NOT_READ = "not read in the text"
NONE = "none asked"


def states_finding(study: Ledger) -> Finding:
    """Finding: decisions by State, all and on defenders, with those that found a violation."""
    frame = study.register.frame
    held = frame.loc[frame["view_concern_code"].isin(SAID), "state_iso3"].dropna().unique()
    rows: list[Row] = []
    for iso3 in sorted(held, key=alphabetical_key):
        name, at = short_name(iso3), {"state_iso3": iso3}
        said = {"view_concern_code": list(SAID)}
        stem = f"by_state.{iso3.lower()}"
        rows.append(
            (
                state_cell(iso3),
                CountDraft(
                    f"{stem}.explicit", f"{name}: on defenders", {**at, **ON_DEFENDERS}, "decision"
                ),
                CountDraft(
                    f"{stem}.said",
                    f"{name}: on defenders, journalists, activists, lawyers or trade unionists",
                    {**at, **said},
                    "decision",
                ),
                CountDraft(
                    f"{stem}.found",
                    f"{name}: of these, violation found",
                    {**at, **said, **FOUND},
                    "decision",
                ),
            )
        )
    return table_of_counts(
        study,
        "by_state",
        "Decisions on defenders and on journalists, activists, lawyers and trade unionists, by State",
        column_heads(
            "State",
            explicit="On defenders",
            said="On any of them",
            found="Violation found, of these",
        ),
        rows,
        notes=(
            "Only States that accepted the procedure can stand here, and only documents that were given: the "
            "counts do not rank States.",
        ),
    )


def documents_finding(study: Ledger) -> Finding:
    """Finding: each decision whose text says that the person is a defender, by its symbol; no names."""
    frame = study.register.frame
    mine = frame[frame["view_concern_code"] == "explicit"]
    named = mine["state_iso3"].map(alphabetical_key, na_action="ignore")
    rows_of = mine.assign(named=named).sort_values(
        ["named", "registered_year", "view_id"], na_position="last"
    )
    number = CountDraft(
        "documents.listed", "Decisions on defenders, listed", ON_DEFENDERS, "decision"
    )
    made = study.count(study.register, [number])["documents.listed"]
    rows = [
        [
            Cell(text=str(row["view_id"])),
            state_cell(row["state_iso3"])
            if isinstance(row["state_iso3"], str)
            else Cell(text=NOT_READ),
            code_cell("view_outcome", row["view_outcome_code"]),
            Cell(text=_measures(str(row["view_remedy_codes"]))),
            Cell(text=str(row["outcome_paragraph"]) or NOT_READ),
            code_cell("view_grade", row["follow_up_grade_code"]),
        ]
        for row in rows_of.to_dict("records")
    ]
    return study.finding(
        "documents",
        "Decisions on defenders, one by one",
        text_columns(
            symbol="Document",
            state="State",
            outcome="Outcome",
            measures="Measures asked for",
            paragraph="Paragraph of the outcome",
            grade="Grade of follow-up",
        ),
        rows,
        [made],
        statements=(
            f"{claim_tag(made, 'of:decision')} on defenders, with the paragraphs to look up, "
            f"{claim_tag(made, 'agree:stands:stand')} in "
            '[the table]{.exhibit-of data-finding="documents"}; no person is named.',
        ),
        notes=("Read by rules from the text: look up the paragraph before you quote it.",),
    )


def _measures(cell: str) -> str:
    codes = [c for c in cell.split("|") if c != "not_asked"]
    return "; ".join(label("view_remedy", c) for c in codes) or NONE
