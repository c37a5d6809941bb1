"""Writes the schedule for other programs: cron, systemd, Airflow, and a notebook for jupyter-scheduler.

All of them run ``hrdresearch schedule run`` or its function, so that the work is the same everywhere.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hrdresearch.privacy.keys import keys_folder
from hrdresearch.run.failures import ExitStatus
from hrdresearch.run.files import replace_text
from hrdresearch.run.schedule.entries import Scheduled, on_calendar, time_in_words, times_of

CRONTAB, DAG, LAUNCHER = "crontab.txt", "hrdresearch_dag.py", "scheduled_run.ipynb"
LAUNCHER_OF = "scheduled_run_{}.ipynb"  # for the second and later times
LOG = "schedule.log"
CARRIED = (
    *("HRD_SOURCES", "HRD_REFERENCE", "HRD_BOUNDARIES", "HRD_IDENTITY", "HRD_PROJECT"),
    "XDG_CONFIG_HOME",
)


@dataclass(frozen=True)
class Place:
    """Where a schedule runs: folder of the project, work folder, and folder of reports.

    settings: environment variables with paths, because a timer does not know those of the user.
    """

    project: Path
    work: Path
    out: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    def command(self, at: str) -> list[str]:
        """The command that runs the entries of one time, as a list of words."""
        python = str(Path(sys.executable).absolute())
        return [
            *(python, "-m", "hrdresearch.cli", "schedule", "run", "--at", at),
            *("--work", str(self.work), "--out", str(self.out)),
        ]

    def command_with_settings(self, at: str) -> list[str]:
        """The same command, with the settings before it (``env NAME=PATH ...``)."""
        return [
            "env",
            *(f"{name}={path}" for name, path in self.settings.items()),
            *self.command(at),
        ]


PURPOSES = {
    ".txt": "for cron: paste its last lines into 'crontab -e'",
    ".py": "for Airflow: copy it into the folder of DAGs",
    ".ipynb": "for JupyterLab: make a job of it",
    ".service": "for systemd, with its timer",
    ".timer": "for systemd, with its service",
}


def folders_in_force() -> dict[str, str]:
    """Environment variables of the folder of keys and of other paths that are set here; no passwords."""
    given = {name: os.environ.get(name, "") for name in CARRIED}
    found = {name: str(Path(path).absolute()) for name, path in given.items() if path}
    return {"HRD_KEYS": str(keys_folder().absolute()), **found}


def write_timer_files(schedule: Sequence[Scheduled], place: Place, folder: Path) -> dict[Path, str]:
    """Write the files for all timers into ``folder``; returns their paths, each with its purpose.

    The log file for cron is made too, so that only its owner can read it.
    """
    times = list(times_of(list(schedule)))
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        CRONTAB: crontab(times, place),
        DAG: airflow_dag(times, place),
    }
    for number, at in enumerate(times, start=1):
        texts[LAUNCHER if number == 1 else LAUNCHER_OF.format(number)] = launcher(at, place)
        texts[f"hrdresearch-{number}.service"] = systemd_service(at, place)
        texts[f"hrdresearch-{number}.timer"] = systemd_timer(at)
    for name, text in texts.items():
        replace_text(folder / name, text)
    if place.work.is_dir():
        (place.work / LOG).touch(mode=0o600)
    return {folder / name: PURPOSES[Path(name).suffix] for name in texts}


def crontab(times: Sequence[str], place: Place) -> str:
    """Lines for ``crontab -e``."""
    log = shlex.quote(str(place.work / LOG))
    lines = ["# hrdresearch: what is made on a schedule. Paste it into 'crontab -e'."]
    for at in times:
        words = shlex.join(place.command_with_settings(at)).replace(
            "%", r"\%"
        )  # cron ends a line at %
        enter = f"cd {shlex.quote(str(place.project))}".replace("%", r"\%")
        lines += [f"# {time_in_words(at)}", f"{at}  {enter} && {words} >> {log} 2>&1"]
    return "\n".join(lines) + "\n"


def systemd_service(at: str, place: Place) -> str:
    """A systemd service for one time; the exit status "nothing new" counts as success."""
    environment = "".join(
        f"Environment={_quoted(f'{name}={path}', dollar='$')}\n"
        for name, path in place.settings.items()
    )
    return f"""[Unit]
