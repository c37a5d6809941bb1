"""Numbers of the study of trends again; ``recompute_measures.py`` chooses the line by the claim's name.

Nothing here is code of the package: the scores of the negative binomial model are set to zero by a root
finder, levels of States by bisection, the delay by a quasi-Newton search, and chance by draws of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from recompute_intervals import Chance
from recompute_ledgers import Measure
from recompute_report import YEAR, Report, kept_rows
from scipy import optimize, stats

Pairs = list[tuple[float, float, float, float]]  # two ages, cases at the first and at the second
ENDS = {"": 0, "per_cent": 0, "low": 1, "high": 2}
AGES = {"m0": 0.0, "m6": 0.5, "m12": 1.0, "m24": 2.0, "m36": 3.0}
NEAR = 0.01  # two searches for one maximum
DRAWS = 20000


def _census(r: Report) -> bool:
    return bool(r.fact(r.slug)["table"] == "census")


def _in_scope(r: Report, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of the States and of the links with the work that the report is narrowed to."""
    prefix = f"by_source.{r.slug.replace('-', '_')}."
    whole = r.claims.get(f"{prefix}cases") or r.claims["extent.cases"]
    wanted = {k: v for k, v in whole["filter"].items() if k in ("state_iso3", "motive_link_code")}
    return kept_rows(frame, wanted)


def _rows(r: Report) -> pd.DataFrame:
    frame = r.tables["documented"]
    return _in_scope(r, frame[frame["source"] == r.slug])


def _day(r: Report) -> pd.Timestamp:
    """Day of the file as given, else that of the last case dated to the day."""
    given = dict(p.split("=") for p in str(r.parameter("file_days", "")).split(",") if "=" in p)
    rows = r.tables["documented"]
    rows = rows[rows["source"] == r.slug]
    last = rows.loc[rows["event_date_precision"] == "day", "event_date"].max()
    if r.slug in given:
        return pd.Timestamp(given[r.slug])
    return last if pd.notna(last) else pd.Timestamp(int(rows["event_year"].max()), 12, 31)


def _age(year: int, day: pd.Timestamp) -> float:
    return (day - pd.Timestamp(year + 1, 1, 1)).days / YEAR


def _whole(r: Report) -> list[int]:
    """Years that the list covers as a whole and that are asked for."""
    rows = r.tables["documented"]
    rows = rows[rows["source"] == r.slug]
    held = rows["event_year"].dropna().astype(int)
    covers = r.fact(r.slug)["covers"].get("years", {})
    first, last = max(covers.get("from", 0), held.min()), min(covers.get("to", 9999), held.max())
    dated = rows[(rows["event_year"] == last) & (rows["event_date_precision"] == "day")]
    days = dated["event_date"].dt.day_of_year.unique()
    if len(days) and (days.max() / 365) ** len(days) < 0.001:  # the last year ends too early
        last -= 1
    asked = r.parameter("year_from", None), r.parameter("year_to", None)
    return list(range(max(first, asked[0] or first), min(last, asked[1] or last) + 1))


def _pairs(r: Report) -> tuple[Pairs, int]:
    """Each year in two following editions, and the number of editions."""
    counts = {_day(r): _rows(r)["event_year"].value_counts()}
    held = _in_scope(r, r.tables["editions"].query("list_slug == @r.slug"))
    for day, rows in held.groupby("edition_day"):
        if day < _day(r):
            counts[day] = rows.groupby("event_year")["case_count"].sum()
    first = _whole(r)[0]
    made: Pairs = []
    for year in range(first, _day(r).year):
        seen = [(_age(year, d), float(counts[d].get(year, 0))) for d in sorted(counts)]
        seen = [one for one in seen if one[0] >= 0]
        made += [(a, b, min(m, n), n) for (a, m), (b, n) in pairwise(seen)]
    return [p for p in made if p[0] < 5 and p[3] > 0], len(counts)


def _share(logs: Any, age: float, until: float) -> float:
    p, q = np.exp(logs)
    return float((1 - np.exp(-(p + q * min(age, until)))) / (1 - np.exp(-(p + q * until))))


