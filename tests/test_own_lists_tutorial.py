"""The tutorial on a list of one's own works as it is written: its commands, in order, show what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import lxml.html
import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app

REPOSITORY = Path(__file__).resolve().parents[1]
TUTORIAL = REPOSITORY / "docs" / "tutorials" / "own-list.md"
# A command with the box of what is seen after it, or the box of what the reader writes into source.yml.
STEP = re.compile(
    r"^    \.venv/bin/hrdresearch (?P<command>[^\n]+)\n\n```text\n(?P<seen>.*?)```"
    r"|^```yaml\n(?P<written>.*?)```",
    re.MULTILINE | re.DOTALL,
)
SOURCE = Path("data/sources/example-list/source.yml")


@pytest.fixture
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder like that of the project, in which nothing was built yet."""
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.delenv("HRD_SOURCES", raising=False)
    (tmp_path / "data").mkdir()
    for name in ("notebooks", "studies.yml", "data/examples", "data/reference"):
        (tmp_path / name).symlink_to(REPOSITORY / name)
    monkeypatch.chdir(tmp_path)


@pytest.mark.long
@pytest.mark.usefixtures("_project")
def test_the_commands_of_the_tutorial_show_what_it_says() -> None:
    steps = list(STEP.finditer(TUTORIAL.read_text(encoding="utf-8")))
    ran = []
    for step in steps:
        if step["written"]:
            write_as_reader(step["written"])
            continue
        words = shlex.split(step["command"])
        made = CliRunner().invoke(app, words)
        assert made.exit_code == 0, made.output
        for line in step["seen"].splitlines():
            assert line in made.output, f"{' '.join(words)}\n{made.output}"
        ran.append(words[0])
    assert ran == ["source", "source", "source"]

    page = Path("data/processed/killings/internal/all/latest/report.html")
    text = " ".join(lxml.html.fromstring(page.read_text("utf-8")).text_content().split())
    assert (
        "documented at least 60 human rights defenders killed in Colombia, from 2018 to 2023"
        in text
    )
    assert re.search(r"Owner, who decides on this draft:?\s*Grupo del Tutorial", text)
    assert "Invented persons who were killed for what they defended." in text


def write_as_reader(lines: str) -> None:
    """Put lines of the tutorial in place of those of source.yml that are empty."""
    text = SOURCE.read_text(encoding="utf-8")
    for line in lines.splitlines():
        key = line.partition(":")[0]
        assert f'{key}: ""' in text, f"{key} is no empty line of source.yml"
        text = re.sub(rf'^{key}: "".*$', line, text, flags=re.MULTILINE)
    SOURCE.write_text(text, encoding="utf-8")
