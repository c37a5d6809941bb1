"""Numbers of persons on several lists again, from the sheets of links and the rows of the build.

Each row has a person by the sheet ``person_clusters``; all else (who is on which lists, what both cover,
what two rows record otherwise) is worked out here once more, with sets instead of tables.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Any

import pandas as pd
from recompute_report import Report, kept_rows

SURE, LIKELY, DAYS, YEARS = 0.95, 0.5, 7, 2
YEAR, CHANCE = 365, 0.001
ENDS = {"": "likely", "least": "likely", "most": "sure", ".sure": "sure"}
NOT_KNOWN = {"unknown", "not_recorded", "not_asked", "not_confirmed"}


def _sheet(r: Report, name: str) -> pd.DataFrame:
    file = r.build / "restricted" / f"{name}.csv"
    return r.once(name, lambda: pd.read_csv(file, keep_default_na=False))


def _rows(r: Report) -> pd.DataFrame:
    """Rows in the scope of the claim whose person is known, with the columns of the sheet."""
    held = kept_rows(r.tables["cases"], r.claim["filter"])
    return held.merge(_sheet(r, "person_clusters"), left_on="victim_id", right_on="row")


def _lists(r: Report, end: str) -> dict[int, set[str]]:
    """The lists of each person."""
    found: dict[int, set[str]] = {}
    rows = _rows(r)
    for person, slug in zip(rows[ENDS[end]], rows["source"], strict=True):
        found.setdefault(person, set()).add(slug)
    return found


def _public(r: Report) -> set[str]:
    return {s["slug"] for s in r.record("sources") if s["policy"]["public_by_name"]}


def _pairs(r: Report, least: float, most: float, of: set[str] | None = None) -> pd.DataFrame:
    """Pairs of rows in scope by their probability; of: the two lists."""
    pairs, kept = _sheet(r, "person_pairs"), set(_rows(r)["victim_id"])
    chance = pairs["probability"].astype(float)
    pairs = pairs[(chance >= least) & (chance < most)]
    ends = zip(pairs["row_a"], pairs["row_b"], pairs["list_a"], pairs["list_b"], strict=True)
    return pairs[[{a, b} <= kept and (of is None or {x, y} == of) for a, b, x, y in ends]]


def _undecided(r: Report) -> int:
    pairs = _pairs(r, LIKELY, SURE)
    return int((pairs["decided"] == "").sum()) if "decided" in pairs else len(pairs)


def _unnamed(r: Report) -> int:
    rows = kept_rows(r.tables["cases"], r.claim["filter"])
    return int(rows["source"].isin(_public(r)).sum()) - len(_rows(r))


def _exactly(r: Report, end: str | None) -> int:
    """Persons on the lists of the claim and on no other."""
    own = set(r.claim["sources"])
    return sum(on == own for on in _lists(r, end or "").values())


def _whole_years(r: Report, slug: str) -> set[int]:
    """Years that a list covers as a whole."""
    rows = r.tables["cases"][r.tables["cases"]["source"] == slug]
    limits = r.fact(slug)["covers"].get("years", {})
    years = {int(y) for y in rows["event_year"].dropna()}
    first = max([min(years), *([limits["from"]] if "from" in limits else [])])
    last = min([max(years), *([limits["to"]] if "to" in limits else [])])
    dated = rows[(rows["event_date_precision"] == "day") & (rows["event_year"] == last)]
    days = {day.timetuple().tm_yday for day in dated["event_date"]}
    is_part = bool(days) and (max(days) / YEAR) ** len(days) < CHANCE  # ends too early for chance
    return set(range(first, last + (not is_part)))


def _two_lists(r: Report, one: str, other: str, key: str, end: str | None) -> int:
    """Persons on both lists or on one alone, in the place and the years of both."""
    slugs = {slug.replace("-", "_"): slug for slug in r.claim["sources"]}
    a, b = slugs[one], slugs[other]
    places = [set(r.fact(s)["covers"].get("states", ())) for s in (a, b)]
    states = set.intersection(*places) if all(places) else set.union(*places)
    years = _whole_years(r, a) & _whole_years(r, b)
    rows = _rows(r)
    rows = rows[rows["source"].isin([a, b])]
    within = rows["event_year"].isin(years)
    if states:
        within &= rows["state_iso3"].isin(states)
    on: dict[int, set[str]] = {}
    for person, slug in zip(rows[ENDS[end or ""]], rows["source"], strict=True):
        on.setdefault(person, set()).add(slug)
    asked = {"both": {a, b}, "only_first": {a}, "only_second": {b}}[key]
    return sum(on[person] == asked for person in set(rows.loc[within, ENDS[end or ""]]))


def _is_other(fact: str, a: Any, b: Any) -> bool | None:
    """Whether two rows record a fact otherwise; None where one of them does not record it."""
    if fact == "day":
        if {a.event_date_precision, b.event_date_precision} != {"day"}:
            return None
        return bool(abs(a.event_date - b.event_date) > pd.Timedelta(days=DAYS))
    column = {"year": "event_year", "division": "admin1_name", "age": "age_years"}.get(fact)
    if column:
        x, y = getattr(a, column), getattr(b, column)
        if pd.isna(x) or pd.isna(y):
            return None
        return bool(abs(int(x) - int(y)) > YEARS) if fact == "age" else bool(x != y)
    column = {"sex": "sex_code", "indigenous": "identity_codes"}.get(fact, "perpetrator_codes")
    x, y = ({*getattr(row, column).split("|")} for row in (a, b))
    if x <= NOT_KNOWN or y <= NOT_KNOWN:
        return None
    if fact == "indigenous":
        return ("indigenous" in x) != ("indigenous" in y)
    return not x & y


def _differ(r: Report, fact: str, known: str | None) -> int:
    """Sure pairs of two lists that record a fact otherwise, or on which both record it."""
    rows = {row.victim_id: row for row in _rows(r).itertuples()}
    pairs = _pairs(r, SURE, 2, set(r.claim["sources"]))
    found = [
        _is_other(fact, rows[a], rows[b])
        for a, b in zip(pairs["row_a"], pairs["row_b"], strict=True)
    ]
    return sum(one is not None if known else bool(one) for one in found)


UNION: dict[str, Callable[..., Any]] = {
    r"union\.persons\.(least|most)": lambda r, end: len(_lists(r, end)),
    r"union\.lists": lambda r: len(set(chain(*_lists(r, "").values()))),
    r"union\.undecided": _undecided,
    r"union\.decided": lambda r: int(_pairs(r, 0, 2)["decided"].ne("").sum()),
    r"union\.unnamed": _unnamed,
    r"(?:union\.on\.[\w.]+?|by_source\.\w+\.union\.alone)(\.sure)?": _exactly,
    r"union\.pairs\.(\w+)\.(\w+)\.(both|only_first|only_second)(\.sure)?": _two_lists,
    r"union\.differ\.\w+\.\w+\.(\w+?)(\.known)?": _differ,
}
