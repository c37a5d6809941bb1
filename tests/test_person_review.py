"""Pairs of persons are decided in a spreadsheet or a page, and a sheet with a fault loses nothing."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from hrdresearch.linkage.decisions import standing_decisions
from hrdresearch.privacy.keys import study_key
from hrdresearch.run.build import build
from hrdresearch.run.errors import RunError
from hrdresearch.run.person_decisions import read_person_decisions
from hrdresearch.run.reviews import killings
from hrdresearch.run.reviews.killings import PAGE_COLUMNS, export, feed
from hrdresearch.run.reviews.person_page import pairs_page
from hrdresearch.run.source_files import demo_files
from hrdresearch.studies.ground.build import Build, current_build

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
KEYS = [("cpt:a", "global-witness:b"), ("cpt:c", "global-witness:d"), ("cpt:a", "global-witness:d")]


@pytest.fixture
def built(
    demo_build: Callable[[str, Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Build:
    """The demo cases with three pairs to decide: rows 2 and 3 of two lists."""
    work = demo_build("killings", tmp_path)
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    made = current_build("killings", work)
    pairs = pd.DataFrame(KEYS, columns=["left_key", "right_key"]).assign(
        left_row=["2", "3", "2"],
        right_row=["2", "3", "3"],
        probability=["0.5", "0.9", "0.2"],
        rows=["2", "2", "4"],
        reasons="event date: the same day, which speaks very strongly for one person",
    )
    pairs.to_csv(made.folder / "restricted" / f"{killings.REVIEW}.csv", index=False)
    return made


def decisions_of(made: Build) -> Path:
    return made.folder.parent / "decisions"


def filled(build: Build, *words: str, by: str = "desk-4", **cells: str) -> Path:
    """A page's file with decisions on the first pairs."""
    key = study_key(build.study)
    rows = [
        {"left_key": a, "right_key": b, "by": by, "why": "", "decision": word}
        | {"pair_id": killings._pair_id(key, {"left_key": a, "right_key": b})}
        | cells
        for (a, b), word in zip(KEYS, words, strict=False)
    ]
    file = build.folder.parent.parent / "decisions.csv"
    pd.DataFrame(rows)[list(PAGE_COLUMNS)].to_csv(file, index=False)
    return file


def said(build: Build) -> list[str]:
    return standing_decisions(read_person_decisions(decisions_of(build)))["decision"].tolist()


def test_the_spreadsheet_shows_both_names_and_comes_back_with_decisions(
    built: Build, tmp_path: Path
) -> None:
    file = tmp_path / "pairs.xlsx"

    assert export(built, file, 2) == 2
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    book = openpyxl.load_workbook(file)
    header = [cell.value for cell in book.active[1]]
    first = dict(zip(header, [cell.value for cell in book.active[2]], strict=True))
    assert first["left_list"] == "cpt"
    assert first["left_name"]
    assert first["right_name"]
    assert "speaks very strongly" in first["reasons"]
    for column, value in (("decision", "same"), ("by", "desk-4"), ("why", "the same land")):
        book.active.cell(2, header.index(column) + 1, value)
    book.save(file)

    assert feed(file, decisions_of(built)) == 1
    kept = read_person_decisions(decisions_of(built))
    assert kept[["left_key", "decision", "by", "why"]].to_numpy().tolist() == [
        ["cpt:a", "same", "desk-4", "the same land"]
    ]


