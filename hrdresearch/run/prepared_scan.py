"""The scan of a report that is prepared: nothing is published before it has passed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from hrdresearch.run.errors import LeakError, RunError
from hrdresearch.studies.ground.build import Build

if TYPE_CHECKING:
    from hrdresearch.privacy.names_index import NamesIndex
    from hrdresearch.privacy.stories import Story


def read_index(build: Build) -> NamesIndex:
    """Names index of the build; RunError when it has none."""
    from hrdresearch.run.build_files import read_names_index

    index = read_names_index(build.folder)
    if index is None:
        raise RunError(
            f"Build {build.build_id} has no names index, so the report cannot be scanned and is "
            "not published. Build again"
        )
    return index


def scan_prepared(
    folder: Path, build: Build, stories: Iterable[Story] = (), parameters: str = "all"
) -> int:
    """Scan a report folder with its build's names index; the number of names, LeakError on any hit.

    stories: case stories whose names may be printed. parameters: their slug; with the build it names
    the release for which two persons may accept a word that is also a name.
    """
    from hrdresearch.privacy.scan import scan_report
    from hrdresearch.run.accepted_words import open_hits, release_of
    from hrdresearch.run.manifest import drawn_pictures

    index = read_index(build)
    index.permit(story.consent.public_name for story in stories)
    found = scan_report(folder, index, pictures=drawn_pictures(folder))
    hits = open_hits(build.folder.parent, release_of(build.build_id, parameters), found)
    if hits and all(hit.word for hit in hits):
        raise LeakError(
            f"{len(hits)} place(s) print a word that is also a name of the list, so nothing was "
            f"published. Two persons may accept it: hrdresearch words {build.study}"
        )
    if hits:
        places = "; ".join(sorted({f"{h.file}: {h.carrier} ({h.kind}), {h.place}" for h in hits}))
        raise LeakError(
            f"{len(hits)} place(s) hold a name of the case list, so nothing was published: {places}"
        )
    return index.entries
