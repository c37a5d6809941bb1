"""A sheet of recommendations on which our rules and the source's own index differ, for a person to judge.

They differ on whether the recommendation concerns human rights defenders. The reason in the sheet is a hint
that a rule gives from the words of the text and the tags of the index. Which side is wrong is decided by the
reader, in the empty column.
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
    """Return a sheet of the recommendations on which our rules and the source's index differ.

    recommendations: the table of that name. Columns of the sheet: those of ``SHEET_COLUMNS``, the words that
    our rules rest on, a possible reason, and an empty column for the reader's judgement. Recommendations of a
    source without an index are left out.
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
    """Return a possible reason why our rules and the index differ: the first of the list that holds.

    span: start and end of the words that our rules rest on. concern: code by our rules. issues: tags of
    the index.
    """
    near = text[max(0, span[0] - _NEAR) : span[1]]
    is_explicit = concern == "explicit"
    reasons = (
        (
            is_explicit and _MANDATE.search(text),
            "Names the mandate, or mandates; the index tags special procedures or others.",
        ),
        (
            is_explicit and GENERAL_TAG in issues,
            "Names defenders among many subjects; the index gives its tag for general texts.",
        ),
        (
            is_explicit and _ORGANIZATION.search(near),
            "Speaks of organizations that work on human rights; the index tags civil society.",
        ),
        (is_explicit, "Speaks of defenders; the index tags other issues only."),
        (
            _INSTITUTION.search(text),
            "Speaks of an institution called Human Rights Defender; the index tags defenders.",
        ),
        (
            concern == "implicit",
            "Speaks of civil society, journalists or activists; the index reads defenders into it.",
        ),
        (True, "No word on defenders: a person known to be one, or an error of the index."),
    )
    return next(reason for holds, reason in reasons if holds)
