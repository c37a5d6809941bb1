"""Texts read by spaCy: a pipeline for each language whose components are our vocabularies.

``nlp("es")`` is a spaCy ``Language``; the components can be added to any pipeline by their names,
``spacy.blank("es").add_pipe("hrd_codes", config={"vocabulary": "pretext"})``.
"""

from hrdresearch.text.codes import codes_of
from hrdresearch.text.evidence import evidence_table, read_table, show_evidence
from hrdresearch.text.pipeline import LANGUAGES, nlp

__all__ = ["LANGUAGES", "codes_of", "evidence_table", "nlp", "read_table", "show_evidence"]
