"""The page inside JupyterLab, through the renderer that the report itself goes through."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path
from typing import Any

IN_A_RUN = "HRD_IN_A_RUN"  # set in the kernel of a run


def preview(path: str | None = None) -> Any:
    """Show the page that the saved notebook and the findings of this kernel make.

    In a run it does nothing: the page is being made, and a preview of it is no part of it.
    path: the notebook; without it, the one that JupyterLab has open. Save the notebook first:
    prose is read from the file. ValueError when the notebook cannot be found.
    """
    if os.environ.get(IN_A_RUN):
        return None
    from IPython.display import HTML

    from hrdresearch.report.blocks import from_kernel
    from hrdresearch.report.document import assemble
    from hrdresearch.report.html import page

    blocks, meta, claims = from_kernel(str(_notebook(path)))
    text = page(assemble(blocks, meta), claims)
    return HTML(  # type: ignore[no-untyped-call]
        '<div><iframe title="Preview of the report" sandbox="allow-scripts allow-popups" '
        f'srcdoc="{escape(text, quote=True)}" '
        'style="width:100%;height:80vh;border:1px solid #b9bec4"></iframe></div>'
    )


def _notebook(path: str | None) -> Path:
    given = path or os.environ.get("JPY_SESSION_NAME", "")
    if given and Path(given).is_file():
        return Path(given)
    beside = Path(given).name  # the kernel runs in the notebook's folder
    if beside and Path(beside).is_file():
        return Path(beside)
    raise ValueError("The notebook was not found: preview('notebooks/killings.ipynb')")
