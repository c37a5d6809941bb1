"""Makes a report again from the current builds, in memory only; it is never published."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hrdresearch.privacy.policy import Policy, strictest_policy
from hrdresearch.run.drafts import study_or_draft
from hrdresearch.run.errors import RunError
from hrdresearch.run.execute import builds_of_entry, execute_to_page
from hrdresearch.run.lineage import as_printed
from hrdresearch.run.manifest import claims_document, made_from
from hrdresearch.run.notebook import keep_log
from hrdresearch.run.recheck.changes import Edition
from hrdresearch.run.recheck.printed import read_sentences
from hrdresearch.run.registry import StudyEntry
from hrdresearch.run.run_folders import scratch_in_memory, scratch_on_disk
from hrdresearch.run.sealed_lists import is_any_sealed
from hrdresearch.studies.ground.build import Build

TODAY = "the builds of today"


def report_again(
    published: Edition, work: Path, notebook: Path | None = None
) -> tuple[Edition, dict[str, Build]]:
    """Run the same notebook with the same parameters on the current builds; returns these builds too.

    notebook: path of the draft, if the report is of a draft (an edition keeps only its name). Only the log
    of a failed run is kept. RunError if the draft is not given, or a parameter was a file.
    """
    entry = _entry(published.manifest, notebook)
    values = _values(entry, published.manifest["parameters"])
    builds = builds_of_entry(entry, work)
    in_work = work / builds[0].study
    in_memory = is_any_sealed(builds)
    with scratch_in_memory() if in_memory else scratch_on_disk(in_work / "runs") as scratch:
        try:
            page = execute_to_page(entry, values, builds, work, scratch / "run.log")
            made = _edition(page, entry, values, builds)
        except Exception:
            keep_log(scratch, in_work, builds)
            raise
    return made, {build.study: build for build in builds}


def _entry(manifest: Mapping[str, Any], notebook: Path | None) -> StudyEntry:
    if not manifest.get("draft_of"):
        return study_or_draft(str(manifest["study"]))
    if notebook is None:
        raise RunError(
            f"This is the report of a draft: give its notebook, {manifest['notebook']['name']}, with "
            "--notebook"
        )
    return study_or_draft(str(notebook))


def _values(entry: StudyEntry, given: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of a run, from the manifest; errors for parameters that no longer exist, or are files."""
    files = [
        p.name for p in entry.parameters if p.is_path and Path(str(given.get(p.name, ""))).suffix
    ]
    if files:
        raise RunError(
            f"The report was made with a file as parameter {', '.join(files)}, which an edition does not "
            "keep: make a new edition with it, and compare the two"
        )
    return entry.parse(given)


def _edition(
    page: Any, entry: StudyEntry, values: Mapping[str, Any], builds: list[Build]
) -> Edition:
    from hrdresearch.report.document import assemble_document
    from hrdresearch.report.front_matter import front_matter
    from hrdresearch.report.html import render_page

    shown = as_printed(builds)
    document = assemble_document(page.blocks, front_matter(page, TODAY, ""))
    claims = claims_document(page.claims, page.findings, shown, document.printed_claims())
    policy = strictest_policy(Policy.from_dict(f.policy) for f in page.findings).to_dict()
    manifest = {"study": entry.slug, "policy": policy, **made_from(entry, values, shown)}
    return Edition(
        TODAY,
        json.loads(json.dumps(manifest)),
        json.loads(json.dumps(claims))["claims"],  # tuples become lists, as in a file
        read_sentences(render_page(document, page.claims)),
    )
