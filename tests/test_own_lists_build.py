"""A list of one's own goes through build as any other; persons are invented."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from test_own_lists import LISTS, written
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.findings.model import KEPT_IN_VAULT, KEPT_OPEN
from hrdresearch.privacy.vault import make_identity, seal_file
from hrdresearch.run.build import BuildResult, SourceFile, build
from hrdresearch.run.own_lists import write_source
from hrdresearch.sources import get_facts
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.killings.study import Killings

BASIS = "basis: The invented organization agreed in writing.\n"


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))


def built(tmp_path: Path, study: str, language: str, more: str = "") -> BuildResult:
    path = written(tmp_path, "list.csv", LISTS[language])
    source = tmp_path / "sources" / "my-list" / "source.yml"
    if not source.exists():
        source = write_source(path, "my-list")
        source.write_text(source.read_text(encoding="utf-8") + BASIS, encoding="utf-8")
    source.write_text(source.read_text(encoding="utf-8") + more, encoding="utf-8")
    files = [SourceFile("my-list", path)]
    return build(study, files, tmp_path / "work", open_on_this_machine=True)


@pytest.mark.parametrize(
    ("study", "language", "table"),
    [
        ("killings", "es", "cases"),
        ("killings", "en", "cases"),
        ("imprisonment", "ru", "detentions"),
    ],
)
def test_a_proposed_list_is_built_and_no_row_is_lost(
    study: str, language: str, table: str, tmp_path: Path
) -> None:
    made = built(tmp_path, study, language)

    [account] = made.quality
    rows = pd.read_parquet(made.folder / f"{table}.parquet")
    assert (account["rows_in"], account["accepted"], account["set_aside"]) == (5, 5, 0)
    assert set(rows["source"]) == {"my-list"} and len(rows) == 5


def test_a_build_tells_of_rows_that_may_be_one_person_twice(tmp_path: Path) -> None:
    assert not [line for line in built(tmp_path, "killings", "es").lines if "same person" in line]
    head, first, *others = LISTS["es"].splitlines(keepends=True)
    path = written(tmp_path, "list.csv", head + first + "".join(others).rstrip() + "\n" + first)
    made = build(
        "killings", [SourceFile("my-list", path)], tmp_path / "work", open_on_this_machine=True
    )
    [line] = [line for line in made.lines if "same person" in line]
    assert "my-list: 1 pair(s) of rows may be the same person" in line


def test_charges_and_sentences_of_a_proposed_list_are_coded(tmp_path: Path) -> None:
    made = built(tmp_path, "imprisonment", "ru")

    rows = pd.read_parquet(made.folder / "detentions.parquet")
    assert list(rows["sentence_min_years"].fillna(0)) == [5.0, 7.0, 3.0, 0.0, 6.0]
    assert list(rows["state_iso3"]) == ["RUS", "RUS", "BLR", "RUS", "RUS"]


def test_a_build_says_truly_whether_its_list_is_kept_in_the_vault(tmp_path: Path) -> None:
    made = built(tmp_path, "killings", "es")

    [of_list] = Build("killings", made.build_id, made.folder).facts()
    assert (of_list["file"], of_list["sha256"]) == (KEPT_OPEN, KEPT_OPEN)
    assert KEPT_IN_VAULT not in (made.folder / "sources.json").read_text(encoding="utf-8")


def test_another_word_in_the_yml_makes_another_build(tmp_path: Path) -> None:
    first = built(tmp_path, "killings", "es")
    again = built(tmp_path, "killings", "es")
    changed = built(tmp_path, "killings", "es", "title: Another title\n")

    assert (again.build_id, again.is_new) == (first.build_id, False)
    assert changed.build_id != first.build_id
    assert get_facts("my-list").title == "Another title"


def test_a_sealed_list_is_looked_at_checked_and_built_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick" / "identity.txt"
    recipient = make_identity(stick)
    monkeypatch.setenv("HRD_IDENTITY", str(stick))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "disk").mkdir()
    sealed = seal_file(written(tmp_path / "disk", "lista.csv", LISTS["es"]), recipient)

    made = CliRunner().invoke(app, ["source", "new", str(sealed)])
    source = tmp_path / "sources" / "lista" / "source.yml"
    source.write_text(source.read_text(encoding="utf-8") + BASIS, encoding="utf-8")
    checked = CliRunner().invoke(app, ["source", "check", str(sealed), "--source", "lista"])
    result = build("killings", [SourceFile("lista", sealed)], tmp_path / "disk" / "work")

    assert (made.exit_code, checked.exit_code) == (0, 0)
    assert "5 filas de personas = 5 aceptadas + 0 aparte" in checked.output
    assert (result.folder / "cases.parquet.age").is_file()
    [of_list] = Build("killings", result.build_id, result.folder).facts()
    assert (of_list["file"], of_list["sha256"]) == (KEPT_IN_VAULT, KEPT_IN_VAULT)
    assert not list(tmp_path.rglob("*.parquet"))


def test_divisions_of_a_list_of_one_state_are_counted_in_its_internal_report(
    tmp_path: Path,
) -> None:
    made = built(tmp_path, "killings", "es")

    finding = Killings(Build("killings", made.build_id, made.folder), {}).by_division()
    numbers = {claim.name: claim.text for claim in finding.claims}
    assert [(row[0].text, numbers[str(row[1].claim)]) for row in finding.rows] == [
        ("Cauca", "3"), ("Chocó", "1"), ("Nariño", "1"),
    ]  # fmt: skip
