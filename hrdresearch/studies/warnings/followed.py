"""Of persons with an earlier record, how many are recorded as killed within so many years, as linked.

A person is followed from the day of the first record, so nobody is in the group because of the
killing, until the lists of killed persons end (``stats.follow_up``). Two readings bound what dates
leave open. The numbers describe groups in these lists and are no risk of
a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from hrdresearch.findings.make_claims import CountDraft, Population, measured_claim, text_claim
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.numbers import numeral
from hrdresearch.findings.sentences import ListSentences, claim_tag, is_printed, join_with_and
from hrdresearch.stats.follow_up import FOLLOWED, READINGS, observed_spells
from hrdresearch.stats.survival import LEAST_AT_RISK, Incidence, aalen_johansen
from hrdresearch.studies.ground.ledger import day_in_words
from hrdresearch.studies.shapes.count_tables import (
    code_cell,
    table_of_counts,
    text_columns,
)
from hrdresearch.studies.warnings.part import PERSON, Part, exact_lists, is_census, persons_in_words
from hrdresearch.vocab import codes, label

DAYS_A_YEAR = 365.25
HORIZONS = {1: "one year", 2: "two years", 5: "five years"}
LEAST_KILLED = 5  # killings in the low reading until the time, below which no figure is given
KILLED = "killed"
UNDATED = {"follow_up_code": ["no_day", "record_day_unknown"]}
WHY_NOT = {
    "no_name": "persons without a name",
    "no_day": "those of whom the day of what was recorded is not known",
    "record_day_unknown": "those of whom the file read gives no day of record",
    "not_covered": "those first recorded in a State that it does not cover, or after that day",
    "killed_before_record": "those recorded as killed by the day of the record",
}
AFTER_ITS_END = "those first recorded after that day"
FEW_KILLED = "fewer than five of these deaths are recorded by the end of that time"
OPEN_KILLED = "the dates leave open how many of these deaths fell within that time"
FEW_AT_RISK = "fewer than ten persons were under observation at some time before its end"
NO_FORECAST = (
    "The number describes these lists and is no forecast: it says nothing of what will happen to any "
    "person."
)
PARTS = {
    "low": "low reading",
    "high": "high reading",
    "from": "lower end of the interval of the low reading",
    "to": "upper end of the interval of the high reading",
}


@dataclass(frozen=True)
class LowAndHighCurves:
    """The curves of a list in both readings."""

    low: Incidence
    high: Incidence
    killed_by: dict[int, int]  # in the low reading, by years
    killed_by_high: dict[int, int]
    all_killed: tuple[int, int]  # in the low and the high reading

    def killed(self, years: int | None) -> tuple[int, int]:
        """Persons recorded as killed within so many years, or at all, in both readings."""
        if years is None:
            return self.all_killed
        return self.killed_by[years], self.killed_by_high[years]

    def figures(self, years: int) -> dict[str, float]:
        """Of each thousand persons: both estimates, and the outer ends of their intervals."""
        day = years * DAYS_A_YEAR
        low, begins, _ = self.low.at(day, KILLED)
        high, _, ends = self.high.at(day, KILLED)
        return {k: 1000 * v for k, v in zip(PARTS, (low, high, begins, ends), strict=True)}

    def why_not(self, years: int) -> str:
        """Why no figure is given after so many years; "" where it is."""
        low, high = self.killed(years)
        if low < LEAST_KILLED <= high:
            return OPEN_KILLED
        if low < LEAST_KILLED:
            return FEW_KILLED
        day = years * DAYS_A_YEAR
        if any(c.fewest_at_risk_until(day) < LEAST_AT_RISK for c in (self.low, self.high)):
            return FEW_AT_RISK
        return ""


class FollowedPart(Part):
    """The findings on the persons who could be followed (table ``followed``)."""

    table = "followed"

    def who(self) -> Finding:
        """Persons by whether they could be followed, and why not; ``who.LIST.CODE``, ``who.all``.

        LIST: of killed persons, those on which persons of the list were found; else the first.
        """
        exact = exact_lists(self)
        several, note = self._several()

        def said(p: Population, made: Mapping[str, Claim]) -> list[ListSentences]:
            silent = [k for k in self._telling(p) if p in exact and not _is_told(p, k, made)]
            return [ListSentences(_sentences_on_who(p, k, made)) for k in silent]

        return table_of_counts(
            self,
            "who",
            "Persons with an earlier record, by whether a killing would be found on the list",
            [*several, *text_columns(label="Whether followed"), Column("value", "Persons")],
            lambda p: (
                [
                    (*_named(k, several), code_cell("follow_up", c), _person(k, c))
                    for k in self._telling(p)
                    for c in codes("follow_up")
                ]
                if p in exact
                else []
            ),
            beside=lambda p: (
                [
                    CountDraft("who.all", "persons with a record", {}, "person", PERSON),
                    CountDraft(
                        "who.undated",
                        "persons of whom a day is not known",
                        UNDATED,
                        "person",
                        PERSON,
                    ),
                    *(_until(p, k, "who") for k in self._telling(p)),
                ]
                if p in exact
                else []
            ),
            empty="drop rows",
            sentence=said,
            notes=(
                *note,
                "A record that was made after the killing is no warning: it was made because of "
                "it. Such a person, and one of whom the file read gives no day of record, is not "
                "followed.",
            ),
        )

    def share(self) -> Finding:
        """Of each thousand persons followed: recorded as killed within 1, 2 and 5 years, in two
        readings.

        Claims: ``share.stated``, and ``share.LIST.y1.low``, ``.high``, ``.from``, ``.to``. Method:
        Aalen-Johansen estimator with delayed entry; with one exit it is one minus Kaplan-Meier.
        Refused where too few were killed or under observation.
        """
        fitted = {
            (p.slug, k.slug): made
            for p in exact_lists(self)
            for k in self._telling(p)
            if (made := fit_readings(_by(p, k)))
        }

        def of(p: Population) -> list[tuple[Population, LowAndHighCurves]]:
            return [
                (k, fitted[p.slug, k.slug]) for k in self.killed_lists if (p.slug, k.slug) in fitted
            ]

        several, note = self._several()
        are_prisoners = all(is_census(p) for p in self.populations if of(p))
        persons = "prisoners" if fitted and are_prisoners else "persons"
        return table_of_counts(
            self,
            "share",
            f"Recorded as killed after a first record, of each thousand {persons} followed in these lists "
            "(a description, no forecast)",
            [
                *several,
                *text_columns(label="Within"),
                Column("low", "Low"),
                Column("high", "High"),
                Column("from", "From"),
                Column("to", "To"),
            ],
            lambda p: [
                (
                    *_named(k, several),
                    HORIZONS[y].capitalize(),
                    *_claims(p, k, made, y).values(),
                )
                for k, made in of(p)
                for y in HORIZONS
                if not made.why_not(y)
            ],
            beside=lambda p: [
                *(count for k, _ in of(p) for count in _counts(k)),
                *(_until(p, k, "share") for k, _ in of(p)),
                _stated(p, of(p)),
                *(one for k, made in of(p) for one in _killed_within(p, k, made)),
                *(one for k, made in of(p) for one in _watched_for_less(p, k, made)),
                *(_later(p, k) for k, _ in of(p)),
            ],
            unit="of each thousand persons followed",
            sentence=lambda p, made: [  # noqa: ARG005
                said for k, readings in of(p) for said in _sentences(p, k, readings)
            ],
            notes=(
                *note,
                "Counted from the first record, with delayed entry: a person is followed from the day "
                "of that record, if the list of killed persons covers the State by then, until that "
                "list ends. Low: latest day of the killing that the list leaves open, and "
                "nobody who may have been killed before the record. High: earliest day. The "
                "interval (from, to) reaches from the lower end of the low reading to the upper end of "
                "the high one, each of 95 per cent, Aalen-Johansen estimator, as if the persons were "
                "drawn by chance from more of their kind; a list is no such sample.",
                "Who was killed and does not stand on that list, or was not recognized, counts "
                "as not killed, and who died otherwise as living, which makes the figures too low; a "
                "wrong link makes them too high. They describe these lists and are no risk of a "
                "person.",
            ),
        )

    def _several(self) -> tuple[list[Column], list[str]]:
        """A column for the list of killed persons where these are several; else a note that names it."""
        told = {k.slug: k for p in exact_lists(self) for k in self._telling(p)}
        if len(told) > 1:
            return text_columns(killed="List of killed persons"), []
        return [], [f"Looked for on {k.list_in_prose}." for k in told.values()]

    def _telling(self, p: Population) -> list[Population]:
        """Lists of killed persons on which persons of a list were found; else the first list."""
        found = p.frame["high_is_killed"] | p.frame["follow_up_code"].eq("killed_before_record")
        held = set(p.frame.loc[found, "killed_list"])
        return [k for k in self.killed_lists if k.slug in held] or list(self.killed_lists[:1])


def _by(p: Population, killed: Population) -> pd.DataFrame:
    """Persons of a list as followed by one list of killed persons."""
    rows: pd.DataFrame = p.frame[p.frame["killed_list"].eq(killed.slug)]
    return rows


def _named(killed: Population, several: Sequence[Column]) -> list[str]:
    return [killed.title] if several else []


def _is_told(p: Population, k: Population, made: Mapping[str, Claim]) -> bool:
    """Whether the sentence on the share says all: each person is followed, and a killing is seen."""
    is_all = made[f"who.{_key(k)}.followed"].value == made["who.all"].value
    return is_all and fit_readings(_by(p, k)) is not None


def _key(killed: Population) -> str:
    return killed.slug.replace("-", "_")


def fit_readings(frame: pd.DataFrame) -> LowAndHighCurves | None:
    """Fit the curves of both readings; None if nobody is followed, or one of the two has no killing."""
    spells = {reading: observed_spells(frame, reading) for reading in READINGS}
    if any(s.empty or s["cause"].eq("").all() for s in spells.values()):
        return None
    curves = {
        r: aalen_johansen(list(s["entry"]), list(s["exit"]), list(s["cause"]))
        for r, s in spells.items()
    }
    days = {r: s.loc[s["cause"].eq(KILLED), "exit"] for r, s in spells.items()}
    by_low, by_high = (
        {y: int((days[r] <= y * DAYS_A_YEAR).sum()) for y in HORIZONS} for r in READINGS
    )
    return LowAndHighCurves(
        curves["low"], curves["high"], by_low, by_high, (len(days["low"]), len(days["high"]))
    )


def _person(k: Population, code: str) -> CountDraft:
    words = f"{label('follow_up', code).lower()}, by {k.list_in_prose}"
    where = {"killed_list": k.slug, "follow_up_code": code}
    return CountDraft(f"who.{_key(k)}.{code}", words, where, "person", PERSON)


def _counts(k: Population) -> list[CountDraft]:
    own, is_in = f"share.{_key(k)}", {"killed_list": k.slug, "follow_up_code": FOLLOWED}
    return [
        CountDraft(
            f"{own}.followed", f"persons followed by {k.list_in_prose}", is_in, "person", PERSON
        ),
        *(
            CountDraft(
                f"{own}.killed.{reading}",
                f"persons followed and recorded as killed on {k.list_in_prose}, {PARTS[reading]}",
                {**is_in, f"{reading}_is_killed": True},
                "person",
                PERSON,
            )
            for reading in READINGS
        ),
    ]


def _stated(p: Population, fitted: Sequence[tuple[Population, LowAndHighCurves]]) -> Claim:
    stated = sum(not readings.why_not(y) for _, readings in fitted for y in HORIZONS)
    words = "times from the first record for which a share is stated, over lists of killed persons"
    return measured_claim(p, "share.stated", stated, "number", words, "computed")


def _killed_within(p: Population, k: Population, fitted: LowAndHighCurves) -> list[Claim]:
    """Persons behind each stated share, in both readings."""
    return [
        measured_claim(
            p,
            f"share.{_key(k)}.y{y}.killed.{reading}",
            count,
            "person",
            f"persons recorded as killed on {k.list_in_prose} within {HORIZONS[y]}, {PARTS[reading]}",
            "computed",
        )
        for y in HORIZONS
        if fitted.why_not(y) in ("", OPEN_KILLED)
        for reading, count in zip(READINGS, fitted.killed(y), strict=True)
    ]


def _watched_for_less(p: Population, k: Population, fitted: LowAndHighCurves) -> list[Claim]:
    """Persons whom the list of killed persons covers for less than each time, and records as living."""
    rows = observed_spells(_by(p, k), "low")
    return [
        measured_claim(
            p,
            f"share.{_key(k)}.y{y}.short",
            int((rows["cause"].eq("") & (rows["exit"] < y * DAYS_A_YEAR)).sum()),
            "person",
            f"persons followed by {k.list_in_prose} for less than {HORIZONS[y]} and not recorded as killed",
            "computed",
        )
        for y in HORIZONS
        if not fitted.why_not(y)
    ]


def _later(p: Population, k: Population) -> Claim:
    """Killings of a list after the last year to which it was read for these persons."""
    closes = p.frame.loc[p.frame["killed_list"].eq(k.slug), "closes_date"].max()
    number = 0 if pd.isna(closes) else int((k.frame["event_year"] > closes.year).sum())
    words = f"killings on {k.list_in_prose} of years after the day to which it was read"
    return measured_claim(p, f"share.{_key(k)}.later", number, "person", words, "computed")


def _claims(p: Population, k: Population, fitted: LowAndHighCurves, years: int) -> dict[str, Claim]:
    words = (
        f"of each thousand persons followed, recorded as killed on {k.list_in_prose} within "
        f"{HORIZONS[years]} of the first record"
    )
    return {
        key: measured_claim(
            p,
            f"share.{_key(k)}.y{years}.{key}",
            value,
            "per_thousand",
            f"{words}, {PARTS[key]}",
            "aalen_johansen",
            text="" if value >= 1 else "fewer than 1",
        )
        for key, value in fitted.figures(years).items()
    }


def _sentences_on_who(p: Population, k: Population, made: Mapping[str, Claim]) -> str:
    own = f"who.{_key(k)}"
    rows = _by(p, k)
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


def _until(p: Population, k: Population, finding: str) -> Claim:
    """Day to which a list of killed persons was read for these persons."""
    last = p.frame.loc[p.frame["killed_list"].eq(k.slug), "closes_date"].max()
    text = "no day, since it does not cover the State" if pd.isna(last) else day_in_words(last)
    words = f"day to which {k.list_in_prose} was read for these persons"
    made = text_claim(p.claim_name(f"{finding}.{_key(k)}.until"), text, words, "day")
    return replace(made, table=p.table, sources=(p.slug,))


def _sentences(p: Population, k: Population, fitted: LowAndHighCurves) -> list[ListSentences]:
    """The figure at the latest time for which one is given, and what is refused and why."""
    stem = p.claim_name(f"share.{_key(k)}")
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
    later = _later(p, k)
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
