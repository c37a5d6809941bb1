"""The command line: build, run, release, draft, batch, check, rows, find, withdraw and others.

Everything heavy is imported inside the commands, so that ``--help`` answers at once. Exit statuses stand
in ``hrdresearch.run.failures``.
"""

from __future__ import annotations

import os
import shlex
import signal
import sys

import typer

from hrdresearch.cli import (
    batches,
    coding,
    editions,
    history,
    lookups,
    persons,
    reading,
    reports,
    sdg,
    site,
)
from hrdresearch.cli.called_as import echo_as_called, file_in_pieces
from hrdresearch.cli.casebook import casebook_app
from hrdresearch.cli.demo_cases import demo
from hrdresearch.cli.lists import release_key, sources_app
from hrdresearch.cli.own_lists import new_template
from hrdresearch.cli.retention import retention_app
from hrdresearch.cli.schedule import schedule_app
from hrdresearch.cli.vault import lock_what_was_left, vault_app
from hrdresearch.cli.words import words
from hrdresearch.run.failures import TRACEBACK, ExitStatus, status_of, words_of

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Repeatable, sourced and name-safe report drafts on human rights defenders.",
)
app.add_typer(sources_app, name="sources", invoke_without_command=True)
app.add_typer(
    sources_app, name="source", invoke_without_command=True, hidden=True
)  # source new FILE
app.add_typer(casebook_app, name="casebook")
app.add_typer(vault_app, name="vault")
app.add_typer(retention_app, name="retention")
app.add_typer(site.review_app, name="review")
app.add_typer(schedule_app, name="schedule")
draft_app = typer.Typer(no_args_is_help=True, help="Write a draft of your own from a study.")
draft_app.callback()(lambda: None)
draft_app.command(name="new")(reports.new_draft)
app.add_typer(draft_app, name="draft")
for about_reports in (
    reports.build,
    reports.run,
    demo,
    batches.batch,
    reports.check,
    site.site,
    site.publish,
    site.verify,
    editions.compare,
    editions.recheck,
    reports.speech,
    reports.rows,
    words,
    reports.release,
    persons.consents,
    sdg.sdg_pack,
):
    app.command()(about_reports)
app.command(name="key")(release_key)
app.command(name="template")(new_template)
app.command(name="list")(reports.list_studies)
for about_coding in (coding.evaluate, coding.train, reading.read, reading.letter):
    app.command()(about_coding)
app.command()(persons.withdraw)
app.command()(persons.migrate)
for about_lookups in (lookups.find, lookups.calendar, history.history):
    app.command()(about_lookups)
_FUNCTIONS = [(c.name, c.callback) for c in app.registered_commands]
COMMANDS = (
    *(name or str(getattr(made, "__name__", "")) for name, made in _FUNCTIONS),
    *(str(group.name) for group in app.registered_groups),
)


def main() -> None:
    """Run a command; a failure prints one message without a person's data and sets the exit status."""
    signal.signal(signal.SIGTERM, _end)  # an exception, so that files and folders are cleaned up
    plain, typer.echo = typer.echo, echo_as_called(typer.echo, sys.argv[0], COMMANDS)
    try:
        lock_what_was_left()
        app(standalone_mode=True)
    except SystemExit as end:
        if end.code == int(ExitStatus.WRONG_WORDS) and (file := file_in_pieces(sys.argv[1:])):
            typer.echo(
                f"A name with spaces stands between quotation marks: {shlex.quote(file)}", err=True
            )
        raise
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        typer.echo(f"Error: {words_of(error)}", err=True)
        sys.exit(int(status_of(error)))
    finally:
        typer.echo = plain


def _end(*_: object) -> None:
    sys.exit(int(ExitStatus.STOPPED))
