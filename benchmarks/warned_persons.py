"""What the share of warned persons recorded as killed holds: bias of four ways to count, and coverage.

    python benchmarks/warned_persons.py [samples]

Invented persons are threatened on a day of eight years and may be killed at a known rate. The threat
is written down some time later, by chance; of those killed before that, a part is written down
afterwards, because of the killing. The list of killed persons ends on a fixed day. Beside the estimate
of this project (delayed entry, no record made after the killing) stand three others: with the records
made afterwards and the time from the threat; the same without those records, the time before the record
counted as survived (immortal time); and the plain share of those on the list.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

from hrdresearch.stats.follow_up import follow_up, observed_spells
from hrdresearch.stats.survival import aalen_johansen
from hrdresearch.studies.warnings.curves import DAYS_A_YEAR, fit_readings

FIRST, YEARS = pd.Timestamp("2010-01-01"), 10
CLOSES = FIRST + pd.Timedelta(days=int(YEARS * DAYS_A_YEAR))


def cohort(
    rng: np.random.Generator, size: int, rate: float, shape: float, delay: float, after: float
) -> pd.DataFrame:
    """Persons on the list of warnings: threat, record and killing in days since the first day.

    rate: expected killings a person and year in the first year. shape: of a Weibull time; below 1 the
    killings come sooner. delay: mean days to the record. after: part of those killed before it who are
    written down all the same, after the killing.
    """
    threat = rng.random(size) * 8 * DAYS_A_YEAR
    wait = DAYS_A_YEAR * (rng.exponential(size=size) / rate) ** (1 / shape)
    record = rng.exponential(delay, size)
    is_before = record < wait
    is_known = is_before | (rng.random(size) < after)
    late = np.where(is_before, record, wait + rng.exponential(60, size))
    frame = pd.DataFrame({"threat": threat, "wait": wait, "late": late, "is_before": is_before})
    on_list = frame[is_known & (threat + late < YEARS * DAYS_A_YEAR)]
    return on_list.reset_index(drop=True)


def as_persons(rows: pd.DataFrame) -> pd.DataFrame:
    """The same persons as ``follow_up`` takes them."""

    def day(days: pd.Series) -> pd.Series:
        return FIRST + pd.to_timedelta(np.ceil(days), unit="D")

    warned = day(rows["threat"])
    killed = day(rows["threat"] + rows["wait"])
    killed = killed.where(killed <= CLOSES)
    return pd.DataFrame(
        {
            "is_named": True,
            "warned": warned,
            "recorded": day(rows["threat"] + rows["late"]),
            "opens": FIRST,
            "closes": CLOSES,
            "killed_from": killed,
            "killed_to": killed,
        }
    )


def share_at(entry: pd.Series, exit_: pd.Series, is_killed: pd.Series, years: int) -> float:
    """Share killed by the estimator with these entries."""
    cause = is_killed.map({True: "killed", False: ""})
    curve = aalen_johansen(list(entry), list(exit_), list(cause))
    return curve.at(years * DAYS_A_YEAR, "killed")[0] if is_killed.any() else 0.0


def one_sample(
    rng: np.random.Generator, years: int, *how: float
) -> tuple[dict[str, float], tuple[float, float] | None]:
    """Shares of a thousand by each way to count, and the interval of this project, None where refused."""
    persons = as_persons(cohort(rng, *how))  # type: ignore[arg-type]
    wait = (persons["killed_from"] - persons["warned"]).dt.days.astype(float)
    end = (persons["closes"] - persons["warned"]).dt.days.astype(float)
    is_killed = wait.notna()
    exit_ = wait.where(is_killed, end).clip(lower=0.5)
    zero = pd.Series(0.0, persons.index)
    is_alive = ~(persons["killed_to"] <= persons["recorded"])
    found = {
        "plain share": 1000 * float((wait <= years * DAYS_A_YEAR).mean()),
        "from the threat": 1000 * share_at(zero, exit_, is_killed, years),
        "immortal time": 1000
        * share_at(zero[is_alive], exit_[is_alive], is_killed[is_alive], years),
    }
    rows = follow_up(persons)
    fitted = fit_readings(rows)
    if fitted is None:
        return found, None
    figures = fitted.figures(years)
    spells = observed_spells(rows, "low")
    found["delayed entry"] = 1000 * share_at(
        spells["entry"], spells["exit"], spells["cause"].eq("killed"), years
    )
    return found, None if fitted.why_not(years) else (figures["from"], figures["to"])


def main() -> None:
    """Print a line a setting."""
    samples = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    rng = np.random.default_rng(75165)
    print(
        "| persons | rate | shape | days to the record | written down after | years | true | plain share | "
        "from the threat | immortal time | delayed entry | refused | held |"
    )
    print("|" + " --- |" * 13)
    for size, rate, shape, delay, after in (
        (1000, 0.01, 1.0, 90, 0.5),
        (400, 0.05, 1.0, 30, 0.5),
        (400, 0.05, 1.0, 180, 0.5),
        (400, 0.05, 1.0, 180, 0.0),
        (400, 0.05, 1.0, 365, 0.9),
        (400, 0.05, 0.7, 180, 0.5),
        (150, 0.05, 1.0, 180, 0.5),
    ):
        for years in (1, 5):
            true = 1000 * (1 - np.exp(-rate * years**shape))
            told: list[dict[str, float]] = []
            held: list[bool] = []
            for _ in range(samples):
                found, interval = one_sample(rng, years, size, rate, shape, delay, after)
                if interval is not None:
                    told.append(found)
                    held.append(interval[0] <= true <= interval[1])
            mean = pd.DataFrame(told).mean()
            cells = [size, rate, shape, delay, after, years, f"{true:.0f}"]
            cells += [f"{mean[k]:.0f}" for k in mean.index]
            cells += [f"{100 - 100 * len(held) / samples:.0f}", f"{100 * np.mean(held):.0f}"]
            print("| " + " | ".join(map(str, cells)) + " |", flush=True)


if __name__ == "__main__":
    main()
