"""Open a notebook in a real JupyterLab with Chromium, run all cells, and keep a picture of it.

``python scripts/open_jupyterlab.py WORK`` writes ``docs/pictures/jupyterlab.png`` from the notebook on
killings with the build in the work folder WORK. A test opens the same.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "pictures" / "jupyterlab.png"
SCREEN = {"width": 1100, "height": 900}
COLOURS = 64
START_SECONDS, RUN_SECONDS = 60, 180
# The tests look at all outputs, so cells out of sight stay on the page; nobody is asked for news.
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
OPTIONS = (
    "--no-browser",
    "--allow-root",
    "--ServerApp.ip=127.0.0.1",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)
PROMPTS = "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(p => p.textContent)"
ERROR = '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]'
RUNNING = re.compile(r"^\[(\*|\d+)\]:$")


class CannotStart(RuntimeError):
    """JupyterLab or Chromium does not start on this machine; the message is the reason."""


def chromium() -> str:
    """Path of the system's Chromium; CannotStart where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise CannotStart("no Chromium on this machine")
    return found


@contextmanager
def notebook_in_jupyterlab(notebook: Path, work: Path) -> Iterator[Page]:
    """A browser page in which JupyterLab has opened a notebook; work: the work folder of builds.

    CannotStart says why the server or the browser does not start.
    """
    program = chromium()
    with (
        _server(notebook.parent, work) as (address, token),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=SCREEN)
        page.goto(f"{address}/lab/tree/{notebook.name}?token={token}")
        page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=START_SECONDS * 1000)
        page.get_by_text("| Idle").wait_for(timeout=START_SECONDS * 1000)
        yield page
        browser.close()


def run_all_cells(page: Page) -> None:
    """Run all cells from the menu, as a researcher does, and wait for the last of them."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    began, which = page.get_by_text(RUNNING).first, page.get_by_role("button", name="Select Kernel")
    began.or_(which).first.wait_for(timeout=START_SECONDS * 1000)
    if which.is_visible():  # the click came before the kernel was there
        which.click()
    page.wait_for_function(
        f"() => {PROMPTS}.every(p => /\\d/.test(p)) || document.querySelector('{ERROR}')",
        timeout=RUN_SECONDS * 1000,
    )


@contextmanager
def _server(folder: Path, work: Path) -> Iterator[tuple[str, str]]:
    """Address and token of a JupyterLab that serves a folder and keeps its settings apart."""
    with socket.socket() as free, tempfile.TemporaryDirectory() as home:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        for name, content in SETTINGS.items():
            file = Path(home, "lab", "user-settings", "@jupyterlab", f"{name}.jupyterlab-settings")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(content), encoding="utf-8")
        token = secrets.token_hex(16)
        environment = {
            "HRD_WORK": str(work.resolve()),
            "JUPYTER_CONFIG_DIR": home,
            "JUPYTER_RUNTIME_DIR": f"{home}/runtime",
            "JUPYTER_TOKEN": token,
        }
        free.close()
        log = Path(home) / "server.log"
        with log.open("w", encoding="utf-8") as told:
            process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "jupyterlab",
                    *OPTIONS,
                    f"--ServerApp.port={port}",
                    f"--ServerApp.root_dir={folder}",
                ],
                env=os.environ | environment,
                stdout=told,
                stderr=told,
            )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/api?token={token}", process, log)
            yield address, token
        finally:
            process.terminate()
            process.wait(30)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    last = log.read_text(encoding="utf-8").strip().splitlines()[-1:]
    raise CannotStart(f"JupyterLab does not start: {' '.join(last)}")


def main() -> None:
    """Run the notebook on killings and keep a picture of a figure with its sentence and table."""
    import io

    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        notebook = Path(shutil.copy(ROOT / "notebooks" / "killings.ipynb", folder))
        with notebook_in_jupyterlab(notebook, Path(sys.argv[1])) as page:
            run_all_cells(page)
            shown = page.locator(".hrd-finding:has(img):has(span[title])").first
            shown.evaluate("element => element.scrollIntoView({block: 'start'})")
            page.wait_for_timeout(500)
            shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(COLOURS).save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()
