"""The brief for a State on paper: two pages, before the annexes, as a browser prints it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest

from hrdresearch.run.execute import run

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_the_brief_for_a_state_of_the_demo_fits_on_two_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo_build: Callable[[str, Path], Path]
) -> None:
    pypdf = pytest.importorskip("pypdf", reason="needs pypdf to count pages")
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    demo_build("upr", tmp_path)
    given = {"state": "MEX", "form": "brief"}
    page = run("upr", given, tmp_path / "work", tmp_path / "out").folder / "report.html"
    printed = tmp_path / "brief.pdf"
    subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--user-data-dir={tmp_path / 'browser'}", f"--print-to-pdf={printed}", page.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pages = pypdf.PdfReader(printed).pages
    texts = [normalize("NFKC", p.extract_text()) for p in pages]  # "fi" may be one letter
    for part in ("Brief on Mexico", "Ratifications and context", "Recommendations on defenders to",
                 "What stands in two sources is listed once"):  # fmt: skip
        assert any(part in " ".join(text.split()) for text in texts[:2]), part
    assert not any("Brief on Mexico" in text for text in texts[2:])
