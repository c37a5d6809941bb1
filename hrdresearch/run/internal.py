"""Internal reports: reports with exact numbers of a restricted list, which must not be published.

A report is internal if its scope is not in the plan of the list, or the list's figures are not approved.
It stays in the work folder, or in the opened vault, and is not signed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hrdresearch.privacy.keys import Key, pseudonym, study_key
from hrdresearch.privacy.release import next_edition_day
from hrdresearch.privacy.vault_session import live_session
from hrdresearch.run.errors import RunError
from hrdresearch.sources import get_facts
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.ground.releases import released, releases_of

SCOPE = "scope.txt"  # in the folder of an internal report: its parameters
INTERNAL = "Internal, must not leave: exact numbers of a list that is not public"


def why_internal(builds: Sequence[Build], values: Mapping[str, Any]) -> list[str]:
    """Why a report with these parameters will be internal: a line for each list; empty if it will not.

    Called before the notebook runs. Parameters that the study refuses are skipped: the notebook says so.
    """
    told = []
    for build in builds:
        if not any(facts["policy"].get("leaves") for facts in build.facts()):
            continue
        from hrdresearch.studies import study_class

        try:
            study = study_class(build.study)(build, values)
        except (ValueError, KeyError):
            continue
        for one in study.populations:
            if one.policy.is_internal:
                told.append(f"{one.slug}: {_why(build, one.slug)}")
    return told


def figures_that_wait(builds: Sequence[Build]) -> list[str]:
    """Lines on lists whose newest figures are not approved, so that a report prints earlier figures."""
    told = []
    for build in builds:
        for slug in (str(facts["slug"]) for facts in build.facts()):
            standing, every = released(build, slug), releases_of(build, slug)
            if standing is not None and every[-1].edition > standing.edition:
                told.append(
                    f"{slug}: the figures of {standing.edition} are printed; those of {every[-1].edition} "
                    f"wait for two desks (hrdresearch release {build.study})"
                )
    return told


def _why(build: Build, slug: str) -> str:
    if released(build, slug) is not None:
        return OUTSIDE
    releases = releases_of(build, slug)
    if not releases or not releases[-1].taken_down:
        return NOT_APPROVED
    return (
        f"its figures are taken down; the next edition is on {next_edition(slug)}, and until then the "
        "report will be internal"
    )


def next_edition(slug: str) -> str:
    """Day of the next edition of a restricted list, as YYYY-MM-DD."""
    plan = get_facts(slug).policy.leaves
    assert plan is not None
    return next_edition_day(dt.datetime.now(dt.UTC).date(), plan.editions)


OUTSIDE = "this scope is outside the plan of the list, so the report will be internal"
NOT_APPROVED = (
    "two desks have not approved its figures (hrdresearch release), so the report will be internal"
)


def neutral_name(key: Key, slug: str) -> str:
    """Name of the folder of an internal report; without the key it does not reveal the parameters."""
    return pseudonym(key, "internal", slug)


def internal_folder(in_work: Path, is_sealed: bool, slug: str = "all") -> Path:
    """Folder of an internal report; for a sealed build it is in memory, and its name hides the parameters.

    in_work: ``WORK/<study>``. slug: of the parameters. RunError if the build is sealed and the vault is
    not open.
    """
    if not is_sealed:
        return in_work / "internal" / slug
    session = live_session()
    if session is None:
        raise RunError(
            "This report is internal: its scope is not in the plan of a restricted list, or no "
            "edition of the list is approved now (hrdresearch release). It can be read in the opened "
            "vault only: hrdresearch vault open, then run it again. To make a report for publication, "
            "take the whole list, or leave the list out (sources=...)"
        )
    name = neutral_name(study_key(in_work.name), slug)
    return session.folder / "internal" / in_work.name / name
