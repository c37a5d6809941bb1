"""The schedule: what is due, what a scheduled run does and says, and the files for timers."""

from __future__ import annotations

import ast
import datetime as dt
import shutil
import socketserver
import subprocess
import sys
import threading
import types
from collections.abc import Callable, Iterator
from email import message_from_string
from email.policy import default
from pathlib import Path
from typing import Any

import nbformat
import pytest
from cronsim import CronSim
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st
from study_builds import make_build
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.privacy.keys import KeyProblem, keys_folder, study_key
from hrdresearch.privacy.release_key import read_or_make_release_key, sign_manifest
from hrdresearch.run.batch import BatchItem
from hrdresearch.run.build import BuildResult
from hrdresearch.run.built_from import build_again, build_and_remember
from hrdresearch.run.errors import BusyError, LeakError, RunError, WrongWordsError
from hrdresearch.run.failures import ExitStatus, status_of
from hrdresearch.run.files import write_json
from hrdresearch.run.make_reports import ReportsMade
from hrdresearch.run.registry import studies
from hrdresearch.run.schedule import notebook_run, scheduled_run
from hrdresearch.run.schedule.digest import digest_lines, keep_digest, send_trial
from hrdresearch.run.schedule.entries import on_calendar, read_schedule, times_of
from hrdresearch.run.schedule.scheduled_run import LOCK, run_schedule, why_built_again
from hrdresearch.run.schedule.timer_files import (
    CRONTAB,
    DAG,
    LAUNCHER,
    LAUNCHER_OF,
    LOG,
    Place,
    folders_in_force,
    write_timer_files,
)
from hrdresearch.run.source_files import named_files
from hrdresearch.sources.errors import UnreadableFileError
from hrdresearch.studies.ground.build import NoBuildError, current_build, named_build

