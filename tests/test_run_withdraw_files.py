"""A person who withdrew is emptied out of every file of the list, older ones too. All invented."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from test_run_build import INVENTED, published, work  # noqa: F401
from test_run_withdraw import PERSON, edition, restricted, say
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.privacy.retention import LegalHold
from hrdresearch.privacy.vault import make_identity, seal_file, unseal_file
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.errors import RunError
from hrdresearch.run.retention import hold
from hrdresearch.studies.ground.build import current_build


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder of two sealed vintages of a list, the identity apart from it."""
    monkeypatch.setenv("HRD_IDENTITY", str(tmp_path / "away" / "identity.txt"))
    recipient = make_identity(tmp_path / "away" / "identity.txt")
    folder = tmp_path / "raw"
    for name, names in (("old", INVENTED), ("ours", ("Ana Inventata Demo", *INVENTED[1:]))):
        (folder / name).mkdir(parents=True)
        seal_file(restricted(folder / name, names).path, recipient)
    return folder


def built(raw: Path, work: Path) -> tuple[Path, Path]:  # noqa: F811
    old, new = (raw / name / "ours.csv.age" for name in ("old", "ours"))
    for path in (old, new):
        build("killings", [SourceFile("restricted-list", path)], work)
    return old, new


def told_by(path: Path, tmp_path: Path) -> bytes:
    return unseal_file(path, tmp_path / "away" / "identity.txt")


def test_an_older_file_is_named_and_emptied_after_the_withdrawal_also_by_another_spelling(
    work: Path,  # noqa: F811
    tmp_path: Path,
    raw: Path,
) -> None:
    old, new = built(raw, work)
    dry = say(work, tmp_path, apply=False, raw=[new], places=[raw])
    assert f"{new}: rows of the person: 1, they would be emptied" in dry
    assert f"STILL HOLDS THE PERSON: {old}, rows: 1" in dry
    told = say(work, tmp_path, raw=[new], places=[raw])
    assert f"{new}: the person's rows in it are empty now (1)" in told
    assert f"STILL HOLDS THE PERSON: {old}, rows: 1" in told.splitlines()[-1]
    assert b"Inventata" not in told_by(new, tmp_path) and b"Inventada" in told_by(old, tmp_path)

    later = say(work, tmp_path, raw=[old], places=[raw])
    assert f"{old}: the person's rows in it are empty now (1)" in later
    assert "STILL HOLDS" not in later
    assert told_by(old, tmp_path).count(b"Ficticia") == 1
    assert b"Inventada" not in told_by(old, tmp_path)


