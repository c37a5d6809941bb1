"""One module a study, tables to findings; the only place that knows a study's questions."""

from __future__ import annotations

import importlib
import importlib.util
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hrdresearch.studies.base import Study


def open_study(name: str, *, work: str | Path | None = None, **params: Any) -> Study:
    """Open the current build of a study in the scope of the parameters.

    In a notebook this also displays the study card, which carries the parameters to the page.
    Raises KeyError for an unknown study, NoBuildError without a build, ScopeError when nothing is
    left to count.
    """
    from hrdresearch.findings.display import cite, forget
    from hrdresearch.studies.build import current_build, named_build

    study_class = _study_class(name)
    pinned = os.environ.get("HRD_BUILD")  # a run pins its build: a new build may end meanwhile
    build = named_build(name, pinned, work) if pinned else current_build(name, work)
    study: Study = study_class(build, params)
    forget()
    card = getattr(study, "card", None)
    if card is not None:
        cite(card())
    return study


def _study_class(name: str) -> type[Study]:
    """Class of a study: attribute ``STUDY`` of the module that is called like it."""
    module = f"{__name__}.{name.replace('-', '_')}"
    if importlib.util.find_spec(module) is None:
        raise KeyError(f"No study {name!r}; 'hrdresearch list' names those that exist")
    study_class: type[Study] = importlib.import_module(module).STUDY
    return study_class
