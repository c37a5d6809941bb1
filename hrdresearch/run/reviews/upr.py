"""Review queue of the UPR study: recommendations that rules and model code differently, or unsurely.

The queue is a spreadsheet. A researcher fills the columns ``concern_decision`` and ``action_decision``
(empty: no decision) and ``decided_by`` (label of a desk, never a name). Decisions are kept by identifier of
the recommendation and override the automatic coding at the next build.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import read_kept_rows, table_text, write_kept
from hrdresearch.sources.reading import read_rows
from hrdresearch.studies.ground.build import Build
from hrdresearch.vocab import codes

FIELDS = {"concern": "upr_concern", "action": "upr_action"}
KEPT = "upr.csv"
COLUMNS = ["recommendation_id", "field", "code", "decided_by"]
UNSURE_BELOW = 0.6  # confidence of the model
WEAK_RULES = ("no_known_verb", "first_known_verb", "general_with_specific_example")


def export(build: Build, file: Path, most: int) -> int:
    """Write the queue, recommendations on defenders first; returns how many."""
    queue = make_queue(build.table("recommendations")).head(most)
    if file.suffix.lower() == ".xlsx":
        queue.to_excel(file, index=False)
    else:
        queue.to_csv(file, index=False)
    return len(queue)


def make_queue(recommendations: pd.DataFrame) -> pd.DataFrame:
    """Recommendations that a person should read, with the reason; those on defenders come first.

    A code that a person has decided is not asked again.
    """
    r = recommendations
    modelled = r["model_action_code"] != "no_model"
    action_open, concern_open = r["action_given_by"] != "hand", r["concern_given_by"] != "hand"
    reasons = pd.Series("", index=r.index, dtype="object")
    for mask, why in (
        (
            action_open & modelled & (r["model_action_code"] != r["rule_action_code"]),
            "rules and model differ",
        ),
        (action_open & modelled & (r["model_confidence"] < UNSURE_BELOW), "the model is not sure"),
        (action_open & r["action_rule"].isin(WEAK_RULES), "the rule is weak"),
        (
            action_open
            & (r["source_action_code"] != "not_asked")
            & (r["source_action_code"] != r["action_code"]),
            "the source codes another category",
        ),
        (
            concern_open
            & (r["is_source_tagged"] != "not_asked")
            & ((r["concern_code"] == "explicit") != (r["is_source_tagged"] == "yes")),
            "the source's index differs on defenders",
        ),
    ):
        reasons = reasons.where(~mask, reasons + "; " + why)
    found = r[reasons != ""].assign(reason=reasons.str.removeprefix("; "))
    found = found.sort_values(
        ["concern_code", "source", "state_iso3", "session"],
        kind="stable",
        key=lambda s: (
            s.map({"explicit": 0, "implicit": 1, "no": 2}) if s.name == "concern_code" else s
        ),
    )
    shown = [
        "recommendation_id",
        "reason",
        "state_iso3",
        "session",
        "text",
        "concern_code",
        "action_code",
        "rule_action_code",
        "action_rule",
        "model_action_code",
        "model_confidence",
        "is_source_tagged",
        "source_action_code",
    ]
    return found[shown].assign(concern_decision="", action_decision="", decided_by="")


def feed(file: Path, decisions: Path) -> int:
    """Keep the decisions of a filled queue; returns how many. RunError for an unknown code."""
    rows = read_rows(file).rows
    header = [name.strip() for name in rows[0][1]]
    missing = [
        c for c in ("recommendation_id", "concern_decision", "action_decision") if c not in header
    ]
    if missing:
        raise RunError(
            f"{file.name}: column {', '.join(missing)} is missing; export the queue again"
        )
    kept = _read_kept(decisions)
    fed = 0
    for number, cells in rows[1:]:
        row = dict(zip(header, cells, strict=False))
        for field, vocabulary in FIELDS.items():
            code = row.get(f"{field}_decision", "").strip().removesuffix(".0")
            if not code:
                continue
            if code not in codes(vocabulary):
                raise RunError(
                    f"{file.name}, row {number}: {field}_decision must be one of "
                    f"{', '.join(codes(vocabulary))}"
                )
            kept[(row["recommendation_id"], field)] = (code, row.get("decided_by", ""))
            fed += 1
    lines = [dict(zip(COLUMNS, (i, f, *kept[(i, f)]), strict=True)) for i, f in sorted(kept)]
    write_kept(decisions / KEPT, table_text(COLUMNS, lines), decisions.parent)
    return fed


def read_decisions(decisions: Path) -> dict[str, dict[str, str]]:
    """Read the decisions: field (``concern``, ``action``) -> identifier -> code."""
    found: dict[str, dict[str, str]] = {}
    for (identifier, field), (code, _) in _read_kept(decisions).items():
        found.setdefault(field, {})[identifier] = code
    return found


def _read_kept(decisions: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """Code and desk of each decision; key: identifier of the recommendation, and field."""
    return {
        (row["recommendation_id"], row["field"]): (row["code"], row["decided_by"])
        for row in read_kept_rows(decisions / KEPT)
    }
