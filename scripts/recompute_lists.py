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
from anyascii import anyascii
from recompute_census import CENSUS
from recompute_intervals import Chance, by_chance, score_interval, share_by_cluster
from recompute_report import ROOT, Report, holding
from scipy import stats

OLD, DECEMBER = 10, 12
MOVED = 7  # places by which the median of a restricted list is moved by chance, at most
CYCLES = {1: range(1, 13), 2: range(13, 27), 3: range(27, 41), 4: range(41, 55)}
FIRST_OF_GROUPS = (1, 3, 5, 7, 9, 11, 13, 17, 21, 27, 34, 41, 47, 53)
FEWEST_KNOWN, FEWEST_OF_STATE, DRAWS = 30, 10, 1500
ANSWERED = ("supported", "noted", "mixed")

Measure = Callable[..., Any]


def _groups(report: Report, slug: str) -> pd.Series:
    rows = report.rows("cases", slug)
    if rows["event_id"].notna().all():
        return rows.groupby("event_id").size()
    dated = rows[rows["event_date_precision"] == "day"]
    return dated.groupby(["event_date", "state_iso3", "admin1_name"]).size()


def _years(r: Report, end: str) -> list[int]:
    """Years of most or fewest rows, of those that the list covers as a whole."""
    rows, year = r.cases(), "census_year" if r.claim["table"] == "census" else "event_year"
    counts = rows[year].value_counts().sort_index()
    covered = r.covered()
    counts = counts[counts.index.isin(covered)]
    if year == "event_year" and r.whole:  # a brief says zero of a year without a case in its State
        counts = counts.reindex(range(covered.min(), covered.max() + 1), fill_value=0)
    rows = r.cases(everywhere=True)
    if year == "event_year":
        days = rows[rows["event_date_precision"] == "day"]["event_date"]
        if days.max().month < DECEMBER and 2 * len(days) >= len(rows):
            counts = counts.drop(days.max().year, errors="ignore")
    number = counts.min() if end == "lowest" else counts.max()
    return [int(year) for year in counts.index[counts == number]]


def _years_of_reviews(r: Report, slug: str | None) -> str:
    """Years of the reviews that a source holds: two that are apart, or the first and the last."""
    rows = r.rows("pairs", slug) if slug else r.tables["pairs"]
    years = sorted({int(year) for year in rows["review_year"].dropna()})
    if len(years) == 1:
        return str(years[0])
    between = " and " if len(years) == 2 and years[1] - years[0] > 1 else "–"
    return f"{years[0]}{between}{years[-1]}"


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


def _asked_again(r: Report) -> dict[str, float]:
    """States reviewed in two cycles: asked on defenders in the first they had, in a later one, in both."""
    pairs = r.pairs()
    cycles = pairs.groupby("state_iso3")["cycle"].agg(["min", "max"])
    first = cycles.loc[cycles["max"] > cycles["min"], "min"]
    asked = pairs[r.on_defenders(pairs) & pairs["state_iso3"].isin(first.index)]
    is_first = asked["cycle"] == asked["state_iso3"].map(first)
    before, later = (set(asked.loc[of, "state_iso3"]) for of in (is_first, ~is_first))
    return {
        "reviewed_twice": len(first),
        "reviewed_again": len(before),
        "received_any_later": len(later),
        "received_again": len(before & later),
        "received_later": len(later - before),
        "received_before": len(before - later),
    }


def _session_groups(r: Report, is_on_defenders: bool) -> int:
    """Groups of sessions with thirty recommendations or more that have a category: all, or on defenders."""
    rows = r.tables["recommendations"]
    rows = rows[(rows["source"] == r.slug) & ~rows["source_action_code"].eq("")]
    if is_on_defenders:
        rows = rows[r.on_defenders(rows)]
    elif rows["source_action_code"].ne("not_asked").any():
        rows = rows[rows["source_action_code"].isin(list("12345"))]
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
        right = counts[..., alike & (label == code)].sum(axis=-1)
        ratios.append(np.where(whole > 0, right / np.maximum(whole, 0.5), np.nan))
    return np.nanmean(ratios, axis=0)  # a draw without the class says nothing of it


