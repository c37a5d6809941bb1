"""``preview`` shows the page that the report itself would be."""

from __future__ import annotations

import html
import json
import warnings
from pathlib import Path

import pytest
import report_examples as example

from hrdresearch.findings import display
from hrdresearch.findings.display import FindingInKernel
from hrdresearch.findings.model import Finding
from hrdresearch.report import kernel_page
from hrdresearch.report.preview import preview

CELLS = [
    ("markdown", "# Killings\nDraft"),
    ("code", "show(a)\ncite(b)"),
    ("markdown", "## Extent\n\nAt least {{ by_sex.r0.c0|of:victim }}.\n\n### By year\n\nYears."),
    ("markdown", "### Threats before\n\n{{#assert by_sex.r0.c0 > 9000}}Many.{{/assert}} Asked."),
    ("code", "show(c)"),
    ("markdown", "## Conclusions\n\nNone."),
]


def saved(folder: Path) -> Path:
    cells = [
        {"cell_type": kind, "id": f"c{number}", "source": [source]}
        for number, (kind, source) in enumerate(CELLS)
    ]
    path = folder / "killings.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return path


def two_rows(name: str, women: int = 12) -> Finding:
    return example.finding(name, "Sex", [("Women", [women]), ("Men", [30])])


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A saved notebook whose kernel has shown three findings, and was not told of cells."""
    found = [two_rows(name) for name in ("by_sex", "by_age", "threats")]
    placed = [
        FindingInKernel(how, one) for how, one in zip(("show", "cite", "show"), found, strict=True)
    ]
    monkeypatch.setattr(kernel_page, "findings_in_kernel", lambda: placed)
    return saved(tmp_path)


def test_a_cell_that_ran_again_alone_gives_its_new_finding(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(display, "_shown_here", [])
    ran = [("c1", 1, "by_sex", 12), ("c1", 1, "by_age", 12), ("c4", 2, "threats", 12)]
    ran += [("c1", 3, "by_sex", 17), ("c1", 3, "by_age", 12)]
    for cell, execution, name, women in ran:
        monkeypatch.setattr(display, "_cell_and_execution", lambda now=(cell, execution): now)
        display.show(two_rows(name, women))

    page = shown(saved(tmp_path))

    assert len(display.findings_in_kernel()) == 3
    assert "At least" in page and ">17<" in page
    assert page.index("by_sex.r0.c0") < page.index("threats.r0.c0")


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
