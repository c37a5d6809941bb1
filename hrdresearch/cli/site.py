"""Commands for reviewers: the site over all reports, and the review of a report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from hrdresearch.cli import coding
from hrdresearch.cli.options import DEFAULT_OUT, DEFAULT_WORK, Out, Work, passphrase_of_desk

QUEUE = "queue"
Report = Annotated[
    Path, typer.Argument(help="Folder of an edition, its latest, or its report.html")
]
Desk = Annotated[str, typer.Option(help="Label of your desk (desk-4), never a person's name")]


class QueueByDefault(TyperGroup):
    """Takes ``review upr queue.xlsx`` as ``review queue upr queue.xlsx``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the command before its words where the first word is none."""
        if args and args[0] not in (*self.commands, "--help"):
            args = [QUEUE, *args]
        return super().parse_args(ctx, args)


review_app = typer.Typer(
    cls=QueueByDefault,
    no_args_is_help=True,
    help="Review a report (comment, sign, status), or what the machine coded: review STUDY FILE.",
)
review_app.command(name=QUEUE)(coding.review)


def site(out: Out = DEFAULT_OUT) -> None:
    """Make the page over all reports, index.html; every run makes it anew as well."""
    from hrdresearch.run.site.make_site import make_site

    typer.echo(f"{make_site(out)}")


@review_app.command()
def comment(
    report: Report,
    text: Annotated[str, typer.Argument(help="What you say, between quotation marks")] = "",
    desk: Desk = "",
    paragraph: Annotated[
        str, typer.Option(help="Number of the paragraph (12), or table-1, figure-1")
    ] = "",
    close: Annotated[int | None, typer.Option(help="Number of the comment to close")] = None,
    work: Work = DEFAULT_WORK,
) -> None:
    """Comment on a paragraph of a report, or close a comment; the report stays as it is."""
    from hrdresearch.run.signoff import review_report

    if close is not None:
        typer.echo(review_report.close(report, close, desk))
        return
    if not (text and paragraph):
        raise typer.BadParameter(
            "say the paragraph and the comment: --paragraph 12 'The year is ...'"
        )
    for line in review_report.comment(report, paragraph, text, desk, work):
        typer.echo(line)


@review_app.command()
def sign(
    report: Report,
    desk: Desk = "",
    take_back: Annotated[
        bool, typer.Option("--take-back", help="Take the signature of this desk back")
    ] = False,
    work: Work = DEFAULT_WORK,
) -> None:
    """Sign a report for a role, after check; two different roles make it signed."""
    from hrdresearch.run.signoff import review_report

    if take_back:
        typer.echo(review_report.take_back(report, desk))
        return
    for line in review_report.sign(report, desk, work, passphrase_of_desk(desk)):
        typer.echo(line)


@review_app.command()
def status(reports: Annotated[list[Path], typer.Argument(help="Folders of reports")]) -> None:
    """Say who has signed reports and which comments are open; exit status 1 where one is not signed."""
    from hrdresearch.run.signoff import review_report

    is_signed = True
    for report in reports:
        found = review_report.status(report)
        is_signed &= found.is_signed
        for line in found.lines:
            typer.echo(line)
    raise typer.Exit(not is_signed)
