"""What is told of changes, kept in files: beside the reports, or in the work folder."""

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
    """Write what is told of changes into a file; where it was written, or None where no file is given.

    What changed in a report on a list that was shared in confidence is kept in the work folder,
    ``WORK/<study>/compared``, and sealed where the study is.
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
    """JSON for people and programs."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def last_editions(home: Path) -> tuple[Path, Path]:
    """The last two editions of a report; RunError where it has fewer."""
    editions = list_editions(home)
    if len(editions) < 2:
        raise RunError(f"{home} holds no two editions of a report: name both")
    return editions[-2], editions[-1]


def reports_to_compare(out: Path) -> list[Path]:
    """Folders of reports whose last two editions were not compared yet, by name.

    Reports on lists shared in confidence are left out: what changed in them is told one by one.
    """
    homes = sorted(path.parent for path in out.glob("*/*/latest"))
    pairs = {home: last_editions(home) for home in homes if len(list_editions(home)) > 1}
    return [
        home
        for home, pair in pairs.items()
        if compared_edition(home) != pair[1].name and all(map(_is_public, pair))
    ]


def compared_edition(home: Path) -> str:
    """The edition to which ``changes.json`` in the folder of a report leads; "" without one."""
    try:
        told = json.loads((home / CHANGES).read_text(encoding="utf-8"))
        return str(told["newer"]["edition"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _is_public(edition: Path) -> bool:
    return bool(read_json(edition / "manifest.json")["policy"]["public_by_name"])
