"""The shipped fixture of the arithmetic self-test: invented letters, read as any register is.

A build carries its tables along, so that the annex of each report proves the arithmetic that made
the report.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from hrdresearch.run.files import sha256
from hrdresearch.sources import Loaded, load
from hrdresearch.vocab.reference import reference_path

FOLDER = "self_test"
FILES = {
    "register": "register.csv",
    "press-releases": "press_releases.csv",
    "visits-ledger": "visits.csv",
    "promises-ledger": "commitments.csv",
    "laws-ledger": "laws.csv",
}


def load_fixture(slug: str) -> Loaded:
    """One file of the fixture as a loaded list; slug: a key of ``FILES``."""
    path = reference_path(f"{FOLDER}/{FILES[slug]}")
    loaded = _load(slug, path, sha256(path))
    return replace(loaded, accepted=loaded.accepted.copy(deep=False))


@lru_cache(maxsize=len(FILES))
def _load(slug: str, path: Path, _hash: str) -> Loaded:
    """A file that has not changed is read once a process."""
    return load(slug, path)


def fixture_facts() -> dict[str, Any]:
    """Facts of the fixture for the build.

    Keys: ``sources``; ``unchanged``, whether each file has its declared hash; ``published``, the
    expected figures.
    """
    declared = yaml.safe_load(reference_path(f"{FOLDER}/SELF_TEST.yml").read_text("utf-8"))["files"]
    hashes = {name: sha256(reference_path(f"{FOLDER}/{name}")) for name in FILES.values()}
    register = load_fixture("register")
    table = pd.read_csv(reference_path(f"{FOLDER}/published.csv"), dtype=str, keep_default_na=False)
    return {
        "sources": [{**register.facts.to_dict(), "is_demo": True, "sha256": register.sha256}],
        "unchanged": {name: hashes[name] == declared.get(name) for name in sorted(hashes)},
        "published": table.to_dict("records"),
    }
