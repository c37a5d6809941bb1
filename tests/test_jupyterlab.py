"""The notebook on killings in a real JupyterLab with Chromium: run, looked at, previewed."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = [pytest.mark.browser, pytest.mark.long]


def open_jupyterlab() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "open_jupyterlab", ROOT / "scripts" / "open_jupyterlab.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def page(
    tmp_path_factory: pytest.TempPathFactory, demo_build: Callable[[str, Path], Path]
) -> Iterator[object]:
    """JupyterLab with the notebook, all of its cells run; the last previews one section."""
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    lab, folder = open_jupyterlab(), tmp_path_factory.mktemp("lab")
    path = Path(shutil.copy(ROOT / "notebooks" / "killings.ipynb", folder))
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell('preview(section="Threats")'))
    nbformat.write(notebook, path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HRD_KEYS", str(folder / "keys"))
        try:
            lab.chromium()
            demo_build("killings", folder)
            with lab.notebook_in_jupyterlab(path, folder / "work") as opened:
                lab.run_all_cells(opened)
                yield opened
        except lab.CannotStart as reason:
            pytest.skip(str(reason))


def test_every_cell_runs_without_an_error(page) -> None:
    assert page.locator(open_jupyterlab().ERROR).count() == 0
    prompts = page.locator(".jp-CodeCell .jp-InputPrompt").all_text_contents()
    assert prompts == [f"[{number}]:" for number in range(1, len(prompts) + 1)]


def test_figures_are_seen_as_pictures_with_a_text_and_their_table_folded(page) -> None:
    pictures = page.locator(".jp-OutputArea .hrd-finding img")
    assert pictures.count() >= 2
    for picture in pictures.all():
        assert picture.evaluate("image => image.complete && image.naturalWidth") > 600
        assert picture.get_attribute("alt")
    folded = page.locator(".hrd-finding:has(img) details[open]")
    assert folded.count() == 0
    closed = page.locator(".hrd-finding:has(img) table").first
    assert not closed.is_visible()
    page.locator(".hrd-finding:has(img) summary").first.click()
    assert closed.is_visible()


def test_sentences_in_outputs_have_their_numbers_and_prose_cells_stay_raw(page) -> None:
    numbers = page.locator(".hrd-finding > p > span[title]")
    assert numbers.count() > 0
    assert all(re.search(r"\w", text) for text in numbers.all_text_contents())
    sentences = page.locator(".hrd-finding > p").all_text_contents()
    assert not any("{{" in sentence or "data-claim" in sentence for sentence in sentences)
    assert "{{ params.lists }}" in page.locator(".jp-MarkdownCell").nth(1).inner_text()


def test_the_preview_of_a_section_stands_in_a_frame_of_the_last_output(page) -> None:
    frame = page.frame_locator("iframe[title='Preview of the report']")
    assert frame.get_by_role("heading", name="Threats before the killing").is_visible()
    assert "Place" not in frame.locator("main").inner_text().split()
