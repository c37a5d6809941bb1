"""Finds names of persons and organizations in English texts, by a trained model of spaCy, if installed.

The project comes without a model: ``pip install`` one of ``MODELS``. Without a model, or in another language,
it is not known whether a text has names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import spacy
from spacy.language import Language

MODELS = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm")
LABELS = ("PERSON", "ORG")
UNUSED = ("parser", "lemmatizer", "attribute_ruler")


def person_model(language: str) -> Language | None:
    """Return the model that finds names in a language; None if none is installed or known for it.

    >>> person_model("sw") is None
    True
    """
    return _installed() if language == "en" else None


def names_in_texts(texts: Iterable[str], model: Language) -> Iterator[list[str]]:
    """Yield for each text its names of persons and organizations, as written, each once."""
    for doc in model.pipe(texts):
        found = (ent.text.strip() for ent in doc.ents if ent.label_ in LABELS)
        yield list(dict.fromkeys(name for name in found if name))


@cache
def _installed() -> Language | None:
    name = next((n for n in MODELS if spacy.util.is_package(n)), None)
    return spacy.load(name, disable=list(UNUSED)) if name else None
