"""One list of libraries: pyproject.toml says it, environment.yml and the lock follow."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

REPOSITORY = Path(__file__).resolve().parents[1]
ONLY_IN_CONDA = {"python", "pip", "make"}
NOT_IMPORTED = {  # used without an import of ours
    "jupyterlab",  # where researchers work
    "ipykernel",  # runs the notebooks
    "pyarrow",  # Parquet for pandas
    "spacy",  # for the studies that code text
}


def project() -> dict:
    return tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def declared() -> dict[str, Requirement]:
    facts = project()
    extras = facts["optional-dependencies"].values()
    texts = [*facts["dependencies"], *(text for extra in extras for text in extra)]
    return {canonicalize_name(r.name): r for r in map(Requirement, texts)}


def lower_bound(requirement: Requirement) -> str:
    return next(s.version for s in requirement.specifier if s.operator == ">=")


def locked() -> dict[str, str]:
    text = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    return {
        canonicalize_name(name): version
        for name, version in re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", text, flags=re.MULTILINE)
    }


def test_environment_yml_names_the_same_libraries_and_lower_bounds() -> None:
    listed = yaml.safe_load((REPOSITORY / "environment.yml").read_text(encoding="utf-8"))
    names = [entry for entry in listed["dependencies"] if isinstance(entry, str)]
    by_pip = next(entry["pip"] for entry in listed["dependencies"] if isinstance(entry, dict))
    conda = {
        canonicalize_name(r.name): r
        for r in (Requirement(re.sub(r"(?<![<>=])=(?!=)", "==", text)) for text in names + by_pip)
        if r.name not in ONLY_IN_CONDA
    }

    assert {name: lower_bound(r) for name, r in conda.items()} == {
        name: lower_bound(r) for name, r in declared().items()
    }


def test_the_lock_holds_what_pyproject_asks_for() -> None:
    pinned = locked()

    wrong = [
        str(requirement)
        for name, requirement in declared().items()
        if name not in pinned or Version(pinned[name]) not in requirement.specifier
    ]

    assert wrong == [], "pyproject.toml and requirements.lock differ: make lock"


def test_every_line_of_the_lock_is_a_pin_or_a_hash() -> None:
    text = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    pin = r"[A-Za-z0-9._-]+==[\w.+!]+( ; [\w\s.\"'=<>!()]+)? \\"

    other = [
        line
        for line in text.splitlines()
        if line and not line.startswith("# The following packages")
        if not re.fullmatch(rf"{pin}|    --hash=sha256:[0-9a-f]{{64}}( \\)?", line)
    ]

    assert other == []


def test_versions_agree() -> None:
    import hrdresearch

    citation = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))

    assert (project()["dynamic"], "version" in project()) == (["version"], False)
    assert hrdresearch.__version__ == str(citation["version"])
    assert citation["license"] == project()["license"]


def test_the_licence_text_is_the_declared_one() -> None:
    text = (REPOSITORY / "LICENSE").read_text(encoding="utf-8")

    assert project()["license"] == "AGPL-3.0-or-later"
    assert text.startswith("GNU AFFERO GENERAL PUBLIC LICENSE\nVersion 3, 19 November 2007")


@cache
def imported_by_the_package() -> set[str]:
    found: set[str] = set()
    for path in (REPOSITORY / "hrdresearch").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"hrdresearch"}


def distributions_of(modules: set[str]) -> set[str]:
    known = packages_distributions()
    return {canonicalize_name(name) for module in modules for name in known.get(module, [module])}


def test_what_the_package_imports_is_declared() -> None:
    extras = project()["optional-dependencies"]
    declared = [*project()["dependencies"], *extras["cluster"], *extras["embeddings"]]
    wanted = {canonicalize_name(Requirement(text).name) for text in declared}

    assert distributions_of(imported_by_the_package()) - wanted == set()


def test_what_is_declared_is_used() -> None:
    wanted = {canonicalize_name(Requirement(text).name) for text in project()["dependencies"]}

    assert wanted - distributions_of(imported_by_the_package()) - NOT_IMPORTED == set()
