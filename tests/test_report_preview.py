"""``preview`` shows the page that the report itself would be."""

from __future__ import annotations

import html
import warnings
from pathlib import Path

import pytest
import report_examples as example

from hrdresearch.report import notebook_page, preview


def test_preview_shows_the_page_of_the_notebook_in_a_frame(monkeypatch, tmp_path: Path):
    notebook = tmp_path / "killings.ipynb"
    notebook.write_text("{}", encoding="utf-8")
    made = ([*example.blocks()[:2]], example.meta(date=""), example.claims())
    monkeypatch.setattr(notebook_page, "page_from_kernel", lambda path: made)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        shown = html.unescape(preview(str(notebook)).data)
    assert "<iframe" in shown and "At least" in shown and "para-1" in shown


def test_preview_says_what_to_do_when_it_does_not_find_the_notebook(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    with pytest.raises(ValueError, match=r"preview\('notebooks/"):
        preview()
