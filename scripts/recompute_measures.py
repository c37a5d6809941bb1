"""Medians, waits, ages, sums and shares of a sample again, by a few lines of plain pandas each.

``recompute_numbers.py`` uses this for numbers that are no count by a filter. Nothing here is code of the
package: each line says in pandas what the sentence says in words. A number that no line here names is
not recomputed, and said to be so.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import pandas as pd
from recompute_report import Report

SUBSTANTIVE = ("partial", "answers", "positive_outcome")


Measure = Callable[..., Any]


def _groups(report: Report, slug: str) -> pd.Series:
    rows = report.rows("cases", slug)
    if rows["event_id"].notna().all():
        return rows.groupby("event_id").size()
    dated = rows[rows["event_date_precision"] == "day"]
    return dated.groupby(["event_date", "state_iso3", "admin1_name"], dropna=False).size()


def _share(labels: pd.DataFrame) -> float:
    return 100 * float((labels["weight"] * labels["holds"]).sum() / labels["weight"].sum())


def _quality(report: Report, language: str, kind: str, what: str) -> float:
    """Weighted part of what people found that the machine marked (recall), or the other way round."""
    codes = report.claims[f"prevalence.{kind}"]["filter"]["kind_codes"]
    labels = report.sampled({"kind_codes": codes, "language_code": language})
    marked = labels["machine_codes"].map(lambda c: bool(set(codes) & set(str(c).split("|"))))
    base = labels["holds"] if what == "recall" else marked
    return 100 * float(
        labels["weight"][labels["holds"] & marked].sum() / labels["weight"][base].sum()
    )


def _two_figures(value: float) -> float:
    return round(value, 1 - math.floor(math.log10(value))) if value else 0


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
    r"substance\.coded": lambda r: len(r.coded().query("substance_code != 'not_coded'")),
    r"substance\.substantive": lambda r: r.coded()["substance_code"].isin(SUBSTANTIVE).sum(),
    r"substance\.(\w+)": lambda r, code: r.coded()["substance_code"].eq(code).sum(),
    r"coders\.replies": lambda r: (
        r.coded()[["coder_a_code", "coder_b_code"]].ne("not_coded").all(axis=1).sum()
    ),
    r"coders\.alike": lambda r: (
        (b := r.coded())["coder_a_code"].eq(b["coder_b_code"]) & b["coder_a_code"].ne("not_coded")
    ).sum(),
    r"coders\.share": lambda r: 100 * r.value("coders.alike") / r.value("coders.replies"),
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
    r"extent\.requested(?:\.(\w+))?": lambda r, s: len(
        r.visits().query(f"requested and {s or 'requested'}")
    ),
    r"standing\.(\w+)\.(requests|accepted)": lambda r, code, what: len(
        r.visits()
        .query("has_standing_invitation == @code", local_dict={"code": code})
        .query("requested" if what == "requests" else "requested and (invited or visited)")
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
    r"laws\.states": lambda r: r.tables["laws"]["state_iso3"].nunique(),
    r"laws\.(\w+)": lambda r, code: r.tables["laws"]["kind_code"].eq(code).sum(),
}
KILLINGS: dict[str, Measure] = {
    r"by_source\.(\w+)\.events_(min|max)": lambda r, slug, end: (
        len(_groups(r, slug)) if end == "min" else len(r.rows("cases", slug))
    ),
    r"by_source\.(\w+)\.several_victims\.groups": lambda r, slug: (_groups(r, slug) > 1).sum(),
    r"by_source\.(\w+)\.several_victims\.victims": lambda r, slug: (n := _groups(r, slug))[
        n > 1
    ].sum(),
    r"by_source\.(\w+)\.several_victims\.largest": lambda r, slug: _groups(r, slug).max(),
    r"by_source\.(\w+)\.sources_per_case\.year\.(\d+)\.median": lambda r, slug, year: (
        r.rows("cases", slug)
        .query(f"event_year == {year}")["documented_by"]
        .str.split("|")
        .str.len()
        .median()
    ),
}
ATTACKS: dict[str, Measure] = {
    r"prevalence\.\w+|attacks_by_language\.\w+\.(?:attack|threat)(?:\.share)?": lambda r: _share(
        r.sampled(r.claim["filter"])
    ),
    r"prevalence\.\w+\.total": lambda r: _two_figures(
        _share(s := r.sampled(r.claim["filter"])) / 100 * s["weight"].sum()
    ),
    r"machine\.(\w+)\.(\w+)\.(precision|recall)\.share": lambda r, language, kind, what: _quality(
        r, "" if language == "all" else language, kind, what
    ),
    r"extent\.days": lambda r: (
        ((t := r.tables["posts"]["posted_at"]).max().normalize() - t.min().normalize()).days + 1
    ),
    r"offline\.events": lambda r: len(r.tables["offline_events"].dropna(subset=["event_date"])),
    r"offline\.persons": lambda r: (
        r.tables["offline_events"].dropna(subset=["event_date"])["target_id"].nunique()
    ),
    r"offline\.watched": lambda r: (
        r.tables["offline_events"].query("event_code == 'surveillance'")["target_id"].nunique()
    ),
}
UPR: dict[str, Measure] = {  # pledges are rows of the list that are no recommendation
    r"(?:.*\.)?quality\.(?:\w+\.)?(accepted|rows_in)": lambda r, what: (
        r.accepted(None)
        + int(r.tables["pledges"]["source"].eq(r.slug).sum())
        + (r.noted("set_aside") if what == "rows_in" else 0)
    ),
}
EVERY: dict[str, Measure] = {
    r"(?:.*\.)?quality\.(?:(\w+)\.)?accepted": lambda r, kind: r.accepted(kind),
    r"(?:.*\.)?quality\.(?:\w+\.)?set_aside": lambda r: r.noted("set_aside"),
    r"(?:.*\.)?quality\.(?:\w+\.)?issues": lambda r: r.noted("issues"),
    r"(?:.*\.)?quality\.(?:(\w+)\.)?rows_in": lambda r, kind: (
        r.accepted(kind) + r.noted("set_aside")
    ),
}
BY_STUDY: dict[str, dict[str, Measure]] = {
    "communications": LETTERS,
    "visits": VISITS,
    "promises": PROMISES,
    "killings": KILLINGS,
    "online-attacks": ATTACKS,
    "upr": UPR,
}


def again(name: str, report: Report) -> Any:
    """The number of a claim again; None where no line here says how."""
    for pattern, measure in (BY_STUDY.get(report.claim["study"], {}) | EVERY).items():
        if found := re.fullmatch(pattern, name):
            return measure(report, *found.groups())
    return None
