"""What reports need is loaded once, and what none needs is not loaded."""

from __future__ import annotations

import subprocess
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from test_run_report import Project, project  # noqa: F401

from hrdresearch.run import warm

TAKEN_ALONG = ["dask", "rfc3987_syntax"]  # by pandera and by jsonschema
AFTER = """
import importlib.util, sys
{load}
print([name for name in {names} if name in sys.modules])
print([name for name in {names} if importlib.util.find_spec(name) is None])
"""


def told(load: str, names: list[str]) -> list[str]:
    code = AFTER.format(load=load, names=names)
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return ran.stdout.splitlines()


def test_what_libraries_take_along_is_not_loaded_and_can_be_afterwards() -> None:
    load = "from hrdresearch.run.load_program import load_program; load_program()"
    loaded, missing = told(load, [*TAKEN_ALONG, "spacy"])
    assert loaded == "[]"
    assert missing == told("", [*TAKEN_ALONG, "spacy"])[1]
    assert (
        told("import nbformat", TAKEN_ALONG)[0] == "['rfc3987_syntax']"
    )  # or it need not be hidden


@pytest.mark.parametrize(
    "command",
    (
        "build killings --source global-witness= --work",
        "run killings --work",
        "source check --source cpj",
    ),
)
def test_a_command_does_not_load_what_libraries_take_along(command: str, tmp_path: Path) -> None:
    """A build or check of no file, a run without a build: all is imported before they fail."""
    words = [*command.split(), str(tmp_path)]
    load = f"from hrdresearch.cli import main; sys.argv = ['hrdresearch', *{words}]\n"
    load += "try:\n    main()\nexcept SystemExit:\n    pass"
    loaded = told(load, [*TAKEN_ALONG, "pandera.typing.dask"])[-2]
    assert loaded == "['pandera.typing.dask']"


def test_a_report_in_a_copy_imports_next_to_nothing_and_reads_no_form_anew(
    project: Project,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = project()
    warm.load_program()
    before, make = set(sys.modules), warm._make_one

    def make_and_tell(*given: Any) -> None:
        *work, pipe = given
        make(*work, _Silent(pipe))
        new = [m for m in sys.modules if m not in before and m.startswith(("hrdresearch", "spacy"))]
        (tmp_path / "new").write_text("\n".join(new))
        pipe.send_bytes(_Silent.said)

    class _Silent:
        said = b""

        def __init__(self, pipe: Connection) -> None:
            self.pipe = pipe

        def send_bytes(self, message: bytes) -> None:
            _Silent.said = message

    monkeypatch.setattr(warm, "may_fork", lambda: True)
    # Other tests of this process may have set pages: a copy may do so no more, and makes no PDF.
    monkeypatch.setattr("hrdresearch.report.pdf.has_started_typst", lambda: False)
    monkeypatch.setattr(warm, "_make_one", make_and_tell)
    assert warm.run_forked("killings", {}, tmp_path / "work", out, with_pdf=False)[1:] == (None, 0)
    assert (tmp_path / "new").read_text() == ""
