"""What an empty day of release says, as the owner of a list answers; all persons are invented."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import yaml
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.own_lists import write_source
from hrdresearch.sources import load

LIST = """Nombre,Fecha de detención,País,SALIÓ
Fulana Ejemplo Uno,13/03/2021,NIC,15/04/2021
Fulano Ejemplo Dos,14/03/2021,NIC,
Fulana Ejemplo Tres,15/03/2021,NIC,20/05/2021
Fulano Ejemplo Cuatro,16/03/2021,NIC,
Fulana Ejemplo Cinco,17/03/2021,NIC,
"""


STATUS = """Nombre,Fecha de detención,País,SALIÓ,Situación actual
Fulana Ejemplo Uno,13/03/2021,NIC,15/04/2021,libre
Fulano Ejemplo Dos,14/03/2021,NIC,,detenido
Fulana Ejemplo Tres,15/03/2021,NIC,20/05/2021,libre
Fulano Ejemplo Cuatro,16/03/2021,NIC,,detenido
"""
REMARK = "3 persons are counted as not recorded whether they are still held"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    path = tmp_path / "lista.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def exits(path: Path, tmp_path: Path) -> list[str]:
    """Exits in the table of a build, by row of the list."""
    files = [SourceFile("lista", path, is_demo=True)]
    made = build("imprisonment", files, tmp_path / "work")
    rows = pd.read_parquet(made.folder / "detentions.parquet").sort_values("source_row")
    return rows["exit_code"].tolist()


@pytest.mark.parametrize(
    ("said", "expected"),
    [("", "not_recorded"), (", empty: held", "held"), (", empty: unknown", "unknown")],
)
def test_empty_day_of_release_is_held_only_where_the_owner_says_so(
    path: Path, tmp_path: Path, said: str, expected: str
) -> None:
    source = write_source(path, "lista", table="detentions")
    lines = source.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.strip().startswith("release_date:"))
    lines[at] = lines[at].replace("}", f"{said}}}", 1)
    source.write_text("\n".join(lines) + "\n", "utf-8")

    assert exits(path, tmp_path) == ["released", expected, "released", expected, expected]
    remarks = [str(note) for note in load("lista", path).notes]
    assert any(REMARK in remark for remark in remarks) == (not said)


def test_source_yml_asks_in_words_with_counts_and_the_list_is_read_meanwhile(path: Path) -> None:
    source = write_source(path, "lista", table="detentions")
    text = source.read_text("utf-8")
    asked = " ".join(line.strip(" #") for line in text.splitlines() if line.startswith("      #"))
    assert "3 of 5" in asked and "release_date: {column: SALIÓ, order: dmy, empty: held}" in asked
    assert "empty" not in yaml.safe_load(text)["layouts"]["list"]["reads"]["release_date"]

    line = ["source", "check", str(path), "--source", "lista", "--language", "en"]
    checked = CliRunner().invoke(app, line)
    assert checked.exit_code == 0 and REMARK in checked.output


@pytest.mark.parametrize(("answer", "expected"), [("", None), ("held", "held")])
def test_the_question_is_asked_at_the_terminal_and_enter_assumes_nothing(
    path: Path, answer: str, expected: str | None
) -> None:
    line = ["source", "new", str(path), "--table", "detentions", "--ask", "--language", "en"]
    made = CliRunner().invoke(app, line, input=f"{answer}\n" + "\n" * 6)
    assert made.exit_code == 0, made.output
    [source] = path.parent.glob("sources/lista/source.yml")
    reads = yaml.safe_load(source.read_text("utf-8"))["layouts"]["list"]["reads"]
    assert reads["release_date"].get("empty") == expected
    assert "'SALIÓ'" in made.output and "3 of 5" in made.output


@pytest.mark.parametrize("said", ["", "exit: {value: held}"])
def test_a_list_without_a_column_of_release_or_status_does_not_say_who_is_held(
    path: Path, tmp_path: Path, said: str
) -> None:
    path.write_text("\n".join(line.rpartition(",")[0] for line in LIST.splitlines()), "utf-8")
    source = write_source(path, "lista", table="detentions")
    lines = source.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.strip().startswith("arrest_date:"))
    lines[at:at] = [f"      {said}"] * bool(said)
    source.write_text("\n".join(lines) + "\n", "utf-8")

    assert exits(path, tmp_path) == ["held" if said else "not_recorded"] * 5
    remarks = [str(note) for note in load("lista", path).notes]
    counted = "5 persons are counted as not recorded whether they are still held: no column"
    assert any(counted in remark for remark in remarks) == (not said)


def test_where_a_status_says_who_is_held_nothing_is_asked(path: Path, tmp_path: Path) -> None:
    path.write_text(STATUS, encoding="utf-8")
    source = write_source(path, "lista", table="detentions")
    assert "empty:" not in source.read_text("utf-8")
    assert not [note for note in load("lista", path).notes if "still held" in str(note)]
    assert exits(path, tmp_path) == ["released", "held", "released", "held"]
