"""Evidence shown where it stands: the spans of a text drawn by displaCy in JupyterLab."""

from __future__ import annotations

from IPython.display import HTML
from spacy import displacy
from spacy.tokens import Doc

_COLOURS = ("#9ecae1", "#fdd0a2", "#c7e9c0", "#dadaeb", "#fcbba1", "#d9d9d9", "#fee391", "#ccebc5")


def show_evidence(doc: Doc, key: str = "codes") -> HTML:
    """Draw the spans of a text with their codes, as HTML that JupyterLab shows.

    key: which spans, ``codes`` or another key of ``doc.spans``. The text itself is in the drawing: a
    notebook that shows a restricted text stays in the vault.
    """
    labels = sorted({span.label_ for span in doc.spans.get(key, ())})
    colours = {label: _COLOURS[i % len(_COLOURS)] for i, label in enumerate(labels)}
    html = displacy.render(
        doc, style="span", options={"spans_key": key, "colors": colours}, jupyter=False
    )
    return HTML(html)  # type: ignore[no-untyped-call]
