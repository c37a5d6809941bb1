"""An insider knows all changes but one between two editions: what the printed figures tell of that one.

By Bayes: each printed figure of each edition has a chance under each exact count. Counts before the
change are unknown to him, and changes of other gaps too: as many as in his gap, around the growth of
the printed totals. The exact counts of
cells are taken as independent: where a chance number stands in each figure, that cells add up tells
nothing of a change that the figures of before and after do not tell (docs/decisions/0011). A stronger
insider knows the exact counts before the change.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from cell_words import counted, has_value, in_area, read_cell
from insider_medians import class_of, read_medians
from invented_lists import COLUMNS, WHOLE, History
from printed_by_rules import Edition, Rule, changed_rows

REACH = 30  # persons above and below a printed figure
FEWEST_CHANGES = 10  # that an insider reckons with in another gap
SURE, SPEAKS = 0.9, 3.0
_LEAST = 1e-290


@dataclass(frozen=True)
class Guess:
    """One value of an attribute of the unknown person, before and after reading the figures."""

    attribute: str
    value: str
    is_true: bool
    prior: float
    posterior: float
    is_first_before: bool
    is_first_after: bool

    @property
    def is_sure(self) -> bool:
        """At least 0.9 where it was less, and the figures speak for it three to one."""
        odds = self.posterior * (1 - self.prior) / max(self.prior * (1 - self.posterior), 1e-300)
        return self.prior < SURE <= self.posterior and odds >= SPEAKS

    @property
    def is_sure_at_all(self) -> bool:
        """At least 0.9 where it was less, however little the figures say."""
        return self.prior < SURE <= self.posterior


def guess(
    history: History, editions: list[Edition], rule: Rule, *, exact: bool = False
) -> list[Guess]:
    """Guesses of an insider who reads these editions; ``exact``: he knows the counts before, too."""
    names = sorted({name for e in editions for name in e["cells"]})
    evidence = dict(zip(names, _evidence(history, editions, rule, names, exact), strict=True))
    states = history.prior["state_iso3"]["chance"]
    printed = {column for name in names for column in read_cell(name).columns}
    columns = [*COLUMNS, *(column for column in WHOLE if column in printed)]
    told = {column: _told(history.prior[column], column, states, evidence) for column in columns}
    by_state = np.log(states.to_numpy()) + _area_evidence(history, editions, rule, states, evidence)
    if exact:
        by_state = by_state + _appearance_evidence(history, editions, rule, states)
    for chances in told.values():
        by_state = by_state + np.log(chances.sum(axis=0))
    weight = np.exp(by_state - by_state.max())
    after = pd.Series(weight / weight.sum(), index=states.index)
    found = _guesses("state_iso3", states, after, history.target)
    for column, chances in told.items():
        before = history.prior[column][states.index].to_numpy() @ states.to_numpy()
        now = (chances / chances.sum(axis=0)) @ after.to_numpy()
        index = history.prior[column].index
        found += _guesses(column, pd.Series(before, index), pd.Series(now, index), history.target)
    for column, (prior, posterior) in read_medians(history, editions).items():
        aged = history.target.assign(**{column: class_of(history.target, column)})
        found += _guesses(column, prior, posterior, aged)
    return found


def _guesses(column: str, before: pd.Series, after: pd.Series, target: pd.DataFrame) -> list[Guess]:
    """One guess a single value; cells with two values count for both."""
    values = sorted({v for cell in before.index for v in cell.split("|")})
    holds = {v: [v in cell.split("|") for cell in before.index] for v in values}
    if column == "event_year":  # printed in periods
        values = sorted({str(int(v) - int(v) % 2) for v in values})
        holds = {v: [int(c) - int(c) % 2 == int(v) for c in before.index] for v in values}
    true = str(target[column].iloc[0])
    is_true = {v: bool(holds[v][list(before.index).index(true)]) for v in values}
    prior = {v: float(before[holds[v]].sum()) for v in values}
    posterior = {v: float(after[holds[v]].sum()) for v in values}
    first, now = max(prior, key=prior.__getitem__), max(posterior, key=posterior.__getitem__)
    return [
        Guess(column, v, is_true[v], prior[v], posterior[v], v == first, v == now) for v in values
    ]


def _told(
    prior: pd.DataFrame, column: str, states: pd.Series, evidence: dict[str, float]
) -> np.ndarray:
    """Chance of each recorded value (rows) in each State (columns), times what the figures say."""
    weight = np.zeros((len(prior), len(states)))
    recorded, index = pd.Series(prior.index), pd.Series(states.index)
    for name, says in evidence.items():
        cell = read_cell(name)
        if cell.columns == (column,):
            holds = has_value(column, cell.values[0][1], recorded)
            weight += says * np.outer(holds, in_area(cell.area, index))
    return prior[states.index].to_numpy() * np.exp(np.clip(weight, -300, 300))


def _area_evidence(
    history: History,
    editions: list[Edition],
    rule: Rule,
    states: pd.Series,
    evidence: dict[str, float],
) -> np.ndarray:
    """What totals of areas, and areas with new or old figures, say for each State."""
    index, found = pd.Series(states.index), np.zeros(len(states))
    before, after = editions[history.gap - 1], editions[history.gap]
    known = _without_target(history)
    for area, as_at in after["as_at"].items():
        inside = in_area(area, index)
        found += inside * evidence.get(f"{area};", 0.0)
        if before["as_at"].get(area) != before["edition"] or not area:
            continue  # he does not know how many changes were awaited already
        changes = changed_rows(*known, area)
        chances = np.array([rule.redrawn(changes), rule.redrawn(changes + 1)])
        if as_at != after["edition"]:
            chances = 1 - chances
        none, one = np.log(np.maximum(chances, 1e-12))
        found += inside * (one - none)
    return np.clip(found, -300, 300)


def _appearance_evidence(
    history: History, editions: list[Edition], rule: Rule, states: pd.Series
) -> np.ndarray:
    """What it says of each State that it begins to stand alone, or does not, where counts are known.

    Whether enough contributors are recorded is not known to the insider: one chance in fifty.
    """
    before, after = editions[history.gap - 1], editions[history.gap]
    came, went = (part["state_iso3"].value_counts() for part in history.known_changes())
    counts = history.lists[history.gap - 1]["state_iso3"].value_counts()
    counts = counts.add(came, fill_value=0).sub(went, fill_value=0)
    found = np.zeros(len(states))
    for n, state in enumerate(states.index):
        if state in before["as_at"] or after["as_at"][""] != after["edition"]:
            continue
        known = int(counts.get(state, 0))
        chances = np.array([rule.appears(known), rule.appears(known + history.sign)])
        none, one = np.log(np.clip(chances if state in after["as_at"] else 1 - chances, 0.02, 0.98))
        found[n] = one - none
    return found


def _without_target(history: History) -> tuple[pd.DataFrame, pd.DataFrame]:
    hidden = history.target["row"].iloc[0]
    before, after = history.lists[history.gap - 1], history.lists[history.gap]
    return before[before["row"] != hidden], after[after["row"] != hidden]


def _evidence(
    history: History, editions: list[Edition], rule: Rule, names: list[str], exact: bool
) -> np.ndarray:
    """By cell, the logarithm of how much likelier its figures are if the unknown person is in it."""
    came, went = history.known_changes()
    shift = counted(names, came) - counted(names, went)
    own = counted(names, history.own)
    areas = [name.partition(";")[0] for name in names]
    figures = np.array(
        [[_fresh(e, n, a) for n, a in zip(names, areas, strict=True)] for e in editions]
    )
    grid = np.arange(-REACH, REACH + 1)
    centres = _centres(figures, history.gap, shift)
    counts = centres[:, :, None] + grid  # editions, cells, possibilities
    chances = _Chances(rule, int(counts.max()))
    changes = max(len(came) + len(went), FEWEST_CHANGES)
    part = centres[history.gap - 1] / max(centres[history.gap - 1].max(), 1)
    batch = (changes / 3) ** 2 * part * (1 - part) / 2  # often a third is of one State, or of none
    spread = np.sqrt(np.maximum(0.3, changes * part + batch))[:, None, None]

    def unknown(n: int) -> np.ndarray:
        """Chance of each later count (rows) for each earlier one (columns) at another gap."""
        moved = (centres[n] - centres[n - 1] - _growth(editions) * part)[:, None, None]
        told = np.exp(-((grid[:, None] - grid + moved) ** 2) / (2 * spread**2))
        return np.asarray(told / np.maximum(told.sum(axis=1, keepdims=True), _LEAST))

    before = counts[history.gap - 1]
    past = (counts[0] >= own[:, None]).astype(float)
    if exact:
        past = (before == counted(names, history.lists[history.gap - 1])[:, None]).astype(float)
    for n in range(0 if not exact else history.gap, history.gap):
        past = chances.of(figures[n], counts[n]) * (
            np.einsum("cij,cj->ci", unknown(n), past) if n else past
        )
        past /= np.maximum(past.max(axis=1, keepdims=True), _LEAST)
    future = np.ones_like(past)
    for n in reversed(range(history.gap, len(editions))):
        future = future * chances.of(figures[n], counts[n])
        future /= np.maximum(future.max(axis=1, keepdims=True), _LEAST)
        if n > history.gap:
            future = np.einsum("cij,ci->cj", unknown(n), future)
    without = (past * future).sum(axis=1)
    if history.sign > 0:
        one_more = (past[:, :-1] * future[:, 1:]).sum(axis=1)
    else:
        one_more = (past[:, 1:] * future[:, :-1] * (before[:, 1:] >= 1)).sum(axis=1)
    return _log(one_more) - _log(without)


def _growth(editions: list[Edition]) -> float:
    """Persons by whom the printed total of the list grows from one edition to the next."""
    totals = [edition["cells"].get(";", 0) for edition in editions]
    return (totals[-1] - totals[0]) / max(len(totals) - 1, 1)


def _fresh(edition: Edition, name: str, area: str) -> float:
    """Figure of a cell, if it is new in this edition."""
    is_new = edition["as_at"].get(area) == edition["edition"]
    return edition["cells"].get(name, np.nan) if is_new else np.nan


def _centres(figures: np.ndarray, gap: int, shift: np.ndarray) -> np.ndarray:
    """Count around which each edition's possibilities lie: its figure, else that of the one before.

    At the gap it is that of before and the known changes, so that both sides have the same places.
    """
    filled = pd.DataFrame(figures).ffill().bfill().fillna(0).to_numpy(dtype=int, copy=True)
    filled[gap] = filled[gap - 1] + shift
    for n in range(gap + 1, len(filled)):
        filled[n] = np.where(np.isnan(figures[n]), filled[n - 1], filled[n])
    return np.asarray(filled)


class _Chances:
    """Chance of a figure for each exact count, looked up."""

    def __init__(self, rule: Rule, most: int) -> None:
        tables = [rule.chances(count) for count in range(most + 2)]
        self.figures = np.array(sorted({f for t in tables for f in t}))
        self.table = np.array([[t.get(int(f), 0.0) for f in self.figures] for t in tables])

    def of(self, figures: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """counts: cells by possibilities; a cell without a new figure says nothing."""
        at = np.searchsorted(self.figures, np.nan_to_num(figures, nan=self.figures[0]))
        at = np.minimum(at, len(self.figures) - 1)
        known = (self.figures[at] == figures)[:, None]
        inside = (counts >= 0) & (counts < len(self.table))
        found = self.table[np.where(inside, counts, 0), at[:, None]] * inside
        return np.where(np.isnan(figures)[:, None], counts >= 0, found * known)


def _log(values: np.ndarray) -> np.ndarray:
    return np.log(np.maximum(values, _LEAST))
