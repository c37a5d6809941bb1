"""``preview`` shows the page that the report itself would be."""

from __future__ import annotations

import html
import json
import warnings
from pathlib import Path

import pytest
import report_examples as example

from hrdresearch.report import notebook_page
from hrdresearch.report.preview import preview

CELLS = [
    ("markdown", "# Killings\nDraft"),
    ("code", "show(a)\ncite(b)"),
    ("markdown", "## Extent\n\nAt least {{ by_sex.r0.c0|of:victim }}.\n\n### By year\n\nYears."),
    ("markdown", "### Threats before\n\n{{#assert by_sex.r0.c0 > 9000}}Many.{{/assert}} Asked."),
    ("code", "show(c)"),
    ("markdown", "## Conclusions\n\nNone."),
]


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A saved notebook whose kernel has shown three findings."""
    cells = [{"cell_type": kind, "source": [source]} for kind, source in CELLS]
    path = tmp_path / "killings.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    rows = [("Women", [12]), ("Men", [30])]
    found = [example.finding(name, "Sex", rows) for name in ("by_sex", "by_age", "threats")]
    placed = list(zip(("show", "cite", "show"), found, strict=True))
    monkeypatch.setattr(notebook_page, "findings_so_far", lambda: list(placed))
    return path


def shown(notebook: Path, **how: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return html.unescape(preview(str(notebook), **how).data)


def test_preview_shows_the_page_of_the_notebook_in_a_frame(notebook: Path) -> None:
    page = shown(notebook)
    assert "<iframe" in page and "At least" in page and "para-3" in page and "Conclusions" in page


def test_preview_of_a_section_shows_it_alone_with_its_tables(notebook: Path) -> None:
    page = shown(notebook, section="threats")
    assert "Threats before" in page and "Asked." in page and 'data-claim="threats.r0.c0"' in page
    others = ("At least", "Years.", "None.", "by_age.r0")
    assert [other for other in others if other in page] == []
    whole = shown(notebook, section="Extent")
    assert "Years." in whole and "Asked." in whole and "None." not in whole


def test_preview_of_a_section_that_is_not_there_lists_the_headings(notebook: Path) -> None:
    with pytest.raises(ValueError, match=r"did you mean 'Threats before'\? .*Extent; By year"):
        preview(str(notebook), section="Threat befor")


def test_preview_lists_the_guarded_sentences_that_are_not_printed(notebook: Path) -> None:
    page = shown(notebook, section="Conclusions")
    assert "<li>cell 4: by_sex.r0.c0 > 9000 no longer holds (by_sex.r0.c0 is 12)" in page


def test_preview_says_what_to_do_when_it_does_not_find_the_notebook(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    with pytest.raises(ValueError, match=r"preview\('notebooks/"):
        preview()
