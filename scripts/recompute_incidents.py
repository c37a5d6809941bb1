"""Numbers on attacks again; ``recompute_measures.py`` chooses the line by the claim's name."""

from __future__ import annotations

import pandas as pd
from recompute_ledgers import Measure
from recompute_report import Report

THREATS = {"threat", "death_threat", "threat_relatives"}
WHOLE = "extent.attacks"


def _days(r: Report) -> pd.DataFrame:
    """One row for each named person, day and kind of attack, on days that are known to the day."""
    rows = r.filtered(WHOLE)
    rows = rows[rows["is_named"] & (rows["attack_victim_code"] == "person")]
    rows = rows[rows["event_date_precision"] == "day"]
    kinds = rows["attack_act_codes"].str.split("|")
    return rows.assign(kind=kinds).explode("kind")[["person_id", "event_date", "kind"]]


def _several(r: Report) -> int:
    days = _days(r).drop_duplicates(["person_id", "event_date"])
    return int((days["person_id"].value_counts() > 1).sum())


def _pair(r: Report, earlier: str, later: str) -> int:
    """Persons whose first day of one kind lies before their last day of another."""
    days = _days(r)
    first = days[days["kind"] == earlier].groupby("person_id")["event_date"].min()
    last = days[days["kind"] == later].groupby("person_id")["event_date"].max()
    both = pd.concat([first.rename("a"), last.rename("b")], axis=1, join="inner")
    return int((both["a"] < both["b"]).sum())


def _warnings(r: Report, what: str) -> float:
    days = _days(r)
    deaths = days[days["kind"] == "killing"].groupby("person_id")["event_date"].min()
    before = days.merge(deaths.rename("died"), left_on="person_id", right_index=True)
    before = before[before["event_date"] < before["died"]]
    waits = (before["died"] - before["event_date"]).dt.days.groupby(before["person_id"]).max()
    found = {
        "killed": len(deaths),
        "earlier": before["person_id"].nunique(),
        "threat": before.loc[before["kind"].isin(THREATS), "person_id"].nunique(),
        "days": float(waits.median()),
    }
    return found[what]


def _end_year(r: Report, which: str) -> int:
    """Year with the fewest or the most attacks, among those that the list covers as a whole."""
    rows = r.filtered(WHOLE)
    years = rows["event_year"].dropna().astype(int)
    limits = r.fact(r.slug)["covers"].get("years", {})
    last = rows.loc[rows["event_date_precision"] == "day", "event_date"].max()
    whole = years[years.between(limits.get("from", 0), limits.get("to", 9999))]
    if last.month < 12:  # the last year is held in part
        whole = whole[whole != last.year]
    counts = whole.value_counts()
    wanted = counts.min() if which == "lowest" else counts.max()
    held = counts.index[counts == wanted]
    return int(held.min())


def _last_day(r: Report) -> str:
    rows = r.filtered(WHOLE)
    day = rows.loc[rows["event_date_precision"] == "day", "event_date"].max()
    return f"{day.day} {day:%B} {day.year}"


def _shutdown_states(r: Report) -> int:
    wanted = {k: v for k, v in r.claim["filter"].items() if k != "source"}
    frame = r.tables["shutdowns"]
    for column, value in wanted.items():
        if isinstance(value, dict):
            frame = frame[frame[column].between(value.get("from") or 0, value.get("to") or 9999)]
        else:
            frame = frame[frame[column].isin(value if isinstance(value, list) else [value])]
    return frame["state_iso3"].nunique()


def _placed_elsewhere(r: Report, number: str) -> int:
    """Incidents in another State (1), and those of the one State of the list without a division (2)."""
    frame = r.tables["attacks"]
    rows = frame[frame["source"] == r.slug].drop_duplicates("incident_id")
    (home,) = r.fact(r.slug)["covers"]["states"]
    is_home = rows["state_iso3"] == home
    return int((~is_home).sum() if number == "1" else (is_home & rows["admin1_name"].isna()).sum())


INCIDENTS: dict[str, Measure] = {
    r"quality\.note_1\.number_([12])": _placed_elsewhere,
    r"before\.followed": lambda r: _days(r)["person_id"].nunique(),
    r"before\.several": _several,
    r"before\.(\w+)\.(\w+)": _pair,
    r"warnings\.(\w+)": _warnings,
    r"by_year\.(lowest|highest)_year": _end_year,
    r"by_year\.last_day": _last_day,
    r"shutdowns\.states": _shutdown_states,
}
