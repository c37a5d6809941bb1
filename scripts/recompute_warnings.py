"""Numbers on warnings again; ``recompute_measures.py`` chooses the line by the claim's name."""

from __future__ import annotations

import math
from collections import Counter

import pandas as pd
from recompute_ledgers import Measure
from recompute_report import YEAR, Report


def _later(r: Report) -> pd.DataFrame:
    """Warnings with a day, of persons under the same name recorded as killed on a later day."""
    rows = r.cases()
    rows = rows[rows["person_link_code"].eq("same_name") & rows["days_before"].notna()]
    return rows[rows["after_warning_code"].eq("killed_later")]


def _days(r: Report, what: str) -> float:
    """From the earliest warning of each person to the killing; or from the latest one."""
    rows = _later(r).sort_values("days_before")
    first = rows.drop_duplicates("person_id", keep="last")["days_before"].astype(float)
    last = rows.drop_duplicates("person_id", keep="first")["days_before"].astype(float)
    found = {"dated": len(first), "days": first.median(), "last_days": last.median()}
    return found[what] if what in found else {"shortest": first.min(), "longest": first.max()}[what]


def _years(r: Report, what: str) -> float:
    """Calendar years from the first, or the last, record of each person to the killing."""
    rows = r.cases()
    later = rows.loc[rows["after_warning_code"].eq("killed_later"), "person_id"]
    rows = rows[rows["person_id"].isin(later) & rows["killed_year"].notna()]
    spans = (rows["killed_year"] - rows["warned_year"]).astype(float)
    spans = spans[spans >= 0].groupby(rows["person_id"])
    first, last = spans.max(), spans.min()
    if what.endswith("_years") and what != "last_years":
        return first.min() if what == "fewest_years" else first.max()
    return (last if what == "last_years" else first).median()


def _of_killed(r: Report, slug: str) -> int:
    """Rows of a list of killed persons from the first year of the warnings on."""
    rows = r.rows("cases", slug)
    states = r.fact(r.slug)["covers"].get("states")
    rows = rows[rows["state_iso3"].isin(states)] if states else rows
    return int((rows["event_year"] >= r.cases()["warned_year"].min()).sum())


def _share(r: Report, slug: str, years: str, what: str) -> float:
    """Of a thousand followed, killed within so many years: one minus Kaplan-Meier with delayed entry.

    The interval is on the scale of log minus log of the part killed, with Greenwood's variance.
    """
    reading = {"low": "low", "high": "high", "from": "low", "to": "high"}[what]
    rows = r.cases()
    rows = rows[rows["killed_list"].str.replace("-", "_") == slug]
    rows = rows[rows[f"{reading}_exit_days"].notna() & rows["entry_days"].notna()]
    entry, exit_ = rows["entry_days"].astype(int), rows[f"{reading}_exit_days"].astype(int)
    deaths = Counter(exit_[rows[f"{reading}_is_killed"]])
    left, greenwood = 1.0, 0.0
    for day in sorted(d for d in deaths if d <= int(years) * YEAR):
        at_risk = int(((entry < day) & (exit_ >= day)).sum())
        left *= 1 - deaths[day] / at_risk
        greenwood += deaths[day] / (at_risk * (at_risk - deaths[day]))
    killed = 1 - left
    if what in ("low", "high"):
        return 1000 * killed
    reach = 1.959964 * left * math.sqrt(greenwood) / (killed * abs(math.log(killed)))
    return 1000 * killed ** math.exp(reach if what == "from" else -reach)


def _killed_within(r: Report, slug: str, years: str, reading: str) -> int:
    """Persons followed by a list and killed within so many years, in one reading."""
    rows = r.cases()
    rows = rows[(rows["killed_list"].str.replace("-", "_") == slug) & rows["entry_days"].notna()]
    rows = rows[rows[f"{reading}_is_killed"].astype(bool)]
    return int((rows[f"{reading}_exit_days"].astype(float) <= int(years) * YEAR).sum())


def _watched_for_less(r: Report, slug: str, years: str) -> int:
    """Persons of the low reading whose time ends before so many years, without a killing."""
    rows = r.cases()
    rows = rows[(rows["killed_list"].str.replace("-", "_") == slug) & rows["entry_days"].notna()]
    ends = pd.to_numeric(rows["low_exit_days"]).lt(int(years) * YEAR)
    return int((ends & ~rows["low_is_killed"].astype(bool)).sum())


def _of_later_years(r: Report, slug: str) -> int:
    """Rows of a list of killed persons of years after the last day to which it was read."""
    rows = r.cases()
    last = rows.loc[rows["killed_list"].str.replace("-", "_") == slug, "closes_date"].max()
    years = r.rows("cases", slug)["event_year"]
    return int((years > last.year).sum())


OF_LIST = r"(?:by_source\.\w+?\.)?"


def _until(r: Report, slug: str) -> str:
    """Last day to which a list of killed persons was read for the persons of another list."""
    rows = r.cases()
    day = rows.loc[rows["killed_list"].str.replace("-", "_") == slug, "closes_date"].max()
    return f"{day.day} {day:%B} {day.year}"


def _in_both(r: Report) -> int:
    """Persons with a record before the death and one after it."""
    kinds = r.cases().groupby("person_id")["after_warning_code"].agg(set)
    return sum({"killed_later", "killed_before"} <= one for one in kinds)


def _stated(r: Report) -> int:
    """Shares of the list that the report prints."""
    own = r.name.removesuffix("stated")
    shown = [c["status"] == "shown" for name, c in r.claims.items() if name.startswith(own)
             and name.endswith(".low") and ".y" in name]  # fmt: skip
    return sum(shown)


WARNINGS: dict[str, Measure] = {
    OF_LIST + r"before\.(dated|days|last_days|shortest|longest)": _days,
    OF_LIST + r"before\.(years|last_years|fewest_years|most_years)": _years,
    OF_LIST + r"before\.first_year": lambda r: int(r.cases()["warned_year"].min()),
    OF_LIST + r"before\.earlier\.both": _in_both,
    OF_LIST + r"(?:who|share)\.(\w+)\.until": _until,
    OF_LIST + r"share\.stated": _stated,
    OF_LIST + r"before\.of\.(\w+)": _of_killed,
    OF_LIST + r"share\.(\w+)\.y(\d+)\.short": _watched_for_less,
    OF_LIST + r"share\.(\w+)\.later": _of_later_years,
    OF_LIST + r"share\.(\w+)\.y(\d+)\.killed\.(low|high)": _killed_within,
    OF_LIST + r"share\.(\w+)\.y(\d+)\.(low|high|from|to)": _share,
}