def _delay(r: Report) -> tuple[Any, Any, float, float, float] | None:
    """Logarithms of p and q, draws of them, spread, youngest age and the age that is led to."""
    pairs, editions = _pairs(r)
    added = sum(n - m for _, _, m, n in pairs)
    if editions < 2 or added < 5 or _census(r):
        return None
    a, b, m, n = np.array(pairs).T

    def loss(logs: Any) -> float:
        p, q = np.exp(logs)
        f = ((1 - np.exp(-(p + q * a))) / (1 - np.exp(-(p + q * b)))).clip(1e-9, 1 - 1e-9)
        return float(-stats.binom.logpmf(m, n, f).sum() + (logs**2).sum() / 18)

    found = optimize.minimize(loss, [-0.2, -0.2], method="BFGS", options={"gtol": 1e-9})
    p, q = np.exp(found.x)
    f = (1 - np.exp(-(p + q * a))) / (1 - np.exp(-(p + q * b)))
    spread = max(1.0, ((m - n * f) ** 2 / (n * f * (1 - f)).clip(1e-6)).sum() / (len(n) - 2))
    step = 1e-4
    unit = np.eye(2) * step
    curve = [
        [
            (
                loss(found.x + u + v)
                - loss(found.x + u - v)
                - loss(found.x - u + v)
                + loss(found.x - u - v)
            )
            / (4 * step**2)
            for v in unit
        ]
        for u in unit
    ]
    rng = np.random.default_rng(1)
    draws = rng.multivariate_normal(found.x, spread * np.linalg.inv(np.array(curve)), DRAWS)
    return found.x, draws, float(spread), float(a.min()), min(5.0, float(b.max()))


def _held(r: Report) -> tuple[pd.DataFrame, Any]:
    """Cases of States and years that are used, and the delay."""
    delay = r.once(("delay", r.slug), lambda: _delay(r))
    least = 1.0 if delay is None else max(delay[3] - 0.1, 0.0)
    used = [y for y in _whole(r) if _census(r) or _age(y, _day(r)) >= least]
    rows = _rows(r)
    rows = rows[rows["event_year"].isin(used)]
    table = rows.groupby(["state_iso3", "event_year"]).size().unstack(fill_value=0)
    return table.reindex(columns=used, fill_value=0), delay


def _period(table: pd.DataFrame, key: str) -> list[int]:
    return list(table.columns[-10:] if key == "recent" else table.columns)


def _latest(table: pd.DataFrame) -> list[int]:
    return _period(table, "recent" if table.shape[1] > 10 else "all")


def _fit(y: Any, x: Any, offset: Any) -> tuple[Any, Any, Any, float]:
    """Coefficients, covariance, Pearson residuals and dispersion, by a root of the scores."""

    def at(given: float) -> tuple[Any, Any]:
        def score(beta: Any) -> Any:
            mu = np.exp(x @ beta + offset)
            return x.T @ ((y - mu) / (1 + given * mu)) / y.sum()

        start = np.zeros(x.shape[1])
        start[0] = np.log(y.mean()) - offset.mean()
        found = optimize.root(score, start, tol=1e-13)
        return found.x, np.exp(x @ found.x + offset)

    def pearson(given: float) -> float:
        mu = at(given)[1]
        return float(((y - mu) ** 2 / (mu * (1 + given * mu))).sum() - len(y) + x.shape[1])

    given = 0.0 if pearson(0.0) <= 0 else optimize.brentq(pearson, 0, 64, xtol=1e-13)
    beta, mu = at(given)
    cover = np.linalg.inv((x * (mu / (1 + given * mu))[:, None]).T @ x)
    return beta, cover, (y - mu) / np.sqrt(mu * (1 + given * mu)), given


def _ends(fit: Any, at: int, extra: float, carried: bool) -> tuple[float, float, float]:
    """Change in per cent and the ends of its interval."""
    beta, cover, e, given = fit
    n, r = len(e), float((e[1:] * e[:-1]).sum() / (e**2).sum())
    rho = min(max((r + 2 / n) / (1 - 4 / n) + 0.5 / n**0.5, 0), 0.95) if given or carried else 0.0
    wide = (1 + rho) / (1 - rho)
    half = stats.t.ppf(0.975, max(n / wide - len(beta), 1)) * np.sqrt(wide * cover[at, at] + extra)
    return tuple(float(100 * (np.exp(beta[at] + h) - 1)) for h in (0, -half, half))


