"""Attacks near events, against the same count when the events are moved round the calendar.

All events of a person move together (circular shifts), which keeps the rhythms of both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

SHIFTS, SEED = 500, 75165


@dataclass(frozen=True)
class NearEvents:
    """Messages near events: counted, and the range that chance gives."""

    counted: int
    expected: float
    low: float
    high: float
    events: int
    persons: int


def near_events(
    attacks: pd.DataFrame,
    events: pd.DataFrame,
    before: int,
    after: int,
    period: tuple[pd.Timestamp, pd.Timestamp] | None = None,
) -> NearEvents | None:
    """Attacks from ``before`` days before to ``after`` days after an event of the same person.

    attacks, events: columns target and day. period: first and last day that were collected; that
    of the attacks when not given. None when no person has both an attack and an event in it.
    """
    first, last = (
        day.normalize() for day in period or (attacks["day"].min(), attacks["day"].max())
    )
    events = events[events["day"].between(first, last)]
    both = sorted(set(attacks["target"]) & set(events["target"]))
    if not both:
        return None
    length = int((last - first).days) + 1
    chance = np.random.default_rng(SEED)
    shifts = chance.integers(0, length, (SHIFTS, len(both)))
    counted, by_chance, number = 0, np.zeros(SHIFTS), 0
    for j, who in enumerate(both):
        per_day = np.zeros(length, dtype=int)
        at = (attacks.loc[attacks["target"] == who, "day"].dt.normalize() - first).dt.days
        np.add.at(per_day, at.to_numpy(), 1)
        places = (events.loc[events["target"] == who, "day"] - first).dt.days.to_numpy()
        number += len(places)
        offsets = np.arange(-before, after + 1)
        counted += _near(per_day, places, offsets)
        by_chance += [_near(per_day, (places + s) % length, offsets) for s in shifts[:, j]]
    low, high = np.quantile(by_chance, [0.025, 0.975])
    return NearEvents(counted, float(by_chance.mean()), float(low), float(high), number, len(both))


def _near(per_day: np.ndarray, places: np.ndarray, offsets: np.ndarray) -> int:
    spots = (places[:, None] + offsets[None, :]).ravel()
    spots = np.unique(spots[(spots >= 0) & (spots < len(per_day))])
    return int(per_day[spots].sum())
