"""Review of communications: replies that a person has to code, or that two coders coded differently.

The sheet never shows one coder's code to the other. Only if both have coded and differ does it show both
codes, for a third person. A filled row is kept as a decision, which the next build applies.
"""

from __future__ import annotations

from pathlib import Path

from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import (
    last_decisions,
    read_filled_sheet,
    table_text,
    write_kept,
)
from hrdresearch.studies.ground.build import Build
from hrdresearch.vocab import codes
from hrdresearch.vocab.states import short_name

DECISIONS = "reply_substance.csv"
OPEN = ("disputed", "not_coded")
NOT_FOR_CODERS = ("none", "disputed", "not_coded")
COLUMNS = ["reply_id", "letter_id", "state", "reply_date", "coder_a", "coder_b", "substance"]


def export(build: Build, file: Path, most: int) -> int:
    """Write the replies that are disputed (first) or not coded; returns how many."""
    replies = build.table("replies")
    waiting = replies[replies["substance_code"].isin(OPEN)].copy()
    disputed = waiting["substance_code"] == "disputed"
    waiting = waiting.assign(
        state=[short_name(i) if isinstance(i, str) else "" for i in waiting["state_iso3"]],
        reply_date=waiting["reply_date"].dt.strftime("%Y-%m-%d"),
        coder_a=waiting["coder_a_code"].where(disputed, ""),
        coder_b=waiting["coder_b_code"].where(disputed, ""),
        substance="",
        order=~disputed,
    )
    sheet = waiting.sort_values(["order", "reply_date", "reply_id"])[COLUMNS].head(most)
    sheet.to_csv(file, index=False)
    return len(sheet)


def feed(file: Path, decisions: Path) -> int:
    """Check a filled sheet and keep its codes; returns how many. RunError names the row of a wrong code."""
    sheet = read_filled_sheet(file, ("reply_id", "substance"), "the review sheet")
    allowed = [c for c in codes("reply_substance") if c not in NOT_FOR_CODERS]
    filled = sheet[sheet["substance"].str.strip() != ""]
    for row, code in filled["substance"].str.strip().items():
        if code not in allowed:
            raise RunError(
                f"{file.name}, row {int(str(row)) + 2}: substance must be one of "
                f"{', '.join(allowed)}"
            )
    path = decisions / DECISIONS
    given = dict(zip(filled["reply_id"].str.strip(), filled["substance"].str.strip(), strict=True))
    decided = last_decisions(path, "reply_id", "substance") | given
    rows = [{"reply_id": i, "substance": code} for i, code in decided.items()]
    write_kept(path, table_text(("reply_id", "substance"), rows), decisions.parent)
    return len(filled)
