"""How a build reads a list: whole, or in parts where a study says that it may be large."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hrdresearch.privacy.keys import Key
from hrdresearch.run.errors import RunError
from hrdresearch.run.sealed_lists import opener_for, stream_for
from hrdresearch.run.steps import Reading, find_large_reader
from hrdresearch.sources import Loaded, load

SCRATCH = "parts"  # what an interrupted build, or one with new decisions, goes on from


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
    """Read one source list: whole, or in parts when the study declares that it may be large.

    Raises SourceError when the file cannot be used, RunError when corrections name a list in parts.
    """
    reader = find_large_reader(study, slug)
    if reader is None:
        return load(slug, path, corrections=corrections, opener=opener_for(path))
    if any(c.get("source") == slug for c in corrections or ()):
        raise RunError(
            f"corrections.yml corrects source {slug}, which is read in parts and cannot be "
            "corrected row by row; correct the file that was handed over"
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
