"""Days and months without a year in lists of one's own; all rows and persons are invented."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from hrdresearch.clean.dates_without_year import with_year
from hrdresearch.run.own_lists import write_source
from hrdresearch.sources import Loaded, load
from hrdresearch.sources.beside_the_table import SECTION

HEADS = ["No.", "Nombre", "Fecha de detención", "Fecha de liberación", "Situación actual"]
NAMES = ("Ana Inventada", "Eva Prueba", "Iris Testal", "Luz Ejemplo", "Rosa Invento")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


def loaded_from(folder: Path, rows: list[list[object]]) -> Loaded:
    path = folder / "lista.xlsx"
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    source = write_source(path, "lista", table="detentions", state="GTM")
    text = source.read_text("utf-8").replace('order: "?"', "order: dmy")
    source.write_text(text, encoding="utf-8")
    return load("lista", path)


def days(loaded: Loaded) -> dict[int, tuple[str, str]]:
    """Row -> day of arrest and its precision; "" where there is none."""
    rows = loaded.accepted
    told = rows["began_date"].dt.strftime("%Y-%m-%d").fillna("")
    return dict(
        zip(rows["source_row"], zip(told, rows["began_precision"], strict=True), strict=True)
    )


def told(loaded: Loaded, words: str) -> dict[int, tuple[str, str]]:
    issues = loaded.issues[loaded.issues["done"].str.contains(words)]
    return {
        row: (c, d)
        for row, c, d in zip(issues["row"], issues["column"], issues["done"], strict=True)
    }


def test_the_year_of_a_row_above_holds_until_the_next_one(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        HEADS,
        [1, NAMES[0], "8 sep", "", "detenida"],
        ["AÑO 2021"],
        [2, NAMES[1], "10 agosto", "9 ene", "detenida"],
        [3, NAMES[2], "15/03/2020", "", "detenida"],
        ["DICIEMBRE"],
        [4, NAMES[3], "29/11", "", "detenida"],
        [2022],
        [5, NAMES[4], "9 ene", "", "detenida"],
    ]
    loaded = loaded_from(tmp_path, rows)

    assert set(loaded.set_aside["reason"]) == {SECTION}
    assert loaded.set_aside["row"].tolist() == [3, 6, 8]
    assert days(loaded) == {
        2: ("", "unknown"),
        4: ("2021-08-10", "day"),
        5: ("2020-03-15", "day"),
        7: ("2021-11-29", "day"),
        9: ("2022-01-09", "day"),
    }
    column = HEADS[2]
    assert told(loaded, "row above") == {
        4: (column, "the year is that of the row above: row 3"),
        7: (column, "the year is that of the row above: row 3"),
        9: (column, "the year is that of the row above: row 8"),
    }
    assert loaded.accepted["released_date"].isna().all()  # a release may be of a later year


def test_a_heading_of_two_years_or_of_since_when_gives_none(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        HEADS,
        ["AÑO 2021"],
        [1, NAMES[0], "8 sep", "", "detenida"],
        ["2021-2022"],
        [2, NAMES[1], "10 agosto", "", "detenida"],
        ["Desde 2022"],
        [3, NAMES[2], "29/11", "", "detenida"],
        ["Actualizado 31/12/2022"],
        [4, NAMES[3], "9 ene", "", "detenida"],
    ]
    found = days(loaded_from(tmp_path, rows))
    assert found.pop(3) == ("2021-09-08", "day")
    assert found == dict.fromkeys((5, 7, 9), ("", "unknown"))


def test_a_column_of_the_year_gives_it_row_by_row(tmp_path: Path) -> None:
    heads = ["Nombre", "Año", "Fecha de detención", "Situación actual"]
    cells = [(2022, "8 sep"), (2021, "10 agosto"), ("", "29/11"), (2023, "9 de enero"), (2020, "")]
    rows = [[n, *c, "detenida"] for n, c in zip(NAMES, cells, strict=True)]
    loaded = loaded_from(tmp_path, [heads, *rows])

    assert days(loaded) == {
        2: ("2022-09-08", "day"),
        3: ("2021-08-10", "day"),
        4: ("", "unknown"),  # never that of a neighbour
        5: ("2023-01-09", "day"),
        6: ("2020-01-01", "year"),
    }
    words = "the year is that of column 'Año'"
    assert told(loaded, "the year is") == dict.fromkeys((2, 3, 5), (heads[2], words))


def test_a_narrow_list_has_rows_of_a_year_too(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Nombre", "Fecha de detención", "Situación actual"], ["AÑO 2022"]]
    rows += [[n, "8 sep", "detenida"] for n in NAMES]
    loaded = loaded_from(tmp_path, rows)
    assert set(days(loaded).values()) == {("2022-09-08", "day")} and len(loaded.accepted) == 5


def test_a_row_of_a_year_may_stand_in_the_column_of_names(tmp_path: Path) -> None:
    rows = [[n, one, "8 sep", "", "detenida"] for n, one in enumerate(NAMES, start=1)]
    loaded = loaded_from(tmp_path, [HEADS, ["", "AÑO 2022"], *rows])
    assert set(days(loaded).values()) == {("2022-09-08", "day")} and len(loaded.accepted) == 5


@pytest.mark.parametrize(
    ("cell", "order", "found"),
    [
        ("8 sep", "dmy", "2022-09-08"),
        ("10 de agosto", "ymd", "2022-08-10"),
        ("9-ene.", "dmy", "2022-01-09"),
        ("1er mars", "dmy", "2022-03-01"),
        ("8 сентября", "dmy", "2022-09-08"),
        ("8 سبتمبر", "dmy", "2022-09-08"),
        ("29/11", "dmy", "2022-11-29"),
        ("11/29", "mdy", "2022-11-29"),
        ("29/11", "ymd", "2022-11-29"),
        ("05/06", "ymd", ""),  # nothing tells the order
        ("11/29", "dmy", ""),
        ("31 feb", "dmy", ""),
        ("8 sep 2021", "dmy", ""),
        ("sep 22", "dmy", ""),  # read as a month and its year
        ("8 a 10 sep", "dmy", ""),
        ("8 personas", "dmy", ""),
        ("2022", "dmy", ""),
    ],
)
def test_only_a_whole_day_and_month_takes_a_year(cell: str, order: str, found: str) -> None:
    assert with_year(cell, 2022, order) == found