@pytest.mark.long
def test_the_next_build_applies_what_was_decided_on_a_pair_of_the_demo_cases(
    demo_build: Callable[[str, Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = demo_build("killings", tmp_path)
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    first, file = current_build("killings", work), tmp_path / "pairs.xlsx"
    assert export(first, file, 500) > 0
    sheet = pd.read_excel(file, dtype=str, keep_default_na=False, engine="openpyxl").head(1)
    sheet.assign(decision="different", by="desk-4").to_excel(file, index=False)
    assert feed(file, decisions_of(first)) == 1

    build("killings", demo_files("killings"), work)

    pairs = current_build("killings", work).sheet("person_pairs")
    assert pairs is not None
    assert pairs.loc[pairs["decided"] == "different", "probability"].astype(float).tolist() == [0.0]


def test_a_later_decision_wins_and_open_takes_it_back(built: Build) -> None:
    counts = [feed(filled(built, w), decisions_of(built)) for w in ("same", "same", "different")]

    assert (counts, said(built)) == ([1, 0, 1], ["different"])
    feed(filled(built, "open"), decisions_of(built))
    assert said(built) == []
    assert len(read_person_decisions(decisions_of(built))) == 3


def test_a_decided_pair_stands_at_the_end_with_its_decision(built: Build, tmp_path: Path) -> None:
    feed(filled(built, "same"), decisions_of(built))

    export(built, tmp_path / "pairs.html", 10)

    page = (tmp_path / "pairs.html").read_text(encoding="utf-8")
    assert page.index('data-left_key="cpt:c"') < page.rindex('data-left_key="cpt:a"')
    assert page.count('value="same" selected') == 1


@pytest.mark.parametrize(
    ("words", "cells", "told"),
    [
        (("perhaps",), {}, "decision must be same, different, open"),
        (("same",), {"by": ""}, "which desk decided"),
        (("same",), {"by": "Ernal Vegunta"}, "which desk decided"),
        (("same",), {"right_key": "global-witness:other"}, "do not belong together"),
        (("same", "different"), {"left_key": "cpt:a"}, "do not belong together"),
    ],
)
def test_a_sheet_with_a_fault_names_its_row_and_keeps_what_was_decided_before(
    built: Build, words: tuple[str, ...], cells: dict[str, str], told: str
) -> None:
    feed(filled(built, "different"), decisions_of(built))

    with pytest.raises(RunError, match=told) as wrong:
        feed(filled(built, *words, **cells), decisions_of(built))

    assert "row 2" in str(wrong.value) or "row 3" in str(wrong.value)
    assert "Vegunta" not in str(wrong.value)
    assert said(built) == ["different"]


def test_decisions_that_cannot_all_hold_are_refused_together(built: Build) -> None:
    feed(filled(built, "same"), decisions_of(built))
    joined = [*KEYS[1:], ("global-witness:b", "global-witness:d")]
    key = study_key(built.study)
    rows = pd.DataFrame(joined, columns=["left_key", "right_key"]).assign(
        pair_id=[killings._pair_id(key, {"left_key": a, "right_key": b}) for a, b in joined],
        by="desk-4",
        why="",
        decision=["different", "same", "different"],
    )
    file = built.folder.parent.parent / "contradiction.csv"
    rows.to_csv(file, index=False)

    with pytest.raises(RunError, match=r"Take one of them back\. Nothing of the sheet was kept"):
        feed(file, decisions_of(built))
    assert said(built) == ["same"]


def test_a_sheet_without_its_columns_is_refused(built: Build, tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    pd.DataFrame({"decision": ["same"]}).to_csv(file, index=False)

    with pytest.raises(RunError, match="lacks the columns pair_id, left_key, right_key, by, why"):
        feed(file, decisions_of(built))


def test_a_list_that_changed_since_the_build_is_not_shown(
    built: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = [{**one, "sha256": "0"} for one in killings.files_of_build(built.folder)]
    monkeypatch.setattr(killings, "files_of_build", lambda _: changed)

    with pytest.raises(RunError, match="has changed since it was built; build again"):
        export(built, tmp_path / "pairs.xlsx", 5)


@pytest.mark.long
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_in_the_browser_the_desk_is_asked_once_and_stands_in_what_is_saved(tmp_path: Path) -> None:
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    row = dict.fromkeys(
        [f"{side}_{fact}" for side in ("left", "right") for fact in killings.FACTS], "Zunera"
    ) | {"rows": "2", "reasons": "name: the same name", "why": "", "decision": ""}
    rows = [row | {"pair_id": f"{n}", "left_key": f"a:{n}", "right_key": "b:1"} for n in (1, 2)]
    page_file = tmp_path / "pairs.html"
    page_file.write_text(pairs_page(rows), encoding="utf-8")
    with sync.sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(accept_downloads=True)
        page.goto(page_file.as_uri())
        page.click("#start")
        assert page.is_hidden("section")
        page.fill("#desk", "desk-4")
        page.click("#start")
        axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
        assert axe.run(page).violations_count == 0
        page.select_option("section:not([hidden]) select[name=decision]", "different")
        page.fill("section:not([hidden]) input[name=why]", "two, brothers")
        with page.expect_download() as saving:
            page.click("#save")
        text = Path(saving.value.path()).read_text(encoding="utf-8")
        browser.close()

    assert text.splitlines() == [
        "pair_id,left_key,right_key,by,why,decision",
        '1,a:1,b:1,desk-4,"two, brothers",different',
    ]
