# ruff: noqa: E501 - rows of lists stand as they are
"""A list of attacks in an organization's own columns, in French; every person is invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_own_lists import written
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.own_lists import look_at_list, propose_columns, write_source
from hrdresearch.sources import load
from hrdresearch.studies.attacks.study import Attacks
from hrdresearch.studies.ground.build import Build

LIST = """N°;Nom et prénom;Sexe;Profession;Date de l'incident;Province;Type d'attaque;En ligne / hors ligne;Auteur présumé;Issue de l'arrestation;Suites données;Commentaires
1;Unetelle Exemple Un;F;journaliste;13/02/2021;Nord-Kivu;Menaces de mort;en ligne;inconnu;;aucune suite;
2;Untel Exemple Deux;H;avocate;14/02/2021;Kinshasa;Arrestation;hors ligne;police;libéré;;Inventé.
3;Untel Exemple Deux;H;avocate;15/06/2021;Kinshasa;Menaces; hors ligne;police;;enquête ouverte;
4;Machine Exemple Trois;F;syndicaliste;16/06/2021;Ituri;Menaces de mort;en ligne;armée;;;
5;Machin Exemple Quatre;H;journaliste;17/06/2021;Ituri;Arrestation;hors ligne;police;en détention;aucune suite;
6;Untel Exemple Cinq;H;journaliste;18/06/2021;Ituri;Menaces;en ligne;inconnu;;;
"""


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))


def test_columns_of_a_list_of_attacks_are_proposed(tmp_path: Path) -> None:
    found = propose_columns(written(tmp_path, "attaques.csv", LIST), "attacks")
    assert " ".join(field or "-" for field in found["field"]) == (
        "case_id name sex identity date admin1 act space perpetrator custody followed -"
    )


def test_persons_who_were_threatened_are_not_taken_for_persons_killed(tmp_path: Path) -> None:
    assert look_at_list(written(tmp_path, "attaques.csv", LIST)).table == "attacks"
    dead = LIST.replace("Menaces de mort", "Assassinat").replace("Menaces", "Assassinat")
    assert look_at_list(written(tmp_path, "tues.csv", dead)).table == "cases"


def test_a_list_of_attacks_is_built_and_counted(tmp_path: Path) -> None:
    path = written(tmp_path, "attaques.csv", LIST)
    source = write_source(path, "my-list", table="attacks", state="COD")
    source.write_text(source.read_text(encoding="utf-8") + "basis: Invented.\n", encoding="utf-8")
    loaded = load("my-list", path)
    rows = loaded.accepted
    assert list(rows["attack_act_codes"]) == [
        "death_threat", "arrest", "threat", "death_threat", "arrest", "threat"
    ]  # fmt: skip
    assert list(rows["custody_code"])[1:5] == [
        "released", "not_applicable", "not_applicable", "in_custody"
    ]  # fmt: skip
    assert set(rows["sex_code"]) == {"female", "male"}
    assert "space_code" in loaded.facts.asked and "charge_status_code" not in loaded.facts.asked

    files = [SourceFile("my-list", path)]
    made = build("attacks", files, tmp_path / "work", open_on_this_machine=True)
    study = Attacks(Build("attacks", made.build_id, made.folder), {})
    numbers = {c.name: c.value for c in (*study.extent().claims, *study.by_kind().claims)}
    assert (numbers["extent.attacks"], numbers["by_kind.arrest"]) == (6, 2)
    assert (study.by_state().rows, study.kind_by_victim().rows) == (
        (),
        (),
    )  # one State, persons only
    said = [study.charges().statements, study.charges().rows, study.charges().key_sentences]
    told = "The file read of My list has no field for what became of the charges."
    assert said == [(f"{told} That says nothing either way.",), (), ()]


def test_source_check_prints_no_name_of_a_list_of_attacks(tmp_path: Path) -> None:
    path = written(tmp_path, "attaques.csv", LIST)
    write_source(path, "my-list", table="attacks", state="COD")
    command = ["source", "check", str(path), "--source", "my-list"]
    told = CliRunner().invoke(app, command)
    assert told.exit_code == 0, told.output
    assert "Exemple" not in told.output and "victims=***" in told.output
    assert "Exemple" in CliRunner().invoke(app, [*command, "--show"]).output


def test_words_without_a_code_are_not_called_not_recorded(tmp_path: Path) -> None:
    text = LIST.replace(
        "Menaces de mort;en ligne;inconnu;;aucune", "Vilenie;en ligne;inconnu;;aucune"
    )
    path = written(tmp_path, "attaques.csv", text.replace(";armée;", ";milice et vilains;"))
    source = write_source(path, "my-list", table="attacks", state="COD")
    source.write_text(source.read_text(encoding="utf-8") + "basis: Invented.\n", encoding="utf-8")
    loaded = load("my-list", path)
    assert dict(loaded.uncoded) == {"attack_act_codes": 1, "perpetrator_codes": 1}
    both = "not recorded, or recorded in words without a code,"
    assert dict(loaded.facts.unknown_as) == {
        f"{column}.{key}": words
        for column in loaded.uncoded
        for key, words in (("not_recorded", both), ("known", "in words that have a code"))
    }

    files = [SourceFile("my-list", path)]
    made = build("attacks", files, tmp_path / "work", open_on_this_machine=True)
    finding = Attacks(Build("attacks", made.build_id, made.folder), {}).by_kind()
    [told] = finding.statements
    assert "whose kind is recorded in words that have a code" in told
    assert (
        "The kind is not recorded, or recorded in words without a code, for {{ by_kind.not_recorded }}."
        in told
    )
    assert "tell}} this in" in told.replace(" }}", "}}")
    numbers = {c.name: c.value for c in finding.claims}
    assert (numbers["by_kind.known"], numbers["by_kind.uncoded"]) == (5, 1)
    assert finding.rows[-1][0].text == "Not recorded, or recorded in words without a code"


def test_what_became_of_a_complaint_is_what_followed_an_attack(tmp_path: Path) -> None:
    for heading in ("En qué va la denuncia", "Estado de la investigación"):
        path = written(tmp_path, "attaques.csv", LIST.replace("Suites données", heading))
        found = propose_columns(path, "attacks").set_index("column")["field"]
        assert found[heading] == "followed"
