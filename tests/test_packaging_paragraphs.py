"""The table of paragraphs says which questions the studies ask, and every one of them has a paragraph."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]


def test_the_table_of_paragraphs_is_current(tmp_path: Path) -> None:
    script = REPOSITORY / "scripts" / "make_paragraphs.py"
    subprocess.run([sys.executable, str(script), str(tmp_path / "made.md")], check=True)

    kept = (REPOSITORY / "docs" / "paragraphs.md").read_text(encoding="utf-8")

    assert kept == (tmp_path / "made.md").read_text(encoding="utf-8"), "run: make docs"
