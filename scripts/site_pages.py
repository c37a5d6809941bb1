"""Parts of the site that are made from the repository: called by mkdocs (see mkdocs.yml).

``{{ decisions }}`` becomes the list of docs/decisions, ``{{ studies }}`` the reference of every study,
``{{ changes }}`` what is done and not yet released.
"""

from __future__ import annotations

import importlib
import inspect
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from hrdresearch.run.registry import studies as registered
from hrdresearch.studies import study_module

ROOT = Path(__file__).resolve().parents[1]
DECISIONS = ROOT / "docs" / "decisions"
OPTIONS = "    options:\n      show_root_heading: false\n      show_root_toc_entry: false\n"
NO_RESULTS = {"card", "run_card", "study_card", "finding"}
NUMBER = re.compile(r"^#\s+(?:\d+\.?\s+)?")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put the parts in the place of their names; mkdocs calls this for each page."""
    for name, made in PARTS.items():
        mark = f"{{{{ {name} }}}}"
        if mark in markdown:
            markdown = markdown.replace(mark, "\n".join(made()))
    return markdown


def decisions() -> Iterator[str]:
    """One line a decision: number and title."""
    for path in sorted(DECISIONS.glob("[0-9]*.md")):
        title = NUMBER.sub("", path.read_text(encoding="utf-8").splitlines()[0])
        yield f"- {path.name[:4]}: [{title}]({path.name})"


def studies() -> Iterator[str]:
    """One heading a study, and under it the reference of each of its findings."""
    for slug, entry in registered().items():
        yield f'## {entry.title}\n\n`study = open_study("{slug}")`\n'
        for name, made in findings(importlib.import_module(study_module(slug))):
            anchor = f"{slug}-{name.replace('.', '-')}"
            path = f"{made.__module__}.{made.__qualname__}"
            yield f"### `study.{name}()` {{: #{anchor} }}\n\n::: {path}\n{OPTIONS}"


def findings(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """Findings of a study by name (``by_year``; of a part of it ``census.by_year``), and their makers."""
    parts = {name: part for name, part in vars(module).items() if name.endswith("Part")}
    for part, study in {"": module.STUDY, **parts}.items():
        for name, given in inspect.getmembers(study, inspect.isfunction):
            made = inspect.unwrap(given)
            returns = str(made.__annotations__.get("return"))
            if returns == "Finding" and not name.startswith("_") and name not in NO_RESULTS:
                yield f"{part.removesuffix('Part').lower()}.{name}".lstrip("."), made


def changes() -> Iterator[str]:
    """The fragments of changes/, as towncrier puts them together."""
    command = [
        sys.executable,
        "-m",
        "towncrier",
        "build",
        "--draft",
        "--version",
        "Not yet released",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    yield from done.stdout.splitlines()


PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "decisions": decisions,
    "studies": studies,
    "changes": changes,
}
