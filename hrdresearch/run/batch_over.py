"""Reports over the values of one parameter, such as a brief for every State of the builds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hrdresearch.run.drafts import study_or_draft
from hrdresearch.run.errors import WrongWordsError
from hrdresearch.run.execute import builds_of_entry
from hrdresearch.run.registry import StudyEntry
from hrdresearch.studies import study_class
from hrdresearch.tables import TABLES

ALL = "all"
STATE = "state_iso3"


def reports_over(studies: Sequence[str], over: str, work: Path) -> list[tuple[str, dict[str, Any]]]:
    """Reports (study and parameters): one of each study for each value of a parameter.

    over: ``state=COL,MEX``, or ``state=all`` for every State with a row in the builds of the study.
    WrongWordsError for another form, ParameterError for a value that the study does not accept,
    NoBuildError if there is no build.
    """
    found = []
    for study in studies:
        entry = study_or_draft(study)
        name, given = check_over(entry, over)
        for value in states_of_builds(entry, work) if given == ALL else given.split(","):
            found.append((study, {name: value}))
    return found


def check_over(entry: StudyEntry, over: str) -> tuple[str, str]:
    """Split ``over`` into the parameter's name and its values as text; errors as in ``reports_over``."""
    name, equals, given = over.replace(" ", "").partition("=")
    if not equals or not name or not given:
        raise WrongWordsError(
            f"--over {over}: expected PARAMETER=VALUES, such as state=all or state=COL,MEX"
        )
    if given == ALL and name != "state":
        raise WrongWordsError(
            f"--over {over}: 'all' works for state only; give the values, separated by commas"
        )
    for value in given.split(","):
        entry.parse({name: value})
    return name, given


def states_of_builds(entry: StudyEntry, work: Path) -> list[str]:
    """Sorted ISO3 codes of the States that have a row in any table the report may use."""
    states: set[str] = set()
    for build in builds_of_entry(entry, work):
        held = {str(facts["table"]) for facts in build.facts()} | {study_class(build.study).table}
        for table in sorted(held & set(TABLES)):
            if STATE in TABLES[table].columns:
                states |= set(build.columns(table, [STATE], [])[STATE].dropna())
    return sorted(state for state in states if len(state) == 3)


def progress(
    done: int,
    failed: int,
    of: int,
    at_work: Sequence[tuple[str, Mapping[str, Any]]],
    seconds: float,
) -> str:
    """A line on how far a batch is, which reports are being made, and how much time is left.

    >>> progress(10, 1, 30, [("state-brief", {"state": "COL"})], 600.0)
    '10 of 30 done, 1 failed; about 20 min left; at work: state-brief state=COL'
    """
    words = f"{done} of {of} done, {failed} failed"
    if done:
        left = seconds / done * (of - done)
        words += f"; about {left / 60:.0f} min left" if left >= 60 else f"; about {left:.0f} s left"
    if at_work:
        words += f"; at work: {', '.join(report_in_words(*report) for report in at_work)}"
    return words


def report_in_words(study: str, given: Mapping[str, Any]) -> str:
    """A report in words: its study and parameters.

    >>> report_in_words("state-brief", {"state": "COL"})
    'state-brief state=COL'
    """
    return " ".join([study, *(f"{name}={value}" for name, value in given.items())])
