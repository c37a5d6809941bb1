"""UPR: the treaties that a State is party to, and indicators on it, from sources of context."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from hrdresearch.findings.model import Cell, Finding
from hrdresearch.studies.ground.populations import source_note
from hrdresearch.studies.shapes.count_tables import text_columns
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.vocab import codes, label

TREATY = "Treaty: "
STATUS = {  # as the table of treaties says it, in the order of the table
    "state party": "State party (since)",
    "signatory state": "Signed, not ratified",
    "no action": "Neither signed nor ratified",
}
OF_NO_DAY = "The file read does not say of which day it is; its latest ratification is of {last}."
OF_THEIR_MAKERS = "As their makers publish them; none is a measure by the mandate."


def context(study: UprStudy) -> Finding:
    """Ratifications and indicators of the State; no rows for many States."""
    table = study.build.table("context")
    state = str(study.params.get("state") or "all")
    facts = table[table["state_iso3"] == state].sort_values("indicator")
    is_treaty = facts["indicator"].str.startswith(TREATY)
    lines = [*_treaties(facts[is_treaty]), *_indicators(facts[~is_treaty])]
    has_indicators = not is_treaty.all()
    last = _last_year(table) if is_treaty.any() else None
    finding = study.finding(
        "context",
        "Ratifications and context indicators" if has_indicators else "Human rights treaties",
        text_columns(
            label="Ratification or indicator" if has_indicators else "Ratification",
            value="Treaties by subject; value"
            if has_indicators
            else "Treaties and protocols, by subject",
        ),
        [[Cell(text=text) for text in line] for line in lines],
        (),
        unit="",
        period=f"to {last}" if last and not has_indicators else "as dated",
        notes=(*((OF_NO_DAY.format(last=last),) if last else ()), OF_THEIR_MAKERS),
    )
    used = set(facts["source"])
    notes = (source_note(source) for source in study.build.facts() if source["slug"] in used)
    return replace(finding, sources=tuple(notes))


def _treaties(facts: pd.DataFrame) -> list[tuple[str, str]]:
    """A line for each status, with the treaties by name."""
    named = facts.assign(code=facts["indicator"].str.removeprefix(TREATY))
    order = {code: i for i, code in enumerate(codes("treaty"))}
    named = named.sort_values("code", key=lambda own: own.map(order), na_position="last")
    lines = []
    for status, own in sorted(named.groupby("value"), key=lambda pair: _rank(str(pair[0]))):
        names = [
            f"{label('treaty', r['code']) if r['code'] in order else r['code']}{_in_year(r)}"
            for _, r in own.iterrows()
        ]
        lines.append((STATUS.get(str(status), str(status)), "; ".join(names)))
    return lines


def _indicators(facts: pd.DataFrame) -> list[tuple[str, str]]:
    return [(r["indicator"], f"{r['value']}{_in_year(r)}") for _, r in facts.iterrows()]


def _last_year(table: pd.DataFrame) -> int | None:
    """Year of the latest ratification by any State; the file itself does not say of which day it is."""
    last = table.loc[table["indicator"].str.startswith(TREATY), "indicator_year"].max()
    return None if pd.isna(last) else int(last)


def _rank(status: str) -> int:
    return list(STATUS).index(status) if status in STATUS else len(STATUS)


def _in_year(r: pd.Series) -> str:
    return f" ({r['indicator_year']})" if pd.notna(r["indicator_year"]) else ""
