"""The reviewers' site in a real browser: accessible, searched, clicked, read without its script, printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from invented_reports import write_edition, write_many
from playwright.sync_api import expect
from test_report_browser import CHROMIUM, browser, violations  # noqa: F401

from hrdresearch.run.site.failed_runs import FAILED
from hrdresearch.run.site.make_site import make_site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("site") / "reports"
    write_edition(out)
    write_many(out, ["COL", "CIV", "NRU", "MEX"], 8)
    failed = {"at": "2026-11-30T06:10:00+00:00", "why": "its notebook stopped in cell 7"}
    (out / "state-brief" / "state-mex" / FAILED).write_text(json.dumps(failed))
    return make_site(out).as_uri()


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_violation_and_nothing_scrolls_sideways(browser, address: str, width: int):  # noqa: F811
    said: list[str] = []
    view = browser.new_page(viewport={"width": width, "height": 900})
    view.on("console", lambda message: said.append(message.text))
    view.on("pageerror", lambda error: said.append(str(error)))
    view.goto(address)
    view.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert violations(view) == []
    assert view.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
    view.close()


def test_words_and_a_status_narrow_the_list_and_a_state_of_the_map_opens_it_again(browser, address):  # noqa: F811
    view = browser.new_page(viewport={"width": 1280, "height": 900})
    view.goto(address)
    shown = lambda: view.locator("li.row:visible").count()  # noqa: E731
    assert shown() == 9
    view.fill("#words", "cote")
    assert shown() == 2 and view.locator("#found").inner_text() == "2 of 9 reports"
    view.fill("#words", "")
    view.select_option("#status", "failed")
    assert shown() == 1
    view.locator(".world a", has_text="Colombia").click()
    expect(view.locator("li.row:visible")).to_have_count(
        9
    )  # when the browser has told of the new address
    assert view.url.endswith("#state-brief--state-col")
    view.close()


def test_without_its_script_the_page_is_whole_and_asks_the_network_for_nothing(browser, address):  # noqa: F811
    context = browser.new_context(java_script_enabled=False)
    view = context.new_page()
    asked: list[str] = []
    view.on("request", lambda request: asked.append(request.url))
    view.goto(address)
    assert view.locator("li.row:visible").count() == 9
    assert view.locator("form.search").is_hidden()
    view.locator(".world a", has_text="Nauru").click()
    assert view.url.endswith("#state-brief--state-nru") and asked == [address]
    view.locator("li.row a", has_text="Colombia: Brief").first.click()
    assert view.url.endswith("report.html")
    context.close()


def test_on_paper_the_list_is_whole_and_the_search_is_left_out(browser, address, tmp_path: Path):  # noqa: F811
    pypdf = pytest.importorskip("pypdf")
    view = browser.new_page()
    view.goto(address)
    view.pdf(path=tmp_path / "site.pdf", prefer_css_page_size=True)
    pages = [p.extract_text() for p in pypdf.PdfReader(tmp_path / "site.pdf").pages]
    assert all("all persons and cases are invented" in text for text in pages)
    text = "".join(pages)
    assert "Nauru: Brief on one State" in text and "Search" not in text
    view.close()
