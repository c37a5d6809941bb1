"""Editions of a report are dated folders; the last good edition stays until a new one is complete."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from hrdresearch.run.errors import RunError
from hrdresearch.run.files import move_pointer, written_in_one_step

SIGNATURE = "signature.json"
REPORT_FILES = (
    "report.html",
    "report.docx",
    "report-annexes.docx",
    "report.pdf",
    "report-annexes.pdf",
    "claims.json",
    "manifest.json",
    SIGNATURE,
)
REPLACED = "REPLACED.txt"  # in an internal edition after which another was made
PDF_FILES = ("report.pdf", "report-annexes.pdf")  # a batch writes them only with --pdf
INTERNAL_FILES = REPORT_FILES[:-1]  # an internal report is never released, so it is not signed
EDITION = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}\Z")


def edition_name(build_id: str, now: datetime | None = None) -> str:
    """Name of an edition: UTC time to the second, and the first eight digits of the build id."""
    moment = (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")
    return f"{moment}-{build_id[:8]}"


def promote(prepared: Path, home: Path, edition: str, files: Sequence[str] = REPORT_FILES) -> Path:
    """Copy a finished, scanned report into ``home/edition``, then point ``latest`` to it.

    files: files that the report must have; it may have either all PDF files or none. RunError if a file
    is missing or cannot be written; the last edition then stays.
    """
    missing = [name for name in files if not (prepared / name).is_file()]
    if missing and missing != [*PDF_FILES]:
        raise RunError(f"The report is not complete: {', '.join(missing)} is missing")
    final = home / edition
    if final.exists():
        raise RunError(f"Edition {edition} exists already; an edition is never overwritten")
    home.mkdir(parents=True, exist_ok=True)
    with written_in_one_step(final) as staging:
        for path in sorted(prepared.iterdir()):
            shutil.copy2(path, staging / path.name)
    move_pointer(home / "latest", final)
    return final


def list_editions(home: Path) -> list[Path]:
    """Editions of one parameter set, oldest first."""
    if not home.is_dir():
        return []
    return sorted(p for p in home.iterdir() if p.is_dir() and EDITION.match(p.name))


def mark_replaced(home: Path) -> None:
    """Write into every edition but the newest that it is replaced, for whoever opens its folder."""
    *older, newest = list_editions(home)
    for edition in older:
        (edition / REPLACED).write_text(
            f"Replaced by {newest.name}, in the folder beside this one. The list, or how it is read, may "
            "have been mended since: use the newer report.\n",
            encoding="utf-8",
        )


def find_report(report: Path) -> Path:
    """Folder of a report, given the folder, its ``latest`` pointer, or a file in it.

    Raises RunError when there is no report.
    """
    folder = report.parent if report.is_file() else report
    if not (folder / "manifest.json").is_file() and (folder / "latest").is_dir():
        folder = folder / "latest"
    if not (folder / "manifest.json").is_file():
        raise RunError(
            f"There is no report in {report}: give the folder of an edition, or its report.html"
        )
    return folder.resolve()
