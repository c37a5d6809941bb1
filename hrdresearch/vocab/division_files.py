"""Where the boundaries of first-level divisions lie: in a folder that the user names, not in the project."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = "HRD_BOUNDARIES"
ENDINGS = (".topo.json", ".geojson", ".json")


def division_file(iso3: str) -> Path | None:
    """File of the divisions of a State in the folder of ``$HRD_BOUNDARIES``; None where there is none.

    It is called by the ISO3 code in lower case (``col.topo.json``, ``col.geojson``) and names each
    division in the property ``name``.
    """
    folder = os.environ.get(FOLDER)
    if not folder:
        return None
    files = (Path(folder) / f"{iso3.lower()}{ending}" for ending in ENDINGS)
    return next((file for file in files if file.is_file()), None)
