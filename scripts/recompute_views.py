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


def _session(r: Report, committee: str, which: str) -> int:
    """The earliest or latest session, out of the symbols: CCPR/C/136/D/2919/2016."""
    own = r.filtered(f"by_committee.all.{committee}")["view_id"]
    sessions = [int(symbol.partition("/D/")[0].rpartition("/")[2]) for symbol in own]
    return min(sessions) if which == "first" else max(sessions)


VIEWS: dict[str, Callable[..., Any]] = {
    r"by_committee\.(\w+)\.(first|last)_session": _session,
    r"reading\.line_(\d+)\.(right|of|per_cent|low|high)": _read_rightly,
}
