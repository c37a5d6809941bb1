"""Task ``charges``: codes of charges, on labelled cases (column ``codes``: joined by ``;``, or empty)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hrdresearch.coding.pretext import code_charges
from hrdresearch.run.cases import count_right_cases, read_cases

FORMATS = ("csv",)


def evaluate(file: Path, format_: str | None, model: Path | None) -> dict[str, Any]:  # noqa: ARG001
    """Count cases in which the rules find exactly the labelled codes, by split."""
    rows = read_cases(file, ["codes"])
    right = [
        {one.code for one in found} == set(label.split(";")) - {""}
        for found, label in zip(
            code_charges((text, "") for text in rows["text"]), rows["codes"], strict=True
        )
    ]
    return count_right_cases(rows, right, "Charges, exactly the labelled codes")
