"""claims.json and manifest.json: the numbers of a report, and what it was made from."""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from hrdresearch import __version__
from hrdresearch.findings.model import PARAMETER, SCOPE, Claim, ClaimConflict, Finding
from hrdresearch.report.parts import Printed
from hrdresearch.run.files import read_json, sha256
from hrdresearch.run.registry import StudyEntry, parameter_slug
from hrdresearch.run.version import code_version
from hrdresearch.studies.ground.build import Build
from hrdresearch.tables import in_words

PACKAGES = ("pandas", "pandera", "papermill", "geopandas", "seaborn", "pypandoc-binary")


def claims_document(
    claims: Mapping[str, Claim],
    findings: Iterable[Finding],
    build: Build,
    printed: Sequence[Printed],
) -> dict[str, Any]:
    """claims.json: every number of the page by name; a suppressed one without value or rows.

    printed: each number as the page prints it, in reading order.
    """
    hashes = {note.slug: note.sha256 for f in findings for note in f.sources}
    return {
        "schema": 1,
        "study": build.study,
        "build_id": build.build_id,
        "claims": {
            name: {
                "value": claim.value,
                "text": claim.text,
                "unit": claim.unit,
                "status": claim.status,
                "rows": claim.rows,
                "table": claim.table,
                "measure": claim.measure,
                "filter": dict(claim.filter),
                "filter_words": in_words(claim.filter),
                "definition": claim.definition,
                "sources": {slug: hashes.get(slug, "") for slug in claim.sources},
            }
            for name, claim in sorted(claims.items())
            if claim.measure not in (PARAMETER, SCOPE)
        },
        "printed": [list(one) for one in printed],
    }


def read_claims(path: Path) -> dict[str, Any]:
    """claims.json as ``claims_document`` made it; ClaimConflict when a name stands there twice."""
    document: dict[str, Any] = json.loads(
        path.read_text(encoding="utf-8"), object_pairs_hook=_each_name_once
    )
    return document


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise ClaimConflict(f"{twice!r} stands twice in claims.json")
    return found


def manifest_document(
    folder: Path,
    page: Any,
    entry: StudyEntry,
    values: Mapping[str, Any],
    build: Build,
    edition: str,
    now: datetime,
    operator: str | None,
) -> dict[str, Any]:
    """manifest.json: parameters, sources, code, files with their hashes; an operator label only."""
    made = read_json(build.folder / "build.json")
    return {
        "schema": 1,
        "study": entry.slug,
        "title": page.title,
        "edition": edition,
        "created": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "is_demo": any(f.is_demo for f in page.findings),
        "operator": operator,
        "parameters": entry.public(values),
        "parameter_slug": parameter_slug(entry, values),
        "build_id": build.build_id,
        "build_code": made["code"],
        "run_code": code_version(),
        "key_fingerprint": made["key_fingerprint"],
        "notebook": {"name": entry.notebook.name, "sha256": sha256(entry.notebook)},
        "policy": dict(page.findings[0].policy),
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
            for source in build.facts()
        ],
        "software": {
            "hrdresearch": __version__,
            "python": platform.python_version(),
            **{name: version(name) for name in PACKAGES},
        },
        "files": {
            name: sha256(folder / name) for name in ("report.html", "report.docx", "claims.json")
        },
    }
