"""Makes claims.json (the numbers of a report) and manifest.json (what it was made from)."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from hrdresearch import __version__
from hrdresearch.findings.model import PARAMETER, SCOPE, Claim, Finding
from hrdresearch.privacy.keys import study_key
from hrdresearch.privacy.policy import Policy, strictest_policy
from hrdresearch.privacy.stories import Story, story_mark
from hrdresearch.report.document_model import PrintedNumber
from hrdresearch.run.approvals import approvals_told
from hrdresearch.run.decisions import digest_of_decisions
from hrdresearch.run.files import read_json, sha256
from hrdresearch.run.main_text import measure_main_text
from hrdresearch.run.registry import StudyEntry, parameter_slug
from hrdresearch.run.version import code_parts, program_version
from hrdresearch.studies.ground.build import Build, report_build_id
from hrdresearch.tables import filter_in_words

PACKAGES = ("pandas", "pandera", "papermill", "geopandas", "seaborn", "pypandoc-binary", "typst")


def claims_document(
    claims: Mapping[str, Claim],
    findings: Sequence[Finding],
    builds: Sequence[Build],
    printed: Sequence[PrintedNumber],
) -> dict[str, Any]:
    """Content of claims.json: every number of the page by name; suppressed ones without value and rows.

    Each number names the (first) finding that made it. printed: each number as the page prints it, in
    reading order.
    """
    hashes = {note.slug: note.sha256 for f in findings for note in f.sources}
    made_by = {claim.name: f for f in reversed(findings) for claim in f.claims}
    # Two studies on one page may have read different files of the same list.
    of_finding = {name: {n.slug: n.sha256 for n in f.sources} for name, f in made_by.items()}
    return {
        "schema": 1,
        "builds": {build.study: build.build_id for build in builds},
        "claims": {
            name: {
                "study": made_by[name].study if name in made_by else builds[0].study,
                "finding": made_by[name].name if name in made_by else "",
                "value": claim.value,
                "text": claim.text,
                "unit": claim.unit,
                "status": claim.status,
                "rows": claim.rows,
                "table": claim.table,
                "measure": claim.measure,
                "filter": dict(claim.filter),
                "filter_words": filter_in_words(claim.filter),
                "definition": claim.definition,
                "sources": {
                    slug: of_finding.get(name, {}).get(slug) or hashes.get(slug, "")
                    for slug in claim.sources
                },
            }
            for name, claim in sorted(claims.items())
            if claim.measure not in (PARAMETER, SCOPE)
        },
        "printed": [list(number) for number in printed],
    }


def manifest_document(
    folder: Path,
    page: Any,
    entry: StudyEntry,
    values: Mapping[str, Any],
    builds: Sequence[Build],
    edition: str,
    now: datetime,
    operator: str | None,
) -> dict[str, Any]:
    """Content of manifest.json: parameters, sources, code, files with hashes; it names no person."""
    return {
        "schema": 1,
        "study": entry.slug,
        "title": page.title,
        "edition": edition,
        "created": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "is_demo": any(f.is_demo for f in page.findings),
        "is_internal": any(f.policy.get("is_internal", False) for f in page.findings),
        "operator": operator,
        **made_from(entry, values, builds),
        "is_researchers_draft": bool(entry.draft_of),
        "draft_of": entry.draft_of or None,
        "stories": [_about_story(story, builds) for story in page.stories],
        "main_text": measure_main_text(folder)._asdict(),
        "faults_of_speech": [asdict(fault) for fault in page.speech_faults],
        "sentences_not_printed": [sentence.to_dict() for sentence in page.unprinted],
        "approvals": approvals_told(builds),
        "policy": strictest_policy(Policy.from_dict(f.policy) for f in page.findings).to_dict(),
        "files": {path.name: sha256(path) for path in sorted(folder.iterdir())},
    }


def made_from(
    entry: StudyEntry, values: Mapping[str, Any], builds: Sequence[Build]
) -> dict[str, Any]:
    """The part of a manifest on inputs: parameters, builds, lists, notebook, decisions, code."""
    return {
        "parameters": entry.public(values),
        "parameter_slug": parameter_slug(entry, values),
        "build_id": report_build_id(builds),
        "builds": [_about_build(build) for build in builds],
        "run_code": program_version(),
        "decisions": digest_of_decisions(builds),
        "code_parts": code_parts(),
        "notebook": {"name": entry.notebook.name, "sha256": sha256(entry.notebook)},
        "sources": [
            {
                key: source[key]
                for key in (
                    "slug",
                    "title",
                    "file",
                    "layout",
                    "sha256",
                    "citation",
                    "url",
                    "licence",
                    "is_demo",
                )
            }
            for build in builds
            for source in build.facts()
        ],
        "software": {
            "hrdresearch": __version__,
            "python": platform.python_version(),
            **{name: version(name) for name in PACKAGES},
        },
    }


def _about_story(story: Story, builds: Sequence[Build]) -> dict[str, Any]:
    """The printed name, its basis, and keyed hashes by which a withdrawal finds the story."""
    marks = [story_mark(story.consent.person, study_key(build.study)) for build in builds]
    return {**story.to_dict(), "marks": marks}


def _about_build(build: Build) -> dict[str, Any]:
    """Study and id of a build, the code that made it, and the fingerprint of its key."""
    facts = read_json(build.folder / "build.json")
    return {
        "study": build.study,
        "build_id": build.build_id,
        "build_code": facts["code"],
        "code_parts": facts.get("code_parts"),
        "key_fingerprint": facts["key_fingerprint"],
        "lies_open": facts.get("lies_open", False),
    }


def drawn_pictures(folder: Path) -> frozenset[str] | None:
    """Hashes of the pictures drawn for a report, from its manifest; None if it lists none."""
    path = folder / "manifest.json"
    held = read_json(path).get("pictures") if path.is_file() else None
    return None if held is None else frozenset(held)
