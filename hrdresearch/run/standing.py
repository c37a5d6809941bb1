"""Finds the latest edition of a report, and says whether it is up to date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from hrdresearch.run.decisions import digest_of_decisions
from hrdresearch.run.editions import PDF_FILES, list_editions
from hrdresearch.run.errors import RunError
from hrdresearch.run.execute import builds_of_entry
from hrdresearch.run.files import read_json, sha256
from hrdresearch.run.internal import internal_folder
from hrdresearch.run.lineage import as_printed
from hrdresearch.run.registry import parameter_slug, study_or_draft
from hrdresearch.run.sealed_lists import is_any_sealed
from hrdresearch.run.version import program_version
from hrdresearch.studies.ground.build import DamagedBuildError, NoBuildError


def latest_edition(study: str, given: Mapping[str, Any], work: Path, out: Path) -> Path | None:
    """Folder of the latest edition of a report, internal or not; None if there is none."""
    entry = study_or_draft(study)
    slug = parameter_slug(entry, entry.parse(given))
    homes = [out / entry.slug / slug]
    if not entry.whichever:  # a brief is never internal
        builds = builds_of_entry(entry, work)
        with suppress(RunError):  # the vault is not open, so there is no internal report
            homes.append(internal_folder(work / builds[0].study, is_any_sealed(builds), slug))
    return max(
        (e for home in homes for e in list_editions(home)), key=lambda e: e.name, default=None
    )


def is_standing(
    study: str, given: Mapping[str, Any], work: Path, out: Path, with_pdf: bool = True
) -> bool:
    """Whether the latest edition is up to date, so that the report need not be made.

    False if a study has no build, because the run will say so.
    """
    try:
        return standing_edition(study, given, work, out, with_pdf) is not None
    except (NoBuildError, DamagedBuildError):
        return False


def standing_edition(
    study: str, given: Mapping[str, Any], work: Path, out: Path, with_pdf: bool = True
) -> Path | None:
    """The latest edition if it is up to date, otherwise None.

    It is up to date if it was made in this year from the current builds, notebook, program and decisions
    (a report treats its own year as not over). with_pdf: it must also have PDF copies.
    """
    edition = latest_edition(study, given, work, out)
    if edition is None or (with_pdf and not (edition / PDF_FILES[0]).is_file()):
        return None
    entry = study_or_draft(study)
    builds = builds_of_entry(entry, work)
    try:
        made = read_json(edition / "manifest.json")
        shown = builds if made.get("is_internal") else as_printed(builds)
        is_so = (
            [(b["study"], b["build_id"]) for b in made["builds"]]
            == [(b.study, b.build_id) for b in shown]
            and made["notebook"]["sha256"] == sha256(entry.notebook)
            and made["run_code"] == program_version()
            and made["decisions"] == digest_of_decisions(builds)
            and edition.name[:4] == str(dt.datetime.now(dt.UTC).year)
        )
    except (RunError, KeyError, TypeError, AttributeError):
        return None
    return edition if is_so else None
