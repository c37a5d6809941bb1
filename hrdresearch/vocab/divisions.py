"""First-level divisions: their spellings (``admin1.yml``), and the user's folder of their boundaries."""

from __future__ import annotations

import os
from pathlib import Path

from hrdresearch.vocab import vocabulary

FOLDER = "HRD_BOUNDARIES"
ENDINGS = (".topo.json", ".geojson", ".json")


def division_spellings(iso3: str) -> dict[str, str]:
    """Each spelling of a division of a State in the vocabulary, with the name in the one spelling we use.

    >>> division_spellings("MEX")["Edomex"]
    'Estado de México'
    """
    found: dict[str, str] = {}
    for division in vocabulary("admin1")["divisions"].get(iso3, []):
        name, others = (division, []) if isinstance(division, str) else next(iter(division.items()))
        found |= dict.fromkeys((name, *others), name)
    return found


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
