"""Finds rows of one list that may be the same person.

Nothing is merged. Equal names are a reason to look at the rows and no proof, because two people may have
the same name in the same month. The rows must still hold names.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pandas as pd
from rapidfuzz import fuzz

from hrdresearch.names.same_person import NOT_KNOWN, exact_key

WITHIN_DAYS = 30
FEW_DAYS = 7  # between two days that lists of one's own give for one detention or attack
ALIKE = 85.0  # of two names of one identifier, in per cent, by rapidfuzz
COLUMNS = ["source", "state_iso3", "row_a", "row_b", "date_a", "date_b", "days_apart", "why"]


def find_possible_duplicates(accepted: pd.DataFrame) -> pd.DataFrame:
    """Find pairs of rows of one source with the same name and State that are close in time.

    accepted: accepted rows of a list, with ``name_as_published``. Names are compared by
    ``exact_key``. Close in time means within 30 days, or in the same year where a date is not
    exact. A name with a comma is compared with its words in any order too, and then the day must be the
    same. Rows with different recorded sex are not paired. The result (columns ``COLUMNS``, a row a
    pair) has the numbers of the rows and no names; it is for the restricted folder.
    """
    return pd.DataFrame(_pairs_of(_named(accepted), _why), columns=COLUMNS)


def find_repeated_detentions(accepted: pd.DataFrame, days: int = 0) -> pd.DataFrame:
    """Find pairs of rows of one source that may be one detention of the same person.

    accepted: accepted rows of a list of detentions, with ``name_as_published``. A person may be detained
    several times, so rows are paired only where the day of arrest is the same, or at most ``days`` apart, no
    row names another division, and none says that the person was released in between. Names and the result
    are like those of ``find_possible_duplicates``.
    """
    dated = accepted.assign(
        event_date=accepted["began_date"], event_date_precision=accepted["began_precision"]
    )

    def why(a: pd.Series, b: pd.Series) -> str:
        first = min(a, b, key=lambda row: row["event_date"])
        is_freed = first.get("released_date", pd.NaT) < max(a["event_date"], b["event_date"])
        is_near = not is_freed and _is_same_place(a, b)
        return _why_one_day(a, b) or (_why_few_days(a, b, days) if is_near else "")

    return pd.DataFrame(_pairs_of(_named(dated), why), columns=COLUMNS)


def _pairs_of(
    named: pd.DataFrame, why: Callable[[pd.Series, pd.Series], str]
) -> list[tuple[object, ...]]:
    pairs: list[tuple[object, ...]] = []
    for (source, state), same in named.groupby(["source", "state_iso3"], sort=True):
        for _, rows in same.groupby(same["name_key"].map(_words_in_order), sort=True):
            listed = [row for _, row in rows.sort_values("source_row").iterrows()]
            told = ((a, b, why(a, b)) for a, b in combinations(listed, 2))
            pairs += [(source, state, *_pair(a, b, words)) for a, b, words in told if words]
    return pairs


def find_repeated_attacks(accepted: pd.DataFrame, days: int = 0) -> pd.DataFrame:
    """Find pairs of rows of one source that may be one attack on the same person.

    accepted: accepted rows of a list of attacks, with ``name_as_published``, ``record_id`` and
    ``attack_act_codes``. A person may be attacked several times, so rows are paired only where the
    date is the same as well, and either an act is (with the same name), or the identifier of the row
    (with a name that is spelled alike); or the name, an act and the place are, and the dates are at most
    ``days`` apart. The result is like that of ``find_possible_duplicates``.
    """
    named = _named(accepted[accepted["event_date"].notna()])
    same = ["source", "state_iso3", "event_date", "event_date_precision"]
    pairs: list[tuple[object, ...]] = []
    for (source, state, *_), rows in named.groupby(same, sort=True):
        listed = [row for _, row in rows.sort_values("source_row").iterrows()]
        for a, b in combinations(listed, 2):
            if why := _why_one_attack(a, b):
                pairs.append((source, state, *_pair(a, b, why)))

    def why_near(a: pd.Series, b: pd.Series) -> str:
        is_near = (
            _is_same_place(a, b) and _acts(a) & _acts(b) and a["event_date"] != b["event_date"]
        )
        return _why_few_days(a, b, days) if is_near else ""

    pairs += _pairs_of(named, why_near) if days else []
    return pd.DataFrame(pairs, columns=COLUMNS)


def _acts(row: pd.Series) -> set[str]:
    return set(str(row["attack_act_codes"]).split("|")) - {"not_recorded"}


def _is_same_place(a: pd.Series, b: pd.Series) -> bool:
    """Whether no two different divisions are recorded."""
    places = {row.get("admin1_name") for row in (a, b)}
    return len({place for place in places if not pd.isna(place)}) < 2


def _why_one_attack(a: pd.Series, b: pd.Series) -> str:
    if _acts(a) & _acts(b):
        if a["name_key"] == b["name_key"]:
            return "same name, date and act"
        if _is_turned(a, b):
            return "same words of the name in another order, and the same date and act"
    is_one = a["record_id"] and a["record_id"] == b["record_id"]
    if is_one and fuzz.ratio(a["name_key"], b["name_key"]) >= ALIKE:
        return "same identifier and date, and a name spelled alike"
    return ""


def _named(accepted: pd.DataFrame) -> pd.DataFrame:
    persons = accepted[accepted["name_is_person"].astype(bool)]
    keys = {name: exact_key(name) for name in persons["name_as_published"].unique()}
    named = persons.assign(name_key=persons["name_as_published"].map(keys))
    return named[named["name_key"] != ""]


def _words_in_order(name_key: str) -> str:
    return " ".join(sorted(name_key.split()))


def _is_turned(a: pd.Series, b: pd.Series) -> bool:
    """Whether two names have the same words in another order, and a comma tells that one is turned."""
    is_same = _words_in_order(a["name_key"]) == _words_in_order(b["name_key"])
    has_comma = any("," in row["name_as_published"] for row in (a, b))
    return is_same and has_comma and a["name_key"] != b["name_key"]


def _why_one_day(a: pd.Series, b: pd.Series) -> str:
    """Why two rows may be one, if both have the same exact day; "" if they may not."""
    if a["sex_code"] != b["sex_code"] and not {a["sex_code"], b["sex_code"]} & NOT_KNOWN:
        return ""
    if not a["event_date_precision"] == b["event_date_precision"] == "day":
        return ""
    if a["event_date"] != b["event_date"]:
        return ""
    if a["name_key"] == b["name_key"]:
        return "same name and date"
    return "same words of the name in another order, and the same date" if _is_turned(a, b) else ""


def _why_few_days(a: pd.Series, b: pd.Series, days: int) -> str:
    """Why two rows of one name may be one, if their exact days are few days apart; "" if they may not."""
    if a["sex_code"] != b["sex_code"] and not {a["sex_code"], b["sex_code"]} & NOT_KNOWN:
        return ""
    if not a["event_date_precision"] == b["event_date_precision"] == "day":
        return ""
    is_near = abs((a["event_date"] - b["event_date"]).days) <= days
    return f"same name within {days} days" if is_near and a["name_key"] == b["name_key"] else ""


def _why(a: pd.Series, b: pd.Series) -> str:
    if a["name_key"] != b["name_key"]:
        return _why_one_day(a, b)
    if a["sex_code"] != b["sex_code"] and not {a["sex_code"], b["sex_code"]} & NOT_KNOWN:
        return ""
    if pd.isna(a["event_date"]) or pd.isna(b["event_date"]):
        return ""
    if a["event_date_precision"] == b["event_date_precision"] == "day":
        near = abs((a["event_date"] - b["event_date"]).days) <= WITHIN_DAYS
        return f"same name within {WITHIN_DAYS} days" if near else ""
    return "same name in the same year" if (a["event_date"].year == b["event_date"].year) else ""


def _pair(a: pd.Series, b: pd.Series, why: str) -> tuple[object, ...]:
    apart = abs((a["event_date"] - b["event_date"]).days)
    return (
        a["source_row"],
        b["source_row"],
        a["event_date"].date().isoformat(),
        b["event_date"].date().isoformat(),
        apart,
        why,
    )
