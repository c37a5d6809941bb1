"""Opens the vault into a folder in memory, and locks it again: sealed back, then erased.

The folder mirrors the work folder: what stands there is sealed to the same path of the work folder
when the vault is locked. ``to-read`` holds sheets of the builds, which are only for reading.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hrdresearch.privacy.memory_folder import VaultProblem, make_memory_folder
from hrdresearch.privacy.vault import (
    SUFFIX,
    is_sealed,
    seal_bytes,
    sealed_name,
    unseal_bytes,
    unsealed_name,
    write_whole_file,
)
from hrdresearch.privacy.vault_session import (
    OWN,
    VaultSession,
    find_session,
    is_watched,
    live_session,
    read_session,
)

TO_READ = "to-read"
TO_EDIT = "to-edit"  # copies of lists; erased when the vault is locked
# Folders and files of a study that nobody edits.
OF_THE_PROGRAM = (
    *("parts", "runs", "released", "superseded"),
    "audit",
    *("withdrawn.json.age", "withdrawn_names.index.age", "retention.json.age", "lineage.json.age"),
)
WAIT_SECONDS = 60.0


def open_vault(
    work: Path, keys: list[Any], sheets: Mapping[Path, Path], until: int
) -> VaultSession:
    """Open the vault for a work folder; a watcher locks it when a process has ended.

    work: the work folder. keys: keys of the identity. sheets: files that are only for reading, by their
    path under ``to-read``; sealed or not. until: number of the process. Raises VaultProblem when the vault
    is open already, or the machine has no folder in memory.
    """
    if (open_already := live_session()) is not None:
        raise VaultProblem(
            f"The vault is open already, in {open_already.folder}. Lock it first: hrdresearch vault "
            "lock"
        )
    if (left := lock_abandoned_vault()) is not None:
        _refuse_if_left(left)
    work = work.resolve()
    folder = make_memory_folder("vault")
    (folder / OWN).mkdir(mode=0o700)
    session = VaultSession(folder, work, str(keys[0].to_public()))
    session.write()  # whoever finds the folder from now on can lock it
    session = _start_watcher(session, until)
    _write(session.identity, "".join(f"{key}\n" for key in keys).encode())
    given = {}
    for path in find_editable_sealed_files(work):
        data = unseal_bytes(path.read_bytes(), session.identity)
        place = folder / unsealed_name(path).relative_to(work)
        _write(place, data)
        given[place.relative_to(folder).as_posix()] = _digest(data)
    write_sheets_to_read(session, sheets)
    _write(session.hashes_at_opening, json.dumps(given).encode())
    return session


def write_sheets_to_read(session: VaultSession, sheets: Mapping[Path, Path]) -> None:
    """Write the folder ``to-read`` of an opened vault again.

    sheets: the files, sealed or not, by their path under ``to-read``.
    """
    shutil.rmtree(session.folder / TO_READ, ignore_errors=True)
    for name, path in sheets.items():
        data = path.read_bytes()
        is_closed = path.name.endswith(SUFFIX)
        place = session.folder / TO_READ / name
        _write(place, unseal_bytes(data, session.identity) if is_closed else data)
        place.chmod(0o400)
        of_study = session.folder / name.parts[0]  # for the sheets of the study
        of_study.mkdir(mode=0o700, exist_ok=True)


def take_to_edit(sealed: Path) -> Path:
    """Write an open copy of a sealed list into the opened vault, and return its path.

    The copy is in memory only and is erased when the vault is locked. Raises VaultProblem while the vault is
    locked, for a file that is not sealed, and where a copy is there already.
    """
    session = live_session()
    if session is None:
        raise VaultProblem("The vault is locked. Open it: hrdresearch vault open")
    if not sealed.is_file() or not is_sealed(sealed):
        raise VaultProblem(f"{sealed.name} is no sealed list.")
    place = session.folder / TO_EDIT / unsealed_name(sealed).name
    if place.exists():
        raise VaultProblem(f"A copy is there already: {place}. Put it back, or delete it.")
    _write(place, unseal_bytes(sealed.read_bytes(), session.identity))
    return place


def find_editable_sealed_files(work: Path) -> list[Path]:
    """Find the sealed files that a researcher may change: decisions, sheets, corrections."""
    found = [*work.glob(f"*{SUFFIX}")]
    for study in (p for p in work.iterdir() if p.is_dir()) if work.is_dir() else ():
        for path in study.rglob(f"*{SUFFIX}"):
            first = path.relative_to(study).parts[0]
            is_build = (study / first / "sources.json").is_file()
            if not is_build and first not in OF_THE_PROGRAM and not first.startswith("."):
                found.append(path)
    return sorted(found)


def lock_vault() -> VaultSession | None:
    """Lock the opened vault, whoever opened it; returns the session that was locked, or None.

    Raises VaultProblem when the watcher does not answer.
    """
    session = find_session()
    if session is None:
        return None
    if not is_watched(session.folder):
        seal_and_erase(session)
        _refuse_if_left(session)
        return session
    os.kill(session.watcher, signal.SIGTERM)
    end = time.monotonic() + WAIT_SECONDS
    while is_watched(session.folder):
        if time.monotonic() > end:
            raise VaultProblem(
                f"The vault in {session.folder} does not lock. End all programs that use it, and "
                "lock it again: hrdresearch vault lock"
            )
        time.sleep(0.05)
    _refuse_if_left(session)
    return session


def _refuse_if_left(session: VaultSession) -> None:
    if session.folder.is_dir():
        raise VaultProblem(
            f"Not everything could be sealed into {session.work}: is its disk full, or not there? "
            f"What is left stands sealed in {session.folder}, in memory. Mend it before the machine "
            "is switched off, then: hrdresearch vault lock"
        )


def lock_abandoned_vault() -> VaultSession | None:
    """Lock a vault whose watcher has ended without locking it; returns its session, or None."""
    session = find_session()
    if session is None or is_watched(session.folder):
        return None
    seal_and_erase(session)
    return session


def seal_and_erase(session: VaultSession) -> None:
    """Seal the changed files into the work folder, then erase the folder in memory.

    The function can be interrupted at any moment and called again. A file that cannot be written to the
    work folder stays in memory, sealed.
    """
    session.identity.unlink(missing_ok=True)
    if not session.recipient:  # it was never finished: nothing was opened
        shutil.rmtree(session.folder)
        return
    for name in (TO_READ, TO_EDIT):
        shutil.rmtree(session.folder / name, ignore_errors=True)
    given: dict[str, str] = {}
    if session.hashes_at_opening.is_file():
        given = json.loads(session.hashes_at_opening.read_bytes())
        for name in given:
            if not (session.folder / name).is_file():  # the researcher deleted it
                sealed_name(session.work / name).unlink(missing_ok=True)
        session.hashes_at_opening.unlink()  # from here on a file that is not there has been sealed
    left = [_put_back(session, path, given) for path in _changed_by_hand(session.folder)]
    if all(left):
        shutil.rmtree(session.folder)


def _changed_by_hand(folder: Path) -> Iterator[Path]:
    """Files of an opened vault that are sealed again; hidden files of other programs are not."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not path.is_symlink() and not hidden:
            yield path


