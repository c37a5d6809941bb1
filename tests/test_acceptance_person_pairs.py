"""Links between real lists of killed persons against pairs that two language models labelled, weighted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.linkage.persons import link_same_persons
from hrdresearch.linkage.persons.quality import measure_sampled_pairs
from hrdresearch.sources import load
from hrdresearch.stats.krippendorff import krippendorff_alpha
from hrdresearch.stats.review_budgets import wilson_share

pytestmark = pytest.mark.real

Find = Callable[[str], Path]
LABELLED = Path(__file__).resolve().parents[1] / "data/reference/labelled/person_pairs.csv"
LISTS = {
    "global-witness": ("global-witness", "gw_defenders/global_witness_led_22-09-22.csv"),
    "cpt": ("cpt", "br_cpt/assassinatos_10y_CPT.xls"),
    "lideres": ("lideres-colombia", "co_lideres/regions.csv"),
    "cpj-2017": ("cpj", "cpj_killed_2017_legacy/cpj-database.csv"),
    "cpj-2020": ("cpj", "cpj_killed_2020_wide/media_deaths.csv"),
}
LINKED = {
    "cpt": ("cpt", "global-witness"),
    "lideres": ("global-witness", "lideres"),
    "cpj": ("cpj-2017", "cpj-2020"),
}
FACTS = [
    *("name_as_published", "event_date", "event_date_precision", "place_as_published"),
    *("admin1_name", "state_iso3", "age_years", "sex_code"),
]


def read_labelled() -> pd.DataFrame:
    return pd.read_csv(LABELLED, dtype=str, keep_default_na=False)


def linked_pairs(find: Find, name: str, other: str) -> set[str]:
    """Hashes of the pairs of rows of two lists that are linked: list, row and name of both rows."""
    lists, texts = {}, {}
    for key in (name, other):
        slug, file = LISTS[key]
        rows = load(slug, find(file)).accepted
        rows.index = rows["source_row"].astype(str)
        lists[key] = rows[FACTS]
        texts |= {(key, row): f"{key}|{row}|{rows['name_as_published'][row]}" for row in rows.index}
    found = link_same_persons(lists).clusters
    pairs = found[found["list"] == name].merge(found[found["list"] == other], on="cluster")
    return {
        hashlib.sha256(
            f"hrdresearch person pairs|{texts[name, a]}|{texts[other, b]}".encode()
        ).hexdigest()[:16]
        for a, b in zip(pairs["row_x"], pairs["row_y"], strict=True)
    }


def test_links_of_real_lists_are_right_and_few_are_missed(real_data: Find) -> None:
    pairs = read_labelled()
    linked = {h for lists in LINKED.values() for h in linked_pairs(real_data, *lists)}
    assert linked <= set(pairs["pair"]), "links outside of the pairs that could have been drawn"
    pairs["is_link"] = pairs["pair"].isin(linked)
    pairs["size"] = pairs.groupby(["stratum", "is_link"])["pair"].transform("size")
    drawn = pairs[pairs["first"] != ""].assign(is_same=pairs["first"] == "same")
    of = drawn["stratum"].str.partition(" ")[0]

    precision, recall = measure_sampled_pairs(drawn)

    print(f"{len(drawn)} pairs: precision {precision}, recall {recall}")
    for name, own in drawn.groupby(of):
        print(name, len(own), *measure_sampled_pairs(own), sep="\n  ")
    assert precision.value >= 0.97
    assert recall.value >= 0.95
    assert (precision.low >= 0.97, recall.low >= 0.95) == (True, True)


def test_two_language_models_agree_on_the_pairs() -> None:
    pairs = read_labelled()
    by_two = pairs[(pairs["first"] != "") & (pairs["second"] != "")]

    apart = int((by_two["first"] != by_two["second"]).sum())
    print(
        f"{len(by_two)} pairs by two labellers, {apart} otherwise",
        krippendorff_alpha(by_two[["first", "second"]]),
    )
    assert len(by_two) >= 400
    assert wilson_share(apart, len(by_two)).high < 0.02
