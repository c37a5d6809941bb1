"""Make ``docs/report.png``: two screens of the demo report, for the README.

``python scripts/make_picture.py REPORT.html`` after ``make reports``; needs Chromium.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "report.png"
SIZE = {"width": 900, "height": 1200}
PASSAGE, NUMBER = "#section-ii-a", "#para-4 a.claim"
RULE = 2
COLOURS = 128  # enough for text and flat colours, and a quarter of the bytes


def main() -> None:
    """Open the report; keep its beginning and a figure with the lineage of a number, abreast."""
    report = Path(sys.argv[1]).resolve()
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)
        page.goto(report.as_uri())
        shots = [page.screenshot()]
        page.locator(PASSAGE).evaluate("element => element.scrollIntoView({block: 'start'})")
        page.locator(NUMBER).first.hover()
        page.wait_for_timeout(500)
        shots.append(page.screenshot())
        browser.close()
    abreast(shots).quantize(COLOURS).save(PICTURE, optimize=True)


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
