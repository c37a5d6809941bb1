"""Checks the published sentences of an edition against new builds.

The report is made again from these builds, in memory only; it is never published.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hrdresearch.privacy.policy import Policy, strictest_policy
from hrdresearch.run.editions import EDITION, find_report
from hrdresearch.run.errors import RunError
from hrdresearch.run.execute import builds_of_entry, execute_to_page
from hrdresearch.run.lineage import as_printed
from hrdresearch.run.manifest import claims_document, made_from
from hrdresearch.run.notebook import keep_log
from hrdresearch.run.recheck.changes import (
    Changes,
    Edition,
    builds_of_edition,
    compare,
    read_edition,
)
from hrdresearch.run.recheck.edited import compare_copies
from hrdresearch.run.recheck.printed import read_sentences
from hrdresearch.run.recheck.remarks import Remark, remarks_on
from hrdresearch.run.recheck.suggestions import suggestions_of
from hrdresearch.run.recheck.verdicts import TRUE, Verdict, judge
from hrdresearch.run.recheck.word_paragraphs import edition_in_foot, read_paragraphs
from hrdresearch.run.registry import StudyEntry, study_or_draft
from hrdresearch.run.run_folders import scratch_in_memory, scratch_on_disk
from hrdresearch.run.sealed_lists import is_any_sealed
from hrdresearch.studies.ground.build import Build

TODAY = "the builds of today"


@dataclass(frozen=True)
class Rechecked:
    """Result for an edition: what has changed up to today's builds, and a verdict on every sentence."""

    changes: Changes
    verdicts: tuple[Verdict, ...]

    @property
    def all_hold(self) -> bool:
        """Whether every sentence of the text is still true."""
        return all(one.verdict == TRUE for one in self.verdicts if not one.said.is_note)

    def to_dict(self) -> dict[str, Any]:
        """Content of ``recheck.json``: like ``changes.json``, with verdicts instead of pairs of sentences."""
        told = [
            {
                "verdict": one.verdict,
                "why": one.why,
                "anchor": one.said.anchor,
                "where": one.said.where,
                "finding": one.said.finding,
                "is_note": one.said.is_note,
                "was": one.said.text,
                "now": one.matched.now.text if one.matched.now else None,
                "numbers": [list(number) for number in one.numbers],
            }
            for one in self.verdicts
        ]
        return {**self.changes.to_dict(), "sentences": told}


def recheck(
    report: Path, work: Path, work_before: Path | None = None, notebook: Path | None = None
) -> Rechecked:
    """Run the notebook of an edition again on today's builds, and compare its sentences with the result.

    report: folder of the edition. work_before: work folder with the builds of the edition, if it is another
    one. notebook: notebook of a draft. Nothing is published. RunError if there is no edition, or its
    notebook cannot run; NoBuildError without a build.
    """
    published = read_edition(report)
    before = builds_of_edition(published, work_before or work)
    today, after = report_again(published, work, notebook)
    changes = compare(published, today, before, after)
    return Rechecked(changes, tuple(judge(changes)))


