"""A study is declared in its folder, and everything else finds it there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml

from hrdresearch.run.registry import studies
from hrdresearch.run.source_files import demo_files
from hrdresearch.studies import study_module

ROOT = Path(__file__).parents[1]


def test_studies_yml_is_made_from_the_folders_of_the_studies(tmp_path: Path) -> None:
    made = tmp_path / "studies.yml"
    subprocess.run([sys.executable, ROOT / "scripts" / "make_studies.py", made], check=True)
    assert made.read_text("utf-8") == (ROOT / "studies.yml").read_text("utf-8")
    assert list(yaml.safe_load(made.read_text("utf-8"))) == list(studies())


def test_every_study_has_its_module_its_notebook_and_its_invented_cases() -> None:
    for slug, entry in studies().items():
        assert study_module(slug).startswith("hrdresearch.studies.")
        assert entry.notebook.is_file()
        assert entry.whichever or demo_files(slug)
        for parameters in (*entry.demo, *entry.demo_variants):
            entry.parse(parameters)


def test_no_other_file_lists_the_studies() -> None:
    """The Makefile and CI ask the library; killings stands there as the example to open."""
    for name in ("Makefile", ".ci/run"):
        text = (ROOT / name).read_text("utf-8")
        assert [slug for slug in studies() if slug in text and slug != "killings"] == []
