"""Commands from lists to reports: build, run, release, draft, check, speech, rows, list."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrdresearch.cli.options import (
    DEFAULT_OUT,
    DEFAULT_WORK,
    ListLanguage,
    Out,
    Work,
    parse_pairs,
    passphrase_of_desk,
    spinner,
)

if TYPE_CHECKING:
    pass


def build(
    study: Annotated[str, typer.Argument(help="Study to build, such as killings")],
    source: Annotated[
        list[str] | None,
        typer.Option(help="LIST=FILE (global-witness=PATH), once for each list; see 'sources'"),
    ] = None,
    demo: Annotated[
        bool,
        typer.Option(
            "--demo", help="Use the invented demo lists of data/raw/demo, instead of --source"
        ),
    ] = False,
    work: Work = DEFAULT_WORK,
    workers: Annotated[
        int, typer.Option(min=1, help="Local processes for a list read in parts (posts)")
    ] = 1,
    open_on_this_machine: Annotated[
        bool,
        typer.Option(
            "--open-on-this-machine",
            help="I accept that restricted lists and the files made from them lie unencrypted on this disk",
        ),
    ] = False,
    language: ListLanguage = "",
) -> None:
    """Read, clean and code lists; names are removed, and every row is accounted for."""
    from hrdresearch.run.own_lists.prompts import speak, told
    from hrdresearch.sources.own_folder import headings_read, own_files

    lists = [str(one).partition("=")[::2] for one in source or ()]
    own = [(slug, file) for slug, file in lists if slug in own_files()]
    speak(language, [heading for slug, _ in own for heading in headings_read(slug)])
    build_lists(study, source, demo, work, workers, open_on_this_machine)
    if own:
        typer.echo(told("build_next", line=f"hrdresearch run {study}"))
    for slug, file in own:
        line = f"hrdresearch source check {shlex.quote(file)} --source {slug}"
        typer.echo(told("build_look", line=line))


def build_lists(
    study: str,
    source: list[str] | None,
    demo: bool = False,
    work: Path = DEFAULT_WORK,
    workers: int = 1,
    open_on_this_machine: bool = False,
) -> None:
    """Build, and say what was done with each list, in the language of the command."""
    from hrdresearch.run.lean_imports import collect_garbage_seldom

    collect_garbage_seldom()
    from hrdresearch.run.built_from import build_and_remember
    from hrdresearch.run.own_lists.account import account_lines
    from hrdresearch.run.own_lists.prompts import remark_told, told
    from hrdresearch.run.source_files import demo_files, named_files

    with spinner(f"Building {study}"):
        files = demo_files(study) if demo else named_files(source or [])
        result = build_and_remember(study, files, work, workers, open_on_this_machine)
    for name in result.sealed:
        typer.echo(f"Sealed, because the build is sealed: {name}")
    for q in result.quality:
        for line in account_lines(q):
            typer.echo(line)
    for line in (*result.lines, *result.releases):
        typer.echo(remark_told(line))
    state = "built" if result.is_new else "unchanged"
    typer.echo(told(state, study=study, folder=result.folder))


def run(
    study: Annotated[str, typer.Argument(help="Study to run, or your draft: my-draft.ipynb")],
    work: Work = DEFAULT_WORK,
    out: Out = DEFAULT_OUT,
    parameter: Annotated[
        list[str] | None,
        typer.Option("-p", "--parameter", help="key=value; see 'hrdresearch list'"),
    ] = None,
    operator: Annotated[
        str | None,
        typer.Option(help="Label of the desk that ran it (desk-4), never a person's name"),
    ] = None,
) -> None:
    """Make a report: run the notebook, assemble the page, search it for names, and keep it as an edition."""
    from hrdresearch.run.lean_imports import begin_lean

    begin_lean()

    from hrdresearch.run.execute import run as run_study
    from hrdresearch.run.internal import INTERNAL
    from hrdresearch.run.own_lists.prompts import remark_told
    from hrdresearch.run.site.make_site import renewed_site

    def say(line: str) -> None:
        typer.echo(remark_told(line))

    with renewed_site(out), spinner(f"Running {study}"):
        result = run_study(study, parse_pairs(parameter or []), work, out, operator, say)
    for line in result.repaired:
        typer.echo(line)
    say(str(result.main_text))
    for line in result.unprinted:
        typer.echo(f"Not printed: {line}")
    for line in result.speech:
        typer.echo(f"Speech: {line}")
    if result.to_review:
        typer.echo(
            f"Not named: {result.to_review} case(s) whose risk was not reviewed for this edition"
        )
    numbers, names = result.claims, result.names_checked
    checked = f"{numbers} numbers with their lineage; {names} names looked for, none found"
    say(checked)
    say(INTERNAL if result.is_internal else f"Signed by {result.signed_by}")
    typer.echo(f"{result.folder / 'report.html'}")


def release(
    study: Annotated[str, typer.Argument(help="Study of the restricted lists, such as killings")],
    work: Work = DEFAULT_WORK,
    desk: Annotated[
        str | None,
        typer.Option(help="Label of your desk (desk-4), never a person's name"),
    ] = None,
    approve: Annotated[
        str, typer.Option(help="Approve: the code at the end of what this desk was shown")
    ] = "",
    withdraw_approval: Annotated[
        bool, typer.Option("--withdraw-approval", help="Undo what this desk has approved")
    ] = False,
    leave_out: Annotated[
        str,
        typer.Option(
            help="Leave a class out of this and all later editions (identity_codes=lawyer), or a class in "
            "one State ('KEN;sex_code=female'); two desks then approve"
        ),
    ] = "",
    no_term: Annotated[
        str,
        typer.Option(
            help="With --approve: why a list without a retention term may leave, in words"
        ),
    ] = "",
) -> None:
    """Show the figures of each restricted list that may be published; two desks read and approve them."""
    from hrdresearch.run import release_desk

    asked = sum(map(bool, (approve, withdraw_approval, leave_out)))
    if asked > 1 or (asked and desk is None):
        raise typer.BadParameter(
            "give --desk with --approve, --withdraw-approval or --leave-out, and one of these three only"
        )
    if leave_out and desk:
        typer.echo(release_desk.leave_out(study, work, desk, leave_out))
        return
    if approve and desk:
        passphrase = passphrase_of_desk(desk)
        typer.echo(release_desk.approve_release(study, work, desk, approve, passphrase, no_term))
        return
    lines = (
        release_desk.withdraw_approval(study, work, desk)
        if withdraw_approval and desk
        else release_desk.show_releases(study, work, desk)
    )
    for line in lines:
        typer.echo(line)


def new_draft(
    study: Annotated[str, typer.Argument(help="Study whose notebook is copied, such as killings")],
    path: Annotated[Path, typer.Argument(help="The draft, such as my-draft.ipynb")],
) -> None:
    """Copy the notebook of a study, to write a draft of your own."""
    from hrdresearch.run.registry import new_draft as copy_notebook

    typer.echo(f"{copy_notebook(study, path)}: edit it in JupyterLab, then: hrdresearch run {path}")


def check(
    reports: Annotated[list[Path], typer.Argument(help="Folders of reports, or their report.html")],
    work: Annotated[
        Path | None,
        typer.Option(help="Work folder with the names index; without it names are not checked"),
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option(help="Public key that must have signed it; see 'hrdresearch key'"),
    ] = None,
) -> None:
    """Check that reports are signed and unchanged, that every number is a claim, and no name is printed.

    Exit status: 1 a problem in at least one report; 2 no problem, but names were not checked in at
    least one; 0 otherwise.
    """
    from hrdresearch.run.check import check as check_report

    codes = set()
    for report in reports:
        if len(reports) > 1:
            typer.echo(f"{report}:")
        result = check_report(report, work, key)
        for line in filter(None, (result.signature, *result.approvals)):
            typer.echo(line)
        for problem in result.problems:
            typer.echo(problem, err=True)
        if result.names_checked is None:
            typer.echo(
                "Names were not checked: the work folder holds no names index of this build",
                err=True,
            )
        else:
            typer.echo(f"{result.names_checked} names looked for")
        if not result.problems:
            typer.echo("No problem found in what was checked")
        codes.add(result.exit_code)
    raise typer.Exit(next(code for code in (1, 2, 0) if code in codes))


def speech(
    file: Annotated[
        Path,
        typer.Argument(
            help="A notebook, a page, a Word file that somebody has edited, or a report's folder"
        ),
    ],
) -> None:
    """Check the sentences of a text against the rules of speech (docs/rules-of-speech.md).

    Exit status: 0 when no sentence breaks a rule, 1 otherwise.
    """
    from hrdresearch.report.edited_text import find_speech_faults_in_file

    try:
        faults = find_speech_faults_in_file(file / "report.docx" if file.is_dir() else file)
    except (ValueError, OSError) as wrong:
        raise typer.BadParameter(str(wrong)) from wrong
    for fault in faults:
        typer.echo(str(fault))
    typer.echo(f"{len(faults)} sentence(s) break a rule of speech")
    raise typer.Exit(bool(faults))


def rows(
    report: Annotated[Path, typer.Argument(help="Folder of a report, or its report.html")],
    claim: Annotated[str, typer.Argument(help="Name of a number, such as by_year.2019")],
    work: Work = DEFAULT_WORK,
    csv: Annotated[bool, typer.Option(help="Print all columns as CSV")] = False,
) -> None:
    """Show the rows that a number counts (restricted machine only)."""
    from hrdresearch.run.rows import rows_of_claim

    frame = rows_of_claim(report, claim, work)
    if csv:
        typer.echo(frame.to_csv(index=False), nl=False)
        return
    telling = (
        "source",
        "source_row",
        "letter_id",
        "sent_date",
        "event_date",
        "event_date_precision",
        "state_iso3",
        "sex_code",
        "motive_link_code",
        "type_code",
        "first_reply_date",
    )
    shown = frame[[column for column in telling if column in frame]]
    typer.echo(shown.to_string(index=False))
    typer.echo(f"{len(frame)} rows")


def list_studies() -> None:
    """List the studies and their parameters."""
    from hrdresearch.run.registry import studies

    for entry in studies().values():
        typer.echo(f"{entry.slug}: {entry.title} ({entry.paragraphs})")
        for p in entry.parameters:
            allowed = f" [{', '.join(p.allowed)}]" if p.allowed and len(p.allowed) < 8 else ""
            typer.echo(f"  {p.name} ({p.type}, default {p.default}){allowed}: {p.help}")
