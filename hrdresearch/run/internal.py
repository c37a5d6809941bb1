"""Internal reports: exact numbers of a restricted list, in a scope that its plan does not hold.

They stay with the list: in the work folder, or in the opened vault. They are no release and carry no
signature.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hrdresearch.privacy.vault_session import live_session
from hrdresearch.run.errors import RunError
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.ground.releases import released

INTERNAL = "Internal, must not leave: exact numbers of a list that was shared in confidence"


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
                is_released = released(build, one.slug) is not None
                told.append(f"{one.slug}: {OUTSIDE if is_released else NOT_APPROVED}")
    return told


OUTSIDE = "this scope is outside the plan of the list, so the report will be internal"
NOT_APPROVED = (
    "two desks have not approved its figures (hrdresearch release), so the report will be internal"
)


def internal_folder(in_work: Path, is_sealed: bool) -> Path:
    """Where an internal report goes; of a sealed build, into memory.

    in_work: ``WORK/<study>``. RunError where the build is sealed and the vault is not open.
    """
    if not is_sealed:
        return in_work / "internal"
    session = live_session()
    if session is None:
        raise RunError(
            "This report is internal: its scope is not in the plan of a restricted list, or two desks "
            "have not approved the list's figures (hrdresearch release). It can be read in the opened "
            "vault only: hrdresearch vault open, then run it again. To make a report that may leave, "
            "take the whole list, or leave the list out (sources=...)"
        )
    return session.folder / "internal" / in_work.name
