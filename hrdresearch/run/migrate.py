"""Brings a work folder and reports of version 0.2.0 and before to the rules that hold now.

Three things of then are dangerous now: ledgers that say which person stands in which count, work files
of restricted lists that lie open, and editions with exact figures of restricted lists.
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
LEDGER = {"persons", "members", "published"}  # keys of a ledger of members
BESIDE_BUILDS = ("parts", "runs", "internal", PENDING)  # what builds and runs leave
MARK = "superseded.json"


@dataclass(frozen=True)
class OldEdition:
    """An edition with exact figures of restricted lists that left in earlier versions."""

    folder: Path
    manifest: dict[str, Any]
    numbers: int

    @property
    def home(self) -> str:
        """Study whose work folder keeps it from now on."""
        return str((self.manifest.get("builds") or [self.manifest])[0]["study"])


def migrate(work: Path, out: Path, apply: bool) -> Iterator[str]:
    """Find what is dangerous of earlier versions and, with ``apply``, remove it; lines for the screen.

    Editions go from the reports into ``WORK/<study>/superseded``, sealed; without an identity they
    lie open there, which is said, until the next sealed build. Invented lists are left alone. It can
    be said again after a failure.
    """
    ledgers = [p for p in sorted(work.glob("*/released/*.json")) if _is_ledger(p)]
    builds = [p.parent for p in sorted(work.glob("*/*/sources.json")) if _lies_open(p.parent)]
    editions = list(_old_editions(out))
    yield f"Ledgers of members: {len(ledgers)}"
    yield f"Builds of restricted lists that lie open on the disk: {len(builds)}"
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
                "There is no identity: these editions lie OPEN in the work folder. Make a vault "
                "(hrdresearch vault init) and build from the sealed list, which seals them"
            )
    yield from map(_remains, editions)
    if editions:
        yield (
            "What stood in these editions is public for good: whoever saved one has exact figures, and "
            "can compare them with each other and with what is printed from now on. Tell the "
            "organizations that shared the lists, and ask what danger this is to the persons on them"
        )
    if builds or ledgers:
        yield (
            "Files that are removed can be brought back from the disk, from snapshots and backups "
            "until their place is used again"
        )
    if not (ledgers or builds or editions):
        yield "Nothing of earlier versions is left"
    elif not apply:
        yield "Nothing was changed. Say it again with --apply"


def _is_ledger(path: Path) -> bool:
    """Whether it is a ledger; a damaged file of that name is taken for one, no release stands there."""
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return True
    return not isinstance(body, dict) or bool(LEDGER & set(body)) or "edition" not in body


def _lies_open(build: Path) -> bool:
    """Whether a build holds a restricted list open on the disk, and nobody has said that it may."""
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
            f"{home.name}: its build lay open and is removed. Seal its lists (hrdresearch vault add) and "
            "build again; decisions and corrections are sealed with it"
        )


def _old_editions(out: Path) -> Iterator[OldEdition]:
    for home in sorted(p for p in out.glob("*/*") if p.is_dir() and not p.is_symlink()):
        for folder in list_editions(home):
            try:
                manifest = _read_old(folder / "manifest.json")
                policy = manifest["policy"]
                # A policy of today has no smallest cell; its lists left rounded.
                is_old = "smallest_cell" in policy and not policy["public_by_name"]
                if is_old and not manifest.get("is_demo"):
                    yield OldEdition(folder, manifest, _numbers(folder))
            except (OSError, ValueError, KeyError, TypeError):
                continue


def _read_old(path: Path) -> Any:
    """Content of a JSON file of an earlier version, which may lack what is written today."""
    return json.loads(path.read_text(encoding="utf-8"))


def _numbers(folder: Path) -> int:
    try:
        claims = _read_old(folder / "claims.json")["claims"].values()
        return sum(c.get("status") == "shown" and c.get("measure") == "rows" for c in claims)
    except (OSError, ValueError, KeyError, AttributeError):
        return 0


def _supersede(old: OldEdition, work: Path) -> None:
    """Move an edition from the reports into the work folder; ``latest`` goes back to another one."""
    home = work / old.home
    place = home / SUPERSEDED / old.folder.parent.parent.name / old.folder.parent.name
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = place / old.folder.name
    if kept.exists():
        shutil.rmtree(kept)  # of a move that was broken off
    recipient = _recipient(home)
    for file in sorted(p for p in old.folder.rglob("*") if p.is_file()):
        target = kept / file.relative_to(old.folder)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_stored(target, file.read_bytes(), recipient)  # no open copy on its way
    mark = {"why": "exact figures of a restricted list", "edition": kept.name}
    write_stored(kept / MARK, json.dumps(mark).encode(), recipient)
    shutil.rmtree(old.folder)
    book_of(old.folder).unlink(missing_ok=True)
    point_to_newest(old.folder.parent)


def _recipient(home: Path) -> str | None:
    """For whom an edition is sealed: also where the open build of its study was just removed."""
    identity = identity_path()
    return recipient_of(identity) if identity is not None else recipient_of_study(home)


def _remains(old: OldEdition) -> str:
    lists = ", ".join(str(s["slug"]) for s in old.manifest.get("sources", ()))
    return (
        f"Remains public: {old.folder.parent.parent.name}/{old.folder.parent.name}, edition "
        f"{old.folder.name}, with {old.numbers} exact figures of {lists}"
    )
