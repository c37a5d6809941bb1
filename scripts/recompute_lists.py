"""Numbers of lists again: killings, imprisonment, recommendations of the Universal Periodic Review.

``recompute_measures.py`` chooses the line by the name of the claim; each says in pandas what the
sentence says in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from recompute_census import CENSUS
from recompute_intervals import Chance, by_chance, score_interval, share_by_cluster
from recompute_report import ROOT, Report, holding
from scipy import stats

OLD, DECEMBER = 10, 12
MOVED = 7  # places by which the median of a restricted list is moved by chance, at most
CYCLES = {1: range(1, 13), 2: range(13, 27), 3: range(27, 41), 4: range(41, 55)}
FIRST_OF_GROUPS = (1, 3, 5, 7, 9, 11, 13, 17, 21, 27, 34, 41, 47, 53)
FEWEST_KNOWN, DRAWS, ANSWERED = 30, 1500, ("supported", "noted", "mixed")

Measure = Callable[..., Any]


def _groups(report: Report, slug: str) -> pd.Series:
    rows = report.rows("cases", slug)
    if rows["event_id"].notna().all():
        return rows.groupby("event_id").size()
    dated = rows[rows["event_date_precision"] == "day"]
    return dated.groupby(["event_date", "state_iso3", "admin1_name"]).size()


def _year(r: Report, end: str) -> int:
    """Year of most or fewest rows, of those that the list covers as a whole."""
    rows, year = r.cases(), "census_year" if r.claim["table"] == "census" else "event_year"
    counts = rows[year].value_counts().sort_index()
    counts = counts[counts.index.isin(r.covered())]
    if year == "event_year":
        days = rows[rows["event_date_precision"] == "day"]["event_date"]
        if days.max().month < DECEMBER and 2 * len(days) >= len(rows):
            counts = counts.drop(days.max().year, errors="ignore")
    return int(counts.idxmin() if end == "lowest" else counts.idxmax())


def _apart(r: Report, stem: str, what: str) -> int:
    """How far the shares of two classes lie apart, in points, or an end of the interval, unsigned."""
    keys = sorted(
        name.removesuffix(".share")
        for name, c in r.claims.items()
        if re.fullmatch(rf"{re.escape(stem)}\.\w+\.\w+\.share", name)
        and c["status"] == "shown"
        and ".not_given." not in name
    )
    pairs = [(r.value(key), r.value(f"{key.rpartition('.')[0]}.known")) for key in keys]
    (x, m), (y, n) = sorted(pairs, key=lambda pair: pair[0] / pair[1], reverse=True)
    (a, b), (c, d) = score_interval(x, m), score_interval(y, n)
    p, q = x / m, y / n
    reach = {"difference": 0.0, "low": -np.hypot(p - a, d - q), "high": np.hypot(b - p, q - c)}
    return abs(round(100 * (p - q + reach[what])))


def _without_largest(r: Report, stem: str, code: str | None) -> int:
    """Known cases of a group, or those of a code, without the State and year of most other cases."""
    (yes,) = {
        n.rpartition(".")[0] for n in r.claims if re.fullmatch(rf"{re.escape(stem)}\.\w+\.share", n)
    }
    known, so = r.filtered(f"{stem}.known"), r.filtered(yes)
    state, year = known.drop(so.index).value_counts(["state_iso3", "event_year"]).index[0]
    rows = so if code else known
    return len(rows) - int((rows["state_iso3"].eq(state) & rows["event_year"].eq(year)).sum())


def _class_of_median(r: Report, column: str) -> str:
    """The printed class, where the median of persons lies in it or is moved into it by chance."""
    (table,) = (t for t, f in r.tables.items() if column in f and t not in ("census", "pledges"))
    (slug,) = r.restricted()
    rows = r.tables[table][r.tables[table]["source"] == slug]
    values = sorted(
        rows.groupby("person_id" if "person_id" in rows else "victim_id")[column].max().dropna()
    )
    middle = len(values) // 2
    printed = str(r.claim["text"])
    ends = [float(n) for n in re.findall(r"[\d.]+", printed)]
    low, high = (0, ends[0]) if printed.startswith("under") else (ends[0], (*ends, np.inf)[1])
    near = values[max(middle - MOVED, 0) : middle + MOVED + 1]
    return printed if any(low <= v < high for v in near) else f"{values[middle]:g} years"


def _asked_again(r: Report) -> dict[str, int]:
    """States reviewed in two cycles, with and without a recommendation on defenders in the first."""
    pairs = r.pairs()
    asked = pairs[r.on_defenders(pairs)].groupby("state_iso3")["cycle"].agg(["min", "max"])
    reviewed = pairs.groupby("state_iso3")["cycle"].agg(["min", "max"])
    both = reviewed.join(asked.add_suffix("_asked"))
    again = both[both["max"] > both["min_asked"]]
    without = both[(both["max"] > both["min"]) & ~both["min_asked"].eq(both["min"]).fillna(False)]
    return {
        "reviewed_again": len(again),
        "received_again": int((again["max_asked"] > again["min_asked"]).sum()),
        "reviewed_without": len(without),
        "received_later": int(without["min_asked"].notna().sum()),
    }


def _session_groups(r: Report) -> int:
    """Groups of sessions with thirty recommendations or more that the source gave a category."""
    rows = r.tables["recommendations"]
    rows = rows[(rows["source"] == r.slug) & rows["source_action_code"].isin(list("12345"))]
    sizes = pd.cut(rows["session"].astype(float), FIRST_OF_GROUPS, right=False).value_counts()
    return int((sizes >= FEWEST_KNOWN).sum())


def _coding(r: Report, task: str, measure: str, end: str | None) -> float | Chance:
    """Agreement of the coding with the index in per cent; its interval by drawing States."""
    pairs = r.pairs()
    label, given = pairs["source_action_code"], pairs["action_code"]
    if task == "defenders":
        label = pairs["is_source_tagged"]
        given = pairs["concern_code"].eq("explicit").map({True: "yes", False: "no"})
    asked = label != "not_asked"
    both = pd.crosstab(pairs["state_iso3"][asked], [label[asked], given[asked]])
    if end is None:
        return 100 * float(_agreement(both.columns, both.sum().to_numpy(), measure))
    states, chance = len(both), np.random.default_rng(1)
    drawn = chance.multinomial(states, [1 / states] * states, DRAWS) @ both.to_numpy()
    wide = stats.t.ppf(0.975, states - 1) * (states / (states - 1)) ** 0.5
    part = stats.norm.cdf(-wide if end == "low" else wide)
    return by_chance(100 * _agreement(both.columns, drawn, measure), part, 1000)


def _agreement(pairs: pd.MultiIndex, counts: np.ndarray, measure: str) -> np.ndarray:
    """Accuracy, macro F1, or precision, recall and F1 of "yes", from counts of (label, given)."""
    label, given = (pairs.get_level_values(i).to_numpy() for i in (0, 1))
    alike, ratios = label == given, []
    if measure == "accuracy":
        return counts[..., alike].sum(axis=-1) / counts.sum(axis=-1)
    for code in ["yes"] if measure != "macro_f1" else sorted(set(label)):
        said, true = (counts[..., c == code].sum(axis=-1) for c in (given, label))
        whole = {"precision": said, "recall": true}.get(measure, (said + true) / 2)
        ratios.append(counts[..., alike & (label == code)].sum(axis=-1) / np.maximum(whole, 0.5))
    return np.mean(ratios, axis=0)


def _gap(r: Report, what: str) -> float:
    """Support on defenders less that of others of the same review and category, mean difference."""
    rows = r.tables["recommendations"]
    rows = rows[(rows["source"] == r.slug) & rows["response_code"].isin(ANSWERED)]
    is_coded = rows["source_action_code"].ne("not_asked").any()
    key = ["review_id", "source_action_code" if is_coded else "action_code"]
    sides = rows.assign(ours=r.on_defenders(rows), yes=rows["response_code"].eq("supported"))
    both = sides.groupby([*key, "ours"])["yes"].agg(["mean", "size"]).unstack().dropna()
    n, gap = both["size", True], 100 * (both["mean", True] - both["mean", False])
    means = [
        np.average(gap[kept], weights=n[kept])
        for one in both.index.unique(0)
        if (kept := both.index.get_level_values(0) != one).any()
    ]
    value, k = float(np.average(gap, weights=n)), len(means)
    squares = sum((one - value) ** 2 for one in means)
    reach = stats.t.ppf(0.975, k - 1) * ((k - 1) / k * squares) ** 0.5
    ends = {"low": value - reach, "high": value + reach, "size": abs(value), "points": value}
    return n.sum() if what == "compared" else ends[what]


def _accepted_2010(category: str) -> float:
    """Share accepted that McMahon published in 2010."""
    table = pd.read_csv(ROOT / "data" / "reference" / "upr_mcmahon_2010.csv").set_index("key")
    return float(table.loc[f"category_{category}", "accepted_per_cent"])


def _elsewhere(task: str, measure: str, end: str) -> float:
    """Agreement that the project measured once, from the table that holds it."""
    table = pd.read_csv(ROOT / "data" / "reference" / "upr_coding_quality.csv")
    names = [table[c].str.lower().str.replace(" ", "_") for c in ("task", "measure")]
    return float(table[names[0].eq(task) & names[1].eq(measure)][end].iloc[0])


def _clustered(r: Report, end: str) -> float:
    """Share supported with its interval by review, of the rows that the filter of the claim keeps."""
    rows = r.tables["recommendations"]
    for column, wanted in r.claim["filter"].items():
        rows = rows[holding(rows[column], [wanted] if isinstance(wanted, str) else wanted)]
    found = share_by_cluster(rows["response_code"].eq("supported"), rows["review_id"])
    return 100 * found[("share", "low", "high").index(end)]


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
    r"by_source\.\w+\.accountability\.older_year": lambda r: r.covered().max() - OLD,
    r"by_source\.\w+\.accountability\.last_year": lambda r: r.covered().max(),
    r"(?:by_source\.\w+\.)?by_year\.(lowest|highest)_year": lambda r, end: _year(r, end),
    r"by_source\.\w+\.by_division\.(\w{3})\.without": lambda r, state: (
        len(r.vocabulary("admin1")["divisions"][state.upper()])
        - r.cases()
        .query("state_iso3 == @s", local_dict={"s": state.upper()})["admin1_name"]
        .nunique()
    ),
    r"(.*_by_group\.\w+\.\w+)(\.\w+)?\.without": _without_largest,
    r"by_source\.(\w+)\.by_year\.last_day": lambda r, slug: (c := r.rows("cases", slug))[
        c["event_date_precision"] == "day"
    ]["event_date"].max(),
    r"(.*_by_group\.\w+)\.(difference|low|high)": lambda r, stem, what: _apart(r, stem, what),
}


IMPRISONMENT: dict[str, Measure] = {
    **CENSUS,
    r"(.*)\.no_sentence": lambda r, stem: r.value(f"{stem}.of") - r.value(f"{stem}.with_sentence"),
    r"(.*)\.on_no_row": lambda r, stem: r.value(f"{stem}.of") - r.value(f"{stem}.known"),
    r"(?:by_source\.\w+\.)?by_year\.(lowest|highest)_year": lambda r, end: _year(r, end),
    r"(?:.*\.)?medians\.(\w+)": lambda r, column: _class_of_median(r, column),
}
UPR: dict[str, Measure] = {  # pledges are rows of the list that are no recommendation
    r"(?:.*\.)?quality\.(?:\w+\.)?(accepted|rows_in)": lambda r, what: (
        r.accepted(None)
        + int(r.tables["pledges"]["source"].eq(r.slug).sum())
        + (r.noted("set_aside") if what == "rows_in" else 0)
    ),
    r"(?:by_source\.\w+\.)?by_cycle\.(\d)\.sessions\.(held|of)": lambda r, cycle, what: (
        len(CYCLES[int(cycle)])
        if what == "of"
        else r.pairs().query(f"cycle == {cycle}")["session"].nunique()
    ),
    r"(?:by_source\.\w+\.)?by_session\.sessions": lambda r: r.pairs()["session"].nunique(),
    r"(?:by_source\.\w+\.)?specificity\.groups": lambda r: _session_groups(r),
    r"(?:by_source\.\w+\.)?repeats\.(\w+)": lambda r, what: _asked_again(r)[what],
    r"(?:by_source\.\w+\.)?coding\.(defenders|action)\.(\w+?)(?:\.(low|high))?": lambda r, t, m, end: (
        _coding(r, t, m, end)
    ),
    r"(?:by_source\.\w+\.)?gap\.(\w+)": _gap,
    r"(?:by_source\.\w+\.)?recommending\.(\w{3})\.possible": lambda r, state: (p := r.pairs())[
        p["state_iso3"] != state.upper()
    ]["review_id"].nunique(),
    r"published\.mcmahon_(\d)\.share": lambda _, category: _accepted_2010(category),
    r"quality\.(\w+)\.(\w+)\.(per_cent|low|high)": lambda _, task, measure, end: _elsewhere(
        task, measure, end
    ),
    r"(?:.*\.)?(?:drafting\.\w+|interval)\.(share|low|high)": lambda r, end: _clustered(r, end),
}