def _line(
    counts: pd.Series, offset: Any, extra: float, carried: bool
) -> tuple[float, float, float]:
    years = np.array(counts.index, dtype=float)
    x = np.column_stack([np.ones(len(years)), years - years.mean()])
    return _ends(_fit(counts.to_numpy(dtype=float), x, offset), 1, extra, carried)


def _change(r: Report, key: str, kind: str) -> list[tuple[float, float, float]]:
    """The change of a period; where the delay was drawn, with less and with more doubt about it."""
    table, delay = _held(r)
    years = _period(table, key)
    counts = table[years].sum()
    offset = np.zeros(len(years))
    if kind:
        rows = r.tables["context"].query(
            "indicator == @name", local_dict={"name": r.parameter("effort", "")}
        )
        offset = np.log(
            rows.assign(v=rows["value"].astype(float)).groupby("indicator_year")["v"].sum()[years]
        )
        offset = np.array(offset, dtype=float)
    if delay is None:
        return [_line(counts, offset, 0.0, _census(r))]
    logs, draws, _, _, until = delay
    ages = [_age(y, _day(r)) for y in years]
    shares = np.log([_share(logs, a, until) for a in ages])
    slopes = []
    for drawn in draws[:300]:
        own = offset + np.log([_share(drawn, a, until) for a in ages])
        x = np.column_stack([np.ones(len(years)), np.array(years) - np.mean(years)])
        slopes.append(_fit(counts.to_numpy(dtype=float), x, own)[0][1])
    extra = float(np.var(slopes, ddof=1))
    return [
        _line(counts, offset + shares, extra * factor, _census(r)) for factor in (0.3, 1.0, 2.0)
    ]


def _size(ends: tuple[float, float, float], what: str) -> float:
    if what == "size":
        return abs(ends[0])
    if ends[1] * ends[2] > 0:
        return (min if what == "least" else max)(abs(ends[1]), abs(ends[2]))
    return -ends[1] if what == "least" else ends[2]


def _of(ends: tuple[float, float, float], what: str) -> float:
    return ends[ENDS[what]] if what in ENDS else _size(ends, what)


def _told_change(r: Report, key: str, effort: str | None, what: str) -> float | Chance:
    made = r.once(("change", r.slug, key, effort), lambda: _change(r, key, effort or ""))
    values = [_of(one, what) for one in made]
    return values[0] if len(values) == 1 else Chance(min(values) - NEAR, max(values) + NEAR)


def _common(counts: Any, when: Any, given: float) -> tuple[float, Any]:
    """Common slope and expected counts, levels of States by bisection."""

    def levels(slope: float) -> Any:
        low, high = np.full(len(counts), -25.0), np.full(len(counts), 15.0)
        for _ in range(90):
            middle = (low + high) / 2
            mu = np.exp(middle[:, None] + slope * when)
            over = ((counts - mu) / (1 + given * mu)).sum(axis=1) > 0
            low, high = np.where(over, middle, low), np.where(over, high, middle)
        return np.exp(((low + high) / 2)[:, None] + slope * when)

    def score(slope: float) -> float:
        mu = levels(slope)
        return float((((counts - mu) / (1 + given * mu)) * when).sum())

    slope = float(optimize.brentq(score, -2, 2, xtol=1e-13))
    return slope, levels(slope)


def _within(r: Report) -> tuple[float, float, float]:
    """Change common to States, with the jackknife over States."""
    table, _ = _held(r)
    table = table[_latest(table)]
    held = table[table.sum(axis=1) > 0].to_numpy(dtype=float)
    when = np.array(table.columns, dtype=float)
    when -= when.mean()

    def pearson(given: float) -> float:
        mu = _common(held, when, given)[1]
        return float(((held - mu) ** 2 / (mu * (1 + given * mu))).sum() - held.size + len(held) + 1)

    given = 0.0 if pearson(0.0) <= 0 else optimize.brentq(pearson, 0, 64, xtol=1e-12)
    slope = _common(held, when, given)[0]
    others = np.array([_common(np.delete(held, i, 0), when, given)[0] for i in range(len(held))])
    k = len(held)
    half = stats.t.ppf(0.975, k - 1) * np.sqrt((k - 1) / k * ((others - slope) ** 2).sum())
    return tuple(float(100 * (np.exp(slope + h) - 1)) for h in (0, -half, half))


