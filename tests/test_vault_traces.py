"""No name and no row of a sealed list reaches the disk, whatever happens to build, run and review.

Planted words are looked for in every file of the work folder, of the reports, of the temporary
folder and of the home folder of a process, also inside compressed files. All persons invented.
Each command is killed at one moment; ``HRD_KILLS=40`` kills it at 40.
"""

from __future__ import annotations

import csv
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pandas as pd
import pytest
import yaml

from hrdresearch.findings.model import KEPT_IN_VAULT
from hrdresearch.privacy.memory_folder import private_folder_name, writable_memory_folders
from hrdresearch.privacy.vault import make_identity, seal_file
from hrdresearch.run.history import HISTORY, runs_so_far
from hrdresearch.run.release_desk import approve_release, show_releases

REPOSITORY = Path(__file__).resolve().parents[1]
DEMO = REPOSITORY / "data" / "raw" / "demo"
KILLS = int(os.environ.get("HRD_KILLS", "1"))
NAME, PLACE, NOTE = "Zorvanek Quillistrand", "Brimsovale", "wore a heliotrope scarf"
SEED = 26
SEALED = {  # study -> its list
    "killings": ("restricted-list", "list.csv.age"),
    "online-attacks": ("posts", "posts.csv.age"),
}
DRAFT = [
    ("markdown", "# A short report\nDraft for a test"),
    ("parameters", 'state = "all"'),
    ("code", 'from hrdresearch import cite, open_study, show\nstudy = open_study("killings")'),
    ("code", "show(study.by_state())\nshow(study.by_sex())\nshow(study.quality())"),
    ("code", "cite(study.extent())\nshow(study.by_period())"),
    ("markdown", "## Extent\n\n{{> extent}}\n\n{{> by_sex}}"),
]
BASIS = (
    *("consents", "killings", "--of", "restricted-list", "--basis", "agreement"),
    *("--date", "2026-01-31", "--words", "letter of an invented organization"),
)
# What runs took stands open: of a sealed list without what was asked of it. Of its owner and columns stand
# keyed marks, which say whether a basis was stated of this list (decision 0123).
PLAIN = ("current", "sources.json", "build.json", HISTORY, "basis_lists.json")

pytestmark = pytest.mark.skipif(not writable_memory_folders(), reason="no folder in memory here")


@dataclass
class Machine:
    """Folders of a machine of its own, and the commands that are given there."""

    disk: Path
    memory: Path
    environment: dict[str, str] = field(default_factory=dict)
    took: dict[str, float] = field(default_factory=dict)

    @property
    def work(self) -> Path:
        """The work folder of all its commands but those that are killed while they build."""
        return self.disk / "work"

    @property
    def cut_short(self) -> Path:
        """The work folder of builds that are killed."""
        return self.disk / "work cut short"

    def build(self, study: str) -> float:
        """Seconds that the build of a study took; it is built once."""
        if study not in self.took:
            if study == "killings":
                self.do(*BASIS, "--work", str(self.work))
            self.took[study] = self.do(*build_words(self, study))
        return self.took[study]

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "hrdresearch.cli", *words],
            env=self.environment, cwd=REPOSITORY, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip

    def do(self, *words: str) -> float:
        """Seconds that a command took; it must not fail."""
        began, running = time.monotonic(), self.start(*words)
        _, said = running.communicate(timeout=600)
        assert running.returncode == 0, said.decode()
        return time.monotonic() - began

    def traces(self) -> list[str]:
        """Files on the disk that hold a planted word, and files of the work folder that are open."""
        files = [p for p in sorted(self.disk.rglob("*")) if p.is_file() and not p.is_symlink()]
        return [
            path.relative_to(self.disk).as_posix()
            for path in files
            if _holds_trace(data := path.read_bytes())
            or (self._lies_in_work(path) and not _may_be_open(path, data))
        ]

    def is_swept(self) -> bool:
        """Whether the last command left nothing of killed ones in memory."""
        left = self.memory / private_folder_name("runs")
        return not left.is_dir() or not list(left.iterdir())

    def _lies_in_work(self, path: Path) -> bool:
        return path.is_relative_to(self.work) or path.is_relative_to(self.cut_short)


def _may_be_open(path: Path, data: bytes) -> bool:
    """Whether a file of the work folder is sealed, or one that holds no row and no count: facts, marks."""
    is_plain = path.name in PLAIN or path.name.startswith(".current.") or path.suffix == ".lock"
    is_sealed = data.startswith(b"age-encryption.org/v1")
    return not data or is_sealed or is_plain


