"""What the disk tells of a sealed list beside its rows: figures, scopes, who was taken down. Invented."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from test_run_build import work  # noqa: F401
from test_run_withdraw import restricted, say

from hrdresearch.privacy.keys import study_key
from hrdresearch.privacy.vault import make_identity, seal_file
from hrdresearch.privacy.vault_session import VaultSession
from hrdresearch.run import internal
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.errors import RunError
from hrdresearch.run.internal import internal_folder, neutral_name, why_internal
from hrdresearch.run.release_desk import show_releases
from hrdresearch.studies.ground.build import current_build
from hrdresearch.studies.ground.releases import read_releases

LIST = "restricted-list"


@pytest.fixture
def given(work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SourceFile:  # noqa: F811
    monkeypatch.setenv("HRD_IDENTITY", str(tmp_path / "away" / "identity.txt"))
    recipient = make_identity(tmp_path / "away" / "identity.txt")
    (tmp_path / "raw").mkdir()
    return SourceFile(LIST, seal_file(restricted(tmp_path / "raw").path, recipient))


def on_disk(work: Path) -> list[str]:  # noqa: F811
    folder = work / "killings" / "released" / LIST
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in folder.glob("*.json*"))
    return sorted(path.name for path in folder.glob("*.json*"))


def test_figures_and_their_taking_down_are_sealed_and_the_disk_looks_the_same(
    work: Path,  # noqa: F811
    tmp_path: Path,
    given: SourceFile,
) -> None:
    build("killings", [given], work)
    [before] = read_releases(work / "killings", LIST)
    assert on_disk(work) == [f"{before.edition}.json.age"]
    say(work, tmp_path, in_danger=True)
    [after] = read_releases(work / "killings", LIST)
    assert after.taken_down and after.cells == before.cells
    assert on_disk(work) == [f"{before.edition}.json.age"]


def test_figures_of_an_open_study_are_for_its_owner_and_sealed_when_the_study_is(
    work: Path,  # noqa: F811
    tmp_path: Path,
    given: SourceFile,
) -> None:
    build("killings", [restricted(tmp_path)], work, open_on_this_machine=True)
    before = read_releases(work / "killings", LIST)
    assert on_disk(work) == [f"{before[0].edition}.json"]
    build("killings", [given], work)
    assert on_disk(work) == [f"{before[0].edition}.json.age"]
    assert read_releases(work / "killings", LIST) == before


def test_the_folder_of_a_sealed_internal_report_does_not_name_its_scope(
    work: Path,  # noqa: F811
    tmp_path: Path,
    given: SourceFile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = VaultSession(tmp_path / "memory", work, "")
    monkeypatch.setattr(internal, "live_session", lambda: session)
    folder = internal_folder(work / "killings", True, "year-2020--state-col")
    neutral = neutral_name(study_key("killings"), "year-2020--state-col")
    assert folder == tmp_path / "memory" / "internal" / "killings" / neutral
    assert not {"2020", "col"} & set(neutral.split("-")) and neutral != neutral_name(
        study_key("killings"), "all"
    )
    (work / "internal" / "killings" / "year-2020--state-col").mkdir(parents=True)
    told = build("killings", [given], work).sealed  # an earlier version named it
    assert told == (f"internal/killings/{neutral}",)
    assert build("killings", [given], work).sealed == ()


def test_after_a_taking_down_the_run_says_so_and_a_desk_has_nothing_to_approve(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    build("killings", [restricted(tmp_path)], work, open_on_this_machine=True)
    [before] = why_internal([current_build("killings", work)], {})
    assert "two desks have not approved" in before
    say(work, tmp_path, in_danger=True)
    [after] = why_internal([current_build("killings", work)], {})
    following = internal.next_edition(LIST)
    assert f"taken down; the next edition is on {following}" in after
    assert "approved" not in after
    assert f"the next edition is on {following}" in "".join(show_releases("killings", work))
    with pytest.raises(RunError, match="nothing to approve"):
        list(show_releases("killings", work, "desk-1"))
