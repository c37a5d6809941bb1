"""The data dictionary says what the table models and vocabularies say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]


def test_the_data_dictionary_is_current(tmp_path: Path) -> None:
    script = REPOSITORY / "scripts" / "make_dictionary.py"
    subprocess.run([sys.executable, str(script), str(tmp_path / "made.md")], check=True)

    kept = (REPOSITORY / "docs" / "data-dictionary.md").read_text(encoding="utf-8")

    assert kept == (tmp_path / "made.md").read_text(encoding="utf-8"), "run: make docs"
