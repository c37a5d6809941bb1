"""From a list of one's own to its page in one command, and messages that can be copied. Rows are invented."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import lxml.html
import pytest
import typer
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.cli.called_as import as_called, echo_as_called, file_in_pieces, name_called
from hrdresearch.run.check import check
from hrdresearch.run.own_lists import write_source
from hrdresearch.run.own_lists.prompts import LANGUAGES, language_of
from hrdresearch.run.own_lists.uncoded import values_without_code
from hrdresearch.sources import load
from hrdresearch.sources.owner_texts import ASKED
from hrdresearch.vocab import vocabulary

REPOSITORY = Path(__file__).resolve().parents[1]
LINES = """\
No.,Nombre,Sexo,Fecha de captura,Delito,Pena,Situación actual,Quién la/lo capturó
1,Ana Invento Uno,F,03/02/2021,Usurpación,,sigue presa,PNC
2,Beto Invento Dos,M,14/05/2021,Sedición,,Arresto domiciliario,PNC
3,Carla Invento Tres,F,25/06/2022,Usurpación,,Libre con medidas,Ejército
4,Darío Invento Seis,M,26/06/2022,Usurpación,,palabra rara,Ejército
5,Ema Invento Ocho,F,27/06/2022,Usurpación,,sigue presa,PNC
TOTAL,5,,,,,,
"""


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An invented list in a folder like that of the project, in which nothing was built yet."""
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("HRD_SOURCES", raising=False)
    monkeypatch.delenv("HRD_IDENTITY", raising=False)
    (tmp_path / "data").mkdir()
    for name in ("notebooks", "studies.yml", "data/reference"):
        (tmp_path / name).symlink_to(REPOSITORY / name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "presas.csv").write_text(LINES, encoding="utf-8")
    return Path("presas.csv")


def page(*words: str, typed: str = "") -> tuple[int, str]:
    made = CliRunner().invoke(app, ["source", "page", *words], input=typed)
    return made.exit_code, made.output + (f"\n{made.exception}" if made.exception else "")


def test_a_list_that_lies_open_is_refused_with_the_lines_that_seal_it(listed: Path) -> None:
    code, said = page("presas.csv")

    assert code != 0
    steps = re.findall(r"^  (hrdresearch .*)$", said, re.MULTILINE)
    assert steps == [
        "hrdresearch vault init",
        "hrdresearch vault add presas.csv",
        "hrdresearch vault open",
        "hrdresearch source page data/raw/presas.csv.age --name presas",
    ]
    assert not Path("data/sources").exists()


@pytest.mark.long
def test_one_command_makes_the_page_and_asks_what_no_cell_tells(listed: Path) -> None:
    words = ("presas.csv", "--title", "Presas 2019-2024, caso 7", "--open-on-this-machine")
    asked = "detentions\nGTM\nagreement\n2026-01-31\nInvented list\ny\n"
    code, said = page(*words, typed=asked)
    assert code == 0, said
    assert "cada fila se imprime como una persona asesinada" in said  # the headings are Spanish
    assert "Ninguna columna dice el Estado" in said and "¿Es correcto?" in said
    assert "[Enter: agreement]" in said and "cuenta por acuerdo con la organización" in said
    assert "Build imprisonment again" not in said  # it is built right away
    assert "5 filas de personas = 5 aceptadas + 0 aparte" in said  # all were arrested
    assert "otras filas del archivo, que no cuentan (totales, títulos, notas): 1" in said
    assert "list_status, 'Situación actual': valores de una o dos filas cada uno" in said
    assert "palabra rara" not in said

    source = Path("data/sources/presas/source.yml")
    assert "# quién lleva la lista, p. ej." in source.read_text("utf-8")
    text = source.read_text("utf-8").replace(
        "  list_status:\n", "  list_status:\n    palabra rara: released\n"
    )
    source.write_text(text, encoding="utf-8")
    code, said = page(*words)  # nothing is asked again
    assert code == 0, said
    [replaced] = Path("data/processed/imprisonment/internal/all").glob("*/REPLACED.txt")
    assert not (replaced.parent.parent / "latest" / "REPLACED.txt").exists()
    assert not [p for p in check(replaced.parent, None).problems if "belong" in p]
    assert "5 filas de personas = 5 aceptadas + 0 aparte" in said
    made = Path("data/processed/imprisonment/internal/all/latest/report.html")
    told = " ".join(lxml.html.fromstring(made.read_text("utf-8")).text_content().split())
    assert "Detentions on the list “Presas 2019-2024, caso 7”" in told
    assert "holds five detentions of five persons in Guatemala" in told


