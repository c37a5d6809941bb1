"""The page in a real browser: accessible, operable by keyboard, whole on a phone and on paper."""

from __future__ import annotations

import contextlib
import shutil
import socket
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import report_examples as example

from hrdresearch.report.document import Prose, ShownFinding, assemble_document, write_html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WIDTHS = pytest.mark.parametrize("width", [1280, 390, 360])

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "report.html"
    write_html(assemble_document(example.blocks(), example.meta()), example.claims(), path)
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as p:
        chromium = p.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        )  # fmt: skip
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, address: str, request: pytest.FixtureRequest) -> Iterator[object]:
    width = (
        request.node.callspec.params.get("width", 1280)
        if hasattr(request.node, "callspec")
        else 1280
    )
    view = browser.new_page(viewport={"width": width, "height": 900})
    view.goto(address)
    yield view
    view.close()


def violations(page) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    return [
        f"{v['id']}: {[n['html'][:120] for n in v['nodes'][:3]]}"
        for v in axe.run(page).response["violations"]
    ]


@pytest.mark.long
@WIDTHS
def test_axe_finds_no_violation(page, width: int):
    assert violations(page) == []


@pytest.mark.long
@WIDTHS
def test_axe_finds_no_violation_with_lineage_open_and_everything_unfolded(page, width: int):
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.locator("a.claim").first.click()
    assert page.locator("#card").is_visible()
    assert violations(page) == []


@WIDTHS
def test_the_page_does_not_scroll_sideways(page, width: int):
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_lineage_opens_on_hover_stays_under_the_pointer_and_closes_on_escape(page):
    card = page.locator("#card")
    page.locator("a.claim").first.hover()
    assert "Persons documented as killed" in card.inner_text()
    assert "0123abcd4567" in card.inner_text()
    card.hover()
    page.wait_for_timeout(400)
    assert card.is_visible()
    page.keyboard.press("Escape")
    assert card.is_hidden()


def test_lineage_opens_on_focus_and_is_read_out_with_the_number(page):
    page.locator("a.claim").nth(1).focus()
    assert page.locator("#card").is_visible()
    assert page.locator("a.claim").nth(1).get_attribute("aria-describedby") == "card"
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    page.keyboard.press("Enter")
    assert page.locator("#card").is_visible()


def test_a_withheld_number_says_why_and_no_count(page):
    page.locator("a.withheld").first.focus()
    text = page.locator("#card").inner_text()
    assert "fewer than 5" in text
    assert "not shown" in text


def test_the_card_stays_inside_a_phone(browser, address: str):
    view = browser.new_page(viewport={"width": 360, "height": 640})
    view.goto(address)
    view.locator(".exhibit a.claim").first.click()
    box = view.locator("#card").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    view.close()


@pytest.fixture
def phone(browser, tmp_path: Path) -> Iterator[object]:
    """A page with a table of eight columns, on a telephone."""
    values = [f"Column number {n}" for n in range(8)]
    wide = example.finding("w", "State", [("Brazil", list(range(10, 18)))] * 2, values=values)
    write_html(
        assemble_document([Prose("# One"), ShownFinding(wide)], example.meta()),
        {claim.name: claim for claim in wide.claims},
        tmp_path / "report.html",
    )
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    view = context.new_page()
    view.goto((tmp_path / "report.html").as_uri())
    yield view
    context.close()


HINT = "getComputedStyle(document.querySelector('.scroll'), '::before').content"


def test_a_wide_table_says_that_it_scrolls_and_keeps_its_first_column(phone):
    assert "Scroll sideways" in phone.evaluate(HINT)
    first = phone.locator(".exhibit tbody tr").first.locator("> *").first
    before = first.bounding_box()["x"]
    phone.evaluate("document.querySelector('.scroll').scrollLeft = 10000")
    phone.wait_for_timeout(200)
    assert first.bounding_box()["x"] == before
    assert "Scroll back" in phone.evaluate(HINT)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_no_table_scrolls_at_the_width_of_a_desk(page):
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    wide = "[...document.querySelectorAll('.scroll')].filter(d => d.scrollWidth > d.clientWidth).length"
    assert page.evaluate(wide) == 0


def test_a_table_that_fits_says_nothing(page):
    assert page.evaluate(HINT) == "none"


SAID_OF_TABLES = """[...document.querySelectorAll('.exhibit .scroll')].map((region) => [
    region.scrollWidth > region.clientWidth + 1,
    getComputedStyle(region, '::before').content.includes('Scroll sideways'),
    getComputedStyle(region, '::before').content.includes('Scroll back')])"""


