"""The command line: build, run, release, draft, batch, check, rows, find, withdraw and others.

Everything heavy is imported inside the commands, so that ``--help`` answers at once. Exit statuses:
0 done; 1 the command failed, and the message says why; 2 wrong arguments or parameters (``check``:
names were not checked); 3 a list cannot be read; 4 a report would publish a name; 5 another build
is running, try again; 6 no build, or a damaged one; 7 a key or the vault is missing or wrong; 70 an
error of the program; 143 stopped from outside.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from pathlib import Path

import typer

from hrdresearch.cli import coding, lookups, persons, reading, reports, site
from hrdresearch.cli.casebook import casebook_app
from hrdresearch.cli.lists import release_key, sources_app
from hrdresearch.cli.own_lists import new_template
from hrdresearch.cli.retention import retention_app
from hrdresearch.cli.vault import lock_what_was_left, vault_app
from hrdresearch.cli.words import words

TRACEBACK = "HRD_TRACEBACK"
FAULT = 70
STATUS = {
    "ParameterError": 2,
    "UnknownSourceError": 2,
    "SourceError": 3,
    "LeakError": 4,
    "BusyError": 5,
    "NoBuildError": 6,
    "DamagedBuildError": 6,
    "KeyProblem": 7,
    "VaultProblem": 7,
}

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
draft_app = typer.Typer(no_args_is_help=True, help="Write a draft of your own from a study.")
draft_app.callback()(lambda: None)
draft_app.command(name="new")(reports.new_draft)
app.add_typer(draft_app, name="draft")
for about_reports in (
    reports.build,
    reports.run,
    reports.demo,
    reports.batch,
    reports.check,
    site.site,
    reports.speech,
    reports.rows,
    words,
    reports.release,
    persons.consents,
):
    app.command()(about_reports)
app.command(name="key")(release_key)
app.command(name="template")(new_template)
app.command(name="list")(reports.list_studies)
for about_coding in (coding.evaluate, coding.train, coding.review, reading.read):
    app.command()(about_coding)
app.command()(persons.withdraw)
app.command()(persons.migrate)
for about_lookups in (lookups.find, lookups.calendar):
    app.command()(about_lookups)


def main() -> None:
    """Run a command; a failure prints one message without data of a person, and sets the exit status."""
    signal.signal(signal.SIGTERM, _end)  # what was begun is cleared away before the end
    try:
        lock_what_was_left()
        app(standalone_mode=True)
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        typer.echo(f"Error: {_words(error)}", err=True)
        sys.exit(_status(error))


def _end(number: int, _: object) -> None:
    sys.exit(128 + number)


def _status(error: Exception) -> int:
    """Exit status of a failure, by its kind."""
    kinds = [cls.__name__ for cls in type(error).__mro__]
    known = [STATUS[kind] for kind in kinds if kind in STATUS]
    return known[0] if known else (1 if _is_told(error) else FAULT)


def _words(error: Exception) -> str:
    """Words for a researcher; of a fault of the program only its kind and place, never values."""
    if _is_own(error):
        return str(error.args[0] if error.args else error)
    if _is_told(error):
        at = f"{error.filename}: " if error.filename else ""  # type: ignore[attr-defined]
        return f"{at}{error.strerror or type(error).__name__}"  # type: ignore[attr-defined]
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "hrdresearch" in Path(frame.filename).parts] or frames
    place = f"{Path(own[-1].filename).name}, line {own[-1].lineno}"
    return (
        f"a fault of the program ({type(error).__name__} in {place}), not of your words. Nothing "
        "half made was kept. Tell those who keep the program; on invented cases, with "
        f"{TRACEBACK}=1, it prints more, which may hold persons' data"
    )


def _is_own(error: Exception) -> bool:
    """Own errors carry words for a researcher; anything else is a fault of the program."""
    return any(cls.__module__.startswith("hrdresearch.") for cls in type(error).__mro__)


def _is_told(error: Exception) -> bool:
    """Own errors, and what the disk refuses: no space, no permission, no such file."""
    return _is_own(error) or isinstance(error, OSError)
