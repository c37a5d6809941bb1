"""Rates of reply to letters, on several bases: over which letters a rate is taken, and by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from hrdresearch.findings.model import Claim, Drawing, Finding
from hrdresearch.findings.publication_limits import (
    FEWEST_KNOWN,
    WIDEST_INTERVAL,
    why_no_interval,
    why_no_share,
)
from hrdresearch.findings.sentences import claim_tag
from hrdresearch.stats.replies import (
    FEWEST_AT_RISK,
    FEWEST_STATES,
    Rate,
    median_reply_days,
    reply_rate,
    reply_rate_within,
)
from hrdresearch.studies.communications.letters import TO_STATES, Letters
from hrdresearch.studies.ground.ledger import day_in_words
from hrdresearch.studies.shapes.count_tables import Row, column_heads, table_of_counts
from hrdresearch.vocab.citations import cited_sentence

NO_SUBSTANCE = "the substance of replies has not been coded"
TOO_WIDE = "the interval is wider"
WIDE = (
    "Where an interval would be wider than fifty points it is not given: it would say only that "
    "too few letters, or letters to too few States, stand behind the rate."
)
UNDATED_WORDS = "Letters with a reply, none of a day that can be used"
UNDATED = (
    "A letter to which a reply is recorded without a day that can be used counts as not replied to, "
    "because it is not known when the reply came: where there are such letters the rates are lower "
    "bounds."
)
DAYS = 60  # the time that paragraph 17 gives


@dataclass(frozen=True)
class RateBasis:
    """The letters over which a rate is taken, and the time in which a reply counts.

    key: the part of the claim names that says so. words: the same in words.
    """

    key: str
    words: str


RAW = RateBasis("replies", "all letters, by the cut-off")
MATURED = RateBasis("matured", "letters whose deadline has passed, by the cut-off")
IN_TIME = RateBasis("in_time", "letters whose deadline has passed, within it")
WITHIN = RateBasis("within", "within the usual time (estimate)")


def replies(study: Letters) -> Finding:
    """Rates of any reply and of substantive replies, in per cent of letters, each on four bases.

    All letters; letters whose deadline has passed; these, replied to in time; and an estimate of
    the share replied to within ``DAYS`` days that allows for letters still waiting. Intervals of 95
    per cent take letters to one State together.
    """
    rows: list[Row] = []
    has_wide, undated = False, int(study.letters["is_reply_undated"].sum())
    claims = [
        study.number("within.days", DAYS, "day", cited_sentence("p17_deadline")),
        _followed_up(study),
        *study.flag_claims("replies.followed_up_known", _records_follow_up(study)),
        study.number("replies.undated", undated, "letter", UNDATED_WORDS),
    ]
    for prefix, column, words in (
        ("", "first_reply_date", "Any reply"),
        ("substantive.", "first_substantive_date", "Substantive reply"),
    ):
        for basis, rate in _rates(study, column):
            if prefix and not study.has_substance:
                rate = replace(rate, part=None, value=None, why=NO_SUBSTANCE, low=None, high=None)
            key, definition = f"{prefix}{basis.key}", f"{words}: {basis.words}"
            of_rate = _claims_of_rate(study, key, definition, rate, _filters(study, basis, column))
            claims += [*of_rate, *study.flag_claims(f"{key}.has_rate", rate.value is not None)]
            rows.append((definition, *of_rate))
            has_wide |= rate.why_no_interval.startswith(TOO_WIDE)
        claims.append(_median(study, prefix, column, words))
    by_name = {claim.name: claim for claim in claims}
    any_reply = _sentences(study, by_name, "")
    substantive = (
        _sentences(study, by_name, "substantive.")
        if study.has_substance
        else "Rates of substantive replies are not computable: the substance of the replies has "
        "not been coded."
    )
    return table_of_counts(
        study,
        "replies",
        "Rates of reply, three ways, with intervals",
        column_heads(
            "Reply, and to which letters",
            received="Replied",
            of="Letters",
            rate="Per cent",
            low="From",
            high="To",
        ),
        rows,
        beside=claims,
        drawing=Drawing("intervals", "label", ("rate", "low", "high"), counts=("received", "of"))
        if any(c.name.endswith("low") and c.status == "shown" for c in claims)
        else Drawing(),
        statements=(
            f"{any_reply}{_undated_sentence(undated)}",
            f"{substantive}{f' {WIDE}' if has_wide else ''}",
        ),
        key_sentences=(any_reply,),
        notes=(
            "From and to: 95 per cent interval with letters to one State taken together (jackknife "
            "over States). Over a register that is complete it says how far the rate depends on "
            "single States, not how far a sample may be wrong.",
            "Estimate: letters that are still waiting count for as long as they have been waiting.",
            f"Not computable: fewer than {FEWEST_KNOWN} letters for a share; letters to fewer than "
            f"{FEWEST_STATES} States, or an interval wider than {WIDEST_INTERVAL:.0f} points; for the "
            f"estimate, fewer than {FEWEST_AT_RISK} letters still waiting after {DAYS} days.",
            "A reply that is not yet coded, or on whose substance coders differ, does not count as "
            "substantive: these rates are lower bounds.",
            "A deadline has passed on the day after it: until then a reply is in time.",
            *((UNDATED,) * bool(undated)),
        ),
    )


def _followed_up(study: Letters) -> Claim:
    """Claim of the letters followed up by the cut-off; not computable if no follow-up is recorded."""
    name, words = "replies.followed_up", "Letters followed up by the cut-off"
    if not _records_follow_up(study):
        why, cell = "the list does not record it", study.words_without_answer("followed_up_date")
        return study.number(name, None, "letter", words, why=why, said=cell)
    return study.claims_of_counts({name: (words, {"followed_up_date": study.by_cut_off})})[name]


def _records_follow_up(study: Letters) -> bool:
    return study.asks_for("followed_up_date") and study.ever_recorded("followed_up_date")


def _sentences(study: Letters, claims: Mapping[str, Claim], key: str) -> str:
    """Sentences on the rates of one kind of reply, with the reason where a rate is not computable.

    key: start of the claim names, "" for any reply.
    """
    kind = "received a substantive reply" if key else "been replied to"
    by = f"by {day_in_words(study.cut_off)}"
    text = (
        f"Of {claim_tag(claims[f'{key}replies.letters'], 'of:letter')} to States, "
        f"{_count_and_rate(f'{key}replies')} had {kind} {by}."
    )
    if not claims[f"{key}matured.letters"].value:
        text += " There is no letter whose deadline has passed."
    else:
        text += (
            f" Of the {claim_tag(claims[f'{key}matured.letters'])} whose deadline had passed, "
            f"{_count_and_rate(f'{key}matured')} had {kind} by that day and "
            f"{_count_and_rate(f'{key}in_time')} within the deadline."
        )
    within = f"{key}within"
    if claims[f"{within}.rate_per_cent"].status == "shown":
        return text + (
            " With letters that are still waiting allowed for, an estimated {{ "
            f"{within}.rate_per_cent" + " }} of letters are replied to"
            f"{' in substance' if key else ''} within {{{{ within.days|of:day }}}}."
        )
    return text + (
        " What share is replied to within {{ within.days|of:day }} is not computable: the letters, "
        "or those that have been waiting so long, are too few."
    )


def _undated_sentence(undated: int) -> str:
    return (
        " Not counted as replied to: {{ replies.undated|of:letter }} with a reply that has no day "
        "that can be used."
        if undated
        else ""
    )


def _count_and_rate(key: str) -> str:
    """The tags that print how many letters were replied to, and the rate where one may be stated."""
    return f"{claim_tag(f'{key}.received', 'none')}{claim_tag(f'{key}.rate_per_cent', 'bracketed')}"


def _rates(study: Letters, column: str) -> list[tuple[RateBasis, Rate]]:
    """The rate on each basis; column: the date of the reply that counts."""
    letters = study.letters
    states = letters["state_iso3"].to_numpy(dtype=str)
    replied = (letters[column] <= study.cut_off).to_numpy(dtype=bool)
    matured = (letters["deadline_date"] < study.cut_off).to_numpy(dtype=bool)
    in_time = replied & (letters[column] <= letters["deadline_date"]).to_numpy(dtype=bool)
    waited = _days_waited(study, letters, column)
    rates = [
        (RAW, reply_rate(replied, states)),
        (MATURED, reply_rate(replied[matured], states[matured])),
        (IN_TIME, reply_rate(in_time[matured], states[matured])),
        (WITHIN, reply_rate_within(waited, replied, states, DAYS)),
    ]
    return [(basis, _publishable(rate)) for basis, rate in rates]


def _publishable(rate: Rate) -> Rate:
    """The rate without what may not be printed: a rate over few letters, an interval too wide."""
    why = rate.why or why_no_share(rate.whole)
    if why or rate.low is None or rate.high is None:
        return replace(rate, value=None if why else rate.value, low=None, high=None, why=why)
    if why := why_no_interval(100 * rate.low, 100 * rate.high):
        return replace(rate, low=None, high=None, why_no_interval=why)
    return rate


def _days_waited(study: Letters, letters: pd.DataFrame, column: str) -> np.ndarray:
    """Days from sending to the reply, or to the cut-off where there is none yet; one per letter."""
    ends = letters[column].where(letters[column] <= study.cut_off).fillna(study.cut_off)
    return np.asarray((ends - letters["sent_date"]).dt.days.to_numpy(), dtype=float)


def _filters(
    study: Letters, basis: RateBasis, column: str
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Row filters for the letters replied to, and for all letters of the basis; None if none exists."""
    if basis not in (RAW, MATURED):
        return None, None
    whole = TO_STATES | ({"deadline_date": study.deadline_passed} if basis is MATURED else {})
    return whole | {column: study.by_cut_off}, whole


