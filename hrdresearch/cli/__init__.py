"""The command line: build, run, batch, check, rows, list, sources, withdraw.

Everything heavy is imported inside the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

import sys

import typer

from hrdresearch.cli import coding, reports
from hrdresearch.cli.lists import sources_app, vault_app

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Repeatable, sourced and name-safe report drafts on human rights defenders.",
)
app.add_typer(sources_app, name="sources", invoke_without_command=True)
app.add_typer(vault_app, name="vault")
for about_reports in (reports.build, reports.run, reports.batch, reports.check, reports.rows):
    app.command()(about_reports)
app.command(name="list")(reports.list_studies)
for about_coding in (coding.evaluate, coding.train, coding.review):
    app.command()(about_coding)
app.command()(reports.withdraw)


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
