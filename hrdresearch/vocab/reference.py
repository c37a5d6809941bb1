"""Finds and parses reference data that ships with the project: published figures, boundaries, calendars."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def reference_path(name: str) -> Path:
    """Path of a reference file, in data/reference or in the folder of ``$HRD_REFERENCE``.

    Raises FileNotFoundError, which names the folder, when the file does not exist.
    """
    folder = os.environ.get("HRD_REFERENCE")
    base = Path(folder) if folder else Path(__file__).parents[2] / "data" / "reference"
    path = base / name
    if not path.exists():
        raise FileNotFoundError(
            f"Reference file {name!r} is not in {base}; set HRD_REFERENCE to the folder "
            "data/reference of the project"
        )
    return path


def parse_yaml(text: str) -> Any:
    """Content of a YAML text of the project, as ``yaml.safe_load`` gives it, eight times as fast.

    A file that somebody else wrote is read by ``yaml.safe_load``: the parser in C knows no bound of depth.

    >>> parse_yaml("codes: {female: Women}")
    {'codes': {'female': 'Women'}}
    """
    return yaml.load(text, Loader=_LOADER)
