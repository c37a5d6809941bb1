"""Splits a printed name into its words, with their sounds; aliases and nicknames stand apart."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from hrdresearch.names.romanize import BURMESE, burmese_syllables, romanize
from hrdresearch.names.spelling import (
    ASIDE,
    PARTICLES,
    SYLLABIC,
    fold_word,
    plain_quotes,
    plain_text,
    word_runs,
)
from hrdresearch.names.syllable_spellings import is_chinese, is_syllable, split_chinese_names
from hrdresearch.names.word_sounds import to_sounds
from hrdresearch.vocab import vocabulary

_DIN = re.compile(r"\b(?!geraldin)(\w{3,})?[ -]?(?:[aeiou]d|[ae]l)[ '-]?d(?:i|ee|y)ne?\b", re.I)
_ARABIC_DIN = re.compile(r"\b(\w{2,}) ?ال ?دين\b")
_BEN = re.compile(r"\bben(?!jam)(?=[^\W\dei_]\w{3,}\b)", re.I)
_ALSO = re.compile(
    r"\b(?:a\.?k\.?a\.?|alias|(?:also |better )?known as|dit|alcunha|(?:también )?conocid[oa] como)\b|;",
    re.I,
)
_LETTERS = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+")
_HYPHEN = re.compile(r"[‧·‐‑-]")
_ABD = re.compile(r"^(?:abd|عبد)")
_LONGEST = 18  # letters of words that are taken as one
_ARTICLE = re.compile(r"^(?:[ae]l|ad|an|ar|as|ash|at|az|ed|en|er|es|et|ez|ul|us|ur)$")
_LATIN_ABD = re.compile(r"^abd(?:[aeiou]+(?:l|([rsnzdt])(?=\1)))?(.{2,})$")
_JOINED_ARTICLE = re.compile(r"^(?:[ae]l|a(?=([dnrstz])\1)[dnrstz])(?=.{4})")


class NameWord(NamedTuple):
    """A word of a name.

    letters: its readings in Latin letters. sounds: these readings as ``to_sounds`` gives them.
    is_optional: a publisher may leave it out (title, particle, nickname). is_alias: it comes from a
    nickname or second name.
    """

    letters: tuple[str, ...]
    sounds: tuple[str, ...]
    is_optional: bool = False
    is_initial: bool = False
    is_article: bool = False
    is_alias: bool = False


class JoinedWords(NamedTuple):
    """Neighbouring words of a name, from ``first`` to ``last``, as one word."""

    first: int
    last: int
    word: NameWord


class NameWords(NamedTuple):
    """The words of a name.

    words: in their order. others: other full names of the person. keeps_order: publishers never
    change the order of the words (Burmese). is_syllabic: publishers seldom leave out a word,
    because each is one syllable (Burmese, Chinese, Korean, Vietnamese).
    """

    words: tuple[NameWord, ...]
    others: tuple[tuple[NameWord, ...], ...]
    keeps_order: bool
    is_syllabic: bool


@lru_cache(maxsize=100_000)
def split_name(name: str) -> NameWords:
    """Split a printed name into words; titles, particles and nicknames of one word are optional.

    >>> [part.letters[0] for part in split_name("Dr. Zunela de Testal").words]
    ['dr', 'zunela', 'de', 'testal']
    """
    text = plain_quotes(plain_text(name)).replace("،", " ").replace("·", " ")
    asides = [aside.strip("\"'()") for aside in ASIDE.findall(text)]
    main, *also = _ALSO.split(ASIDE.sub(" ", text))
    words = _words(main)
    others = []
    for other in map(_words, [*asides, *also]):
        if len(other) > 1:
            others.append(tuple(other))
        words += [p._replace(is_optional=True, is_alias=True) for p in other if len(other) == 1]
    is_burmese = bool(BURMESE.search(text))
    by_syllables = (
        is_burmese or bool(SYLLABIC.search(text)) or all(is_syllable(w.letters[0]) for w in words)
    )
    return NameWords(tuple(words), tuple(others), is_burmese, by_syllables)


@lru_cache(maxsize=500_000)
def word_of_any_name(word: str) -> NameWord | None:
    """The word as part of a name, if the words beside it make no difference; else None.

    For most words they make none, so that a long list is read faster. They do for titles, particles,
    Abd (servant of) and Chinese syllables.

    >>> word_of_any_name("Testal").letters, word_of_any_name("Dr")
    (('testal',), None)
    """
    lower = word.lower()
    if not _LETTERS.fullmatch(word) or plain_text(word) != word or is_chinese(word):
        return None
    if (
        split_joined_names(word) != word
        or _ALSO.search(word)
        or (_ABD.match(lower) and len(_after_abd(lower)) < 2)
    ):
        return None
    own = _part(word, is_first=True)
    is_plain = own == _part(word, is_first=False) and not own.is_optional and not own.is_initial
    return own if is_plain and own.letters[0] else None


@lru_cache(maxsize=50_000)
def joined_words(parts: tuple[NameWord, ...], most: int) -> list[JoinedWords]:
    """List the words of a name, and then each run of two to ``most`` neighbouring words as one word.

    >>> [j.word.letters[0] for j in joined_words(split_name("Wut Yi").words, 2)]
    ['wut', 'yi', 'wutyi']
    """
    units = [JoinedWords(n, n, part) for n, part in enumerate(parts)]
    for size in range(2, most + 1):
        for first in range(len(parts) - size + 1):
            joined = parts[first : first + size]
            letters = [""]
            for part in joined:
                letters = [old + new for old in letters for new in part.letters[:3]][:12]
            if len(letters[0]) <= _LONGEST:
                optional = all(part.is_optional for part in joined)
                whole = NameWord(tuple(letters), tuple(map(to_sounds, letters)), optional)
                units.append(JoinedWords(first, first + size - 1, whole))
    return units


def _words(text: str) -> list[NameWord]:
    text = split_joined_names(_long_forms(text))
    raw = [piece for run in word_runs(text) for word in run for piece in _split(word.raw)]
    raw = split_chinese_names(raw)
    parts: list[NameWord] = []
    at = 0
    while at < len(raw):
        word, at = raw[at], at + 1
        lower = word.lower()
        if _ABD.match(lower) and len(_after_abd(lower)) < 2 and at < len(raw):
            if at + 1 < len(raw) and _ARTICLE.match(raw[at].lower()):
                at += 1
            parts.append(_servant_word(raw[at]))
            at += 1
            continue
        parts.append(_part(word, is_first=not parts and len(raw) > 2))
    if sum(not part.is_optional for part in parts) < 2:
        parts = [part._replace(is_optional=False) for part in parts]
    return parts


def _part(word: str, is_first: bool) -> NameWord:
    letters = romanize(word)
    if (latin := _LATIN_ABD.match(letters[0])) and word[0].lower() == "a":
        letters = (f"abd{latin[2]}",)
    elif word.startswith("عبدال"):
        letters = tuple(f"abd{r}" for r in romanize(word.removeprefix("عبد")))
    elif bare := _JOINED_ARTICLE.sub("", letters[0]):
        letters = tuple(dict.fromkeys([*letters, bare]))
    script = unicodedata.name(word[0], "unnamed").split()[0]
    has_particles = script in ("LATIN", "ARABIC")
    is_particle = has_particles and (fold_word(word) in PARTICLES or word in _native("particles"))
    optional = is_particle or (is_first and _is_title(word))
    is_initial = len(word) == 1 and script in ("LATIN", "CYRILLIC")
    is_article = bool(_ARTICLE.match(word.lower()))
    return NameWord(letters, tuple(map(to_sounds, letters)), optional, is_initial, is_article)


def _servant_word(of: str) -> NameWord:
    """``Abd al-X`` as one word."""
    letters = tuple(f"abd{_JOINED_ARTICLE.sub('', reading)}" for reading in romanize(of))
    return NameWord(letters, tuple(map(to_sounds, letters)))


def _after_abd(lower: str) -> str:
    return re.sub(r"^(?:abd[aeiou]*l?|عبد)", "", lower)


def _split(raw: str) -> list[str]:
    pieces = [piece for piece in _HYPHEN.split(raw) if piece]
    return [s for p in pieces for s in (burmese_syllables(p) if BURMESE.search(p) else [p])]


def _long_forms(text: str) -> str:
    forms = vocabulary("name_words")["short_forms"]
    return re.sub(r"\b([A-Za-z])/(?=\w)", lambda m: f"{forms.get(m[1].lower(), m[1])} ", text)


def _is_title(word: str) -> bool:
    return word in _native("titles") or fold_word(word) in _titles()


@cache
def _titles() -> frozenset[str]:
    return frozenset(fold_word(title) for title in vocabulary("name_words")["titles"].split())


@cache
def _native(kind: str) -> frozenset[str]:
    """Titles or particles in other scripts than the Latin one."""
    return frozenset(vocabulary("name_words")[f"native_{kind}"].split())


@lru_cache(maxsize=500_000)
def split_joined_names(text: str) -> str:
    """Write names with -eddine and Ben- in a text as two words, without the article between them.

    >>> split_joined_names("Noureddine, Nur al-Din, Bensalah, Benita")
    'Nour Din, Nur Din, Ben salah, Benita'
    """
    text = _ARABIC_DIN.sub(r"\1 دين", text)
    text = _single_din().sub(r"\1 Din", text)
    return _BEN.sub("Ben ", _DIN.sub(lambda m: f"{m[1] or ''} Din", text))


@cache
def _single_din() -> re.Pattern[str]:
    before = "|".join(vocabulary("name_words")["before_din"].split())
    return re.compile(rf"\b({before})[aeiou]?d(?:i|ee|y)ne?\b", re.I)
