"""Published estimates, from the real tables of overlap."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.estimates import (
    Estimate,
    LogLinearModels,
    OverlapTable,
    estimate_latent_classes,
    fit_log_linear,
    table_from_counts,
    table_from_rows,
)

pytestmark = pytest.mark.real

Find = Callable[[str], Path]
CITIES = {"Manila": "Manila", "Quezon City": "QuezonCity", "Caloocan": "Caloocan"}
WIDE = 0.5  # width of a published interval, of its middle, that a middle within 5 per cent cannot be asked of
# Columns that the authors left out of their own estimates (their import scripts).
LEFT_OUT = (
    "Balay Rehabilitation Center",
    "Police Reports Submitted to the House of Representatives",
)


def overlap_table(find: Find, city: str, perpetrator: str) -> OverlapTable:
    """The lists of a city and kind of perpetrator, as the authors used them."""
    assailant = "police" if perpetrator == "police" else "unidentified assailant"
    rows = pd.read_excel(
        find(f"ph_drugkillings_hrdag/{CITIES[city]}_Complete_Sources_clean.xlsx"),
        sheet_name=f"{assailant} killings",
        engine="openpyxl",
    )
    lists = rows.iloc[:, 5:].drop(columns=[c for c in LEFT_OUT if c in rows])
    marks = (lists.astype(object) == True).astype(int)  # noqa: E712 (N/A and empty: not listed)
    return table_from_rows(marks[marks.any(axis=1)]).without_empty_lists()


def published(find: Find) -> pd.DataFrame:
    path = find("ph_drugkillings_hrdag/PH-results.csv.gz")
    return pd.read_csv(path, sep="|").set_index(["region", "pcat"])


def uk_models(find: Find) -> LogLinearModels:
    frame = pd.read_csv(find("mse_trafficking_sparse/UKdat_5.csv"))
    found = fit_log_linear(table_from_counts(frame))
    assert isinstance(found, LogLinearModels)
    return found


def test_the_best_model_by_aic_of_the_table_of_the_united_kingdom(real_data: Find) -> None:
    found = uk_models(real_data).best("aic")
    assert isinstance(found, Estimate)
    assert found.listed == 2744
    assert found.total == pytest.approx(11_175, rel=0.01)


def test_all_models_of_five_lists_take_less_than_ten_seconds(real_data: Find) -> None:
    start = time.process_time()
    found = uk_models(real_data)
    assert time.process_time() - start < 10
    assert len(found.models) == 1024


def test_persons_listed_in_three_cities_are_those_published(real_data: Find) -> None:
    figures = published(real_data)
    listed = {key: overlap_table(real_data, *key).listed for key in figures.index}
    assert listed == figures["recs"].to_dict()
    assert sum(listed.values()) == 2312


@pytest.mark.slow
@pytest.mark.parametrize("perpetrator", ["police", "unidentified"])
@pytest.mark.parametrize("city", list(CITIES))
def test_latent_classes_give_the_published_estimates(
    city: str, perpetrator: str, real_data: Find
) -> None:
    figure = published(real_data).loc[(city, perpetrator)]
    found = estimate_latent_classes(overlap_table(real_data, city, perpetrator))
    assert isinstance(found, Estimate)
    assert figure["lo"] <= found.total <= figure["hi"]
    assert figure["lo"] <= found.measures["mean"] <= figure["hi"]
    if figure["hi"] - figure["lo"] < WIDE * figure["med"]:
        assert found.total == pytest.approx(figure["med"], rel=0.05)
        assert found.measures["mean"] == pytest.approx(figure["med"], rel=0.05)
