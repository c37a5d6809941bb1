"""Time and memory to link invented persons, beside Splink's own settings on the same rows.

    python benchmarks/linkage.py [rows]

Of the rows (1,000,000 where nothing is said), one in ten stands twice: once as it is, once with a slip in a
word, a family name left out, day and month swapped, or a day or two later. Ours is ``link_same_persons``.
Splink's are the comparisons and steps of its own guides: names, dates, exact places with frequencies;
pairs that share a full name, a day, or family name and place; random pairs, then expectation maximization
over two blocking rules; clusters at 0.5. Each runs in a process of its own, on the cores that it is given.
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

SEED, TWICE = 75165, 0.1
LARGEST, SLOWEST_RATIO = 8.0, 1.5  # GB; times Splink's
HEADS, TAILS = ("br", "k", "l", "m", "n", "r", "s", "t", "v", "z"), ("a", "e", "i", "o", "u", "an")


def make_rows(number: int) -> tuple[pd.DataFrame, pd.Series]:
    """Invented rows of persons, shuffled, and the person of each row."""
    rng = np.random.default_rng(SEED)
    syllables = [a + b for a, b in product(HEADS, TAILS)]
    words = np.array(["".join(w) for w in product(syllables, syllables, syllables)])
    rng.shuffle(words)
    persons = number - int(number * TWICE)
    first = words[np.minimum(rng.zipf(1.3, persons), 2_000) - 1]
    family, mother = (words[2_000 + rng.integers(0, 60_000, persons)] for _ in range(2))
    day = pd.Timestamp("1990-01-01") + pd.to_timedelta(rng.integers(0, 12_000, persons), unit="D")
    rows = pd.DataFrame({"first_name": first, "family": family, "mother": mother, "day": day})
    rows["place_as_published"] = words[100_000 + rng.integers(0, 5_000, persons)]
    rows["sex_code"] = rng.choice(["female", "male"], persons)
    again = rows.sample(number - persons, random_state=SEED)
    kind = rng.integers(0, 4, len(again))
    again["family"] = again["family"].mask(
        kind == 0, again["family"].str.replace(r"^(.)(.)", r"\2\1", regex=True)
    )
    again["mother"] = again["mother"].mask(kind == 1, "")
    shifted = again["day"] + pd.to_timedelta(rng.integers(1, 3, len(again)), unit="D")
    swapped = pd.to_datetime(
        again["day"].dt.strftime("%Y-%d-%m"), format="%Y-%m-%d", errors="coerce"
    ).fillna(again["day"])
    again["day"] = again["day"].mask(kind == 2, swapped).mask(kind == 3, shifted)
    both = pd.concat([rows, again]).rename_axis("person").reset_index()
    both = both.sample(frac=1, random_state=SEED).reset_index(drop=True)
    both["name_as_published"] = (
        both["first_name"] + " " + both["family"] + " " + both["mother"]
    ).str.strip()
    both["event_date"] = both.pop("day").dt.strftime("%Y-%m-%d")
    return both.drop(columns="person").assign(state_iso3="COL"), both["person"]


def ours(rows: pd.DataFrame) -> pd.Series:
    """Cluster of each row by ``link_same_persons``."""
    from hrdresearch.linkage.persons import LinkSettings, link_same_persons

    columns = ["name_as_published", "event_date", "place_as_published", "state_iso3", "sex_code"]
    links = link_same_persons({"demo": rows[columns]}, LinkSettings(frozenset({"demo"})))
    return links.clusters.set_index(links.clusters["row"].astype(int))["cluster"].sort_index()


def splinks(rows: pd.DataFrame) -> pd.Series:
    """Cluster of each row by Splink with its own comparisons."""
    import duckdb
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    full, by_place = block_on("first_name", "family"), block_on("family", "place_as_published")
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="row",
        comparisons=[
            *(cl.NameComparison(c) for c in ("first_name", "family", "mother")),
            cl.DateOfBirthComparison("event_date", input_is_string=True),
            cl.ExactMatch("place_as_published").configure(term_frequency_adjustments=True),
            cl.ExactMatch("sex_code"),
        ],
        blocking_rules_to_generate_predictions=[full, block_on("event_date"), by_place],
    )
    frame = rows.assign(row=range(len(rows)))
    table = DuckDBAPI(duckdb.connect(":memory:")).register(frame, table_name="persons")
    linker = Linker(table, settings)
    linker.training.estimate_probability_two_random_records_match([full], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    for rule in (full, block_on("event_date")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=0.5)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, 0.5)
    return found.as_pandas_dataframe().set_index("row")["cluster_id"].sort_index()


METHODS = {"ours": ours, "splink": splinks}


def measure(method: str, number: int) -> None:
    """Link in this process, and print what it took and how many pairs of a cluster are right."""
    rows, person = make_rows(number)
    start, cpu = time.perf_counter(), time.process_time()
    cluster = METHODS[method](rows)
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    pairs = {}
    for name, by in (("found", [cluster]), ("true", [person]), ("both", [cluster, person])):
        sizes = pd.Series(1, person.index).groupby([b.to_numpy() for b in by]).size()
        pairs[name] = int((sizes * (sizes - 1) // 2).sum())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(json.dumps({"wall": wall, "cpu": cpu, "gb": peak, **pairs}))


def main(number: int) -> None:
    """Print a table."""
    print(f"{number:,} rows, {os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}\n")
    print("| | wall | CPU | memory | precision | recall |\n| --- | --- | --- | --- | --- | --- |")
    took = {}
    for method in METHODS:
        command = [sys.executable, __file__, str(number), method]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        took[method] = t = json.loads(done.stdout.splitlines()[-1])
        told = f"{t['both'] / max(t['found'], 1):.3f} | {t['both'] / t['true']:.3f}"
        print(
            f"| {method} | {t['wall']:.0f} s | {t['cpu']:.0f} s | {t['gb']:.1f} GB | {told} |",
            flush=True,
        )
    ratios = [took["ours"][clock] / took["splink"][clock] for clock in ("wall", "cpu")]
    print(
        f"\nOurs / Splink's: wall {ratios[0]:.2f}, CPU {ratios[1]:.2f}; load after {os.getloadavg()[0]:.1f}"
    )
    print(
        f"Targets at 1,000,000 rows: {SLOWEST_RATIO} and {LARGEST:.0f} GB; 10,000 rows in under 20 s."
    )


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    measure(sys.argv[2], size) if len(sys.argv) > 2 else main(size)
