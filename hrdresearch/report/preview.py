"""Shows the page inside JupyterLab, made by the same code as the report."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path
from typing import Any

IN_A_RUN = "HRD_IN_A_RUN"  # set in the kernel of a run


def preview(path: str | None = None) -> Any:
    """Show the page of the saved notebook with the findings of this kernel.

    path: the notebook; without it, the one that JupyterLab has open. Save the notebook first: prose
    is read from the file. In a run ``preview`` does nothing. ValueError when the notebook cannot
    be found.
    """
    if os.environ.get(IN_A_RUN):
        return None
    from IPython.display import HTML

    from hrdresearch.report.document import assemble_document
    from hrdresearch.report.html import render_page
    from hrdresearch.report.notebook_page import page_from_kernel

    blocks, meta, claims = page_from_kernel(str(_notebook(path)))
    text = render_page(assemble_document(blocks, meta), claims)
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
