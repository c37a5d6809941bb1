"""Numbers of the report on decisions of treaty bodies again.

``recompute_measures.py`` chooses the line by the name of the claim.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from recompute_report import ROOT, Report

QUALITY = ROOT / "data" / "reference" / "views_reading_quality.csv"


def _read_rightly(_: Report, line: str, key: str) -> float:
    """A figure on the reading, from the table that holds it; shares from their two counts."""
    row = pd.read_csv(QUALITY).iloc[int(line) - 1]
    return round(100 * row["right"] / row["of"], 1) if key == "per_cent" else float(row[key])


VIEWS: dict[str, Callable[..., Any]] = {
    r"reading\.line_(\d+)\.(right|of|per_cent|low|high)": _read_rightly,
}
