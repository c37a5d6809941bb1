"""Writes files on changes between editions: beside the reports, or sealed in the work folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hrdresearch.privacy.vault import write_stored
from hrdresearch.run.editions import list_editions
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import read_json
from hrdresearch.run.recheck.changes import Changes
from hrdresearch.run.sealed_lists import recipient_of_study

CHANGES, PAGE_OF_CHANGES = "changes.json", "changes.html"  # in the folder of a report


def keep_told(told: str, changes: Changes, file: Path | None, work: Path) -> Path | None:
    """Write a text on changes into a file and return its path; None if no file was given.

    If the report is on a list shared in confidence, the text goes to ``WORK/<study>/compared`` instead, and
    is sealed if the study is sealed.
    """
    home = work / str(changes.newer.manifest["builds"][0]["study"])
    recipient = None
    if not changes.is_public:
        name = file.name if file else CHANGES
        file = home / "compared" / f"{changes.older.name}-{name}"
        recipient = recipient_of_study(home)
    if file is None:
        return None
    file.parent.mkdir(mode=0o700 if recipient else 0o777, parents=True, exist_ok=True)
    return write_stored(file, told.encode(), recipient)


def as_json(content: Mapping[str, Any]) -> str:
    """Indented JSON with a line end."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def last_editions(home: Path) -> tuple[Path, Path]:
    """The last two editions of a report; RunError if it has fewer than two."""
    editions = list_editions(home)
    if len(editions) < 2:
        raise RunError(f"{home} does not hold two editions of a report: give the folders of both")
    return editions[-2], editions[-1]


def reports_to_compare(out: Path) -> list[Path]:
    """Folders of reports whose last two editions have not been compared yet, sorted by name.

    Reports on lists shared in confidence are left out, because their changes stay in the vault.
    """
    homes = sorted(path.parent for path in out.glob("*/*/latest"))
    pairs = {home: last_editions(home) for home in homes if len(list_editions(home)) > 1}
    return [
        home
        for home, pair in pairs.items()
        if compared_edition(home) != pair[1].name and all(map(_is_public, pair))
    ]


def compared_edition(home: Path) -> str:
    """Name of the newer edition in the ``changes.json`` of a report; "" if there is no such file."""
    try:
        return str(json.loads((home / CHANGES).read_text(encoding="utf-8"))["newer"]["edition"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _is_public(edition: Path) -> bool:
    return bool(read_json(edition / "manifest.json")["policy"]["public_by_name"])
