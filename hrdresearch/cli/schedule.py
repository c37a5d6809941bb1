"""Commands of the schedule: write files for timers, and run what is due."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from hrdresearch.cli.batches import echo
from hrdresearch.cli.options import DEFAULT_OUT, DEFAULT_WORK, Out, Work
from hrdresearch.run.failures import TRACEBACK, status_of, words_of

schedule_app = typer.Typer(
    help="Make builds and reports on a schedule: files for cron, systemd, Airflow and JupyterLab."
)
FOLDER = Path("schedule")


@schedule_app.callback(invoke_without_command=True)
def schedule(
    context: typer.Context,
    work: Work = DEFAULT_WORK,
    out: Out = DEFAULT_OUT,
    folder: Annotated[Path, typer.Option(help="Where the files are written")] = FOLDER,
) -> None:
    """Write crontab lines, systemd units, an Airflow DAG and a launcher notebook for the schedule.

    The schedule itself (which report, when) stands in studies.yml, or in WORK/schedule.yml.
    """
    if context.invoked_subcommand:
        return
    from hrdresearch.run.batch import report_in_words
    from hrdresearch.run.registry import project_folder
    from hrdresearch.run.schedule.entries import read_schedule, time_in_words, times_of
    from hrdresearch.run.schedule.scheduled_run import not_built
    from hrdresearch.run.schedule.timer_files import Place, folders_in_force, write_timer_files

    entries = read_schedule(work)
    for at, due in times_of(entries).items():
        names = [
            report_in_words(e.study, e.parameters) + f" over {e.over}" * bool(e.over) for e in due
        ]
        typer.echo(f"{time_in_words(at)} ({at}): {', '.join(names)}")
    if missing := not_built(entries, work):
        typer.echo(f"Not built yet: {', '.join(missing)}. Build first, else no report can be made")
    place = Place(project_folder().resolve(), work.resolve(), out.resolve(), folders_in_force())
    for path, purpose in write_timer_files(entries, place, folder).items():
        typer.echo(f"{path}  {purpose}")
    typer.echo("Give one of them to your timer: docs/how-to/schedule.md")


@schedule_app.command(name="run")
def run_now(
    work: Work = DEFAULT_WORK,
    out: Out = DEFAULT_OUT,
    at: Annotated[
        str,
        typer.Option(help="Run only what is due at this time of the schedule, such as '0 6 * * 1'"),
    ] = "",
    workers: Annotated[int, typer.Option(min=1, help="Local processes")] = 2,
    cluster: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler, instead of local processes")
    ] = None,
    wait: Annotated[
        float, typer.Option(min=0, help="Minutes to wait for another scheduled run")
    ] = 60,
) -> None:
    """Build again what has changed, make the reports, and write a digest; a timer calls this.

    Exit status: 0 done, 8 done with failures, 9 nothing new, 4 a leak was stopped, 3 a list cannot be
    read, 7 a key is missing or wrong, 5 another scheduled run is still at work, 6 not built, 2 wrong options.
    """
    from hrdresearch.run.schedule.scheduled_run import run_schedule

    try:
        status = run_schedule(work, out, at, workers, cluster, _echo_with_time, wait).status
    except Exception as failed:
        if os.environ.get(TRACEBACK):
            raise
        _echo_with_time(f"Error: {words_of(failed)}", True)
        status = status_of(failed)
    raise typer.Exit(status)


@schedule_app.command(name="mail")
def try_mail() -> None:
    """Send a test e-mail with the settings HRD_MAIL_..., and say whether it was sent."""
    from hrdresearch.run.schedule.digest import send_trial

    for line in send_trial() or ["E-mail is not set up: HRD_MAIL_HOST names the mail server"]:
        typer.echo(line)


def _echo_with_time(words: str, is_progress: bool = False) -> None:
    """Print a line with date, time and UTC offset: a log holds the lines of many runs."""
    echo(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S %z}  {words}", is_progress)
