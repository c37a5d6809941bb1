"""The command line as a researcher types it."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hrdresearch import cli
from hrdresearch.cli import app
from hrdresearch.privacy.identity import make_identity
from hrdresearch.privacy.keys import KeyProblem
from hrdresearch.run.batch import read_batch
from hrdresearch.run.check import CheckResult
from hrdresearch.run.errors import BusyError, LeakError, RunError
from hrdresearch.run.registry import ParameterError
from hrdresearch.sources.errors import UnreadableFileError
from hrdresearch.studies.ground.build import DamagedBuildError, NoBuildError

RUNNER = CliRunner()


def said(*words: str) -> str:
    result = RUNNER.invoke(app, list(words))
    assert result.exit_code == 0, result.output
    return result.output


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from hrdresearch.cli import app; "
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0; "
        "print(sorted({'pandas', 'spacy', 'matplotlib', 'papermill'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("asked", [(), ("--pdf",)])
def test_the_demo_makes_pdf_copies_where_asked(
    asked: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = []

    def reports_made(*_: object, with_pdf: bool) -> list[object]:
        given.append(with_pdf)
        return []

    monkeypatch.setattr("hrdresearch.run.workers.LocalWorkers", ThreadPoolExecutor)
    monkeypatch.setattr("hrdresearch.cli.demo_cases.load_in_worker", lambda: None)
    monkeypatch.setattr("hrdresearch.cli.demo_cases.build_demo", lambda *_: "folder")
    monkeypatch.setattr("hrdresearch.run.batch.run_batch", reports_made)
    assert "their index" in said("demo", "--out", str(tmp_path), "--work", str(tmp_path), *asked)
    assert given == [bool(asked)]


def test_list_shows_studies_with_their_parameters() -> None:
    text = said("list")
    assert (
        "killings: Documented killings of defenders, journalists and persons on national lists"
        in text
    )
    assert "  state (string, default all): ISO 3166 alpha-3 code" in text


def test_sources_says_what_each_format_counts() -> None:
    text = said("sources")
    assert "global-witness:" in text and "public by name" in text
    assert "restricted-list:" in text and "restricted)" in text


def test_sources_check_says_what_a_file_is_and_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "strange.csv"
    file.write_text("colour,size\nred,1\n")
    result = RUNNER.invoke(app, ["sources", "check", str(file)])
    assert result.exit_code == 1
    assert "strange.csv" in result.output
    demo = Path(__file__).parents[1] / "data" / "raw" / "demo" / "demo-cpt.xlsx"
    assert "source cpt" in said("sources", "check", str(demo))


def test_an_error_for_a_researcher_comes_without_a_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hrdresearch.cli", "run", "killings", "--work", str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 6
    assert done.stderr.startswith("Error: No build of study 'killings'")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [
    ["run", "killings", "-p", "state"],
    ["build", "killings", "--source", "global-witness"],
])  # fmt: skip
def test_words_that_are_off_say_how_to_say_them(words: list[str]) -> None:
    result = RUNNER.invoke(app, words)
    assert result.exit_code != 0
    assert "=" in (result.output + str(result.exception))


@pytest.mark.usefixtures("quick_passphrases")
def test_a_list_is_sealed_and_the_open_file_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity, raw = tmp_path / "away" / "identity.txt", tmp_path / "list.csv"
    raw.write_text("case_id\n")
    beside = RUNNER.invoke(
        app,
        ["vault", "init", "--no-passphrase", "--identity", str(identity), "--work", str(tmp_path)],
    )
    assert "whoever takes the disk has both" in str(beside.exception)
    words = "six long words that nobody can guess"
    made = RUNNER.invoke(
        app, ["vault", "init", "--identity", str(identity)], input=f"{words}\n{words}\n"
    )
    assert "Recipient (public" in made.output and words not in made.output
    monkeypatch.setenv("HRD_IDENTITY", str(identity))
    told = said("vault", "add", str(raw), "--into", str(tmp_path / "raw"))
    assert "list.csv.age" in told and "removed, but not wiped" in told
    assert not raw.exists() and (tmp_path / "raw" / "list.csv.age").exists()


def test_a_chat_is_sealed_under_a_name_that_tells_no_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_IDENTITY", str(tmp_path / "away" / "identity"))
    make_identity(tmp_path / "away" / "identity")
    names = []
    for number in (1, 2):
        chat = tmp_path / "Chat de WhatsApp con Zerafine Quillonby.txt"
        chat.write_text(f"04/05/23, 17:2{number} - Demo: hola\n", encoding="utf-8")
        told = said("vault", "add", str(chat), "--into", str(tmp_path / "raw"), "--replace")
        assert "Quillonby" not in told and not chat.exists()
        names = sorted(path.name for path in (tmp_path / "raw").iterdir())
    assert names == ["chat-2.txt.age", "chat.txt.age"]
    other = tmp_path / "chat.txt"
    other.write_text("04/05/23, 17:20 - Demo: hola\n", encoding="utf-8")
    said("vault", "add", str(other), "--into", str(tmp_path / "raw"), "--replace")
    assert len(list((tmp_path / "raw").iterdir())) == 3  # the older one has its date in its name


@pytest.mark.parametrize(("error", "status", "words"), [
    (RunError("No such report"), 1, "No such report"),
    (PermissionError(13, "Permission denied", "list.csv"), 1, "list.csv: Permission denied"),
    (ParameterError("state takes a code"), 2, "state takes a code"),
    (UnreadableFileError("list.csv: empty"), 3, "list.csv: empty"),
    (LeakError("1 place"), 4, "1 place"),
    (BusyError("wait"), 5, "wait"),
    (NoBuildError("No build"), 6, "No build"),
    (DamagedBuildError("cut short"), 6, "cut short"),
    (KeyProblem("no key"), 7, "no key"),
    (ValueError("Fulana Inventada"), 70, "a fault of the program (ValueError in "),
])  # fmt: skip
def test_each_kind_of_failure_is_one_message_and_a_status(
    error: Exception, status: int, words: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(cli, "app", fail)
    monkeypatch.setattr(cli.signal, "signal", lambda *_: None)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr().err
    assert (ended.value.code, told.startswith(f"Error: {words}")) == (status, True)
    assert "Traceback" not in told and "Fulana" not in told


def test_a_broken_batch_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "batch.yml"
    for content, told in [
        ("- {study: [", "line 1"),
        ("a: 1", "a list of reports"),
        ("- {study: [1]}", "report 1"),
        ("- {study: killings, parameters: [1]}", "report 1"),
        ("- {parameters: {}}", "report 1"),
    ]:
        file.write_text(content)
        with pytest.raises(RunError, match=told):
            read_batch(file)


def test_sources_check_takes_a_folder_and_a_source(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("colour,size\nred,1\n")
    (tmp_path / "notes.md").write_text("not a list")
    result = RUNNER.invoke(app, ["sources", "check", str(tmp_path)])
    assert result.exit_code == 1
    assert "a.csv" in result.output and "notes.md" not in result.output
    demo = Path(__file__).parents[1] / "data" / "raw" / "demo" / "demo-cpt.xlsx"
    result = RUNNER.invoke(app, ["sources", "check", str(demo), "--source", "cpj"])
    assert result.exit_code == 1
    assert "name that source" in result.output and "'cpt'" in result.output


def test_speech_takes_a_folder_of_a_report_and_refuses_other_files_kindly(tmp_path: Path) -> None:
    result = RUNNER.invoke(app, ["speech", str(tmp_path / "notes.rtf")])
    assert result.exit_code == 2
    assert "none of .ipynb" in result.output
    result = RUNNER.invoke(app, ["speech", str(tmp_path)])
    assert result.exit_code == 2
    assert "no file report.docx" in result.output


@pytest.mark.parametrize(
    ("kinds", "code"), [(("good", "bad", "unnamed"), 1), (("good", "unnamed"), 2), (("good",), 0)]
)
def test_of_several_reports_the_worst_decides(
    monkeypatch: pytest.MonkeyPatch, kinds: tuple[str, ...], code: int
) -> None:
    def check(report: Path, *_: object) -> CheckResult:
        problems = ("changed after the run",) if report.name == "bad" else ()
        return CheckResult(report, problems, None if report.name == "unnamed" else 7)

    monkeypatch.setattr("hrdresearch.run.check.check", check)
    result = RUNNER.invoke(app, ["check", *kinds])
    assert result.exit_code == code
    assert [line[:-1] for line in result.output.splitlines() if line.endswith(":")] == (
        list(kinds) if len(kinds) > 1 else []
    )
    assert result.output.count("changed after the run") == ("bad" in kinds)
