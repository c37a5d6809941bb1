"""Opens a release as a reader does, and checks its checksums and signatures."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from hrdresearch.run.errors import RunError
from hrdresearch.run.files import read_json, sha256
from hrdresearch.run.publishing.write_release import SIGNED, SUMS
from hrdresearch.run.signoff.book import Review, SignOff, Standing, standing_of

MOST_BYTES = 20_000_000_000  # largest size of an unpacked ZIP file; a larger one is refused


@dataclass(frozen=True)
class ReleasedReport:
    """A report of a release; place: its path below ``reports``; standing: state of its signatures."""

    folder: Path
    place: str
    title: str
    standing: Standing


@dataclass(frozen=True)
class Release:
    """An opened release; problems: a line for each file or signature that is not as released."""

    reports: tuple[ReleasedReport, ...]
    problems: tuple[str, ...]


@contextmanager
def opened_release(path: Path) -> Iterator[Release]:
    """Open the release in a folder or a ZIP file; RunError if it is not a release."""
    with ExitStack() as until_the_end:
        folder = path
        if path.is_file():
            folder = Path(until_the_end.enter_context(tempfile.TemporaryDirectory()))
            _unpack(path, folder)
        homes = [folder, *(p for p in folder.iterdir() if p.is_dir())] if folder.is_dir() else []
        root = next((home for home in homes if (home / SUMS).is_file()), None)
        if root is None:
            raise RunError(f"{path} is not a release: it has no {SUMS}")
        problems = list(_changed(root))
        pages = sorted((root / "reports").glob("*/*/*/report.html"))
        reports = tuple(_report(page.parent, root) for page in pages)
        problems += [
            f"{r.place}: its signatures are not valid: {r.standing.waits_for}"
            for r in reports
            if not r.standing.is_signed
        ]
        yield Release(reports, tuple(problems))


def _unpack(path: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise RunError(f"{path} is larger than a release can be")
            archive.extractall(folder)
    except (zipfile.BadZipFile, OSError, ValueError) as broken:
        raise RunError(f"{path} cannot be read as a ZIP file") from broken


def _changed(root: Path) -> Iterator[str]:
    lines = (root / SUMS).read_text(encoding="utf-8").splitlines()
    listed = {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
    for path, digest in listed.items():
        file = root / path
        if not file.resolve().is_relative_to(root.resolve()) or not file.is_file():
            yield f"{path} is missing"
        elif sha256(file) != digest:
            yield f"{path} is not the file that was released: its checksum differs"
    there = {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()}
    yield from (
        f"{path} does not belong to this release" for path in sorted(there - {*listed, SUMS})
    )


def _report(folder: Path, root: Path) -> ReleasedReport:
    manifest = read_json(folder / "manifest.json")
    try:
        held = json.loads(folder.with_name(f"{folder.name}{SIGNED}").read_text(encoding="utf-8"))
        review = Review(signatures=tuple(SignOff(**one) for one in held))
    except (OSError, ValueError, TypeError):
        review = Review()
    place = folder.relative_to(root / "reports").as_posix()
    return ReleasedReport(
        folder, place, str(manifest["title"]), standing_of(folder, manifest, review)
    )
