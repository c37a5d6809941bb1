"""Requests for visits one by one: outstanding ones, the four statuses, and those the report names.

The requests are those that had been made, or had a status, by the cut-off.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from hrdresearch.findings.empty_cells import NOT_RECORDED, NOT_YET
from hrdresearch.findings.model import Finding
from hrdresearch.stats.visit_status import (
    STATUSES,
    is_invited_not_visited,
    is_outstanding,
    request_age_days,
    standing_invitation_code,
)
from hrdresearch.studies.ground.ledger import REPORT_DAY, LedgerAtCutOff, claim_key
from hrdresearch.studies.shapes.count_tables import (
    Content,
    column_heads,
    state_cell,
    table_of_counts,
    text_columns,
)
from hrdresearch.vocab.citations import symbol_of
from hrdresearch.vocab.states import alphabetical_key, short_name

YEAR_DAYS = 365.25


def outstanding_requests(study: LedgerAtCutOff, requests: pd.DataFrame) -> Finding:
    """Outstanding requests by State: since when, how old, and what has happened."""
    own = requests[is_outstanding(requests, study.cut_off)]
    ages, standing = (
        request_age_days(own, study.cut_off),
        standing_invitation_code(own, study.cut_off),
    )
    rows = []
    for record, age, says in sorted(
        zip(own.to_dict("records"), ages, standing, strict=True),
        key=lambda one: alphabetical_key(one[0]["state_iso3"]),
    ):
        stem = f"outstanding.{record['state_iso3'].lower()}.{claim_key(record['visit_id'])}"
        rows.append(
            (
                state_cell(record["state_iso3"]),
                *_since(study, record, age, stem),
                _status(study, record, "reminded", stem),
                _status(study, record, "invited", stem),
                says.replace("_", " "),
            )
        )
    return table_of_counts(
        study,
        "outstanding",
        "Outstanding requests, in alphabetical order of States",
        [
            *column_heads("State", since="First request", age="Age in years"),
            *text_columns(
                reminded="Last reminder", invited="Invitation", standing="Standing invitation"
            ),
        ],
        rows,
        notes=("A State that issued an invitation stays here until the visit has been conducted.",),
    )


def statuses(study: LedgerAtCutOff, requests: pd.DataFrame) -> Finding:
    """The whole ledger: the four statuses of each request, with their days."""
    rows = []
    records = requests.to_dict("records")
    for record in sorted(records, key=lambda r: (alphabetical_key(r["state_iso3"]), r["visit_id"])):
        stem = f"status.{record['state_iso3'].lower()}.{claim_key(record['visit_id'])}"
        days = (_status(study, record, status, stem) for status in STATUSES)
        rows.append((state_cell(record["state_iso3"]), *days))
    return table_of_counts(
        study,
        "statuses",
        "Requests with their four statuses",
        text_columns(
            label="State",
            requested="Request",
            invited="Invitation",
            visited="Visit",
            followed_up="Follow-up",
        ),
        rows,
        notes=("Yes: it happened, but its day is not recorded.",),
    )


def named(study: LedgerAtCutOff, requests: pd.DataFrame) -> Finding:
    """The States that paragraphs 23 and 26 name, and where they stand in the ledger now."""
    fixture = study.build.table("fixture_visits")
    first, second = is_outstanding(fixture, REPORT_DAY), is_invited_not_visited(fixture, REPORT_DAY)
    named = f"States in the list taken from {symbol_of('visit_requests')},"
    claims = study.numbers(
        "state",
        {
            "named.outstanding": (
                int(first.sum()),
                f"{named} with an outstanding request",
            ),
            "named.invited": (
                int(second.sum()),
                f"{named} that had issued an invitation",
            ),
            "named.both": (int((first & second).sum()), "States named in both"),
        },
    )
    return table_of_counts(
        study,
        "named",
        "States that the report names, and where their requests stand",
        text_columns(
            label="State",
            p23="Outstanding then",
            p26="Invited then",
            now="In this ledger",
        ),
        [
            (
                state_cell(iso3),
                "yes",
                "yes" if invited else "not named",
                _standing_now(requests[requests["state_iso3"] == iso3], study.cut_off),
            )
            for iso3, invited in zip(fixture["state_iso3"], second, strict=True)
        ],
        beside=claims,
        unit="States",
        notes=(
            f"The States are those named in {symbol_of('visit_requests')}. A State can stand in both.",
        ),
    )


def _since(
    study: LedgerAtCutOff, record: Mapping[Any, Any], age: Any, stem: str
) -> tuple[Content, Content]:
    """Day of the first request and its age in years, where the day is recorded."""
    if pd.isna(age):
        return NOT_RECORDED, NOT_RECORDED
    name, years = short_name(record["state_iso3"]), float(age) / YEAR_DAYS
    words = f"{name}: age of the request in years"
    return (
        study.day(f"{stem}.since", record["requested_date"], f"{name}: first request"),
        study.number(f"{stem}.years", years, "year", words, text=f"{years:.1f}"),
    )


def _status(study: LedgerAtCutOff, record: Mapping[Any, Any], status: str, stem: str) -> Content:
    """A day where it is known, else yes; an empty cell of the ledger is not said to be a no."""
    day = record[f"{status}_date"]
    if pd.notna(day) and day <= study.cut_off:
        words = f"{short_name(record['state_iso3'])}: {status}"
        return study.day(f"{stem}.{status}", day, words)
    if pd.notna(day):
        return NOT_YET
    return "yes" if bool(record.get(f"is_{status}")) else NOT_RECORDED


def _standing_now(own: pd.DataFrame, cut_off: pd.Timestamp) -> str:
    """Words for the best status of a State's requests."""
    if own.empty:
        return "not in the ledger"
    if bool((~is_outstanding(own, cut_off)).all()):
        return "visit conducted"
    if bool(is_invited_not_visited(own, cut_off).any()):
        return "outstanding, invitation issued"
    return "outstanding"
