"""Numbers of the ledgers again: letters and replies, visits, promises and laws.

``recompute_measures.py`` chooses the line by the name of the claim; each says in pandas what the
sentence says in words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from recompute_intervals import jackknife_logit, reached_by
from recompute_report import Report

SUBSTANTIVE = ("partial", "answers", "positive_outcome")
SCALE = ("acknowledgement", "general_evasive", *SUBSTANTIVE)
ENDS, DAYS_TO_REPLY = ("rate_per_cent", "low", "high"), 60
REPORT_DAY = pd.Timestamp("2020-07-16")  # of A/75/165
INVITED = "invited and not visited"
NAMED = {"outstanding": "outstanding", "invited": INVITED, "both": f"outstanding and {INVITED}"}

Measure = Callable[..., Any]


def _weighted_kappa(replies: pd.DataFrame) -> float:
    """Cohen's kappa, weighted by the steps that two codes lie apart on the scale."""
    codes = replies[["coder_a_code", "coder_b_code"]]
    a, b = codes[codes.ne("not_coded").all(axis=1)].map(SCALE.index).T.to_numpy()
    return 1 - abs(a - b).mean() / abs(a[:, None] - b).mean()


def _rate(r: Report, basis: str, which: str) -> list[float]:
    """Share of letters replied to, in per cent, with its interval over States."""
    letters, day, date = r.letters(), r.cut_off(), f"first_{which}_date"
    letters = letters.assign(replied=letters[date].le(day))
    if basis in ("matured", "in_time"):
        letters = letters[letters["deadline_date"] < day]
    if basis == "in_time":
        letters["replied"] &= letters[date].le(letters["deadline_date"])
    letters["days"] = (letters[date].where(letters["replied"], day) - letters["sent_date"]).dt.days

    def rate(rows: pd.DataFrame) -> float:
        if basis == "within":
            return reached_by(rows["days"], rows["replied"], DAYS_TO_REPLY)
        return float(rows["replied"].mean())

    return [100 * one for one in jackknife_logit(letters, "state_iso3", rate)]


def _outcomes(r: Report) -> dict[str, Any]:
    """Letters with a positive outcome by the cut-off: all, told (public, with consent), by code."""
    letters, day = r.letters(), r.cut_off()
    known = letters[letters["outcome_code"].ne("none_known") & letters["outcome_date"].le(day)]
    told = known[known["outcome_consent_date"].le(day) & known["published_date"].le(day)]
    codes = told["outcome_code"].value_counts().to_dict()
    return {
        "known": len(known),
        "told": len(told),
        "not_told": len(known) - len(told),
        "codes": codes,
    }


def _in_both(other: pd.DataFrame, own: pd.DataFrame, what: str | None) -> int:
    """Letters of a register that stand in that of the report too; of these, with a reply in one."""
    both = other.merge(own, on="letter_id", suffixes=("_replied", "_replied_own"))
    if what:
        both = both.dropna(subset=[f"first_reply_date_{what}"])
    return both["letter_id"].nunique()


def _standing(visits: pd.DataFrame) -> str:
    """Where the requests to one State stand, as the names of claims say it."""
    if visits.empty:
        return "not_in_the_ledger"
    if not visits["outstanding"].any():
        return "visit_conducted"
    return "outstanding_invitation_issued" if len(visits.query(INVITED)) else "outstanding"


