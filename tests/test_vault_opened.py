"""The opened vault: in memory only, sealed back and erased however its session ends. Invented rows."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.privacy import memory_folder, opened_vault
from hrdresearch.privacy.identity import (
    identity_path,
    is_protected,
    make_identity,
    read_keys,
    recipient_of,
    refuse_weak,
)
from hrdresearch.privacy.memory_folder import VaultProblem, is_in_memory, writable_memory_folders
from hrdresearch.privacy.opened_vault import (
    lock_abandoned_vault,
    lock_vault,
    open_vault,
    take_to_edit,
)
from hrdresearch.privacy.vault import read_stored, seal_file, unseal_file, write_stored
from hrdresearch.privacy.vault_session import VaultSession, find_session, is_watched, live_session
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.build_id import hash_of_kept
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import write_json
from hrdresearch.run.filled_sheets import read_kept_rows, write_kept
from hrdresearch.run.sealed_lists import refuse_on_disk, sheets_to_read
from hrdresearch.run.vault_rotation import rotate

WORDS = "six long words that nobody can guess"
SHEET = "pair_id,decision\np1,same\n"
SECONDS = 20.0

pytestmark = pytest.mark.skipif(not writable_memory_folders(), reason="no folder in memory here")


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in memory of this test alone."""
    with tempfile.TemporaryDirectory(dir=writable_memory_folders()[-1]) as folder:
        monkeypatch.setenv("HRD_MEMORY", folder)
        yield Path(folder)
        if (session := find_session()) is not None and is_watched(session.folder):
            os.kill(session.watcher, signal.SIGTERM)
            until(lambda: not is_watched(session.folder))


@pytest.fixture
def identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRD_IDENTITY", str(tmp_path / "stick" / "identity.txt"))
    make_identity(tmp_path / "stick" / "identity.txt")
    return tmp_path / "stick" / "identity.txt"


@pytest.fixture
def work(tmp_path: Path, identity: Path) -> Path:
    """A work folder with a sealed build, decisions and a correction."""
    home, recipient = tmp_path / "work" / "killings", recipient_of(identity)
    restricted = home / "b1" / "restricted"
    restricted.mkdir(parents=True)
    (home / "current").write_text("b1\n")
    write_json(home / "b1" / "build.json", {"is_sealed": True})
    write_json(home / "b1" / "sources.json", [])
    for name in ("set_aside.csv", "persons.csv", "names.index"):
        write_stored(restricted / name, b"row,reason\n7,no date\n", recipient)
    (home / "decisions").mkdir()
    write_stored(home / "decisions" / "same_person.csv", SHEET.encode(), recipient)
    write_stored(tmp_path / "work" / "corrections.yml", b"[]\n", recipient)
    return tmp_path / "work"


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def opened(work: Path, process: int | None = None) -> VaultSession:
    """The vault, opened for a process (this one)."""
    path = identity_path()
    assert path is not None
    return open_vault(work, read_keys(path), sheets_to_read(work), process or os.getpid())


