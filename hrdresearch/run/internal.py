"""Internal reports: exact numbers of a restricted list, in a scope that its plan does not hold.

They stay with the list: in the work folder, or in the opened vault. They are no release and carry no
signature.
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

SCOPE = "scope.txt"  # in the folder of an internal report: what it is on
INTERNAL = "Internal, must not leave: exact numbers of a list that is not public"


def why_internal(builds: Sequence[Build], values: Mapping[str, Any]) -> list[str]:
    """Why a report with these parameters will be internal, a line a list; empty where it may leave.

    Told before the notebook runs. A scope that the study refuses is left for the notebook to say.
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
    """Lines on lists of which a report prints an earlier edition, because two desks have not approved."""
    told = []
    for build in builds:
        for slug in (str(facts["slug"]) for facts in build.facts()):
            standing, every = released(build, slug), releases_of(build, slug)
            if standing is not None and every[-1].edition > standing.edition:
                told.append(
                    f"{slug}: printed are the figures of {standing.edition}; those of {every[-1].edition} "
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
        f"its figures are taken down; the next edition is that of {next_edition(slug)}, and until then "
        "the report will be internal"
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
    """Name of the folder of an internal report, which tells nobody without the key what it is on."""
    return pseudonym(key, "internal", slug)


def internal_folder(in_work: Path, is_sealed: bool, slug: str = "all") -> Path:
    """Where an internal report goes; of a sealed build, into memory, under a name without its scope.

    in_work: ``WORK/<study>``. slug: of the parameters. RunError where the build is sealed and the vault
    is not open.
    """
    if not is_sealed:
        return in_work / "internal" / slug
    session = live_session()
    if session is None:
        raise RunError(
            "This report is internal: its scope is not in the plan of a restricted list, or no "
            "edition of the list is approved now (hrdresearch release). It can be read in the opened "
            "vault only: hrdresearch vault open, then run it again. To make a report that may leave, "
            "take the whole list, or leave the list out (sources=...)"
        )
    name = neutral_name(study_key(in_work.name), slug)
    return session.folder / "internal" / in_work.name / name
