"""The installed command answers at once: it loads no heavy library before a command runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAVY = {"pandas", "numpy", "matplotlib", "geopandas", "spacy", "papermill", "pandera", "scipy",
         "lxml", "pyarrow", "rapidfuzz", "nbformat"}  # fmt: skip


def test_help_loads_no_heavy_library() -> None:
    command = [Path(sys.executable).parent / "hrdresearch", "--help"]

    done = subprocess.run(
        [sys.executable, "-X", "importtime", *command], capture_output=True, text=True, check=True
    )

    loaded = {
        line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()
    }
    assert "Usage: hrdresearch" in done.stdout
    assert "hrdresearch" in loaded
    assert not HEAVY & loaded
