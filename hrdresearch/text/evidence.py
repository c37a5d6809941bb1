"""Evidence shown where it stands: the spans of a text drawn by displaCy in JupyterLab."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from IPython.display import HTML
from spacy import displacy
from spacy.tokens import Doc

from hrdresearch.text.clauses import is_within

_MARKS = ("denied", "quoted")
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


def evidence_table(docs: Iterable[Doc], key: str = "codes") -> pd.DataFrame:
    """A row for each span that was found: which text, code, the words and their place, and the rule.

    Columns: ``text_number`` (from 0), ``code``, ``evidence``, ``start``, ``end`` (characters), ``rule``,
    ``is_denied`` (a word of denial reaches it: "not charged with ..."), ``is_quoted``; these two are
    missing where the pipeline has no ``hrd_clauses``. A text in which nothing was found has one row
    with an empty code, so that no text is lost.
    """
    rows = []
    for number, doc in enumerate(docs):
        found = [
            (s.label_, s.text, s.start_char, s.end_char, s.id_, *(is_within(s, k) for k in _MARKS))
            for s in doc.spans.get(key, ())
        ] or [("", "", 0, 0, "", False, False)]
        known = set(_MARKS) <= doc.spans.keys()
        rows += [(number, *row[:5], *(row[5:] if known else (None, None))) for row in found]
    columns = ["text_number", "code", "evidence", "start", "end", "rule", "is_denied", "is_quoted"]
    marks = dict.fromkeys(columns[-2:], "boolean")
    return pd.DataFrame(rows, columns=columns).astype(marks)
