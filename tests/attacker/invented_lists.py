"""Invented restricted lists over several editions, with one change that the insider does not know."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

STATES = (
    *("MEX", "COL", "BRA", "HND", "GTM", "PER", "PHL", "IND", "IDN", "THA", "NPL", "KEN", "UGA"),
    *("COD", "NGA", "ZAF", "EGY", "IRN", "IRQ", "LBN", "RUS", "TUR", "UZB", "UKR", "AZE"),
)
SINGLE = ("event_year", "sex_code")
SEVERAL = ("cause_codes", "perpetrator_codes")
COLUMNS = (*SINGLE, *SEVERAL)
AGE = "age_years"
MEDIANS = {AGE: (18.0, 30.0, 45.0, 60.0)}  # limits of the classes in which a median is given
OWN_ROWS = 7
VALUES: dict[str, tuple[tuple[str, ...], tuple[float, ...], float]] = {
    # values, mean shares, and how alike the States are
    "event_year": (
        tuple(str(year) for year in range(2014, 2026)),
        (0.03, 0.04, 0.04, 0.05, 0.06, 0.07, 0.08, 0.1, 0.11, 0.13, 0.14, 0.15),
        60,
    ),
    "sex_code": (("male", "female", "not_recorded"), (0.78, 0.2, 0.02), 40),
    "cause_codes": (
        (
            *("land_environment", "indigenous_rights", "labour_rights", "human_rights"),
            *("corruption", "womens_rights", "minority_rights", "youth_rights"),
        ),
        (0.35, 0.2, 0.15, 0.1, 0.08, 0.06, 0.04, 0.02),
        12,
    ),
    "perpetrator_codes": (
        ("police", "unknown", "hitmen", "armed_forces", "paramilitary", "landowners"),
        (0.4, 0.25, 0.15, 0.1, 0.07, 0.03),
        12,
    ),
}
WHOLE: dict[str, tuple[tuple[str, ...], tuple[float, ...]]] = {  # counted over the whole list only
    "identity_codes": (("indigenous", "farmer", "women", "not_recorded"), (0.25, 0.1, 0.05, 0.6)),
    "defender_basis_code": (("mandate", "recorded_leader", "not_assessed"), (0.4, 0.3, 0.3)),
    "motive_link_code": (("confirmed", "suspected"), (0.85, 0.15)),
    "threats_before": (("yes", "no", "unknown"), (0.4, 0.2, 0.4)),
    "impunity_code": (("complete", "partial", "unknown"), (0.6, 0.1, 0.3)),
    "setting_code": (("not_recorded",), (1.0,)),  # nobody was asked
}
_SECOND = {"cause_codes": 0.25, "perpetrator_codes": 0.15}  # share of persons with a second value


@dataclass(frozen=True)
class History:
    """A list at each edition, and what the attackers know of it.

    lists: rows at each edition. gap: the edition before which the unknown change lies. sign: 1 for
    a person who came, -1 for one who went. target: that person. own: rows that the attacker has.
    prior: by column, its values, and the chance of each (rows) in each State (columns); "state_iso3"
    holds the chance of each State. The unknown person is drawn from it.
    """

    lists: list[pd.DataFrame]
    gap: int
    sign: int
    target: pd.DataFrame
    own: pd.DataFrame
    prior: dict[str, pd.DataFrame]

    def known_changes(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Rows that came and went at the gap, without the unknown person."""
        before, after = self.lists[self.gap - 1], self.lists[self.gap]
        came = after[~after["row"].isin(before["row"])]
        went = before[~before["row"].isin(after["row"])]
        hidden = self.target["row"].iloc[0]
        return came[came["row"] != hidden], went[went["row"] != hidden]


