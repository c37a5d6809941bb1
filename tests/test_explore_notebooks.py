"""The notebooks to explore in run from top to bottom on invented cases, and stay plain."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

REPOSITORY = Path(__file__).resolve().parents[1]
EXPLORE = sorted((REPOSITORY / "notebooks" / "explore").glob("*.ipynb"))


def check_repository():
    path = REPOSITORY / "scripts" / "check_repository.py"
    spec = importlib.util.spec_from_file_location("check_repository", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def work(
    tmp_path_factory: pytest.TempPathFactory, demo_build: Callable[[str, Path], Path]
) -> Iterator[None]:
    """A build of the invented killings, which the last cells of the notebooks open."""
    folder = tmp_path_factory.mktemp("explore")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HRD_KEYS", str(folder / "keys"))
        patch.setenv("HRD_WORK", str(folder / "work"))
        demo_build("killings", folder)
        yield


def test_there_are_five() -> None:
    assert [path.stem for path in EXPLORE] == [
        "code_texts",
        "compare_editions",
        "look_at_a_list",
        "map_a_state",
        "read_with_spacy",
    ]


@pytest.mark.long
@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("path", EXPLORE, ids=lambda path: path.stem)
def test_a_notebook_runs_and_every_question_has_an_answer(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)

    NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}
    ).execute()

    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    silent = [
        c.source for c in code if not c.outputs and "import" not in c.source and "=" not in c.source
    ]
    assert silent == []
    assert all(output.output_type != "stream" for cell in code for output in cell.outputs)


@pytest.mark.parametrize("path", EXPLORE, ids=lambda path: path.stem)
def test_a_notebook_is_plain_calls_and_stored_without_results(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]

    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    assert [what for cell in code for what in check_repository().logic(cell.source)] == []


def test_none_is_scheduled() -> None:
    assert "explore" not in (REPOSITORY / "studies.yml").read_text(encoding="utf-8")
