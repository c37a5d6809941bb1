"""Shows the page of a notebook inside JupyterLab; the same code makes the report."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path
from typing import Any

from hrdresearch.findings.display import IN_A_RUN


def preview(path: str | None = None, section: str = "") -> Any:
    """Show the page of the saved notebook with the findings of this kernel.

    path: the notebook; without it, the one that JupyterLab has open. Save the notebook first: prose
    is read from the file. section: a heading or its beginning ("Threats"); only this section is
    made, which is quick, and its paragraphs are numbered from 1. Guarded sentences that are not
    printed are listed above the page. In a run ``preview`` does nothing. ValueError when the
    notebook or the section cannot be found.
    """
    if os.environ.get(IN_A_RUN):
        return None
    from IPython.display import HTML

    from hrdresearch.report.document import assemble_document
    from hrdresearch.report.front_matter import front_matter
    from hrdresearch.report.html import render_page
    from hrdresearch.report.kernel_page import page_from_kernel
    from hrdresearch.report.sections import blocks_of_section

    page = page_from_kernel(_notebook(path))
    blocks = blocks_of_section(page.blocks, section) if section else page.blocks
    meta = front_matter(page, edition="preview", date="")
    text = render_page(assemble_document(blocks, meta), page.claims)
    unprinted = "".join(f"<li>{escape(str(sentence))}</li>" for sentence in page.unprinted)
    return HTML(  # type: ignore[no-untyped-call]
        f"<div>{f'<ul>{unprinted}</ul>' if unprinted else ''}"
        '<iframe title="Preview of the report" sandbox="allow-scripts allow-popups" '
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
