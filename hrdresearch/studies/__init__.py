"""One module a study, tables to findings; the only place that knows a study's questions."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hrdresearch.studies.base import Study

STUDIES = {"killings": ("hrdresearch.studies.killings", "Killings")}


def open_study(name: str, *, work: str | Path | None = None, **params: Any) -> Study:
    """Open the current build of a study in the scope of the parameters.

    In a notebook this also displays the study card, which carries the parameters to the page.
    Raises KeyError for an unknown study, NoBuildError without a build, ScopeError when nothing is
    left to count.
    """
    from hrdresearch.findings.display import cite, forget
    from hrdresearch.studies.build import current_build, named_build

    if name not in STUDIES:
        raise KeyError(f"No study {name!r}; there are: {', '.join(STUDIES)}")
    module, cls = STUDIES[name]
    pinned = os.environ.get("HRD_BUILD")  # a run pins its build: a new build may end meanwhile
    build = named_build(name, pinned, work) if pinned else current_build(name, work)
    study: Study = getattr(importlib.import_module(module), cls)(build, params)
    forget()
    card = getattr(study, "card", None)
    if card is not None:
        cite(card())
    return study
