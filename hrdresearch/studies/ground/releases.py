"""Reads what may be published of a restricted list: its last release that two desks have approved.

Releases stand in ``WORK/<study>/released/<list>/<edition>.json``, sealed where the study is; they hold
printed figures, which desks approved them, and whether they were taken down.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from hrdresearch.privacy.desk_keys import signed_approvals
from hrdresearch.privacy.plan_cells import area_of_states
from hrdresearch.privacy.release import Release
from hrdresearch.privacy.vault import read_stored, unsealed_name
from hrdresearch.studies.ground.build import Build, DamagedBuildError

# Facts of a list that are codes, columns and files, or are printed by nothing.
NO_FREE_TEXT = (
    *("slug", "table", "asked", "covers", "recording", "classes", "consent", "basis", "keep"),
    *("file", "sha256", "layout"),
)


def releases_folder(home: Path, slug: str) -> Path:
    """Folder of the releases of a list; home: ``WORK/<study>``."""
    return home / "released" / slug


def read_releases(home: Path, slug: str) -> list[Release]:
    """All releases of a list, oldest first; DamagedBuildError when one cannot be read.

    VaultProblem where they are sealed and the vault is locked.
    """
    found = []
    folder = releases_folder(home, slug)
    for path in sorted({unsealed_name(path) for path in folder.glob("*.json*")}):
        try:
            found.append(Release.from_json(json.loads(read_stored(path))))
        except (ValueError, TypeError, RecursionError) as error:
            raise DamagedBuildError(
                f"{path.name} in {path.parent} is damaged: it holds what has been published of this "
                "list. Put a whole copy back before anything more is published"
            ) from error
    return found


def releases_of(build: Build, slug: str) -> list[Release]:
    """Releases of a list of a build, oldest first, with the approvals that count.

    Where desks have keys, only signed approvals count. Releases of invented cases need no approval.
    """
    found = read_releases(build.folder.parent, slug)
    if any(facts["slug"] == slug and facts["is_demo"] for facts in build.facts()):
        return found
    place = approval_place(build.study, slug)
    return [replace(r, approved=signed_approvals(r.approved, r.signatures, place)) for r in found]


def approval_place(study: str, slug: str) -> str:
    """Name a list of a study in the text that a desk signs."""
    return f"{study}/{slug}"


def released(build: Build, slug: str) -> Release | None:
    """The last approved release of a list; None where there is none, or it was taken down.

    Also None where the build would print other texts with it than those that were approved.
    """
    releases = releases_of(build, slug)
    standing = [r for r in releases if r.is_approved or r.taken_down]
    if not standing or not standing[-1].is_approved:
        return None
    facts = next(facts for facts in build.facts() if facts["slug"] == slug)
    return standing[-1] if standing[-1].texts == printed_texts(facts) else None


def printed_texts(facts: Mapping[str, Any]) -> dict[str, str]:
    """Free texts of source.yml of a restricted list that a report may print, by their key.

    Texts of invented cases need no approval and are left out.
    """
    if facts["is_demo"]:
        return {}
    return {
        key: text
        for name, value in sorted(facts.items())
        if name not in NO_FREE_TEXT
        for key, text in _texts_in(name, value)
        if text.strip()
    }


def _texts_in(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping):
        for key in sorted(set(value) - {"leaves"}):
            yield from _texts_in(f"{name}.{key}", value[key])


def is_in_plan(scope: Mapping[str, Any], release: Release) -> bool:
    """Whether a report in this scope may be published: on the whole list, or an area of the release."""
    narrowed = set(scope) - {"source"}
    if not narrowed:
        return True
    return narrowed == {"state_iso3"} and area_of_states(scope["state_iso3"]) in release.areas
