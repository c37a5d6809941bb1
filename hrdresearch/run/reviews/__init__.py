"""Review queues: what a researcher decides by hand, kept apart from what the machine coded.

A module ``<study>.py`` defines ``export(build, file, most) -> int`` (writes a spreadsheet, returns
its rows) and ``feed(file, decisions) -> int`` (checks a filled one and keeps its decisions in the
study's decisions folder, where the next build finds them).
"""

from __future__ import annotations

import importlib
import importlib.util
from types import ModuleType

from hrdresearch.run.errors import RunError


def review_of(study: str) -> ModuleType:
    """Review module of a study; RunError when the study has no queue."""
    name = f"{__name__}.{study.replace('-', '_')}"
    if importlib.util.find_spec(name) is None:
        raise RunError(f"Study {study!r} has no review queue")
    return importlib.import_module(name)
