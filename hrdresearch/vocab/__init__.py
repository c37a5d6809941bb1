"""Controlled vocabularies: one YAML file for each, edited by researchers.

``codes("sex")`` lists the codes in reading order; ``label("sex", "female")`` is what the page
prints. A vocabulary file has ``title``, ``definition``, ``source`` and ``codes: {code: label}``.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from hrdresearch.vocab.reference import parse_yaml


class UnknownVocabularyError(KeyError):
    """No vocabulary has this name; the message names those that exist."""


@cache
def vocabulary(name: str) -> dict[str, Any]:
    """Content of a vocabulary file; raises UnknownVocabularyError, a KeyError, for another name."""
    if "/" not in name and name not in vocabulary_names():
        raise UnknownVocabularyError(
            f"No vocabulary {name!r}; there are: {', '.join(vocabulary_names())}"
        )
    text = (files(__package__) / f"{name}.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = parse_yaml(text)
    return loaded


@cache
def vocabulary_names() -> tuple[str, ...]:
    """Names of the vocabularies, in alphabetical order."""
    found = (f.name for f in files(__package__).iterdir())
    return tuple(sorted(name[:-4] for name in found if name.endswith(".yml")))


def codes(name: str) -> tuple[str, ...]:
    """Codes of a vocabulary, in the order in which tables show them.

    >>> codes("commitment_kind")
    ('recommendation', 'promise')
    """
    return tuple(vocabulary(name)["codes"])


def label(name: str, code: str) -> str:
    """Label that a report prints for a code; raises KeyError for an unknown code."""
    return str(vocabulary(name)["codes"][code])
