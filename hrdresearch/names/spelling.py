"""How a name may be spelled: words made comparable across accents, scripts and joins.

A word is folded to plain Latin letters (NFKC, ``romanize`` or anyascii, doubled letters and the
commonest differences of romanization set equal). Scripts whose vowels publishers spell in many ways
(Arabic, Hebrew, Cyrillic, Indian, Ethiopic) are compared by their consonants too. A Chinese or
Korean character is a word of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex  # type: ignore[import-untyped]
from anyascii import anyascii

from hrdresearch.names.romanize import usual_latin

_PARTICLES = """
    al el as ad ar ash az bin ben ibn bint abu umm de da do das dos del della di du des la las los
    le van von der den ter y e ou ul ur zu dr mr mrs ms sr sra don dona
"""
SYLLABIC = regex.compile(r"[\p{Han}\p{Hangul}]")
WRITES_VOWELS = regex.compile(r"[\p{Cyrillic}\p{Devanagari}\p{Bengali}\p{Ethiopic}\p{Myanmar}]")
BY_CONSONANTS = regex.compile(
    r"[\p{Arabic}\p{Hebrew}\p{Cyrillic}\p{Devanagari}\p{Bengali}\p{Ethiopic}]"
)

_WORD = regex.compile(
    r"[\p{Han}]|[\p{Hangul}]"
    r"|(?:(?![\p{Han}\p{Hangul}])[\p{L}\p{M}])+"
    r"(?:['’‘ʼʻ`´·‧‐‑-](?:(?![\p{Han}\p{Hangul}])[\p{L}\p{M}])+)*"
)
_ASCII_WORD = re.compile(r"[A-Za-z]+(?:['`-][A-Za-z]+)*")  # the same, several times as fast
_INVISIBLE = regex.compile(r"[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]+")
_JOINT = re.compile(r"['’‘ʼʻ`´·‧‐‑-]")
ASIDE = re.compile(r"\"[^\"]{1,60}\"|\([^()]{1,60}\)|(?<!\w)'[^']{2,60}'(?!\w)")
_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "`": "'"}
)
_BREAK = re.compile(r"\s\d|\n\s*\n|[|]|[!?;](?:\s|$)")
_STOP = re.compile(r"[.:](?:\s|$)")


class Word(NamedTuple):
    """A word of a text.

    start, end: its position. pieces: its parts between hyphens, folded. is_syllable: a Chinese or
    Korean character. by_consonants: its script is compared by consonants.
    """

    start: int
    end: int
    raw: str
    pieces: tuple[str, ...]
    is_capital: bool
    is_syllable: bool
    by_consonants: bool

    @property
    def joined(self) -> str:
        """The pieces as one folded word (``Jean-Luc`` as ``jeanluc``)."""
        return merge_romanizations("".join(self.pieces))


def plain_text(text: str) -> str:
    """The text in Unicode form NFKC, without invisible characters (zero width, soft hyphen).

    >>> plain_text("Zu\\u200bnela")
    'Zunela'
    """
    text = unicodedata.normalize("NFKC", text)
    return text if text.isascii() else str(_INVISIBLE.sub("", text))


def plain_quotes(text: str) -> str:
    """The text with straight quotation marks in place of curved and angular ones.

    >>> plain_quotes("«Zunela»")
    '"Zunela"'
    """
    return text.translate(_QUOTES)


def word_runs(text: str) -> Iterator[list[Word]]:
    """Words of a text in runs in which one name may stand; the end of a sentence ends a run."""
    run: list[Word] = []
    for word in text_words(text):
        if run and _breaks(run[-1], text[run[-1].end : word.start]):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def raw_words(text: str) -> list[tuple[str, int, int]]:
    """All words of a text in their order, each as it is written, with its place.

    >>> raw_words("Testal (38)")
    [('Testal', 0, 6)]
    """
    return [(match.group(), *match.span()) for match in _words_in(text)]


@lru_cache(maxsize=20_000)
def text_words(text: str) -> tuple[Word, ...]:
    """All words of a text in their order.

    >>> [word.raw for word in text_words("Testal (38). Zunela")]
    ['Testal', 'Zunela']
    """
    return tuple(
        Word(match.start(), match.end(), match.group(), *_word(match.group()))
        for match in _words_in(text)
    )


def _words_in(text: str) -> Iterator[re.Match[str]]:
    word: re.Pattern[str] = _ASCII_WORD if text.isascii() else _WORD
    return word.finditer(text)


def folded_words(text: str) -> str:
    """The words of a text as they are compared, in their order.

    >>> folded_words("Jean-Luc TESTAL")
    'iean luc testal'
    """
    return " ".join(p for run in word_runs(plain_text(text)) for word in run for p in word.pieces)


def fold_word(raw: str) -> str:
    """A word in plain Latin letters; usual spellings of one word mostly become equal.

    >>> fold_word("Khadidja") == fold_word("Hadidja")
    True
    """
    return merge_romanizations(plain_letters(raw))


@lru_cache(maxsize=200_000)
def plain_letters(raw: str) -> str:
    """A word in small Latin letters, as it is spelled.

    >>> plain_letters("Khadîdja")
    'khadidja'
    """
    return re.sub(r"[^a-z]", "", _latin_letters(raw))


def _latin_letters(raw: str) -> str:
    return usual_latin(raw) if WRITES_VOWELS.search(raw) else anyascii(raw).lower()


def digest_words(text: str) -> list[str]:
    """Words of a name for digests that are kept with a build.

    Their folding never changes: a name must be found again in builds of earlier versions.

    >>> digest_words("Shukri TESTAL")
    ['shukri', 'testal']
    """
    pieces = [
        p for run in word_runs(plain_text(text)) for word in run for p in _JOINT.split(word.raw)
    ]
    letters = (re.sub(r"[^a-z]", "", anyascii(piece).lower()) for piece in pieces)
    return [folded for each in letters if (folded := _merged(each, _DIGEST_LETTERS))]


def merge_romanizations(letters: str) -> str:
    """Letters with the most common differences of romanization, and doubled letters, made equal.

    >>> merge_romanizations("youssef") == merge_romanizations("yusef")
    True
    """
    return _merged(letters, _SAME_LETTERS)


def _merged(letters: str, pairs: tuple[list[str], ...]) -> str:
    for many, one in pairs:
        letters = letters.replace(many, one)
    return re.sub(r"(.)\1+", r"\1", letters)


@lru_cache(maxsize=200_000)
def consonant_skeletons(raw: str) -> tuple[str, ...]:
    """Consonants of a word as Arabic or Hebrew script writes them, in Latin letters.

    raw: the word as written. ``Abd al-X`` gives two words.

    >>> consonant_skeletons("Mohammed") == consonant_skeletons("Muhammad")
    True
    """
    letters = re.sub(r"[^a-z]", "", _latin_letters(raw))
    if raw.startswith("ال"):
        letters = re.sub(r"^a?l(?=.{2})", "", letters)
    servant = re.match(r"a?bd(?:[aeu]?l)(?=.{3})", letters)
    parts = ["abd", letters[servant.end() :]] if servant else [letters]
    return tuple(s for s in (_consonants(part) for part in parts) if s)


def _consonants(letters: str) -> str:
    letters = re.sub(r"^(?:al|el)(?=.{4})", "", letters)
    for many, one in _SAME_SOUND:
        letters = letters.replace(many, one)
    letters = re.sub(r"h$", "", letters)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyw]", "", letters))


_SAME_SOUND = tuple(
    pair.split(">")
    for pair in ("kh>x", "sh>c", "ch>c", "gh>j", "th>t", "dh>d", "ph>f", "q>k", "g>j", "v>f", "p>b")
)
_SAME_LETTERS = tuple(
    pair.split(">")
    for pair in (
        *("ksh>ks", "kh>h", "ph>f", "bh>b", "dh>d", "gh>g", "th>t", "ck>k", "x>ks", "oo>u"),
        *("ou>u", "ee>i", "sh>s", "y>i", "j>i", "w>v", "q>k"),
    )
)
_DIGEST_LETTERS = tuple(
    pair.split(">") for pair in ("kh>h", "ph>f", "x>ks", "ck>k", "y>i", "j>i", "w>v")
)
PARTICLES = frozenset(fold_word(particle) for particle in _PARTICLES.split())


@lru_cache(maxsize=200_000)
def _word(raw: str) -> tuple[tuple[str, ...], bool, bool, bool]:
    pieces = tuple(p for p in (fold_word(part) for part in _JOINT.split(raw)) if p)
    first = raw[0]
    is_capital = first == first.upper() or any(
        part[:1] != part[:1].lower() for part in _JOINT.split(raw)
    )
    return pieces, is_capital, bool(SYLLABIC.match(raw)), bool(BY_CONSONANTS.search(raw))


def _breaks(before: Word, gap: str) -> bool:
    if gap == " " or not gap:
        return False
    if len(gap) > 12 or _BREAK.search(gap):
        return True
    return bool(_STOP.search(gap)) and before.end - before.start > 3
