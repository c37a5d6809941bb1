"""The reviewers' site, made from invented editions: what it tells, what it leaves out, how it is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from invented_reports import write_edition
from lxml import html
from pyproj import Proj
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.report import world_map
from hrdresearch.run.errors import LeakError, RunError
from hrdresearch.run.registry import studies
from hrdresearch.run.signoff.review_report import sign
from hrdresearch.run.site import edition_facts
from hrdresearch.run.site.failed_runs import (
    FAILED,
    keep_failure,
    keep_failure_from_outside,
    read_failure,
)
from hrdresearch.run.site.make_site import make_site
from hrdresearch.studies.ground.build import NoBuildError

EARLIER, NEWER = "20261123T060000Z-0a1b2c3d", "20261130T060000Z-0a1b2c3d"
BRIEF = {"study": "state-brief", "slug": "state-col", "title": "Brief on one State or region"}


@pytest.fixture
def out(tmp_path: Path) -> Iterator[Path]:
    """Two reports: killings with two editions, and a brief on Colombia with one."""
    studies.cache_clear()
    out = tmp_path / "reports"
    write_edition(out, EARLIER)
    write_edition(out, NEWER, victims=1734)
    write_edition(out, NEWER, parameters={"state": "COL"}, is_demo=False, **BRIEF)
    yield out
    studies.cache_clear()


def rows(out: Path) -> dict[str, str]:
    """Text of each line of the list of all reports, by its anchor."""
    tree = html.fromstring(make_site(out).read_text(encoding="utf-8"))
    found = tree.xpath("//li[contains(@class, 'row')]")
    return {str(row.get("id")): " ".join(row.text_content().split()) for row in found}


def texts(out: Path) -> str:
    return " ".join(html.fromstring(make_site(out).read_text()).text_content().split())


def test_each_report_stands_with_its_status_its_editions_and_what_changed(out: Path) -> None:
    found = rows(out)
    assert list(found) == ["killings--all", "state-brief--state-col"]
    assert found["killings--all"].startswith("Documented killings invented 2 editions")
    assert "30 November 2026, 06:00 UTC: draft" in found["killings--all"]
    assert "23 November 2026, 06:00 UTC: superseded" in found["killings--all"]
    assert found["killings--all"].endswith("Draft 30 November 2026 1 number changed")
    assert "invented" not in found["state-brief--state-col"]
    assert found["state-brief--state-col"].endswith("Draft 30 November 2026 first edition")
    page = texts(out)
    assert "As of Monday, 30 November 2026, 06:00 UTC" in page
    assert "in 1 of 2 reports on this page all persons and cases are invented" in page
    assert "To be signed: 2 reports" in page
    assert "New since 23 November 2026: one report; numbers changed in one report" in page


def test_every_link_leads_to_a_file_or_a_place_on_the_page(out: Path) -> None:
    tree = html.fromstring(make_site(out).read_text())
    links = [str(link) for link in tree.xpath("//@href")]
    assert "#state-brief--state-col" in links  # Colombia on the map
    anchors = set(tree.xpath("//@id"))
    for link in links:
        assert (
            link[1:] in anchors
            if link.startswith("#")
            else (out / link.partition("#")[0]).is_file()
        ), link


def test_an_internal_report_and_folders_of_the_work_are_not_told(out: Path) -> None:
    make_site(out)
    write_edition(out, slug="state-ken", title="Canary internal", is_internal=True)
    page = make_site(out)
    whole = page.read_text() + (out / "index.json").read_text()
    assert "Canary" not in whole and str(out.parent) not in whole


def failing(error: Exception) -> Callable[..., None]:
    @keep_failure
    def run(study: str, given: dict, work: Path, out: Path) -> None:
        raise error

    return run


def test_a_failed_run_is_told_with_what_stands_in_its_place(out: Path) -> None:
    work = out.parent / "work"
    hidden = RunError(f"killings.ipynb stopped in cell 7: Zoraida Canary in {work}")
    with pytest.raises(RunError, match="Canary"):
        failing(hidden)("killings", {}, work, out)
    with pytest.raises(LeakError):
        failing(LeakError("x"))("state-brief", {"state": "MEX"}, work, out=out)
    for name in (out / "killings/all", out / "state-brief/state-mex"):
        note = json.loads((name / FAILED).read_text())
        (name / FAILED).write_text(json.dumps(note | {"at": "2026-11-30T07:00:00+00:00"}))
    page = texts(out)
    assert "Failed: the last run of 2 reports" in page
    assert (
        "on 30 November 2026, 07:00 UTC, its notebook stopped in cell 7. "
        "In its place stands the edition of 30 November 2026, 06:00 UTC (draft)." in page
    )
    assert "Mexico: Brief on one State or region: on 30 November 2026" in page
    assert "and nothing was published. Nothing stands in its place" in page
    assert "Canary" not in page and str(work) not in page
    write_edition(out, "20261207T060000Z-0a1b2c3d")
    row = rows(out)["killings--all"]
    assert "Last failed run: 30 November 2026, 07:00 UTC, its notebook stopped in cell 7." in row
    assert "failed 30" not in row and "Failed: the last run of one report" in texts(out)


def test_a_run_whose_process_died_is_told_too_and_does_not_hide_what_the_run_itself_told(
    out: Path,
) -> None:
    home = out / "killings" / "all"
    began = datetime.now(UTC).replace(microsecond=0)
    keep_failure_from_outside("killings", {}, out.parent, out, began)
    assert read_failure(home).why.startswith("the run stopped")
    with pytest.raises(LeakError):
        failing(LeakError("x"))("killings", {}, out.parent, out)
    keep_failure_from_outside("killings", {}, out.parent, out, began)
    assert read_failure(home).why.startswith("the scan found a name")


def test_a_failure_before_any_edition_is_told_only_where_the_report_may_leave(out: Path) -> None:
    work = out.parent / "work"
    with pytest.raises(NoBuildError):
        failing(NoBuildError("no build"))("upr", {"state": "KEN"}, work, out)
    with pytest.raises(RunError):
        failing(RunError("wrong words"))("upr", {"colour": "red"}, work, out)
    assert not (out / "upr").exists() and read_failure(out / "upr" / "state-ken") is None


def test_what_was_read_once_is_not_read_again_and_an_equal_page_is_not_written(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_site(out)
    before = page.stat().st_mtime_ns
    read: list[str] = []
    really = edition_facts._read_edition

    def counting(folder: Path, before: Path | None) -> object:
        read.append(folder.parent.name)
        return really(folder, before)

    monkeypatch.setattr(edition_facts, "_read_edition", counting)
    make_site(out)
    assert read == [] and page.stat().st_mtime_ns == before
    write_edition(out, "20261207T060000Z-0a1b2c3d", parameters={"state": "COL"}, **BRIEF)
    make_site(out)
    assert read == ["state-col"] and page.stat().st_mtime_ns != before


def test_damaged_files_stop_nothing_and_are_told(out: Path) -> None:
    (out / "killings" / "all" / NEWER / "manifest.json").write_text("{")
    (out / "index.json").write_text("[]")
    page = texts(out)
    assert f"killings/all/{NEWER}" in page and "What could not be read" in page
    assert "23 November 2026, 06:00 UTC: draft" in rows(out)["killings--all"]


def test_runs_that_end_at_once_leave_a_page_that_holds_them_all(out: Path) -> None:
    def one(state: str) -> None:
        about = BRIEF | {"slug": f"state-{state.lower()}"}
        write_edition(out, NEWER, parameters={"state": state}, **about)
        make_site(out)

    states = ["MEX", "BRA", "PHL", "KEN", "GTM", "HND"]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(one, states))
    tree = html.fromstring((out / "index.html").read_text())
    assert len(tree.xpath("//li[contains(@class, 'row')]")) == 2 + len(states)
    assert sorted(p.name for p in out.iterdir() if p.is_file()) == ["index.html", "index.json"]


def test_the_command_says_where_the_page_is_and_an_empty_folder_has_one_too(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["site", "--out", str(tmp_path / "none")])
    assert done.output.strip() == str(tmp_path / "none" / "index.html")
    assert "There is no report yet" in texts(tmp_path / "none")


def test_the_map_has_the_projection_of_the_maps_of_reports() -> None:
    there = Proj("+proj=eqearth +R=1")
    for longitude, latitude in ((0, 0), (-74, 4.6), (151.2, -33.9), (179, 71)):
        expected = there(longitude, latitude)
        assert world_map.equal_earth(longitude, latitude) == pytest.approx(expected, abs=1e-6)


def test_areas_of_unsettled_status_carry_no_look_and_words_cannot_break_the_map() -> None:
    link = world_map.StateLink("#a", "draft", 'A "<b>" & co')
    drawn = html.fragment_fromstring(world_map.world_map({"COL": link, "NRU": link}))
    assert [a.get("class") for a in drawn.iter("a")] == ["draft has-report"] * 2
    assert {t.text for t in drawn.iter("title")} == {'A "<b>" & co'}
    [hatched] = drawn.xpath("//path[@class='hatched']")
    assert hatched.getparent().tag == "svg"


def test_sentences_of_the_signed_edition_that_no_longer_hold_come_first(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(out.parent / "keys"))
    page = texts(out)
    assert "No longer true of what was signed: no sentence" in page
    assert "one sentence of the edition before no longer holds" in page
    assert "Para. 1: The invented list documents at least [1,733 → 1,734] defenders" in page
    signed = out / "killings" / "all" / EARLIER
    sign(signed, "desk-4", None), sign(signed, "desk-7", None)
    write_edition(out, "20261207T060000Z-0a1b2c3d", victims=1740)
    told = {"newer": {"edition": "20261207T060000Z-0a1b2c3d"}}
    (out / "killings" / "all" / "changes.json").write_text(json.dumps(told))
    (out / "killings" / "all" / "changes.html").write_text("why")
    page = texts(out)
    assert "No longer true of what was signed: sentences of one report" in page
    assert (
        "one sentence of the signed edition of 23 November 2026, by the edition of 7 December 2026"
        in page
    )
    assert "[1,733 → 1,740] defenders" in page
    tree = html.fromstring((out / "index.html").read_text())
    links = [str(link) for link in tree.xpath("//a[text()='Para. 1']/@href")]
    assert links == [f"killings/all/{EARLIER}/report.html#para-1"]
    assert set(tree.xpath("//a[text()='why']/@href")) == {"killings/all/changes.html"}
    row = rows(out)["killings--all"]
    assert (
        "signed: 23 November 2026" in row
        and "23 November 2026, 06:00 UTC: signed; signed by" in row
    )


def test_what_an_earlier_version_kept_is_read_anew(out: Path) -> None:
    make_site(out)
    kept = json.loads((out / "index.json").read_text())
    for facts in kept["editions"].values():
        del facts["slug"]
    (out / "index.json").write_text(json.dumps(kept | {"schema": 1}))
    assert "could not be read" not in texts(out)