def _claims_of_rate(
    study: Letters,
    key: str,
    words: str,
    rate: Rate,
    filters: tuple[dict[str, Any] | None, dict[str, Any] | None],
) -> Sequence[Claim]:
    """Claims of letters replied to, letters, rate, and both ends of its interval."""
    per_cent = [None if v is None else 100 * v for v in (rate.value, rate.low, rate.high)]
    counts = (
        ("received", rate.part, "replied", filters[0]),
        ("letters", rate.whole, "letters", filters[1]),
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
                why=rate.why,
                measure="computed" if filter_ is None else "rows",
                rows=n,
            )
            for part, n, what, filter_ in counts
        ),
        study.number(
            f"{key}.rate_per_cent", per_cent[0], "per_cent", words, why=rate.why, measure="share"
        ),
        *study.numbers("per_cent", ends, why=rate.why or rate.why_no_interval),
    ]


def _median(study: Letters, prefix: str, column: str, words: str) -> Claim:
    """Claim of the days until half of the letters had a reply; prefix: start of the claim name."""
    letters = study.letters
    replied = (letters[column] <= study.cut_off).to_numpy(dtype=bool)
    why = why_no_share(len(letters)) or (NO_SUBSTANCE if prefix and not study.has_substance else "")
    days = None if why else median_reply_days(_days_waited(study, letters, column), replied)
    return study.number(
        f"{prefix}within.median_days",
        days,
        "day",
        f"{words}: days until half of the letters have one",
        text="" if days is None else f"{days:.0f}",
        why=why or "fewer than half of the letters got one in the time observed",
    )