def files_in(folder: Path) -> set[str]:
    found = (p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    return {p.as_posix() for p in found if ".session" not in p.parts}


def sealed_text(path: Path, identity: Path) -> str:
    return unseal_file(path.with_name(f"{path.name}.age"), identity).decode()


def test_the_vault_shows_what_is_edited_and_read_and_no_pseudonyms_of_persons(work: Path) -> None:
    session = opened(work)
    assert files_in(session.folder) == {
        "corrections.yml", "killings/decisions/same_person.csv", "to-read/killings/set_aside.csv",
    }  # fmt: skip
    assert is_in_memory(session.folder) and not is_in_memory(work)
    assert session.folder.stat().st_mode & 0o077 == 0
    with pytest.raises(VaultProblem, match="open already"):
        opened(work)


def test_sheets_to_read_are_there_as_soon_as_a_list_is_built(
    tmp_path: Path, identity: Path, memory: Path
) -> None:
    (tmp_path / "raw").mkdir()
    head = "case_id,date,state,name,sex,age,identity,cause,perpetrator,defender,motive,threats,"
    rows = ["1,2021,COL,Fulana Demo,,,,,,,,,", "2,,COL,Beltrana Demo,,,,,,,,,"]
    (tmp_path / "raw" / "list.csv").write_text("\n".join([head + "accountability", *rows]) + "\n")
    given = SourceFile(
        "restricted-list", seal_file(tmp_path / "raw" / "list.csv", recipient_of(identity))
    )
    (tmp_path / "work").mkdir()
    session = opened(tmp_path / "work")
    build("killings", [given], tmp_path / "work")
    aside = session.folder / "to-read" / "killings" / "set_aside.csv"
    assert "No day and no status" in aside.read_text()
    assert not list((tmp_path / "work").rglob("set_aside.csv"))
    assert lock_vault() == session and not aside.exists()


def test_what_was_changed_is_sealed_and_nothing_stays_open(work: Path, identity: Path) -> None:
    before = (work / "corrections.yml.age").read_bytes()
    session = opened(work)
    (session.folder / "killings/decisions/same_person.csv").write_text(SHEET + "p2,different\n")
    (session.folder / "killings" / "queue.html").write_text("texts")
    (session.folder / "mine").mkdir()
    (session.folder / "mine" / "rows.ipynb").write_text("{}")
    (session.folder / ".~lock.queue.html#").write_text("of the office program")
    assert lock_vault() == session
    assert not session.folder.exists() and find_session() is None
    assert sealed_text(work / "killings/decisions/same_person.csv", identity).count("\n") == 3
    assert sealed_text(work / "killings/queue.html", identity) == "texts"
    assert sealed_text(work / "mine/rows.ipynb", identity) == "{}"
    assert (work / "corrections.yml.age").read_bytes() == before
    assert not [name for name in files_in(work) if "lock.queue" in name or "to-read" in name]
    again = opened(work)
    assert files_in(again.folder) >= {"killings/queue.html", "mine/rows.ipynb"}
    (again.folder / "killings" / "queue.html").unlink()
    lock_vault()
    assert not (work / "killings" / "queue.html.age").exists()
    assert lock_vault() is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_locks(work: Path, identity: Path, number: int) -> None:
    session = opened(work)
    (session.folder / "corrections.yml").write_text("- changed\n")
    os.kill(session.watcher, number)
    until(lambda: not session.folder.exists())
    assert sealed_text(work / "corrections.yml", identity) == "- changed\n"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_the_end_of_the_process_that_it_was_opened_for_locks(
    work: Path, identity: Path, how: int
) -> None:
    terminal = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    session = opened(work, terminal.pid)
    (session.folder / "corrections.yml").write_text("- changed\n")
    terminal.send_signal(
        how
    )  # not waited for: a process that has ended but is not reaped counts too
    until(lambda: not session.folder.exists())
    terminal.wait()
    assert sealed_text(work / "corrections.yml", identity) == "- changed\n"


def test_when_the_watcher_is_killed_the_next_command_locks(
    work: Path, identity: Path, tmp_path: Path
) -> None:
    session = opened(work)
    (session.folder / "corrections.yml").write_text("- changed\n")
    os.kill(session.watcher, signal.SIGKILL)
    until(lambda: live_session() is None)
    assert session.folder.exists()
    done = subprocess.run(
        [sys.executable, "-m", "hrdresearch.cli", "list"],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert "found open without its session" in done.stderr and not session.folder.exists()
    assert sealed_text(work / "corrections.yml", identity) == "- changed\n"


def test_locking_can_be_broken_off_at_any_file_and_loses_nothing(
    work: Path, identity: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = opened_vault._put_back
    for stop in range(1, 5):
        session = opened(work)
        for number in range(3):
            (session.folder / f"sheet-{number}.csv").write_text(f"{stop}")
        os.kill(session.watcher, signal.SIGKILL)
        until(lambda: live_session() is None)
        calls = []

        def broken_off(*given: object, calls: list[object] = calls, stop: int = stop) -> bool:
            calls.append(given)
            if len(calls) == stop:
                raise KeyboardInterrupt
            return whole(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(opened_vault, "_put_back", broken_off)
        with pytest.raises(KeyboardInterrupt):
            lock_abandoned_vault()
        assert not session.identity.exists()
        monkeypatch.setattr(opened_vault, "_put_back", whole)
        lock_abandoned_vault()
        assert not session.folder.exists()
        for number in range(3):
            assert sealed_text(work / f"sheet-{number}.csv", identity) == f"{stop}"
        assert sealed_text(work / "killings/decisions/same_person.csv", identity) == SHEET


def test_an_opening_that_was_broken_off_leaves_nothing_open(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(VaultSession, "write", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            opened(work)
    begun = find_session()
    assert begun is not None and files_in(begun.folder) == set()
    assert opened(work).folder.exists()  # what was begun is cleared, and does not stand in the way


def test_without_the_process_that_locks_it_the_vault_is_not_opened(
    work: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", shutil.which("false"))
        with pytest.raises(VaultProblem, match="did not start"):
            opened(work)
    assert find_session() is None and not any(memory.iterdir())


def test_a_vault_whose_watcher_does_not_answer_is_told_and_locks_once_it_does(
    work: Path, identity: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened(work)
    (session.folder / "corrections.yml").write_text("- changed\n")
    os.kill(session.watcher, signal.SIGSTOP)
    with monkeypatch.context() as patch:
        patch.setattr(opened_vault, "WAIT_SECONDS", 0.2)
        with pytest.raises(VaultProblem, match="does not lock"):
            lock_vault()
    os.kill(session.watcher, signal.SIGCONT)
    until(lambda: not session.folder.exists())
    assert sealed_text(work / "corrections.yml", identity) == "- changed\n"


def test_what_cannot_be_written_stays_sealed_in_memory_until_it_can(
    work: Path, identity: Path
) -> None:
    session = opened(work)
    (session.folder / "mine").mkdir()
    (session.folder / "mine" / "rows.csv").write_text("row data")
    (work / "mine").write_text("a file where a folder should be")
    with pytest.raises(VaultProblem, match="Not everything could be sealed"):
        lock_vault()
    assert files_in(session.folder) == {"mine/rows.csv.age"} and not session.identity.exists()
    (work / "mine").unlink()
    assert lock_vault() == session and not session.folder.exists()
    assert sealed_text(work / "mine/rows.csv", identity) == "row data"


def test_what_a_program_writes_while_it_is_open_and_what_a_person_edits_both_count(
    work: Path, identity: Path
) -> None:
    home, decisions = work / "killings", work / "killings" / "decisions" / "same_person.csv"
    locked = hash_of_kept(home / "decisions")
    session = opened(work)
    assert hash_of_kept(home / "decisions") == locked
    (session.folder / "killings/decisions/same_person.csv").write_text(SHEET + "p2,same\n")
    assert [row["pair_id"] for row in read_kept_rows(decisions)] == ["p1", "p2"]
    assert hash_of_kept(home / "decisions") != locked
    write_kept(decisions, SHEET + "p2,same\np3,same\n", home)
    assert read_stored(decisions).count(b"\n") == 4
    assert sealed_text(decisions, identity).count("\n") == 4
    lock_vault()
    assert [row["pair_id"] for row in read_kept_rows(decisions)] == ["p1", "p2", "p3"]
    assert not decisions.exists()


def test_sheets_of_a_sealed_study_are_refused_on_the_disk(work: Path, tmp_path: Path) -> None:
    with pytest.raises(VaultProblem, match="'hrdresearch vault open'"):
        refuse_on_disk(work / "killings", tmp_path / "queue.csv")
    session = opened(work)
    with pytest.raises(VaultProblem, match=str(session.folder)):
        refuse_on_disk(work / "killings", tmp_path / "queue.csv")
    refuse_on_disk(work / "killings", session.folder / "queue.csv")
    refuse_on_disk(work / "upr", tmp_path / "queue.csv")


def test_without_a_folder_in_memory_nothing_is_opened(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory_folder, "writable_memory_folders", list)
    with pytest.raises(VaultProblem, match="no folder that is kept in memory"):
        opened(work)


def test_a_vault_that_is_open_on_the_machine_is_not_seen_by_other_tests(
    work: Path, memory: Path, memory_of_the_tests: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened(work)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(memory))
    with pytest.MonkeyPatch.context() as machine:
        machine.delenv("HRD_MEMORY")
        assert find_session() == session
        machine.setenv("HRD_MEMORY", str(memory_of_the_tests))  # as conftest.py does for all tests
        assert find_session() is None and writable_memory_folders() == [memory_of_the_tests]


def test_a_folder_that_others_can_enter_is_refused(work: Path, memory: Path) -> None:
    (memory / f"hrd-vault-{os.getuid()}").mkdir(mode=0o755)
    with pytest.raises(VaultProblem, match="can be entered by others"):
        opened(work)


def test_an_identity_under_a_passphrase_opens_while_the_vault_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config" / "identity.age"
    recipient = make_identity(path, WORDS)
    monkeypatch.setenv("HRD_IDENTITY", str(path))
    assert is_protected(path) and b"SECRET" not in path.read_bytes()
    assert recipient_of(path) == recipient
    (tmp_path / "list.csv").write_text("case_id\n")
    sealed = seal_file(tmp_path / "list.csv", recipient)
    with pytest.raises(VaultProblem, match="hrdresearch vault open"):
        read_stored(tmp_path / "list.csv")
    session = open_vault(tmp_path / "work", read_keys(path, WORDS), {}, os.getpid())
    assert (
        identity_path() == session.identity and read_stored(tmp_path / "list.csv") == b"case_id\n"
    )
    lock_vault()
    with pytest.raises(VaultProblem, match="hrdresearch vault open"):
        read_stored(tmp_path / "list.csv")
    assert sealed.exists()


@pytest.mark.usefixtures("quick_passphrases")
def test_another_passphrase_and_an_identity_of_somebody_else_open_nothing(tmp_path: Path) -> None:
    path = tmp_path / "identity.age"
    make_identity(path, WORDS)
    with pytest.raises(VaultProblem, match="not the passphrase"):
        read_keys(path, "some other words")
    assert len(read_keys(path, WORDS)) == 1
    beside = path.with_name("identity.age.recipient")
    beside.write_text(make_identity(tmp_path / "of-somebody-else"))
    with pytest.raises(VaultProblem, match="sealed for somebody else"):
        read_keys(path, WORDS)


@pytest.mark.parametrize("words", ["", "short", "aaaaaaaaaaaaaaaaaaaaaaaa"])
def test_a_passphrase_that_can_be_guessed_is_refused(words: str) -> None:
    with pytest.raises(VaultProblem, match="six words"):
        refuse_weak(words)
    refuse_weak(WORDS)


def test_keys_are_changed_file_by_file_and_a_change_that_was_broken_off_goes_on(
    work: Path, identity: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = recipient_of(identity)
    backup = shutil.copytree(work, work.with_name("backup"))
    contents = {name: read_stored(work / name.removesuffix(".age")) for name in age_files(work)}
    write = os.fsync
    for stop in (1, 3):
        done: list[int] = []

        def broken_off(handle: int, done: list[int] = done, stop: int = stop) -> None:
            done.append(handle)
            if len(done) > stop:
                raise KeyboardInterrupt
            write(handle)

        monkeypatch.setattr(os, "fsync", broken_off)
        with pytest.raises(KeyboardInterrupt):
            list(rotate(identity, None, None, [work]))
        monkeypatch.setattr(os, "fsync", write)
        assert {n: read_stored(work / n.removesuffix(".age")) for n in age_files(work)} == contents
    said = list(rotate(identity, None, None, [work]))
    assert "goes on" in said[0] and f"of {len(contents)} sealed files" in said[1]
    assert {n: read_stored(work / n.removesuffix(".age")) for n in age_files(work)} == contents
    assert recipient_of(identity) != old and len(read_keys(identity)) == 1
    kept = identity.with_name("identity.txt.old")
    assert unseal_file(backup / "corrections.yml.age", kept) == b"[]\n"
    with pytest.raises(VaultProblem, match="another identity"):
        unseal_file(work / "corrections.yml.age", kept)


def test_keys_are_not_changed_while_the_vault_is_open_or_a_file_is_of_somebody_else(
    work: Path, identity: Path, tmp_path: Path
) -> None:
    opened(work)
    with pytest.raises(RunError, match="vault lock"):
        list(rotate(identity, None, None, [work]))
    lock_vault()
    write_stored(work / "strange.csv", b"x", make_identity(tmp_path / "of-somebody-else"))
    with pytest.raises(RunError, match="sealed for somebody else"):
        list(rotate(identity, None, None, [work]))
    (work / "strange.csv.age").unlink()
    list(rotate(identity, None, None, [work]))
    assert read_stored(work / "corrections.yml") == b"[]\n"


def age_files(folder: Path) -> list[str]:
    return sorted(name for name in files_in(folder) if name.endswith(".age"))


def test_a_sealed_list_is_taken_out_changed_and_put_back(
    work: Path, identity: Path, tmp_path: Path
) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "my list.csv").write_text("a\n1\n")
    sealed = seal_file(tmp_path / "raw" / "my list.csv", recipient_of(identity))
    with pytest.raises(VaultProblem, match="vault open"):
        take_to_edit(sealed)
    session = opened(work)
    told = CliRunner().invoke(app, ["vault", "take", str(sealed)])
    copy = session.folder / "to-edit" / "my list.csv"
    assert (told.exit_code, copy.read_text()) == (0, "a\n1\n"), told.output
    [line] = [x for x in told.output.splitlines() if "vault add" in x]
    with pytest.raises(VaultProblem, match="already"):
        take_to_edit(sealed)
    copy.write_text("a\n2\n")
    words = shlex.split(line.partition("hrdresearch ")[2])
    assert CliRunner().invoke(app, words).exit_code == 0
    assert unseal_file(sealed, identity) == b"a\n2\n" and not copy.exists()
    take_to_edit(sealed)
    lock_vault()
    assert not [p for p in work.rglob("*") if "my list" in p.name]
