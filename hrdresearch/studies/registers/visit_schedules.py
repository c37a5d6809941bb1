"""Requests for visits listed one by one: outstanding, with their statuses, and of named States.

A request is listed if it had reached at least one status by the cut-off day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from hrdresearch.findings.empty_cells import NOT_RECORDED, NOT_YET
from hrdresearch.findings.make_claims import add_claims
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import agreement_tag, claim_tag, join_with_and
from hrdresearch.stats.visit_status import (
    STATUSES,
    has_reached,
    is_invited_not_visited,
    is_outstanding,
    request_age_days,
    standing_invitation_code,
)
from hrdresearch.studies.ground.ledger import (
    REPORT_DAY,
    LedgerAtCutOff,
    claim_key,
    day_from_parameter,
    day_in_words,
)
from hrdresearch.studies.ground.scope import Narrowing, Scope, ScopeError
from hrdresearch.studies.shapes.count_tables import (
    Content,
    column_heads,
    state_cell,
    table_of_counts,
    text_columns,
)
from hrdresearch.studies.shapes.year_and_state_sentences import states_above
from hrdresearch.vocab.citations import symbol_of
from hrdresearch.vocab.regions import RegionScheme, region_scheme
from hrdresearch.vocab.states import alphabetical_key, short_name

YEAR_DAYS = 365.25
WHOLE_YEARS = range(60, 1, -1)
NOW = {
    "outstanding": "were outstanding without an invitation",
    "outstanding, invitation issued": "were outstanding with an invitation issued",
    "visit conducted": "had been followed by a visit",
    "not in the ledger": "were not in the ledger",
}


class VisitRequests(LedgerAtCutOff):
    """The requests for visits of one ledger, as known on the cut-off day."""

    name = "visits"
    table = "visits"
    subject = "country visits"
    unit = "requests for a visit"
    value_heading = "Requests"
    regions: RegionScheme

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """Row filter of the run: region or State; sets the cut-off day.

        Default cut-off: the last day in the ledger. Raises ScopeError when the ledger holds no day
        and ``cut_off`` is not given.
        """
        self.regions = region_scheme(str(params.get("region_scheme", "report")))
        columns = [f"{s}_date" for s in STATUSES] + ["reminded_date", "standing_invitation_date"]
        last = self.last_day(*columns)
        if last is None and not params.get("cut_off"):
            raise ScopeError("The ledger holds no day: say cut_off, such as 2020-06-30")
        self.cut_off = day_from_parameter(params, "cut_off", pd.Timestamp(last or REPORT_DAY))
        words = f"requests as they stood on {day_in_words(self.cut_off)}"
        return Narrowing(params, words).state_or_region(self.regions).scope()

    @property
    def requests(self) -> pd.DataFrame:
        """Requests in scope that had reached at least one status by the cut-off; rows of the table."""
        frame = self.register.frame
        any_status = pd.concat([has_reached(frame, s, self.cut_off) for s in STATUSES], axis=1)
        return frame[any_status.any(axis=1)]


def outstanding(study: VisitRequests) -> Finding:
    """Outstanding requests by State: day and age in years, reminder, invitation.

    Outstanding: a visit was requested, and no visit is recorded by the cut-off.
    """
    requests = study.requests[is_outstanding(study.requests, study.cut_off)]
    ages = request_age_days(requests, study.cut_off)
    standing = standing_invitation_code(requests, study.cut_off)
    rows = []
    oldest: dict[str, Claim] = {}  # by State, the age of the oldest request with a day
    for record, age, invitation in sorted(
        zip(requests.to_dict("records"), ages, standing, strict=True),
        key=lambda request: alphabetical_key(request[0]["state_iso3"]),
    ):
        stem = f"outstanding.{record['state_iso3'].lower()}.{claim_key(record['visit_id'])}"
        since = _since(study, record, age, stem)
        iso3, years = record["state_iso3"], since[1]
        if isinstance(years, Claim) and float(years.value or 0) > _age(oldest.get(iso3)):
            oldest[iso3] = years
        rows.append(
            (
                state_cell(iso3),
                *since,
                _status(study, record, "reminded", stem),
                _status(study, record, "invited", stem),
                invitation.replace("_", " "),
            )
        )
    finding = table_of_counts(
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
    return _add_outstanding_sentences(study, finding, requests, oldest)


def _add_outstanding_sentences(
    study: VisitRequests, finding: Finding, requests: pd.DataFrame, oldest: Mapping[str, Claim]
) -> Finding:
    """The schedule with its sentences: how many requests are outstanding, and to which States longest.

    oldest: by ISO3 code, the claim of the age of the oldest request.
    """
    invited = is_invited_not_visited(requests, study.cut_off)
    counts = study.numbers(
        "request",
        {
            "outstanding.requests": (len(requests), "Outstanding requests"),
            "outstanding.invited": (int(invited.sum()), "Of these, with an invitation issued"),
        },
    )
    states = requests["state_iso3"].nunique()
    counts.append(study.number("outstanding.states", states, "state", "States that they concern"))
    number, of_invited, of_states = counts
    text = (
        f"On {day_in_words(study.cut_off)}, {claim_tag(number, 'of:request')} for a visit to "
        f"{claim_tag(of_states, 'of:state')} {agreement_tag(number, 'was', 'were')} outstanding; for "
        f"{claim_tag(of_invited, 'none')} of these an invitation had been issued."
    )
    if not len(requests):
        text = (
            f"On {day_in_words(study.cut_off)}, {claim_tag(number, 'of:request')} was outstanding."
        )
    above = states_above(
        study.register,
        "outstanding.threshold",
        oldest,
        lambda iso3: f"since {claim_tag(oldest[iso3].name.replace('.years', '.since'))}",
        WHOLE_YEARS,
    )
    if above:
        text += (
            f" The first request had waited {claim_tag(above[0])} years or more in these States, in "
            f"alphabetical order: {above[2]}."
        )
    made = add_claims(finding, *counts, *(above or ())[:1])
    return replace(made, statements=(text,), key_sentences=(text,))


def _age(claim: Claim | None) -> float:
    return float(claim.value or 0) if claim else 0.0


def statuses(study: VisitRequests) -> Finding:
    """Each request with its four statuses (requested, invited, visited, followed up) and days."""
    rows = []
    records = study.requests.to_dict("records")
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


def named(study: VisitRequests) -> Finding:
    """The States that paragraphs 23 and 26 of A/75/165 name, and their requests in the ledger now."""
    requests = study.requests
    fixture = study.build.table("fixture_visits")
    first, second = is_outstanding(fixture, REPORT_DAY), is_invited_not_visited(fixture, REPORT_DAY)
    now = [
        _standing_now(requests[requests["state_iso3"] == i], study.cut_off)
        for i in fixture["state_iso3"]
    ]
    asked = study.scope.filter.get("state_iso3", list(fixture["state_iso3"]))
    held = fixture["state_iso3"].isin([asked] if isinstance(asked, str) else list(asked))
    now = [words for words, is_in_scope in zip(now, held, strict=True) if is_in_scope]
    states = f"States in the list taken from {symbol_of('visit_requests')},"
    claims = study.numbers(
        "state",
        {
            "named.outstanding": (
                int(first.sum()),
                f"{states} with an outstanding request",
            ),
            "named.invited": (
                int(second.sum()),
                f"{states} that had issued an invitation",
            ),
            "named.both": (int((first & second).sum()), "States named in both"),
            "named.of": (len(now), f"{states} in the scope of this draft"),
            **{
                f"named.now.{claim_key(words)}": (now.count(words), f"{states} {told}")
                for words, told in NOW.items()
            },
        },
    )
    told = [
        f"{claim_tag(claim)} {agreement_tag(claim, words.replace('were', 'was'), words)}"
        for claim, words in zip(claims[-len(NOW) :], NOW.values(), strict=True)
        if claim.value
    ]
    text = (
        f"Requests to {claim_tag('named.of', 'of:state')} in the scope of this draft were named as "
        f"outstanding in 2020. On {day_in_words(study.cut_off)}, of these requests {join_with_and(told)}."
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
                standing,
            )
            for iso3, invited, standing in zip(
                fixture.loc[held, "state_iso3"], second[held], now, strict=True
            )
        ],
        beside=claims,
        statements=(text,) if told else (),
        key_sentences=(text,) if told else (),
        unit="States",
        notes=(
            f"The States are those named in {symbol_of('visit_requests')}. A State can stand in both.",
        ),
    )


def _since(
    study: VisitRequests, record: Mapping[Any, Any], age: Any, stem: str
) -> tuple[Content, Content]:
    """Claims of the day of the first request and its age in years; "not recorded" without a day."""
    if pd.isna(age):
        return NOT_RECORDED, NOT_RECORDED
    name, years = short_name(record["state_iso3"]), float(age) / YEAR_DAYS
    words = f"{name}: age of the request in years"
    return (
        study.day(f"{stem}.since", record["requested_date"], f"{name}: first request"),
        study.number(f"{stem}.years", years, "year", words, text=f"{years:.1f}"),
    )


def _status(study: VisitRequests, record: Mapping[Any, Any], status: str, stem: str) -> Content:
    """The day of a status, or "yes" if its day is not recorded; an empty cell is "not recorded"."""
    day = record[f"{status}_date"]
    if pd.notna(day) and day <= study.cut_off:
        words = f"{short_name(record['state_iso3'])}: {status}"
        return study.day(f"{stem}.{status}", day, words)
    if pd.notna(day):
        return NOT_YET
    return "yes" if bool(record.get(f"is_{status}")) else NOT_RECORDED


def _standing_now(requests: pd.DataFrame, cut_off: pd.Timestamp) -> str:
    """Words for the furthest status that the requests to one State have reached."""
    if requests.empty:
        return "not in the ledger"
    if bool((~is_outstanding(requests, cut_off)).all()):
        return "visit conducted"
    if bool(is_invited_not_visited(requests, cut_off).any()):
        return "outstanding, invitation issued"
    return "outstanding"
