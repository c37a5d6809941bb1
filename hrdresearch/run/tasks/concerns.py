"""Task concerns: whether recommendations concern defenders, on labelled cases (``concerns``: yes, no)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hrdresearch.coding.recommendations import EXPLICIT, code_concern
from hrdresearch.run.cases import count_right_cases, read_cases

FORMATS = ("csv",)


def evaluate(file: Path, format_: str | None, model: Path | None) -> dict[str, Any]:  # noqa: ARG001
    """Cases in which the rules say the same as the label, seen and unseen apart."""
    rows = read_cases(file, ["concerns"])
    right = [
        (code_concern(text, language).code == EXPLICIT) == (label == "yes")
        for text, language, label in zip(
            rows["text"], rows["language"], rows["concerns"], strict=True
        )
    ]
    return count_right_cases(rows, right, "Concern with defenders, rules as the label")
