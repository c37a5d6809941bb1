"""Reads a list for a build: whole, or in parts if the study declares that it may be large."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hrdresearch.privacy.keys import Key
from hrdresearch.run.errors import RunError
from hrdresearch.run.sealed_lists import opener_for, stream_for
from hrdresearch.run.steps import Reading, find_large_reader
from hrdresearch.sources import Loaded, load

SCRATCH = "parts"  # coded parts, used again by an interrupted build or one with new decisions


def load_list(
    study: str,
    slug: str,
    path: Path,
    work: Path,
    key: Key,
    corrections: Any,
    recipient: str | None,
    workers: int,
) -> Loaded:
    """Read one list: whole, or in parts if the study declares that it may be large.

    SourceError if the file cannot be used, RunError if corrections name a list that is read in parts.
    """
    reader = find_large_reader(study, slug)
    if reader is None:
        return load(slug, path, corrections=corrections, opener=opener_for(path))
    if any(c.get("source") == slug for c in corrections or ()):
        raise RunError(
            f"corrections.yml names {slug}, but a list that is read in parts cannot be corrected row by "
            "row: correct the file of the list itself"
        )
    home = work / study
    return reader(
        Reading(
            path,
            key,
            home / "decisions",
            home / SCRATCH,
            stream_for(path),
            recipient,
            workers,
        )
    )
