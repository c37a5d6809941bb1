"""An edition with a restricted list names no build; the work folder alone knows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from study_builds import RESTRICTED, facts, make_build

from hrdresearch.privacy.keys import study_key
from hrdresearch.report.document_model import FIGURES
from hrdresearch.run.errors import RunError
from hrdresearch.run.lineage import (
    LINEAGE,
    as_printed,
    build_behind,
    forget_edition,
    mark_of,
    remember_builds,
)
from hrdresearch.run.releases import write_release
from hrdresearch.studies.ground.build import Build, NoBuildError
from hrdresearch.studies.ground.releases import read_releases

ID, EDITION = "0123456789abcdef", "20261201T100000Z-aaaa"
LIST = facts("list-a", RESTRICTED, is_demo=False)


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    study_key("killings")


def restricted(work: Path) -> Build:
    return make_build(work, [{}] * 5, [LIST], ID)


def approve(build: Build) -> str:
    """Two desks approve the last release of the list; its edition."""
    home = build.folder.parent
    release = read_releases(home, "list-a")[-1]
    approved = dict.fromkeys(("desk-a", "desk-b"), release.digest)
    write_release(home, "list-a", replace(release, approved=approved))
    return release.edition


def test_a_build_of_public_lists_is_named_by_its_own_id(tmp_path: Path) -> None:
    build = make_build(tmp_path, [{}], build_id=ID)
    remember_builds([build], EDITION)

    assert [b.build_id for b in as_printed([build])] == [ID] == [mark_of(ID)]
    assert not (build.folder.parent / LINEAGE).exists()
    assert build_behind("killings", ID, EDITION, tmp_path).folder == build.folder


def test_a_build_of_a_restricted_list_is_named_by_the_edition_of_its_figures(
    tmp_path: Path,
) -> None:
    build = restricted(tmp_path)
    before = as_printed([build])[0].build_id
    edition = approve(build)
    after = as_printed([build])[0].build_id

    assert (before, after) == (f"{FIGURES}no edition", f"{FIGURES}{edition}")
    assert ID not in mark_of(after) and mark_of(after) != mark_of(before)


def test_only_the_work_folder_knows_the_build_behind_an_edition(tmp_path: Path) -> None:
    build = restricted(tmp_path)
    printed = as_printed([build])[0].build_id
    with pytest.raises(NoBuildError):
        build_behind("killings", printed, EDITION, tmp_path)

    remember_builds([build], EDITION)
    remember_builds([build], "another")
    assert build_behind("killings", printed, EDITION, tmp_path).build_id == ID

    forget_edition(build.folder.parent, EDITION)
    with pytest.raises(NoBuildError):
        build_behind("killings", printed, EDITION, tmp_path)
    assert build_behind("killings", printed, "another", tmp_path).build_id == ID


@pytest.mark.parametrize("body", ["{", "[1]", "12"])
def test_a_damaged_note_of_builds_is_said_and_not_written_over(tmp_path: Path, body: str) -> None:
    build = restricted(tmp_path)
    note = build.folder.parent / LINEAGE
    note.write_text(body, encoding="utf-8")

    with pytest.raises(RunError, match=r"lineage\.json in .* is damaged"):
        remember_builds([build], EDITION)
    assert note.read_text(encoding="utf-8") == body
