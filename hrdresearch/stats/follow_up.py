"""For how long a killing of a warned person would be seen: from the record to the end of the lists.

Three errors are avoided. A person who was killed before anybody recorded the warning is not in the
group that is followed: such records are made because of the killing. In the time before the record
the person could not have been killed and counted (immortal time), so this time does not count as
survived: delayed entry. And the lists of killed persons end on a day, after which nothing is
known: censoring. See Suissa, Am. J. Epidemiol. 167 (2008), pp. 492-499; Klein and
Moeschberger 2003, ch. 4.6.
"""

from __future__ import annotations

import pandas as pd

FOLLOWED = "followed"
READINGS = ("low", "high")


def follow_up(persons: pd.DataFrame) -> pd.DataFrame:
    """Time under observation of each person, in days from the warning, in a low and a high reading.

    persons: a row for each person, with is_named; the days warned and recorded; opens and closes (first
    and last day of the list of killed persons; empty if it does not cover the State); killed_from and
    killed_to (earliest and latest day of the killing; empty without one). The low reading takes the
    latest day, and leaves out a person who may have been killed before the record. The high reading
    takes the earliest day after the record. Returns the columns of table ``followed`` from
    follow_up_code on.

    >>> day = pd.Timestamp
    >>> one = {"is_named": True, "warned": day("2020-01-01"), "recorded": day("2020-01-11"),
    ...     "opens": day("2012-01-01"), "closes": day("2021-12-31"),
    ...     "killed_from": day("2020-03-01"), "killed_to": day("2020-03-01")}
    >>> follow_up(pd.DataFrame([one]))[["follow_up_code", "entry_days", "low_exit_days"]].values.tolist()
    [['followed', 10, 60]]
    """
    begins = persons[["recorded", "opens", "warned"]].max(axis=1)
    closes = persons["closes"]
    exits: dict[str, pd.Series] = {}
    killed: dict[str, pd.Series] = {}
    soonest = begins + pd.Timedelta(days=1)
    early = (
        pd.concat([persons["killed_from"], soonest], axis=1)
        .max(axis=1)
        .where(lambda d: d <= closes, closes)
    )
    late = pd.concat([persons["killed_to"], closes], axis=1).min(axis=1)
    surely_before = persons["killed_to"] <= begins
    for reading, day, before in (
        ("low", late, persons["killed_from"] <= begins),
        ("high", early, surely_before),
    ):
        killed[reading] = ~before & (persons["killed_from"] <= closes)
        exits[reading] = day.where(killed[reading], closes).mask(before)
    code = pd.Series(FOLLOWED, index=persons.index, dtype="object")
    for reason, holds in (
        ("killed_before_record", surely_before),
        ("not_covered", ~(closes > begins)),
        ("record_day_unknown", persons["recorded"].isna()),
        ("no_day", persons["warned"].isna()),
        ("no_name", ~persons["is_named"].astype(bool)),
    ):
        code = code.mask(holds, reason)
    is_in = code.eq(FOLLOWED)
    found = pd.DataFrame({"follow_up_code": code})
    found["entry_days"] = _days(begins - persons["warned"], is_in)
    for reading in READINGS:
        found[f"{reading}_exit_days"] = _days(exits[reading] - persons["warned"], is_in)
        found[f"{reading}_is_killed"] = (killed[reading] & is_in).astype(bool)
    return found


def observed_spells(rows: pd.DataFrame, reading: str) -> pd.DataFrame:
    """Spells for ``survival.aalen_johansen``: entry, exit and cause ("killed" or ""), of one reading."""
    held = rows[rows[f"{reading}_exit_days"].notna() & rows["entry_days"].notna()]
    return pd.DataFrame(
        {
            "entry": held["entry_days"].astype(float),
            "exit": held[f"{reading}_exit_days"].astype(float),
            "cause": held[f"{reading}_is_killed"].map({True: "killed", False: ""}),
        }
    )


def _days(spans: pd.Series, is_in: pd.Series) -> pd.Series:
    days: pd.Series = spans.dt.days.astype("Int64").where(is_in)
    return days
