# ruff: noqa: E501 - rows of lists stand as they are
"""Words that organizations write into cells, read by the vocabularies; every person is invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_own_lists import written
from typer.testing import CliRunner

from hrdresearch.clean.value_words import code_of
from hrdresearch.cli import app
from hrdresearch.run.own_lists import write_source
from hrdresearch.sources import load


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


@pytest.mark.parametrize(
    "word", ["LGTBI", "LGBTI+", "LGBTIQ", "persona LGBTI", "مجتمع الميم", "ЛГБТ"]
)
def test_an_identity_that_a_list_records_as_lgbti_has_a_code_of_its_own(word: str) -> None:
    assert code_of(word, "identity") == (("lgbti",), True)
    assert code_of(word, "identity") != code_of("Mujeres", "identity")


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("En investigación", "under_investigation"),
        ("En juicio", "under_investigation"),
        ("Enquête en cours", "under_investigation"),
        ("قيد التحقيق", "under_investigation"),
        ("Расследуется", "under_investigation"),
        ("Em investigação", "under_investigation"),
        ("Sentencia condenatoria", "conviction"),
        ("Archivado", "closed"),
        ("Classé sans suite", "closed"),
        ("Impunidad", "complete"),
    ],
)
def test_what_became_of_a_case_is_told_from_impunity_and_from_not_known(
    word: str, code: str
) -> None:
    assert code_of(word, "impunity") == ((code,), True)


@pytest.mark.parametrize(
    "vocabulary", ["perpetrator", "motive_link", "asked_fact", "recorded_fact"]
)
def test_under_investigation_is_not_known_of_any_other_fact(vocabulary: str) -> None:
    assert code_of("En investigación", vocabulary) == (("unknown",), True)


@pytest.mark.parametrize("word", ["Detenido/a", "detenida/o", "Detenid@", "Détenu(e)", "arrêté/e"])
def test_a_word_written_for_a_man_and_a_woman_at_once_is_read_as_a_whole(
    word: str, tmp_path: Path
) -> None:
    path = written(
        tmp_path,
        "list.csv",
        HELD.split("\n")[0] + f"\n1,Ana Ejemplo Uno,13/05/2020,daños,,,{word}\n",
    )
    write_source(path, "my-list", state="HND")
    assert len(load("my-list", path).accepted) == 1


HELD = """No.,Nombre completo,Fecha de detención,Delitos imputados,Condena,Fecha de liberación,Situación actual
1,Fulana Ejemplo Uno,13/05/2020,terrorismo,5 años,,Detenido/a
2,Fulano Ejemplo Dos,14/05/2020,terrorismo,5 años,14/05/2022,Cumplió condena
3,Zutana Ejemplo Tres,15/05/2020,terrorismo,5 años,,Falleció en prisión
4,Zutano Ejemplo Cuatro,16/05/2020,terrorismo,,16/07/2020,En libertad con medidas
5,Sicrana Ejemplo Cinco,17/05/2020,terrorismo,,,Arresto domiciliario
6,Sicrano Ejemplo Seis,18/05/2020,terrorismo,,,s/d
7,Mengana Ejemplo Siete,19/05/2020,terrorismo,,,En el exilio
8,Mengano Ejemplo Ocho,,terrorismo,,,Falleció en prisión
"""


def test_the_situation_today_tells_whether_the_person_was_held_and_how_it_ended(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "detenidas.csv", HELD)
    write_source(path, "my-list", state="HND")
    loaded = load("my-list", path)
    rows = loaded.accepted.set_index("record_id")["exit_as_recorded"]
    assert rows.to_dict() == {
        "1": "held",
        "2": "end_of_term",
        "3": "died_in_custody",
        "4": "released",
        "5": "held",
        "6": "unknown",
    }
    # Who lives in exile is told by no day of detention, and who is dead by no day of arrest.
    assert list(loaded.set_aside["row"]) == [8, 9]


def test_source_check_prints_no_age_of_a_person_held(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "detenidas.csv",
        HELD.replace("Condena,", "Condena,Edad,").replace("5 años,", "5 años,47,"),
    )
    write_source(path, "my-list", state="HND")
    told = CliRunner().invoke(app, ["source", "check", str(path), "--source", "my-list"]).output
    told = "".join(told.split()).replace(str(tmp_path), "")  # whose name may hold any number
    assert "age_as_published=***" in told and "47" not in told
