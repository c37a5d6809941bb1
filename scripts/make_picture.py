"""Make the pictures of the documents from the demo reports, after ``make reports``; needs Chromium.

``python scripts/make_picture.py REPORTS`` writes ``docs/report.png`` (two screens, for the README) and
``docs/pictures/<study>.png`` (one screen, for the tutorial of the study), and
``docs/pictures/first-pages/<study>.png`` (title, summary and key findings).
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

DOCS = Path(__file__).resolve().parents[1] / "docs"
TALL, WIDE = {"width": 900, "height": 1200}, {"width": 900, "height": 760}
PASSAGE, NUMBER = "#section-ii-a", "#para-4 a.claim"
PASSAGES = {  # what the tutorial of a study shows
    "killings": "#section-ii-b",
    "imprisonment": "#section-ii",
    "upr": "#section-ii",
    "communications": "#section-iii-a",
    "visits": "#section-ii-a",
    "reprisals": "#section-iii-a",
    "case-status": "#section-iii",
    "promises": "#section-iii-a",
    "attacks": "#section-vii",
    "online-attacks": "#section-iii",
}
RULE = 2
COLOURS = 128  # enough for text and flat colours, and a quarter of the bytes
FEW_COLOURS = 32


def main() -> None:
    """Open each report, keep what the README and the tutorials show of it."""
    reports = Path(sys.argv[1]).resolve()
    program = shutil.which("chromium") or shutil.which("google-chrome")
    first_pages = DOCS / "pictures" / "first-pages"
    first_pages.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        first = next(reports.glob("killings/sources-*/latest/report.html"))
        page = opened(browser.new_page(viewport=TALL), first)
        shots = [page.screenshot(), at_passage(page, PASSAGE, NUMBER)]
        keep(abreast(shots), DOCS / "report.png", COLOURS)
        for study, passage in PASSAGES.items():
            report = reports / study / "all" / "latest" / "report.html"
            page = opened(browser.new_page(viewport=WIDE), report)
            page.set_viewport_size(TALL)
            start = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            keep(start, first_pages / f"{study}.png", FEW_COLOURS)
            page.set_viewport_size(WIDE)
            shot = Image.open(io.BytesIO(at_passage(page, passage)))
            keep(shot.convert("RGB"), DOCS / "pictures" / f"{study}.png", FEW_COLOURS)
        browser.close()


def opened(page: Page, report: Path) -> Page:
    """The page with a report in it."""
    page.goto(report.as_uri())
    return page


def at_passage(page: Page, passage: str, number: str = "") -> bytes:
    """Picture of the page at a passage; with the lineage of a number, where one is named."""
    page.locator(passage).evaluate("element => element.scrollIntoView({block: 'start'})")
    if number:
        page.locator(number).first.hover()
    page.wait_for_timeout(500)
    return page.screenshot()


def keep(picture: Image.Image, path: Path, colours: int) -> None:
    """Save a picture with few colours."""
    picture.quantize(colours).save(path, optimize=True)


def abreast(shots: list[bytes]) -> Image.Image:
    """The pictures side by side, with a rule between them."""
    pictures = [Image.open(io.BytesIO(shot)).convert("RGB") for shot in shots]
    width = sum(picture.width for picture in pictures) + RULE * (len(pictures) - 1)
    whole = Image.new("RGB", (width, pictures[0].height), "#999999")
    left = 0
    for picture in pictures:
        whole.paste(picture, (left, 0))
        left += picture.width + RULE
    return whole


if __name__ == "__main__":
    main()
