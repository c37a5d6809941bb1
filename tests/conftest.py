"""Fixtures that every test may use."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyrage  # type: ignore[import-untyped]
import pytest
import typer.testing
from filelock import FileLock
from hypothesis import settings

from hrdresearch.run.lean_imports import begin_lean

# As the command line does: it saves a tenth of the time, and two seconds of imports.
begin_lean()
# The commands are made of their functions once, and not at every invoke.
typer.testing._get_command = cache(typer.testing._get_command)

# In CI the same examples are tried every time, however slow the machine: a change that lands is
# judged by what it changed. Elsewhere new examples are tried at every run.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session", autouse=True)
def memory_of_the_tests() -> Iterator[Path]:
    """A folder in memory of the tests alone: a vault that is open on the machine is not seen by them."""
    from hrdresearch.privacy.memory_folder import writable_memory_folders

    homes = writable_memory_folders()
    home = homes[-1] if homes else None
    with tempfile.TemporaryDirectory(dir=home) as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("HRD_MEMORY", folder)
        yield Path(folder)


@pytest.fixture
def real_data() -> Callable[[str], Path]:
    """``real_data("gw_defenders/x.csv")``: path of a real file, or the test is skipped."""
    folder = Path(os.environ.get("HRD_DATA") or REPOSITORY.parent / "shared" / "data")

    def find(name: str) -> Path:
        path = folder / name
        if not path.exists():
            pytest.skip(f"the real data set {name} is not on this machine (set HRD_DATA)")
        return path

    return find


@pytest.fixture(scope="session")
def demo_build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path], Path]:
    """``demo_build("upr", folder)``: the demo cases of a study, built, with their keys, in a folder.

    Returns the work folder. A study is built once for all processes of a session; each asker has a
    copy of its own to change.
    """
    here = tmp_path_factory.getbasetemp()
    shared = here.parent if os.environ.get("PYTEST_XDIST_WORKER") else here

    def copy(study: str, folder: Path) -> Path:
        from hrdresearch.run.build import build
        from hrdresearch.run.source_files import demo_files

        kept = shared / f"demo-{study}"
        with FileLock(f"{kept}.lock"), pytest.MonkeyPatch.context() as patch:
            patch.setenv("HRD_KEYS", str(kept / "keys"))
            if not (kept / "work" / study / "current").exists():
                build(study, demo_files(study), kept / "work")
        shutil.copytree(kept, folder, symlinks=True, dirs_exist_ok=True)
        return folder / "work"

    return copy


@pytest.fixture(scope="session")
def upr_work(
    tmp_path_factory: pytest.TempPathFactory, demo_build: Callable[[str, Path], Path]
) -> Path:
    """A work folder with the demo of the UPR study built, for tests that do not change it."""
    return demo_build("upr", tmp_path_factory.mktemp("upr"))


@pytest.fixture
def quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a passphrase seals is sealed without the slow function, which takes two seconds a time.

    tests/test_vault_opened.py has a test with the slow one, and tests/test_run_desk_keys.py a long one.
    """
    identities: dict[str, Any] = defaultdict(pyrage.x25519.Identity.generate)

    class Quick:
        @staticmethod
        def encrypt(data: bytes, passphrase: str) -> bytes:
            return bytes(pyrage.encrypt(data, [identities[passphrase].to_public()]))

        @staticmethod
        def decrypt(data: bytes, passphrase: str) -> bytes:
            return bytes(pyrage.decrypt(data, [identities[passphrase]]))

    kept = {"DecryptError": pyrage.DecryptError, "x25519": pyrage.x25519}
    for module in ("desk_keys", "identity"):
        quick = SimpleNamespace(passphrase=Quick, **kept)
        monkeypatch.setattr(f"hrdresearch.privacy.{module}.pyrage", quick)


@pytest.fixture(autouse=True)
def basis_is_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Invented lists need no basis; tests/test_run_basis.py, which is about it, does without this."""
    monkeypatch.setattr("hrdresearch.run.make_tables.refuse_without_basis", lambda *_: None)


@pytest.fixture(autouse=True)
def term_is_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Invented lists need no term; tests/test_run_leave_out.py, which is about it, does without this."""
    monkeypatch.setattr("hrdresearch.run.release_desk.lists_without_term", lambda _: iter(()))


@pytest.fixture(autouse=True)
def _english() -> None:
    """What a command says is English unless the test sets another language."""
    from hrdresearch.run.own_lists.prompts import ASKED_IN, ENGLISH

    ASKED_IN.set(ENGLISH)
