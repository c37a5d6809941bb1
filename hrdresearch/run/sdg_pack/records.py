"""Makes candidate records from a build of attacks: each fact with its state, sources and check.

Lists shared in confidence give no records, because their rows may not be published. A record of a public
list holds pseudonyms and codes, but no name, no text and no place below the first-level division.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pandas as pd

from hrdresearch.run.fact_checks import FactCheck, record_number
from hrdresearch.run.sdg_pack.pack_schema import (
    NOT_ASKED,
    NOT_RECORDED,
    PARTS,
    RECORDED,
    UNKNOWN,
)
from hrdresearch.studies.ground.build import Build
from hrdresearch.vocab import vocabulary

ADOPTED, NO_GROUP, NO_ACT = PARTS[0], "not_established", "no_act"
# Fact -> (column of the codes, column that the list must ask; "" if every list records the fact).
COLUMNS = {
    "sex": ("sex_code", "sex_code"),
    "age_group": ("age_group_code", "age_group_code"),
    "act": ("attack_act_codes", ""),
    "perpetrator": ("perpetrator_codes", "perpetrator_codes"),
    "link": ("work_link_code", "work_link_code"),
}


def candidate_records(
    build: Build, checks: Mapping[str, Mapping[str, FactCheck]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Records of the public lists of a build, and the publishers of the lists left out.

    checks: from ``checks_by_record``. A record is about a person of one of the three groups of the indicator,
    and an adopted act, an arrest that was not assessed, or another harmful act.
    """
    table = build.table("attacks")
    records: list[dict[str, Any]] = []
    left_out: list[str] = []
    for facts in build.facts():
        if facts["table"] != "attacks":
            continue
        if not facts["policy"]["public_by_name"]:
            left_out.append(str(facts["publisher"]))
            continue
        rows = table[table["source"].eq(facts["slug"]) & table["attack_victim_code"].eq("person")]
        rows = rows[rows["sdg_act_codes"].ne(NO_ACT) & rows["sdg_group_codes"].ne(NO_GROUP)]
        records += [
            _record(row, set(facts["asked"]), checks.get(record_number(row["attack_id"]), {}))
            for row in rows.to_dict("records")
        ]
    return records, left_out


def _record(
    row: Mapping[Any, Any], asked: set[str], checks: Mapping[str, FactCheck]
) -> dict[str, Any]:
    acts = row["sdg_act_codes"].split("|")
    adopted = vocabulary("sdg_act")["adopted"]
    part = next((p for p in PARTS[1:] if p in acts), ADOPTED)
    if any(act in adopted for act in acts):
        part, acts = ADOPTED, [act for act in acts if act in adopted]
    number = row["documented_by_number"]
    values = {
        **{fact: _coded(str(row[column]), need, asked) for fact, (column, need) in COLUMNS.items()},
        "status": _state(row["sdg_group_codes"].split("|")),
        "date": _state(_dated(row)),
        "place": _state([row["state_iso3"], *_given(row["admin1_name"])]),
    }
    return {
        "record_id": record_number(row["attack_id"]),
        "person_id": record_number(row["person_id"]),
        "incident_id": record_number(row["incident_id"]),
        "part": part,
        "acts": acts,
        "groups": row["sdg_group_codes"].split("|"),
        "list": row["source"],
        "check": row["sdg_check_code"],
        "facts": {
            fact: {
                **values[fact],
                "sources_of_list": None if pd.isna(number) else int(number),
                "check": _checked(checks.get(fact)),
            }
            for fact in (
                "status",
                "sex",
                "age_group",
                "date",
                "place",
                "act",
                "perpetrator",
                "link",
            )
        },
    }


def _coded(cell: str, need: str, asked: set[str]) -> dict[str, Any]:
    """Codes of a cell with their state: recorded, unknown, not recorded, or not asked by the list."""
    if cell == "not_asked" or (need and need not in asked):
        return {"state": NOT_ASKED, "values": []}
    known = [code for code in cell.split("|") if code not in (UNKNOWN, NOT_RECORDED)]
    if not known and UNKNOWN in cell.split("|"):
        return {"state": UNKNOWN, "values": []}
    return _state(known)


def _dated(row: Mapping[Any, Any]) -> list[str]:
    """The date with its known precision: day, month or year; empty if unknown."""
    forms = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
    form = forms.get(row["event_date_precision"])
    return [row["event_date"].strftime(form)] if form and not pd.isna(row["event_date"]) else []


def _given(value: Any) -> list[str]:
    return [] if pd.isna(value) else [str(value)]


def _state(values: list[str]) -> dict[str, Any]:
    return {"state": RECORDED if values else NOT_RECORDED, "values": values}


def _checked(check: FactCheck | None) -> dict[str, Any] | None:
    if check is None:
        return None
    found = asdict(check)
    return {
        "sources": found["sources"],
        "independent": found["is_independent"],
        "desk": found["desk"],
        "day": found["day"],
    }