def _without_each(values: pd.DataFrame, of: Callable[[pd.DataFrame], float], what: str) -> float:
    """A number of rows with a State each, its interval by leaving each State out, or their sizes."""
    states = values["state_iso3"]
    value = of(values)
    if what in ("points", "size"):
        return abs(value) if what == "size" else value
    without = np.array([of(values[states != state]) for state in states.unique()])
    k = len(without)
    reach = stats.t.ppf(0.975, k - 1) * ((k - 1) / k * ((without - value) ** 2).sum()) ** 0.5
    end = value - reach if what.startswith("low") else value + reach
    return abs(end) if what.endswith(".size") else end


def _gap(r: Report, category: str | None, what: str) -> float:
    """Support on defenders less that of others of the same review and category, mean difference."""
    rows = r.tables["recommendations"]
    rows = rows[(rows["source"] == r.slug) & rows["response_code"].isin(ANSWERED)]
    is_coded = rows["source_action_code"].ne("not_asked").any()
    column = "source_action_code" if is_coded else "action_code"
    if category:
        rows = rows[rows[column] == category]
    sides = rows.assign(ours=r.on_defenders(rows), yes=rows["response_code"].eq("supported"))
    both = sides.groupby(["state_iso3", "review_id", column, "ours"])["yes"].agg(["mean", "size"])
    both = both.unstack().dropna()
    gaps = pd.DataFrame({
        "state_iso3": both.index.get_level_values(0),
        "n": both["size", True].to_numpy(),
        "gap": 100 * (both["mean", True] - both["mean", False]).to_numpy(),
    })  # fmt: skip
    if what == "compared":
        return float(gaps["n"].sum())
    return _without_each(gaps, lambda g: float(np.average(g["gap"], weights=g["n"])), what)


def _general_less_specific(r: Report, what: str) -> float:
    """Share supported of general action on defenders less that of specific action, in points."""
    rows = r.tables["recommendations"]
    rows = rows[(rows["source"] == r.slug) & rows["response_code"].isin(ANSWERED)]
    rows = rows[r.on_defenders(rows)]
    is_coded = rows["source_action_code"].ne("not_asked").any()
    column = "source_action_code" if is_coded else "action_code"
    rows = rows.assign(yes=100.0 * rows["response_code"].eq("supported"), kind=rows[column])

    def less(of: pd.DataFrame) -> float:
        means = of.groupby("kind")["yes"].mean()
        return float(means["4"] - means["5"])

    return _without_each(rows[rows["kind"].isin(["4", "5"])], less, what)


def _many(r: Report, share: str | None) -> int:
    """States that received ten or more on defenders; those of them that supported all, or none."""
    rows = r.tables["recommendations"]
    rows = rows[(rows["source"] == r.slug) & rows["response_code"].isin(ANSWERED)]
    rows = rows[r.on_defenders(rows)]
    shares = rows["response_code"].eq("supported").groupby(rows["state_iso3"]).agg(["size", "mean"])
    many = shares[shares["size"] >= FEWEST_OF_STATE]
    return int((many["mean"] == (share == "every")).sum()) if share else len(many)


def _made_by_regions(r: Report) -> int:
    """Recommendations on defenders, once for each recommending region: the sum over the regions."""
    parts = {n for n in r.claims if re.fullmatch(r"(?:by_source\.\w+\.)?flows\.\w+\.made", n)}
    own = [n for n in parts if r.claims[n]["sources"] == r.claim["sources"]]
    return sum(len(r.filtered(n)) for n in own)


def _compared(r: Report, a: str, b: str, what: str) -> int:
    """Recommendations of the reviews that two lists both hold, and those found in both."""
    rows = r.tables["recommendations"]
    slugs = {slug.replace("-", "_"): slug for slug in rows["source"].unique()}
    sides = [rows[rows["source"] == slugs[name]] for name in (a, b)]
    shared = set.intersection(*(set(side["review_id"]) for side in sides))
    first, second = (side[side["review_id"].isin(shared)] for side in sides)
    same = second.merge(first, left_on="same_as", right_on="recommendation_id", suffixes=("", "_a"))
    return {
        "reviews": len(shared),
        "in_a": len(first),
        "in_b": len(second),
        "supported_a": int(first["response_code"].eq("supported").sum()),
        "supported_b": int(second["response_code"].eq("supported").sum()),
        "same": len(same),
        "part_a": (part_a := _within(first, second, set(same["same_as"]))),
        "part_b": (part_b := _within(second, first, set(same["recommendation_id"]))),
        "only_a": len(first) - same["same_as"].nunique() - part_a,
        "only_b": len(second) - len(same) - part_b,
        "other_position": int((same["response_code"] != same["response_code_a"]).sum()),
    }[what]


