"""A stated basis holds for a list whose columns change a little, and no further; persons are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.privacy.keys import study_key
from hrdresearch.run.consents import read_answers

HEADS = "No.,Nombre,Sexo,Fecha de captura,Delito"
WORDS = "Acuerdo inventado con la red"
HOLDS = "cambiaron algunas columnas, no las de los nombres: vale el fundamento del 2026-01-31"
STATED = [
    *("--table", "detentions", "--state", "GTM"),
    *("--basis", "agreement", "--date", "2026-01-31", "--words", WORDS),
]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in ("HRD_SOURCES", "HRD_IDENTITY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("hrdresearch.cli.reports.run", lambda *_: None)  # no report is made here
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def basis_is_stated() -> None:
    """Takes the place of what lets all other tests build lists without a basis."""


def page(head: str, *more: str, typed: str = "") -> tuple[int, str]:
    width = len(head.split(","))
    names = ("Ana Inventada", "Eva Prueba", "Iris Testal", "Luz Ejemplo", "Rosa Invento")
    rows = [[f"{n}", one, "F", f"1{n}/02/2021", "Sedición"] for n, one in enumerate(names, start=3)]
    lines = [",".join([*row, *["x"] * (width - len(row))][:width]) for row in rows]
    Path("lista.csv").write_text("\n".join([head, *lines]), encoding="utf-8")
    if Path("data/sources/lista").exists() and "Nombre" not in head:
        source = Path("data/sources/lista/source.yml")
        text = source.read_text("utf-8").replace("Nombre", head.split(",")[1])
        source.write_text(text, encoding="utf-8")
    words = ["source", "page", "lista.csv", "--open-on-this-machine", "--language", "es", *more]
    made = CliRunner().invoke(app, words, input=typed)
    return made.exit_code, made.output + (f"\n{made.exception}" if made.exception else "")


def test_a_basis_holds_where_a_column_is_added_and_those_of_names_stay() -> None:
    code, said = page(HEADS, *STATED)
    assert code == 0 and HOLDS not in said, said
    for more in (",Juzgado", ",Juzgado,Visitas"):
        code, said = page(HEADS + more)
        assert code == 0 and said.count(HOLDS) == 1, said


def test_a_column_of_names_that_is_read_later_counts_from_then_on() -> None:
    page(HEADS, *STATED)
    source = Path("data/sources/lista/source.yml")
    whole = source.read_text("utf-8")
    [line] = [one for one in whole.splitlines(keepends=True) if "column: Nombre" in one]
    left_out = whole.replace(line, "").replace(
        "crosswalks:", "    left_out: [Nombre]\ncrosswalks:", 1
    )
    file = Path("data/processed/imprisonment/basis_lists.json")
    file.unlink()
    source.write_text(left_out, encoding="utf-8")
    assert page(HEADS)[0] == 0
    source.write_text(whole.replace("title: Lista", "title: Otra"), encoding="utf-8")
    assert page(HEADS)[0] == 0
    code, said = page(f"{HEADS},Juzgado")
    assert code == 0 and HOLDS in said, said


@pytest.mark.parametrize(
    "head", [f"{HEADS},Juzgado,Visitas,Lugar", HEADS.replace("Nombre", "Persona")]
)
def test_else_it_is_asked_in_the_language_of_the_list_with_the_earlier_words(head: str) -> None:
    page(HEADS, *STATED)
    code, said = page(head, typed="\n")
    assert code == 1 and "para una lista con otras columnas" in said, said
    assert "hrdresearch consents imprisonment --of lista --basis agreement" in said

    code, said = page(head, typed="y\n\n\ny\n")  # the same list, day and words as before
    assert code == 0 and f"Quedará escrito: {WORDS}" in said, said
    work = Path("data/processed/imprisonment")
    told = [a.consent for a in read_answers(work, study_key("imprisonment"))]
    assert [(c.basis_words, str(c.date)) for c in told] == [(WORDS, "2026-01-31")] * 2
    code, said = page(head)
    assert code == 0 and "otras columnas" not in said, said
