"""Patterns of an archive and events offline again: groups, accounts in step, near events, bursts.

``recompute_measures.py`` chooses the line by the name of the claim. Numbers of accounts and persons
are printed to the nearest five.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from recompute_intervals import SPREADS, Bounds, Chance, by_chance
from recompute_report import Report
from scipy import stats
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

ACCOUNTS, HOURS = 5, {"texts": 24, "links": 1}
SHIFTS, SHUFFLES, JITTER, FEWEST_HOURS = 500, 60, 240, 3
SMALLEST, BEFORE, LEAST_BEFORE = 5, 28, 14  # messages of a day in a burst, days before it
WIDEST, LIKE_CHANCE, RARE = 0.05, 1e6, 1e-4  # sizes of the spread of days; chance of a day
WHY_BURSTS = "the spread of an account's days decides on some of them, and a model estimates it"


def _to_five(number: float) -> int:
    return 5 * math.floor(number / 5 + 0.5) if number >= 5 else 0


def _groups(r: Report, kind: str, only_marked: bool) -> list[tuple[int, int]]:
    """Messages and accounts of the fullest window of each text or link of five accounts."""
    posts = r.marked(r.tables["posts"]).dropna(subset=["posted_at"])
    if kind == "links":
        posts = posts.assign(shared=posts["link_ids"].str.split("|")).explode("shared")
    else:
        posts = posts.assign(shared=posts["near_id"])
    posts = posts[["shared", "posted_at", "author_id", "is_marked"]]
    many = posts.groupby("shared")["author_id"].nunique() >= ACCOUNTS
    found = []
    for _, own in posts[posts["shared"].isin(many[many].index)].groupby("shared"):
        own = own.sort_values("posted_at")
        times = own["posted_at"].to_numpy()
        ends = np.searchsorted(times, times + np.timedelta64(HOURS[kind], "h"), side="right")
        windows = (own.iloc[start:end] for start, end in enumerate(ends))
        fullest = max(windows, key=lambda w: w["author_id"].nunique())
        if fullest["author_id"].nunique() >= ACCOUNTS and (
            not only_marked or fullest["is_marked"].any()
        ):
            found.append((len(fullest), fullest["author_id"].nunique()))
    return found


def _coordination(r: Report, marked: str | None, kind: str, what: str | None) -> int:
    found = r.once((kind, marked), lambda: _groups(r, kind, bool(marked)))
    if what == "messages":
        return sum(messages for messages, _ in found)
    return len(found) if what is None else _to_five(max((a for _, a in found), default=0))


def _meetings(seconds: np.ndarray, who: np.ndarray) -> pd.Series:
    """Hours in which two accounts post within a minute of each other, by pair."""
    order = np.argsort(seconds, kind="stable")
    seconds, who = seconds[order], who[order]
    last = np.searchsorted(seconds, seconds + 60, side="right")
    near = [(i, j) for i, end in enumerate(last) for j in range(i + 1, end) if who[i] != who[j]]
    one, two = np.array(near).reshape(-1, 2).T
    pairs = pd.DataFrame({"a": who[one], "b": who[two], "hour": seconds[one] // 3600})
    pairs[["a", "b"]] = np.sort(pairs[["a", "b"]], axis=1)
    return pairs.drop_duplicates().groupby(["a", "b"]).size()


def _synchrony(r: Report, what: str) -> int | Chance:
    posts = r.marked(r.tables["posts"]).query("is_marked").dropna(subset=["posted_at", "author_id"])
    seconds = posts["posted_at"].to_numpy().astype("datetime64[s]").astype(np.int64)
    who = posts["author_id"].factorize()[0]
    often = pd.DataFrame({"w": who, "h": seconds // 3600}).groupby("w")["h"].nunique()
    kept = np.isin(who, often.index[often >= FEWEST_HOURS])
    seconds, who = seconds[kept], who[kept]
    if what in ("pairs", "accounts", "groups", "largest"):
        met = _meetings(seconds, who)
        pairs = np.array(met.index[met >= r.value("synchrony.hours")].tolist()).reshape(-1, 2)
        accounts, at = np.unique(pairs, return_inverse=True)
        at = at.reshape(-1, 2)
        links = coo_matrix((np.ones(len(at)), at.T), shape=(len(accounts),) * 2)
        sizes = np.bincount(connected_components(links, directed=False)[1])
        return {
            "pairs": len(pairs),
            "accounts": _to_five(len(accounts)),
            "groups": len(sizes),
            "largest": _to_five(max(sizes, default=0)),
        }[what]
    moved = r.once("moved", lambda: _moved(seconds, who))
    if what == "hours":
        found = by_chance([m.max() for m in moved], 0.95, SHUFFLES)
        return Chance(*(max(FEWEST_HOURS, end + 1) for end in (found.low, found.high)))
    passed = [int((m >= r.value("synchrony.hours")).sum()) for m in moved]
    return by_chance(passed, 0.975, SHUFFLES)


def _moved(seconds: np.ndarray, who: np.ndarray) -> list[pd.Series]:
    """Meetings when every message is moved by chance, by up to four minutes; many times."""
    chance = np.random.default_rng(1)
    by = [chance.integers(-JITTER, JITTER + 1, len(seconds)) for _ in range(4 * SHUFFLES)]
    return [_meetings(seconds + one, who) for one in by]


def _near_events(r: Report, side: str, what: str | None) -> int | Chance:
    """Marked messages near events; chance by all shifts of each person, not by draws of them."""
    counted, chances = r.once(("near events", side), lambda: _by_shifts(r, side))
    if what is None:
        return counted
    values = np.arange(len(chances))
    mean = (values * chances).sum()
    if what == "expected":
        error = SPREADS * ((values - mean) ** 2 @ chances / SHIFTS) ** 0.5
        return Chance(mean - error, mean + error)
    return by_chance(values, 0.025 if what == "low" else 0.975, SHIFTS, chances)


def _by_shifts(r: Report, side: str) -> tuple[int, np.ndarray]:
    """Marked messages near events as they are, and the chance of each number under all shifts."""
    posts, days = r.marked(r.tables["posts"]), r.value(f"offline.{side}.days")
    first, last = (posts["posted_at"].agg(end).normalize() for end in ("min", "max"))
    events = r.tables["offline_events"].query("@first <= event_date <= @last")
    length, counted, chances = (last - first).days + 1, 0, np.ones(1)
    near = np.arange(-days, 1) if side == "before" else np.arange(days + 1)
    for person, own in events.groupby("target_id"):
        times = posts[posts["is_marked"] & (posts["target_id"] == person)]["posted_at"].dropna()
        per_day = np.bincount((times.dt.normalize() - first).dt.days, minlength=length)
        at, by_shift = (own["event_date"] - first).dt.days.to_numpy(), []
        for shift in range(length):
            places = (at + shift) % length
            spots = (places[:, None] + near).ravel()
            spots = np.unique(spots[(spots >= 0) & (spots < length)])
            by_shift.append(int(per_day[spots].sum()))
        counted += by_shift[0]
        chances = np.convolve(chances, np.bincount(by_shift) / length)
    return counted, chances


def _detained_after(r: Report) -> int:
    """Persons with a detention within ninety days after surveillance."""
    events = r.tables["offline_events"]
    dates = {c: events[events["event_code"] == c] for c in ("surveillance", "detention")}
    both = dates["surveillance"].merge(dates["detention"], on="target_id")
    days = (both["event_date_y"] - both["event_date_x"]).dt.days
    return _to_five(both[days.between(0, 90)]["target_id"].nunique())


def _bursts(r: Report, what: str) -> int | Bounds:
    """Bursts, where chance alone and the spread of each account's calm days give the same days.

    Elsewhere the number lies between the bursts of the widest spread and those of chance alone.
    """
    own, many = r.once("bursts", lambda: [_days_of_bursts(r, spread) for spread in (None, np.inf)])
    if own.equals(many):
        runs = many.groupby("target")["day"].apply(lambda d: (d.diff() != pd.Timedelta("1D")).sum())
        return {
            "bursts": int(runs.sum()),
            "burst_messages": int(many["messages"].sum()),
            "burst_targets": _to_five(len(runs)),
        }[what]
    few = _days_of_bursts(r, WIDEST)
    if what == "burst_messages":
        return Bounds(few["messages"].sum(), many["messages"].sum(), WHY_BURSTS)
    if what == "burst_targets":
        return Bounds(*(_to_five(days["target"].nunique()) for days in (few, many)), WHY_BURSTS)
    return Bounds(few["target"].nunique(), len(many), WHY_BURSTS)


def _days_of_bursts(r: Report, spread: float | None) -> pd.DataFrame:
    """Days with five marked messages, twice those before, that chance gives in one of 10,000.

    spread: size of the negative binomial: infinite is chance alone, None that of the account's days
    below a burst, by their mean and variance. One row for each day: target, day, messages.
    """
    posts = r.marked(r.tables["posts"]).dropna(subset=["posted_at", "target_id"])
    last, found = posts["posted_at"].max().normalize(), []
    for who, own in posts.groupby("target_id"):
        days = pd.date_range(own["posted_at"].min().normalize(), last)
        marked = own[own["is_marked"]]["posted_at"].dt.normalize().value_counts()
        counts, calm = marked.reindex(days, fill_value=0).to_numpy(), np.ones(len(days), bool)
        usual = counts[counts < SMALLEST]
        more_than_chance = max(usual.var() - usual.mean(), 1e-9)
        size = min(usual.mean() ** 2 / more_than_chance if spread is None else spread, LIKE_CHANCE)
        for at in np.flatnonzero(counts >= SMALLEST):
            held = slice(max(0, at - BEFORE), at)
            before, n = counts[held][calm[held]], int(calm[held].sum())
            if n < LEAST_BEFORE or counts[at] <= 2 * before.mean():
                continue
            more, total = counts[at] - 1, counts[at] + before.sum()
            calm[at] = stats.betabinom.sf(more, total, size, n * size) > RARE
        found += [(who, days[i], int(counts[i])) for i in np.flatnonzero(~calm)]
    return pd.DataFrame(found, columns=["target", "day", "messages"])


PATTERNS: dict[str, Callable[..., Any]] = {
    r"coordination\.(marked_)?(texts|links)(?:\.(messages|largest))?": _coordination,
    r"synchrony\.(pairs|accounts|groups|largest|hours|high)": _synchrony,
    r"offline\.(before|after)(?:\.(expected|low|high))?": _near_events,
    r"offline\.(?:before|after)\.days": lambda r: r.parameter(
        "days_before" if ".before." in r.name else "days_after", 7
    ),
    r"offline\.detained_after": _detained_after,
    r"patterns\.(bursts|burst_messages|burst_targets)": _bursts,
    r"offline\.events": lambda r: _to_five(
        len(r.tables["offline_events"].dropna(subset=["event_date"]))
    ),
    r"offline\.persons": lambda r: _to_five(
        r.tables["offline_events"].dropna(subset=["event_date"])["target_id"].nunique()
    ),
    r"offline\.watched": lambda r: _to_five(
        r.tables["offline_events"].query("event_code == 'surveillance'")["target_id"].nunique()
    ),
}
