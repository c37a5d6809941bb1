"""Review queues: decisions of a researcher, kept apart from the automatic coding.

A module ``<study>.py`` defines ``export(build, file, most) -> int`` (writes a spreadsheet and returns its
number of rows) and ``feed(file, decisions) -> int`` (checks a filled spreadsheet and keeps its decisions in
the study's folder of decisions, where the next build reads them). A study with a trained coder may define
``export_next_to_label(build, file, most)`` and ``export_training_set(build, file)``; a study with a random
sample may define ``export_sample(build, file, most)``.
"""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path
from types import ModuleType

from hrdresearch.run.errors import RunError
from hrdresearch.studies.ground.build import Build


def load_review(study: str) -> ModuleType:
    """Import the review module of a study; RunError if the study has no review queue."""
    name = f"{__name__}.{study.replace('-', '_')}"
    if importlib.util.find_spec(name) is None:
        raise RunError(f"Study {study!r} has no review queue")
    return importlib.import_module(name)


def export_part(module: ModuleType, part: str, build: Build, file: Path, *most: int) -> int:
    """Write a part of the queue (``sample``, ``next_to_label`` or ``training_set``); returns its rows.

    RunError if the study has no such part.
    """
    if not hasattr(module, f"export_{part}"):
        raise RunError(
            f"Study {build.study!r} has no {part.replace('_', ' ')}: it has no trained coder and no sample"
        )
    return int(getattr(module, f"export_{part}")(build, file, *most))
