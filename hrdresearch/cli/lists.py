"""The commands ``sources`` (formats that can be read) and ``key`` (keys that sign and approve)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrdresearch.cli.list_page import page_of_list
from hrdresearch.cli.options import ListLanguage, new_passphrase
from hrdresearch.cli.own_lists import new_source

sources_app = typer.Typer(
    no_args_is_help=False,
    help="Published formats that can be read; for a list of your own: 'source new FILE'.",
)


@sources_app.callback()
def list_formats(context: typer.Context) -> None:
    """List the published formats that can be read."""
    if context.invoked_subcommand:
        return
    from hrdresearch.sources import list_sources
    from hrdresearch.sources.registry import list_broken_sources

    for facts in list_sources():
        access = "public by name" if facts.policy.public_by_name else "restricted"
        typer.echo(f"{facts.slug}: {facts.title} (table {facts.table}; {access})")
        typer.echo(f"  counts: {facts.definition}")
    for fault in list_broken_sources():
        typer.echo(f"Cannot be used: {fault}")


@sources_app.command(name="check")
def check_source(
    file: Annotated[Path, typer.Argument(help="A list as published, or a folder of lists")],
    source: Annotated[
        str | None, typer.Option(help="Source of the list; default: recognized by the columns")
    ] = None,
    most: Annotated[int, typer.Option(help="Most lines printed about a file")] = 200,
    show: Annotated[
        bool,
        typer.Option("--show", help="Print names and all values too (restricted machine only)"),
    ] = False,
    language: ListLanguage = "",
) -> None:
    """Say which format a file has (or the nearest one), what is wrong, and show some rows as read."""
    from hrdresearch.run.own_lists.account import account_line, note_told
    from hrdresearch.run.own_lists.prompts import remark_told, speak
    from hrdresearch.run.own_lists.shown_rows import rows_as_read, rows_while_open
    from hrdresearch.run.own_lists.uncoded import status_lines
    from hrdresearch.run.sealed_lists import opener_for
    from hrdresearch.run.unread_sentences import note_unread_in_file
    from hrdresearch.sources import check_path, is_own
    from hrdresearch.sources.own_folder import headings_read, sentences_on_unsaid
    from hrdresearch.sources.own_guesses import guess_notes

    results = check_path(file, source, opener_for)
    speak(language, headings_read(source or results[0].slug))
    for result in results:
        told_below = set(map(str, guess_notes(result.slug)))
        told_otherwise = {str(note): note_told(note) for note in result.notes}
        if result.is_usable and is_own(result.slug):
            for line in status_lines(result.slug, result.path, opener_for(result.path)):
                typer.echo(line)
            told_otherwise[result.account] = account_line(
                result.slug, result.rows_in, result.accepted, result.no_rows
            )
        sentences = [s for s in result.sentences() if s not in told_below]
        for sentence in sentences[:most]:
            typer.echo(told_otherwise.get(sentence) or remark_told(sentence))
        if len(sentences) > most:
            typer.echo(f"... and {len(sentences) - most} more lines (--most {len(sentences)})")
        for note in note_unread_in_file(result.slug, result.path) if result.is_usable else ():
            typer.echo(remark_told(str(note)))
        if result.is_usable and len(results) == 1:
            for line in rows_as_read(result.slug, result.path, opener_for(result.path), show):
                typer.echo(line)
            for line in sentences_on_unsaid(result.slug):
                typer.echo(remark_told(line))
        elif source and len(results) == 1:
            for line in rows_while_open(source, result.path, opener_for(result.path), show):
                typer.echo(line)
    unusable = sum(not result.is_usable for result in results)
    if len(results) > 1:
        typer.echo(f"{len(results)} files: {unusable} cannot be used as they are")
    raise typer.Exit(1 if unusable else 0)


@sources_app.command(name="compare")
def compare_files(
    source: Annotated[str, typer.Argument(help="Source of both files")],
    older: Annotated[Path, typer.Argument(help="The older edition")],
    newer: Annotated[Path, typer.Argument(help="The newer edition")],
) -> None:
    """Say what changed between two editions of a public list: cases, codes, dates, yearly totals."""
    from hrdresearch.run.edition_changes import edition_lines

    for line in edition_lines(source, older, newer):
        typer.echo(line)


sources_app.command(name="new")(new_source)
sources_app.command(name="page")(page_of_list)


def release_key(
    rotate: Annotated[
        bool, typer.Option("--rotate", help="Make a new key; the old private half is deleted")
    ] = False,
    role: Annotated[
        str | None,
        typer.Option(help="Desk to which a new key belongs (desk-release), never a person's name"),
    ] = None,
    desk: Annotated[
        str, typer.Option(help="Make the key that this desk approves with (desk-4)")
    ] = "",
) -> None:
    """Print the public key that readers check reports with, or make the key of a desk (--desk)."""
    if desk:
        _make_desk_key(desk, rotate)
        return
    from hrdresearch.privacy import release_key as keys
    from hrdresearch.privacy.keys import keys_folder

    try:
        made = keys.rotate_release_key(role) if rotate else keys.read_or_make_release_key(role=role)
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong)) from wrong
    typer.echo(f"The release key belongs to {made}")
    typer.echo(f"Its public half, for readers: {keys_folder() / keys.PUBLIC}")
    typer.echo(made.text)
    for file in sorted(keys_folder().glob(keys.EARLIER)):
        typer.echo(
            f"Reports signed with an earlier key still pass. If it was stolen, delete {file}"
        )


def _make_desk_key(desk: str, rotate: bool) -> None:
    from hrdresearch.privacy.desk_keys import make_desk_key, read_desk_keys

    if not rotate and desk in {key.role for key in read_desk_keys()}:
        raise typer.BadParameter(f"{desk} already has a key; --rotate makes a new one")
    typer.echo(f"The person of {desk} types the passphrase alone and tells it to nobody")
    made = make_desk_key(desk, new_passphrase())
    typer.echo(f"The key belongs to {made}. From now on a desk can approve only with a key")
    if len({key.role for key in read_desk_keys()}) < 2:
        typer.echo("Two desks must approve: make a key for the second desk too")
