"""How often intervals hold the number where links between the lists were missed, or are false.

    python benchmarks/estimates_missed_links.py [samples] [samples with names]

400 invented persons on three independent lists. In tables: 10 per cent of the rows of two lists are not
recognized, or one in twenty links is false; recall and precision are measured on 150 labelled pairs. With
names: 10 per cent of the rows of two lists have another given name and one family name less, the rows are
linked by ``link_same_persons``, and recall is measured on 150 of the true pairs. Printed: the part of the
intervals that hold 400 and the middle of the estimates, from the links alone and with the measured links.
"""

from __future__ import annotations

import re
import sys
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import beta

from hrdresearch.estimates import (
    Design,
    Estimate,
    Linkage,
    ListFacts,
    OverlapTable,
    Refusal,
    Target,
    estimate_log_linear,
    estimate_over_draws,
    estimate_undocumented,
    table_from_rows,
)
from hrdresearch.linkage.persons import Links, link_same_persons

PERSONS, LABELLED, DRAWS = 400, 150, 20
LISTS = ("a", "b", "c")
CHANCES = [0.4, 0.35, 0.3]
TARGET = Target("invented persons", "nowhere", "2015-2019")
SYLLABLES = re.findall("..", "zuneratotavegutiosmelipanercospobedokalinfograhujo")
Found = Estimate | Refusal
Rows = NDArray[np.bool_]


def main(samples: int, with_names: int) -> None:
    """Print one line a kind of mistake."""
    rng = np.random.default_rng(20261129)
    told("rows missed", [in_tables(rng, 0.1, 0) for _ in range(samples)])
    told("links false", [in_tables(rng, 0, 0.05) for _ in range(samples)])
    told("both", [in_tables(rng, 0.1, 0.05) for _ in range(samples)])
    told("names", [by_names(rng) for _ in range(with_names)])


def told(kind: str, every: list[tuple[Found, Found]]) -> None:
    """One line for the links alone, one with the measured links."""
    for how, found in zip(("links alone", "measured"), zip(*every, strict=True), strict=True):
        given = [e for e in found if isinstance(e, Estimate)]
        held = np.mean([e.low <= PERSONS <= e.high for e in given])
        middle, low, high = np.median([(e.total, e.low, e.high) for e in given], axis=0)
        print(
            f"{kind:12} {how:12} held {100 * held:5.1f}  {middle:4.0f} ({low:.0f} to {high:.0f})  "
            f"given {len(given)} of {len(found)}",
            flush=True,
        )


def in_tables(rng: np.random.Generator, missed: float, false: float) -> tuple[Found, Found]:
    """Estimates of a table whose links hold mistakes, without and with what was measured."""
    on = rng.random((PERSONS, 3)) < CHANCES
    several = on.sum(axis=1, keepdims=True) > 1
    lost = on & several & (rng.random(on.shape) < [0, missed, missed])
    rows = np.vstack([on & ~lost, np.eye(3, dtype=bool)[np.nonzero(lost)[1]]])
    right = pairs(rows)
    rows = with_false_links(rng, rows, round(right * false / (1 - false)))
    table = table_of(rows)
    shares = (right / pairs(on), right / pairs(rows))
    design = measured(*(labelled(rng, share) for share in shares))
    return estimate_log_linear(table), estimate_undocumented(table, design)


def with_false_links(rng: np.random.Generator, rows: Rows, number: int) -> Rows:
    """Persons on one list alone made one person, of two lists."""
    rows = rng.permutation(rows[rows.any(axis=1)])
    for _ in range(number):
        alone = rows.sum(axis=1) == 1
        one, other = (
            int(rng.choice(np.flatnonzero(alone & rows[:, i]))) for i in rng.permutation(3)[:2]
        )
        rows[one] |= rows[other]
        rows = np.delete(rows, other, axis=0)
    return rows


