"""Searches a finished report for names; it is published only if none is found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hrdresearch.run.errors import LeakError, RunError
from hrdresearch.studies.ground.build import Build

if TYPE_CHECKING:
    from hrdresearch.privacy.names_index import NamesIndex
    from hrdresearch.privacy.scan import ScanHit
    from hrdresearch.privacy.stories import Story

MOST_PLACES = 10  # that a message names


def read_index(build: Build) -> NamesIndex:
    """Read the names index of the build; RunError if it has none."""
    from hrdresearch.run.build_files import read_names_index

    index = read_names_index(build.folder)
    if index is None:
        raise RunError(
            f"Build {build.build_id} has no names index, so the report cannot be searched for names and "
            "is not published. Build again"
        )
    return index


def scan_prepared(
    folder: Path,
    builds: Sequence[Build],
    stories: Iterable[Story] = (),
    parameters: str = "all",
) -> int:
    """Search a report folder for the names of its builds; returns how many names were searched for.

    stories: case stories whose names may be printed. parameters: slug of the parameters; with the build
    it names the release for which two desks may accept a word that is also a name. LeakError for a name.
    """
    from hrdresearch.privacy.clean_texts import CleanTexts, clean_texts
    from hrdresearch.privacy.scan import scan_for_each
    from hrdresearch.report.word import empty_word_file
    from hrdresearch.run.accepted_words import open_hits, release_of
    from hrdresearch.run.manifest import drawn_pictures

    indexes, names = (
        [read_index(build) for build in builds],
        [s.consent.public_name for s in stories if not s.is_quote],
    )
    for index in indexes:
        index.permit(names)
    # Results are not shared between reports if names are permitted here, or an index has no hash.
    is_usual = not names and all(index.digest for index in indexes)
    known = clean_texts("".join(i.digest for i in indexes)) if is_usual else CleanTexts()
    drawn = drawn_pictures(folder)
    found = scan_for_each(indexes, folder, pictures=drawn, clean=known, empty_word=empty_word_file)
    for build, hits_of_build in zip(builds, found, strict=True):
        release = release_of(build.build_id, parameters)
        hits = open_hits(build.folder.parent, release, hits_of_build)
        if hits:
            raise LeakError(leak_in_words(hits, build.study))
    return sum(index.entries for index in indexes)


def leak_in_words(hits: Sequence[ScanHit], study: str) -> str:
    """Message on why a report is not published: where names are (not which), and what to do."""
    words = [hit for hit in hits if hit.word]
    names = [hit for hit in hits if not hit.word]
    told = []
    if names:
        places = sorted({f"{h.file}: {h.carrier} ({h.kind}), {h.place}" for h in names})
        more = [f"and {len(places) - MOST_PLACES} more"] if len(places) > MOST_PLACES else []
        told.append(
            f"{len(names)} place(s) hold a name of the case list, so nothing was published: "
            f"{'; '.join([*places[:MOST_PLACES], *more])}. What to do: see docs/how-to/own-list.md, "
            '"When a run is stopped because a name stands on the page"'
        )
    if words:
        told.append(
            f"{len(words)} place(s) print a word that is also a name of the list, so nothing was "
            f"published. Two persons may accept it: hrdresearch words {study}"
        )
    return ". ".join(told)
