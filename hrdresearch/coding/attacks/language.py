"""Language of a short message: by its script first, then by py3langid among those we code.

A message with too few letters to tell is ``und``. Latin letters are told apart among all languages
that py3langid knows, so that German or Turkish is not forced into one of ours.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from hrdresearch.vocab import vocabulary

UNKNOWN = "und"
FEWEST_LETTERS = 6
_NOISE = re.compile(r"https?://\S+|@\w+|#|\brt\b", re.IGNORECASE)
_SCRIPTS = (
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_NOT_RUSSIAN = re.compile("[іїєґўјљњћђџ]")
_NOT_ARABIC = re.compile("[پچژگکیےہٹڈڑ]")
ENOUGH_SMALL_WORDS = 3
_SMALL_WORDS = {
    code: frozenset(words.split()) for code, words in vocabulary("small_words")["words"].items()
}
_LIKELY = ("en", "es", "fr", "pt")


def identify(text: str) -> str:
    """ISO 639-1 code of a message, ``und`` when it cannot be told."""
    plain = _NOISE.sub(" ", text)
    latin = len(_LATIN.findall(plain))
    for code, script in _SCRIPTS:
        letters = len(script.findall(plain))
        if letters and letters * (3 if code == "zh" else 1) >= latin:
            return _of_script(code, plain)
    if latin < FEWEST_LETTERS:
        return UNKNOWN
    return _of_latin(plain)


def _of_script(code: str, text: str) -> str:
    lowered = text.lower()
    if code == "ru" and len(_NOT_RUSSIAN.findall(lowered)) > 0:
        return str(_identifier(()).classify(text)[0])
    if code == "ar" and len(_NOT_ARABIC.findall(lowered)) > 1:
        return str(_identifier(()).classify(text)[0])
    return code


def _of_latin(text: str) -> str:
    """Among ours by default: on a short message the wide set guesses rare languages."""
    lowered = text.lower()
    words = lowered.split()
    if (known := _by_small_words(words)) is not None:
        return known
    if len(words) < 8:
        return str(_identifier(_LIKELY).classify(lowered)[0])
    return str(_identifier(()).classify(lowered)[0])


def _by_small_words(words: list[str]) -> str | None:
    """The language that at least three small words are of, and hardly any of another."""
    found = sorted(
        ((len(own.intersection(words)), code) for code, own in _SMALL_WORDS.items()), reverse=True
    )
    (most, code), (second, _) = found[0], found[1]
    return code if most >= ENOUGH_SMALL_WORDS and most >= 3 * second else None


@cache
def _identifier(languages: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    made = LanguageIdentifier.from_model_file(MODEL_FILE)
    if languages:
        made.set_languages(list(languages))
    return made
