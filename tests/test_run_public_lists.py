"""A list of one's own is printed with exact numbers only after a person has stated so; all is invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_own_lists import LISTS, written
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.privacy.desk_keys import make_desk_key
from hrdresearch.privacy.vault import make_identity, seal_file
from hrdresearch.run.build import BuildResult, SourceFile, build
from hrdresearch.run.errors import RunError
from hrdresearch.run.execute import run
from hrdresearch.run.own_lists import write_source
from hrdresearch.run.public_lists import state_public
from hrdresearch.sources import SourceError, get_facts

PUBLIC = "policy: {public_by_name: true, reason: The organization prints the names.}\n"
TEXTS = """publisher: Invented Observatory
definition: Invented persons, printed with their names.
coverage: One invented State.
citation: Invented Observatory, list of 2024
licence: CC0
"""
FIRST, SECOND = "anchor bottle candle dragon", "feather garden hammer island"


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path, "hurry.csv", LISTS["es"])


def source(path: Path, more: str) -> Path:
    made = write_source(path, "hurry")
    made.write_text(made.read_text(encoding="utf-8") + more, encoding="utf-8")
    return made


def built(path: Path, tmp_path: Path) -> BuildResult:
    return build("killings", [SourceFile("hurry", path)], tmp_path / "work")


def test_the_proposed_source_has_no_line_that_makes_the_list_public(path: Path) -> None:
    text = source(path, "").read_text(encoding="utf-8")

    assert "public_by_name" not in text and "own-list.md" in text


@pytest.mark.parametrize(
    ("texts", "named"),
    [
        ("", "publisher, definition, coverage, citation, licence"),
        (TEXTS.replace("CC0", "Shared in confidence"), "licence"),
        (
            TEXTS.replace("definition: Invented", "definition: Names are not public. Some"),
            "definition",
        ),
    ],
)
def test_a_public_list_whose_texts_speak_of_confidence_is_refused(
    texts: str, named: str, path: Path, tmp_path: Path
) -> None:
    source(path, PUBLIC + texts)

    with pytest.raises(SourceError, match=f"but {named} still say"):
        built(path, tmp_path)


def test_a_list_of_detentions_has_no_public_texts_of_its_template(tmp_path: Path) -> None:
    source(written(tmp_path, "hurry.csv", LISTS["ru"]), PUBLIC)

    with pytest.raises(
        SourceError, match=r"publisher, definition, coverage, citation, licence still"
    ):
        get_facts("hurry")


def test_a_sealed_list_is_never_public(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source(path, PUBLIC + TEXTS)
    state_public("killings", tmp_path / "work", "hurry", "hurry")
    stick = tmp_path / "stick" / "identity.txt"
    recipient = make_identity(stick)
    monkeypatch.setenv("HRD_IDENTITY", str(stick))
    sealed = seal_file(path, recipient)

    for file in (
        sealed,
        written(tmp_path, "hurry.csv", LISTS["es"]),
    ):  # an open copy beside it, too
        with pytest.raises(RunError, match=r"kept in the vault"):
            built(file, tmp_path)
    assert not list(tmp_path.rglob("*.parquet"))


def test_a_public_list_is_built_after_its_name_was_typed(path: Path, tmp_path: Path) -> None:
    yml = source(path, PUBLIC + TEXTS)
    work = tmp_path / "work"
    with pytest.raises(RunError, match="consents killings --of hurry --basis public"):
        built(path, tmp_path)
    command = ["consents", "killings", "--of", "hurry", "--basis", "public", "--work", str(work)]
    assert CliRunner().invoke(app, command, input="other\n").exit_code != 0
    with pytest.raises(RunError, match="nobody has confirmed"):
        built(path, tmp_path)
    said = CliRunner().invoke(app, command, input="hurry\n")
    made = built(path, tmp_path)

    assert "Exact numbers and names of hurry may then be published" in said.output
    assert "definition: Invented persons, printed with their names." in said.output
    assert "Exact numbers and names of hurry may be published" in made.releases
    assert "Exact numbers and names of hurry may be published" in built(path, tmp_path).releases
    yml.write_text(yml.read_text("utf-8").replace("CC0", "CC-BY"), encoding="utf-8")
    with pytest.raises(RunError, match="for the present texts"):
        built(path, tmp_path)


@pytest.mark.usefixtures("quick_passphrases")
def test_where_desks_have_keys_two_of_them_state_it(path: Path, tmp_path: Path) -> None:
    source(path, PUBLIC + TEXTS)
    work = tmp_path / "work"
    state_public("killings", work, "hurry", "hurry")
    built(path, tmp_path)
    make_desk_key("desk-4", FIRST)
    make_desk_key("desk-7", SECOND)
    with pytest.raises(RunError, match="2 more desk"):  # the report of the build that is there, too
        run("killings", {}, work, tmp_path / "out")
    with pytest.raises(RunError, match="each with --desk"):
        state_public("killings", work, "hurry", "hurry")
    state_public("killings", work, "hurry", "hurry", "desk-4", FIRST)
    book = work / "killings" / "decisions" / "public_lists.json"
    forged = json.loads(book.read_text("utf-8"))
    for held in forged["hurry"].values():
        held["desk-7"] = held["desk-4"]
    book.write_text(json.dumps(forged), encoding="utf-8")
    with pytest.raises(RunError, match="1 more desk"):
        built(path, tmp_path)
    said = state_public("killings", work, "hurry", "hurry", "desk-7", SECOND)

    assert said.startswith("hurry: stated as published")
    assert built(path, tmp_path).is_new


def test_a_restricted_list_cannot_be_stated_public(path: Path, tmp_path: Path) -> None:
    source(path, "")

    for slug in ("hurry", "restricted-list", "cpt"):
        with pytest.raises(RunError, match=r"not a list of your own whose source\.yml"):
            state_public("killings", tmp_path / "work", slug, slug)
