"""Rates of reply, three ways, with intervals: over which letters a rate is taken."""

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
from hrdresearch.stats.replies import (
    FEWEST_AT_RISK,
    FEWEST_STATES,
    Rate,
    median_reply_days,
    reply_rate,
    reply_rate_within,
)
from hrdresearch.studies.communications.letters import TO_STATES, Letters
from hrdresearch.studies.shapes.count_tables import Row, column_heads, table_of_counts
from hrdresearch.vocab.citations import cited

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
    wide, undated = False, int(study.letters["is_reply_undated"].sum())
    claims = [
        study.number("within.days", DAYS, "day", cited("p17_deadline")),
        _followed_up(study),
        *study.flag_claims("replies.followed_up_known", _records_follow_up(study)),
        study.number("replies.undated", undated, "letter", UNDATED_WORDS),
    ]
    for prefix, column, words in (
        ("", "first_reply_date", "Any reply"),
        ("substantive.", "first_substantive_date", "Substantive reply"),
    ):
        for way, found in _rates(study, column):
            if prefix and not study.has_substance:
                found = replace(found, part=None, value=None, why=NO_SUBSTANCE, low=None, high=None)
            key, said = f"{prefix}{way.key}", f"{words}: {way.words}"
            made = _claims(study, key, said, found, _filters(study, way, column))
            claims += [*made, *study.flag_claims(f"{key}.has_rate", found.value is not None)]
            rows.append((said, *made))
            wide |= found.why_no_interval.startswith(TOO_WIDE)
        claims.append(_median(study, prefix, column, words))
    made_of = {claim.name: claim for claim in claims}
    substantive = (
        f"Substantive replies only. {_sentences(made_of, 'substantive.')}"
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
        drawing=Drawing("intervals", "label", ("rate", "low", "high"))
        if any(c.name.endswith("low") and c.status == "shown" for c in claims)
        else Drawing(),
        statements=(
            f"Any reply. {_sentences(made_of, '')}",
            substantive,
            *((WIDE,) if wide else ()),
        ),
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
    name, words = "replies.followed_up", "Letters followed up by the cut-off"
    if not _records_follow_up(study):
        why = "the list does not record it"
        return study.number(
            name,
            None,
            "letter",
            words,
            why=why,
            said=study.words_without_answer("followed_up_date"),
        )
    return study.drafts({name: (words, {"followed_up_date": study.by_cut_off})})[name]


def _records_follow_up(study: Letters) -> bool:
    return study.asks_for("followed_up_date") and study.ever_recorded("followed_up_date")


def _sentences(made: Mapping[str, Claim], key: str) -> str:
    """What the page says of the rates of one kind of reply; what is not computable says so."""
    few = "" if made[f"{key}replies.rate_per_cent"].status == "shown" else " (too few for a share)"
    told = f"All letters: {_rate_or_counts(made, f'{key}replies')} replied to by the cut-off{few}."
    if not made[f"{key}matured.letters"].value:
        told += " There is no letter whose deadline has passed."
    else:
        shown = made[f"{key}matured.rate_per_cent"].status == "shown"
        few = "" if shown else " (too few for a share)"
        told += (
            f" Letters whose deadline has passed: {_rate_or_counts(made, f'{key}matured')} "
            f"replied to by the cut-off, {_rate_or_counts(made, f'{key}in_time')} within the "
            f"deadline{few}."
        )
    within = f"{key}within"
    if made[f"{within}.rate_per_cent"].status == "shown":
        return told + (
            " With letters that are still waiting allowed for, an estimated {{ "
            f"{within}.rate_per_cent" + " }} are replied to within {{ within.days|of:day }}."
        )
    return told + (
        " What share is replied to within {{ within.days|of:day }} is not computable: the letters, "
        "or those that have been waiting so long, are too few."
    )


def _rate_or_counts(made: Mapping[str, Claim], key: str) -> str:
    """The rate, or the two counts where they are too few for one."""
    if made[f"{key}.rate_per_cent"].status == "shown":
        return "{{ " + f"{key}.rate_per_cent" + " }}"
    return "{{ " + f"{key}.received|none" + " }} of {{ " + f"{key}.letters" + " }}"


def _rates(study: Letters, column: str) -> list[tuple[Way, Rate]]:
    letters = study.letters
    states = letters["state_iso3"].to_numpy(dtype=str)
    replied = (letters[column] <= study.cut_off).to_numpy(dtype=bool)
    matured = (letters["deadline_date"] < study.cut_off).to_numpy(dtype=bool)
    in_time = replied & (letters[column] <= letters["deadline_date"]).to_numpy(dtype=bool)
    waited = _waited(study, letters, column)
    found = [
        (RAW, reply_rate(replied, states)),
        (MATURED, reply_rate(replied[matured], states[matured])),
        (IN_TIME, reply_rate(in_time[matured], states[matured])),
        (WITHIN, reply_rate_within(waited, replied, states, DAYS)),
    ]
    return [(way, _spoken(one)) for way, one in found]


def _spoken(found: Rate) -> Rate:
    """The rate as far as it may be said: not over few letters, and no interval that is too wide."""
    why = found.why or why_no_share(found.whole)
    if why or found.low is None or found.high is None:
        low, high = (None, None)
        return replace(found, value=None if why else found.value, low=low, high=high, why=why)
    if why := why_no_interval(100 * found.low, 100 * found.high):
        return replace(found, low=None, high=None, why_no_interval=why)
    return found


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
    whole = TO_STATES | ({"deadline_date": study.overdue} if way is MATURED else {})
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
                why=found.why,
                measure="computed" if filter_ is None else "rows",
                rows=n,
            )
            for part, n, what, filter_ in counts
        ),
        study.number(
            f"{key}.rate_per_cent", per_cent[0], "per_cent", words, why=found.why, measure="share"
        ),
        *study.numbers("per_cent", ends, why=found.why or found.why_no_interval),
    ]


def _median(study: Letters, prefix: str, column: str, words: str) -> Claim:
    letters = study.letters
    replied = (letters[column] <= study.cut_off).to_numpy(dtype=bool)
    why = why_no_share(len(letters)) or (NO_SUBSTANCE if prefix and not study.has_substance else "")
    days = None if why else median_reply_days(_waited(study, letters, column), replied)
    return study.number(
        f"{prefix}within.median_days",
        days,
        "day",
        f"{words}: days until half of the letters have one",
        text="" if days is None else f"{days:.0f}",
        why=why or "fewer than half of the letters got one in the time observed",
    )
