"""Messages as the patterns see them: case, accents and spelling tricks undone, positions kept.

"K.i.l.l", "k1ll", "kiiill" and a word with letters of another alphabet in it are written so that
a filter does not see them. Words are mended only towards words that some pattern knows, so that
ordinary numbers, initials and names stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

TRICK = re.compile(
    r"[^\W\d_][0134578@$!*#]+[^\W\d_]|[^\W\d_][@$!*#0134578](?:\s|$)|(?<!\w)[@$][^\W\d_]"
    r"|(?<!\w)[^\W\d_](?:[ .\-_*]{1,2}[^\W\d_]){2,}(?!\w)|([^\W\d_])\1\1"
    r"|[a-zA-Z][а-яА-Я]|[а-яА-Я][a-zA-Z]|[\u200b-\u200f\u2060\u00ad]|[0134578@$][a-z]{2}"
)
_SPACED = re.compile(r"(?<!\w)[^\W\d_](?:[ .\-_*]{1,2}[^\W\d_]){2,}(?!\w)")
_ODD_WORD = re.compile(r"[\w@$!*#]+")
_RUN = re.compile(r"(.)\1{2,}")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\ufe0f\u0640")
_LEET = str.maketrans("0134578@$!#", "oieastbasih")
_LEET_L = str.maketrans("0134578@$!#", "oleastbaslh")
_LATIN = str.maketrans("асеорхуіїкмтвн", "aceopxyiikmtbh")
_CYRILLIC = str.maketrans("aceopxyikmtbh", "асеорхуікмтвн")
_LETTERS = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ё": "е",
    "’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"', "殺": "杀", "國": "国",
    "賣": "卖", "們": "们", "這": "这", "個": "个", "賊": "贼", "漢": "汉", "爛": "烂", "腦": "脑",
    "滾": "滚", "說": "说", "話": "话", "該": "该", "會": "会", "讓": "让", "媽": "妈", "兒": "儿",
    "裏": "里", "裡": "里", "住": "住", "電": "电", "號": "号", "舉": "举", "報": "报", "帳": "账",
    "騙": "骗", "間": "间", "諜": "谍", "勢": "势", "錢": "钱", "體": "体", "斷": "断", "頭": "头",
})  # fmt: skip


@dataclass(frozen=True)
class Folded:
    """A message as patterns see it; ``positions[i]`` is the place of character i as written."""

    text: str
    positions: Sequence[int]

    def as_written(self, start: int, end: int) -> tuple[int, int]:
        """First and last position (exclusive) in the message as written."""
        return self.positions[start], self.positions[max(start, end - 1)] + 1


def fold(text: str) -> Folded:
    """Lower case, without accents, vowel marks and invisible characters."""
    if text.isascii():
        return Folded(text.lower(), range(len(text)))
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in _folded(character):
            letters.append(letter)
            places.append(place)
    return Folded("".join(letters), tuple(places))


def folded_text(text: str) -> str:
    """The same without positions, for words of the lists."""
    return "".join(_folded(c) for c in text)


def mend(folded: Folded, known: frozenset[str]) -> Folded:
    """Spelling tricks undone where the mended word is one of ``known``."""
    if not TRICK.search(folded.text):
        return folded
    return _words_mended(_letters_joined(folded, known), known)


@cache
def _folded(character: str) -> str:
    if character in _INVISIBLE:
        return ""
    parts = unicodedata.normalize("NFKD", character.translate(_LETTERS))
    kept = "".join(p for p in parts if not unicodedata.combining(p)).lower()
    if character in "йЙ":
        return "й"
    return kept.translate(_LETTERS)


def _letters_joined(folded: Folded, known: frozenset[str]) -> Folded:
    """``k i l l`` and ``k.i.l.l`` become one word, if that word is known."""
    letters, places, at = [], [], 0
    for found in _SPACED.finditer(folded.text):
        spots = [i for i in range(*found.span()) if folded.text[i].isalpha()]
        if "".join(folded.text[i] for i in spots) not in known:
            continue
        letters += [folded.text[at : found.start()], *(folded.text[i] for i in spots)]
        places += [*folded.positions[at : found.start()], *(folded.positions[i] for i in spots)]
        at = found.end()
    letters.append(folded.text[at:])
    return Folded("".join(letters), (*places, *folded.positions[at:]))


def _words_mended(folded: Folded, known: frozenset[str]) -> Folded:
    out, places, at = [], [], 0
    for found in _ODD_WORD.finditer(folded.text):
        word = found.group()
        if word in known or not (TRICK.search(word) or _RUN.search(word) or not word.isalpha()):
            continue
        mended = next((w for w in _spellings(word, known) if w in known), None)
        if mended is None:
            continue
        out += [folded.text[at : found.start()], mended]
        spots = folded.positions[found.start() : found.end()]
        places += [
            *folded.positions[at : found.start()],
            *(spots[min(i, len(spots) - 1)] for i in range(len(mended))),
        ]
        at = found.end()
    out.append(folded.text[at:])
    return Folded("".join(out), (*places, *folded.positions[at:]))


def _spellings(word: str, known: frozenset[str]) -> Iterable[str]:
    """What a word may stand for, likeliest first."""
    tables = (word, word.translate(_LEET), word.translate(_LEET_L), word.strip("!*#@$"))
    for written in dict.fromkeys(tables):
        yield from (written, written.translate(_LATIN), written.translate(_CYRILLIC))
        for short in (_RUN.sub(r"\1", written), _RUN.sub(r"\1\1", written)):
            yield from (short, short.translate(_LATIN))
    if "*" in word.strip("*") or "#" in word:
        shape = re.compile("".join("." if c in "*#" else re.escape(c) for c in word) + r"\Z")
        yield from (w for w in sorted(known) if len(w) == len(word) and shape.match(w))