def test_what_a_table_says_of_its_width_is_true_and_stays_when_the_page_is_measured_again(
    browser, tmp_path: Path
):
    blocks, claims = [Prose("# One")], {}
    for columns in range(2, 8):
        for label in (
            "Brazil",
            "Search or seizure, and then arrest, detention or a charge in court",
        ):
            made = example.finding(
                f"w{columns}{len(label)}",
                "State",
                [(label, list(range(10, 10 + columns)))] * 2,
                values=[f"Persons {n}" for n in range(columns)],
            )
            blocks.append(ShownFinding(made))
            claims |= {claim.name: claim for claim in made.claims}
    write_html(assemble_document(blocks, example.meta()), claims, tmp_path / "report.html")
    view = browser.new_page(viewport={"width": 390, "height": 844})
    view.goto((tmp_path / "report.html").as_uri())
    first = view.evaluate(SAID_OF_TABLES)
    assert {scrolls for scrolls, _, _ in first} == {True, False}
    for _ in range(2):
        assert [(says, back) for _, says, back in first] == [(s, False) for s, _, _ in first]
        view.evaluate("window.dispatchEvent(new Event('resize'))")
        assert view.evaluate(SAID_OF_TABLES) == first
    view.close()


def test_a_tap_on_a_number_shows_its_lineage_and_a_tap_elsewhere_closes_it(phone):
    number = phone.locator(".exhibit a.claim").first
    number.tap()
    phone.wait_for_timeout(400)
    card = phone.locator("#card")
    assert "Persons documented as killed" in card.inner_text()
    box = card.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    phone.set_viewport_size({"width": 390, "height": 780})  # the bar of the browser came in
    assert card.is_visible()
    phone.locator("h1").tap()
    assert card.is_hidden()
    number.tap()
    number.tap()
    assert card.is_hidden()


def test_a_link_to_a_folded_table_unfolds_it(page):
    link = page.locator(".note a[href='#figure-1-data']")
    link.click()
    page.wait_for_timeout(200)
    assert page.locator("#figure-1-data").is_visible()


def test_without_script_a_number_leads_to_its_lineage(browser, address: str):
    context = browser.new_context(java_script_enabled=False)
    view = context.new_page()
    view.goto(address)
    view.locator("a.claim").first.click()
    assert view.url.endswith("#lineage-extent.victims")
    context.close()


def test_paper_holds_what_is_folded_and_the_banner_on_every_page(page, tmp_path: Path):
    pypdf = pytest.importorskip("pypdf")
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    pages = [p.extract_text() for p in pypdf.PdfReader(tmp_path / "report.pdf").pages]
    assert all("every person and case in this document is invented" in text for text in pages)
    whole = unicodedata.normalize("NFKC", "\n".join(pages))  # joined letters taken apart
    assert "show(study.by_state())" in whole
    assert "Data of figure 1" in whole
    assert "by_sex.r0" in whole.replace("\n", "")


def test_the_page_asks_the_network_for_nothing(browser, address: str):
    asked: list[str] = []
    view = browser.new_page()
    view.on("request", lambda request: asked.append(request.url))
    view.goto(address)
    view.locator("a.claim").first.click()
    assert asked == [address]
    view.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_policy_of_the_page_stops_nothing_that_the_page_does(browser, address: str, width: int):
    said: list[str] = []
    view = browser.new_page(viewport={"width": width, "height": 900})
    view.on("console", lambda message: said.append(message.text))
    view.on("pageerror", lambda error: said.append(str(error)))
    view.goto(address)
    view.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    view.locator("a.claim").first.click()
    assert view.locator("#card").is_visible()
    right = (
        "[...document.querySelectorAll('td')].some(c => getComputedStyle(c).textAlign === 'right')"
    )
    drawn = "getComputedStyle(document.querySelector('svg path')).strokeLinejoin"
    assert view.evaluate(right) and view.evaluate(drawn) == "round"
    assert said == []
    view.close()


def _received(server: socket.socket) -> bytes:
    """All that was sent to a server that never answers."""
    received = b""
    with contextlib.suppress(BlockingIOError):
        while True:
            connection, _ = server.accept()
            connection.setblocking(False)
            with connection, contextlib.suppress(BlockingIOError):
                received += connection.recv(1000)
    return received


def test_what_is_written_into_the_page_later_does_not_run_and_loads_nothing(
    browser, address: str, tmp_path: Path
):
    page = Path(address.removeprefix("file://")).read_text()
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.setblocking(False)
        url = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/"
        added = (
            "<script>document.title = 'changed'</script>"
            "<p onclick=\"document.title = 'changed'\">x</p>"
            f'<img src="{url}"><iframe src="{url}"></iframe>'
            f'<form action="{url}"><button id="send">Send</button></form>'
            '<style>h1 { display: none }</style><p id="styled" style="color: red">x</p></main>'
        )
        (tmp_path / "report.html").write_text(page.replace("</main>", added, 1))
        view = browser.new_page()
        view.goto((tmp_path / "report.html").as_uri())
        view.locator("p[onclick]").click()
        view.evaluate("document.querySelector('#send').click()")
        view.wait_for_timeout(300)
        assert _received(elsewhere) == b""  # Chromium may connect beforehand; it asks nothing
    assert view.title() != "changed" and view.locator("h1").is_visible()
    red = "getComputedStyle(document.querySelector('#styled')).color === 'rgb(255, 0, 0)'"
    assert not view.evaluate(red)
    view.close()
