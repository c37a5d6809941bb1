"""On what basis a restricted list is counted: nobody assumes it. Persons and agreements are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_run_build import INVENTED, work  # noqa: F401
from test_run_consents import answers, built
from test_run_withdraw import restricted
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.privacy.vault import make_identity
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import read_json
from hrdresearch.run.own_lists import look_at_list
from hrdresearch.run.own_lists.source_text import write_look
from hrdresearch.run.release_desk import show_releases
from hrdresearch.run.stated_basis import state_basis

WORDS = "letter of the Fundación Inventada"
GIVEN = ("restricted-list", "agreement", "2026-01-31", WORDS)


@pytest.fixture
def basis_is_stated() -> None:
    """Takes the place of what lets all other tests build lists without a basis."""


def test_a_list_is_not_built_before_its_basis_is_stated_and_none_is_asserted(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    with pytest.raises(RunError, match="nobody has stated on what basis"):
        built(work, tmp_path)
    asked = ["consents", "killings", "--work", str(work), "--of", "restricted-list"]
    given = ["--basis", "agreement", "--date", "2026-01-31"]
    typed = f"letter of 2026\n\n{WORDS}\ny\n"  # read back: Enter alone is no, and it is put right
    stated = CliRunner().invoke(app, [*asked, *given], input=typed)
    assert stated.exit_code == 0 and f"Stated will be: {WORDS}\nIs that right?" in stated.output
    made, rows = built(work, tmp_path)
    assert rows == [2, 3, 4]
    assert (
        "restricted-list: counted by an agreement with the organization that shared it, dated 2026-01-31"
        in made.releases
    )
    [facts] = read_json(made.folder / "sources.json")
    assert facts["citation"].endswith("shared in confidence; basis recorded")
    assert facts["basis"] == "" and WORDS not in (made.folder / "sources.json").read_text("utf-8")
    told = list(show_releases("killings", work))
    assert told[2] == (
        f"Basis, dated 2026-01-31: an agreement with the organization that shared it: {WORDS}"
    )


def test_the_same_statement_says_that_each_case_needs_a_consent_of_its_own(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    answers(work, {"case_id": f"c{INVENTED[1][0]}", "given_by": "next_of_kin"})
    state_basis("killings", work, "restricted-list", "consent", "2026-01-31", "")
    assert built(work, tmp_path)[1] == [3]
    told = list(show_releases("killings", work))
    assert "Rows left out, because a consent or another basis is missing: 2" in told


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (("restricted-list", "silence", "2026-01-31", WORDS), "--basis must be one of"),
        (("restricted-list", "agreement", "2026-01-31", " "), "is said in words"),
        (("restricted-list", "other", "", WORDS), "date is empty"),
        (("restricted-list", "other", "2999-01-31", WORDS), "is in the future"),
        (("global-witness", "agreement", "2026-01-31", WORDS), "takes no consents"),
    ],
)
def test_a_basis_that_says_nothing_is_refused(
    work: Path,  # noqa: F811
    given: tuple[str, str, str, str],
    why: str,
) -> None:
    with pytest.raises(RunError, match=why):
        state_basis("killings", work, *given)


def test_a_statement_before_the_first_build_is_sealed_where_there_is_a_vault(
    work: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_identity(tmp_path / "stick.txt")
    monkeypatch.setenv("HRD_IDENTITY", str(tmp_path / "stick.txt"))
    state_basis("killings", work, *GIVEN)
    kept = work / "killings" / "decisions"
    assert [path.name for path in kept.iterdir()] == ["consents.csv.age"]


def test_invented_lists_need_no_basis(work: Path, tmp_path: Path) -> None:  # noqa: F811
    demo = SourceFile("restricted-list", restricted(tmp_path).path, is_demo=True)
    made = build("killings", [demo], work)
    assert not made.folder.joinpath("sources.json").read_text("utf-8").count("basis recorded")
    assert "Basis: invented cases, none is needed" in list(show_releases("killings", work))


def test_another_list_under_the_same_name_does_not_inherit_the_basis(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    path, folder = tmp_path / "list.csv", tmp_path / "work"

    def build_list(heads: str, owner: str) -> None:
        rows = [f"Ann{n} Example,2020-02-1{n},COL" for n in range(3)]
        path.write_text("\n".join([heads, *rows]), encoding="utf-8")
        source = write_look(look_at_list(path), "my-list", is_replaced=True)
        text = source.read_text("utf-8").replace('publisher: ""', f'publisher: "{owner}"')
        source.write_text(text, encoding="utf-8")
        build("killings", [SourceFile("my-list", path)], folder, open_on_this_machine=True)

    stated = ("killings", folder, "my-list", "agreement", "2026-01-31", WORDS)
    heads, others = "Name,Date of death,Country", "Victim,Date of death,Country"
    write_look_first(path, heads)
    state_basis(*stated)
    build_list(heads, "")
    build_list(heads, "Red Inventada")  # who kept the list was not said before
    with pytest.raises(RunError, match="for a list with another owner"):
        build_list(heads, "Otra Red")
    with pytest.raises(RunError, match="with other columns"):
        build_list(others, "Red Inventada")
    state_basis(*stated)
    build_list(others, "Otra Red")


def write_look_first(path: Path, heads: str) -> None:
    path.write_text(f"{heads}\nAnn Example,2020-02-13,COL\n", encoding="utf-8")
    write_look(look_at_list(path), "my-list")


def test_a_sealed_statement_stays_sealed_beside_a_build_that_lies_open(
    work: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_identity(tmp_path / "stick.txt")
    monkeypatch.setenv("HRD_IDENTITY", str(tmp_path / "stick.txt"))
    state_basis("killings", work, *GIVEN)
    assert built(work, tmp_path)[1] == [2, 3, 4]  # as the tutorial builds its invented list
    state_basis("killings", work, *GIVEN)
    kept = work / "killings" / "decisions"
    assert [path.name for path in kept.iterdir()] == ["consents.csv.age"]
