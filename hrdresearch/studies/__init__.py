"""One folder per study: from the tables of a build to findings that answer the study's questions.

``ground`` holds the base classes of all studies, ``shapes`` the kinds of tables that several
studies use, ``registers`` three small studies. A study never imports another study.
"""

from __future__ import annotations

import importlib
import json
import os
from pathlib import Path
from typing import Any

from hrdresearch.privacy.policy import PARAMETER_IS_GONE
from hrdresearch.studies.ground.study import Study

PINNED_BUILDS = "HRD_BUILDS"  # builds by study, as JSON


def open_study(name: str, *, work: str | Path | None = None, **params: Any) -> Study:
    """Open the current build of a study in the scope of the parameters.

    In a notebook this also displays the study card, which carries the parameters to the page. A
    notebook may open several studies; every number then carries its study's name
    (``killings.extent.victims``).
    Raises KeyError for an unknown study, NoBuildError without a build, ScopeError when nothing is
    left to count, ValueError for a parameter that is gone, with its successor.
    """
    from hrdresearch.findings.display import cite, note_opened_study
    from hrdresearch.studies.ground.build import current_build, named_build

    if "smallest_cell" in params:
        raise ValueError(PARAMETER_IS_GONE)
    opened_class = study_class(name)
    # A run pins its builds: a new build may end meanwhile.
    pinned = json.loads(os.environ.get(PINNED_BUILDS, "{}")).get(name)
    build = named_build(name, pinned, work) if pinned else current_build(name, work)
    study: Study = opened_class(build, params)
    note_opened_study(name)
    card = getattr(study, "card", None)
    if card is not None:
        cite(card())
    return study


def study_module(name: str) -> str:
    """Module that answers a study's questions: ``<study>.study``, or one of ``registers``.

    Raises KeyError for an unknown study.
    """
    slug, here = name.replace("-", "_"), Path(__file__).parent
    for module, path in (
        (f"{slug}.study", f"{slug}/study.py"),
        (f"registers.{slug}", f"registers/{slug}.py"),
    ):
        if (here / path).is_file():
            return f"{__name__}.{module}"
    raise KeyError(f"No study {name!r}; 'hrdresearch list' names those that exist")


def study_class(name: str) -> type[Study]:
    """Class of a study: attribute ``STUDY`` of its module."""
    found: type[Study] = importlib.import_module(study_module(name)).STUDY
    return found
