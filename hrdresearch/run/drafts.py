"""A researcher's draft: a copy of a study's notebook for own words, run like any study."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from hrdresearch.privacy.policy import PARAMETER_IS_GONE
from hrdresearch.run.registry import (
    ParameterError,
    StudyEntry,
    studies,
    study_entry,
)

METADATA = "hrdresearch"  # key in the notebook's metadata
NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


def new_draft(study: str, path: Path) -> Path:
    """Copy the notebook of a study to ``path`` for writing, and note which study it is a draft of.

    ParameterError for an unknown study, a name that is not fit for a folder, or a file that exists.
    """
    entry = study_entry(study)
    _check_name(path)
    if path.exists():
        raise ParameterError(f"{path} exists already; a draft is never written over")
    notebook = json.loads(entry.notebook.read_text(encoding="utf-8"))
    notebook["metadata"][METADATA] = {"draft_of": study}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def study_or_draft(name: str) -> StudyEntry:
    """A study by its name, or a draft by the path of its notebook; ParameterError for neither."""
    return draft_entry(Path(name)) if name.endswith(".ipynb") else study_entry(name)


def draft_entry(path: Path) -> StudyEntry:
    """The study of a draft, with the draft as its notebook; reports are named for the draft.

    ParameterError where the file is missing or no draft, or its cell of parameters is lost.
    """
    _check_name(path)
    try:
        notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        about = notebook["metadata"].get(METADATA, {})
        cells = notebook["cells"]
    except (OSError, ValueError, KeyError, AttributeError):
        raise ParameterError(f"{path} is missing or is no notebook") from None
    if about.get("draft_of") not in studies():
        raise ParameterError(
            f"{path.name} is no draft of a study: make one with 'hrdresearch draft new STUDY "
            f"{path.name}'"
        )
    if sum("parameters" in cell["metadata"].get("tags", []) for cell in cells) != 1:
        raise ParameterError(f"{path.name}: one cell is tagged 'parameters' in a draft; keep it")
    code = ["".join(c.get("source", "")) for c in cells if c.get("cell_type") == "code"]
    if any("smallest_cell" in text for text in code):
        raise ParameterError(f"{path.name}: {PARAMETER_IS_GONE}")
    entry = study_entry(str(about["draft_of"]))
    return replace(entry, slug=path.stem, notebook=path.resolve(), draft_of=entry.slug)


def _check_name(path: Path) -> None:
    if path.suffix != ".ipynb" or not NAME.fullmatch(path.stem) or path.stem in studies():
        raise ParameterError(
            f"{path.name}: the folder of reports has the name of the draft, so it takes small "
            "letters, digits and hyphens, is not the name of a study, and ends in .ipynb"
        )
