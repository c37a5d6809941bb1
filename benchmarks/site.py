"""The reviewers' site: how long it takes to make and to open, as the number of reports grows.

``python benchmarks/site.py [REPORTS ...]`` writes invented reports with two editions each into a temporary
folder, makes the page, makes it again, and opens it in Chromium (median of five): 100 and 1,000 reports
unless other numbers are given. Nothing is kept.
"""

from __future__ import annotations

import runpy
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from hrdresearch.run.site.make_site import make_site
from hrdresearch.vocab.states import all_codes, is_member

REPOSITORY = Path(__file__).resolve().parents[1]
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
WIDTHS = (1280, 390)


def main() -> None:
    write_many = runpy.run_path(str(REPOSITORY / "tests" / "invented_reports.py"))["write_many"]
    states = [code for code in all_codes() if is_member(code)]
    print(
        "reports | made, s | again, s | size, kB | "
        + " | ".join(f"open at {w}, ms" for w in WIDTHS)
    )
    for number in map(int, sys.argv[1:] or ("100", "1000")):
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder)
            write_many(out, states, number)
            first, page = timed(out)
            again, _ = timed(out)
            opened = [f"{ms:.0f}" for ms in open_in_chromium(page)]
            size = page.stat().st_size / 1000
            print(
                " | ".join([f"{number:,}", f"{first:.2f}", f"{again:.2f}", f"{size:.0f}", *opened])
            )


def timed(out: Path) -> tuple[float, Path]:
    start = time.perf_counter()
    page = make_site(out)
    return time.perf_counter() - start, page


def open_in_chromium(page: Path) -> list[float]:
    """Milliseconds until the page is loaded, at each width; empty without Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        print("no Chromium on this machine", file=sys.stderr)
        return []
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        found = []
        for width in WIDTHS:
            times = []
            for _ in range(5):
                view = browser.new_page(viewport={"width": width, "height": 900})
                view.goto(page.as_uri())
                times.append(float(view.evaluate(LOADED)))
                view.close()
            found.append(statistics.median(times))
        browser.close()
    return found


if __name__ == "__main__":
    main()