MONDAYS, MONTHLY = "0 6 * * 1", "30 5 1 * *"
OWN = f"""
- {{study: state-brief, cron: "{MONDAYS}", over: state=all}}
- {{study: killings, cron: "{MONTHLY}", parameters: {{state: COL}}}}
- {{study: upr, cron: "{MONTHLY}"}}
"""
KILLINGS_ALONE = f'- {{study: killings, cron: "{MONDAYS}"}}\n'
CANARY = "Zoraida Inventada"


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A work folder with a schedule of its own and an invented build of killings."""
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys of a desk"))
    folder = tmp_path / "work of a desk"
    build = make_build(folder, [{}, {"state_iso3": "BRA", "state_m49": 76}])
    about = {"code": "test", "key_fingerprint": study_key("killings").fingerprint}
    write_json(build.folder / "build.json", about)
    (folder / "schedule.yml").write_text(OWN, encoding="utf-8")
    return folder


def test_every_study_is_on_the_shipped_schedule_and_the_brief_over_all_states(
    tmp_path: Path,
) -> None:
    entries = read_schedule(tmp_path)
    assert {entry.study for entry in entries} == set(studies())
    assert [e.over for e in entries if e.study == "state-brief"] == ["state=all"]
    assert list(times_of(entries)) == [MONDAYS]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("just words", "expected a list"),
        ("- killings", "entry 1: write study, cron"),
        ("- {study: killings}", "entry 1: cron is missing. Write study, cron"),
        ('- {cron: "0 6 * * 1", overr: state=all}', "study is missing, overr is not known"),
        ('- {study: killings, cron: "61 6 * * 1"}', "is not a time. Write minute"),
        ('- {study: killings, cron: "0 0 6 * * 1"}', "is not a time. Write minute"),
        ('- {study: killings, cron: "0 6 L * *"}', "is not a time. Write minute"),
        ('- {study: nothing, cron: "0 6 * * 1"}', "There is no study 'nothing'"),
        (
            '- {study: killings, cron: "0 6 * * 1", parameters: {colour: red}}',
            "no parameter colour",
        ),
        ('- {study: killings, cron: "0 6 * * 1", over: "colour=red"}', "no parameter colour"),
        ('- {study: upr, cron: "0 6 * * 1", over: "cycle=all"}', "'all' works for state only"),
        (
            '- {study: upr, cron: "0 6 * * 1", over: "state=COL,XXX"}',
            "'XXX' is not the code of a State",
        ),
        (
            '- {study: upr, cron: "0 6 * * 1", parameters: {state: XXX}}',
            "is not the code of a State",
        ),
        ("- [", "cannot be read as YAML in UTF-8 \\(line 2"),
    ],
)
def test_a_wrong_schedule_is_told_by_its_entry(tmp_path: Path, entry: str, words: str) -> None:
    (tmp_path / "schedule.yml").write_text(entry + "\n", encoding="utf-8")
    with pytest.raises(RunError, match=words) as wrong:
        read_schedule(tmp_path)
    assert status_of(wrong.value) == ExitStatus.WRONG_WORDS


def field(least: int, most: int) -> st.SearchStrategy[str]:
    one = st.integers(least, most)
    several = st.lists(one, min_size=1, max_size=3, unique=True).map(
        lambda v: ",".join(map(str, v))
    )
    spans = st.tuples(one, one).map(lambda v: f"{min(v)}-{max(v)}")
    return st.one_of(
        st.just("*"), one.map(str), several, spans, st.integers(2, 9).map("*/{}".format)
    )


CRONS = st.tuples(field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 7)).map(" ".join)


def systemd_next(line: str, after: dt.datetime) -> dt.datetime:
    words = ["systemd-analyze", "calendar", f"--base-time={after:%Y-%m-%d %H:%M:%S}", line]
    told = subprocess.run(
        words,
        capture_output=True,
        text=True,
        check=True,
        env={"TZ": "UTC", "PATH": "/usr/bin:/bin"},
    ).stdout
    found = next(row for row in told.splitlines() if "Next elapse" in row)
    return dt.datetime.strptime(found.split(": ")[1].strip()[4:23], "%Y-%m-%d %H:%M:%S")


def has(line: str, moment: dt.datetime) -> bool:
    """Whether a line for a systemd timer holds a moment."""
    *week, day, clock = line.split()
    numbers = (moment.month, moment.day, moment.hour, moment.minute)
    given = [*day.split("-")[1:], *clock.split(":")[:2]]
    return all(
        values == "*" or str(number) in values.split(",")
        for number, values in zip(numbers, given, strict=True)
    ) and (not week or f"{moment:%a}" in week[0].split(","))


@given(CRONS, st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31)))
def test_a_time_for_systemd_holds_the_moments_of_cron_and_no_earlier_ones(
    cron: str, after: dt.datetime
) -> None:
    lines, moment = on_calendar(cron), next(CronSim(cron.upper(), after))
    assert any(has(line, moment) for line in lines)
    between = (moment - after) * 0.5 + after
    assert not any(
        has(line, between.replace(second=0)) for line in lines
    ) or moment - after < dt.timedelta(minutes=2)


@pytest.mark.parametrize(
    "cron",
    [MONDAYS, MONTHLY, "*/15 8-17 * * 1-5", "0 6 1,15 * 1", "0 0 * 2 *", "5 4 31 * *", "0 6 * * 0",
     "0 6 * * 7", "0 0 1 1-3 mon", "0 6 1-7 * */2"],
)  # fmt: skip
def test_systemd_and_cron_mean_the_same_moment(cron: str) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not on this machine")
    after = dt.datetime(2026, 12, 3, 7, 20)
    assert min(systemd_next(line, after) for line in on_calendar(cron)) == next(
        CronSim(cron.upper(), after)
    )


def written(work: Path, tmp_path: Path) -> dict[str, str]:
    place = Place(tmp_path / "a project", work, tmp_path / "100% of it", folders_in_force())
    paths = write_timer_files(read_schedule(work), place, tmp_path / "files")
    assert oct((work / LOG).stat().st_mode)[-3:] == "600" and all(paths.values())
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


def test_the_crontab_has_a_line_for_each_time_that_calls_the_program(
    work: Path, tmp_path: Path
) -> None:
    lines = [line for line in written(work, tmp_path)[CRONTAB].splitlines() if line[0] != "#"]
    assert [" ".join(line.split()[:5]) for line in lines] == [MONDAYS, MONTHLY]
    for line in lines:
        assert next(CronSim(" ".join(line.split()[:5]), dt.datetime(2026, 1, 1)))
        assert "%" not in line.replace(r"\%", "")
        command = line.split(None, 5)[5].replace(r"\%", "%")
        checked = subprocess.run(["sh", "-n", "-c", command], capture_output=True, text=True)
        assert (checked.returncode, checked.stderr) == (0, "")


def test_the_files_for_timers_carry_the_folder_of_the_keys_and_the_paths_that_are_set(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "con$fig"))
    monkeypatch.setenv("HRD_MAIL_PASSWORD_FILE", "not-carried")
    files = written(work, tmp_path)
    wanted = [f"HRD_KEYS={keys_folder()}", f"XDG_CONFIG_HOME={tmp_path / 'con$fig'}"]
    line = files[CRONTAB].splitlines()[-1].split(None, 5)[5].replace(r"\%", "%")
    seen = line.split(" && ")[1].replace(sys.executable, "/usr/bin/printenv;", 1).split(";")[0]
    told = subprocess.run(
        ["sh", "-c", seen], capture_output=True, text=True, env={"PATH": "/usr/bin:/bin"}
    )
    assert set(wanted) <= set(told.stdout.splitlines())
    for one in wanted:
        assert f'Environment="{one}"' in files["hrdresearch-1.service"]
        assert one in files[DAG]
    for name, at in ((LAUNCHER, MONDAYS), (LAUNCHER_OF.format(2), MONTHLY)):
        assert repr(str(keys_folder())) in files[name] and f"at='{at}'" in files[name]
    assert not [name for name, text in files.items() if "not-carried" in text]
    monkeypatch.delenv("HRD_KEYS")
    assert folders_in_force()["HRD_KEYS"] == str(tmp_path / "con$fig" / "hrdresearch" / "keys")


def test_a_scheduled_run_makes_no_key_beside_builds_of_another_key(
    work: Path, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = made({"killings": False}, good)
    ours = keys_folder()
    monkeypatch.setenv("HRD_KEYS", str(ours.parent / "elsewhere"))
    with pytest.raises(KeyProblem, match=r"There is no folder .*elsewhere") as told:
        run_schedule(work, work / "out")
    assert (status_of(told.value), keys_folder().exists()) == (ExitStatus.NO_KEY, False)
    keys_folder().mkdir(mode=0o700)
    with pytest.raises(KeyProblem, match="killings is built, but its key is not in"):
        run_schedule(work, work / "out")
    study_key("killings")
    with pytest.raises(KeyProblem, match="killings was built with another key"):
        run_schedule(work, work / "out")
    monkeypatch.setenv("HRD_KEYS", str(ours))
    ours.chmod(0o755)
    with pytest.raises(KeyProblem, match="can be read by others"):
        run_schedule(work, work / "out")
    assert asked == []


def test_a_scheduled_run_makes_no_release_key_beside_editions_of_another_one(
    work: Path, made: Made, tmp_path: Path
) -> None:
    made({"killings": False}, good)
    edition = tmp_path / "out" / "killings" / "all" / "20261201T060000Z-0123abcd"
    edition.mkdir(parents=True)
    run_schedule(work, tmp_path / "out")
    read_or_make_release_key()
    write_json(edition / "signature.json", sign_manifest(b"{}"))
    run_schedule(work, tmp_path / "out")
    for name in ("release.key", "release.pub"):
        (keys_folder() / name).unlink()
        with pytest.raises(KeyProblem, match="the key that signed them is not in"):
            run_schedule(work, tmp_path / "out")
    read_or_make_release_key()  # another one
    with pytest.raises(KeyProblem, match="the key that signed them is not in"):
        run_schedule(work, tmp_path / "out")


@pytest.mark.parametrize(
    ("prepare", "at", "status", "kind"),
    [
        (lambda work: (work / "schedule.yml").write_text(f"- {CANARY}"), "",
         ExitStatus.WRONG_WORDS, "a file of the schedule cannot be understood"),
        (lambda work: None, "1 1 * * *", ExitStatus.WRONG_WORDS, "cannot be understood"),
        (lambda work: shutil.rmtree(work / "killings"), "", ExitStatus.NO_BUILD, "there is no build"),
        (lambda work: shutil.rmtree(keys_folder()), "", ExitStatus.NO_KEY, "a key is missing"),
    ],
)  # fmt: skip
def test_a_run_that_cannot_begin_keeps_a_digest_and_sends_an_e_mail(
    work: Path, made: Made, mailbox: list[str], prepare: Any, at: str, status: int, kind: str
) -> None:
    made({}, good)
    prepare(work)
    given = ["schedule", "run", "--work", str(work), "--out", str(work / "out"), "--at", at]
    done = CliRunner().invoke(app, given)
    assert done.exit_code == status
    [digest] = (work / "schedule").glob("*.txt")
    told = digest.read_text(encoding="utf-8")
    assert f"Exit status {int(status)}" in told and "It ended early: " in told
    [raw] = mailbox
    letter = message_from_string(raw, policy=default).get_content()
    assert kind in letter and CANARY not in letter and str(work) not in letter
    lines = done.output.splitlines()
    assert [line for line in lines if "Error: " in line]
    assert all(dt.datetime.strptime(line[:19], "%Y-%m-%d %H:%M:%S") for line in lines)


def test_a_run_that_is_stopped_from_outside_keeps_a_digest(
    work: Path, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    made({"killings": True}, good)

    def stopped(*_: Any, **__: Any) -> ReportsMade:
        raise SystemExit(int(ExitStatus.STOPPED))

    monkeypatch.setattr(scheduled_run, "make_reports", stopped)
    with pytest.raises(SystemExit):
        run_schedule(work, work / "out")
    [digest] = (work / "schedule").glob("*.txt")
    lines = digest.read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith("Exit status 143") and "continues where it was stopped" in lines[2]
    assert lines[3].startswith("Build of killings: made again")  # else no digest would ever say why


def test_two_digests_of_one_second_are_two_files(work: Path, made: Made) -> None:
    made({}, failing(ExitStatus.FAILED, "no"))
    done = run_schedule(work, work / "out")
    assert keep_digest(done, work) != keep_digest(done, work)


def test_systemd_takes_the_units(work: Path, tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not on this machine")
    units = [name for name in written(work, tmp_path) if name.endswith((".service", ".timer"))]
    assert sorted(units) == [
        f"hrdresearch-{n}.{kind}" for n in (1, 2) for kind in ("service", "timer")
    ]
    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / "files" / name) for name in units)],
        capture_output=True, text=True,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "hrdresearch-" in line]
    assert (done.returncode, ours) == (0, [])


def test_the_dag_file_makes_a_dag_for_each_time(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = written(work, tmp_path)[DAG]
    assert {n.func.id for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Call)
            and isinstance(n.func, ast.Name)} == {"DAG", "BashOperator", "globals"}  # fmt: skip
    made: list[dict[str, Any]] = []

    class Kept:
        def __init__(self, **given: Any) -> None:
            made.append(given)

        def __enter__(self) -> Kept:
            return self

        def __exit__(self, *_: object) -> None: ...

    for name, held in {
        "pendulum": {"datetime": lambda *day, tz: (*day, tz)},
        "airflow": {"__path__": []},
        "airflow.sdk": {"DAG": Kept},
        "airflow.providers": {"__path__": []},
        "airflow.providers.standard": {"__path__": []},
        "airflow.providers.standard.operators": {"__path__": []},
        "airflow.providers.standard.operators.bash": {"BashOperator": Kept},
    }.items():
        module = types.ModuleType(name)
        module.__dict__.update(held)
        monkeypatch.setitem(sys.modules, name, module)
    space: dict[str, Any] = {}
    exec(compile(text, DAG, "exec"), space)
    assert [one["schedule"] for one in made if "schedule" in one] == [MONDAYS, MONTHLY]
    assert {"hrdresearch_1", "hrdresearch_2"} <= set(space)
    tasks = [one for one in made if "task_id" in one]
    assert {one["skip_on_exit_code"] for one in tasks} == {int(ExitStatus.NOTHING_NEW)}
    assert all("schedule run --at" in one["bash_command"] for one in tasks)


def test_airflow_reads_the_dag_file(work: Path, tmp_path: Path) -> None:
    pytest.importorskip("airflow", reason="Airflow is not installed: its parser reads no DAG file")
    from airflow.dag_processing.dagbag import DagBag

    folder = tmp_path / "dags"
    folder.mkdir()
    (folder / DAG).write_text(written(work, tmp_path)[DAG], encoding="utf-8")
    bag = DagBag(dag_folder=str(folder))
    assert (bag.import_errors, sorted(bag.dags)) == ({}, ["hrdresearch_1", "hrdresearch_2"])


def test_the_launcher_is_a_notebook_that_calls_the_run_of_the_schedule(
    work: Path, tmp_path: Path
) -> None:
    notebook = nbformat.reads(written(work, tmp_path)[LAUNCHER], as_version=4)
    nbformat.validate(notebook)
    [code] = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert f"import {notebook_run.run_in_notebook.__name__}\n" in code
    assert str(work) in code


Made = Callable[..., list[Any]]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    """What builds and reports of a run shall come to; returns the reports that were asked for."""

    def prepare(builds: dict[str, Any], outcome: Callable[[Any], BatchItem]) -> list[Any]:
        asked: list[Any] = []

        def again(study: str, _: Path) -> BuildResult | None:
            if isinstance(builds.get(study), Exception):
                raise builds[study]
            return BuildResult("b1", Path(), builds[study], ()) if study in builds else None

        def reports(batch: list[Any], *_: Any, **__: Any) -> ReportsMade:
            asked.extend(batch)
            return ReportsMade(tuple(map(outcome, batch)), 0)

        monkeypatch.setattr(scheduled_run, "build_again", again)
        monkeypatch.setattr(scheduled_run, "make_reports", reports)
        return asked

    return prepare


def good(report: Any) -> BatchItem:
    return BatchItem(*report, "folder", None)


def failing(status: ExitStatus, words: str) -> Callable[[Any], BatchItem]:
    return lambda report: BatchItem(*report, None, words, status)


def test_a_scheduled_run_makes_what_is_due_once_and_leaves_out_what_has_no_build(
    work: Path, made: Made
) -> None:
    asked = made({"killings": True, "upr": False}, good)
    done = run_schedule(work, work / "out")
    assert asked == [
        ("state-brief", {"state": "BRA"}),
        ("state-brief", {"state": "COL"}),
        ("killings", {"state": "COL"}),
    ]
    assert (done.status, done.left_out) == (ExitStatus.NO_BUILD, ("upr",))  # the desk asked for it
    [digest] = (work / "schedule").glob("*.txt")
    assert digest.read_text(encoding="utf-8").splitlines()[1:] == [
        "Exit status 6 (docs/how-to/schedule.md)",
        "Build of killings: made again (a correction, a decision, a consent or a setting has changed)",
        "No build yet, so no report: upr",
        "Reports: 3 made, 0 stand as they were, 0 failed",
        "Made: state-brief state=BRA",
        "Made: state-brief state=COL",
        "Made: killings state=COL",
    ]
    assert oct(digest.stat().st_mode)[-3:] == "600"

    asked.clear()
    run_schedule(work, work / "out", at=MONTHLY)
    assert asked == [("killings", {"state": "COL"})]
    with pytest.raises(
        WrongWordsError, match=r"Nothing is scheduled at .*give the new files to the timer"
    ):
        run_schedule(work, work / "out", at="0 0 * * *")


@pytest.mark.parametrize(
    ("builds", "outcome", "status"),
    [
        ({"killings": False}, good, ExitStatus.DONE),
        ({"killings": False}, failing(ExitStatus.FAILED, "no"), ExitStatus.SOME_FAILED),
        ({"killings": False}, failing(ExitStatus.LEAK_STOPPED, "no"), ExitStatus.LEAK_STOPPED),
        ({"killings": RunError("no")}, good, ExitStatus.SOME_FAILED),
        ({"killings": KeyProblem("no")}, good, ExitStatus.NO_KEY),
        ({"killings": UnreadableFileError("no")}, good, ExitStatus.CANNOT_READ),
        ({"killings": UnreadableFileError("no")}, failing(ExitStatus.LEAK_STOPPED, "no"),
         ExitStatus.LEAK_STOPPED),
    ],
)  # fmt: skip
def test_how_a_scheduled_run_ended_is_told_apart(
    work: Path, made: Made, builds: dict[str, Any], outcome: Any, status: ExitStatus
) -> None:
    made(builds, outcome)
    (work / "schedule.yml").write_text(KILLINGS_ALONE, encoding="utf-8")
    assert run_schedule(work, work / "out").status == status


def test_nothing_new_is_a_status_of_its_own_and_is_not_said_of_a_study_without_a_build(
    work: Path, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    made({"killings": False}, good)
    monkeypatch.setattr(scheduled_run, "make_reports", lambda *_, **__: ReportsMade((), 3))
    (work / "schedule.yml").unlink()  # the shipped one names studies that nobody here builds
    done = run_schedule(work, work / "out")
    assert (done.status, "upr" in done.left_out) == (ExitStatus.NOTHING_NEW, True)
    (work / "schedule.yml").write_text(f'- {{study: upr, cron: "{MONDAYS}"}}\n', encoding="utf-8")
    assert run_schedule(work, work / "out").status == ExitStatus.NO_BUILD


def test_a_sentence_of_the_digest_ends_once(work: Path, made: Made) -> None:
    made({"killings": RunError("It stopped.")}, failing(ExitStatus.FAILED, "Look at the editions."))
    done = run_schedule(work, work / "out")
    assert not [line for line in digest_lines(done, in_full=True) if ".." in line]


def test_two_scheduled_runs_do_not_overlap(work: Path, made: Made) -> None:
    asked = made({}, good)
    with FileLock(work / LOCK), pytest.raises(BusyError, match="Another scheduled run is running"):
        run_schedule(work, work / "out")
    assert asked == []


def test_a_scheduled_run_waits_for_another_that_ends_in_time(work: Path, made: Made) -> None:
    asked = made({}, good)
    other = FileLock(work / LOCK, thread_local=False)
    other.acquire()
    threading.Timer(0.3, other.release).start()
    run_schedule(work, work / "out", wait=1)
    assert asked


def test_who_waits_is_told_so(work: Path, made: Made) -> None:
    made({}, good)
    lines: list[str] = []
    with FileLock(work / LOCK), pytest.raises(BusyError):
        run_schedule(work, work / "out", wait=0.001, tell=lambda line, _: lines.append(line))
    assert lines[0] == "Another scheduled run is running; waiting for it, at most 0.001 min"


def test_where_nothing_was_built_a_scheduled_run_says_what_to_do_first(
    tmp_path: Path, made: Made
) -> None:
    made({}, good)
    with pytest.raises(NoBuildError, match="hrdresearch build STUDY"):
        run_schedule(tmp_path, tmp_path / "out")


class Mailbox(socketserver.StreamRequestHandler):
    """As much of a mail server as one message needs."""

    letters: list[str] = []  # noqa: RUF012 - of the only server of the test

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        letter: list[str] | None = None
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            if letter is None:
                letter = [] if line.upper() == "DATA" else None
                self.wfile.write(
                    {"DATA": b"354 go\r\n", "QUIT": b"221 bye\r\n"}.get(line.upper(), b"250 ok\r\n")
                )
            elif line == ".":
                self.letters.append("\n".join(letter))
                letter = None
                self.wfile.write(b"250 ok\r\n")
            else:
                letter.append(line)


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The letters that a mail server on this machine gets; the settings lead there."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("HRD_MAIL_HOST", f"127.0.0.1:{server.server_address[1]}")
        monkeypatch.setenv("HRD_MAIL_FROM", "reports@example.org")
        monkeypatch.setenv("HRD_MAIL_TO", "desk@example.org, editor@example.org")
        Mailbox.letters.clear()
        yield Mailbox.letters
        server.shutdown()


def test_a_digest_of_failures_is_sent_that_names_reports_and_kinds_and_no_data(
    work: Path, made: Made, mailbox: list[str]
) -> None:
    told = f"killings.ipynb stopped in cell 5: ValueError: {CANARY} of list-of-a-friend.csv"
    made({"upr": UnreadableFileError(f"{CANARY}.csv is gone")}, failing(ExitStatus.FAILED, told))
    lines: list[str] = []
    run_schedule(work, work / "out", at=MONTHLY, tell=lambda line, _: lines.append(line))
    [raw] = mailbox
    mail = message_from_string(raw, policy=default)
    letter = mail.get_content()
    assert mail["Subject"] == "hrdresearch: a list cannot be read"
    assert mail["To"] == "desk@example.org, editor@example.org"
    assert "Build of upr failed: a list cannot be read." in letter
    assert "killings state=COL failed: its notebook stopped in cell 5." in letter
    assert not [word for word in (CANARY, "friend", str(work)) if word in letter or word in raw]
    assert lines[-1] == "An e-mail was sent"
    assert mail["Date"] and str(mail["Message-ID"]).endswith("@example.org>")

    made({"killings": True}, good)
    (work / "schedule.yml").write_text(KILLINGS_ALONE, encoding="utf-8")
    run_schedule(work, work / "out")
    assert len(mailbox) == 1  # where nothing failed, nothing is sent
    assert send_trial() == ["An e-mail was sent"]
    assert "hrdresearch: a test" in mailbox[1]


def test_a_mail_server_that_does_not_answer_fails_no_run(
    work: Path, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    made({}, failing(ExitStatus.FAILED, "no"))
    lines: list[str] = []
    monkeypatch.setenv("HRD_MAIL_HOST", "127.0.0.1:9")
    for settings in ({}, {"HRD_MAIL_TO": "a@example.org", "HRD_MAIL_FROM": "b@example.org"}):
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        done = run_schedule(work, work / "out", tell=lambda line, _: lines.append(line))
        assert done.status == ExitStatus.SOME_FAILED
        assert lines[-1].startswith(("E-mail is not set up: ", "No e-mail was sent: "))


def test_in_a_notebook_a_failed_run_is_an_error_and_prints_no_message(
    work: Path, made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    made({"killings": True}, good)
    (work / "schedule.yml").write_text(KILLINGS_ALONE, encoding="utf-8")
    notebook_run.run_in_notebook(str(work), str(work / "out"))
    assert "Reports: 1 made" in capsys.readouterr().out
    made({"killings": LeakError(CANARY)}, good)
    with pytest.raises(RunError, match="the scan found a name") as failed:
        notebook_run.run_in_notebook(str(work), str(work / "out"))
    assert CANARY not in str(failed.value)
    assert str(work / "schedule") in str(failed.value)  # where the messages stand
    made({"killings": UnreadableFileError("gw.csv is not in lists")}, good)
    with pytest.raises(
        RunError, match=r"gw\.csv is not in lists"
    ):  # of files and settings it says all
        notebook_run.run_in_notebook(str(work), str(work / "out"))
    shown = failed.value._render_traceback_()  # IPython prints these lines instead of its own
    assert shown[0].startswith("Scheduled run of ") and "\x1b" not in "".join(shown)


def test_a_study_is_built_again_from_its_files_only_where_they_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    demo = Path(__file__).resolve().parents[1] / "data" / "raw" / "demo" / "visits"
    shutil.copytree(demo, tmp_path / "lists")
    [file] = (tmp_path / "lists").glob("*.csv")
    work = tmp_path / "work"
    assert build_again("visits", work) is None
    monkeypatch.chdir(tmp_path)
    first = build_and_remember("visits", named_files([f"visits-ledger=lists/{file.name}"]), work)
    monkeypatch.chdir(work)
    again = build_again("visits", work)
    assert again is not None
    assert (again.is_new, again.build_id) == (False, first.build_id)
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:-1]), encoding="utf-8")
    changed = build_again("visits", work)
    assert changed is not None
    assert changed.is_new
    before, after = named_build("visits", first.build_id, work), current_build("visits", work)
    assert why_built_again(before, after) == "changed: visits-ledger"
    about = after.extras("build")
    write_json(after.folder / "build.json", {**about, "code": "another"})
    assert why_built_again(after, before) == "changed: visits-ledger; the code has changed"
    assert why_built_again(after, after).startswith("a correction")
    file.unlink()
    with pytest.raises(UnreadableFileError, match="lists, where it was when visits was built"):
        build_again("visits", work)
