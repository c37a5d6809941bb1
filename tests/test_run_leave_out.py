"""Desks leave a class out of a release, and approve none without a term. All figures invented."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from test_run_releases import ledger, work  # noqa: F401
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.run.build import build
from hrdresearch.run.errors import RunError
from hrdresearch.run.release_desk import approve_release, leave_out, show_releases
from hrdresearch.run.releases import update_releases
from hrdresearch.studies.ground.build import current_build
from hrdresearch.studies.ground.releases import read_releases, released

SLUG, CLASS = "reprisals-ledger", "sex_code=female"
UNTIL = "the agreement of the Fundación Inventada ends with the study"


@pytest.fixture
def term_is_stated() -> None:
    """Takes the place of what lets all other tests approve lists without a term."""


def approve(work: Path, desk: str, no_term: str = UNTIL) -> str:  # noqa: F811
    code = list(show_releases("reprisals", work, desk))[-1].rpartition(" ")[2]
    return approve_release("reprisals", work, desk, code, no_term=no_term)


def test_a_class_is_left_out_of_this_and_all_later_editions(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    build("reprisals", [ledger(tmp_path, 83)], work, open_on_this_machine=True)
    home, before = work / "reprisals", read_releases(work / "reprisals", SLUG)[-1]
    assert f";{CLASS}" in before.cells
    approve(work, "desk-1")
    asked = ["release", "reprisals", "--work", str(work), "--desk", "desk-2"]
    told = CliRunner().invoke(app, [*asked, "--leave-out", CLASS])
    assert told.exit_code == 0 and f"{CLASS} is left out" in told.output
    left = read_releases(home, SLUG)[-1]
    assert left.cells == {c: n for c, n in before.cells.items() if not c.endswith(f";{CLASS}")}
    assert (left.approved, left.left_out) == ({}, {CLASS: "desk-2"})
    shown = "\n".join(show_releases("reprisals", work))
    assert "Left out of this and all later editions by desk-2, in every area: sex" in shown
    assert approve(work, "desk-1").endswith("1 more desk(s) must approve")
    assert approve(work, "desk-2").endswith("may leave")
    opened = current_build("reprisals", work)
    standing = released(opened, SLUG)
    assert standing is not None and f";{CLASS}" not in standing.cells
    list(update_releases(opened, dt.date.today() + dt.timedelta(days=400)))
    later = read_releases(home, SLUG)[-1]
    assert later.edition > left.edition and later.left_out == {CLASS: "desk-2"}
    assert not [cell for cell in later.cells if cell.endswith(f";{CLASS}")]


def test_the_total_and_what_is_no_class_are_not_left_out(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    build("reprisals", [ledger(tmp_path, 83)], work, open_on_this_machine=True)
    for name in (";", "", "sex_code", "sex_code=nobody"):
        with pytest.raises(RunError, match="Nothing was left out"):
            leave_out("reprisals", work, "desk-1", name)


def test_no_desk_approves_a_list_without_a_term_unless_it_says_why(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    build("reprisals", [ledger(tmp_path, 83)], work, open_on_this_machine=True)
    for desk in ("desk-1", "desk-2"):
        assert list(show_releases("reprisals", work, desk))[1] == (
            f"{SLUG}: nobody has said how long it is kept (hrdresearch retention declare reprisals {SLUG})"
        )
        with pytest.raises(
            RunError, match="Nothing was approved: reprisals-ledger has no retention term"
        ):
            approve(work, desk, no_term=" ")
        approve(work, desk)
    made = read_releases(work / "reprisals", SLUG)[-1]
    assert made.is_approved and dict(made.no_term) == {"desk-1": UNTIL, "desk-2": UNTIL}
    assert f"desk-1 approved it without a term: {UNTIL}" in list(show_releases("reprisals", work))


def test_two_work_folders_with_one_key_draw_the_same_figures(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    figures = []
    for home in (work, tmp_path / "another"):
        build("reprisals", [ledger(tmp_path, 83)], home, open_on_this_machine=True)
        figures.append(read_releases(home / "reprisals", SLUG)[-1].cells)
    assert figures[0] == figures[1] != {}
