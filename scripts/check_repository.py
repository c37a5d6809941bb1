"""What must not stand in the repository: results, logic in notebooks, addresses, copied data, a lower floor.

Run by CI and by hand: ``python scripts/check_repository.py [FOLDER]``. Prints one line a fault and
exits with 1 when there is one.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

MOST_CELLS = 60

# Written so that no pattern matches itself.
ADDRESSES = {
    "a package registry": re.compile(
        r"pypi\.org|pythonhosted\.org|registry\.npmjs\.org|deb\.debian\.org|/opt/pyp[i]"
        r"|(?<![\w-])--(extra-)?index-ur[l]|(?<![\w-])--find-link[s]|(?<![\w-])--trusted-hos[t]"
    ),
    "a path of one machine": re.compile(
        r"(?<![\w.}>)*~-])/(?:wor[k]|roo[t]|hom[e]/\w+|User[s]/\w+)/|/tmp/[a-z](?:/|\b)"
    ),
}
NO_LOGIC = {
    **dict.fromkeys((ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda), "defines a function"),
    **dict.fromkeys((ast.For, ast.While, ast.comprehension), "loops"),
    **dict.fromkeys((ast.If, ast.IfExp, ast.Try, ast.With), "branches"),
    ast.ClassDef: "defines a class",
}
# Files with the least share of lines that the tests must reach, in per cent; it is only ever raised.
FLOORS = {
    "pyproject.toml": re.compile(r"^fail_under = (\d+)$", re.MULTILINE),
    "Makefile": re.compile(r"^QUICK_FLOOR := (\d+)$", re.MULTILINE),
}
NO_CALLS = {"read_csv", "read_excel", "read_parquet", "head", "open"}


def main() -> int:
    """Check the folder given, or the repository that this script stands in."""
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1]).resolve()
    files = tracked(root)
    faults = [
        *(fault for path in files if path.suffix == ".ipynb" for fault in notebook(root, path)),
        *(fault for path in files for fault in addresses(root, path)),
        *lowered_floors(root),
        *copies(root, files, Path(os.environ.get("HRD_DATA") or root.parent / "shared" / "data")),
    ]
    print("\n".join(faults) if faults else f"{len(files)} files, no fault")
    return 1 if faults else 0


def tracked(root: Path) -> list[Path]:
    """Files under version control, or every file where there is none."""
    if not (root / ".git").exists():
        return sorted(path for path in root.rglob("*") if path.is_file())
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z"], capture_output=True, text=True, check=True
    )
    paths = [root / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def notebook(root: Path, path: Path) -> Iterator[str]:
    """Faults of a notebook: outputs; and, but in explore/, logic and a missing parameters cell."""
    name = path.relative_to(root)
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    if any(cell.get("outputs") or cell.get("execution_count") for cell in code):
        yield f"{name}: holds results of a run; strip them (nbstripout)"
    if "explore" in name.parts:
        return
    if len(cells) > MOST_CELLS:
        yield f"{name}: {len(cells)} cells, {MOST_CELLS} at most"
    with_parameters = [c for c in code if "parameters" in c["metadata"].get("tags", [])]
    if len(with_parameters) != 1:
        yield f"{name}: {len(with_parameters)} cells tagged parameters, one is needed"
    for number, cell in enumerate(cells, start=1):
        if cell["cell_type"] == "code":
            yield from (f"{name}: cell {number} {what}" for what in logic("".join(cell["source"])))


def logic(source: str) -> set[str]:
    """What a cell does that belongs into the package."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if type(node) in NO_LOGIC:
            found.add(NO_LOGIC[type(node)])
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
            found |= {f"calls {called}"} if called in NO_CALLS else set()
    return found


def addresses(root: Path, path: Path) -> Iterator[str]:
    """Lines of a text file that name a registry or a path of one machine."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return
    for number, line in enumerate(lines, start=1):
        for what, pattern in ADDRESSES.items():
            if pattern.search(line):
                yield f"{path.relative_to(root)}:{number}: names {what}"


def lowered_floors(root: Path) -> Iterator[str]:
    """Floors of coverage below those of the main branch, or of the commit before."""
    for name, pattern in FLOORS.items() if (root / ".git").exists() else ():
        now = pattern.search((root / name).read_text(encoding="utf-8"))
        for ref in ("origin/main", "main", "HEAD~1"):
            shown = subprocess.run(
                ["git", "-C", str(root), "show", f"{ref}:{name}"], capture_output=True, text=True
            )
            before = pattern.search(shown.stdout)  # nothing where there is no such commit
            if before and (now is None or int(now[1]) < int(before[1])):
                yield f"{name}: the floor of coverage is {before[1]} in {ref}, and is only ever raised"
                break


def copies(root: Path, files: list[Path], data: Path) -> Iterator[str]:
    """Files that are byte for byte a file of the real data sets (where those are at hand)."""
    if not data.is_dir():
        return
    sizes = {path.stat().st_size for path in files}
    real = {
        digest(path): path.relative_to(data)
        for path in data.rglob("*")
        if path.is_file() and path.stat().st_size in sizes and path.stat().st_size > 0
    }
    for path in files:
        if (same := real.get(digest(path))) is not None:
            yield f"{path.relative_to(root)}: is a copy of the real data file {same}"


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
