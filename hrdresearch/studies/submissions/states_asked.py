"""States that a call asked, and whether an input of the State came."""

from __future__ import annotations

import pandas as pd

from hrdresearch.findings.make_claims import measured_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import agreement_tag, claim_tag
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.count_tables import (
    Row,
    column_heads,
    state_cell,
    table_of_counts,
)
from hrdresearch.vocab.states import alphabetical_key, short_name

TABLE = "submission_requests"
NOT_NOTED = (
    "Which States the calls asked is not recorded here, so nothing is said of who did not answer: "
    "that no input came is no refusal."
)


def asked_finding(study: Ledger) -> Finding:
    """States asked, and States that sent an input to the call; who answered is for internal use."""
    p, asked = study.register, study.build.table(TABLE)
    call = study.scope.filter.get("call")
    asked = asked[asked["call"] == call] if call else asked
    # All inputs to the calls, also those that the scope of the report leaves out.
    every = p.frame if p.release else study.build.table(study.table)
    own = every[(every["source"] == p.slug) & (every["submitter_kind_code"] == "state")]
    own = own[["call", "state_iso3"]]
    answered = asked.merge(own.dropna().drop_duplicates(), on=["call", "state_iso3"])
    claims = {
        "states": _counted(study, "asked.states", asked["state_iso3"].nunique(), "state", "States asked"),
        "requests": _counted(study, "asked.requests", len(asked), "request", "Requests to States"),
        "answered": measured_claim(
            p, "asked.answered", len(answered), "request", "requests that an input of the State answered",
            "requests_answered",
        ),
    }  # fmt: skip
    states = [] if p.release else sorted(set(asked["state_iso3"]), key=alphabetical_key)
    rows = [_row(study, iso3, asked, answered) for iso3 in states]
    return table_of_counts(
        study,
        "asked",
        "States asked for inputs, and calls that they answered, in alphabetical order",
        column_heads(
            "State", asked="Calls that asked", answered="Calls with an input of the State"
        ),
        rows,
        beside=tuple(claims.values()) if len(asked) else (),
        unit="requests",
        sources=(*study.notes, *study.source_notes_of(TABLE)),
        statements=(_asked_sentence(claims, p.release is not None) if len(asked) else NOT_NOTED,),
        notes=(
            "An input counts as that of a State where its submitter is recorded as a State. An answer may "
            "have gone another way. Counted are all inputs to the call, whatever kinds, themes and years the "
            "report is narrowed to.",
        ),
    )


def _counted(study: Ledger, name: str, value: int, unit: str, words: str) -> Claim:
    """Claim of a number of the list of States asked, which is public."""
    return study.claims_of_table(TABLE, [study.number(name, value, unit, words)])[0]


def _row(study: Ledger, iso3: str, asked: pd.DataFrame, answered: pd.DataFrame) -> Row:
    n, m = (int((rows["state_iso3"] == iso3).sum()) for rows in (asked, answered))
    stem, words = f"asked.{iso3.lower()}", short_name(iso3)
    return (
        state_cell(iso3),
        _counted(study, f"{stem}.calls", n, "request", f"{words}: calls that asked it"),
        measured_claim(
            study.register,
            f"{stem}.answered",
            m,
            "request",
            f"{words}: answered",
            "requests_answered",
        ),
    )


def _asked_sentence(claims: dict[str, Claim], is_withheld: bool) -> str:
    text = (
        f"The calls asked {claim_tag(claims['states'], 'of:state')} for inputs "
        f"({claim_tag(claims['requests'], 'of:request')} in all)"
    )
    if is_withheld:
        return f"{text}. Which of them answered is not among the numbers that leave the list."
    answered = claims["answered"]
    verb = agreement_tag(answered, "was", "were")
    return f"{text}; {claim_tag(answered, 'none')} {verb} answered by an input of the State."