def _told_within(r: Report, what: str) -> float:
    return _of(r.once(("within", r.slug), lambda: _within(r)), what)


def _without(r: Report, iso3: str, what: str) -> float:
    table, _ = _held(r)
    counts = table.drop(index=iso3.upper())[_latest(table)].sum()
    return _of(_line(counts, np.zeros(len(counts)), 0.0, _census(r)), what)


def _alone(r: Report, iso3: str, what: str) -> float:
    table, _ = _held(r)
    counts = table.loc[iso3.upper(), _latest(table)]
    return _of(_line(counts, np.zeros(len(counts)), 0.0, _census(r)), what)


def _states(r: Report) -> int:
    """States with thirty cases."""
    table, _ = _held(r)
    return int((table[_latest(table)].sum(axis=1) >= 30).sum())


def _delayed(r: Report, key: str, end: str | None) -> Chance:
    delay = r.once(("delay", r.slug), lambda: _delay(r))
    assert delay
    logs, draws, _, _, until = delay
    if not end:
        found = 100 * _share(logs, AGES[key], until)
        return Chance(found - NEAR, found + NEAR)
    values = [100 * _share(one, AGES[key], until) for one in draws]
    part = 0.025 if end == ".low" else 0.975
    return _by_few(values, part, 400)


def _by_few(values: Any, part: float, draws: int) -> Chance:
    """Ends of a quantile that so few draws can give."""
    spread = 4 * (part * (1 - part) / draws) ** 0.5
    low, high = np.quantile(values, np.clip([part - spread, part + spread], 0, 1))
    return Chance(float(low), float(high))


def _corrected(r: Report, year: str, end: str | None) -> float | Chance:
    table, delay = _held(r)
    assert delay
    logs, draws, spread, _, until = delay
    cases, age = int(table[int(year)].sum()), _age(int(year), _day(r))
    if not end:
        return round(cases / _share(logs, age, until))
    rng = np.random.default_rng(2)
    shares = np.array([_share(one, age, until) for one in draws])
    mean = (cases + 0.5) * (1 - shares) / shares
    late = rng.poisson(rng.gamma(cases + 0.5, (1 - shares) / shares))
    late = np.maximum(mean + np.sqrt(spread) * (late - mean), 0)
    return _by_few(cases + late, 0.025 if end == ".low" else 0.975, 400)


def _break(r: Report, what: str) -> float:
    """Level after the stated day, in quarters or years of ten years before it and all after."""
    table, _ = _held(r)
    day = pd.Timestamp(r.parameter("break_on", ""))
    years = [y for y in table.columns if y >= day.year - 10]
    rows = _rows(r)
    rows = rows[rows["event_year"].isin(years)]
    dated = rows[rows["event_date_precision"] == "day"]
    if len(dated) >= 0.9 * len(rows):
        at = (dated["event_date"].dt.year - years[0]) * 4 + (dated["event_date"].dt.month - 1) // 3
        counts, cut = (
            np.bincount(at, minlength=4 * len(years)),
            4 * (day.year - years[0]) + (day.month - 1) // 3,
        )
    else:
        counts, cut = table[years].sum().to_numpy(), day.year - years[0]
    when = np.arange(len(counts), dtype=float)
    kept = when != cut
    if what in ("before", "after"):
        return int((when < cut).sum() if what == "before" else (when > cut).sum())
    y, t = counts[kept].astype(float), when[kept]
    x = np.column_stack([np.ones(len(t)), t - t.mean(), t > cut])
    ends = _ends(_fit(y, x, np.zeros(len(t))), 2, 0.0, False)
    return _of(ends, what)


