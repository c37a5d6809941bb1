"""Questions and explanations about a list of one's own, in the language of its headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextvars import ContextVar

from hrdresearch.clean.word_forms import fold
from hrdresearch.sources.owner_texts import ASKED, owner_lines
from hrdresearch.vocab import vocabulary

ENGLISH, SPANISH = "en", "es"
FEWEST = 3  # Spanish words in the headings
ASKED_IN: ContextVar[str] = ContextVar(
    "ASKED_IN", default=ENGLISH
)  # language of a command's questions


def language_of(headings: Iterable[str]) -> str:
    """The language in which to ask about a list: Spanish where its headings are, else English.

    >>> language_of(["Nombre", "Fecha del hecho", "Sexo"]), language_of(["Nome", "Data", "Sexo"])
    ('es', 'en')
    """
    known = vocabulary("list_prompts")
    words = {word for heading in headings for word in fold(heading).split()}
    is_spanish = len(words & set(known["spanish"])) >= FEWEST
    return SPANISH if is_spanish and not words & set(known["not_spanish"]) else ENGLISH


def told(key: str, language: str = "", **values: object) -> str:
    """Words of a question; language: default that of the command."""
    words: str = vocabulary("list_prompts")["words"][key][language or ASKED_IN.get()]
    return words.format(**values) if values else words


def owner_part(language: str = ENGLISH, said: Mapping[str, str] | None = None) -> list[str]:
    """Lines of a source.yml that ask its owner for the texts of the page; said: answers that are known."""
    hints = {key: told(key, language) for key in ASKED}
    return [*told("owner", language).splitlines(), *owner_lines(hints, said)]
