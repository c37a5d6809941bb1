"""Finds the reports that may be published: unchanged, no open comments, signed by two desks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrdresearch.run.check import check
from hrdresearch.run.editions import REPORT_FILES, find_report, list_editions
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import read_json
from hrdresearch.run.signoff.book import SignOff, Standing, read_review, standing_of


@dataclass(frozen=True)
class SignedReport:
    """An edition that may be published, with the signatures that count."""

    folder: Path
    manifest: dict[str, Any]
    standing: Standing
    signatures: tuple[SignOff, ...]

    @property
    def place(self) -> str:
        """Path of the report in a release: study, parameters and edition."""
        about = self.manifest
        return f"reports/{about['study']}/{about['parameter_slug']}/{self.folder.name}"

    @property
    def files(self) -> list[Path]:
        """The files of the report; other files in its folder are left out."""
        return [self.folder / name for name in REPORT_FILES if (self.folder / name).is_file()]


def signed_reports(
    paths: Sequence[Path], work: Path | None
) -> tuple[list[SignedReport], list[str]]:
    """Find the reports to publish, and say which reports are left out, a line for each.

    paths: reports, which must all be signed; or the folder of all reports, from which the newest signed
    edition of each report is taken. RunError if a named report may not be published, if there is none, or
    if invented and real cases would be mixed.
    """
    chosen: list[SignedReport] = []
    left_out: list[str] = []
    for path in paths:
        if homes := _homes(path):
            for home in homes:
                found = _newest_signed(home)
                if isinstance(found, str):
                    left_out.append(found)
                else:
                    chosen.append(found)
        else:
            chosen.append(_signed(find_report(path)))
    chosen = list({report.folder: report for report in chosen}.values())
    if not chosen:
        raise RunError(
            "Nothing is published, because no report is signed by two different desks (hrdresearch review "
            "sign)" + "".join(f"\n{line}" for line in left_out)
        )
    if len({bool(report.manifest["is_demo"]) for report in chosen}) > 1:
        raise RunError(
            "Reports on invented cases and reports on real cases must be published separately: name only "
            "reports of one kind"
        )
    for report in chosen:
        if problems := check(report.folder, work).problems:
            raise RunError(
                f"{_name(report.folder)} is not published, because it does not pass check: {problems[0]}"
            )
    return chosen, left_out


def _homes(path: Path) -> list[Path]:
    """Folders of reports in the folder of all reports; empty for the folder of a report."""
    if path.is_file() or (path / "latest").is_dir() or (path / "manifest.json").is_file():
        return []
    return sorted(p for p in path.glob("*/*") if p.is_dir() and list_editions(p))


def _newest_signed(home: Path) -> SignedReport | str:
    why = ""
    for edition in reversed(list_editions(home)):
        try:
            return _signed(edition)
        except RunError as refused:
            why = why or str(refused)
    return why


def _signed(edition: Path) -> SignedReport:
    """The report of an edition; RunError says why it may not be published."""
    manifest = read_json(edition / "manifest.json")
    name = _name(edition)
    if manifest.get("is_internal"):
        raise RunError(f"{name} is not published, because it is internal")
    review = read_review(edition)
    standing = standing_of(edition, manifest, review)
    if standing.comments:
        open_on = ", ".join(c.paragraph for c in standing.comments)
        raise RunError(f"{name} is not published, because comments are open on {open_on}")
    if not standing.is_signed:
        raise RunError(f"{name} is not published, because {standing.waits_for}")
    counting = tuple(s for s in review.signatures if s.role in standing.signed)
    return SignedReport(edition, manifest, standing, counting)


def _name(edition: Path) -> str:
    return "/".join(edition.parts[-3:])