def _holds_trace(data: bytes) -> bool:
    if data.startswith(b"PAR1"):
        data = pd.read_parquet(io.BytesIO(data)).to_csv().encode()
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            data = b"\n".join(package.read(name) for name in package.namelist())
    if data.startswith(b"%PDF"):
        data = b"\n".join(_unpacked(data))
    words = [word for text in (NAME, PLACE, NOTE) for word in text.split() if len(word) > 6]
    return any(w.encode(c) in data for w in words for c in ("utf-8", "utf-16-le", "utf-16-be"))


def _unpacked(data: bytes) -> Iterator[bytes]:
    for part in data.split(b"stream")[1:]:
        try:
            yield zlib.decompressobj().decompress(part.lstrip(b"\r\n"))
        except zlib.error:
            yield part


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine with a sealed list of killings and a sealed archive that hold the planted words."""
    disk, away = tmp_path_factory.mktemp("disk"), tmp_path_factory.mktemp("stick")
    with tempfile.TemporaryDirectory(dir=writable_memory_folders()[-1]) as memory:
        environment = {
            **os.environ,
            "HOME": str(disk / "home"), "XDG_CONFIG_HOME": str(disk / "config"),
            "IPYTHONDIR": str(disk / "home" / "ipython"), "JUPYTER_RUNTIME_DIR": str(disk / "jupyter"),
            "HRD_PROJECT": str(disk / "project"), "HRD_KEYS": str(disk / "keys"),
            "HRD_IDENTITY": str(away / "identity.txt"),
            "TMPDIR": str(disk / "tmp"), "HRD_MEMORY": memory, "MPLBACKEND": "agg",
            "PYTHONPATH": str(REPOSITORY),
        }  # fmt: skip
        for name in ("tmp", "home", "raw"):
            (disk / name).mkdir()
        recipient = make_identity(away / "identity.txt")
        seal_file(_planted_list(disk / "raw" / "list.csv"), recipient)
        seal_file(_planted_archive(disk / "raw" / "posts.csv"), recipient)
        _short_project(disk / "project")
        yield Machine(disk, Path(memory), environment)


def _short_project(folder: Path) -> None:
    """The project with a short draft on killings: its run goes through each step of a long one."""
    (folder / "notebooks").mkdir(parents=True)
    entries = yaml.safe_load((REPOSITORY / "studies.yml").read_text(encoding="utf-8"))
    entries = {study: entries[study] for study in SEALED}
    entries["killings"]["parameters"] = {
        "state": {"type": "string", "default": "all", "help": "State"}
    }
    (folder / "studies.yml").write_text(yaml.safe_dump(entries), encoding="utf-8")
    archive = entries["online-attacks"]["notebook"]
    shutil.copy(REPOSITORY / archive, folder / archive)
    draft = nbformat.v4.new_notebook()
    for kind, source in DRAFT:
        make = nbformat.v4.new_code_cell if kind != "markdown" else nbformat.v4.new_markdown_cell
        draft.cells.append(make(source, metadata={"tags": ["parameters"] * (kind == "parameters")}))
    nbformat.write(draft, folder / entries["killings"]["notebook"])


def _planted_list(file: Path) -> Path:
    """A demo list in which persons have the planted name, place and note; it is no demo list then."""
    with (DEMO / "demo-restricted.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows[:3]:
        row |= {"name": NAME, "notes": f"{NOTE}, {PLACE}", "place": PLACE, "admin1": PLACE}
    return _written(file, rows)


def _planted_archive(file: Path) -> Path:
    """Messages with the planted words in their texts and account names; one cannot be read."""
    text, accounts = f"{NAME} of {PLACE} {NOTE}, kill her", NAME.split()
    row = {"time": "2023-05-04T17:20:00Z", "author": accounts[0], "target": accounts[1]}
    rows = [{"id": f"m{i}", "text": f"{text} {i}", **row} for i in range(40)]
    return _written(file, [*rows, {"id": "m40", **row, "text": NAME, "time": PLACE}])


def _written(file: Path, rows: list[dict[str, str]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return file


def build_words(machine: Machine, study: str, work: Path | None = None) -> list[str]:
    source, file = SEALED[study]
    given = f"{source}={machine.disk / 'raw' / file}"
    return ["build", study, "--source", given, "--work", str(work or machine.work)]


def run_words(machine: Machine) -> list[str]:
    return ["run", "killings", "--work", str(machine.work), "--out", str(machine.disk / "out")]


def moments(seconds: float, of: str) -> list[float]:
    """Moments of a command of this length, one in each part of it, drawn by chance."""
    draw = random.Random(f"{of} {SEED}")
    return [seconds * (part + draw.random()) / KILLS for part in range(KILLS)]


def test_the_search_finds_what_is_planted(machine: Machine, tmp_path: Path) -> None:
    file = tmp_path / "x"
    pd.DataFrame({"name": [NAME] * 50}).to_parquet(file)
    assert _holds_trace(file.read_bytes())
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.xml", f"<t>{PLACE}</t>" * 50)
    assert _holds_trace(file.read_bytes())
    assert not _holds_trace(b"nothing of it")
    assert machine.traces() == []


@pytest.mark.long
@pytest.mark.parametrize("study", SEALED)
def test_nothing_of_a_sealed_list_is_left_by_a_build_or_when_it_is_killed(
    machine: Machine, study: str
) -> None:
    whole = machine.build(study)
    assert machine.traces() == [] and machine.is_swept()
    for moment in moments(whole, study):
        shutil.rmtree(machine.cut_short, ignore_errors=True)
        if study == "killings":
            stated = Path(study, "decisions")
            shutil.copytree(machine.work / stated, machine.cut_short / stated)
        _kill_after(machine, moment, build_words(machine, study, machine.cut_short))


@pytest.mark.long
def test_nothing_of_a_sealed_list_is_left_by_a_run_or_when_it_is_killed(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.build("killings")
    for name in ("HRD_KEYS", "HRD_IDENTITY", "XDG_CONFIG_HOME", "HRD_MEMORY"):
        monkeypatch.setenv(name, machine.environment[name])  # a desk reads with the vault open
    for desk in ("desk-1", "desk-2"):
        shown = list(show_releases("killings", machine.work, desk))
        approve_release("killings", machine.work, desk, shown[-1].rpartition(" ")[2])
    whole = machine.do(*run_words(machine))
    assert machine.traces() == [] and machine.is_swept()
    assert {ran.parameters for ran in runs_so_far(machine.work)} == {KEPT_IN_VAULT}
    for moment in moments(whole, "run"):
        _kill_after(machine, moment, run_words(machine))
    machine.do("list")
    assert machine.is_swept()


def _kill_after(machine: Machine, seconds: float, words: list[str]) -> None:
    running = machine.start(*words)
    try:
        running.wait(seconds)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
    running.communicate()
    assert machine.traces() == [], f"{words[0]} killed after {seconds:.2f} s"


@pytest.mark.long
def test_nothing_is_left_by_a_review_an_opened_vault_or_a_failure(machine: Machine) -> None:
    machine.build("online-attacks")
    words = build_words(machine, "online-attacks")
    terminal = subprocess.Popen(
        [sys.executable, "-c", TERMINAL, str(machine.work)],
        env=machine.environment, cwd=REPOSITORY, start_new_session=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    folder = machine.memory / private_folder_name("vault")
    until((folder / ".session" / "given.json").is_file)
    queue, on_disk = folder / "online-attacks" / "queue.csv", machine.disk / "queue.csv"
    assert NAME not in (folder / "to-read/online-attacks/set_aside.csv").read_text()
    review = ["review", "online-attacks", "--work", str(machine.work)]
    machine.do(*review, str(queue))
    assert NAME in queue.read_text()
    assert refused(machine, *review, str(on_disk)) == 7 and not on_disk.exists()
    queue.write_text(queue.read_text().replace(",first,A,,", ",first,A,threat_life,"))
    machine.do(*review, str(queue), "--feed")
    assert (machine.work / "online-attacks" / "decisions" / "labels.csv.age").is_file()
    assert refused(machine, *words[:3], f"posts={queue}", *words[4:]) == 7
    assert machine.traces() == []
    terminal.send_signal(signal.SIGKILL)
    until(lambda: not folder.exists())
    terminal.wait()
    assert machine.traces() == []
    assert (machine.work / "online-attacks" / "queue.csv.age").is_file()


TERMINAL = """
import subprocess, sys, time
words = [sys.executable, "-m", "hrdresearch.cli", "vault", "open", "--work", sys.argv[1]]
subprocess.run(words, check=True)
time.sleep(600)
"""


def refused(machine: Machine, *words: str) -> int:
    """Exit status of a command; what it says names nobody."""
    running = machine.start(*words)
    _, said = running.communicate(timeout=600)
    assert not _holds_trace(said)
    return running.returncode


def until(holds: Callable[[], bool], seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
