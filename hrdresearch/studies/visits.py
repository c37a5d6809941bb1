"""Country visits: request, invitation, visit and follow-up as four dated statuses.

Paragraphs 21 to 28, 65 and 91 (d) and (e) of A/75/165. A State that issued an invitation may still
stand among the outstanding requests: an invitation is not a visit, nor is a standing invitation an
acceptance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from hrdresearch.findings.make import Population, share
from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.stats.standing import (
    STATUSES,
    age_in_days,
    invited_not_visited,
    outstanding,
    reached,
)
from hrdresearch.studies.base import Scope, ScopeError
from hrdresearch.studies.compare import quality_finding
from hrdresearch.studies.ledger import Ledger, capitalized, day_of, in_words
from hrdresearch.vocab.states import region_scheme, short_name

REPORT_DAY = pd.Timestamp("2020-07-16")  # day of A/75/165
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


class Visits(Ledger):
    """The visits study over one ledger."""

    name = "visits"
    table = "visits"
    unit = "requests for a visit"
    counted = "Requests"

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """Region or State; the cut-off says which statuses had been reached."""
        self.regions = region_scheme(str(params.get("region_scheme", "report")))
        columns = [f"{s}_date" for s in STATUSES] + ["reminded_date", "standing_invitation_date"]
        last = self.last_day(*columns)
        if last is None and not params.get("cut_off"):
            raise ScopeError("The ledger holds no day: say cut_off, such as 2020-06-30")
        self.cut_off = day_of(params, "cut_off", pd.Timestamp(last or REPORT_DAY))
        filter_: dict[str, Any] = {}
        words = [f"requests as they stood on {in_words(self.cut_off)}"]
        region, state = str(params.get("region", "all")), str(params.get("state", "all"))
        if region != "all":
            if region not in self.regions.labels:
                known = ", ".join(self.regions.labels)
                raise ScopeError(f"region={region!r}: scheme {self.regions.name} has {known}")
            filter_["state_iso3"] = [i for i, r in self.regions.of.items() if r == region]
            words.append(self.regions.labels[region])
        if state != "all":
            filter_["state_iso3"] = state
            words.append(short_name(state))
        return Scope(filter_, "; ".join(words))

    def period(self, populations: Iterable[Population] | None = None) -> str:  # noqa: ARG002
        """The cut-off as printed."""
        return f"as at {in_words(self.cut_off)}"

    def card(self) -> Finding:
        """Parameters and words for the prose."""
        parameters = {k: str(v) for k, v in self.params.items() if v is not None}
        scope = {
            "period": self.period(),
            "cut_off_day": in_words(self.cut_off),
            "scope": self.scope.words,
            "scope_title": capitalized(self.scope.words),
            "lists": self.register.title,
        }
        return self.study_card(parameters | {"region_scheme": self.regions.name}, scope)

    @property
    def visits(self) -> pd.DataFrame:
        """Requests in scope that had been made, or had a status, by the cut-off."""
        frame = self.register.frame
        any_status = pd.concat([reached(frame, s, self.cut_off) for s in STATUSES], axis=1)
        return frame[any_status.any(axis=1)]

    def extent(self) -> Finding:
        """How many requests had reached each status, and which are outstanding."""
        frame = self.visits
        out = outstanding(frame, self.cut_off)
        numbers = {
            **{
                f"extent.{s}": (int(reached(frame, s, self.cut_off).sum()), WORDS[s])
                for s in STATUSES
            },
            "extent.outstanding": (int(out.sum()), "Outstanding: requested and not visited"),
            "extent.invited_not_visited": (
                int(invited_not_visited(frame, self.cut_off).sum()),
                "Invited and not visited; may be outstanding too",
            ),
            "extent.both": (
                int((out & invited_not_visited(frame, self.cut_off)).sum()),
                "In both of the last two",
            ),
        }
        claims = [self.number(name, n, "request", words) for name, (n, words) in numbers.items()]
        claims.append(
            self.number(
                "extent.states", frame["state_iso3"].nunique(), "state", "States in the ledger"
            )
        )
        rows = [[Cell(text=c.definition), Cell(claim=c.name)] for c in claims]
        return self.finding(
            "extent",
            "Requests for country visits by status reached",
            [Column("label", "Status", "label"), Column("value", "Number")],
            rows,
            claims,
            notes=(
                "Each status counts by itself: a request may have reached several. A status whose "
                "day is not recorded counts as reached.",
            ),
        )

    def outstanding(self) -> Finding:
        """Outstanding requests by State: since when, how old, and what has happened."""
        frame = self.visits
        own = frame[outstanding(frame, self.cut_off)]
        ages = age_in_days(own, self.cut_off)
        claims: list[Claim] = []
        rows = []
        for position, record in sorted(
            enumerate(own.to_dict("records")), key=lambda one: short_name(one[1]["state_iso3"])
        ):
            name = short_name(record["state_iso3"])
            stem = f"outstanding.{record['state_iso3'].lower()}.{_slug(record['visit_id'])}"
            age = ages.iloc[position]
            since: Cell = Cell(text="not recorded")
            years: Cell = Cell(text="not recorded")
            if pd.notna(age):
                day = self.day(f"{stem}.since", record["requested_date"], f"{name}: first request")
                old = self.number(
                    f"{stem}.years",
                    float(age) / YEAR_DAYS,
                    "year",
                    f"{name}: age of the request in years",
                    text=f"{float(age) / YEAR_DAYS:.1f}",
                )
                claims += [day, old]
                since, years = Cell(claim=day.name), Cell(claim=old.name)
            rows.append(
                [
                    Cell(text=name, vocabulary="state"),
                    since,
                    years,
                    self._status_cell(record, "reminded", f"{stem}.reminded", claims),
                    self._status_cell(record, "invited", f"{stem}.invited", claims),
                    Cell(text=record["has_standing_invitation"].replace("_", " ")),
                ]
            )
        columns = [
            Column("label", "State", "label"),
            Column("since", "First request"),
            Column("age", "Age in years"),
            Column("reminded", "Last reminder", "label"),
            Column("invited", "Invitation", "label"),
            Column("standing", "Standing invitation", "label"),
        ]
        return self.finding(
            "outstanding",
            "Outstanding requests, in alphabetical order of States",
            columns,
            rows,
            claims,
            notes=(
                "A State that issued an invitation stays here until the visit has been conducted.",
            ),
        )

    def ages(self) -> Finding:
        """Age of outstanding requests: median, oldest, and for how many it is known."""
        frame = self.visits
        ages = age_in_days(frame[outstanding(frame, self.cut_off)], self.cut_off).dropna()
        years = ages.astype(float) / YEAR_DAYS
        why = "no outstanding request has a day"
        median = float(years.median()) if len(years) else None
        oldest = float(years.max()) if len(years) else None
        claims = [
            self.number("ages.known", len(years), "request", "Outstanding requests with a day"),
            self.number(
                "ages.of",
                int(outstanding(frame, self.cut_off).sum()),
                "request",
                "Outstanding requests",
            ),
            self.number(
                "ages.median_years",
                median,
                "year",
                "Median age in years",
                why=why,
                text="" if median is None else f"{median:.1f}",
            ),
            self.number(
                "ages.oldest_years",
                oldest,
                "year",
                "Age of the oldest in years",
                why=why,
                text="" if oldest is None else f"{oldest:.1f}",
            ),
        ]
        rows = [[Cell(text=c.definition), Cell(claim=c.name)] for c in claims]
        return self.finding(
            "ages",
            "Age of the outstanding requests",
            [Column("label", "What was measured", "label"), Column("value", "Value")],
            rows,
            claims,
        )

    def standing(self) -> Finding:
        """Standing invitations against visits accepted: the first is no promise of the second."""
        frame = self.visits
        requested = frame[reached(frame, "requested", self.cut_off)]
        accepted = reached(requested, "invited", self.cut_off) | reached(
            requested, "visited", self.cut_off
        )
        since = requested["standing_invitation_date"]
        says = requested["has_standing_invitation"].mask(since > self.cut_off, "no")
        claims: list[Claim] = []
        rows = []
        for code, words in STANDING.items():
            made = [
                self.number(
                    f"standing.{code}.requests",
                    int((says == code).sum()),
                    "request",
                    f"{words}: visits requested",
                ),
                self.number(
                    f"standing.{code}.accepted",
                    int(accepted[says == code].sum()),
                    "request",
                    f"{words}: invitation for a visit, or visit",
                ),
                self.number(
                    f"standing.{code}.visited",
                    int(reached(requested, "visited", self.cut_off)[says == code].sum()),
                    "request",
                    f"{words}: visit conducted",
                ),
            ]
            rate = share(
                self.register,
                f"standing.{code}.share",
                made[1],
                made[0],
                f"{words}: accepted, in per cent of the visits requested",
            )
            claims += [*made, rate]
            rows.append([Cell(text=words), *(Cell(claim=c.name) for c in (*made, rate))])
        columns = [
            Column("label", "State has", "label"),
            Column("requests", "Visits requested"),
            Column("accepted", "Accepted"),
            Column("visited", "Conducted"),
            Column("share", "Accepted, per cent"),
        ]
        return self.finding(
            "standing",
            "Standing invitations against visits accepted",
            columns,
            rows,
            claims,
            notes=(
                "Accepted: the State issued an invitation for a visit of this mandate, or the "
                "visit took place. A standing invitation after the request counts from its day.",
            ),
        )

    def statuses(self) -> Finding:
        """The whole ledger: the four statuses of each request, with their days."""
        claims: list[Claim] = []
        rows = []
        records = self.visits.to_dict("records")
        for record in sorted(records, key=lambda r: (short_name(r["state_iso3"]), r["visit_id"])):
            stem = f"status.{record['state_iso3'].lower()}.{_slug(record['visit_id'])}"
            rows.append(
                [
                    Cell(text=short_name(record["state_iso3"]), vocabulary="state"),
                    *(self._status_cell(record, s, f"{stem}.{s}", claims) for s in STATUSES),
                ]
            )
        columns = [
            Column("label", "State", "label"),
            *(
                Column(s, WORDS[s].split()[0] if s != "followed_up" else "Follow-up", "label")
                for s in STATUSES
            ),
        ]
        return self.finding(
            "statuses",
            "Requests with their four statuses",
            columns,
            rows,
            claims,
            notes=("Yes: it happened, but its day is not recorded.",),
        )

    def named(self) -> Finding:
        """The States that paragraphs 23 and 26 name, and where they stand in the ledger now."""
        fixture = self.build.table("fixture_visits")
        first, second = outstanding(fixture, REPORT_DAY), invited_not_visited(fixture, REPORT_DAY)
        claims = [
            self.number(
                "named.outstanding",
                int(first.sum()),
                "state",
                "States named in A/75/165, para. 23, with an outstanding request",
            ),
            self.number(
                "named.invited",
                int(second.sum()),
                "state",
                "States named in A/75/165, para. 26, as having issued an invitation",
            ),
            self.number("named.both", int((first & second).sum()), "state", "States named in both"),
        ]
        held = self.visits
        rows = []
        for record, invited in zip(fixture.to_dict("records"), second, strict=True):
            own = held[held["state_iso3"] == record["state_iso3"]]
            rows.append(
                [
                    Cell(text=short_name(record["state_iso3"]), vocabulary="state"),
                    Cell(text="yes"),
                    Cell(text="yes" if invited else "no"),
                    Cell(text=_standing_now(own, self.cut_off)),
                ]
            )
        columns = [
            Column("label", "State", "label"),
            Column("p23", "Outstanding, para. 23", "label"),
            Column("p26", "Invited, para. 26", "label"),
            Column("now", "In this ledger", "label"),
        ]
        return self.finding(
            "named",
            "States that the report names, and where their requests stand",
            columns,
            rows,
            claims,
            unit="States",
            notes=("Paragraphs 23 and 26 of A/75/165. A State can stand in both lists.",),
        )

    def quality(self) -> Finding:
        """What became of the rows of the ledger."""
        return quality_finding(self)

    # -- private ---------------------------------------------------------------------------

    def _status_cell(
        self, record: Mapping[Any, Any], status: str, name: str, claims: list[Claim]
    ) -> Cell:
        """A day where it is known, else yes or no."""
        day = record[f"{status}_date"]
        if pd.notna(day) and day <= self.cut_off:
            claims.append(self.day(name, day, f"{short_name(record['state_iso3'])}: {status}"))
            return Cell(claim=name)
        happened = bool(record.get(f"is_{status}")) and pd.isna(day)
        return Cell(text="yes" if happened else "no")


def _standing_now(own: pd.DataFrame, cut_off: pd.Timestamp) -> str:
    """Words for the best status of a State's requests."""
    if own.empty:
        return "not in the ledger"
    if bool((~outstanding(own, cut_off)).all()):
        return "visit conducted"
    if bool(invited_not_visited(own, cut_off).any()):
        return "outstanding, invitation issued"
    return "outstanding"


def _slug(text: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in text.lower())


STUDY = Visits
