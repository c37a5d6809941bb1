"""Task ``concerns``: whether recommendations concern defenders (column ``concerns``: yes or no)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hrdresearch.coding.recommendations import EXPLICIT, code_concern
from hrdresearch.run.cases import count_right_cases, read_cases

FORMATS = ("csv",)


def evaluate(file: Path, format_: str | None, model: Path | None) -> dict[str, Any]:  # noqa: ARG001
    """Count cases in which the rules agree with the label, by split."""
    rows = read_cases(file, ["concerns"])
    right = [
        (code_concern(text, language).code == EXPLICIT) == (label == "yes")
        for text, language, label in zip(
            rows["text"], rows["language"], rows["concerns"], strict=True
        )
    ]
    return count_right_cases(rows, right, "Concern with defenders, rules as the label")
