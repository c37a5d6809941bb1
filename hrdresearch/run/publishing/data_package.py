"""Writes the numbers of released reports as open data: CSV and JSON, described by a Data Package.

Format: Data Package and Table Schema, version 1, Frictionless Data. ``claims.schema.json`` describes the
JSON file in JSON Schema (2020-12).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from hrdresearch.run.files import read_json
from hrdresearch.run.publishing.signed_reports import SignedReport

# Columns: name, type in Table Schema, description.
COLUMNS = (
    ("report", "string", "Folder of the report in this release"),
    ("name", "string", "Name of the number in its report"),
    ("value", "number", "The number; empty if it is withheld or not a number"),
    ("text", "string", "As the report prints it"),
    ("unit", "string", "What is counted, or the unit of measure"),
    ("status", "string", "shown, or why it is not"),
    ("definition", "string", "What the number is"),
    ("counted", "string", "Which rows were counted, in words"),
    ("study", "string", "Study that made it"),
    ("finding", "string", "Finding of the study that made it"),
    ("sources", "string", "Slugs of its lists, separated by spaces"),
)
KEY = ["report", "name"]
JSON_TYPES = {"string": "string", "number": ["number", "null"]}


def data_files(reports: Sequence[SignedReport], title: str, day: str) -> dict[str, bytes]:
    """Make the files of the Data Package: path in the release -> content.

    day: day of the release, as YYYY-MM-DD.
    """
    rows = [row for report in reports for row in _rows(report)]
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, [name for name, *_ in COLUMNS], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    files = {
        "data/claims.csv": table.getvalue().encode(),
        "data/claims.json": json_bytes(rows),
        "data/claims.schema.json": json_bytes(_json_schema()),
    }
    package = {
        "profile": "data-package",
        "name": f"human-rights-defenders-{day}",
        "title": title,
        "created": f"{day}T00:00:00Z",
        "description": "Every number of the reports in this release, including those in tables only.",
        "sources": _sources(reports),
        "resources": [
            _resource(path, body) for path, body in files.items() if "schema" not in path
        ],
    }
    return {**files, "datapackage.json": json_bytes(package)}


def _rows(report: SignedReport) -> Iterator[dict[str, Any]]:
    for name, claim in read_json(report.folder / "claims.json")["claims"].items():
        value = claim["value"]
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        yield {
            "report": report.place,
            "name": name,
            "value": value if is_number else None,
            "text": claim["text"],
            "unit": claim["unit"],
            "status": claim["status"],
            "definition": claim["definition"],
            "counted": claim["filter_words"],
            "study": claim["study"],
            "finding": claim["finding"],
            "sources": " ".join(claim["sources"]),
        }


def _resource(path: str, body: bytes) -> dict[str, Any]:
    kind = path.rpartition(".")[2]
    return {
        "name": f"claims-{kind}",
        "path": path,
        "profile": "tabular-data-resource",
        "format": kind,
        "mediatype": {"csv": "text/csv", "json": "application/json"}[kind],
        "encoding": "utf-8",
        "bytes": len(body),
        "hash": f"sha256:{hashlib.sha256(body).hexdigest()}",
        "schema": {
            "fields": [{"name": n, "type": t, "description": d} for n, t, d in COLUMNS],
            "primaryKey": KEY,
            "missingValues": [""],
        },
    }


def _json_schema() -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Numbers of released reports",
        "type": "array",
        "items": {
            "type": "object",
            "properties": {n: {"type": JSON_TYPES[t], "description": d} for n, t, d in COLUMNS},
            "required": [name for name, *_ in COLUMNS],
            "additionalProperties": False,
        },
    }


def _sources(reports: Sequence[SignedReport]) -> list[dict[str, str]]:
    """The lists behind the numbers, each once, with the citation that the publisher wants."""
    found: dict[str, dict[str, str]] = {}
    for source in (s for report in reports for s in report.manifest["sources"]):
        said = {
            "title": str(source["citation"] or source["title"]),
            "path": str(source.get("url") or ""),
        }
        found.setdefault(str(source["slug"]), {key: text for key, text in said.items() if text})
    return [found[slug] for slug in sorted(found)]


def json_bytes(content: Any) -> bytes:
    """JSON in UTF-8, indented for readers."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
