"""Imports point one way; this is the picture of the house that they are held to."""

from __future__ import annotations

import ast
import graphlib
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from hrdresearch.run.version import _of_builds

PACKAGE = Path(__file__).resolve().parents[1] / "hrdresearch"

# An arrow is an import that may be written. What lies further along the arrows may be imported
# too (run may use findings); nothing may be imported against them.
ARROWS = {
    "cli": {"run"},
    "run": {"report", "studies", "sources", "coding", "linkage"},
    "report": {"findings"},
    "studies": {"findings", "stats"},
    "findings": {"privacy"},
    "sources": {"clean"},
    "clean": {"names"},
    "coding": {"clean", "text"},  # codes are read by spaCy from cleaned texts and dates
    "text": set(),
    "linkage": {"clean", "names"},
    "stats": set(),
    "estimates": {"stats"},  # the public names of stats.estimates, for use by themselves
    "privacy": {"names"},
    "names": set(),  # how names are spelled and compared: the scan and linkage stand on it
    "tables": set(),
    "vocab": set(),
}
FOR_EVERYBODY = {"tables", "vocab"}
CONTRACT = "hrdresearch.privacy.policy"  # what a source promises: no code of privacy behind it
USE_THE_CONTRACT = {"sources", "tables"}

METHODS = ("clean", "names", "text", "coding", "linkage", "stats")
NOT_FOR_METHODS = {
    *("os", "pathlib", "shutil", "tempfile", "sys"),
    *("argparse", "typer", "click", "rich"),
    *("papermill", "nbformat", "nbclient", "nbconvert", "pypandoc", "matplotlib", "seaborn"),
}


@cache
def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def imports(name: str, path: Path) -> frozenset[str]:
    """Every module that a module imports: at its top, inside a function, or for its types only."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([base] if base else [])])
            below = {f"{base}.{alias.name}" for alias in node.names}
            known = below & set(modules())
            found |= known if known == below else {base} | known
    return frozenset(found)


def part(module: str) -> str:
    """Room of the house that a module stands in: 'run' of hrdresearch.run.build."""
    return module.split(".")[1] if "." in module else ""


def reachable(room: str) -> set[str]:
    """A room, those along its arrows, and those that are for everybody."""
    found, ahead = set(), {room}
    while ahead:
        here = ahead.pop()
        found.add(here)
        ahead |= ARROWS[here] - found
    return found | FOR_EVERYBODY


def ours(name: str, path: Path) -> set[str]:
    found = imports(name, path)
    return {module for module in found if module.split(".")[0] == "hrdresearch"}


def test_every_room_of_the_house_has_its_arrows() -> None:
    rooms = {part(name) for name in modules()} - {"", "__main__"}

    assert rooms <= set(ARROWS), f"say in ARROWS what these may import: {rooms - set(ARROWS)}"


def test_imports_follow_the_arrows() -> None:
    against = []
    for name, path in modules().items():
        if not part(name) or part(name) == "__main__":
            continue
        for used in ours(name, path) - {"hrdresearch"}:
            by_contract = used == CONTRACT and part(name) in USE_THE_CONTRACT
            if part(used) not in reachable(part(name)) and not by_contract:
                against.append(f"{name} imports {used}")

    assert against == []


def test_there_are_no_circles() -> None:
    graph = {name: ours(name, path) - {name, "hrdresearch"} for name, path in modules().items()}

    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        pytest.fail("a circle of imports: " + " -> ".join(error.args[1]))


def folder_of_studies(module: str) -> str:
    """Folder within studies that a module stands in: 'upr' of hrdresearch.studies.upr.brief."""
    parts = module.split(".")
    return parts[2] if parts[:2] == ["hrdresearch", "studies"] and len(parts) > 2 else ""


def test_a_study_never_imports_a_study() -> None:
    """Studies stand on ground and shapes, shapes on ground; registers are three small studies."""
    below = {"ground": {"ground"}, "shapes": {"ground", "shapes"}}
    found = []
    for name, path in modules().items():
        folder = folder_of_studies(name)
        allowed = below.get(folder, {"ground", "shapes", folder})
        found += [
            f"{name} imports {used}"
            for used in ours(name, path)
            if folder and folder_of_studies(used) and folder_of_studies(used) not in allowed
        ]

    assert found == []


def test_findings_of_a_study_do_not_import_the_study_that_asks_for_them() -> None:
    found = [
        f"{name} imports {used}"
        for name, path in modules().items()
        if folder_of_studies(name) not in ("", "registers") and not name.endswith(".study")
        for used in ours(name, path)
        if used == f"hrdresearch.studies.{folder_of_studies(name)}.study"
        and folder_of_studies(name) != "ground"
    ]

    assert found == []


@pytest.mark.parametrize("room", METHODS)
def test_methods_know_nothing_of_reports_files_or_the_command_line(room: str) -> None:
    found = [
        f"{name} imports {used}"
        for name, path in modules().items()
        if part(name) == room
        for used in imports(name, path)
        if used.split(".")[0] in NOT_FOR_METHODS
    ]

    assert found == []


def test_methods_open_no_file() -> None:
    opening = {"open", "read_csv", "read_excel", "read_parquet", "to_csv", "to_parquet"}

    found = [
        f"{name} line {node.lineno}"
        for name, path in modules().items()
        if part(name) in METHODS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", "") or getattr(node.func, "attr", "")) in opening
    ]

    assert found == []


def test_nothing_edits_the_path_of_imports() -> None:
    found = [
        name for name, path in modules().items() if "sys.path" in path.read_text(encoding="utf-8")
    ]

    assert found == []


def test_importing_the_package_loads_no_heavy_library() -> None:
    code = (
        "import sys, hrdresearch; print(sorted({'pandas', 'matplotlib', 'geopandas', 'spacy', "
        "'papermill', 'pandera'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_the_arrow_test_sees_imports_in_every_form(tmp_path: Path) -> None:
    path = tmp_path / "inside.py"
    path.write_text(
        "import hrdresearch.vocab\n"
        "from hrdresearch.tables import row_filters\n"
        "from hrdresearch.findings.model import Claim\n"
        "def later():\n    from ..privacy import policy\n",
        encoding="utf-8",
    )

    assert imports("hrdresearch.run.inside", path) == {
        "hrdresearch.vocab",
        "hrdresearch.tables.row_filters",
        "hrdresearch.findings.model",
        "hrdresearch.privacy.policy",
    }


def test_a_build_is_made_again_when_any_method_that_it_imports_has_changed() -> None:
    shaping = set(_of_builds())
    outside = {
        used
        for name, path in modules().items()
        if path in shaping
        for used in ours(name, path) & set(modules())
        if part(used) in METHODS and modules()[used] not in shaping
    }

    assert outside == set()