def by_names(rng: np.random.Generator) -> tuple[Found, Found]:
    """Estimates from rows with names that the linkage has to find."""
    on = rng.random((PERSONS, 3)) < CHANCES
    lists = rows_with_names(rng, on)
    links = link_same_persons(lists)
    is_found = true_pairs(links, on)
    drawn_pairs = rng.choice(is_found, min(LABELLED, len(is_found)), replace=False)
    found = int(drawn_pairs.sum()), len(drawn_pairs)
    design, recall = measured(found, (LABELLED, LABELLED)), found[0] / found[1]
    recalls = {frozenset(two): recall for two in combinations(LISTS, 2)}
    plain = [table_from_rows(t) for t in links.overlap_draws(DRAWS)]
    drawn = [table_from_rows(t) for t in links.overlap_draws(DRAWS, recalls=recalls)]
    likely = table_from_rows(links.overlap())
    return estimate_over_draws(plain), estimate_undocumented(drawn, design, linked=likely)


def rows_with_names(rng: np.random.Generator, on: Rows) -> dict[str, pd.DataFrame]:
    """Lists of invented names; in two of them some have another given name and a family name less."""
    word = ["".join(rng.choice(SYLLABLES, 3)).capitalize() for _ in range(420)]
    given, family = word[:120], word[120:]
    names = [[*rng.choice(given, 2), *rng.choice(family, 2)] for _ in on]
    days = pd.Timestamp("2015-01-01") + pd.to_timedelta(rng.integers(0, 1800, len(on)), "D")
    places = rng.integers(0, 60, len(on))
    lists = {}
    for k, name in enumerate(LISTS):
        other = rng.random(len(on)) < 0.1 * (k > 0)
        rows = [
            (
                " ".join([rng.choice(given), names[i][2]] if other[i] else names[i]),
                str(days[i].date()),
                f"Place {SYLLABLES[places[i] % 24]} {places[i] // 24}",
            )
            for i in np.flatnonzero(on[:, k])
        ]
        columns = ["name_as_published", "event_date", "place_as_published"]
        index = np.flatnonzero(on[:, k]).astype(str)
        lists[name] = pd.DataFrame(rows, columns=columns, index=index).assign(state_iso3="COL")
    return lists


def true_pairs(links: Links, on: Rows) -> NDArray[np.bool_]:
    """Of each two rows of one person, whether they were linked."""
    cluster = links.clusters.set_index(["list", "row"])["cluster"].to_dict()
    return np.array(
        [
            cluster[LISTS[a], str(i)] == cluster[LISTS[b], str(i)]
            for i, own in enumerate(on)
            for a, b in combinations(np.flatnonzero(own).tolist(), 2)
        ]
    )


def labelled(rng: np.random.Generator, share: float) -> tuple[int, int]:
    """Right ones of the labelled pairs, and how many were labelled."""
    return int(rng.binomial(LABELLED, share)), LABELLED


def measured(found: tuple[int, int], right: tuple[int, int]) -> Design:
    """A design whose recall and precision come from labelled pairs: right ones, and all."""
    shares = [part / whole for part, whole in (found, right)]
    lows = [
        min(share, float(beta.ppf(0.025, part + 0.5, whole - part + 0.5)))
        for share, (part, whole) in zip(shares, (found, right), strict=True)
    ]
    linkage = Linkage(shares[0], shares[1], "labelled pairs", *lows)
    return Design(tuple(ListFacts(name, TARGET) for name in LISTS), linkage)


def pairs(rows: Rows) -> int:
    """Linked pairs of rows."""
    times = rows.sum(axis=1)
    return int((times * (times - 1) // 2).sum())


def table_of(rows: Rows) -> OverlapTable:
    """The table of overlap of persons on lists."""
    return table_from_rows(pd.DataFrame(rows[rows.any(axis=1)] * 1, columns=list(LISTS)))


if __name__ == "__main__":
    given = [int(a) for a in sys.argv[1:]]
    main(given[0] if given else 100, given[1] if len(given) > 1 else 30)
