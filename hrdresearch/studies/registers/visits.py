"""Country visits: requests, with the day of each of four statuses.

Paragraphs 21 to 28, 65 and 91 (d) and (e) of A/75/165. The statuses are: visit requested, invitation
issued, visit conducted, follow-up visit conducted. A request stays outstanding until the visit has
been conducted. A standing invitation is not the acceptance of a request.
"""

from __future__ import annotations

from collections.abc import Sequence

from hrdresearch.findings.make_claims import add_claims, share_claim
from hrdresearch.findings.model import Finding
from hrdresearch.findings.sentences import claim_tag, join_with_and
from hrdresearch.stats.visit_status import (
    has_reached,
    is_invited_not_visited,
    is_outstanding,
    request_age_days,
    standing_invitation_code,
)
from hrdresearch.studies.ground.ledger import day_in_words
from hrdresearch.studies.registers import in_brief, visit_schedules
from hrdresearch.studies.registers.visits_by_year import by_year_finding
from hrdresearch.studies.shapes.build_account import quality_finding
from hrdresearch.studies.shapes.count_tables import (
    Row,
    column_heads,
    table_of_claims,
    table_of_counts,
)

YEAR_DAYS = 365.25
WORDS = {
    "requested": "Visit requested",
    "invited": "Invitation issued",
    "visited": "Visit conducted",
    "followed_up": "Follow-up visit conducted",
}
FOLLOWED_BY = ("an invitation", "a visit", "a follow-up visit")
STATES_WITH = {
    "yes": "States with a standing invitation",
    "no": "States without one",
    "not_recorded": "States of which this is not recorded",
}
STANDING = {
    "yes": "Standing invitation",
    "no": "No standing invitation",
    "not_recorded": "Not recorded",
}


class Visits(visit_schedules.VisitRequests):
    """The study of country visits over one ledger of table ``visits``."""

    def extent(self) -> Finding:
        """Requests that had reached each status by the cut-off, outstanding requests, and States."""
        frame = self.requests
        outstanding = is_outstanding(frame, self.cut_off)
        invited = is_invited_not_visited(frame, self.cut_off)
        claims = self.numbers(
            "request",
            {
                **{
                    f"extent.{s}": (int(has_reached(frame, s, self.cut_off).sum()), words)
                    for s, words in WORDS.items()
                },
                "extent.outstanding": (
                    int(outstanding.sum()),
                    "Outstanding: requested, and no visit recorded",
                ),
                "extent.invited_not_visited": (
                    int(invited.sum()),
                    "Invited, and no visit recorded; may be outstanding too",
                ),
                "extent.both": (int((outstanding & invited).sum()), "In both of the last two"),
            },
        )
        requested = has_reached(frame, "requested", self.cut_off)
        followed = self.numbers(
            "request",
            {
                f"extent.requested.{s}": (
                    int((requested & has_reached(frame, s, self.cut_off)).sum()),
                    f"{words}, of the visits requested",
                )
                for s, words in WORDS.items()
                if s != "requested"
            },
        )
        then = [
            f"{claim_tag(claim, 'none')} {'by' if number else 'had been followed by'} {words}"
            for number, (claim, words) in enumerate(zip(followed, FOLLOWED_BY, strict=True))
        ]
        told = (
            f"On {day_in_words(self.cut_off)}, of {claim_tag('extent.requested', 'of:request')} for a visit "
            f"in the ledger, {join_with_and(then)}."
        )
        states = frame["state_iso3"].nunique()
        claims.append(self.number("extent.states", states, "state", "States in the ledger"))
        finding = table_of_claims(
            self,
            "extent",
            "Requests for country visits by status reached",
            claims,
            what="Status",
            statements=(told,),
            key_sentences=(told,),
            notes=(
                "Each status counts by itself: a request may have reached several. A status whose "
                "day is not recorded counts as reached; an empty cell of the ledger counts as not "
                "reached, so what was not entered is missing here.",
            ),
        )
        all_outstanding = bool((outstanding | ~invited).all())
        return add_claims(
            finding,
            *followed,
            *self.flag_claims("extent.invited_all_outstanding", all_outstanding),
        )

    by_year = by_year_finding
    outstanding = visit_schedules.outstanding

    def ages(self) -> Finding:
        """Age of outstanding requests in years: median, oldest, and for how many a day is recorded."""
        requests = self.requests[is_outstanding(self.requests, self.cut_off)]
        years = request_age_days(requests, self.cut_off).dropna().astype(float) / YEAR_DAYS
        claims = self.numbers(
            "request",
            {
                "ages.known": (len(years), "Outstanding requests with a day"),
                "ages.of": (len(requests), "Outstanding requests"),
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
            statements=(
                "The day of the first request is recorded for {{ ages.known }} of "
                "{{ ages.of|of:request }} outstanding; their median age is about "
                "{{ ages.median_years|digits }} years, and the oldest has waited about "
                "{{ ages.oldest_years|digits }}."
                if len(years)
                else "The day of the first request is recorded for none of {{ ages.of|of:request }} "
                "outstanding, so their age is not known.",
            ),
        )

    def standing(self) -> Finding:
        """Visits requested, accepted and conducted, by whether the State has a standing invitation.

        Accepted: the State issued an invitation for a visit, or the visit took place.
        """
        requested = self.requests[has_reached(self.requests, "requested", self.cut_off)]
        visited = has_reached(requested, "visited", self.cut_off)
        accepted = has_reached(requested, "invited", self.cut_off) | visited
        standing = standing_invitation_code(requested, self.cut_off)
        rows: list[Row] = []
        for code, words in STANDING.items():
            stem, has_code = f"standing.{code}", standing == code
            counts = self.numbers(
                "request",
                {
                    f"{stem}.requests": (int(has_code.sum()), f"{words}: visits requested"),
                    f"{stem}.accepted": (
                        int(accepted[has_code].sum()),
                        f"{words}: invitation for a visit, or visit",
                    ),
                    f"{stem}.visited": (int(visited[has_code].sum()), f"{words}: visit conducted"),
                },
            )
            of = f"{words}: accepted, in per cent of the visits requested"
            rows.append(
                (
                    words,
                    *counts,
                    share_claim(self.register, f"{stem}.share", counts[1], counts[0], of),
                )
            )
        told = _standing_sentence([code for code in STANDING if bool((standing == code).any())])
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
            statements=(told,) if told else (),
            key_sentences=(told,) if told else (),
            notes=(
                "Accepted: the State issued an invitation for a visit of this mandate, or the "
                "visit took place. A standing invitation after the request counts from its day.",
            ),
        )

    statuses = visit_schedules.statuses
    named = visit_schedules.named
    quality = quality_finding

    def glance(self) -> Finding:
        """In a brief: the ledger with the requests to the State."""
        return in_brief.glance_of_visits(self, self.extent())


def _standing_sentence(held: Sequence[str]) -> str:
    """Requests and visits accepted, by whether the State has a standing invitation."""
    told = [
        f"of {claim_tag(f'standing.{code}.requests', 'of:request')} to {STATES_WITH[code]}, "
        f"{claim_tag(f'standing.{code}.accepted', 'none')}{claim_tag(f'standing.{code}.share', 'bracketed')} "
        f"{claim_tag(f'standing.{code}.accepted', 'agree:was:were')} accepted"
        for code in held
    ]
    text = "; ".join(told)
    return f"{text[:1].upper()}{text[1:]}." if told else ""


STUDY = Visits
