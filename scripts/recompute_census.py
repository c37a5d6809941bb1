"""Numbers on persons of a prison census, again, in plain pandas: for ``recompute_measures.py``."""

from __future__ import annotations

import pandas as pd
from recompute_ledgers import Measure
from recompute_report import Report

FEWEST = 30  # known cases of a census below which no share is printed


def _persons(r: Report) -> pd.DataFrame:
    """One row a person of the census: longest bounds, whether any sentence was read, the charges."""
    rows = r.tables["census"]
    rows = rows[rows["source"] == r.slug]
    return rows.groupby("person_id").agg(
        read=("is_length_read", "any"),
        low=("bound_min_years", "max"),
        held=("census_year", "nunique"),
        unread=("sentence_kind_code", lambda kinds: kinds.isin(["unparsed", "indefinite"]).any()),
        charges=("pretext_codes", lambda cells: set("|".join(cells.astype(str)).split("|"))),
    )


def _censuses(r: Report, are_long: bool) -> float:
    """Censuses on which persons stand, on average: those under a long sentence, or under another."""
    persons = _persons(r)
    persons = persons[persons["read"]]
    return float(persons["held"][persons["low"].ge(10) == are_long].mean())


def _apart_from_security(r: Report, code: str, what: str) -> int:
    """Persons of a charge who never stand under national security, whose sentence was read, or is long."""
    persons = _persons(r)
    of = persons[[code in held and "national_security" not in held for held in persons["charges"]]]
    return int(of["read"].sum() if what == "read" else of["low"].ge(10).sum())


def _in_one_state(r: Report, stem: str) -> int:
    """Most persons of a class that one State holds."""
    return int(r.filtered(stem).groupby("state_iso3")["person_id"].nunique().max())


def _shares_by_census(r: Report) -> tuple[pd.Series, pd.Series]:
    """By census: the share whose sentence or its absence is recorded, and of them not sentenced."""
    rows = r.tables["census"]
    rows = rows[rows["source"] == r.slug]
    unknown = rows["sentence_kind_code"].isin(r.vocabulary("sentence_kind")["not_known"])
    recorded = (~unknown).groupby(rows["census_year"]).mean()
    pending = rows["sentence_kind_code"].eq("pending")[~unknown].groupby(rows["census_year"])
    return recorded, pending.mean()[pending.size() >= FEWEST]


def _recorded_from(r: Report) -> int:
    recorded, _ = _shares_by_census(r)
    poor = recorded[recorded < 0.9]
    return int(
        recorded.index[recorded.index > poor.index.max()].min()
        if len(poor)
        else recorded.index.min()
    )


def _census_of_share(r: Report, end: str) -> int:
    """Census with the highest or the lowest share not sentenced, of those well recorded."""
    shares = _shares_by_census(r)[1]
    shares = shares[shares.index >= _recorded_from(r)]
    return int(shares.idxmax() if end == "highest" else shares.idxmin())


CENSUS: dict[str, Measure] = {
    r"(.*)\.one_state": _in_one_state,
    r"by_sentence_kind\.recorded_from": _recorded_from,
    r"by_sentence_kind\.(highest|lowest)_share_year": _census_of_share,
    r"long_term\.no_length": lambda r: int((~_persons(r)["read"]).sum()),
    r"long_term\.not_read": lambda r: int((~_persons(r)["read"] & _persons(r)["unread"]).sum()),
    r"long_term\.censuses_(long|others)": lambda r, which: _censuses(r, which == "long"),
    r"sentences_by_charge\.(\w+)\.apart\.(read|long)": _apart_from_security,
}
