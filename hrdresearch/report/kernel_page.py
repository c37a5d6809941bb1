"""Makes the page of a notebook that is open in JupyterLab, with the findings of its running kernel."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from hrdresearch.findings.display import FindingInKernel, findings_in_kernel
from hrdresearch.privacy.stories import read_stories
from hrdresearch.report.notebook_page import NotebookItem, Page, page_from_items

SHOWING = re.compile(r"\b(?:show|cite|open_study)\(")


def page_from_kernel(notebook: Path) -> Page:
    """Make the page of a saved notebook, with the findings of the running kernel, for ``preview``.

    Prose comes from the file; the findings of a cell are those of its last execution in this kernel.
    """
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    taken = _findings_by_cell(cells, findings_in_kernel())
    items: list[NotebookItem] = []
    code: list[str] = []
    for number, cell in enumerate(cells, start=1):
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            items.append(NotebookItem(f"cell {number}", markdown=source))
            continue
        code.append(source)
        items += [
            NotebookItem(f"cell {number}", finding=shown.finding, placement=shown.placement)
            for shown in taken[number - 1]
        ]
    return page_from_items(items, code, stories=read_stories(notebook))


def _findings_by_cell(
    cells: Sequence[Any], found: Sequence[FindingInKernel]
) -> list[list[FindingInKernel]]:
    """Findings of each cell: by the id that JupyterLab gives a cell, else in the order of calls."""
    ids = {cell.get("id") for cell in cells} - {None}
    if any(shown.cell in ids for shown in found):
        return [[s for s in found if s.cell and s.cell == cell.get("id")] for cell in cells]
    left = iter(found)
    calls = [
        len(SHOWING.findall("".join(cell["source"]))) if cell["cell_type"] == "code" else 0
        for cell in cells
    ]
    return [list(islice(left, count)) for count in calls]
