"""Country visits: request, invitation, visit and follow-up as four dated statuses.

Paragraphs 21 to 28, 65 and 91 (d) and (e) of A/75/165. A State that issued an invitation may still
stand among the outstanding requests: an invitation is not a visit, nor is a standing invitation an
acceptance.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import add_claims, share_claim
from hrdresearch.findings.model import Finding
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
    day_from_parameter,
    day_in_words,
)
from hrdresearch.studies.ground.scope import Narrowing, Scope, ScopeError
from hrdresearch.studies.registers import visit_schedules
from hrdresearch.studies.shapes.build_account import quality_finding
from hrdresearch.studies.shapes.count_tables import (
    Row,
    column_heads,
    table_of_claims,
    table_of_counts,
)
from hrdresearch.vocab.states import RegionScheme, region_scheme

YEAR_DAYS = 365.25
WORDS = {
    "requested": "Visit requested",
    "invited": "Invitation issued",
    "visited": "Visit conducted",
    "followed_up": "Follow-up visit conducted",
}
STANDING = {
    "yes": "Standing invitation",
    "no": "No standing invitation",
    "not_recorded": "Not recorded",
}


class Visits(LedgerAtCutOff):
    """The visits study over one ledger."""

    name = "visits"
    table = "visits"
    unit = "requests for a visit"
    value_heading = "Requests"
    regions: RegionScheme

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """Region or State; the cut-off says which statuses had been reached."""
        self.regions = region_scheme(str(params.get("region_scheme", "report")))
        columns = [f"{s}_date" for s in STATUSES] + ["reminded_date", "standing_invitation_date"]
        last = self.last_day(*columns)
        if last is None and not params.get("cut_off"):
            raise ScopeError("The ledger holds no day: say cut_off, such as 2020-06-30")
        self.cut_off = day_from_parameter(params, "cut_off", pd.Timestamp(last or REPORT_DAY))
        words = f"requests as they stood on {day_in_words(self.cut_off)}"
        return Narrowing(params, words).state_or_region(self.regions).scope()

    @property
    def visits(self) -> pd.DataFrame:
        """Requests in scope that had been made, or had a status, by the cut-off."""
        frame = self.register.frame
        any_status = pd.concat([has_reached(frame, s, self.cut_off) for s in STATUSES], axis=1)
        return frame[any_status.any(axis=1)]

    def extent(self) -> Finding:
        """How many requests had reached each status, and which are outstanding."""
        frame = self.visits
        out, invited = (
            is_outstanding(frame, self.cut_off),
            is_invited_not_visited(frame, self.cut_off),
        )
        claims = self.numbers(
            "request",
            {
                **{
                    f"extent.{s}": (int(has_reached(frame, s, self.cut_off).sum()), words)
                    for s, words in WORDS.items()
                },
                "extent.outstanding": (
                    int(out.sum()),
                    "Outstanding: requested, and no visit recorded",
                ),
                "extent.invited_not_visited": (
                    int(invited.sum()),
                    "Invited, and no visit recorded; may be outstanding too",
                ),
                "extent.both": (int((out & invited).sum()), "In both of the last two"),
            },
        )
        states = frame["state_iso3"].nunique()
        claims.append(self.number("extent.states", states, "state", "States in the ledger"))
        made = table_of_claims(
            self,
            "extent",
            "Requests for country visits by status reached",
            claims,
            what="Status",
            notes=(
                "Each status counts by itself: a request may have reached several. A status whose "
                "day is not recorded counts as reached; an empty cell of the ledger counts as not "
                "reached, so what was not entered is missing here.",
            ),
        )
        every = bool((out | ~invited).all())
        return add_claims(made, *self.flag_claims("extent.invited_all_outstanding", every))

    def outstanding(self) -> Finding:
        """Outstanding requests by State: since when, how old, and what has happened."""
        return visit_schedules.outstanding_requests(self, self.visits)

    def ages(self) -> Finding:
        """Age of outstanding requests: median, oldest, and for how many it is known."""
        own = self.visits[is_outstanding(self.visits, self.cut_off)]
        years = request_age_days(own, self.cut_off).dropna().astype(float) / YEAR_DAYS
        claims = self.numbers(
            "request",
            {
                "ages.known": (len(years), "Outstanding requests with a day"),
                "ages.of": (len(own), "Outstanding requests"),
            },
        )
        for key, age, words in (
            ("median", years.median(), "Median age in years"),
            ("oldest", years.max(), "Age of the oldest in years"),
        ):
            value = float(age) if len(years) else None
            why = "no outstanding request has a day"
            name = f"ages.{key}_years"
            claims.append(self.number(name, value, "year", words, why=why, text=f"{age:.1f}"))
        return table_of_claims(
            self,
            "ages",
            "Age of the outstanding requests",
            claims,
            what="What was measured",
            value="Value",
        )

    def standing(self) -> Finding:
        """Standing invitations against visits accepted: the first is no promise of the second."""
        requested = self.visits[has_reached(self.visits, "requested", self.cut_off)]
        visited = has_reached(requested, "visited", self.cut_off)
        accepted = has_reached(requested, "invited", self.cut_off) | visited
        says = standing_invitation_code(requested, self.cut_off)
        rows: list[Row] = []
        for code, words in STANDING.items():
            stem, own = f"standing.{code}", says == code
            made = self.numbers(
                "request",
                {
                    f"{stem}.requests": (int(own.sum()), f"{words}: visits requested"),
                    f"{stem}.accepted": (
                        int(accepted[own].sum()),
                        f"{words}: invitation for a visit, or visit",
                    ),
                    f"{stem}.visited": (int(visited[own].sum()), f"{words}: visit conducted"),
                },
            )
            of = f"{words}: accepted, in per cent of the visits requested"
            rows.append(
                (words, *made, share_claim(self.register, f"{stem}.share", made[1], made[0], of))
            )
        return table_of_counts(
            self,
            "standing",
            "Standing invitations against visits accepted",
            column_heads(
                "State has",
                requests="Visits requested",
                accepted="Accepted",
                visited="Conducted",
                share="Accepted, per cent",
            ),
            rows,
            notes=(
                "Accepted: the State issued an invitation for a visit of this mandate, or the "
                "visit took place. A standing invitation after the request counts from its day.",
            ),
        )

    def statuses(self) -> Finding:
        """The whole ledger: the four statuses of each request, with their days."""
        return visit_schedules.statuses(self, self.visits)

    def named(self) -> Finding:
        """The States that paragraphs 23 and 26 name, and where they stand in the ledger now."""
        return visit_schedules.named(self, self.visits)

    quality = quality_finding


STUDY = Visits
