"""Repeatable, sourced and name-safe thematic report drafts on human rights defenders.

In a notebook::

    from hrdresearch import open_study, show, cite, preview

``open_study`` opens the current build of a study; ``show`` puts a finding on the page, ``cite``
makes its numbers available to the prose only, ``preview`` shows the resolved page.
"""

from __future__ import annotations

import importlib
from typing import Any

from hrdresearch.findings import page_drawings

__version__ = "0.2.0"
__all__ = [
    "cite",
    "open_accountability",
    "open_brief",
    "open_gender",
    "open_study",
    "preview",
    "show",
]

_WHERE = {
    "open_accountability": "hrdresearch.studies.accountability.page",
    "open_brief": "hrdresearch.studies.state_brief.study",
    "open_gender": "hrdresearch.studies.gender.study",
    "open_study": "hrdresearch.studies",
    "show": "hrdresearch.findings",
    "cite": "hrdresearch.findings",
    "preview": "hrdresearch.report",
}

page_drawings.register_page_drawings(
    lambda: importlib.import_module("hrdresearch.report.in_notebook")
)


def __getattr__(name: str) -> Any:
    """Load the four notebook functions when first asked for (the command line starts fast)."""
    if name in _WHERE:
        return getattr(importlib.import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'hrdresearch' has no attribute {name!r}")
