"""Reads labelled recommendations for evaluation and training: texts, labels, States.

Formats: ``upr-info`` (an export or a folder of exports, with issues and action categories), ``uhri``
and ``ohchr-matrix`` (with themes, so only for the tag), and ``table`` (CSV or XLSX with the columns
text, label and, if known, state).
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hrdresearch.run.errors import RunError
from hrdresearch.sources import load
from hrdresearch.sources.reading import read_rows

FORMATS = ("upr-info", "table")
THEMED = ("uhri", "ohchr-matrix")  # their themes tag defenders; they hold no action category
TAG = "human rights defenders"


def read_labelled_recommendations(file: Path, format_: str | None, what: str) -> pd.DataFrame:
    """Read labelled recommendations: columns text, label, cluster (State reviewed), session, split.

    what: ``tag`` (label "yes" or "no": whether it is on defenders) or ``action`` (label "1" to "5").
    Rows without a label are left out. RunError if no row has a label.
    """
    format_ = format_ or FORMATS[0]
    out = _labels_of_table(file) if format_ == "table" else _labels_of_source(file, format_, what)
    out = out[out["label"] != ""].reset_index(drop=True)
    if out.empty:
        raise RunError(f"{file.name}: no recommendation in it is labelled")
    return out


def _labels_of_source(file: Path, slug: str, what: str) -> pd.DataFrame:
    """Labels from the publisher's own index; RunError if the file holds none."""
    loaded = load(slug, file)
    asked = loaded.facts.asked
    if what == "tag" and slug not in THEMED and "is_source_tagged" not in asked:
        raise RunError(f"{file.name}: no column Issue, so nothing says which are on defenders")
    if what == "action" and "source_action_code" not in asked:
        raise RunError(f"{file.name}: no column Action, so no action category is labelled")
    rows = loaded.accepted[loaded.accepted["kind"] == "recommendation"]
    if rows.empty or (what == "tag" and (rows["source_issues"] == "").all()):
        raise RunError(f"{file.name}: no recommendation in it is labelled")
    tagged = rows["source_issues"].str.casefold().str.contains(TAG, regex=False)
    return pd.DataFrame(
        {
            "text": rows["text"],
            "label": tagged.map({True: "yes", False: "no"})
            if what == "tag"
            else rows["source_action_code"],
            "cluster": rows["state_iso3"],
            "session": rows["session"],
            "split": "",
        }
    )


def _labels_of_table(file: Path) -> pd.DataFrame:
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
            "split": frame["split"] if "split" in header else "",
        }
    )
