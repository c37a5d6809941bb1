"""The demo cases: invented, remade byte for byte, and as dirty as what publishers ship."""

from __future__ import annotations

import csv
import hashlib
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from python_calamine import CalamineWorkbook

from hrdresearch.sources import load

REPOSITORY = Path(__file__).resolve().parents[1]
DEMO = REPOSITORY / "data" / "raw" / "demo"
NAME_COLUMNS = {"name", "fullName", "Nome da Vitima", "nombre"}
ENDINGS = ("demo", "демо", "ديمو", "डेमो")
NO_NAMES = (
    "Unnamed",
    "Unidentified",
    "Three farmers",
    "Sin identificar",
    "Sem informação",
    "Não identificada",
)
NAME_OF_A_STATE = "Goiás"


def rows(name: str) -> list[dict[str, object]]:
    if name.endswith(".xlsx"):
        book = CalamineWorkbook.from_path(DEMO / name)
        header, *body = book.get_sheet_by_index(0).to_python()
        return [dict(zip(header, row, strict=True)) for row in body]
    with (DEMO / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sidecar() -> dict[str, dict[str, object]]:
    return yaml.safe_load((DEMO / "DEMO.yml").read_text(encoding="utf-8"))["files"]


def names() -> Iterator[str]:
    for name in sidecar():
        for row in rows(name):
            yield from (str(row[column]) for column in NAME_COLUMNS & set(row))


def test_the_script_makes_the_same_bytes_again(tmp_path: Path) -> None:
    script = REPOSITORY / "scripts" / "make_demo.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)

    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in DEMO.iterdir() if path.is_file()}

    assert made.keys() == kept.keys()
    assert [name for name in made if made[name] != kept[name]] == []


def test_every_demo_file_is_declared_invented_with_its_hash() -> None:
    files = sidecar()

    assert set(files) == {path.name for path in DEMO.iterdir() if path.is_file()} - {"DEMO.yml"}
    for name, facts in files.items():
        assert facts["invented"] is True
        assert facts["sha256"] == hashlib.sha256((DEMO / name).read_bytes()).hexdigest()


def test_who_meets_a_demo_name_can_tell_that_it_is_invented() -> None:
    strange = [
        name
        for name in names()
        if not any(ending in name for ending in ENDINGS)
        and not name.startswith(NO_NAMES)
        and name != NAME_OF_A_STATE
    ]

    assert strange == []


def test_demo_lists_overlap_so_that_nobody_can_add_them_up() -> None:
    defenders = {row["name"] for row in rows("demo-global-witness.csv")}

    assert len(defenders & {row["Nome da Vitima"] for row in rows("demo-cpt.xlsx")}) >= 10
    assert len(defenders & {row["nombre"] for row in rows("demo-lideres.csv")}) >= 10


def test_the_dirt_of_publishers_is_there() -> None:
    defenders = rows("demo-global-witness.csv")
    by_name: dict[object, set[object]] = {}
    for row in defenders:
        by_name.setdefault(row["name"], set()).add(row["country"])

    assert "4145" in {row["age"] for row in defenders}
    assert {len(str(row["date"])) for row in defenders} == {4, 7, 10}
    assert any("<script>" in str(row["name"]) for row in defenders)
    assert any(str(row["name"]).endswith("  ") for row in defenders)
    assert any(len(states) > 1 for states in by_name.values())
    assert {"Swaziland", "eSwatini", "Atlantis"} <= {row["country"] for row in defenders}
    assert any("\n" in str(row["Nome da Vitima"]) for row in rows("demo-cpt.xlsx"))


def test_typed_dates_of_the_workbook_have_day_and_month_exchanged() -> None:
    dates = [row["Data"] for row in rows("demo-cpt.xlsx")]

    assert all(value.day <= 12 for value in dates if isinstance(value, date))
    assert all(int(value[:2]) > 12 for value in dates if isinstance(value, str))


def test_the_restricted_list_has_one_small_year_so_that_a_second_is_withheld() -> None:
    years = Counter(str(row["date"])[:4] for row in rows("demo-restricted.csv"))

    assert sorted(years.values())[0] < 5
    assert all(count >= 5 for count in sorted(years.values())[1:])


def test_every_demo_row_is_accepted_or_set_aside_with_a_reason() -> None:
    aside = {}
    for name, facts in sidecar().items():
        loaded = load(str(facts["source"]), DEMO / name)
        aside[name] = len(loaded.set_aside)

    assert aside == {
        "demo-global-witness.csv": 1,
        "demo-cpj.csv": 1,
        "demo-cpt.xlsx": 0,
        "demo-lideres.csv": 0,
        "demo-restricted.csv": 0,
    }


@pytest.mark.real
def test_no_demo_name_is_a_name_of_the_real_lists(real_data: Callable[[str], Path]) -> None:
    lists = {
        "gw_defenders/global_witness_led_22-09-22.csv": "name",
        "co_lideres/regions.csv": "nombre",
        "cpj_killed_imprisoned_1992_2020/"
        "OriginalData_Journalists_Killed_Imprisoned_1992_2020.csv": "fullName",
    }
    real: set[str] = set()
    for path, column in lists.items():
        with real_data(path).open(encoding="utf-8", newline="") as file:
            real |= {row[column].strip().casefold() for row in csv.DictReader(file)}
    book = CalamineWorkbook.from_path(real_data("br_cpt/assassinatos_10y_CPT.xls"))
    real |= {str(row[7]).strip().casefold() for row in book.get_sheet_by_index(0).to_python()}

    both = {name for name in names() if name.strip().casefold() in real}

    assert both <= {"Sem informação"}
