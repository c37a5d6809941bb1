"""Counts attacks on the days near an event, and compares them with the number expected by chance.

By chance: all events of a person are moved by the same random number of days; an event that passes the
end of the period continues at its start (circular shifts). So events keep their distance in time from
each other, and attacks stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

SHIFTS, SEED = 500, 75165


@dataclass(frozen=True)
class NearEvents:
    """Attacks near events, and the number to expect by chance.

    counted: number of attacks near an event. expected, low, high: mean of this number under random shifts
    of the events, and the range of 95 per cent of the shifts. events, persons: how many were used.
    """

    counted: int
    expected: float
    low: float
    high: float
    events: int
    persons: int


def count_near_events(
    attacks: pd.DataFrame,
    events: pd.DataFrame,
    before: int,
    after: int,
    period: tuple[pd.Timestamp, pd.Timestamp] | None = None,
) -> NearEvents | None:
    """Count attacks from ``before`` days before to ``after`` days after an event of the same person.

    attacks, events: columns target (the person) and day. period: first and last day that were
    collected; without it, those of the attacks. An attack near two events counts once. None when
    no person has both an attack and an event in the period.
    """
    first, last = (
        day.normalize() for day in period or (attacks["day"].min(), attacks["day"].max())
    )
    events = events[events["day"].between(first, last)]
    both = sorted(set(attacks["target"]) & set(events["target"]))
    if not both:
        return None
    length = int((last - first).days) + 1
    shifts = np.random.default_rng(SEED).integers(0, length, (SHIFTS, len(both)))
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
