"""Whether two folders of reports hold the same numbers: names, values, units, definitions, filters.

Run by hand around a change that may move code but change no number:
``python scripts/compare_claims.py BEFORE AFTER [WORK]``, where the first two are folders of reports
(``OUT``). Prints a line a difference and exits with 1 when there is one, or when a report stands in
one folder only. What changed between two editions of a restricted list may be one person: the lines
on its reports are written into the work folder, and without one it compares nothing and exits with 2.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

KEPT_APART = ("sources",)  # hashes of files: they change with the demo lists, not with the code


def main(before: Path, after: Path, work: Path | None = None) -> int:
    """Compare the latest edition of each study and parameter set; the exit status."""
    old, new = claims_of_reports(before), claims_of_reports(after)
    restricted = restricted_reports(before) | restricted_reports(after)
    if restricted and work is None:
        print("Restricted lists are compared inside the work folder only; name it as third:")
        print("\n".join(sorted(restricted)))
        return 2
    found = 0
    for report in sorted(old.keys() | new.keys()):
        if report in old and report in new:
            lines = differences(old[report], new[report])
        else:
            lines = [f"in the {'first' if report in old else 'second'} folder only"]
        found += len(lines)
        if report in restricted and work is not None:
            file = work / report / "compared.txt"
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
            lines = [f"compared in {file}"]
        print("".join(f"{report}: {line}\n" for line in lines), end="")
    if not found:
        print(f"{len(old)} reports, {sum(map(len, old.values()))} numbers, no difference")
    return 1 if found or not old else 0


def restricted_reports(out: Path) -> set[str]:
    """Reports (``study/parameters``) on lists that are not public by name."""
    return {
        path.parent.parent.relative_to(out).as_posix()
        for path in out.glob("*/*/latest/manifest.json")
        if not json.loads(path.read_text("utf-8"))["policy"]["public_by_name"]
    }


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
    sys.exit(main(*(Path(folder) for folder in sys.argv[1:4])))
