"""Questions and explanations about a list of one's own, in the language of its headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from functools import cache, reduce

from hrdresearch.clean.word_forms import fold
from hrdresearch.sources.owner_texts import ASKED, owner_lines
from hrdresearch.vocab import vocabulary

ENGLISH = "en"
LANGUAGES = ("en", "es", "fr", "ar", "ru")
FEWEST = 3  # words of a language in the headings
ASKED_IN: ContextVar[str] = ContextVar("ASKED_IN", default=ENGLISH)  # language of a command's words
_BY_WORDS = (("es", "spanish"), ("fr", "french"))
_BY_SCRIPT = (  # letters of a language, and letters that tell another one of the same script
    ("ar", re.compile(r"[\u0621-\u064a]"), re.compile(r"[پچژگکی]")),
    ("ru", re.compile(r"[а-яё]"), re.compile(r"[іїєґў]")),
)


def language_of(headings: Iterable[str]) -> str:
    """The language in which to ask about a list: that of its headings where it is known, else English.

    >>> [language_of(h) for h in (["Nombre", "Fecha del hecho", "Sexo"], ["Nome", "Sexo"], ["ФИО", "Дата"])]
    ['es', 'en', 'ru']
    """
    known = vocabulary("list_prompts")
    texts = [heading.casefold() for heading in headings]
    for language, letters, others in _BY_SCRIPT:
        if 2 * sum(bool(letters.search(text)) for text in texts) > len(texts):
            return ENGLISH if any(map(others.search, texts)) else language
    words = {word for text in texts for word in fold(text).split()}
    for language, name in _BY_WORDS:
        if len(words & set(known[name])) >= FEWEST and not words & set(known[f"not_{name}"]):
            return language
    return ENGLISH


def speak(language: str, headings: Iterable[str]) -> None:
    """Set the language of a command's words: the one that was said, else that of the headings."""
    ASKED_IN.set(language or language_of(headings))


def told(key: str, language: str = "", **values: object) -> str:
    """Words of a question; language: default that of the command."""
    words: str = vocabulary("list_prompts")["words"][key][language or ASKED_IN.get()]
    return words.format(**values) if values else words


def command_words(name: str) -> frozenset[str]:
    """Words that a user types in place of an answer: name is "back" or "stop"."""
    return frozenset(vocabulary("list_prompts")["commands"][name][ASKED_IN.get()])


def remark_told(remark: str) -> str:
    """A remark on a whole list in the language of the command; parts without a translation stay English."""
    language = ASKED_IN.get()
    if language != ENGLISH:
        for pattern, said in _remarks(language):
            remark = pattern.sub(said, remark)
    return remark


@cache
def _remarks(language: str) -> list[tuple[re.Pattern[str], str]]:
    """Parts of remarks, the longer ones first; {n} stands for a number, in the same order."""
    parts = sorted(vocabulary("list_prompts")["remarks"], key=lambda part: -len(part[ENGLISH]))
    return [
        (
            re.compile(re.escape(part[ENGLISH]).replace(r"\{n\}", r"(\d+)")),
            reduce(lambda said, at: said.replace("{n}", rf"\{at}", 1), range(1, 5), part[language]),
        )
        for part in parts
    ]


def owner_part(language: str = ENGLISH, said: Mapping[str, str] | None = None) -> list[str]:
    """Lines of a source.yml that ask its owner for the texts of the page; said: answers that are known."""
    hints = {key: told(key, language) for key in ASKED}
    return [*told("owner", language).splitlines(), *owner_lines(hints, said)]