def _within(rows: pd.DataFrame, others: pd.DataFrame, found: set[str]) -> int:
    """Rows that were not found, whose words stand in a text on the same review, or hold one."""

    def words(text: str) -> str:
        said = re.sub(r"[^a-z0-9]+", " ", anyascii(text).lower()).strip()
        return re.sub(r"^to ", "", said)

    texts = others["text"].map(words)
    count = 0
    for review, text in rows.loc[
        ~rows["recommendation_id"].isin(found), ["review_id", "text"]
    ].values:
        own = words(text)
        count += any(
            min(len(own.split()), len(other.split())) > 2
            and re.search(rf"\b{short}\b", long) is not None
            for other in texts[others["review_id"] == review]
            for short, long in (sorted((own, other), key=len),)
        )
    return count


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
    """Share supported with its interval by State, of the rows that the filter of the claim keeps."""
    rows = r.tables["recommendations"]
    for column, wanted in r.claim["filter"].items():
        rows = rows[holding(rows[column], [wanted] if isinstance(wanted, str) else wanted)]
    found = share_by_cluster(rows["response_code"].eq("supported"), rows["state_iso3"])
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
    r"(?:by_source\.\w+\.)?by_year\.(lowest|highest)_year": lambda r, end: _years(r, end)[0],
    r"(?:by_source\.\w+\.)?by_year\.(lowest|highest)_year\.also_(\d+)": lambda r, end, year: (
        int(year) if int(year) in _years(r, end) else 0
    ),
    r"(?:by_source\.\w+\.)?by_year\.(lowest|highest)_years": lambda r, end: len(_years(r, end)),
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
    r"(?:by_source\.\w+\.)?by_year\.(lowest|highest)_year": lambda r, end: _years(r, end)[0],
    r"(?:by_source\.\w+\.)?by_year\.(lowest|highest)_year\.also_(\d+)": lambda r, end, year: (
        int(year) if int(year) in _years(r, end) else 0
    ),
    r"(?:by_source\.\w+\.)?by_year\.(lowest|highest)_years": lambda r, end: len(_years(r, end)),
    r"(?:.*\.)?medians\.(\w+)": lambda r, column: _class_of_median(r, column),
    r"(?:by_source\.\w+\.)?disappeared_days\.(median|min|max)": lambda r, what: getattr(
        r.tables["detentions"].query("source == @r.slug and disappeared_days > 0")[
            "disappeared_days"
        ],
        what,
    )(),
}
UPR: dict[str, Measure] = {  # pledges are rows of the list that are no recommendation
    r"(?:by_source\.(\w+)\.)?(?:asked|accountability)\.years": _years_of_reviews,
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
    r"(?:by_source\.\w+\.)?specificity\.(hrd_)?groups": lambda r, ours: _session_groups(
        r, bool(ours)
    ),
    r"(?:by_source\.\w+\.)?repeats\.(\w+)": lambda r, what: _asked_again(r)[what],
    r"(?:by_source\.\w+\.)?coding\.(defenders|action)\.(\w+?)(?:\.(low|high))?": lambda r, t, m, end: (
        _coding(r, t, m, end)
    ),
    r"(?:by_source\.\w+\.)?gap\.(?:category_(\d)\.)?(\w+(?:\.size)?)": _gap,
    r"(?:by_source\.\w+\.)?drafting\.difference\.(\w+(?:\.size)?)": _general_less_specific,
    r"(?:by_source\.\w+\.)?responses\.hrd\.recommendations\.many(?:\.(every|none))?": _many,
    r"(?:by_source\.\w+\.)?flows\.made": _made_by_regions,
    r"compared\.(\w+)\.(\w+)\.(\w+)": _compared,
    r"(?:by_source\.\w+\.)?recommending\.(\w{3})\.possible": lambda r, state: (p := r.pairs())[
        p["state_iso3"] != state.upper()
    ]["review_id"].nunique(),
    r"published\.mcmahon_(\d)\.share": lambda _, category: _accepted_2010(category),
    r"quality\.(\w+)\.(\w+)\.(per_cent|low|high)": lambda _, task, measure, end: _elsewhere(
        task, measure, end
    ),
    r"(?:.*\.)?(?:drafting\.\w+|interval)\.(share|low|high)": lambda r, end: _clustered(r, end),
}
