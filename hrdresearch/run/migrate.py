"""Removes from a work folder and reports what version 0.2.0 and earlier left and is dangerous.

These are: ledgers that say which person is in which count, unencrypted work files of restricted lists, and
editions with exact figures of restricted lists.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrdresearch.privacy.vault import identity_path, recipient_of, write_stored
from hrdresearch.run.editions import list_editions
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import read_json
from hrdresearch.run.run_folders import PENDING
from hrdresearch.run.sealed_lists import recipient_of_study
from hrdresearch.run.signoff.book import book_of
from hrdresearch.run.take_down import point_to_newest

SUPERSEDED = "superseded"
LEDGER = {"persons", "members", "published"}  # keys that occur in a ledger only
BESIDE_BUILDS = ("parts", "runs", "internal", PENDING)  # folders that builds and runs leave
MARK = "superseded.json"


@dataclass(frozen=True)
class OldEdition:
    """An edition of an earlier version with exact figures of restricted lists; numbers: how many."""

    folder: Path
    manifest: dict[str, Any]
    numbers: int

    @property
    def home(self) -> str:
        """The study whose work folder will keep the edition."""
        return str((self.manifest.get("builds") or [self.manifest])[0]["study"])


def migrate(work: Path, out: Path, apply: bool) -> Iterator[str]:
    """Find dangerous files of earlier versions and, with ``apply``, remove them; yields lines for the screen.

    Editions are moved from the reports into ``WORK/<study>/superseded`` and sealed; without an identity
    they stay unencrypted there until the next sealed build, and a line says so. Invented lists are not
    touched. It can be repeated after a failure.
    """
    ledgers = [p for p in sorted(work.glob("*/released/*.json")) if _is_ledger(p)]
    builds = [p.parent for p in sorted(work.glob("*/*/sources.json")) if _lies_open(p.parent)]
    editions = list(_old_editions(out))
    yield f"Ledgers of members: {len(ledgers)}"
    yield f"Builds of restricted lists that lie unencrypted on the disk: {len(builds)}"
    yield f"Editions with exact figures of restricted lists: {len(editions)}"
    if apply:
        for ledger in ledgers:
            ledger.unlink()
        for build in builds:
            yield from _remove_build(build)
        for edition in editions:
            _supersede(edition, work)
        if editions and identity_path() is None:
            yield (
                "There is no identity: these editions lie UNENCRYPTED in the work folder. Make a vault "
                "(hrdresearch vault init) and build from the sealed list, which seals them"
            )
    yield from map(_remains, editions)
    if editions:
        yield (
            "The figures in these editions stay public: whoever saved one has exact figures, and can "
            "compare them with each other and with later reports. Tell the organizations that shared "
            "the lists, and ask whether persons on them are in danger"
        )
    if builds or ledgers:
        yield (
            "Removed files can be recovered from snapshots and backups, and from the disk until their "
            "place is used again"
        )
    if not (ledgers or builds or editions):
        yield "Nothing of earlier versions is left"
    elif not apply:
        yield "Nothing was changed. Run the same command with --apply to remove them"


def _is_ledger(path: Path) -> bool:
    """Whether a file is a ledger; a damaged file counts as one, because no release is kept there."""
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return True
    return not isinstance(body, dict) or bool(LEDGER & set(body)) or "edition" not in body


def _lies_open(build: Path) -> bool:
    """Whether a build holds an unencrypted restricted list and no user has accepted that."""
    try:
        sources, about = read_json(build / "sources.json"), read_json(build / "build.json")
    except RunError:
        return False
    is_restricted = any(not s["policy"]["public_by_name"] and not s["is_demo"] for s in sources)
    return is_restricted and not about.get("is_sealed") and not about.get("lies_open")


def _remove_build(build: Path) -> Iterator[str]:
    home = build.parent
    pointer = home / "current"
    is_current = pointer.is_file() and pointer.read_text(encoding="utf-8").strip() == build.name
    if is_current:
        pointer.unlink()
    for name in BESIDE_BUILDS:
        shutil.rmtree(home / name, ignore_errors=True)
    shutil.rmtree(build)
    if is_current:
        yield (
            f"{home.name}: its build was unencrypted and is removed. Seal its lists (hrdresearch vault "
            "add) and build again; this seals decisions and corrections too"
        )


def _old_editions(out: Path) -> Iterator[OldEdition]:
    for home in sorted(p for p in out.glob("*/*") if p.is_dir() and not p.is_symlink()):
        for folder in list_editions(home):
            try:
                manifest = _read_old(folder / "manifest.json")
                policy = manifest["policy"]
                # Policies of later versions have no smallest cell: their figures were rounded.
                is_old = "smallest_cell" in policy and not policy["public_by_name"]
                if is_old and not manifest.get("is_demo"):
                    yield OldEdition(folder, manifest, _numbers(folder))
            except (OSError, ValueError, KeyError, TypeError):
                continue


def _read_old(path: Path) -> Any:
    """Read a JSON file of an earlier version, which may lack keys that are required today."""
    return json.loads(path.read_text(encoding="utf-8"))


def _numbers(folder: Path) -> int:
    try:
        claims = _read_old(folder / "claims.json")["claims"].values()
        return sum(c.get("status") == "shown" and c.get("measure") == "rows" for c in claims)
    except (OSError, ValueError, KeyError, AttributeError):
        return 0


def _supersede(old: OldEdition, work: Path) -> None:
    """Move an edition from the reports into the work folder, and ``latest`` to the newest one left."""
    home = work / old.home
    place = home / SUPERSEDED / old.folder.parent.parent.name / old.folder.parent.name
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = place / old.folder.name
    if kept.exists():
        shutil.rmtree(kept)  # left by an interrupted move
    recipient = _recipient(home)
    for file in sorted(p for p in old.folder.rglob("*") if p.is_file()):
        target = kept / file.relative_to(old.folder)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_stored(target, file.read_bytes(), recipient)  # sealed directly, without an open copy
    mark = {"why": "exact figures of a restricted list", "edition": kept.name}
    write_stored(kept / MARK, json.dumps(mark).encode(), recipient)
    shutil.rmtree(old.folder)
    book_of(old.folder).unlink(missing_ok=True)
    point_to_newest(old.folder.parent)


def _recipient(home: Path) -> str | None:
    """Public key to seal an edition for; None if there is no identity and the study is not sealed."""
    identity = identity_path()
    return recipient_of(identity) if identity is not None else recipient_of_study(home)


def _remains(old: OldEdition) -> str:
    lists = ", ".join(str(s["slug"]) for s in old.manifest.get("sources", ()))
    return (
        f"Remains public: {old.folder.parent.parent.name}/{old.folder.parent.name}, edition "
        f"{old.folder.name}, with {old.numbers} exact figures of {lists}"
    )
