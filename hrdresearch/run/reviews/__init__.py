"""Review queues: what a researcher decides by hand, kept apart from what the machine coded.

A module ``<study>.py`` defines ``export(build, file, most) -> int`` (writes a spreadsheet, returns
its rows) and ``feed(file, decisions) -> int`` (checks a filled one and keeps its decisions in the
study's decisions folder, where the next build finds them). A study with a trained coder may define
``export_next_to_label(build, file, most)`` and ``export_training_set(build, file)``, and one with a sample
``export_sample(build, file, most)``.
"""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path
from types import ModuleType

from hrdresearch.run.errors import RunError
from hrdresearch.studies.ground.build import Build


def load_review(study: str) -> ModuleType:
    """Review module of a study; RunError when the study has no queue."""
    name = f"{__name__}.{study.replace('-', '_')}"
    if importlib.util.find_spec(name) is None:
        raise RunError(f"Study {study!r} has no review queue")
    return importlib.import_module(name)


def export_part(module: ModuleType, part: str, build: Build, file: Path, *most: int) -> int:
    """Write a part of the queue: ``sample``, ``next_to_label`` or ``training_set``; returns how many rows.

    RunError when the study has no such part.
    """
    if not hasattr(module, f"export_{part}"):
        raise RunError(
            f"Study {build.study!r} has no {part.replace('_', ' ')}: no coder learns from labels on it, and "
            "no share is estimated from a sample of it"
        )
    return int(getattr(module, f"export_{part}")(build, file, *most))
