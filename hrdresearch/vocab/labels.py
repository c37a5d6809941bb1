"""All labels of vocabularies that a report may print; the leak scan needs them.

"Ceará" is a state of Brazil and may also be the whole name of a victim. The scan lets it pass where
the report prints a label of a vocabulary, but not in free text.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.regions import region_scheme
from hrdresearch.vocab.states import all_codes, short_name

NO_LABELS = ("nouns", "defined_terms", "non_person", "states", "admin1")


@cache
def vocabulary_labels() -> frozenset[str]:
    """Labels of all vocabularies, names of States and regions, and first-level divisions."""
    names = [f.name[:-4] for f in files("hrdresearch.vocab").iterdir() if f.name.endswith(".yml")]
    labels = {
        str(label)
        for name in names
        if name not in NO_LABELS
        for label in vocabulary(name).get("codes", {}).values()
    }
    labels |= {short_name(iso3) for iso3 in all_codes()}
    for scheme in ("report", "un-groups"):
        labels |= set(region_scheme(scheme).labels.values())
    return frozenset(labels | set(_divisions(vocabulary("admin1"))))


def _divisions(node: object) -> list[str]:
    """Every text in the vocabulary of first-level divisions."""
    if isinstance(node, dict):
        return [t for key, value in node.items() for t in (str(key), *_divisions(value))]
    if isinstance(node, list):
        return [t for value in node for t in _divisions(value)]
    return [node] if isinstance(node, str) else []
