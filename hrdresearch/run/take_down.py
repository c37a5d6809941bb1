"""Takes editions and releases down: what names a person who withdrew, or counts one in danger."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from hrdresearch.privacy.build_names_index import NameEntry, build_index
from hrdresearch.privacy.keys import Key
from hrdresearch.privacy.scan import scan_report
from hrdresearch.privacy.stories import story_mark
from hrdresearch.run.editions import list_editions
from hrdresearch.run.files import move_pointer
from hrdresearch.run.internal import next_edition
from hrdresearch.run.known_copies import FIGURES_STAND
from hrdresearch.run.page_words import words_of_pages
from hrdresearch.run.recheck.kept_changes import CHANGES, PAGE_OF_CHANGES
from hrdresearch.run.releases import write_release
from hrdresearch.run.signoff.book import book_of
from hrdresearch.run.site.failed_runs import forget_failure
from hrdresearch.run.site.make_site import PAGE, make_site
from hrdresearch.studies.ground.releases import read_releases
from hrdresearch.vocab.labels import vocabulary_labels


def editions_of_study(out: Path, study: str) -> Iterator[tuple[Path, Mapping[str, Any] | None]]:
    """Editions that were made from builds of a study, drafts too, each with its manifest.

    An edition whose manifest cannot be read is given with None: nobody can tell what it holds.
    """
    for home in sorted(p for p in out.glob("*/*") if p.is_dir() and not p.is_symlink()):
        for edition in list_editions(home):
            try:
                manifest = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))
                studies = {manifest["study"], *(b["study"] for b in manifest.get("builds", ()))}
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                yield edition, None
                continue
            if study in studies:
                yield edition, manifest


def counts_a_list(manifest: Mapping[str, Any] | None, lists: Collection[str]) -> bool:
    """Whether an edition was made from one of these lists; an edition without a manifest may be."""
    if manifest is None:
        return True
    return bool({str(s["slug"]) for s in manifest.get("sources", ())} & set(lists))


class NamesOfPerson:
    """Tells whether an edition names a person, by the scan of names and by the marks of its stories."""

    def __init__(self, names: Iterable[str], persons: Iterable[str], key: Key) -> None:
        entries = [NameEntry(name) for name in names if name.strip()]
        labels = vocabulary_labels()
        self._index = build_index(entries, key, labels, words_of_pages()) if entries else None
        self._marks = {story_mark(person, key) for person in persons}

    def may_be_in(self, edition: Path, manifest: Mapping[str, Any] | None) -> bool:
        """Whether the edition names the person, or nobody can tell because it is damaged.

        A story of an edition that was made before stories had marks may be of anybody.
        """
        if manifest is None:
            return True
        stories = manifest.get("stories", ())
        if any("marks" not in s or self._marks & set(s["marks"]) for s in stories):
            return True
        if self._index is None:
            return False
        return any(not hit.word for hit in scan_report(edition, self._index))


def take_down(editions: Iterable[Path], out: Path) -> None:
    """Remove editions, and the folders in ``out`` that are empty then.

    ``latest`` points to the newest edition that is left. Folders keep the times that they had, so that
    none tells when something was taken down.
    """
    for edition in editions:
        above = [p for p in edition.parents if p.is_relative_to(out)]
        with _times_kept(above):
            shutil.rmtree(edition)
            for told in (
                book_of(edition),
                *(edition.parent / name for name in (CHANGES, PAGE_OF_CHANGES)),
            ):
                told.unlink(missing_ok=True)  # each may quote it
            forget_failure(edition.parent)
            point_to_newest(edition.parent)
            for folder in above:
                if folder != out and not any(folder.iterdir()):
                    folder.rmdir()
    if (out / PAGE).is_file():
        with _times_kept([out, *out.glob("index.*")]):
            make_site(out)


@contextmanager
def _times_kept(folders: Iterable[Path]) -> Iterator[None]:
    times = {folder: folder.stat() for folder in folders}
    yield
    for folder, before in times.items():
        if folder.exists():
            os.utime(folder, ns=(before.st_atime_ns, before.st_mtime_ns))


def point_to_newest(home: Path) -> None:
    """Let ``latest`` point to the newest edition that is left, or remove it where there is none.

    The pointer gets the time of that edition.
    """
    latest = home / "latest"
    if left := list_editions(home):
        move_pointer(latest, left[-1])
        of_edition = left[-1].stat()
        times = (of_edition.st_atime_ns, of_edition.st_mtime_ns)
        os.utime(latest, ns=times, follow_symlinks=False)
    else:
        latest.unlink(missing_ok=True)


def take_releases_down(home: Path, lists: Iterable[str], day: str) -> list[str]:
    """Take down the releases of restricted lists; the slugs of those that had any.

    home: ``WORK/<study>``. No figure is made again: the next release is that of the next fixed day,
    with the same figures for areas that changed little, and until then reports on the list are internal.
    """
    found = with_release(home, lists)
    for slug in found:
        for release in read_releases(home, slug):
            write_release(home, slug, replace(release, taken_down=release.taken_down or day))
    return found


def with_release(home: Path, lists: Iterable[str]) -> list[str]:
    """The lists among these that have a release."""
    return [slug for slug in sorted(lists) if read_releases(home, slug)]


def internal_until(slug: str) -> str:
    """Until when reports on a list are internal after its release was taken down, in words."""
    return (
        f"all reports on it are internal until two desks approve the edition of {next_edition(slug)}. Its "
        f"figures may be those that were taken down, unchanged, and may count the person: {FIGURES_STAND}"
    )
