"""Subjects by which decisions are counted: defenders; journalists, lawyers and others."""

from __future__ import annotations

from typing import Any

SAID = ("explicit", "implicit")
ON_DEFENDERS: dict[str, Any] = {"view_concern_code": "explicit"}
MENTIONED: dict[str, Any] = {"view_concern_code": "mentioned"}
SUBJECTS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("all", "All decisions", "all decisions", {}),
    ("explicit", "On defenders", "on defenders", ON_DEFENDERS),
    (
        "implicit",
        "On journalists and others",
        "on journalists, activists, lawyers or trade unionists",
        {"view_concern_code": "implicit"},
    ),
)
OTHERS = (
    "“Journalists and others”: the text calls the person a journalist, activist, lawyer or trade "
    "unionist."
)
FOUND: dict[str, Any] = {"view_outcome_code": ["violation", "would_violate"]}
WITH_A_FINDING = "found a violation, or that a removal would be one"


def article_place(number: str) -> tuple[bool, int]:
    """Key that puts articles in the order of their numbers, those of an optional protocol last."""
    return number.startswith("op"), int(number.removeprefix("op"))
