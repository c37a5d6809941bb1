"""Identifies the language of a short message: by its script, its small words, then by py3langid.

A message with too few letters is ``und``. A longer one in Latin letters may be of any language that py3langid
knows, so that German or Turkish is not taken for one of ours.
"""

from __future__ import annotations

import re
from copy import copy
from functools import cache
from typing import Any

from hrdresearch.vocab import vocabulary

UNKNOWN = "und"
FEWEST_LETTERS = 6
LONGEST = 1_000  # py3langid gets the first 1,000 characters of a text
_NOISE = re.compile(r"https?://\S+|@\w+|#|^rt\b|(?<=\s)rt\b", re.IGNORECASE)
_SIGNS_OF_NOISE = ("@", "#", "://", " rt", " RT")
# Script of a language; how many Latin letters weigh as much as one of its letters; letters of other languages
# in this script, and how many of these may stand in a text.
_SCRIPTS = (
    ("zh", re.compile(r"[\u4e00-\u9fff]"), 3, re.compile("(?!)"), 0),
    ("ar", re.compile(r"[\u0600-\u06ff]"), 1, re.compile("[پچژگکیےہٹڈڑ]"), 1),
    ("ru", re.compile(r"[\u0400-\u04ff]"), 1, re.compile("[іїєґўјљњћђџ]"), 0),
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_ENOUGH_LATIN = re.compile(rf"(?:[A-Za-z\u00c0-\u024f][^A-Za-z\u00c0-\u024f]*){{{FEWEST_LETTERS}}}")
ENOUGH_SMALL_WORDS = 3
SHORT = 8  # in a message of fewer words two small words of one language are enough
_LIKELY = ("en", "es", "fr", "pt")
_OTHER_SCRIPT = re.compile(r"[\u0400-\u06ff\u4e00-\u9fff]")


def identify_language(text: str) -> str:
    """Return the ISO 639-1 code of a message's language, ``und`` if the text is too short to decide.

    >>> identify_language("мы знаем где ты"), identify_language("12 :)")
    ('ru', 'und')
    """
    plain = _without_noise(text)
    if not text.isascii() and _OTHER_SCRIPT.search(text):
        latin = len(_LATIN.findall(plain))
        for code, script, weight, others, most in _SCRIPTS:
            letters = len(script.findall(plain))
            if letters and letters * weight >= latin:
                is_another = len(others.findall(plain.lower())) > most
                return _by_py3langid(plain) if is_another else code
    return _by_small_words(text.lower().replace("’", "'").split()) or _of_latin(plain)


def _without_noise(text: str) -> str:
    """A message without addresses, handles and "RT"; most have none, and a quick look tells."""
    has_noise = any(sign in text for sign in _SIGNS_OF_NOISE) or text[:2] in ("rt", "RT")
    return _NOISE.sub(" ", text) if has_noise else text


def _of_latin(text: str) -> str:
    """Language of a text in Latin letters.

    For a short message py3langid chooses among the likely languages only, because among all
    languages it guesses rare ones.
    """
    if not _ENOUGH_LATIN.search(text):
        return UNKNOWN
    lowered = text.lower()
    return _by_py3langid(lowered, _LIKELY if len(lowered.split()) < SHORT else ())


def _by_py3langid(text: str, languages: tuple[str, ...] = ()) -> str:
    """Language of a text by py3langid, among these languages or among all that it knows."""
    return str(_identifier(languages).classify(text[:LONGEST])[0])


@cache
def _identifier(languages: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    if not languages:
        return LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier = copy(_identifier(()))  # they share the arrays
    identifier.set_languages(languages)
    return identifier


def _by_small_words(words: list[str]) -> str | None:
    """Language with at least three small words in a text, if hardly any are of another language."""
    present = set(words)
    *_, (second, _), (most, code) = sorted(
        (len(present & small), code) for code, small in _small_words().items()
    )
    if most >= ENOUGH_SMALL_WORDS and most >= 3 * second:
        return code
    return code if len(words) < SHORT and most >= 2 and not second else None


@cache
def _small_words() -> dict[str, frozenset[str]]:
    listed = vocabulary("small_words")["words"]
    return {code: frozenset(str(words).split()) for code, words in listed.items()}
