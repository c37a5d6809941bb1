"""Whether two folders of reports hold the same numbers: names, values, units, definitions, filters.

Run by hand around a change that may move code but change no number:
``python scripts/compare_claims.py BEFORE AFTER``, where each is a folder of reports (``OUT``). Prints
a line a difference and exits with 1 when there is one, or when a report stands in one folder only.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

KEPT_APART = ("sources",)  # hashes of files: they change with the demo lists, not with the code


def main() -> int:
    """Compare the latest edition of each study and parameter set."""
    before, after = (claims_of_reports(Path(folder)) for folder in sys.argv[1:3])
    lines = [
        *(f"{report}: in the first folder only" for report in sorted(before.keys() - after.keys())),
        *(
            f"{report}: in the second folder only"
            for report in sorted(after.keys() - before.keys())
        ),
        *(
            f"{report}: {line}"
            for report in sorted(before.keys() & after.keys())
            for line in differences(before[report], after[report])
        ),
    ]
    held = sum(len(claims) for claims in before.values())
    print("\n".join(lines) or f"{len(before)} reports, {held} numbers, no difference")
    return 1 if lines or not before else 0


def claims_of_reports(out: Path) -> dict[str, dict[str, Any]]:
    """Claims by report (``study/parameters``)."""
    return {
        path.parent.parent.relative_to(out).as_posix(): json.loads(path.read_text("utf-8"))[
            "claims"
        ]
        for path in sorted(out.glob("*/*/latest/claims.json"))
    }


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """A line for each name that is gone, new, or has another content."""
    lines = [f"{name} is gone" for name in sorted(before.keys() - after.keys())]
    lines += [f"{name} is new" for name in sorted(after.keys() - before.keys())]
    for name in sorted(before.keys() & after.keys()):
        for key in before[name].keys() | after[name].keys():
            old, new = before[name].get(key), after[name].get(key)
            if old != new and key not in KEPT_APART:
                lines.append(f"{name}: {key} was {old!r} and is {new!r}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
