"""What the models of trends hold: false rises, intervals, power, and corrections for reporting delay.

    python benchmarks/trends.py [samples]

Invented yearly counts: negative binomial around a level that is the same each year or changes by 5 per
cent, with years that are independent or alike (autoregressive of order one). Of the delay: 80 cases a year,
some listed at once and others later, in editions of three kinds.
"""

from __future__ import annotations

import sys
from collections import Counter

import numpy as np
import pandas as pd

from hrdresearch.stats.trends import Change, Refusal, estimate_change, estimate_delay
from hrdresearch.stats.trends.change import Break, estimate_break
from hrdresearch.stats.trends.delay import age_of_year

RATE = 5.0  # per cent a year, where there is a change
EDITIONS = {
    "three, unevenly": ("2018-03-01", "2020-11-10", "2025-05-25"),
    "one each year": tuple(f"{year}-02-01" for year in range(2019, 2026)),
    "two": ("2022-03-01", "2025-02-01"),
}


def levels(rng: np.random.Generator, years: int, spread: float, alike: float) -> np.ndarray:
    """Factors of each year around one, with this variance and correlation of following years."""
    scale, out = np.sqrt(np.log1p(spread)), np.empty(years)
    for i in range(years):
        out[i] = (
            rng.normal() if not i else alike * out[i - 1] + np.sqrt(1 - alike**2) * rng.normal()
        )
    return np.asarray(np.exp(scale * out - scale**2 / 2))


def changes(rng: np.random.Generator, samples: int) -> None:
    """Print a line a length, mean, spread and likeness."""
    print(
        "| years | cases a year | spread | alike | refused | false word | found at 5 per cent | held |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for alike in (0.0, 0.3, 0.5):
        for years in (8, 10, 15, 25):
            for mean, spread in ((10, 0.1), (50, 0.0), (50, 0.1), (100, 0.3)):
                if alike and not spread:
                    continue
                index, when = range(2000, 2000 + years), np.arange(years) - (years - 1) / 2
                seen: Counter[str] = Counter()
                for _ in range(samples):
                    level = mean * levels(rng, years, spread, alike)
                    flat = estimate_change(pd.Series(rng.poisson(level), index))
                    true = pd.Series(rng.poisson(level * (1 + RATE / 100) ** when), index)
                    rising = estimate_change(true)
                    seen["refused"] += isinstance(flat, Refusal)
                    seen["false"] += isinstance(flat, Change) and flat.word != ""
                    seen["told"] += isinstance(rising, Change)
                    seen["found"] += isinstance(rising, Change) and rising.word == "risen"
                    seen["held"] += isinstance(rising, Change) and rising.low <= RATE <= rising.high
                figures = [100 * seen[k] / samples for k in ("refused", "false", "found")]
                figures.append(100 * seen["held"] / max(seen["told"], 1))
                told = " | ".join(f"{f:.0f}" if f >= 10 else f"{f:.1f}" for f in figures)
                print(f"| {years} | {mean} | {spread} | {alike} | {told} |", flush=True)


def censuses(rng: np.random.Generator, samples: int) -> None:
    """Print false words on the number held on a day, where part of those held stay for the next year."""
    print("| years | held on a day | stay | refused | false word |")
    print("| --- | --- | --- | --- | --- |")
    for years in (10, 25):
        for stay in (0.4, 0.7):
            refused = false = 0
            for _ in range(samples):
                held = [int(rng.poisson(200))]
                while len(held) < years:
                    held.append(int(rng.binomial(held[-1], stay) + rng.poisson(200 * (1 - stay))))
                made = estimate_change(pd.Series(held, range(2000, 2000 + years)), is_carried=True)
                refused += isinstance(made, Refusal)
                false += isinstance(made, Change) and made.word != ""
            shares = f"{100 * refused / samples:.0f} | {100 * false / samples:.1f}"
            print(f"| {years} | 200 | {stay} | {shares} |", flush=True)


def breaks(rng: np.random.Generator, samples: int) -> None:
    """Print false breaks, and breaks of a half found, in quarters from 2012 to 2022."""
    index = pd.period_range("2012Q1", "2022Q4", freq="Q")
    after = np.asarray(index.start_time > pd.Timestamp("2020-03-11"))
    print("| cases a quarter | alike | refused | false break | found at 50 per cent | held |")
    print("| --- | --- | --- | --- | --- | --- |")
    for mean in (10, 40):
        for alike in (0.0, 0.3):
            seen: Counter[str] = Counter()
            for _ in range(samples):
                level = mean * levels(rng, len(index), 0.1, alike)
                flat, up = (
                    estimate_break(
                        pd.Series(rng.poisson(level * np.where(after, factor, 1)), index),
                        pd.Timestamp("2020-03-11"),
                    )
                    for factor in (1.0, 1.5)
                )
                seen["refused"] += isinstance(flat, Refusal)
                seen["false"] += isinstance(flat, Break) and flat.word != ""
                seen["told"] += isinstance(up, Break)
                seen["found"] += isinstance(up, Break) and up.word == "above"
                seen["held"] += isinstance(up, Break) and up.low <= 50 <= up.high
            figures = [100 * seen[k] / samples for k in ("refused", "false", "found")]
            figures.append(100 * seen["held"] / max(seen["told"], 1))
            told = " | ".join(f"{f:.0f}" if f >= 10 else f"{f:.1f}" for f in figures)
            print(f"| {mean} | {alike} | {told} |", flush=True)


def delays(rng: np.random.Generator, samples: int) -> None:
    """Print how often the interval of the last year holds what the list will hold after five years."""
    print(
        "| editions | at once | half of the rest within | refused | held | bias as listed | bias corrected |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for title, days in EDITIONS.items():
        for at_once, half in ((0.86, 0.7), (0.63, 1.4)):
            refused, held, off = 0, [], []
            for _ in range(samples):
                editions, now, later = _editions(rng, days, at_once, half)
                delay = estimate_delay(editions)
                made = (
                    delay
                    if isinstance(delay, Refusal)
                    else delay.correct(now, age_of_year(2024, pd.Timestamp(days[-1])))
                )
                if isinstance(made, Refusal):
                    refused += 1
                    continue
                held.append(made.low <= later <= made.high)
                off.append((now / later - 1, made.value / later - 1))
            as_listed, corrected = 100 * np.mean(off, axis=0)
            print(
                f"| {title} | {at_once:.0%} | {half} years | {100 * refused / samples:.0f} | "
                f"{100 * np.mean(held):.0f} | {as_listed:.0f} | {corrected:.1f} |",
                flush=True,
            )


def _editions(
    rng: np.random.Generator, days: tuple[str, ...], at_once: float, half: float
) -> tuple[pd.DataFrame, int, int]:
    """Editions of invented cases; those of 2024 that the last holds, and those that it will hold."""
    rows, now, later = [], 0, 0
    for year in range(2005, 2025):
        cases = rng.poisson(80 * rng.gamma(20, 0.05))
        late = np.where(rng.random(cases) < at_once, 0, rng.exponential(half / np.log(2), cases))
        for day in map(pd.Timestamp, days):
            now = int((late <= age_of_year(year, day)).sum())
            rows.append((day, year, now))
        later = int((late <= 5).sum())
    frame = pd.DataFrame(rows, columns=["edition_day", "year", "cases"])
    ended = frame["edition_day"].dt.year > frame["year"]
    return frame[ended], now, later


def main(samples: int) -> None:
    """Print the three tables."""
    rng = np.random.default_rng(20261130)
    for table in (changes, censuses, breaks, delays):
        table(rng, samples if table is not delays else max(samples // 5, 50))
        print()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
