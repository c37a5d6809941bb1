"""One detention told twice in a list of one's own, the name turned once; all persons are invented."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.linkage import FEW_DAYS, find_possible_duplicates, find_repeated_detentions
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.own_lists import write_source
from hrdresearch.sources import load

TURNED = "same words of the name in another order, and the same date"
LIST = """Nombre,Fecha de detención,Situación actual
"INVENTADA PRUEBA, Ana Luz",2022-09-08,detenida
Eva Testal,2022-09-08,detenida
Ana Luz Inventada Prueba,2022-09-08,detenida
"TESTAL, Eva",2022-09-09,detenida
Prueba Inventada Luz Ana,2022-09-08,detenida
"""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    path = tmp_path / "lista.csv"
    path.write_text(LIST, encoding="utf-8")
    write_source(path, "lista", table="detentions", state="GTM")
    return path


def test_a_name_turned_with_a_comma_is_a_likely_duplicate_on_the_same_day(path: Path) -> None:
    found = find_repeated_detentions(load("lista", path).accepted)

    expected = [(2, 4, TURNED), (2, 6, TURNED)]  # without a comma in either, no name is turned
    assert list(found[["row_a", "row_b", "why"]].itertuples(index=False, name=None)) == expected
    assert "name_as_published" not in found


def test_another_arrest_of_a_person_is_no_duplicate_and_the_same_name_and_day_is_one() -> None:
    rows = pd.DataFrame(
        {
            "source": "lista",
            "state_iso3": "GTM",
            "source_row": [2, 3, 4],
            "name_as_published": "Ana Inventada",
            "name_is_person": True,
            "sex_code": "female",
            "began_date": pd.to_datetime(["2022-09-08", "2022-09-08", "2022-09-09"]),
            "began_precision": "day",
        }
    )
    found = find_repeated_detentions(rows)
    assert found[["row_a", "row_b", "why"]].values.tolist() == [[2, 3, "same name and date"]]
    months = find_repeated_detentions(rows.assign(began_precision="month"))
    assert months.empty  # two days of one month

    near = find_repeated_detentions(rows, FEW_DAYS)
    assert near[["row_a", "row_b", "why"]].values.tolist() == [
        [2, 3, "same name and date"],
        [2, 4, "same name within 7 days"],
        [3, 4, "same name within 7 days"],
    ]
    places = rows.assign(admin1_name=["Petén", "Petén", "Izabal"])
    assert len(find_repeated_detentions(places, FEW_DAYS)) == 1
    freed = rows.assign(released_date=pd.to_datetime(["2022-09-08", "2022-09-08", None]))
    assert len(find_repeated_detentions(freed, FEW_DAYS)) == 1  # freed, and arrested again
    assert (
        len(
            find_repeated_detentions(
                rows.assign(began_date=rows["began_date"] + pd.to_timedelta([0, 0, 9], "D")),
                FEW_DAYS,
            )
        )
        == 1
    )


def test_a_build_tells_of_one_detention_told_with_two_days(path: Path, tmp_path: Path) -> None:
    path.write_text(LIST + "Eva Testal,2022-09-11,detenida\n", encoding="utf-8")
    made = build("imprisonment", [SourceFile("lista", path, is_demo=True)], tmp_path / "work")
    sheet = pd.read_csv(made.folder / "restricted" / "possible_duplicates.csv")
    assert sheet[["row_a", "row_b", "days_apart"]].values.tolist()[-1] == [3, 7, 3]
    [account] = made.quality
    assert account["accepted"] == 6  # shown, and none is removed


def test_a_turned_name_is_told_among_persons_killed_too(path: Path) -> None:
    rows = load("lista", path).accepted.rename(
        columns={"began_date": "event_date", "began_precision": "event_date_precision"}
    )
    found = find_possible_duplicates(rows)
    assert found[["row_a", "row_b", "why"]].values.tolist() == [[2, 4, TURNED], [2, 6, TURNED]]


def test_the_build_lists_them_in_a_sheet_and_says_so(path: Path, tmp_path: Path) -> None:
    made = build("imprisonment", [SourceFile("lista", path, is_demo=True)], tmp_path / "work")
    sheet = pd.read_csv(made.folder / "restricted" / "possible_duplicates.csv")
    assert sheet[["row_a", "row_b"]].values.tolist() == [[2, 4], [2, 6]]
    [line] = [one for one in made.lines if "one detention told twice" in one]
    assert line.startswith("Look: lista: 2 pair(s) of rows may be one detention told twice")
