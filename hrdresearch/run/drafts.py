"""Drafts: a researcher's own copies of a study's notebook, which run like any study."""

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
    """Copy the notebook of a study to ``path`` as a draft, and note in it which study it is from.

    ParameterError for an unknown study, a file name that is not allowed, or a file that exists.
    """
    entry = study_entry(study)
    _check_name(path)
    if path.exists():
        raise ParameterError(f"{path} exists already and is not overwritten; choose another name")
    notebook = json.loads(entry.notebook.read_text(encoding="utf-8"))
    notebook["metadata"][METADATA] = {"draft_of": study}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def study_or_draft(name: str) -> StudyEntry:
    """A study by its name, or a draft by the path of its notebook; ParameterError if there is none."""
    return draft_entry(Path(name)) if name.endswith(".ipynb") else study_entry(name)


def draft_entry(path: Path) -> StudyEntry:
    """The study of a draft, with the draft as its notebook and its name as the name of reports.

    ParameterError if the file is missing, is not a draft, or has no cell of parameters.
    """
    _check_name(path)
    try:
        notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        about = notebook["metadata"].get(METADATA, {})
        cells = notebook["cells"]
    except (OSError, ValueError, KeyError, AttributeError):
        raise ParameterError(f"{path} is missing or is not a notebook") from None
    if about.get("draft_of") not in studies():
        raise ParameterError(
            f"{path.name} is not a draft of a study: make one with 'hrdresearch draft new STUDY "
            f"{path.name}'"
        )
    if sum("parameters" in cell["metadata"].get("tags", []) for cell in cells) != 1:
        raise ParameterError(f"{path.name}: exactly one cell must have the tag 'parameters'")
    code = ["".join(c.get("source", "")) for c in cells if c.get("cell_type") == "code"]
    if any("smallest_cell" in text for text in code):
        raise ParameterError(f"{path.name}: {PARAMETER_IS_GONE}")
    entry = study_entry(str(about["draft_of"]))
    return replace(entry, slug=path.stem, notebook=path.resolve(), draft_of=entry.slug)


def _check_name(path: Path) -> None:
    if path.suffix != ".ipynb" or not NAME.fullmatch(path.stem) or path.stem in studies():
        raise ParameterError(
            f"{path.name}: name a draft with lower-case letters, digits and hyphens, ending in .ipynb, "
            "and not like a study: the folder of its reports gets this name"
        )