def test_a_value_that_is_not_printed_says_how_to_see_it(listed: Path) -> None:
    write_source(listed, "presas", state="GTM")
    *_, last = values_without_code("presas", listed)
    shown = list(values_without_code("presas", listed, is_shown=True))

    assert "hrdresearch source check presas.csv --source presas --show" in last
    assert "  list_status, 'Situación actual': 'palabra rara' (1 row)" in shown


def test_a_state_that_is_not_known_is_told_and_takes_a_code_of_the_list(listed: Path) -> None:
    head, *rows, _ = LINES.splitlines()
    states = ("KE", "Tanz.", "Tanz.", "Uganda", "Tanz.")
    lines = [f"{head},País", *(f"{row},{s}" for row, s in zip(rows, states, strict=True))]
    listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
    write_source(listed, "presas")
    assert "  state, 'País': 'Tanz.' (3 rows)" in list(values_without_code("presas", listed))
    source = Path("data/sources/presas/source.yml")
    told = source.read_text("utf-8").replace(
        "crosswalks:\n", "crosswalks:\n  state:\n    Tanz.: TZA\n"
    )
    source.write_text(told, encoding="utf-8")
    loaded = load("presas", listed)
    assert loaded.accepted["state_iso3"].tolist() == ["KEN", "TZA", "TZA", "UGA", "TZA"]


def test_messages_name_the_program_as_it_was_called(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        typer, "echo", echo_as_called(said.append, "/opt/x y/hrdresearch", ["run", "source"])
    )
    typer.echo("Then: hrdresearch run killings (docs/hrdresearch run, the hrdresearch system)")

    assert said == [
        "Then: '/opt/x y/hrdresearch' run killings (docs/hrdresearch run, the hrdresearch system)"
    ]
    assert name_called("/opt/hrdresearch/cli/__main__.py") == "python -m hrdresearch.cli"
    assert as_called("hrdresearch running", "x", ["run"]) == "hrdresearch running"


def test_a_file_name_with_spaces_is_shown_with_quotation_marks(tmp_path: Path) -> None:
    file = tmp_path / "Registro FINAL v3.csv"
    file.write_text("a,b\n", encoding="utf-8")
    words = ["source", "page", *str(file).split(), "--name", "my-list"]
    assert file_in_pieces(words) == str(file)
    assert file_in_pieces(["source", "page", str(file), "--name", "my-list"]) == ""
    end = subprocess.run(
        [sys.executable, "-m", "hrdresearch.cli", *words], capture_output=True, text=True
    )
    assert end.returncode == 2 and f"between quotation marks: '{file}'" in end.stderr


def test_an_open_question_is_named_with_its_line(listed: Path) -> None:
    write_source(listed, "presas")
    lines = Path("data/sources/presas/source.yml").read_text("utf-8").splitlines()
    line = next(n for n, x in enumerate(lines, 1) if x.startswith("      state: "))
    told = CliRunner().invoke(
        app, ["source", "check", "presas.csv", "--source", "presas", "--show"]
    )
    assert (
        f'state (line {line}): a question is open ("?"), and no row is read before' in told.output
    )
    assert 'ISO3 code of the State in place of it, such as "GTM"' in told.output


def test_every_question_is_worded_in_each_language_with_the_same_places() -> None:
    words = vocabulary("list_prompts")["words"]
    assert set(ASKED) <= set(words)
    for key, of in words.items():
        assert set(of) == set(LANGUAGES), key
        assert (
            len({tuple(sorted(re.findall(r"{\w+(?:!r)?}", text))) for text in of.values()}) == 1
        ), key
    assert language_of(["Name", "Date of death", "Sex"]) == "en"