class _World:
    """Where the rows of one list come from."""

    def __init__(self, rng: np.random.Generator, ages: np.random.Generator) -> None:
        self.rng, self.ages, self.last = rng, ages, 0
        self.middle = ages.uniform(25, 55)  # years: often near a limit of the classes
        shares = 1 / np.arange(1, len(STATES) + 1) ** 1.1
        self.states = shares / shares.sum()
        self.by_state = {
            column: rng.dirichlet(np.array(shares) * alike, len(STATES))
            for column, (_, shares, alike) in VALUES.items()
        }

    def rows(self, n: int) -> pd.DataFrame:
        state = self.rng.choice(len(STATES), n, p=self.states)
        if n > 4 and self.rng.random() < 0.5:
            state[: n // 2] = state[0]  # one contributor sends a batch of one State
        found = {"state_iso3": np.array(STATES)[state]}
        for column, chances in self.by_state.items():
            values = np.array(VALUES[column][0])
            first, second = (self._pick(chances[state]) for _ in range(2))
            has_two = (self.rng.random(n) < _SECOND.get(column, 0)) & (first != second)
            found[column] = [
                "|".join(sorted({values[a], values[b]})) if two else str(values[a])
                for a, b, two in zip(first, second, has_two, strict=True)
            ]
        contributor = np.minimum(self.rng.geometric(0.3, n), 9) - 1
        return self._frame(
            pd.DataFrame(found).assign(contributor=[f"org {c}" for c in contributor])
        )

    def person(self, prior: dict[str, pd.DataFrame]) -> pd.DataFrame:
        states = prior["state_iso3"]["chance"]
        state = self.rng.choice(states.index.to_numpy(), p=states.to_numpy())
        found = {
            column: self.rng.choice(prior[column].index.to_numpy(), p=prior[column][state])
            for column in COLUMNS
        }
        for column in WHOLE:
            chances = prior[column][state]
            found[column] = self.ages.choice(chances.index.to_numpy(), p=chances)
        return self._frame(pd.DataFrame([{"state_iso3": state, **found, "contributor": "org 0"}]))

    def _pick(self, chances: np.ndarray) -> np.ndarray:
        return (self.rng.random((len(chances), 1)) > chances.cumsum(axis=1)[:, :-1]).sum(axis=1)

    def _frame(self, found: pd.DataFrame) -> pd.DataFrame:
        number = np.arange(self.last, self.last + len(found))
        self.last += len(found)
        years = np.clip(self.ages.normal(self.middle, 14, len(found)), 12, 90).astype(int)
        whole = {
            c: self.ages.choice(v, len(found), p=p) for c, (v, p) in WHOLE.items() if c not in found
        }
        return found.astype(dict.fromkeys(COLUMNS, str)).assign(
            **whole, age_years=years.astype(str), row=number, person=[f"p{n}" for n in number]
        )


def invent_history(rows: int, seed: int) -> History:
    """A list of so many rows in its first edition and its four to six editions."""
    rng = np.random.default_rng([rows, seed])
    world = _World(rng, np.random.default_rng([rows, seed, 2]))
    lists = [world.rows(rows)]
    most = max(14, min(40, rows // 5)) if rows < 1000 else 300
    for _ in range(rng.integers(3, 6)):
        before, changes = lists[-1], int(rng.integers(10, most + 1))
        went = rng.permutation(before["row"])[: rng.binomial(changes, 0.35)]
        corrected = went[: len(went) // 2]  # a correction is one row that goes and one that comes
        stays = before[~before["row"].isin(went)]
        again = before[before["row"].isin(corrected)].copy()
        again["row"] = -again["row"] - 1 - 100_000 * len(lists)
        again["event_year"] = rng.choice(VALUES["event_year"][0], len(again))
        lists.append(pd.concat([stays, again, world.rows(changes - len(went))], ignore_index=True))
    gap, sign = int(rng.integers(1, len(lists))), 1 if rng.random() < 0.6 else -1
    prior = _prior(lists[gap - 1])
    target = world.person(prior)
    holds = range(gap, len(lists)) if sign > 0 else range(gap)
    for n in holds:
        lists[n] = pd.concat([lists[n], target], ignore_index=True)
    always = lists[0][
        lists[0]["row"].isin(lists[-1]["row"]) & (lists[0]["row"] != target["row"][0])
    ]
    of_one = always[always["contributor"] == always["contributor"].mode()[0]]
    pool = of_one if rng.random() < 0.5 and len(of_one) >= OWN_ROWS else always
    own = pool.iloc[rng.permutation(len(pool))[:OWN_ROWS]]
    return History(lists, gap, sign, target, own, prior)


def _prior(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """What anybody may guess of one more person: the list's own shares, by State and over all."""
    share = rows["state_iso3"].value_counts(normalize=True)
    found = {"state_iso3": share.to_frame("chance")}
    for column in (*COLUMNS, *WHOLE):
        table = pd.crosstab(rows[column], rows["state_iso3"])[share.index]
        overall = rows[column].value_counts(normalize=True).loc[table.index]
        smooth = table.add(10 * overall, axis=0)
        found[column] = smooth / smooth.sum()
    return found


def invent_withdrawal(rows: int, seed: int) -> tuple[list[pd.DataFrame], pd.DataFrame]:
    """A list before and after one person went, and that person."""
    rng = np.random.default_rng([rows, seed, 1])
    before = _World(rng, np.random.default_rng([rows, seed, 2])).rows(rows)
    target = before.iloc[[int(rng.integers(rows))]]
    return [before, before.drop(target.index)], target