Description=hrdresearch, reports on a schedule: {_systemd(time_in_words(at))}

[Service]
Type=oneshot
WorkingDirectory={_systemd(str(place.project))}
{environment}EnvironmentFile=-%h/.config/hrdresearch/schedule.env
ExecStart={" ".join(_quoted(word) for word in place.command(at))}
SuccessExitStatus={int(ExitStatus.NOTHING_NEW)}
Nice=10
"""


def systemd_timer(at: str) -> str:
    """The timer of that service; a run that was missed while the machine was off is made later."""
    when = "\n".join(f"OnCalendar={one}" for one in on_calendar(at))
    return f"""[Unit]
Description=hrdresearch: {_systemd(time_in_words(at))}

[Timer]
{when}
Persistent=true

[Install]
WantedBy=timers.target
"""


def airflow_dag(times: Sequence[str], place: Place) -> str:
    """A file for Airflow 3 (and 2): one DAG with one task for each time; never two runs at once."""
    runs = {
        f"hrdresearch_{n}": [at, place.command_with_settings(at)]
        for n, at in enumerate(times, start=1)
    }
    return f'''"""hrdresearch: what is made on a schedule. Copy this file into the folder of DAGs."""

import shlex

import pendulum

try:
    from airflow.providers.standard.operators.bash import BashOperator
    from airflow.sdk import DAG
except ImportError:  # Airflow 2
    from airflow import DAG
    from airflow.operators.bash import BashOperator

NOTHING_NEW = {int(ExitStatus.NOTHING_NEW)}  # such a run is shown as skipped
TIME_ZONE = "UTC"
RUNS = {json.dumps(runs, indent=4, ensure_ascii=False)}

for name, (at, command) in RUNS.items():
    with DAG(
        dag_id=name,
        schedule=at,
        start_date=pendulum.datetime(2026, 1, 1, tz=TIME_ZONE),
        catchup=False,
        max_active_runs=1,
        tags=["hrdresearch"],
    ) as dag:
        BashOperator(
            task_id="schedule_run",
            bash_command="{{% raw %}}" + shlex.join(command) + "{{% endraw %}}",
            cwd={json.dumps(str(place.project), ensure_ascii=False)},
            append_env=True,
            skip_on_exit_code=NOTHING_NEW,
        )
    globals()[name] = dag
'''


def launcher(at: str, place: Place) -> str:
    """A notebook for jupyter-scheduler, as JSON; it runs the schedule, and fails if the run fails."""
    cells: list[tuple[str, str]] = [
        (
            "markdown",
            f"# Scheduled run\n\n{time_in_words(at)}. Does what `hrdresearch schedule run` does: builds "
            "whose lists have changed are made again, then the reports. Each is scanned for names before it "
            "is published. The "
            "result says what was made; it holds no rows and no names.",
        ),
        (
            "code",
            "import os\n\n"
            f"os.chdir({str(place.project)!r})\n"
            f"os.environ.update({dict(place.settings)!r})\n\n"
            "from hrdresearch.run.schedule.notebook_run import run_in_notebook\n\n"
            f"run_in_notebook({str(place.work)!r}, {str(place.out)!r}, at={at!r})",
        ),
    ]
    notebook = {
        "cells": [
            {
                "cell_type": kind,
                "id": f"scheduled-{number}",
                "metadata": {},
                "source": source.splitlines(keepends=True),
                **({"execution_count": None, "outputs": []} if kind == "code" else {}),
            }
            for number, (kind, source) in enumerate(cells)
        ],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _systemd(text: str) -> str:
    return text.replace("%", "%%")  # in systemd, a single % begins a placeholder


def _quoted(word: str, dollar: str = "$$") -> str:
    kept = _systemd(word).replace("\\", "\\\\").replace('"', '\\"').replace("$", dollar)
    return f'"{kept}"'
