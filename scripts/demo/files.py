"""Files of invented rows, and the declaration beside them: what they are and what bytes they have."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from pathlib import Path

import yaml

from demo.people import Row

SEED = 75165  # A/75/165


def write_csv(path: Path, rows: list[Row]) -> None:
    """Comma, UTF-8; a row that lacks its last cells is written short, as publishers do."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(rows[0])
        writer.writerows(row.values() for row in rows)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def declare(
    folder: Path, about: str, sources: Mapping[str, str], study: str = "", seed: int = SEED
) -> None:
    """DEMO.yml: each file is invented, which format it has, what bytes it is.

    sources: format of each file; study: whose files they are, where the folder holds one study.
    """
    of_study = {"study": study} if study else {}
    files = {
        name: {"source": source, **of_study, "sha256": digest(folder / name), "invented": True}
        for name, source in sources.items()
    }
    facts = yaml.safe_dump({"seed": seed, "files": files}, sort_keys=False)
    (folder / "DEMO.yml").write_text(about + facts, encoding="utf-8")
