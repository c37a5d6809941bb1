"""A list of detentions with two rows of headings, as it is first seen; every person is invented."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.run.own_lists import look_at_list, write_source
from hrdresearch.run.own_lists.shown_rows import rows_as_read
from hrdresearch.run.own_lists.words import heading_scores
from hrdresearch.sources import SourceError, get_facts, load
from hrdresearch.sources.registry import get_spec

UPPER = ["N°", "Persona", "", "Lugar", "Detención", "", "", "Situación", ""]
LOWER = [
    "",
    "Apellidos y nombres",
    "Sexo",
    "País",
    "Fecha",
    "¿Tuvo abogado/a?",
    "Tortura",
    "Estado actual",
    "Fecha de salida",
]
SAID = ["trasladada/o", "trasladada/o", "trasladada/o", "absuelta/o", "absuelta/o", "en prisión"]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Red de ejemplo: personas detenidas"])
    sheet.append(UPPER)
    sheet.append(LOWER)
    for n, said in enumerate(SAID, start=1):
        name = f"Ejemplo Uno, Fulana {'ABCDEF'[n - 1]}"
        lawyer = "Sí" if n % 2 else "No"
        sheet.append([n, name, "F", "Nicaragua", f"{12 + n}/3/2021", lawyer, "Sí", said, ""])
    for merged in ("B2:C2", "E2:G2", "H2:I2"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "lista.xlsx")
    return tmp_path / "lista.xlsx"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Detención / Fecha", "arrest_date"),
        ("Arresto / Día", "arrest_date"),
        ("Arrestation / Date", "arrest_date"),
        ("Prisão / Data", "arrest_date"),
        ("Арест / Дата", "arrest_date"),
        ("الاعتقال / التاريخ", "arrest_date"),
        ("Arrest / Date", "arrest_date"),
        ("Detention / Date", "arrest_date"),
        ("Liberación / Fecha", "release_date"),
        ("Освобождение / Дата", "release_date"),
        ("Release / Date", "release_date"),
        ("Sentencia / Fecha", "sentence_date"),
        ("Muerte / Fecha", "date"),
        ("Death / Date", "death_date"),
        ("Naissance / Date", "birth_date"),
    ],
)
def test_the_upper_heading_says_what_a_date_is_of(heading: str, field: str) -> None:
    scores = heading_scores(heading)
    assert scores[field] >= 0.9
    assert field == "death_date" or "date" not in scores or field == "date"


def test_a_date_under_no_event_stays_the_date_of_the_list() -> None:
    assert heading_scores("Datos / Fecha")["date"] == 0.9
    assert heading_scores("Fecha / Date")["date"] >= 0.9


def test_a_heading_that_says_the_contrary_is_read_turned_round_and_no_other_column_is(
    path: Path,
) -> None:
    proposals = {p.column: p for p in look_at_list(path).proposals}
    assert proposals["Detención / Fecha"].field == "arrest_date"
    lawyer = proposals["Detención / ¿Tuvo abogado/a?"]
    assert (lawyer.field, lawyer.sure, lawyer.how["yes_means"]) == ("lawyer_absent", "guess", "no")
    write_source(path, "my-list")
    rows = load("my-list", path).accepted
    by_code = rows[["lawyer_absent_code", "ill_treated_code"]].drop_duplicates()
    assert set(by_code.itertuples(index=False, name=None)) == {("no", "yes"), ("yes", "yes")}
    assert rows.set_index("source_row").loc[9, "lawyer_absent_code"] == "yes"  # "No"


@pytest.mark.parametrize("heading", ["No tuvo abogado", "Sin abogado", "Without a lawyer"])
def test_a_heading_that_denies_is_not_turned_round(heading: str, path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.active["F3"] = heading
    book.save(path)
    lawyer = look_at_list(path).proposals[5]
    assert lawyer.field == "lawyer_absent"
    assert "yes_means" not in lawyer.how


def test_yes_means_takes_no_other_word(path: Path) -> None:
    yml = write_source(path, "my-list")
    yml.write_text(yml.read_text("utf-8").replace('yes_means: "no"', "yes_means: perhaps"), "utf-8")
    with pytest.raises(SourceError, match="lawyer_absent: yes_means is no"):
        load("my-list", path)


def test_statuses_without_a_code_are_told_with_their_rows_before_and_after(path: Path) -> None:
    said = CliRunner().invoke(app, ["source", "new", str(path), "--name", "my-list"])
    assert (
        "3 personas se cuentan por su fecha de detención, pero lo que les pasó no tiene código"
        in said.output
    )
    yml = (path.parent / "sources" / "my-list" / "source.yml").read_text("utf-8")
    assert '"trasladada/o": "?"  # 3 rows have no code' in yml
    assert "# of 3 rows the value has no code:" in yml
    assert '"absuelta/o": released' in yml
    lines = list(rows_as_read("my-list", path))
    assert "  list_status, 'Situación / Estado actual': 'trasladada/o' (3 filas)" in lines


def test_who_was_banished_was_held_where_a_day_of_arrest_says_so(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for row, said in ((4, "desterrada/o"), (5, "Excarcelado y desterrado"), (6, "desterrada")):
        book.active.cell(row, 8).value = said
    book.active["E6"] = None
    book.save(path)
    write_source(path, "my-list")
    loaded = load("my-list", path)

    exits = loaded.accepted.set_index("source_row")["exit_as_recorded"]
    assert exits.loc[[4, 5]].tolist() == ["banished", "banished"]
    assert 6 in set(loaded.set_aside["row"]), "nothing says that this person was held"


def test_a_policy_that_says_only_how_long_is_that_of_a_restricted_list(path: Path) -> None:
    yml = write_source(path, "my-list")
    text = yml.read_text("utf-8")
    yml.write_text(text + "policy:\n  keep: {rows_months: 60, files_months: 24}\n", "utf-8")
    facts, template = get_facts("my-list"), get_facts("detentions")
    assert facts.policy == template.policy
    assert get_spec("my-list").facts.keep == {"rows_months": 60, "files_months": 24}


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("policy: restricted", "policy: it takes lines"),
        ("policy: {public_by_name: true}", "lacks reason under policy"),
        ("policy: {public_by_name: perhaps}", "public_by_name is true or false"),
    ],
)
def test_a_wrong_policy_is_told_in_words_with_file_and_key(
    policy: str, said: str, path: Path
) -> None:
    yml = write_source(path, "my-list")
    yml.write_text(yml.read_text("utf-8") + policy + "\n", "utf-8")
    with pytest.raises(SourceError, match=said) as error:
        load("my-list", path)
    assert str(yml) in str(error.value)
    assert "__init__" not in str(error.value)
