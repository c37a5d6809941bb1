"""Reports over the values of one parameter, such as a brief for every State of the builds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hrdresearch.run.drafts import study_or_draft
from hrdresearch.run.errors import RunError
from hrdresearch.run.execute import builds_of_entry
from hrdresearch.run.files import sha256
from hrdresearch.run.lineage import as_printed
from hrdresearch.run.registry import StudyEntry, parameter_slug
from hrdresearch.run.version import code_version
from hrdresearch.studies import study_class
from hrdresearch.tables import TABLES

ALL = "all"
STATE = "state_iso3"


def reports_over(studies: Sequence[str], over: str, work: Path) -> list[tuple[str, dict[str, Any]]]:
    """A report of each study for each value of a parameter.

    over: ``state=COL,MEX``, or ``state=all`` for every State with a row in the builds of the study.
    RunError for another form, ParameterError for a value that the study does not take, NoBuildError
    where there is no build.
    """
    name, equals, given = over.partition("=")
    if not equals or not name or not given:
        raise RunError(
            f"--over {over}: expected PARAMETER=VALUES, such as state=all or state=COL,MEX"
        )
    if given == ALL and name != "state":
        raise RunError(f"--over {over}: all is known of state alone; give the values, with commas")
    found = []
    for study in studies:
        entry = study_or_draft(study)
        values = states_of_builds(entry, work) if given == ALL else given.split(",")
        for value in values:
            entry.parse({name: value})
            found.append((study, {name: value}))
    return found


def states_of_builds(entry: StudyEntry, work: Path) -> list[str]:
    """ISO3 codes of the States with a row in any list that the report may tell, in their order."""
    states: set[str] = set()
    for build in builds_of_entry(entry, work):
        held = {str(facts["table"]) for facts in build.facts()} | {study_class(build.study).table}
        for table in sorted(held & set(TABLES)):
            if STATE in TABLES[table].model.to_schema().columns:
                states |= set(build.columns(table, [STATE], [])[STATE].dropna())
    return sorted(state for state in states if len(state) == 3)


def stands(study: str, parameters: Mapping[str, Any], work: Path, out: Path) -> bool:
    """Whether the latest edition was made from the current builds, notebook and code."""
    entry = study_or_draft(study)
    home = out / entry.slug / parameter_slug(entry, entry.parse(parameters))
    try:
        manifest = json.loads((home / "latest" / "manifest.json").read_text(encoding="utf-8"))
        made_from = [(build["study"], build["build_id"]) for build in manifest["builds"]]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    builds = as_printed(builds_of_entry(entry, work))
    return (
        made_from == [(build.study, build.build_id) for build in builds]
        and manifest.get("notebook", {}).get("sha256") == sha256(entry.notebook)
        and manifest.get("run_code") == code_version()
    )


def progress(done: int, failed: int, of: int, workers: int, seconds: float) -> str:
    """Where a batch stands, and for how long it will run at this pace.

    >>> progress(10, 1, 30, 2, 600.0)
    '10 of 30 done, 1 failed, 2 running, about 20 min left'
    """
    running = min(workers, of - done)
    left = seconds / done * (of - done) if done else 0.0
    words = f"about {left / 60:.0f} min left" if left >= 60 else f"about {left:.0f} s left"
    return f"{done} of {of} done, {failed} failed, {running} running, {words}"
