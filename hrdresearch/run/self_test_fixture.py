"""Loads the fixture of the arithmetic self-test: invented letters that are read like any register.

A build holds the tables of the fixture, so that the annex of each report can show that the arithmetic is
right.
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
    """Load one file of the fixture as a list; slug: a key of ``FILES``."""
    path = reference_path(f"{FOLDER}/{FILES[slug]}")
    loaded = _load(slug, path, sha256(path))
    return replace(loaded, accepted=loaded.accepted.copy(deep=False))


@lru_cache(maxsize=len(FILES))
def _load(slug: str, path: Path, _hash: str) -> Loaded:
    """A file that has not changed is read once a process."""
    return load(slug, path)


def fixture_facts() -> dict[str, Any]:
    """Facts of the fixture for the build.

    Keys: ``sources`` (facts of its list), ``unchanged`` (file -> whether it has its declared hash),
    ``published`` (rows of the expected figures).
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
