"""Where desks have keys, two different keys and passphrases are needed, and a reader can see them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from test_run_releases import ledger, work  # noqa: F401
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.privacy.desk_keys import make_desk_key
from hrdresearch.privacy.keys import KeyProblem
from hrdresearch.privacy.memory_folder import VaultProblem
from hrdresearch.run.build import build
from hrdresearch.run.check import check
from hrdresearch.run.execute import run
from hrdresearch.run.files import read_json, write_json
from hrdresearch.run.release_desk import BY_KEY, BY_LABEL, approve_release, show_releases
from hrdresearch.run.releases import write_release
from hrdresearch.run.retention import approve as approve_deletion
from hrdresearch.studies.ground.build import current_build
from hrdresearch.studies.ground.releases import read_releases, released

FIRST, SECOND = "anchor bottle candle dragon", "feather garden hammer island"
LIST = "reprisals-ledger"


def approve(work: Path, desk: str, passphrase: str = "") -> str:  # noqa: F811
    code = list(show_releases("reprisals", work, desk))[-1].rpartition(" ")[2]
    return approve_release("reprisals", work, desk, code, passphrase)


@pytest.fixture
def listed(work: Path, tmp_path: Path, quick_passphrases: None) -> Path:  # noqa: F811
    build("reprisals", [ledger(tmp_path, 83)], work, open_on_this_machine=True)
    return work


def test_two_desks_need_two_keys_and_the_report_shows_them(listed: Path, tmp_path: Path) -> None:
    assert BY_LABEL in list(show_releases("reprisals", listed))
    made = [make_desk_key("desk-4", FIRST), make_desk_key("desk-7", SECOND)]
    assert BY_KEY in list(show_releases("reprisals", listed))
    for desk, passphrase, why in (
        ("desk-4", "", "not the passphrase of desk-4"),
        ("desk-4", SECOND, "not the passphrase of desk-4"),
        ("desk-9", FIRST, "desk-9 has none"),
    ):
        with pytest.raises(KeyProblem, match=why):
            approve(listed, desk, passphrase)
    assert approve(listed, "desk-4", FIRST).endswith("1 more desk(s) must approve")
    assert released(current_build("reprisals", listed), LIST) is None
    assert approve(listed, "desk-7", SECOND).endswith("may leave")

    found = check(run("reprisals", {}, listed, tmp_path / "out", with_pdf=False).folder, listed)
    [told] = found.approvals
    assert found.exit_code == 0
    assert all(f"{key.role} (fingerprint {key.fingerprint})" in told for key in made)


def test_an_approval_without_a_signature_does_not_count_where_desks_have_keys(
    listed: Path,
) -> None:
    approve(listed, "desk-4"), approve(listed, "desk-7")
    opened = current_build("reprisals", listed)
    assert released(opened, LIST) is not None
    make_desk_key("desk-4", FIRST)
    make_desk_key("desk-7", SECOND)
    assert released(opened, LIST) is None
    approve(listed, "desk-4", FIRST)
    [mine] = read_releases(listed / "reprisals", LIST)
    copied = {"desk-4": mine.signatures["desk-4"], "desk-7": mine.signatures["desk-4"]}
    forged = replace(mine, approved=dict.fromkeys(copied, mine.digest), signatures=copied)
    write_release(listed / "reprisals", LIST, forged)
    assert released(opened, LIST) is None


def test_labels_alone_are_said_to_prove_nothing_and_a_changed_approval_is_a_problem(
    listed: Path, tmp_path: Path
) -> None:
    approve(listed, "desk-4"), approve(listed, "desk-7")
    folder = run("reprisals", {}, listed, tmp_path / "out", with_pdf=False).folder
    [told] = check(folder, listed).approvals
    assert told.endswith("by desk-4, desk-7, by label: no key shows that two persons looked")
    manifest = read_json(folder / "manifest.json")
    forged = {"key": "00" * 32, "signature": "00" * 64}
    manifest["approvals"][0]["desks"] = {"desk-4": forged, "desk-7": forged}
    write_json(folder / "manifest.json", manifest)
    assert any(
        "signatures that are not valid" in problem for problem in check(folder, None).problems
    )


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize(
    "sealing", ["quick_passphrases", pytest.param("the slow function", marks=pytest.mark.long)]
)
def test_a_key_has_a_passphrase_of_its_own_that_cannot_be_guessed(
    sealing: str, request: pytest.FixtureRequest
) -> None:
    if sealing == "quick_passphrases":
        request.getfixturevalue(sealing)
    make_desk_key("desk-4", FIRST)
    with pytest.raises(KeyProblem, match="passphrase of another desk"):
        make_desk_key("desk-7", FIRST)
    with pytest.raises(VaultProblem, match="fewer than 16 characters"):
        make_desk_key("desk-7", "short")
    with pytest.raises(KeyProblem, match="is no desk"):
        make_desk_key("Ana", SECOND)


def test_the_key_is_made_by_a_command_and_asked_for_wherever_two_desks_decide(
    listed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HRD_DESK_KEYS", str(tmp_path / "stick"))
    made = CliRunner().invoke(app, ["key", "--desk", "desk-4"], input=f"{FIRST}\n{FIRST}\n")
    assert "make a key for the second desk" in made.output
    assert [path.name for path in (tmp_path / "stick").iterdir()] == ["desk-4.key.age"]
    again = CliRunner().invoke(app, ["key", "--desk", "desk-4"], input=f"{FIRST}\n{FIRST}\n")
    assert again.exit_code != 0 and "--rotate" in again.output
    code = list(show_releases("reprisals", listed, "desk-4"))[-1].rpartition(" ")[2]
    said = ["release", "reprisals", "--work", str(listed), "--desk", "desk-4", "--approve", code]
    assert "1 more desk(s)" in CliRunner().invoke(app, said, input=f"{FIRST}\n").output
    with pytest.raises(KeyProblem, match="not the passphrase of desk-4"):
        approve_deletion(listed / "reprisals", LIST, "desk-4", False, SECOND)
    monkeypatch.setenv("HRD_DESK_KEYS", str(tmp_path / "another stick"))
    with pytest.raises(KeyProblem, match="if it lies on a stick"):
        approve(listed, "desk-4", FIRST)
