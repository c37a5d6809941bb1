"""Finds rows of one list that may be the same person.

Nothing is merged. Equal names are a reason to look at the rows and no proof, because two people may have
the same name in the same month. The rows must still hold names.
"""

from __future__ import annotations

from itertools import combinations

import pandas as pd
from rapidfuzz import fuzz

from hrdresearch.names.same_person import NOT_KNOWN, exact_key

WITHIN_DAYS = 30
ALIKE = 85.0  # of two names of one identifier, in per cent, by rapidfuzz
COLUMNS = ["source", "state_iso3", "row_a", "row_b", "date_a", "date_b", "days_apart", "why"]


def find_possible_duplicates(accepted: pd.DataFrame) -> pd.DataFrame:
    """Find pairs of rows of one source with the same name and State that are close in time.

    accepted: accepted rows of a list, with ``name_as_published``. Names are compared by
    ``exact_key``. Close in time means within 30 days, or in the same year where a date is not
    exact. Rows with different recorded sex are not paired. The result (columns ``COLUMNS``, a row a
    pair) has the numbers of the rows and no names; it is for the restricted folder.
    """
    pairs = []
    for (source, state), same in _named(accepted).groupby(["source", "state_iso3"], sort=True):
        for _, rows in same.groupby("name_key", sort=True):
            if len(rows) > 1:
                pairs += [(source, state, *_pair(a, b)) for a, b in _close(rows)]
    return pd.DataFrame(pairs, columns=COLUMNS)


def find_repeated_attacks(accepted: pd.DataFrame) -> pd.DataFrame:
    """Find pairs of rows of one source that may be one attack on the same person.

    accepted: accepted rows of a list of attacks, with ``name_as_published``, ``record_id`` and
    ``attack_act_codes``. A person may be attacked several times, so rows are paired only where the
    date is the same as well, and either an act is (with the same name), or the identifier of the row
    (with a name that is spelled alike). The result is like that of ``find_possible_duplicates``.
    """
    named = _named(accepted[accepted["event_date"].notna()])
    same = ["source", "state_iso3", "event_date", "event_date_precision"]
    pairs = []
    for (source, state, *_), rows in named.groupby(same, sort=True):
        listed = [row for _, row in rows.sort_values("source_row").iterrows()]
        for a, b in combinations(listed, 2):
            if why := _why_one_attack(a, b):
                day = a["event_date"].date().isoformat()
                pairs.append((source, state, a["source_row"], b["source_row"], day, day, 0, why))
    return pd.DataFrame(pairs, columns=COLUMNS)


def _why_one_attack(a: pd.Series, b: pd.Series) -> str:
    acts_a, acts_b = (set(str(row["attack_act_codes"]).split("|")) for row in (a, b))
    if a["name_key"] == b["name_key"] and (acts_a & acts_b) - {"not_recorded"}:
        return "same name, date and act"
    is_one = a["record_id"] and a["record_id"] == b["record_id"]
    if is_one and fuzz.ratio(a["name_key"], b["name_key"]) >= ALIKE:
        return "same identifier and date, and a name spelled alike"
    return ""


def _named(accepted: pd.DataFrame) -> pd.DataFrame:
    persons = accepted[accepted["name_is_person"].astype(bool)]
    keys = {name: exact_key(name) for name in persons["name_as_published"].unique()}
    named = persons.assign(name_key=persons["name_as_published"].map(keys))
    return named[named["name_key"] != ""]


def _close(rows: pd.DataFrame) -> list[tuple[pd.Series, pd.Series]]:
    listed = [row for _, row in rows.sort_values("source_row").iterrows()]
    return [(a, b) for a, b in combinations(listed, 2) if _why(a, b)]


def _why(a: pd.Series, b: pd.Series) -> str:
    if a["sex_code"] != b["sex_code"] and not {a["sex_code"], b["sex_code"]} & NOT_KNOWN:
        return ""
    if pd.isna(a["event_date"]) or pd.isna(b["event_date"]):
        return ""
    if a["event_date_precision"] == b["event_date_precision"] == "day":
        near = abs((a["event_date"] - b["event_date"]).days) <= WITHIN_DAYS
        return f"same name within {WITHIN_DAYS} days" if near else ""
    return "same name in the same year" if (a["event_date"].year == b["event_date"].year) else ""


def _pair(a: pd.Series, b: pd.Series) -> tuple[object, ...]:
    apart = abs((a["event_date"] - b["event_date"]).days)
    return (
        a["source_row"],
        b["source_row"],
        a["event_date"].date().isoformat(),
        b["event_date"].date().isoformat(),
        apart,
        _why(a, b),
    )
