"""Task ``threats``: whether the rules mark a message as a threat, on labelled cases.

Columns of a file: ``text``, ``is_threat`` (1 or 0), and ``split`` and ``language`` if known.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.coding.attacks.rules import THREATS, code_message
from hrdresearch.run.cases import lines_by_language
from hrdresearch.run.filled_sheets import read_filled_sheet

FORMATS = ("csv",)


def evaluate(file: Path, format_: str | None, model: Path | None) -> dict[str, Any]:  # noqa: ARG001
    """Count threats that the rules mark, and other messages that they do not mark, by split and language."""
    rows = read_filled_sheet(file, ["text", "is_threat"], "a file of cases")
    for column, unknown in (("language", file.stem), ("split", "")):
        rows[column] = rows.get(column, unknown)
    marked = [
        any(found.kind in THREATS for found in code_message(text, language))
        for text, language in zip(rows["text"], rows["language"], strict=True)
    ]
    rows["is_right"] = (rows["is_threat"] == "1") == pd.Series(marked, index=rows.index)
    lines = []
    for label, what in (("1", "Threats that are marked"), ("0", "Other messages, not marked")):
        of = rows[rows["is_threat"] == label]
        columns = (of[column].tolist() for column in ("is_right", "language", "split"))
        lines += [f"{what}:", *lines_by_language(*columns)]
    differing = [int(row) + 2 for row in rows.index[~rows["is_right"]]]
    return {"n": len(rows), "differing_rows": differing, "report": "\n".join(lines)}
