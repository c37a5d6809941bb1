"""What a later run must know is written before an edition is: killed or failing at any step."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from test_run_editions import FIRST, SECOND, prepared
from test_run_report import Project, project  # noqa: F401

from hrdresearch.run import pending
from hrdresearch.run.editions import REPORT_FILES, list_editions, promote
from hrdresearch.run.errors import RunError
from hrdresearch.run.execute import run
from hrdresearch.run.pending import publish, repair_pending
from hrdresearch.run.run_folders import PENDING


class Place:
    """A study whose first edition is published, and two things that a later run must know."""

    def __init__(self, root: Path) -> None:
        self.work, self.home = root / "work", root / "out" / "all"
        self.entries = self.work / "killings" / PENDING
        self.known = [root / "known-1", root / "known-2"]
        promote(prepared(root / "old", "old"), self.home, FIRST)
        self.report = prepared(self.work / "killings" / "runs" / "report", "new")

    def publish(self) -> Path:
        steps = [lambda edition, file=file: file.write_text(edition) for file in self.known]
        return publish(self.report, self.home, SECOND, self.entries, steps)

    def repair(self) -> list[str]:
        forget = [lambda _, file=file: file.unlink(missing_ok=True) for file in self.known]
        return repair_pending(self.work, "killings", forget)

    @property
    def is_published(self) -> bool:
        assert all((self.home / "latest" / name).is_file() for name in REPORT_FILES)
        return [e.name for e in list_editions(self.home)] == [FIRST, SECOND]

    @property
    def is_remembered(self) -> bool:
        return all(file.is_file() for file in self.known)


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report passes where it is whole; what else it must pass is tested below."""
    monkeypatch.setattr(
        pending, "_passes", lambda report, _: all((report / n).is_file() for n in REPORT_FILES)
    )


def killed_at(step: int, do: Callable[[], object]) -> bool:
    """Whether a process that does it is killed before it touches the disk for the n-th time."""
    child = os.fork()
    if child == 0:
        left = step

        def count(event: str, _: object) -> None:
            nonlocal left
            if event == "open" or event.startswith(("os.", "shutil.")):
                left -= 1
                if left < 0:
                    os._exit(9)

        sys.addaudithook(count)
        try:
            do()
        finally:
            os._exit(0 if sys.exc_info()[0] is None else 1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, 9)
    return status == 9


@pytest.mark.long
@pytest.mark.usefixtures("whole")
def test_killed_between_any_two_steps_nothing_is_published_that_is_not_remembered(
    tmp_path: Path,
) -> None:
    outcomes: list[str] = []
    for step in range(1000):
        place = Place(tmp_path / str(step))
        was_killed = killed_at(step, place.publish)
        assert place.is_remembered or not place.is_published, step
        told = place.repair()
        assert place.is_remembered is place.is_published, step
        assert (place.home / "latest").resolve().name == list_editions(place.home)[-1].name
        assert not list(place.entries.glob("*")) and place.repair() == []
        outcomes += [line.rpartition(": ")[2] for line in told]
        shutil.rmtree(tmp_path / str(step))
        if not was_killed:
            break
    assert not was_killed and step > 50
    assert {words.rpartition(" ")[2] for words in outcomes} == {"discarded", "now", "published"}


@pytest.mark.usefixtures("whole")
def test_a_repair_that_is_killed_is_repaired_by_the_next(tmp_path: Path) -> None:
    for step in range(1000):
        place = Place(tmp_path / str(step))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pending, "promote", fail)
            with pytest.raises(RunError, match="waits"):
                place.publish()
        assert place.is_remembered and not place.is_published
        was_killed = killed_at(step, place.repair)
        place.repair()
        assert place.is_remembered and place.is_published, step
        shutil.rmtree(tmp_path / str(step))
        if not was_killed:
            break
    assert not was_killed and step > 20


def fail(*_: object) -> Path:
    raise OSError(28, "No space left on device")


def test_when_remembering_fails_nothing_is_published_and_nothing_is_left(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.known[1].mkdir()  # the second step cannot write its file
    with pytest.raises(IsADirectoryError):
        place.publish()
    assert not place.is_published and not list(place.entries.glob("*"))


def test_an_edition_on_its_way_is_left_alone_while_its_run_lives(tmp_path: Path) -> None:
    place = Place(tmp_path)
    told: list[str] = []
    publish(
        place.report, place.home, SECOND, place.entries, [lambda _: told.extend(place.repair())]
    )
    assert told == [] and place.is_published


def test_the_next_run_publishes_what_passes_and_discards_what_does_not(
    project: Project,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out, work = project(), tmp_path / "work"
    for spoil, words in ((None, "published now"), ("report.html", "discarded")):
        time.sleep(1.1)  # two editions of one second would have one name
        with monkeypatch.context() as patch:
            patch.setattr(pending, "promote", fail)
            with pytest.raises(RunError, match="No space left on device"):
                run("killings", {}, work, out)
        [entry] = (work / "killings" / PENDING).glob("*/")
        before = len(list((out / "killings" / "all").glob("2*")))
        if spoil:
            (entry / "report" / spoil).write_text("Zoraida Inventada Demo")
        [line] = repair_pending(work, "killings")
        assert line.endswith(words)
        assert len(list((out / "killings" / "all").glob("2*"))) == before + (spoil is None)
    assert run("killings", {}, work, out).repaired == ()
