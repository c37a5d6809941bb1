"""Reads the schedule: the entries ``schedule`` of studies.yml, or ``WORK/schedule.yml`` instead of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cronsim import CronSim, CronSimError

from hrdresearch.run.batch import check_over
from hrdresearch.run.errors import WrongWordsError
from hrdresearch.run.files import read_yaml
from hrdresearch.run.registry import studies, study_or_draft

OWN = "schedule.yml"  # in the work folder
KEYS = {"study", "cron", "parameters", "over"}
FIELDS = 5
NOT_EVERYWHERE = set("L#W?@")  # signs that only some cron programs understand


@dataclass(frozen=True)
class Scheduled:
    """Reports of a study and when they are made.

    cron: five fields, such as ``0 6 * * 1``, in the time zone of the machine. parameters: of one report.
    over: make a report for each value of a parameter, such as ``state=all``.
    """

    study: str
    cron: str
    parameters: Mapping[str, Any]
    over: str = ""


def read_schedule(work: Path) -> list[Scheduled]:
    """Read the entries of the schedule, in their order; WrongWordsError names a wrong entry."""
    own = work / OWN
    if not own.is_file():
        entries = [
            (e.slug, {**one, "study": e.slug}) for e in studies().values() for one in e.schedule
        ]
        return [_read_entry(f"studies.yml, schedule of {slug}", entry) for slug, entry in entries]
    given = read_yaml(own)
    if not isinstance(given, list) or not given:
        raise WrongWordsError(f"{OWN}: expected a list of entries, each with study and cron")
    return [_read_entry(f"{OWN}, entry {n}", entry) for n, entry in enumerate(given, start=1)]


def times_of(schedule: list[Scheduled]) -> dict[str, list[Scheduled]]:
    """Group the entries by time, in the order in which the times first occur."""
    found: dict[str, list[Scheduled]] = {}
    for entry in schedule:
        found.setdefault(entry.cron, []).append(entry)
    return found


def time_in_words(cron: str) -> str:
    """A time of the schedule in words.

    >>> time_in_words("0 6 * * 1")
    'At 06:00 on Monday'
    """
    return _parse_cron(cron).explain()


def on_calendar(cron: str) -> list[str]:
    """The same time for a systemd timer; two lines if days of the month and of the week are both given.

    >>> on_calendar("30 6 * * 1-5"), on_calendar("0 6 1 * 1")
    (['Mon,Tue,Wed,Thu,Fri *-*-* 6:30:00'], ['*-*-1 6:0:00', 'Mon *-*-* 6:0:00'])
    """
    parsed = _parse_cron(cron)
    week = ",".join(
        name for day, name in enumerate(WEEK, start=1) if {day, day % 7} & parsed.weekdays
    )
    minutes, hours, days, months = (
        _values(values, len(every))
        for values, every in (
            (parsed.minutes, range(60)),
            (parsed.hours, range(24)),
            (parsed.days, range(31)),
            (parsed.months, range(12)),
        )
    )
    clock = f"{hours}:{minutes}:00"
    on_days = "" if week.count(",") + 1 == len(WEEK) else f"{week} "
    if parsed.day_and:
        return [f"{on_days}*-{months}-{days} {clock}"]
    return [f"*-{months}-{days} {clock}", f"{on_days}*-{months}-* {clock}"]


WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _values(values: set[Any], every: int) -> str:
    return "*" if len(values) == every else ",".join(map(str, sorted(values)))


def _parse_cron(cron: str) -> CronSim:
    if len(cron.split()) != FIELDS or NOT_EVERYWHERE & set(cron.upper().replace("JUL", "")):
        raise CronSimError("five fields")
    return CronSim(cron.upper(), dt.datetime(2026, 1, 1))


def _read_entry(where: str, entry: Any) -> Scheduled:
    if not isinstance(entry, Mapping):
        raise WrongWordsError(f"{where}: write study, cron, and parameters or over")
    wrong_keys = [f"{key} is missing" for key in ("study", "cron") if key not in entry]
    wrong_keys += [f"{key} is not known" for key in entry if key not in KEYS]
    if wrong_keys:
        raise WrongWordsError(
            f"{where}: {', '.join(wrong_keys)}. Write study, cron, and parameters or over"
        )
    given, over = entry.get("parameters") or {}, entry.get("over") or ""
    if not isinstance(given, Mapping) or not isinstance(over, str) or (given and over):
        raise WrongWordsError(
            f"{where}: write parameters as {{key: value}}, or over as PARAMETER=VALUES; not both"
        )
    cron = str(entry["cron"])
    try:
        _parse_cron(cron)
    except CronSimError:
        raise WrongWordsError(
            f"{where}: cron {cron!r} is not a time. Write minute, hour, day of the month, month, day of the "
            'week, such as "0 6 * * 1" for Mondays at six'
        ) from None
    try:
        study = study_or_draft(str(entry["study"]))
        study.parse(given)
        if over:
            check_over(study, over)
    except ValueError as wrong:
        raise WrongWordsError(f"{where}: {wrong}") from wrong
    return Scheduled(str(entry["study"]), " ".join(cron.split()), dict(given), over)
