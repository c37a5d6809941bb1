"""Words of headings and cells made comparable: folded, and the same but for their endings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from hrdresearch.clean.calendars import western_digits
from hrdresearch.clean.word_roots import word_root

_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": "", "ئ": "ي", "ؤ": "و"}
)
_CYRILLIC = dict(
    zip(map(ord, "ABEKMHOPCTXaeopcxyk"), "АВЕКМНОРСТХаеорсхук", strict=True)
)  # look alike
_MIXED = re.compile(r"[^\W\d_]*[А-яЁё][^\W\d_]*")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
URL = re.compile(r"(?:https?://|www\.)\S+|\S+\.(?:com|org|net)(?:/\S*)?", re.I)
NOT_THE_SAME = frozenset({("county", "country"), ("country", "county")})
SHORTEST_STEM = 4
START = SHORTEST_STEM - 1  # letters that words with the same stem share


# fmt: off
SMALL_WORDS = frozenset((
    "de", "del", "la", "el", "los", "las", "of", "the", "a", "an", "in", "on", "at", "du", "des", "le", "les",
    "l", "d", "da", "do", "dos", "das", "em", "no", "na", "y", "et", "e", "и", "в", "о", "по", "с",
))
# fmt: on


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """A text in small letters, without accents and marks, words parted by one space.

    >>> fold("FechaDelHecho"), fold("  Ф.И.О. "), fold("Date_of-Death")
    ('fecha del hecho', 'ф и о', 'date of death')
    """
    text = western_digits(_CAMEL.sub(" ", text.replace("№", " no ")))
    text = _MIXED.sub(lambda m: m[0].translate(_CYRILLIC), text)
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare.casefold().translate(_ARABIC)))


def stem_of(word: str) -> str:
    """What two words must share to be the same but for their ends."""
    return word_root(word)[:START]


def holds(words: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether the words of a phrase follow each other in a text; word ends may differ."""
    return bool(places_of(words, phrase))


def places_of(words: Sequence[str], phrase: Sequence[str]) -> list[int]:
    """Where the words of a phrase follow each other in a text; word ends may differ."""
    n = len(phrase)
    return [
        at
        for at in range(len(words) - n + 1)
        if same_stem(words[at], phrase[0])
        and all(same_stem(a, b) for a, b in zip(words[at : at + n], phrase, strict=True))
    ]


@lru_cache(maxsize=200_000)
def same_stem(a: str, b: str) -> bool:
    """Whether two words are the same but for their endings; a county is no country."""
    if a == b or (a, b) in NOT_THE_SAME:
        return a == b
    if word_root(a) == word_root(b):
        return True
    shorter, longer = sorted((a, b), key=len)
    most = 2 if len(shorter) > SHORTEST_STEM + 2 else 1  # a prison is no prisoner
    if len(shorter) < SHORTEST_STEM or len(longer) - len(shorter) > most:
        return False
    if len(shorter) <= SHORTEST_STEM + 1:  # of short words only an ending may be added
        return longer.startswith(shorter) and len(longer) - len(shorter) == 1
    return a[: len(shorter) - 1] == b[: len(shorter) - 1]


def is_name_like(value: str) -> bool:
    """Whether a text may be a person's name: a few words without digits, each with a capital."""
    words = [w for w in re.split(r"[\s,.]+", value) if w]
    if any(c.isdigit() for c in value) or len(value) > 70 or URL.match(value):
        return False
    if (
        len(words) == 1
        and not value.isascii()
        and not value[0].isupper()
        and not value[0].islower()
    ):
        return 2 <= len(value) <= 4  # Chinese, Korean
    capitals = [w[0].isupper() or not w[0].islower() for w in words if len(fold(w)) > 3]
    return 2 <= len(words) <= 8 and all(capitals)


def is_name_in_capitals(value: str) -> bool:
    """Whether a text looks like a person's name by its capitals ("Ruling Party" does, too)."""
    return any(c.isupper() for c in value) and is_name_like(value)
