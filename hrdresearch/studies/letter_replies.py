"""Rates of reply, three ways, with intervals: over which letters a rate is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from hrdresearch.findings.model import Claim, Drawing, Finding
from hrdresearch.stats.replies import Rate, median_days, rate, replied_within
from hrdresearch.studies.letters import TO_STATES, Letters
from hrdresearch.studies.lines import Row, counted, heads
from hrdresearch.vocab.citations import cited

NO_SUBSTANCE = "the substance of replies has not been coded"
DAYS = 60  # the time that paragraph 17 gives


@dataclass(frozen=True)
class Way:
    """One way to state a rate: the key of its claims and the words for it."""

    key: str
    words: str


RAW = Way("replies", "all letters, by the cut-off")
MATURED = Way("matured", "letters whose deadline has passed, by the cut-off")
IN_TIME = Way("in_time", "letters whose deadline has passed, within it")
WITHIN = Way("within", "within the usual time (estimate)")


def replies(study: Letters) -> Finding:
    """Any reply and substantive reply, each three ways, with intervals clustered by State."""
    rows: list[Row] = []
    claims = [
        study.number("within.days", DAYS, "day", cited("p17_deadline")),
        _followed_up(study),
    ]
    for prefix, column, words in (
        ("", "first_reply_date", "Any reply"),
        ("substantive.", "first_substantive_date", "Substantive reply"),
    ):
        for way, found in _rates(study, column):
            if prefix and not study.has_substance:
                found = Rate(0, 0, None, why=NO_SUBSTANCE)
            rows_of = (None, None) if found.why else _filters(study, way, column)
            made = _claims(study, f"{prefix}{way.key}", f"{words}: {way.words}", found, rows_of)
            claims += made
            rows.append((f"{words}: {way.words}", *made))
        claims.append(_median(study, prefix, column, words))
    made_of = {claim.name: claim for claim in claims}
    substantive = (
        f"Substantive replies only. {_sentences(made_of, 'substantive.')}"
        if study.has_substance
        else "Rates of substantive replies are not computable: the substance of the replies has "
        "not been coded."
    )
    return counted(
        study,
        "replies",
        "Rates of reply, three ways, with intervals",
        heads(
            "Reply, and to which letters",
            received="Replied",
            of="Letters",
            rate="Per cent",
            low="From",
            high="To",
        ),
        rows,
        beside=claims,
        drawing=Drawing("intervals", "label", ("rate", "low", "high"))
        if any(c.name.endswith("low") and c.status == "shown" for c in claims)
        else Drawing(),
        statements=(f"Any reply. {_sentences(made_of, '')}", substantive),
        notes=(
            "From and to: 95 per cent interval with letters to one State taken together (jackknife "
            "over States). Over a register that is complete it says how far the rate depends on "
            "single States, not how far a sample may be wrong.",
            "Estimate: letters that are still waiting count for as long as they have been waiting.",
            "Not computable: no such letter, or too few States for an interval.",
            "A letter whose deadline falls on the cut-off counts as one whose deadline has passed.",
        ),
    )


def _followed_up(study: Letters) -> Claim:
    name, words = "replies.followed_up", "Letters followed up by the cut-off"
    if not study.records("followed_up_date"):
        return study.number(name, None, "letter", words, why="the list does not record it")
    return study.drafts({name: (words, {"followed_up_date": study.by_cut_off})})[name]


def _sentences(made: Mapping[str, Claim], key: str) -> str:
    """What the page says of the rates of one kind of reply; what is not computable says so."""
    told = "All letters: {{ " + f"{key}replies.rate_per_cent" + " }}."
    if made[f"{key}matured.rate_per_cent"].status == "shown":
        told += (
            " Letters whose deadline has passed: {{ " + f"{key}matured.rate_per_cent" + " }} "
            "replied to by the cut-off, {{ " + f"{key}in_time.rate_per_cent" + " }} within the "
            "deadline."
        )
    else:
        told += (
            " Letters whose deadline has passed: {{ " + f"{key}matured.rate_per_cent" + " }}, "
            "because there is none."
        )
    if made[f"{key}within.rate_per_cent"].status == "shown":
        return told + (
            " With letters that are still waiting allowed for, an estimated {{ "
            f"{key}within.rate_per_cent" + " }} are replied to within {{ within.days|of:day }}."
        )
    return told + (
        " The share replied to within {{ within.days|of:day }} is {{ "
        f"{key}within.rate_per_cent" + " }}: no letter has been waiting so long."
    )


def _rates(study: Letters, column: str) -> list[tuple[Way, Rate]]:
    letters = study.letters
    states = letters["state_iso3"].to_numpy(dtype=str)
    replied = (letters[column] <= study.cut_off).to_numpy(dtype=bool)
    matured = (letters["deadline_date"] <= study.cut_off).to_numpy(dtype=bool)
    in_time = replied & (letters[column] <= letters["deadline_date"]).to_numpy(dtype=bool)
    waited = _waited(study, letters, column)
    return [
        (RAW, rate(replied, states)),
        (MATURED, rate(replied[matured], states[matured])),
        (IN_TIME, rate(in_time[matured], states[matured])),
        (WITHIN, replied_within(waited, replied, states, DAYS)),
    ]


def _waited(study: Letters, letters: pd.DataFrame, column: str) -> np.ndarray:
    """Days from sending to the reply, or to the cut-off."""
    ends = letters[column].where(letters[column] <= study.cut_off).fillna(study.cut_off)
    return np.asarray((ends - letters["sent_date"]).dt.days.to_numpy(), dtype=float)


def _filters(
    study: Letters, way: Way, column: str
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Row filters of the letters replied to, and of all; None where no filter can say it."""
    if way not in (RAW, MATURED):
        return None, None
    whole = TO_STATES | ({"deadline_date": study.by_cut_off} if way is MATURED else {})
    return whole | {column: study.by_cut_off}, whole


def _claims(
    study: Letters,
    key: str,
    words: str,
    found: Rate,
    rows_of: tuple[dict[str, Any] | None, dict[str, Any] | None],
) -> Sequence[Claim]:
    per_cent = [None if v is None else 100 * v for v in (found.value, found.low, found.high)]
    counts = (
        ("received", found.part, "replied", rows_of[0]),
        ("letters", found.whole, "letters", rows_of[1]),
    )
    ends = {
        f"{key}.low": (per_cent[1], f"{words}: lower end"),
        f"{key}.high": (per_cent[2], f"{words}: upper end"),
    }
    return [
        *(
            study.number(
                f"{key}.{part}",
                n,
                "letter",
                f"{words}: {what}",
                filter_=filter_,
                measure="computed" if filter_ is None else "rows",
                rows=n,
            )
            for part, n, what, filter_ in counts
        ),
        study.number(
            f"{key}.rate_per_cent", per_cent[0], "per_cent", words, why=found.why, measure="share"
        ),
        *study.numbers("per_cent", ends, why=found.why),
    ]


def _median(study: Letters, prefix: str, column: str, words: str) -> Claim:
    letters = study.letters
    replied = (letters[column] <= study.cut_off).to_numpy(dtype=bool)
    days = median_days(_waited(study, letters, column), replied)
    return study.number(
        f"{prefix}within.median_days",
        days,
        "day",
        f"{words}: days until half of the letters have one",
        text="" if days is None else f"{days:.0f}",
        why="fewer than half of the letters got one in the time observed",
    )
