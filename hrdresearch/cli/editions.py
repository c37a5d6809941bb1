"""Commands on editions of a report: compare two editions, and check one against new builds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrdresearch.cli.options import DEFAULT_OUT, DEFAULT_WORK, Out, Work, spinner

To = Annotated[Path | None, typer.Option("--to", help="Folder to write the result into, as files")]
Full = Annotated[
    bool, typer.Option("--full", help="Also notes under tables and figures, and new sentences")
]
WorkBefore = Annotated[
    Path | None,
    typer.Option(help="Work folder of the older edition, if it is another one than --work"),
]


def compare(
    older: Annotated[
        Path,
        typer.Argument(help="Folder of an edition; without NEWER, of a report with two editions"),
    ],
    newer: Annotated[
        Path | None, typer.Argument(help="Folder of a later edition of the same report")
    ] = None,
    work: Work = DEFAULT_WORK,
    work_before: WorkBefore = None,
    to: To = None,
    full: Full = False,
    each: Annotated[
        bool,
        typer.Option(
            "--each", help="For a folder of reports: compare the last two editions of each report"
        ),
    ] = False,
) -> None:
    """Say what changed between two editions of a report, and why: number by number, sentence by sentence.

    The causes are found in the builds of the work folder. --to writes changes.html for readers and
    changes.json for programs.
    """
    from hrdresearch.run.recheck.kept_changes import last_editions, reports_to_compare

    if each:
        for home in reports_to_compare(older):
            typer.echo(f"{home}: {_compare(*last_editions(home), work, work_before, home)[-1]}")
        return
    pair = (older, newer) if newer else last_editions(older)
    with spinner("Comparing"):
        lines = _compare(*pair, work, work_before, to, full)
    for line in lines:
        typer.echo(line)


def _compare(
    older: Path, newer: Path, work: Path, before: Path | None, to: Path | None, full: bool = False
) -> list[str]:
    """Compare two editions, write the files into ``to``, and return the lines to print."""
    from hrdresearch.report.lines_page import page_of_lines
    from hrdresearch.run.recheck.changes import compare_editions_of_report
    from hrdresearch.run.recheck.kept_changes import CHANGES, PAGE_OF_CHANGES, as_json, keep_told
    from hrdresearch.run.recheck.told import lines_of_changes

    changes = compare_editions_of_report(older, newer, work, before)
    lines = list(lines_of_changes(changes, full))
    page = page_of_lines(f"What changed: {changes.newer.manifest['title']}", lines)
    files = {PAGE_OF_CHANGES: page, CHANGES: as_json(changes.to_dict())}
    told = lines if changes.is_public else []
    for name, text in files.items():
        if written := keep_told(text, changes, to / name if to else None, work):
            told.append(f"Written: {written}")
    return told


def recheck(
    what: Annotated[
        Path,
        typer.Argument(help="Folder of an edition, a draft (.ipynb), or an edited copy (.docx)"),
    ],
    work: Work = DEFAULT_WORK,
    work_before: WorkBefore = None,
    out: Out = DEFAULT_OUT,
    edition: Annotated[
        Path | None,
        typer.Option(
            help="Edition that a Word copy was made from; default: the one its footer names"
        ),
    ] = None,
    notebook: Annotated[
        Path | None,
        typer.Option(help="Notebook of the draft, when an edition of a draft is checked"),
    ] = None,
    to: To = None,
    full: Full = False,
) -> None:
    """Say which published sentences are no longer true with today's builds, and why.

    The notebook runs again; nothing is published. For an edited Word copy it also lists changed numbers
    and lost caveats, and writes the editor's wording to a file of suggestions beside the copy.

    Exit status: 0 every sentence is still true, 1 at least one has to be looked at.
    """
    from hrdresearch.run.recheck import recheck as rechecking
    from hrdresearch.run.recheck.kept_changes import as_json, keep_told
    from hrdresearch.run.recheck.suggestions import suggestions_text
    from hrdresearch.run.recheck.told_verdicts import lines_of_copy, lines_of_recheck

    if what.suffix == ".docx":
        report = edition or rechecking.edition_of_word(what, out)
        with spinner("Checking"):
            copy = rechecking.recheck_word(what, report, work, work_before, notebook)
        found, is_good, lines = copy.rechecked, not copy.remarks, lines_of_copy(copy)
        told, beside = copy.to_dict(), what.with_suffix(".suggestions.yml")
        text = suggestions_text(copy.suggestions, found.changes.older.name)
    else:
        report, text, beside = what, "", None
        if what.suffix == ".ipynb":
            report, notebook = rechecking.edition_of_draft(what, out), what
        with spinner("Checking"):
            found = rechecking.recheck(report, work, work_before, notebook)
        is_good, told = found.all_hold, found.to_dict()
        lines = lines_of_recheck(found.changes, found.verdicts, full)
    for line in lines if found.changes.is_public else ():
        typer.echo(line)
    file = to / "recheck.json" if to else None
    written = [keep_told(as_json(told), found.changes, file, work)]
    if text:
        written.append(keep_told(text, found.changes, beside, work))
    for path in filter(None, written):
        typer.echo(f"Written: {path}")
    raise typer.Exit(not is_good)
