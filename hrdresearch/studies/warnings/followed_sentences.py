"""Sentences on how many persons with an earlier record are recorded as killed within so many years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Claim
from hrdresearch.findings.numbers import numeral
from hrdresearch.findings.sentences import ListSentences, claim_tag, is_printed, join_with_and
from hrdresearch.studies.warnings.curves import (
    HORIZONS,
    OPEN_KILLED,
    LowAndHighCurves,
)
from hrdresearch.studies.warnings.part import (
    persons_in_words,
    slug_in_names,
)

WHY_NOT = {
    "no_name": "persons without a name",
    "no_day": "those of whom the day of what was recorded is not known",
    "record_day_unknown": "those of whom the file read gives no day of record",
    "not_covered": "those first recorded in a State that it does not cover, or after that day",
    "killed_before_record": "those recorded as killed by the day of the record",
}
AFTER_ITS_END = "those first recorded after that day"
NO_FORECAST = (
    "The number describes these lists and is no forecast: it says nothing of what will happen to any "
    "person."
)


def persons_followed(p: Population, killed: Population) -> pd.DataFrame:
    """Persons of a list as followed by one list of killed persons."""
    rows: pd.DataFrame = p.frame[p.frame["killed_list"].eq(killed.slug)]
    return rows


def killed_after_the_end(p: Population, k: Population) -> Claim:
    """Killings of a list after the last year to which it was read for these persons."""
    closes = p.frame.loc[p.frame["killed_list"].eq(k.slug), "closes_date"].max()
    number = 0 if pd.isna(closes) else int((k.frame["event_year"] > closes.year).sum())
    words = f"killings on {k.list_in_prose} of years after the day to which it was read"
    return measured_claim(p, f"share.{slug_in_names(k)}.later", number, "person", words, "computed")


def sentences_on_who(p: Population, k: Population, made: Mapping[str, Claim]) -> str:
    """Who is followed on a list of killed persons, and who is not, with the reasons."""
    own = f"who.{slug_in_names(k)}"
    rows = persons_followed(p, k)
    is_late = rows.loc[rows["follow_up_code"].eq("not_covered"), "closes_date"].notna().all()
    words = {**WHY_NOT, "not_covered": AFTER_ITS_END if is_late else WHY_NOT["not_covered"]}
    reasons = [
        f"{words[code]}, {claim_tag(claim)}"
        for code in WHY_NOT
        if is_printed(claim := made[f"{own}.{code}"])
    ]
    why = f"; not among them were {join_with_and(reasons)}" if reasons else ""
    return (
        f"Of {claim_tag(made['who.all'], 'of:person')} {persons_in_words(p)}, "
        f"{claim_tag(made[f'{own}.followed'], 'none')} could be looked for on {k.list_in_prose}, "
        f"which was read to {claim_tag(p.claim_name(f'{own}.until'))}{why}."
    )


def followed_sentences(
    p: Population, k: Population, fitted: LowAndHighCurves
) -> list[ListSentences]:
    """The figure at the latest time for which one is given, and what is refused and why."""
    stem = p.claim_name(f"share.{slug_in_names(k)}")
    stated = [y for y in HORIZONS if not fitted.why_not(y)]
    until = claim_tag(f"{stem}.until")
    head = (
        f"Of {claim_tag(f'{stem}.followed', 'of:person')} {persons_in_words(p)} who could be looked for on "
        f"{k.list_in_prose} from the day of the first record to {until}, "
    )
    year = stated[-1] if stated else None
    own = stem if year is None else f"{stem}.y{year}"
    low, high = fitted.killed(year)
    counted = claim_tag(f"{own}.killed.low", "none")
    if low != high:
        high_count = claim_tag(f"{own}.killed.high", "none")
        counted += f" ({high_count} if each open date is read as its earliest day)"
    verb = "stands" if low == high == 1 else "stand"
    if year is None:
        text = f"{head}{counted} {verb} on it with a later date."
    else:
        figures = fitted.figures(year)
        is_one = numeral(figures["low"]) == numeral(figures["high"])
        thousand = claim_tag(f"{own}.low") + ("" if is_one else f" to {claim_tag(f'{own}.high')}")
        text = (
            f"{head}{counted} {verb} on it with a date within {HORIZONS[year]} of that day. With those in "
            f"mind who were watched for less than {HORIZONS[year]} "
            f"({claim_tag(f'{own}.short', 'none')}), this is {thousand} of each thousand, with an interval "
            f"from {claim_tag(f'{own}.from')} to {claim_tag(f'{own}.to')}. {NO_FORECAST}"
        )
    refused: dict[str, list[str]] = {}
    for y in HORIZONS:
        if why := fitted.why_not(y):
            refused.setdefault(why, []).append(HORIZONS[y])
    later = killed_after_the_end(p, k)
    rest = (
        f"That list holds {claim_tag(later, 'of:person')} of later years, which it covers in part only; they "
        f"are not followed."
    )
    return [
        ListSentences(text, is_key=bool(stated)),
        *([ListSentences(rest)] if is_printed(later) else []),
        *(
            ListSentences(f"No share is given within {_join_with_or(spans)}: {why}.")
            for why, spans in refused.items()
            if why != OPEN_KILLED
        ),
        *(
            ListSentences(
                f"Of {HORIZONS[y]} nothing can be said: the list leaves open when in a year the deaths "
                f"were, and between {claim_tag(f'{stem}.y{y}.killed.low', 'none')} and "
                f"{claim_tag(f'{stem}.y{y}.killed.high')} of them fell within it."
            )
            for y in HORIZONS
            if fitted.why_not(y) == OPEN_KILLED
        ),
    ]


def _join_with_or(items: Sequence[str]) -> str:
    return " or ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
