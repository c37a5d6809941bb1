"""The signature of an edition: who changes a page and renews its hash is caught without the build."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_run_report import Project, change_page, project, renewed  # noqa: F401
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.privacy.keys import KeyProblem
from hrdresearch.privacy.release_key import (
    key_of_signature,
    known_public_keys,
    read_or_make_release_key,
    read_public_key,
    rotate_release_key,
    sign_manifest,
)
from hrdresearch.run.check import check
from hrdresearch.run.execute import run
from hrdresearch.run.files import read_json, write_json


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    return tmp_path / "keys"


def use_keys(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_KEYS", str(folder))


def rewrite(folder: Path) -> None:
    change_page(folder, "</main>", "<p>Nobody was killed.</p></main>")
    renewed(folder)


def sign_again(folder: Path) -> None:
    write_json(folder / "signature.json", sign_manifest((folder / "manifest.json").read_bytes()))


def rename_role(folder: Path) -> None:
    signature = read_json(folder / "signature.json")
    write_json(folder / "signature.json", signature | {"role": "desk-other"})


CHANGES: list[tuple[Callable[[Path], object], str]] = [
    (rewrite, "Changed after signing"),
    (rename_role, "Changed after signing"),
    (lambda f: change_page(f, "</main>", "<p>x</p></main>"), "report.html is not the file"),
    (lambda f: (f / "signature.json").unlink(), "Not signed: it was made before"),
    (lambda f: (rewrite(f), (f / "signature.json").unlink()), "Not signed: it was made before"),
    (lambda f: (f / "more.html").write_text("x"), "more.html does not belong to this edition"),
]


def test_a_reader_with_the_public_key_alone_sees_who_signed_and_what_was_changed(
    project: Project,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = run("killings", {}, tmp_path / "work", project())
    public = shutil.copy(tmp_path / "keys" / "release.pub", tmp_path / "reader.pub")
    key = read_public_key(public)
    assert str(tmp_path / "keys" / "release.pub") in made.signed_by
    assert (
        made.signed_by.startswith(str(key))
        and str(key) == f"desk-release (fingerprint {key.fingerprint})"
    )
    assert check(made.folder, tmp_path / "work").exit_code == 0
    use_keys(tmp_path / "reader", monkeypatch)  # another machine: no keys, no work folder
    seen = check(made.folder, None, public)
    assert (seen.problems, seen.exit_code, seen.signature) == ((), 2, f"Signed by {key}")
    unknown = check(made.folder, None)
    assert unknown.exit_code == 2 and "Nothing here says whose it is" in unknown.signature
    for number, (change, words) in enumerate(CHANGES):
        folder = tmp_path / f"copy-{number}"
        shutil.copytree(made.folder, folder)
        change(folder)
        told = check(folder, None, public)
        assert told.exit_code == 1 and any(words in p for p in told.problems), (number, told)
    unsigned = check(tmp_path / "copy-3", None)
    assert (unsigned.exit_code, unsigned.problems) == (2, ())
    assert unsigned.signature.startswith("Not signed")
    forged = tmp_path / "copy-0"
    sign_again(forged)  # by the key of the forger
    [problem] = [p for p in check(forged, None, public).problems if "key" in p]
    assert problem.startswith("Signed by another key") and key.fingerprint in problem
    said = CliRunner().invoke(app, ["check", str(forged), "--key", str(public)])
    assert said.exit_code == 1 and "Signed by another key" in said.output
    said = CliRunner().invoke(app, ["check", str(made.folder), "--key", str(public)])
    assert said.exit_code == 2 and f"Signed by {key}" in said.output


def test_the_key_is_made_once_readable_by_its_owner_only(keys: Path) -> None:
    made = read_or_make_release_key()
    assert read_or_make_release_key() == made == read_public_key(keys / "release.pub")
    assert stat.S_IMODE((keys / "release.key").stat().st_mode) == 0o600
    assert (keys / "release.key").read_bytes().hex() not in (keys / "release.pub").read_text()
    (keys / "release.key").chmod(0o644)
    with pytest.raises(KeyProblem, match="can be read by others"):
        read_or_make_release_key()


def test_the_keys_do_not_stand_where_reports_or_work_files_are(keys: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyProblem, match="could sign reports"):
        read_or_make_release_key(outside=(tmp_path / "elsewhere", tmp_path))
    assert not keys.exists()
    assert read_or_make_release_key(outside=(tmp_path / "out",)).role == "desk-release"


@pytest.mark.usefixtures("keys")
def test_reports_of_an_earlier_key_pass_until_its_public_half_is_deleted(keys: Path) -> None:
    signature = sign_manifest(b"manifest")
    old, new = read_or_make_release_key(), rotate_release_key("desk-geneva")
    assert old != new == read_or_make_release_key() and new.role == "desk-geneva"
    assert set(known_public_keys()) == {old, new}
    assert key_of_signature(b"manifest", signature) == old
    [earlier] = keys.glob("release-*.pub")
    earlier.unlink()
    assert known_public_keys() == [new]
    assert rotate_release_key().role == "desk-geneva"
    with pytest.raises(ValueError, match="is no role"):
        read_or_make_release_key(role="Zoraida")


@pytest.mark.usefixtures("keys")
def test_the_command_prints_the_public_key_and_rotates_it(keys: Path) -> None:
    first = CliRunner().invoke(app, ["key"]).output
    assert read_or_make_release_key().text in first and str(keys / "release.pub") in first
    second = CliRunner().invoke(app, ["key", "--rotate"]).output
    assert read_or_make_release_key().text in second and "earlier key" in second
    assert CliRunner().invoke(app, ["key", "--role", "Zoraida"]).exit_code == 2


@pytest.mark.parametrize("text", ["", "desk-4 ed25519 00", "Zoraida ed25519 " + "0" * 64, "\xff"])
def test_a_file_that_is_no_public_key_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "key.pub").write_text(text, encoding="latin-1")
    for path in (tmp_path / "key.pub", tmp_path / "none.pub"):
        with pytest.raises(KeyProblem, match="is no public key"):
            read_public_key(path)


@given(content=st.binary(max_size=40), other=st.binary(max_size=40), place=st.integers(0, 127))
def test_a_signature_fits_one_content_only(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, other: bytes, place: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HRD_KEYS", str(tmp_path_factory.getbasetemp() / "keys-to-sign"))
        made = sign_manifest(content)
        assert key_of_signature(content, made) == read_or_make_release_key()
        assert content == other or key_of_signature(other, made) is None
        digit = "0" if made["signature"][place] != "0" else "1"
        spoilt = made["signature"][:place] + digit + made["signature"][place + 1 :]
        assert key_of_signature(content, made | {"signature": spoilt}) is None
        assert key_of_signature(content, made | {"public_key": "zz"}) is None