def _put_back(session: VaultSession, path: Path, given: Mapping[str, str]) -> bool:
    """Seal a file into the work folder; returns whether nothing of it is left in memory."""
    name = path.relative_to(session.folder)
    data = path.read_bytes()
    is_closed = path.name.endswith(SUFFIX)
    if not is_closed and given.get(name.as_posix()) == _digest(data):
        path.unlink()
        return True
    closed = data if is_closed else seal_bytes(data, session.recipient)
    target = session.work / (name if is_closed else sealed_name(name))
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with write_whole_file(target) as file:
            file.write(closed)
    except OSError:
        if not is_closed:
            _write(sealed_name(path), closed)
            path.unlink()
        return False
    path.unlink()
    return True


def _start_watcher(session: VaultSession, until: int) -> VaultSession:
    """Start the process that will lock the vault after this one has ended, and wait until it is ready."""
    command = [sys.executable, "-P", "-m", "hrdresearch.privacy.vault_watcher"]
    watcher = subprocess.Popen(
        [*command, str(session.folder), str(until)],
        start_new_session=True,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    session = VaultSession(session.folder, session.work, session.recipient, watcher.pid)
    session.write()
    end = time.monotonic() + WAIT_SECONDS
    while not is_watched(session.folder):
        if watcher.poll() is not None or time.monotonic() > end:
            seal_and_erase(read_session(session.folder))
            raise VaultProblem("The process that locks the vault again did not start.")
        time.sleep(0.02)
    return session


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
