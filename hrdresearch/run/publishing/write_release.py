"""Writes a release of signed reports: a folder or ZIP file with checksums, citation and open data."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from hrdresearch.run.errors import RunError
from hrdresearch.run.files import written_in_one_step
from hrdresearch.run.publishing.data_package import data_files, json_bytes
from hrdresearch.run.publishing.signed_reports import SignedReport, signed_reports

SUMS = "SHA256SUMS"
SIGNED = ".signed.json"  # beside the folder of an edition: who signed it
INVENTED = "Demonstration: every person and case in these reports is invented. "
READ_ME = """{invented}Reports on human rights defenders, released on {day}.

reports/          each report as it was signed: page (HTML), Word, PDF, its numbers and its manifest.
                  Beside each, <edition>.signed.json says which desks signed it.
data/             every number of the reports as CSV and JSON; datapackage.json describes the columns and
                  names the lists behind them.
CITATION.cff      how to cite this release.
SHA256SUMS        checksums of all files: sha256sum -c SHA256SUMS

Signatures:
{signatures}

With the program hrdresearch:
  hrdresearch check reports/STUDY/PARAMETERS/EDITION     whether a report was changed
  hrdresearch verify "A SENTENCE" --release THIS         whether its numbers are in this release
"""


def publish_reports(
    paths: Sequence[Path], to: Path, work: Path | None, by: str = ""
) -> tuple[Path, list[str]]:
    """Write signed reports to a folder or ``.zip`` file; returns its path, and lines on what was done.

    paths: see ``signed_reports``. by: office that publishes, for the citation; default: the desks that
    signed. RunError if a report may not be published, or if ``to`` exists.
    """
    if to.exists():
        raise RunError(
            f"{to} exists already, and a release is never overwritten: give another name"
        )
    reports, left_out = signed_reports(paths, work)
    files = dict(_files(reports, by, datetime.now(UTC).strftime("%Y-%m-%d")))
    sums = "".join(f"{hashlib.sha256(files[p]).hexdigest()}  {p}\n" for p in sorted(files))
    files[SUMS] = sums.encode()
    to.parent.mkdir(parents=True, exist_ok=True)
    if to.suffix == ".zip":
        _write_zip(to, files)
    else:
        with written_in_one_step(to) as staging:
            for path, body in files.items():
                (staging / path).parent.mkdir(parents=True, exist_ok=True)
                (staging / path).write_bytes(body)
    told = [f"Released: {report.place.removeprefix('reports/')}" for report in reports]
    return to, [*told, *(f"Left out: {line}" for line in left_out)]


def _files(reports: Sequence[SignedReport], by: str, day: str) -> Iterator[tuple[str, bytes]]:
    is_demo = bool(reports[0].manifest["is_demo"])
    title = "Numbers of reports on human rights defenders" + (
        " (invented cases)" if is_demo else ""
    )
    for report in reports:
        for file in report.files:
            yield f"{report.place}/{file.name}", file.read_bytes()
        yield f"{report.place}{SIGNED}", json_bytes([asdict(one) for one in report.signatures])
    yield from data_files(reports, title, day).items()
    yield "CITATION.cff", _citation(reports, by, day, is_demo).encode()
    signatures = "\n".join(
        f"  {report.place}: {role}, {words}"
        for report in reports
        for role, words in report.standing.signed.items()
    )
    invented = INVENTED if is_demo else ""
    yield "README.txt", READ_ME.format(invented=invented, day=day, signatures=signatures).encode()


def _citation(reports: Sequence[SignedReport], by: str, day: str, is_demo: bool) -> str:
    """Content of CITATION.cff (Citation File Format, version 1.2.0)."""
    roles = sorted({role for report in reports for role in report.standing.signed})
    authors = [{"name": by or f"The desks that signed: {', '.join(roles)}"}]
    title = "Reports on human rights defenders" + (
        " (demonstration with invented cases)" if is_demo else ""
    )
    body: dict[str, Any] = {
        "cff-version": "1.2.0",
        "title": title,
        "message": "Cite the report that you use, and the publishers of its lists as the report and "
        "datapackage.json name them.",
        "type": "dataset",
        "authors": authors,
        "date-released": day,
        "version": max(report.folder.name for report in reports),
        "references": [
            {
                "type": "report",
                "title": str(report.manifest["title"]),
                "authors": authors,
                "version": report.folder.name,
                "notes": report.place,
            }
            for report in reports
        ],
    }
    return yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=100)


def _write_zip(to: Path, files: Mapping[str, bytes]) -> None:
    """Write a ZIP file with sorted paths and no times, so that the same files give the same bytes."""
    draft = to.with_name(f".{to.name}.{os.getpid()}")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(files):
                entry = zipfile.ZipInfo(f"{to.stem}/{path}")
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                archive.writestr(entry, files[path])
        draft.replace(to)
    except OSError as failure:
        raise RunError(f"Could not write {to}: {failure.strerror or failure}") from failure
    finally:
        draft.unlink(missing_ok=True)