def test_the_command_fails_while_a_file_that_it_knows_of_still_holds_the_person(
    work: Path,  # noqa: F811
    tmp_path: Path,
    raw: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old, new = built(raw, work)
    monkeypatch.chdir(tmp_path)
    words = ["withdraw", "killings", "--work", str(work), "--out", str(tmp_path / "out")]

    def ends(*more: str) -> tuple[int, bool]:
        told = CliRunner().invoke(app, [*words, *more], input=f"{PERSON}\n")
        return told.exit_code, "STILL HOLDS THE PERSON" in told.output

    assert ends() == (0, True)  # nothing was to be done yet
    assert ends("--apply", "--raw", str(new)) == (3, True)
    assert ends("--apply", "--raw", str(new), "--raw", str(old)) == (0, False)


def test_an_editions_figures_stand_for_years_and_the_command_says_so(
    work: Path,  # noqa: F811
    tmp_path: Path,
    raw: Path,
) -> None:
    built(raw, work)
    edition(tmp_path / "out", "1", "3 persons", ("restricted-list",))
    told = say(work, tmp_path, apply=False)
    assert "after ten to nineteen of its persons" in told
    assert "this may take years" in told and "next edition" not in told


def test_a_file_is_searched_where_a_build_read_it_and_where_the_row_was_set_aside(
    work: Path,  # noqa: F811
    tmp_path: Path,
    raw: Path,
) -> None:
    old, new = built(raw, work)
    aside = raw / "aside.csv"
    text = restricted(tmp_path).path.read_text("utf-8").replace("2020-03-01", "no day")
    aside.write_text(text, encoding="utf-8")
    told = say(work, tmp_path, raw=[aside])
    assert f"{aside}: the person's rows in it are empty now (1)" in told
    assert all(f"STILL HOLDS THE PERSON: {path}" in told for path in (old, new))
    assert "Inventada" not in aside.read_text("utf-8") and "Ficticia" in aside.read_text("utf-8")


def test_a_legal_hold_stops_the_emptying_of_an_older_file_too(
    work: Path,  # noqa: F811
    tmp_path: Path,
    raw: Path,
) -> None:
    old, new = built(raw, work)
    say(work, tmp_path, raw=[new])
    given = LegalHold("restricted-list", "desk-1", "a court", "2026-01-01", "2999-01-01")
    hold(work / "killings", given)
    with pytest.raises(RunError, match="A legal hold keeps rows of restricted-list"):
        say(work, tmp_path, raw=[old])
    assert b"Inventada" in told_by(old, tmp_path)
    say(work, tmp_path, raw=[old], in_danger=True)
    assert b"Inventada" not in told_by(old, tmp_path)


def test_who_comes_into_danger_after_the_withdrawal_has_the_release_taken_down(
    work: Path,  # noqa: F811
    tmp_path: Path,
    raw: Path,
) -> None:
    built(raw, work)
    say(work, tmp_path)
    assert "restricted-list: its release is taken down" in say(work, tmp_path, in_danger=True)


def test_one_of_two_persons_of_a_name_is_emptied_by_the_pseudonym_and_the_other_stays(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    names = (PERSON, "B" + PERSON[1:], INVENTED[2])
    given = restricted(tmp_path, names)
    text = given.path.read_text("utf-8").replace("B" + PERSON[1:], PERSON)
    given.path.write_text(text, encoding="utf-8")
    build("killings", [given], work, open_on_this_machine=True)
    person = current_build("killings", work).table("cases")["victim_id"].iloc[0]
    say(work, tmp_path, pseudonym=person, name=None)
    older = tmp_path / "older.csv"
    older.write_text(text + "\n", encoding="utf-8")
    say(work, tmp_path, pseudonym=person, name=None, raw=[older])
    assert older.read_text("utf-8").count(PERSON) == 1


def test_a_file_without_the_person_is_said_and_a_file_that_is_not_there_is_refused(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    build("killings", [published(tmp_path)], work)
    path = tmp_path / "other.csv"
    path.write_text("a,b,c\n1,2,3\n", encoding="utf-8")
    assert f"{path}: no row of the person was found in it" in say(work, tmp_path, raw=[path])
    assert path.read_text("utf-8") == "a,b,c\n1,2,3\n"
    with pytest.raises(RunError, match=r"There is no file .*nowhere\.csv"):
        say(work, tmp_path, raw=[tmp_path / "nowhere.csv"])


def test_a_newer_list_takes_the_place_of_a_sealed_one_which_is_kept_under_its_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_IDENTITY", str(tmp_path / "identity.txt"))
    make_identity(tmp_path / "identity.txt")
    monkeypatch.chdir(tmp_path)
    held = []
    for number in range(3):
        (tmp_path / "list.csv").write_text(f"a\n{number}\n", encoding="utf-8")
        words = ["vault", "add", "list.csv", "--into", "raw", *(["--replace"] if number else [])]
        assert CliRunner().invoke(app, words).exit_code == 0
    day = dt.date.today().isoformat()
    for name in ("list.csv.age", f"list.{day}-2.csv.age", f"list.{day}.csv.age"):
        held.append(unseal_file(tmp_path / "raw" / name, tmp_path / "identity.txt"))
    assert held == [b"a\n2\n", b"a\n1\n", b"a\n0\n"]
    assert len(list((tmp_path / "raw").iterdir())) == 3 and not (tmp_path / "list.csv").exists()
