"""Checks the published sentences of an edition against new builds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hrdresearch.run.drafts import study_or_draft
from hrdresearch.run.editions import EDITION, find_report
from hrdresearch.run.errors import RunError
from hrdresearch.run.recheck.again import report_again
from hrdresearch.run.recheck.changes import (
    Changes,
    builds_of_edition,
    compare,
    read_edition,
)
from hrdresearch.run.recheck.edited import compare_copies
from hrdresearch.run.recheck.remarks import Remark, remarks_on
from hrdresearch.run.recheck.suggestions import suggestions_of
from hrdresearch.run.recheck.verdicts import TRUE, Verdict, judge
from hrdresearch.run.recheck.word_paragraphs import edition_in_foot, read_paragraphs


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
    published = read_paragraphs(find_report(report) / "report.docx")
    copy = compare_copies(published, edited)
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
