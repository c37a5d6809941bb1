"""Letters of sex under a short or unknown heading; persons are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrdresearch.run.own_lists import propose_columns, write_source
from hrdresearch.sources import load

NAMES = ("Ana Inventada", "Luis Ejemplo", "Eva Prueba", "Omar Testal", "Ia Muestra")


def written(folder: Path, heading: str, letters: tuple[str, ...]) -> Path:
    rows = zip(range(1, 6), NAMES, letters, strict=True)
    lines = [f"{n},{name},{letter},2021-03-1{n}" for n, name, letter in rows]
    path = folder / "list.csv"
    path.write_text(
        "\n".join([f"No,Nombre,{heading},Fecha de detención", *lines]), encoding="utf-8"
    )
    return path


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


@pytest.mark.parametrize("heading", ["S", "Sx", "G", "Gén.", "Columna rara"])
@pytest.mark.parametrize("letters", ["FMFMF", "MHMHM", "жмжмж", "أذأذأ"])
def test_letters_of_sex_are_read_under_a_short_or_unknown_heading(
    heading: str, letters: str, tmp_path: Path
) -> None:
    path = written(tmp_path, heading, tuple(letters))
    found = propose_columns(path, "detentions").set_index("column")
    write_source(path, "list", table="detentions", state="GTM")
    sexes = load("list", path).accepted["sex_code"]

    assert (found.at[heading, "field"], found.at["No", "field"]) == ("sex", "case_id")
    assert heading in ("Sx", "Gén.") or found.at[heading, "sure"] == "guess"
    assert sexes.tolist() == ["female", "male", "female", "male", "female"]


@pytest.mark.parametrize("letters", ["FFGFG", "MTMTM", "SNSNS"])
def test_other_letters_are_no_sex(letters: str, tmp_path: Path) -> None:
    path = written(tmp_path, "S", tuple(letters))
    found = propose_columns(path, "detentions").set_index("column")

    assert found.at["S", "field"] == ""
