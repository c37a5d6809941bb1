"""Tasks of coding: how good a coder is, and training one; one module a task.

A module ``<task>.py`` defines ``FORMATS`` (names of labelled files it reads) and
``evaluate(file, format, model) -> dict`` (plain values for ``--json``; key ``report`` is the text
for people), and may define ``train(file, format, model) -> str``.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from hrdresearch.run.errors import RunError


def task_names() -> list[str]:
    """Tasks that exist: upr-hrd, online-attack, sentence ..."""
    return [m.name.replace("_", "-") for m in pkgutil.iter_modules(__path__)]


def load_task(name: str, format_: str | None, *, needs: str = "evaluate") -> ModuleType:
    """Module of a task; RunError when there is none, or it cannot do what is asked.

    format_: format of the labelled file, None for the task's own. needs: ``evaluate`` or ``train``.
    """
    if name not in task_names():
        raise RunError(f"No task {name!r}; there are: {', '.join(task_names()) or 'none yet'}")
    module = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    if not hasattr(module, needs):
        raise RunError(f"Task {name} has no {needs!r}")
    if format_ is not None and format_ not in module.FORMATS:
        raise RunError(f"Task {name} reads {', '.join(module.FORMATS)}; not {format_!r}")
    return module