def _context(r: Report, what: str) -> int:
    """States whose score has an uncertainty, and those whose score moved within it."""
    table, _ = _held(r)
    table = table[_latest(table)]
    states = table.index[table.sum(axis=1) >= 30]
    rows = r.tables["context"]
    rows = rows[rows["state_iso3"].isin(states) & rows["indicator_year"].isin(table.columns)]
    rows = rows[rows["value"].str.contains("±")]
    known = within = 0
    years: list[int] = []
    for _, own in rows.sort_values("indicator_year").groupby(["state_iso3", "indicator"]):
        span = own["indicator_year"].iloc[[0, -1]].astype(int).tolist()
        if span[1] - span[0] >= (table.shape[1] - 1) / 2:
            years += span
            (a, s), (b, t) = (map(float, v.split("±")) for v in own["value"].iloc[[0, -1]])
            known, within = known + 1, within + (abs(a - b) <= 1.96 * (s**2 + t**2) ** 0.5)
    if what.endswith("_year"):
        return min(years) if what == "first_year" else max(years)
    return known if what == "known" else within


def _year_of(which: str) -> Callable[..., int]:
    return lambda r, key: int(_period(_held(r)[0], key)[0 if which == "first" else -1])


def _extreme_years(r: Report, which: str) -> list[int]:
    """Years with the lowest or highest number, of those that are covered as a whole."""
    counts = _rows(r)["event_year"].value_counts().reindex(_whole(r), fill_value=0)
    end = counts.min() if which == "lowest" else counts.max()
    return sorted(int(year) for year in counts[counts == end].index)


def _in_words(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _edition_days(r: Report) -> str:
    """Days of the editions, this file the last."""
    held = r.tables["editions"].query("list_slug == @r.slug")["edition_day"]
    days = [*sorted(d for d in pd.to_datetime(held.unique()) if d < _day(r)), _day(r)]
    words = [_in_words(day) for day in days]
    return f"{', '.join(words[:-1])} and {words[-1]}"


OF = r"(?:by_source\.\w+?\.)?"
TRENDS: dict[str, Measure] = {
    OF + r"change\.(all|recent)(?:\.effort)?\.first_year": _year_of("first"),
    OF + r"change\.(all|recent)(?:\.effort)?\.last_year": _year_of("last"),
    OF
    + r"change\.(?:answer\.)?(all|recent)\.(?:(effort)\.)?(per_cent|low|high|size|least|most)": _told_change,
    OF + r"change\.left_out\.year_(\d+)": lambda r, year: (
        int(year) if int(year) in _whole(r) and int(year) not in _held(r)[0].columns else None
    ),
    OF + r"change\.day": _day,
    OF + r"within_states\.(per_cent|low|high|size|least|most)": _told_within,
    OF + r"without\.(\w{3})\.(per_cent|low|high)": _without,
    OF + r"by_state\.(\w{3})\.(per_cent|low|high)": _alone,
    OF + r"by_state\.states": _states,
    OF + r"delay\.editions": lambda r: _pairs(r)[1],
    OF + r"delay\.added": lambda r: int(sum(n - m for _, _, m, n in _pairs(r)[0])),
    OF + r"delay\.(m\d+)(\.low|\.high)?": _delayed,
    OF + r"corrected\.last_year": lambda r: int(_held(r)[0].columns[-1]),
    OF + r"corrected\.(\d+)(\.low|\.high)?": _corrected,
    OF + r"break\.(per_cent|low|high|size|least|most|before|after)": _break,
    OF + r"context\.(known|within|first_year|last_year)": _context,
    OF + r"(?:within_states|by_state)\.(first|last)_year": lambda r, end: int(
        _latest(_held(r)[0])[0 if end == "first" else -1]
    ),
    OF + r"by_year\.(lowest|highest)_year": lambda r, end: _extreme_years(r, end)[0],
    OF + r"by_year\.(lowest|highest)_year\.also_(\d+)": lambda r, end, year: (
        int(year) if int(year) in _extreme_years(r, end) else None
    ),
    OF + r"by_year\.(lowest|highest)_years": lambda r, end: len(_extreme_years(r, end)),
    r"(?:by_source\.(\w+)\.)?by_year\.last_day": lambda r, slug: _in_words(
        r.tables["documented"][
            lambda rows: (
                (rows["event_date_precision"] == "day")
                & rows["source"].str.replace("-", "_").isin([slug] if slug else rows["source"])
            )
        ]["event_date"].max()
    ),
    OF + r"delay\.days": _edition_days,
}
