"""Time and memory to link invented persons, beside Splink's own settings on the same rows.

    python benchmarks/linkage.py [rows ...]

Of the rows (10,000, 100,000 and 1,000,000 where nothing is said), one in ten is a person a second time:
with a letter wrong in a name, the mother's family name left out, day and month swapped, or a day or two
later, and one in five of these without the place. Some rows have no day, place or second family name. A
few names and places are common and most are rare, as in life (Zipf). Ours is ``link_same_persons``.
Splink's are the comparisons and steps of its own guides: names, dates, exact places with frequencies;
pairs that share first and family name, a day, or family name and place; random pairs, then expectation
maximization over two blocking rules; clusters at 0.5. Each runs in a process of its own.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SEED, TWICE = 75165, 0.1
SIZES = (10_000, 100_000, 1_000_000)
HEADS, TAILS = ("br", "k", "l", "m", "n", "r", "s", "t", "v", "z"), ("a", "e", "i", "o", "u", "an")
RULES = (["first_name", "family"], ["event_date"], ["family", "place_as_published"])


def make_rows(number: int) -> tuple[pd.DataFrame, pd.Series]:
    """Invented rows of persons, shuffled, and the person of each row."""
    rng = np.random.default_rng(SEED)
    syllables = [a + b for a, b in product(HEADS, TAILS)]
    words = np.array(["".join(w) for w in product(syllables, repeat=3)], dtype=object)
    rng.shuffle(words)
    first, family, place = np.split(words[:68_000], [3_000, 63_000])
    persons = number - int(number * TWICE)
    day = pd.Timestamp("1990-01-01") + pd.to_timedelta(rng.integers(0, 12_000, persons), unit="D")
    rows = pd.DataFrame({"first_name": _drawn(rng, first, persons), "day": day})
    rows["family"], rows["mother"] = (_drawn(rng, family, persons) for _ in range(2))
    rows["place_as_published"] = _drawn(rng, place, persons)
    rows["sex_code"] = rng.choice(["female", "male"], persons)
    for column, share in (("mother", 0.1), ("place_as_published", 0.15), ("day", 0.05)):
        rows[column] = rows[column].mask(rng.random(persons) < share)
    again = _with_mistakes(rng, rows.sample(number - persons, random_state=SEED))
    both = pd.concat([rows, again]).rename_axis("person").reset_index()
    both = both.sample(frac=1, random_state=SEED).reset_index(drop=True)
    parts = [both["first_name"], both["family"], both["mother"].fillna("")]
    both["name_as_published"] = (parts[0] + " " + parts[1] + " " + parts[2]).str.strip()
    both["event_date"] = both.pop("day").dt.strftime("%Y-%m-%d")
    return both.drop(columns="person").assign(state_iso3="COL"), both["person"]


def _drawn(
    rng: np.random.Generator, words: NDArray[np.object_], number: int
) -> NDArray[np.object_]:
    """Words of which the first is the most common: of family names it is borne by 1 in 40."""
    weights = 1 / (np.arange(len(words)) + 4)
    return rng.choice(words, number, p=weights / weights.sum())


def _with_mistakes(rng: np.random.Generator, rows: pd.DataFrame) -> pd.DataFrame:
    """The same persons, one mistake in each row, and some places left out."""
    kind = rng.integers(0, 5, len(rows))
    mended = {c: rows[c].map(lambda word: _slip(rng, word)) for c in ("first_name", "family")}
    swapped = pd.to_datetime(
        rows["day"].dt.strftime("%Y-%d-%m"), format="%Y-%m-%d", errors="coerce"
    ).fillna(rows["day"])
    later = rows["day"] + pd.to_timedelta(rng.integers(1, 3, len(rows)), unit="D")
    return rows.assign(
        first_name=rows["first_name"].mask(kind == 0, mended["first_name"]),
        family=rows["family"].mask(kind == 1, mended["family"]),
        mother=rows["mother"].mask(kind == 2),
        day=rows["day"].mask(kind == 3, swapped).mask(kind == 4, later),
        place_as_published=rows["place_as_published"].mask(rng.random(len(rows)) < 0.2),
    )


def _slip(rng: np.random.Generator, word: str) -> str:
    """The word with a letter left out, two swapped, or another letter."""
    at, kind = int(rng.integers(0, len(word) - 1)), int(rng.integers(0, 3))
    middle = ("", word[at + 1] + word[at], "aeioumnrst"[int(rng.integers(0, 10))])[kind]
    return word[:at] + middle + word[at + 1 + (kind == 1) :]


def ours(rows: pd.DataFrame) -> tuple[pd.Series, int]:
    """Cluster of each row by ``link_same_persons``, and how many pairs were compared."""
    from hrdresearch.linkage.persons import LinkSettings, link_same_persons

    columns = ["name_as_published", "event_date", "place_as_published", "state_iso3", "sex_code"]
    links = link_same_persons({"demo": rows[columns]}, LinkSettings(frozenset({"demo"})))
    clusters = links.clusters.set_index(links.clusters["row"].astype(int))["cluster"]
    return clusters.sort_index(), links.compared


def splinks(rows: pd.DataFrame) -> tuple[pd.Series, None]:
    """Cluster of each row by Splink with its own comparisons; it does not tell how many pairs."""
    import duckdb
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    full, by_day, by_place = (block_on(*columns) for columns in RULES)
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="row",
        comparisons=[
            *(cl.NameComparison(c) for c in ("first_name", "family", "mother")),
            cl.DateOfBirthComparison("event_date", input_is_string=True),
            cl.ExactMatch("place_as_published").configure(term_frequency_adjustments=True),
            cl.ExactMatch("sex_code"),
        ],
        blocking_rules_to_generate_predictions=[full, by_day, by_place],
    )
    frame = rows.assign(row=range(len(rows)))
    table = DuckDBAPI(duckdb.connect(":memory:")).register(frame, table_name="persons")
    linker = Linker(table, settings)
    linker.training.estimate_probability_two_random_records_match([full], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    for rule in (full, by_day):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=0.5)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, 0.5)
    clusters = found.as_pandas_dataframe().set_index("row")["cluster_id"].sort_index()
    return clusters, None


METHODS = {"ours": ours, "Splink's": splinks}


def _pairs(rows: pd.DataFrame) -> int:
    """Pairs of rows that are equal."""
    sizes = rows.groupby(list(rows.columns), sort=False).size()
    return int((sizes * (sizes - 1) // 2).sum())


def measure(method: str, number: int) -> None:
    """Link in this process, and print what it took and how many pairs of a cluster are right."""
    rows, person = make_rows(number)
    start, cpu = time.perf_counter(), time.process_time()
    cluster, compared = METHODS[method](rows)
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    compared = compared or sum(_pairs(rows[columns].dropna()) for columns in RULES)
    both = pd.DataFrame({"cluster": cluster.to_numpy(), "person": person.to_numpy()})
    found, true, right = _pairs(both[["cluster"]]), _pairs(both[["person"]]), _pairs(both)
    took = {"wall": wall, "cpu": cpu, "gb": peak, "pairs": compared}
    print(json.dumps({**took, "precision": right / max(found, 1), "recall": right / true}))


def main(sizes: list[int]) -> None:
    """Print lines of a table: what, and what was measured."""
    for number in sizes:
        took = {}
        for method in METHODS:
            command = [sys.executable, __file__, str(number), method]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            took[method] = t = json.loads(done.stdout.splitlines()[-1])
            print(
                f"| link {number:,} persons, {method}: {t['pairs']:,} pairs; precision, recall "
                f"| {t['wall']:.0f} s, CPU {t['cpu']:.0f} s, {t['gb']:.1f} GB; "
                f"{t['precision']:.3f}, {t['recall']:.3f} |",
                flush=True,
            )
        ratios = [took["ours"][clock] / took["Splink's"][clock] for clock in ("wall", "cpu")]
        print(
            f"| the same, ours / Splink's: wall, CPU (load {os.getloadavg()[0]:.0f}) "
            f"| {ratios[0]:.2f}, {ratios[1]:.2f} |",
            flush=True,
        )


if __name__ == "__main__":
    if len(sys.argv) > 2 and sys.argv[2] in METHODS:
        measure(sys.argv[2], int(sys.argv[1]))
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
