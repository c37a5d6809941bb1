"""Commands for reviewers and readers: site, review, release of signed reports, check of a sentence."""

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
    """Read ``review upr queue.xlsx`` as ``review queue upr queue.xlsx``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Insert ``queue`` where the first word is not a command."""
        if args and args[0] not in (*self.commands, "--help"):
            args = [QUEUE, *args]
        return super().parse_args(ctx, args)


review_app = typer.Typer(
    cls=QueueByDefault,
    no_args_is_help=True,
    help="Review a report (comment, sign, status), or the automatic coding: review STUDY FILE.",
)
review_app.command(name=QUEUE)(coding.review)


def site(out: Out = DEFAULT_OUT) -> None:
    """Write index.html, the page that lists all reports; every run writes it again."""
    from hrdresearch.run.site.make_site import make_site

    typer.echo(f"{make_site(out)}")


@review_app.command()
def comment(
    report: Report,
    text: Annotated[str, typer.Argument(help="The comment, between quotation marks")] = "",
    desk: Desk = "",
    paragraph: Annotated[
        str, typer.Option(help="Number of the paragraph (12), or table-1, figure-1")
    ] = "",
    close: Annotated[int | None, typer.Option(help="Number of the comment to close")] = None,
    work: Work = DEFAULT_WORK,
) -> None:
    """Comment on a paragraph of a report, or close a comment; the report is not changed."""
    from hrdresearch.run.signoff import review_report

    if close is not None:
        typer.echo(review_report.close(report, close, desk))
        return
    if not (text and paragraph):
        raise typer.BadParameter("give the paragraph and the comment: --paragraph NUMBER 'WORDS'")
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
    """Check a report and sign it for a desk; it is signed when two different desks have signed."""
    from hrdresearch.run.signoff import review_report

    if take_back:
        typer.echo(review_report.take_back(report, desk))
        return
    for line in review_report.sign(report, desk, work, passphrase_of_desk(desk)):
        typer.echo(line)


@review_app.command()
def status(reports: Annotated[list[Path], typer.Argument(help="Folders of reports")]) -> None:
    """Say who has signed each report and which comments are open; exit status 1 if one is unsigned."""
    from hrdresearch.run.signoff import review_report

    is_signed = True
    for report in reports:
        found = review_report.status(report)
        is_signed &= found.is_signed
        for line in found.lines:
            typer.echo(line)
    raise typer.Exit(not is_signed)


def publish(
    reports: Annotated[
        list[Path],
        typer.Argument(help="Signed reports, or the folder of all reports (takes the signed ones)"),
    ],
    to: Annotated[Path, typer.Option(help="New folder or .zip file to write; must not exist")],
    by: Annotated[str, typer.Option(help="Office that publishes, for the citation")] = "",
    work: Annotated[
        Path | None, typer.Option(help="Work folder, to search once more for names, as 'sign' did")
    ] = None,
) -> None:
    """Write signed reports to a folder or ZIP file, with checksums, a citation and their numbers as data."""
    from hrdresearch.run.publishing.write_release import publish_reports

    written, lines = publish_reports(reports, to, work, by)
    for line in lines:
        typer.echo(line)
    typer.echo(f"{written}")


def verify(
    text: Annotated[
        str,
        typer.Argument(
            help="A sentence between quotation marks, or a file: .txt, .md, .docx, .html"
        ),
    ],
    release: Annotated[Path, typer.Option(help="The release: a folder, or a ZIP file")],
) -> None:
    """Check the numbers of a sentence or a text against a published release; needs no case data.

    Exit status: 0 the release says every number in these words; 1 a number differs, or the release was
    changed; 2 a number is not in the release, or stands there in other words.
    """
    from hrdresearch.run.publishing.open_release import opened_release
    from hrdresearch.run.publishing.verify import exit_status, lines_of, paragraphs_of, verify_text

    paragraphs = paragraphs_of(text)
    with opened_release(release) as opened:
        for problem in opened.problems:
            typer.echo(problem, err=True)
        for report in opened.reports:
            for role, words in report.standing.signed.items():
                typer.echo(f"{report.place}: signed by {role}, {words}")
        verdicts, short = verify_text(paragraphs, opened.reports)
    for verdict in verdicts:
        for line in lines_of(verdict):
            typer.echo(line)
    typer.echo(
        f"{len(verdicts)} sentence(s) with numbers; not checked: sentences without, and {short} short "
        "text(s) with a number, such as captions and cells"
    )
    raise typer.Exit(exit_status(verdicts, opened.problems))