@dataclass(frozen=True)
class CopyRechecked:
    """Result for an edited Word copy.

    remarks: in the order of the page. suggestions: the editor's wording. moved: bookmarks of paragraphs in
    another order.
    """

    rechecked: Rechecked
    remarks: tuple[Remark, ...]
    suggestions: tuple[dict[str, Any], ...]
    moved: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Content of ``recheck.json`` for a Word copy."""
        about = {"remarks": [asdict(one) for one in self.remarks], "moved": list(self.moved)}
        return {**self.rechecked.to_dict(), **about}


def recheck_word(
    file: Path,
    report: Path,
    work: Path,
    work_before: Path | None = None,
    notebook: Path | None = None,
) -> CopyRechecked:
    """Compare an edited ``report.docx`` with its edition and with today's builds.

    report: folder of the edition that it was made from. RunError if one of the two is not a Word file.
    """
    edited = read_paragraphs(file)
    copy = compare_copies(read_paragraphs(find_report(report) / "report.docx"), edited)
    rechecked = recheck(report, work, work_before, notebook)
    changes = rechecked.changes
    remarks = remarks_on(copy, rechecked.verdicts, changes.newer.claims)
    suggestions = suggestions_of(copy, changes.older.sentences)
    return CopyRechecked(rechecked, tuple(remarks), tuple(suggestions), copy.moved)


def edition_of_word(file: Path, out: Path) -> Path:
    """The edition that a Word copy names in its footer; RunError if it is not among the reports."""
    return edition_by_name(edition_in_foot(file), out, file.name)


def edition_of_draft(notebook: Path, out: Path) -> Path:
    """The latest edition of a draft; RunError if it has none, or several reports."""
    home = out / study_or_draft(str(notebook)).slug
    return _only(sorted(path.resolve() for path in home.glob("*/latest")), notebook.name)


def edition_by_name(name: str, out: Path, of: str) -> Path:
    """Folder of an edition, found by its name; RunError if it is not among the reports."""
    if not EDITION.match(name):
        raise RunError(
            f"{of} does not name the edition that it was made from: give its folder with --edition"
        )
    return _only(sorted(out.glob(f"*/*/{name}")), of)


def _only(found: Sequence[Path], of: str) -> Path:
    if len(found) == 1:
        return found[0]
    number = f"{len(found)} editions" if found else "no edition"
    raise RunError(
        f"There is {number} of {of} among the reports: give the folder of one (or another --out)"
    )


def report_again(
    published: Edition, work: Path, notebook: Path | None = None
) -> tuple[Edition, dict[str, Build]]:
    """Run the same notebook with the same parameters on the current builds; returns these builds too.

    notebook: path of the draft, if the report is of a draft (an edition keeps only its name). Only the log
    of a failed run is kept. RunError if the draft is not given, or a parameter was a file.
    """
    entry = _entry(published.manifest, notebook)
    values = _values(entry, published.manifest["parameters"])
    builds = builds_of_entry(entry, work)
    in_work = work / builds[0].study
    in_memory = is_any_sealed(builds)
    with scratch_in_memory() if in_memory else scratch_on_disk(in_work / "runs") as scratch:
        try:
            page = execute_to_page(entry, values, builds, work, scratch / "run.log")
            made = _edition(page, entry, values, builds)
        except Exception:
            keep_log(scratch, in_work, builds)
            raise
    return made, {build.study: build for build in builds}


def _entry(manifest: Mapping[str, Any], notebook: Path | None) -> StudyEntry:
    if not manifest.get("draft_of"):
        return study_or_draft(str(manifest["study"]))
    if notebook is None:
        raise RunError(
            f"This is the report of a draft: give its notebook, {manifest['notebook']['name']}, with "
            "--notebook"
        )
    return study_or_draft(str(notebook))


def _values(entry: StudyEntry, given: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of a run, from the manifest; errors for parameters that no longer exist, or are files."""
    files = [
        p.name for p in entry.parameters if p.is_path and Path(str(given.get(p.name, ""))).suffix
    ]
    if files:
        raise RunError(
            f"The report was made with a file as parameter {', '.join(files)}, which an edition does not "
            "keep: make a new edition with it, and compare the two"
        )
    return entry.parse(given)


def _edition(
    page: Any, entry: StudyEntry, values: Mapping[str, Any], builds: list[Build]
) -> Edition:
    from hrdresearch.report.document import assemble_document
    from hrdresearch.report.front_matter import front_matter
    from hrdresearch.report.html import render_page

    shown = as_printed(builds)
    document = assemble_document(page.blocks, front_matter(page, TODAY, ""))
    claims = claims_document(page.claims, page.findings, shown, document.printed_claims())
    policy = strictest_policy(Policy.from_dict(f.policy) for f in page.findings).to_dict()
    manifest = {"study": entry.slug, "policy": policy, **made_from(entry, values, shown)}
    return Edition(
        TODAY,
        json.loads(json.dumps(manifest)),
        json.loads(json.dumps(claims))["claims"],  # tuples become lists, as in a file
        read_sentences(render_page(document, page.claims)),
    )
