"""Where rules and a source's own index differ on defenders: a sheet for people to judge.

The reason in the sheet is given by a rule from the words of the text and the tags of the index; it is a
hint and no judgement. Which side is wrong is for the reader to say, in the column left empty.
"""

from __future__ import annotations

import re

import pandas as pd

SHEET_COLUMNS = [
    "recommendation_id",
    "source",
    "state_iso3",
    "session",
    "text",
    "source_issues",
    "concern_code",
    "concern_rule",
]
REASON_COLUMN, JUDGEMENT_COLUMN = "reason_by_rule", "judged_by_a_person"
GENERAL_TAG = "General"
_MANDATE = re.compile(r"rapporteur|special (?:representative|procedures)|mandate[- ]holders?", re.I)
_ORGANIZATION = re.compile(r"\b(?:ngos?|organi[sz]ations?)\b", re.I)
_INSTITUTION = re.compile(
    r"\b(?:office|institution|role|mandate) of the human rights defender\b"
    r"|human rights defender(?:.s)? (?:office|institution)",
    re.I,
)
_NEAR = 60


def disagreements(recommendations: pd.DataFrame) -> pd.DataFrame:
    """Sheet of the recommendations on which our rules and the source's index differ.

    Columns: those of ``SHEET_COLUMNS``, the words that decided, a possible reason by rule, and an
    empty column for the reader's judgement. Recommendations of a source without an index are left
    out.
    """
    indexed = recommendations[recommendations["is_source_tagged"] != "not_asked"]
    is_explicit = indexed["concern_code"] == "explicit"
    sheet = indexed[is_explicit != (indexed["is_source_tagged"] == "yes")]
    spans = [tuple(map(int, span.split("-"))) if span else (0, 0) for span in sheet["concern_span"]]
    told = sheet["concern_code"], sheet["source_issues"].str.split("|")
    return sheet[SHEET_COLUMNS].assign(
        **{
            "words": [text[slice(*span)] for text, span in zip(sheet["text"], spans, strict=True)],
            REASON_COLUMN: list(map(explain_disagreement, sheet["text"], spans, *told)),
            JUDGEMENT_COLUMN: "",
        }
    )


def explain_disagreement(text: str, span: tuple[int, ...], concern: str, issues: list[str]) -> str:
    """Possible reason, by rule, why rules and index differ."""
    start, end = span
    if concern == "explicit":
        if _MANDATE.search(text):
            return "Names the mandate, or mandates; the index tags special procedures or others."
        if GENERAL_TAG in issues:
            return "Names defenders among many subjects; the index gives its tag for general texts."
        if _ORGANIZATION.search(text[max(0, start - _NEAR) : end]):
            return (
                "Speaks of organizations that work on human rights; the index tags civil society."
            )
        return "Speaks of defenders; the index tags other issues only."
    if _INSTITUTION.search(text):
        return "Speaks of an institution called Human Rights Defender; the index tags defenders."
    if concern == "implicit":
        return (
            "Speaks of civil society, journalists or activists; the index reads defenders into it."
        )
    return "No word on defenders: a person known to be one, or an error of the index."
