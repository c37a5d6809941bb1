"""Published figures recomputed from the real files; skipped where those are absent."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hrdresearch.sources import Loaded, identify, load

pytestmark = pytest.mark.real
Find = Callable[[str], Path]

FILES = {
    "gw_defenders/global_witness_led_22-09-22.csv": ("global-witness", "gw_table"),
    "br_cpt/assassinatos_10y_CPT.xls": ("cpt", "cpt_workbook"),
    "co_lideres/regions.csv": ("lideres-colombia", "lideres_csv"),
    "co_lideres/countryDeaths.json": ("lideres-colombia", "lideres_json"),
    "cpj_killed_2017_legacy/cpj-database.csv": ("cpj", "cpj_killed_2017_legacy"),
    "cpj_killed_2020_wide/media_deaths.csv": ("cpj", "cpj_killed_2020_wide"),
    "cpj_killed_2025/jornalists_murdered.xlsx": ("cpj", "cpj_killed_2025"),
    "cpj_macroman_cr/my_data_converted.csv": ("cpj", "cpj_macroman_cr"),
    "cpj_killed_imprisoned_1992_2020/Cleaned_Dataset.csv": (
        "cpj", "cpj_killed_imprisoned_1992_2020",
    ),
    "cpj_killed_imprisoned_1992_2020/OriginalData_Journalists_Killed_Imprisoned_1992_2020.csv": (
        "cpj", "cpj_killed_imprisoned_1992_2020",
    ),
}  # fmt: skip
GW, CPT, LIDERES, LIDERES_JSON, LEGACY, WIDE, PORTUGUESE, MISREAD, BOTH, ORIGINAL = FILES


def loaded(real_data: Find, name: str) -> Loaded:
    return load(FILES[name][0], real_data(name))


def counts(source: Loaded, column: str) -> dict[object, int]:
    return source.accepted[column].value_counts().to_dict()


@pytest.mark.parametrize("name", FILES)
def test_formats_are_told_apart_by_their_columns(real_data: Find, name: str) -> None:
    assert identify(real_data(name)) == FILES[name]


def test_global_witness(real_data: Find) -> None:
    source = loaded(real_data, GW)
    assert (source.rows_in, len(source.accepted)) == (1733, 1733)
    years = counts(source, "event_year")
    assert (years[2019], years[2020], years[2021]) == (212, 228, 200)
    states = source.accepted[source.accepted["event_year"] == 2021]["state_iso3"].value_counts()
    assert (states["MEX"], states["COL"], states["BRA"]) == (54, 33, 26)
    assert source.accepted["is_collective"].sum() == 3
    assert source.accepted["age_years"].max() <= 120
    ages = source.issues[source.issues["column"] == "age"]
    assert list(ages["what"]) == ["The age is above 120 years."]
    identities = counts(source, "identity_codes")
    assert (identities["state_official"], identities["police"]) == (93, 4)


def test_cpt_and_the_swap_of_day_and_month(real_data: Find) -> None:
    source = loaded(real_data, CPT)
    assert (source.rows_in, len(source.accepted)) == (401, 401)
    years = counts(source, "event_year")
    assert (years[2017], years[2021]) == (71, 35)
    assert (source.issues["done"] == "swapped back").sum() == 155
    assert (source.accepted["event_date"].dt.year == source.accepted["event_year"]).all()
    assert set(source.accepted["event_date_precision"]) == {"day"}
    assert any("155 of 401" in str(note) for note in source.notes)
    assert counts(source, "defender_basis_code")["recorded_leader"] == 120
    assert source.accepted["admin1_name"].notna().all()
    alone = source.accepted[source.accepted["name_as_published"] == "Ceará"]
    assert list(alone["name_is_person"]) == [True]
    assert not source.accepted["name_as_published"].str.contains("\n").any()
    unnamed = source.accepted["name_as_published"] == "Sem informação"
    assert source.accepted["is_unidentified"][unnamed].sum() == 7


def test_the_colombian_lists(real_data: Find) -> None:
    table, nested = loaded(real_data, LIDERES), loaded(real_data, LIDERES_JSON)
    assert table.rows_in == len(table.accepted) + len(table.set_aside) == 420
    assert len(nested.accepted) == 424
    assert table.accepted["event_year"].between(2016, 2020).all()
    assert counts(table, "sex_code")["transgender"] == 3
    assert {"Caquetá", "Quindío"} <= set(table.accepted["admin1_name"])
    assert not {"Caqueta", "Quindio"} & set(table.accepted["admin1_name"])
    assert table.accepted["documented_by"].notna().all()


@pytest.mark.parametrize("name", [BOTH, ORIGINAL])
def test_cpj_killed_among_killed_and_imprisoned(real_data: Find, name: str) -> None:
    source = loaded(real_data, name)
    assert (source.rows_in, len(source.accepted)) == (1909, 1909)
    assert counts(source, "motive_link_code") == {"confirmed": 1365, "suspected": 544}
    murders = source.accepted[source.accepted["death_type_code"] == "murder"]
    assert len(murders) == 870
    assert murders["threats_before"].value_counts().to_dict() == {"no": 507, "yes": 363}
    assert set(source.accepted.drop(murders.index)["threats_before"]) == {"not_asked"}
    impunity = counts(source, "impunity_code")
    assert (impunity["complete"], impunity["partial"], impunity["full_justice"]) == (710, 122, 41)
    assert set(source.accepted["event_date_precision"]) == {"year"}
    assert any("4,854 record imprisonment" in str(note) for note in source.notes)
    names = source.accepted["name_as_published"]
    assert not names.str.contains("Ã|√|â€|‚Ä").any()
    assert names.str.contains("[^\x00-\x7f]").sum() > 200


def test_cpj_legacy_sets_repeated_headers_aside_and_repairs_letters(real_data: Find) -> None:
    source = loaded(real_data, LEGACY)
    assert (source.rows_in, len(source.accepted)) == (1879, 1876)
    again = source.set_aside["reason"] == "The header stands here again."
    assert list(source.set_aside["row"][again]) == [1828, 1829]
    assert not source.accepted["name_as_published"].str.contains("[’‡—œ–‹•‰™ƒ]").any()


def test_cpj_other_exports(real_data: Find) -> None:
    wide, portuguese, misread = (loaded(real_data, n) for n in (WIDE, PORTUGUESE, MISREAD))
    assert [len(s.accepted) for s in (wide, portuguese, misread)] == [2050, 1696, 2450]
    assert counts(wide, "motive_link_code")["unknown"] == 114
    assert (misread.issues["what"] == "Letters misread in an earlier export.").sum() > 300
    assert not misread.accepted["name_as_published"].str.contains("√|‚Ä|ƒ").any()


def test_all_lists_are_read_in_ten_seconds_of_cpu(real_data: Find) -> None:
    start = time.process_time()
    rows = sum(loaded(real_data, name).rows_in for name in FILES)
    assert rows > 12_000
    assert time.process_time() - start < 10
