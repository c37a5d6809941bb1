"""Takes down editions that name a person who withdrew, and editions and releases that count one in danger."""

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
from hrdresearch.run.erase import FIGURES_STAND
from hrdresearch.run.files import move_pointer
from hrdresearch.run.internal import next_edition
from hrdresearch.run.page_words import words_of_pages
from hrdresearch.run.recheck.kept_changes import CHANGES, PAGE_OF_CHANGES
from hrdresearch.run.releases import write_release
from hrdresearch.run.signoff.book import book_of
from hrdresearch.run.site.failed_runs import forget_failure
from hrdresearch.run.site.make_site import PAGE, make_site
from hrdresearch.studies.ground.releases import read_releases
from hrdresearch.vocab.labels import vocabulary_labels


def editions_of_study(out: Path, study: str) -> Iterator[tuple[Path, Mapping[str, Any] | None]]:
    """Editions made from builds of a study, including drafts, each with its manifest.

    The manifest is None if it cannot be read, because nobody can tell what that edition holds.
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
    """Whether an edition was made from one of these lists; True if its manifest cannot be read."""
    if manifest is None:
        return True
    return bool({str(s["slug"]) for s in manifest.get("sources", ())} & set(lists))


class NamesOfPerson:
    """Finds out whether an edition names a person, by a search for the names and by its case stories."""

    def __init__(self, names: Iterable[str], persons: Iterable[str], key: Key) -> None:
        entries = [NameEntry(name) for name in names if name.strip()]
        labels = vocabulary_labels()
        self._index = build_index(entries, key, labels, words_of_pages()) if entries else None
        self._marks = {story_mark(person, key) for person in persons}

    def may_be_in(self, edition: Path, manifest: Mapping[str, Any] | None) -> bool:
        """Whether the edition names the person, or may name the person because it cannot be checked.

        An old edition whose stories have no keyed hashes cannot be checked.
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
    """Remove editions, and folders in ``out`` that become empty.

    ``latest`` is moved to the newest edition that is left. Folders keep their times, so that nobody can see
    when something was taken down.
    """
    for edition in editions:
        above = [p for p in edition.parents if p.is_relative_to(out)]
        with _times_kept(above):
            shutil.rmtree(edition)
            for told in (
                book_of(edition),
                *(edition.parent / name for name in (CHANGES, PAGE_OF_CHANGES)),
            ):
                told.unlink(missing_ok=True)  # these files may quote the edition
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
    """Point ``latest`` to the newest edition that is left, or remove it if there is none.

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
    """Take down the releases of restricted lists; returns the slugs of lists that had any.

    home: ``WORK/<study>``. No figures are made again before the next fixed day, and areas that changed little
    will have the same figures then. Until then reports on the list are internal.
    """
    found = with_release(home, lists)
    for slug in found:
        for release in read_releases(home, slug):
            write_release(home, slug, replace(release, taken_down=release.taken_down or day))
    return found


def with_release(home: Path, lists: Iterable[str]) -> list[str]:
    """Those of the lists that have a release, sorted."""
    return [slug for slug in sorted(lists) if read_releases(home, slug)]


def internal_until(slug: str) -> str:
    """A sentence on how long reports on a list are internal after its release was taken down."""
    return (
        f"all reports on it are internal until two desks approve the edition of {next_edition(slug)}. That "
        f"edition may have the same figures, which may count the person: {FIGURES_STAND}"
    )
