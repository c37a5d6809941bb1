"""Numbers that are no count by a filter, again: which line computes the claim of a name.

Nothing here is code of the package: each line says in pandas what the sentence says in words. A
number that no line here names is not recomputed, and said to be so.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import yaml
from recompute_attacks import ATTACKS
from recompute_cases import CASE_STATUS
from recompute_files import FILES
from recompute_incidents import INCIDENTS
from recompute_ledgers import LETTERS, PROMISES, VISITS, Measure
from recompute_lists import IMPRISONMENT, KILLINGS, UPR
from recompute_patterns import PATTERNS
from recompute_report import ROOT, Report
from recompute_submissions import SUBMISSIONS
from recompute_trends import TRENDS
from recompute_union import UNION
from recompute_views import VIEWS
from recompute_warnings import WARNINGS

NORMAL = 1.959963984540054  # of an interval of 95 per cent
HEADING = "Answer, in part or whole"
WITHOUT = ("No list.", "No recommendation that was read", "Not among the numbers that leave")


def _questions(report: Report, what: str) -> int:
    """Questions of the study; and those that the page does not say to be without an answer."""
    if what == "asked":
        texts = [f.read_text(encoding="utf-8") for f in ROOT.glob("*/studies/*/questions.yml")]
        (text,) = (t for t in texts if f"\n{report.claim['study']}:\n" in f"\n{t}")
        return len(yaml.safe_load(text)[report.claim["study"]]["questions"])
    page = report.folder / "report.html"
    (table,) = pd.read_html(page, match=HEADING)
    return int((~table[HEADING].str.startswith(WITHOUT)).sum())


def _published(_: Report, key: str) -> float:
    table = pd.read_csv(ROOT / "data" / "reference" / "published.csv").set_index("key")
    return float(table.loc[key, "value"])


def _end_of_wilson(report: Report, stem: str, which: str) -> float:
    """Lower or upper end of Wilson's interval of a share of women, in per cent."""
    part, whole = (report.claims[f"{stem}.{name}"]["value"] for name in ("female", "known"))
    share, spread = part / whole, NORMAL**2 / whole
    middle = share + spread / 2
    half = NORMAL * (share * (1 - share) / whole + spread / (4 * whole)) ** 0.5
    return float(100 * (middle + (half if which == "high" else -half)) / (1 + spread))


EVERY: dict[str, Measure] = {
    r"(.*by_sex)\.female\.(low|high)": _end_of_wilson,
    r"questions\.(asked|answered)": _questions,
    r"published\.(\w+)": _published,
    r"(?:.*\.)?quality\.(?:(\w+)\.)?accepted": lambda r, kind: r.accepted(kind),
    r"(?:.*\.)?quality\.(?:\w+\.)?set_aside": lambda r: r.noted("set_aside"),
    r"(?:.*\.)?quality\.(?:\w+\.)?issues": lambda r: r.noted("issues"),
    r"(?:.*\.)?quality\.(?:(\w+)\.)?rows_in": lambda r, kind: (
        r.accepted(kind) + r.noted("set_aside")
    ),
}
EVENTS: dict[str, Measure] = {  # rows of events offline are printed to the nearest five
    r"quality\.(offline_events)\.(accepted|rows_in)": lambda r, kind, what: (
        5 * round((r.accepted(kind) + (r.noted("set_aside") if what == "rows_in" else 0)) / 5)
    ),
}
BY_STUDY: dict[str, dict[str, Measure]] = {
    "communications": LETTERS,
    "visits": VISITS,
    "case-status": CASE_STATUS,
    "attacks": INCIDENTS,
    "submissions": SUBMISSIONS,
    "promises": PROMISES,
    "trends": TRENDS,
    "killings": KILLINGS | UNION,
    "imprisonment": IMPRISONMENT,
    "online-attacks": EVENTS | ATTACKS | PATTERNS,
    "upr": UPR,
    "views": VIEWS,
    "warnings": WARNINGS,
}


def again(name: str, report: Report) -> Any:
    """The number of a claim again; None where no line here says how.

    A number of the only list of a report has the line of the same number of one list of several.
    """
    lists = [slug.replace("-", "_") for slug in report.claim["sources"]]
    of_list = [f"by_source.{lists[0]}.{name}"] if len(lists) == 1 else []
    for tried in (name, *of_list):
        for pattern, measure in (BY_STUDY.get(report.claim["study"], {}) | FILES | EVERY).items():
            if found := re.fullmatch(pattern, tried):
                return measure(report, *found.groups())
    return None
