"""Tasks of coding: evaluate and train coders; one module for each task.

A module ``<task>.py`` defines ``FORMATS`` (names of formats of labelled files) and
``evaluate(file, format, model) -> dict`` (plain values for ``--json``; the key ``report`` is the text for
readers), and may define ``train(file, format, model) -> str`` and ``start(model) -> str``, which trains on
invented cases of the project.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from hrdresearch.run.errors import RunError


def task_names() -> list[str]:
    """Names of all tasks, such as upr-hrd, online-attack, sentence."""
    return [m.name.replace("_", "-") for m in pkgutil.iter_modules(__path__)]


def load_task(name: str, format_: str | None, *, needs: str = "evaluate") -> ModuleType:
    """Import the module of a task.

    format_: format of the labelled file, or None for the task's default. needs: ``evaluate``, ``train`` or
    ``start``. RunError if there is no such task, or if it lacks the format or the function.
    """
    if name not in task_names():
        raise RunError(f"There is no task {name!r}; the tasks are: {', '.join(task_names())}")
    module = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    if not hasattr(module, needs):
        raise RunError(f"Task {name} has no {needs!r}")
    if format_ is not None and format_ not in module.FORMATS:
        raise RunError(f"Task {name} reads {', '.join(module.FORMATS)}; not {format_!r}")
    return module
