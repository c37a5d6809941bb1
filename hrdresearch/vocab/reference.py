"""Reference data that ships with the project: published figures, boundaries, calendars."""

from __future__ import annotations

import os
from pathlib import Path


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
