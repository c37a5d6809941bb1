"""Decisions on defenders one by one, by their symbols, and by State."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Cell, Claim, Finding
from hrdresearch.findings.sentences import claim_tag, is_printed
from hrdresearch.studies.ground.ledger import Ledger, day_in_words
from hrdresearch.studies.shapes.count_tables import (
    Row,
    code_cell,
    column_heads,
    state_cell,
    table_of_counts,
    text_columns,
)
from hrdresearch.studies.views.subjects import ON_DEFENDERS, SAID, article_place
from hrdresearch.vocab.states import alphabetical_key

NOT_READ = "not read in the text"
NONE = "none asked"
IN_BRIEF = {
    "release": "release",
    "case_reviewed": "review of a decision",
    "not_removed": "no removal",
    "compensation": "compensation or reimbursement",
    "investigation": "investigation",
    "prosecution": "prosecution",
    "law_changed": "change of law or practice",
    "non_repetition": "prevention",
    "publication": "publication",
    "list_missing": "the list of measures is not in the file",
    "none_read": "none read in the text",
}


def states_finding(study: Ledger) -> Finding:
    """Finding: decisions by State, all and on defenders, with those that found a violation."""
    frame = study.register.frame
    on = {"view_concern_code": list(SAID)}
    held = frame.loc[frame["view_concern_code"].isin(SAID), "state_iso3"]
    places: list[tuple[Cell, str, dict[str, Any]]] = [
        (state_cell(iso3), iso3, {"state_iso3": iso3})
        for iso3 in sorted(held.dropna().unique(), key=alphabetical_key)
    ]
    if held.isna().any():
        unread = Cell(text=NOT_READ.capitalize())
        places.append((unread, "not_read", {"state_iso3": {"recorded": False}}))
    kinds: dict[str, tuple[str, dict[str, Any]]] = {
        "all": ("all decisions", {}),
        "explicit": ("on defenders", ON_DEFENDERS),
        "said": ("on defenders, journalists, activists, lawyers or trade unionists", on),
        "found": ("of these, violation found", {**on, "view_outcome_code": "violation"}),
        "would": ("of these, removal would be one", {**on, "view_outcome_code": "would_violate"}),
    }
    rows: list[Row] = [
        (
            cell,
            *(
                CountDraft(
                    f"by_state.{code.lower()}.{key}", f"{cell.text}: {w}", {**at, **f}, "decision"
                )
                for key, (w, f) in kinds.items()
            ),
        )
        for cell, code, at in places
    ]
    national = CountDraft(
        "by_state.nationality",
        "Decisions whose State is read as the nationality of the author",
        {"state_given_by": "nationality"},
        "decision",
    )
    unread_all = CountDraft(
        "by_state.unread",
        "Decisions whose State is not read",
        {"state_iso3": {"recorded": False}},
        "decision",
    )
    finding = table_of_counts(
        study,
        "by_state",
        "Decisions on defenders and on journalists, activists, lawyers and trade unionists, by State",
        column_heads(
            "State",
            all="All decisions",
            explicit="On defenders",
            said="On defenders, journalists and others",
            found="Of these, violation found",
            would="Of these, removal would be one",
        ),
        rows,
        beside=[national, unread_all],
        sentence=_state_sentences,
        notes=(
            "Only States that accepted the procedure can stand here, and only documents that were given: "
            "the counts do not rank States. A State without a decision on a defender, journalist, "
            "activist, lawyer or trade unionist has no row.",
        ),
    )
    return replace(finding, rows=()) if study.only_state else finding


def _state_sentences(_: Population, made: Mapping[str, Claim]) -> str:
    """Sentence on the States taken from a nationality, and on the decisions of which no State is read."""
    told = ""
    if is_printed(made["by_state.nationality"]):
        told = (
            f"In {claim_tag('by_state.nationality', 'of:decision')} the State is read as the nationality of "
            "the author, never where a removal is at issue."
        )
    if is_printed(made["by_state.unread"]):
        told += f" In {claim_tag('by_state.unread', 'of:decision')} the State is not read."
    return told.strip()


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
    graded = mine["follow_up_grade_code"].ne("not_in_file").any()
    heads = {
        "symbol": "Document and paragraph",
        "state": "State",
        "outcome": "Outcome",
        "articles": "Articles",
        "measures": "Measures asked for",
        **({"day": "Day"} if mine["adopted_date"].notna().any() else {}),
        **({"grade": "Grade of follow-up"} if graded else {}),
    }
    rows = [[_cells(row)[key] for key in heads] for row in rows_of.to_dict("records")]
    return study.finding(
        "documents",
        "Decisions on defenders, one by one",
        text_columns(**heads),
        rows,
        [made],
        statements=(
            f"The {claim_tag(made, 'of:decision')} on defenders {claim_tag(made, 'agree:stands:stand')}, "
            'with the paragraphs to look up, in [the table]{.exhibit-of data-finding="documents"}; '
            "no person is named.",
        ),
        notes=("Read by rules from the text: look up the paragraph before you quote it.",),
    )


def _cells(row: Mapping[Hashable, Any]) -> dict[str, Cell]:
    """Cells of one decision, by the keys of the columns."""
    place = f", para. {row['outcome_paragraph']}" if row["outcome_paragraph"] else ""
    day = row["adopted_date"]
    articles = sorted(filter(None, str(row["violated_articles"]).split("|")), key=article_place)
    return {
        "symbol": Cell(text=f"{row['view_id']}{place}"),
        "state": state_cell(row["state_iso3"])
        if isinstance(row["state_iso3"], str)
        else Cell(text=NOT_READ),
        "outcome": code_cell("view_outcome", row["view_outcome_code"]),
        "articles": Cell(text=", ".join(articles) or "–"),
        "measures": Cell(text=_measures(str(row["view_remedy_codes"]), row["answer_within_days"])),
        "day": Cell(text=NOT_READ if pd.isna(day) else day_in_words(pd.Timestamp(day))),
        "grade": code_cell("view_grade", row["follow_up_grade_code"]),
    }


def _measures(cell: str, days: Any) -> str:
    """Measures in brief, with the time for an answer."""
    asked = [IN_BRIEF[c] for c in cell.split("|") if c in IN_BRIEF]
    answer = [] if pd.isna(days) else [f"an answer within {int(days)} days"]
    return "; ".join([*asked, *answer]) or NONE
