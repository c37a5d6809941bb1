"""Review queues: what a researcher decides by hand, kept apart from what the machine coded.

A module ``<study>.py`` defines ``export(build, file, most) -> int`` (writes a spreadsheet, returns
its rows) and ``feed(file, decisions) -> int`` (checks a filled one and keeps its decisions in the
study's decisions folder, where the next build finds them). A study with a trained coder may define
``export_next_to_label(build, file, most)`` and ``export_training_set(build, file)``.
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


def export_for_training(module: ModuleType, build: Build, file: Path, most: int | None) -> int:
    """Write the messages to label next or, with ``most`` None, the labelled ones; returns how many.

    RunError when the study has no coder that learns from labels.
    """
    if not hasattr(module, "export_next_to_label"):
        raise RunError(f"Study {build.study!r} has no coder that learns from labels")
    if most is None:
        return int(module.export_training_set(build, file))
    return int(module.export_next_to_label(build, file, most))