LETTERS: dict[str, Measure] = {
    r"clearance\.(joint|single)\.median_days": lambda r, kind: (
        r.letters()
        .query("is_joint == @k", local_dict={"k": kind == "joint"})["clearance_days"]
        .median()
    ),
    r"clearance\.(joint|single)\.letters": lambda r, kind: (
        r.letters()
        .query("is_joint == @k", local_dict={"k": kind == "joint"})["clearance_days"]
        .count()
    ),
    r"owing\.(?:(\w{3})\.)?letters|owing_letters\.of": lambda r, s: len(r.owing(s or "")),
    r"owing\.(?:(\w{3})\.)?replied": lambda r, s: (
        r.due(s or "")["first_reply_date"].le(r.cut_off()).sum()
    ),
    r"owing\.(?:(\w{3})\.)?since": lambda r, s: r.owing(s or "")["deadline_date"].min(),
    r"owing\.(?:(\w{3})\.)?days": lambda r, s: (
        (r.cut_off() - r.owing(s or "")["deadline_date"].min()).days
    ),
    r"owing\.(?:(\w{3})\.)?(persons|women)": lambda r, s, what: r.persons(r.owing(s or ""), what),
    r"owing\.due": lambda r: len(r.due()),
    r"owing\.states": lambda r: r.owing()["state_iso3"].nunique(),
    r"owing\.undated": lambda r: r.due()["is_reply_undated"].sum(),
    r"owing\.reprisals": lambda r: r.owing()["reprisals_code"].eq("yes").sum(),
    r"owing_letters\.followed_up": lambda r: r.owing()["followed_up_date"].le(r.cut_off()).sum(),
    r"persons\.(total|women)": lambda r, what: r.persons(
        r.letters(), what.replace("total", "persons")
    ),
    r"persons\.letters_silent": lambda r: r.letters()["persons"].isna().sum(),
    r"replies\.undated": lambda r: r.letters()["is_reply_undated"].sum(),
    r"cooperating\.(\w{3})\.letters": lambda r, s: len(r.due(s)),
    r"cooperating\.of": lambda r: r.due()["state_iso3"].nunique(),
    r"outcomes\.of": lambda r: len(r.letters()),
    r"((?:substantive\.)?(?:matured|replies|in_time))\.rate_per_cent": lambda r, stem: (
        100 * r.value(f"{stem}.received") / r.value(f"{stem}.letters")
    ),
    r"(substantive\.)?in_time\.received": lambda r, which: (
        (d := r.letters().query("deadline_date < @day", local_dict={"day": r.cut_off()}))[
            "first_substantive_date" if which else "first_reply_date"
        ]
        .le(d["deadline_date"])
        .sum()
    ),
    r"substance(_on_cases)?\.coded": lambda r, cases: len(
        r.coded(cases).query("substance_code != 'not_coded'")
    ),
    r"substance(_on_cases)?\.substantive": lambda r, cases: (
        r.coded(cases)["substance_code"].isin(SUBSTANTIVE).sum()
    ),
    r"substance(_on_cases)?\.of": lambda r, cases: len(r.coded(cases)),
    r"substance(_on_cases)?\.(\w+)": lambda r, cases, code: (
        r.coded(cases)["substance_code"].eq(code).sum()
    ),
    r"coders\.replies": lambda r: (
        r.coded()[["coder_a_code", "coder_b_code"]].ne("not_coded").all(axis=1).sum()
    ),
    r"coders\.alike": lambda r: (
        (b := r.coded())["coder_a_code"].eq(b["coder_b_code"]) & b["coder_a_code"].ne("not_coded")
    ).sum(),
    r"coders\.weighted_kappa": lambda r: _weighted_kappa(r.coded()),
    r"coders\.share": lambda r: 100 * r.value("coders.alike") / r.value("coders.replies"),
    r"(substantive\.)?(matured|replies|in_time)\.(low|high)": lambda r, which, basis, end: _rate(
        r, basis, "substantive" if which else "reply"
    )[ENDS.index(end)],
    r"(substantive\.)?within\.(rate_per_cent|low|high)": lambda r, which, end: _rate(
        r, "within", "substantive" if which else "reply"
    )[ENDS.index(end)],
    r"within\.days": lambda _: DAYS_TO_REPLY,
    r"cooperating\.states": lambda r: sum(
        own["first_reply_date"].le(r.cut_off()).all()
        and own["first_substantive_date"].le(r.cut_off()).any()
        for _, own in r.due().groupby("state_iso3")
    ),
    r"outcomes\.(known|told|not_told)": lambda r, what: _outcomes(r)[what],
    r"outcomes\.told\.(\w+)": lambda r, code: _outcomes(r)["codes"].get(code, 0),
    r"by_source\.(\w+)\.letters": lambda r, slug: r.rows("communications", slug)[
        "letter_id"
    ].nunique(),
    r"by_source\.(\w+)\.in_both(?:_(replied|replied_own))?": lambda r, slug, what: _in_both(
        r.rows("communications", slug), r.rows("communications", "register"), what
    ),
    r"acknowledgements\.(languages|drafts)": lambda r, what: sum(
        what == "languages" or one["status"] == "draft"
        for one in r.reference("acknowledgement/PACK.yml")["languages"].values()
    ),
    r"self_test\.figures": lambda r: len(r.record("self_test")["published"]),
    r"press\.(first|last)": lambda r, end: r.tables["press_releases"]["release_date"].agg(
        "min" if end == "first" else "max"
    ),
}
VISITS: dict[str, Measure] = {
    r"ages\.known": lambda r: r.visits().query("outstanding")["years"].count(),
    r"ages\.median_years": lambda r: r.visits().query("outstanding")["years"].median(),
    r"ages\.oldest_years": lambda r: r.visits().query("outstanding")["years"].max(),
    r"ages\.of|outstanding\.requests": lambda r: len(r.visits().query("outstanding")),
    r"outstanding\.states": lambda r: r.visits().query("outstanding")["state_iso3"].nunique(),
    r"outstanding\.invited": lambda r: len(r.visits().query("outstanding and invited")),
    r"outstanding\.\w{3}\.(\w+)\.since": lambda r, key: (v := r.visits())[
        v["visit_id"].str.lower().str.replace(" ", "_") == key
    ]["requested_date"].min(),
    r"extent\.states": lambda r: r.visits()["state_iso3"].nunique(),
    r"by_year\.(\w+)\.of": lambda r, s: len(r.visits().query(s)),
    r"by_year\.(\w+)\.known": lambda r, s: r.visits().query(s)[f"{s}_date"].count(),
    r"extent\.requested(?:\.(\w+))?": lambda r, s: len(
        r.visits().query(f"requested and {s or 'requested'}")
    ),
    r"standing\.(\w+)\.(requests|accepted)": lambda r, code, what: len(
        r.visits()
        .query("has_standing_invitation == @code", local_dict={"code": code})
        .query("requested" if what == "requests" else "requested and (invited or visited)")
    ),
    r"named\.(outstanding|invited|both)": lambda r, what: len(
        r.visits_on(r.tables["fixture_visits"], REPORT_DAY).query(NAMED[what])
    ),
    r"named\.of": lambda r: len(r.tables["fixture_visits"]),
    r"named\.now\.(\w+)": lambda r, words: sum(
        _standing(own) == words
        for state in r.tables["fixture_visits"]["state_iso3"]
        for own in [r.visits().query("state_iso3 == @state", local_dict={"state": state})]
    ),
}
PROMISES: dict[str, Measure] = {
    r"by_status\.assessed|obstacles\.of": lambda r: (
        r.assessed()["status_code"].ne("not_assessed").sum()
    ),
    r"by_status\.of": lambda r: len(r.assessed()),
    r"by_status\.(promise|recommendation)\.(\w+)": lambda r, kind, code: (
        (a := r.assessed())["kind_code"].eq(kind) & (a["status_code"].eq(code) | (code == "of"))
    ).sum(),
    r"obstacles\.named": lambda r: (
        (a := r.assessed())["status_code"].ne("not_assessed")
        & a["obstacle_code"].ne("none_recorded")
    ).sum(),
    r"obstacles\.(\w+)": lambda r, code: (
        (a := r.assessed())["obstacle_code"].eq(code) & a["status_code"].ne("not_assessed")
    ).sum(),
    r"laws_of_state\.entries": lambda r: len(r.tables["laws"]),
    r"laws\.states": lambda r: r.tables["laws"]["state_iso3"].nunique(),
    r"laws\.(\w+)": lambda r, code: r.tables["laws"]["kind_code"].eq(code).sum(),
    r"named\.mechanisms": lambda r: r.tables["fixture_laws"]["state_iso3"].nunique(),
    r"named\.held": lambda r: (
        r.tables["fixture_laws"]["state_iso3"]
        .isin((laws := r.tables["laws"])[laws["kind_code"] == "mechanism"]["state_iso3"])
        .sum()
    ),
}
