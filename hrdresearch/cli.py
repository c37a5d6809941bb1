"""The command line: build, run, batch, check, rows, list, sources, withdraw.

Everything heavy is imported inside the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Repeatable, sourced and name-safe report drafts on human rights defenders.",
)
sources_app = typer.Typer(no_args_is_help=False, help="Published formats that can be read.")
app.add_typer(sources_app, name="sources", invoke_without_command=True)
vault_app = typer.Typer(no_args_is_help=True, help="Keep restricted lists sealed on the disk.")
app.add_typer(vault_app, name="vault")

Work = Annotated[Path, typer.Option(help="Work folder (restricted); default data/processed")]
Out = Annotated[Path, typer.Option(help="Folder of reports; default reports")]
DEFAULT_WORK, DEFAULT_OUT = Path("data/processed"), Path("reports")


@app.command()
def build(
    study: Annotated[str, typer.Argument(help="Study to build, such as killings")],
    source: Annotated[
        list[str] | None,
        typer.Option(help="LIST=FILE, once a list: global-witness=PATH; see 'hrdresearch sources'"),
    ] = None,
    demo: Annotated[
        bool,
        typer.Option(
            "--demo", help="The invented demo lists of data/raw/demo, instead of --source"
        ),
    ] = False,
    work: Work = DEFAULT_WORK,
    workers: Annotated[
        int, typer.Option(min=1, help="Local processes for a list read in parts (posts)")
    ] = 1,
) -> None:
    """Read, clean and code published lists; names leave, every row is accounted for."""
    from hrdresearch.run.build import build as build_study
    from hrdresearch.run.demo import demo_files, named_files

    with _spinner(f"Building {study}"):
        files = demo_files(study) if demo else named_files(source or [])
        result = build_study(study, files, work, workers)
    for q in result.quality:
        typer.echo(
            f"{q['slug']}: {q['rows_in']} rows = {q['accepted']} accepted + {q['set_aside']} set "
            f"aside; {q['issues']} values corrected, emptied or doubted"
        )
        for note in q["notes"]:
            typer.echo(f"  {note}")
    state = "built" if result.is_new else "unchanged"
    typer.echo(f"{study} {state}: {result.folder}")


@app.command()
def run(
    study: Annotated[str, typer.Argument(help="Study to run")],
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
    """Make a report: papermill runs the notebook, the page is assembled, scanned, promoted."""
    from hrdresearch.run.execute import run as run_study

    with _spinner(f"Running {study}"):
        result = run_study(study, _pairs(parameter or []), work, out, operator)
    typer.echo(
        f"{result.claims} numbers with their lineage; {result.names_checked} names looked for, "
        "none found"
    )
    typer.echo(f"{result.folder / 'report.html'}")


@app.command()
def batch(
    file: Annotated[Path, typer.Argument(help="YAML list of {study, parameters}")],
    work: Work = DEFAULT_WORK,
    out: Out = DEFAULT_OUT,
    workers: Annotated[int, typer.Option(help="Local processes")] = 2,
    cluster: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler, instead of local processes")
    ] = None,
) -> None:
    """Make many reports; one that fails leaves the others alone."""
    from hrdresearch.run.batch import read_batch, run_batch

    reports = read_batch(file)
    executor: Any = None
    if cluster:
        from hrdresearch.run.batch import cluster_executor

        executor = cluster_executor(cluster)
    failed = 0
    for item in run_batch(reports, work, out, executor, workers):
        failed += item.error is not None
        typer.echo(f"{item.study} {dict(item.parameters)}: {item.error or item.folder}")
    if failed:
        typer.echo(f"{failed} of {len(reports)} reports failed", err=True)
        raise typer.Exit(1)


@app.command()
def check(
    report: Annotated[Path, typer.Argument(help="Folder of a report, or its report.html")],
    work: Annotated[
        Path | None,
        typer.Option(help="Work folder with the names index; without it names are not checked"),
    ] = None,
) -> None:
    """Check a report: unchanged, every number claimed, no name in it.

    Exit status: 0 good, 1 problems, 2 no problem but names were not checked.
    """
    from hrdresearch.run.check import check as check_report

    result = check_report(report, work)
    for problem in result.problems:
        typer.echo(problem, err=True)
    if result.names_checked is None:
        typer.echo(
            "Names were not checked: the work folder holds no names index of this build", err=True
        )
    else:
        typer.echo(f"{result.names_checked} names looked for")
    if not result.problems:
        typer.echo("No problem found in what was checked")
    raise typer.Exit(result.exit_code)


@app.command()
def rows(
    report: Annotated[Path, typer.Argument(help="Folder of a report, or its report.html")],
    claim: Annotated[str, typer.Argument(help="Name of a number, such as by_year.2019")],
    work: Work = DEFAULT_WORK,
    csv: Annotated[bool, typer.Option(help="Print all columns as CSV")] = False,
) -> None:
    """Show the rows that a number counts (restricted machine only)."""
    from hrdresearch.run.rows import rows as rows_of

    frame = rows_of(report, claim, work)
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


@app.command(name="list")
def list_studies() -> None:
    """Studies and their parameters."""
    from hrdresearch.run.registry import studies

    for entry in studies().values():
        typer.echo(f"{entry.slug}: {entry.title} ({entry.paragraphs})")
        for p in entry.parameters:
            allowed = f" [{', '.join(p.allowed)}]" if p.allowed and len(p.allowed) < 8 else ""
            typer.echo(f"  {p.name} ({p.type}, default {p.default}){allowed}: {p.help}")


@sources_app.callback()
def list_formats(context: typer.Context) -> None:
    """List the published formats that can be read."""
    if context.invoked_subcommand:
        return
    from hrdresearch.sources import list_sources

    for facts in list_sources():
        access = "public by name" if facts.policy.public_by_name else "restricted"
        typer.echo(f"{facts.slug}: {facts.title} (table {facts.table}; {access})")
        typer.echo(f"  counts: {facts.definition}")


@sources_app.command(name="check")
def check_source(
    file: Annotated[Path, typer.Argument(help="A list as its publisher ships it")],
    most: Annotated[int, typer.Option(help="Lines at most")] = 200,
) -> None:
    """Say which format a file is and what is wrong with it, row by row."""
    from hrdresearch.sources import check_file

    result = check_file(file)
    sentences = result.sentences()
    for sentence in sentences[:most]:
        typer.echo(sentence)
    if len(sentences) > most:
        typer.echo(f"... and {len(sentences) - most} lines more (--most {len(sentences)})")
    raise typer.Exit(0 if result.is_usable else 1)


@app.command()
def evaluate(
    task: Annotated[str, typer.Argument(help="Task, such as upr-hrd, online-attack, sentence")],
    file: Annotated[Path, typer.Argument(help="Labelled file")],
    format: Annotated[str | None, typer.Option(help="Format of the labelled file")] = None,
    model: Annotated[
        Path | None,
        typer.Option(help="Folder of a trained model; without it the rules are evaluated"),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Plain values for machines")] = False,
) -> None:
    """Say how well a coder agrees with a labelled file."""
    from json import dumps

    from hrdresearch.run.tasks import task as task_of

    result = task_of(task, format).evaluate(file, format, model)
    text = result.pop("report")
    typer.echo(dumps(result, ensure_ascii=False, indent=1) if json else text)


@app.command()
def train(
    task: Annotated[str, typer.Argument(help="Task, such as upr-action, online-attack")],
    file: Annotated[Path, typer.Argument(help="Labelled file")],
    model: Annotated[Path, typer.Option(help="Folder to write the model to")],
    format: Annotated[str | None, typer.Option(help="Format of the labelled file")] = None,
) -> None:
    """Train a coder on a labelled file."""
    from hrdresearch.run.tasks import task as task_of

    typer.echo(task_of(task, format, needs="train").train(file, format, model))


@app.command()
def review(
    study: Annotated[str, typer.Argument(help="Study whose coding is reviewed")],
    file: Annotated[Path, typer.Argument(help="Spreadsheet to write, or filled one to read")],
    feed: Annotated[bool, typer.Option("--feed", help="Read the filled spreadsheet")] = False,
    most: Annotated[int, typer.Option(help="Rows at most")] = 200,
    next_to_label: Annotated[
        int | None,
        typer.Option(help="Write so many messages that would teach a model most (online-attacks)"),
    ] = None,
    training_set: Annotated[
        bool, typer.Option("--training-set", help="Write what was labelled so, for 'train'")
    ] = False,
    work: Work = DEFAULT_WORK,
) -> None:
    """Write the review queue of a study as a spreadsheet, or feed a filled one back."""
    from hrdresearch.run.reviews import review_of
    from hrdresearch.studies.build import current_build

    module = review_of(study)
    if feed:
        kept = module.feed(file, work / study / "decisions")
        typer.echo(f"{kept} decisions kept; build {study} again to apply them")
    elif next_to_label is not None or training_set:
        from hrdresearch.run.reviews import export_for_training

        rows = export_for_training(module, current_build(study, work), file, next_to_label)
        typer.echo(f"{rows} rows in {file}")
    else:
        typer.echo(f"{module.export(current_build(study, work), file, most)} rows in {file}")


@vault_app.command(name="new-identity")
def new_identity(
    path: Annotated[Path, typer.Argument(help="File to make, on another disk than the data")],
) -> None:
    """Make the identity that opens sealed lists; set HRD_IDENTITY to it."""
    from hrdresearch.privacy.vault import new_identity as make

    typer.echo(f"Recipient (public, for sealing): {make(path)}")
    typer.echo(f"Set HRD_IDENTITY={path} when you build and run restricted lists")


@vault_app.command(name="seal")
def seal_file(
    file: Annotated[Path, typer.Argument(help="Restricted list that lies open")],
    recipient: Annotated[
        str | None, typer.Option(help="Recipient; default: that of HRD_IDENTITY")
    ] = None,
) -> None:
    """Seal a restricted list; the open file is removed."""
    from hrdresearch.privacy.vault import VaultProblem, identity_path, recipient_of, seal

    identity = identity_path()
    if recipient is None and identity is None:
        raise VaultProblem("Give --recipient, or set HRD_IDENTITY to the identity file.")
    typer.echo(f"Sealed: {seal(file, recipient or recipient_of(identity or Path()))}")


@app.command()
def withdraw(
    study: Annotated[str, typer.Argument(help="Study the person is in")],
    work: Work = DEFAULT_WORK,
    out: Out = DEFAULT_OUT,
    pseudonym: Annotated[
        str | None,
        typer.Option(
            help="victim_id of the person; without it the name is asked for and not echoed"
        ),
    ] = None,
    apply: Annotated[bool, typer.Option(help="Do it, instead of saying what would go")] = False,
) -> None:
    """Remove a person from every tier and edition; overrides that the last good edition stays."""
    from hrdresearch.run.withdraw import withdraw as withdraw_person

    name = None if pseudonym else typer.prompt("Full name as published", hide_input=True)
    for line in withdraw_person(study, work, out, pseudonym=pseudonym, name=name, apply=apply):
        typer.echo(line)


def main() -> None:
    """Entry point: errors for a researcher are printed without a traceback."""
    try:
        app(standalone_mode=True)
    except Exception as error:
        if not _is_for_researchers(error):
            raise
        typer.echo(f"Error: {error.args[0] if error.args else error}", err=True)
        sys.exit(1)


def _is_for_researchers(error: Exception) -> bool:
    """Own errors carry words for a researcher; anything else is a fault of the program."""
    return any(cls.__module__.startswith("hrdresearch.") for cls in type(error).__mro__)


def _pairs(given: list[str]) -> dict[str, str]:
    pairs = {}
    for item in given:
        key, equals, value = item.partition("=")
        if not equals or not key:
            raise typer.BadParameter(f"{item!r} is not key=value")
        pairs[key.strip()] = value.strip()
    return pairs


def _spinner(words: str) -> Any:
    """Progress on a terminal; silence in a log."""
    from contextlib import nullcontext

    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(words)


if __name__ == "__main__":
    main()
