"""Labelled files of recommendations for evaluation and training: texts, labels, States.

Formats: ``upr-info`` (an export, a folder of exports, with their issues and action categories) and
``table`` (CSV or XLSX with columns text, label and, if known, state).
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hrdresearch.run.errors import RunError
from hrdresearch.sources import load
from hrdresearch.sources.reading import read_rows

FORMATS = ("upr-info", "table")
TAG = "Human rights defenders"


def labelled(file: Path, format_: str | None, what: str) -> pd.DataFrame:
    """Columns text, label, cluster (State under review) and session; ``what`` is tag or action.

    label is "yes"/"no" for the tag and "1" to "5" for the action category; rows without a label
    are left out. Raises RunError when nothing is labelled.
    """
    if (format_ or FORMATS[0]) == "upr-info":
        rows = load("upr-info", file).accepted
        rows = rows[rows["kind"] == "recommendation"]
        label = (
            rows["source_issues"].map(lambda cell: "yes" if TAG in cell.split("|") else "no")
            if what == "tag"
            else rows["source_action_code"]
        )
        out = pd.DataFrame(
            {
                "text": rows["text"],
                "label": label,
                "cluster": rows["state_iso3"],
                "session": rows["session"],
            }
        )
    else:
        out = _table(file)
    out = out[out["label"] != ""].reset_index(drop=True)
    if out.empty:
        raise RunError(f"{file.name}: no recommendation in it is labelled")
    return out


def _table(file: Path) -> pd.DataFrame:
    rows = read_rows(file).rows
    header = [name.strip().lower() for name in rows[0][1]]
    if not {"text", "label"} <= set(header):
        raise RunError(f"{file.name}: expected the columns text and label (and, if known, state)")
    frame = pd.DataFrame(
        [[*cells, *[""] * len(header)][: len(header)] for _, cells in rows[1:]], columns=header
    )
    return pd.DataFrame(
        {
            "text": frame["text"],
            "label": frame["label"].str.strip().str.removesuffix(".0"),
            "cluster": frame["state"] if "state" in header else frame.index.astype(str),
            "session": pd.NA,
        }
    )
