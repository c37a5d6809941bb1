"""Editions: whole or not at all, and the last good one stays."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hrdresearch.run.editions import (
    PDF_FILES,
    REPLACED,
    REPORT_FILES,
    edition_name,
    find_report,
    list_editions,
    mark_replaced,
    promote,
)
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import written_in_one_step

FIRST, SECOND = "20200101T000000Z-0123abcd", "20200102T000000Z-0123abcd"


def prepared(folder: Path, text: str = "x") -> Path:
    folder.mkdir(parents=True)
    for name in REPORT_FILES:
        (folder / name).write_text(text)
    return folder


def test_an_edition_is_named_by_time_and_build() -> None:
    moment = datetime(2020, 6, 30, 12, 5, 9, tzinfo=UTC)
    assert edition_name("0123abcdef", moment) == "20200630T120509Z-0123abcd"


def test_latest_points_to_the_newest_edition(tmp_path: Path) -> None:
    home = tmp_path / "out"
    promote(prepared(tmp_path / "a", "old"), home, FIRST)
    promote(prepared(tmp_path / "b", "new"), home, SECOND)
    assert (home / "latest" / "report.html").read_text() == "new"
    assert [e.name for e in list_editions(home)] == [FIRST, SECOND]
    assert find_report(home) == (home / SECOND).resolve()


def test_a_report_that_is_not_whole_is_not_promoted(tmp_path: Path) -> None:
    home = tmp_path / "out"
    promote(prepared(tmp_path / "a", "good"), home, FIRST)
    broken = prepared(tmp_path / "b")
    (broken / "report.docx").unlink()
    with pytest.raises(RunError, match=r"report\.docx is missing"):
        promote(broken, home, SECOND)
    assert (home / "latest" / "report.html").read_text() == "good"
    assert [e.name for e in list_editions(home)] == [FIRST]


def test_an_edition_is_never_overwritten(tmp_path: Path) -> None:
    promote(prepared(tmp_path / "a"), tmp_path / "out", FIRST)
    with pytest.raises(RunError, match="exists already"):
        promote(prepared(tmp_path / "b"), tmp_path / "out", FIRST)


def test_a_full_disk_leaves_nothing_behind_and_says_so(tmp_path: Path) -> None:
    with (
        pytest.raises(RunError, match="No space left") as error,
        written_in_one_step(tmp_path / "final") as s,
    ):
        (s / "half").write_text("half")
        raise OSError(28, "No space left on device")
    assert "earlier files are still there" in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_there_is_no_report_in_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="There is no report"):
        find_report(tmp_path)


def test_an_edition_has_its_pdf_copies_or_none_of_them(tmp_path: Path) -> None:
    one, none = prepared(tmp_path / "a"), prepared(tmp_path / "b")
    for name in PDF_FILES:
        (none / name).unlink()
    (one / PDF_FILES[0]).unlink()
    with pytest.raises(RunError, match=r"report\.pdf is missing"):
        promote(one, tmp_path / "out", FIRST)
    assert promote(none, tmp_path / "out", FIRST).is_dir()


def test_an_edition_before_the_newest_says_that_it_is_replaced(tmp_path: Path) -> None:
    for second in (1, 2):
        folder = tmp_path / f"2026010{second}T000000Z-0123abcd"
        folder.mkdir()
        mark_replaced(tmp_path)
    told = {p.parent.name: p.read_text("utf-8") for p in tmp_path.glob(f"*/{REPLACED}")}
    assert list(told) == ["20260101T000000Z-0123abcd"]
    assert "Replaced by 20260102T000000Z-0123abcd" in told["20260101T000000Z-0123abcd"]
