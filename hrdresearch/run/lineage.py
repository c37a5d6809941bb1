"""Notes which build an edition was made from if the edition must not print the build id.

The build id changes with each row of a list, so it would reveal changes of a restricted list. An edition
with a restricted list prints the edition of its figures instead. ``WORK/<study>/lineage.json`` (sealed if
the study is sealed) keeps the build id for the desk.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hrdresearch.privacy.vault import is_stored, read_stored, sealed_name, write_stored
from hrdresearch.report.document_model import FIGURES
from hrdresearch.run.errors import RunError
from hrdresearch.run.sealed_lists import recipient_of_study
from hrdresearch.studies.ground.build import Build, named_build
from hrdresearch.studies.ground.releases import released

LINEAGE = "lineage.json"


def as_printed(builds: Sequence[Build]) -> list[Build]:
    """Builds with the id that an edition prints.

    With a restricted list, this is the edition of the figures; otherwise the build id.
    """
    return [replace(build, build_id=_printed_id(build)) for build in builds]


def _printed_id(build: Build) -> str:
    lists = [f for f in build.facts() if f["policy"].get("leaves") and not f["is_demo"]]
    if not lists:
        return build.build_id
    releases = [released(build, str(facts["slug"])) for facts in lists]
    days = sorted({release.edition for release in releases if release})
    return FIGURES + (", ".join(days) or "no edition")


def mark_of(printed_id: str) -> str:
    """Last part of the name of an edition: the printed build id, or a hash of the edition of figures."""
    if not printed_id.startswith(FIGURES):
        return printed_id
    return hashlib.sha256(printed_id.encode()).hexdigest()


def remember_builds(builds: Sequence[Build], edition: str) -> None:
    """Note the build ids of an edition that does not print them."""
    for build in builds:
        if _printed_id(build) != build.build_id:
            home = build.folder.parent
            _write(home, _read(home) | {edition: build.build_id})


def forget_edition(home: Path, edition: str) -> None:
    """Undo ``remember_builds`` for an edition that is not published. home: ``WORK/<study>``."""
    noted = _read(home)
    if noted.pop(edition, None):
        _write(home, noted)


def build_behind(study: str, printed_id: str, edition: str, work: Path) -> Build:
    """The build of an edition, found by the id that it prints; NoBuildError if it is not here."""
    if printed_id.startswith(FIGURES):
        printed_id = _read(work / study).get(edition, printed_id)
    return named_build(study, printed_id, work)


def _read(home: Path) -> dict[str, str]:
    if not is_stored(home / LINEAGE):
        return {}
    try:
        noted: dict[str, str] = json.loads(read_stored(home / LINEAGE))
        return dict(noted)
    except (ValueError, TypeError, RecursionError):
        raise RunError(f"{LINEAGE} in {home} is damaged: restore it from a copy") from None


def _write(home: Path, noted: Mapping[str, str]) -> None:
    draft = home / f".{LINEAGE}.new"
    written = write_stored(draft, json.dumps(noted).encode(), recipient_of_study(home))
    written.replace(sealed_name(home / LINEAGE) if written != draft else home / LINEAGE)
