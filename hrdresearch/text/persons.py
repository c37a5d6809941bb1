"""Names of persons in a text, by the English model of spaCy where one is installed.

None comes with the project: ``pip install`` one of ``MODELS``. For other languages there is no answer,
which is not the same as no name.
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
    """The model that finds names in a language; None where none is installed, or the language has none.

    >>> person_model("sw") is None
    True
    """
    return _installed() if language == "en" else None


def names_in_texts(texts: Iterable[str], model: Language) -> Iterator[list[str]]:
    """Names of persons and organizations in each text, as they stand there and each once."""
    for doc in model.pipe(texts):
        found = (ent.text.strip() for ent in doc.ents if ent.label_ in LABELS)
        yield list(dict.fromkeys(name for name in found if name))


@cache
def _installed() -> Language | None:
    name = next((n for n in MODELS if spacy.util.is_package(n)), None)
    return spacy.load(name, disable=list(UNUSED)) if name else None
