"""Words that a report prints whatever the archive holds: a handle that is one of them is no leak."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hrdresearch.privacy.handles import words_in
from hrdresearch.run.registry import project_folder, study_entry
from hrdresearch.vocab.labels import vocabulary_labels

PACKAGE = Path(__file__).resolve().parents[1]
SUFFIXES = (".py", ".yml", ".html", ".css", ".js", ".lua")


@cache
def page_words(study: str) -> frozenset[str]:
    """Words of the study's notebook, of all vocabularies and of the package's own text."""
    files = [p for p in PACKAGE.rglob("*") if p.suffix in SUFFIXES]
    files += [study_entry(study).notebook, project_folder() / "studies.yml"]
    found = {word for label in vocabulary_labels() for word in words_in(label)}
    for file in files:
        found |= words_in(file.read_text(encoding="utf-8"))
    return frozenset(found)
