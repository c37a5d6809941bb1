"""Names of other scripts in Latin letters, with a mark for vowels that the script leaves out.

Latin letters that sound as ``vocab/name_sounds.yml`` says; a full stop stands for a short vowel
that publishers write or not (Arabic, Hebrew, the vowel within an Indian or Ethiopian consonant).
Scripts without a table there (Greek, Georgian, Armenian, Thai ...) go through anyascii.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from anyascii import anyascii

from hrdresearch.vocab import vocabulary

_INDIC = range(0x900, 0xD80)  # Devanagari to Malayalam: blocks of 128 signs in one order
_BENGALI = 0x980
_VIRAMA, _NUKTA = 77, 60
_ETHIOPIC, _BURMESE = range(0x1200, 0x1360), range(0x1000, 0x10A0)
_ABJAD = {"arabic": range(0x600, 0x700), "hebrew": range(0x590, 0x600)}
_CYRILLIC = range(0x400, 0x530)
BURMESE = re.compile("[\u1000-\u109f]")
_BURMESE_WORD = re.compile("[\u1000-\u109f]+")
_HANGUL = range(0xAC00, 0xD7A4)
_SECOND_RHYMES = {
    "ေ": "ay",
    "ာ": "ar",
    "ါ": "ar",
    "ိုက်": "ike",
    "ိုင်": "ine",
}  # rhymes that are spelled in two ways
_UNWRITTEN = re.compile(r"(?<=[a-z])\.(?=[a-z])")
_OTHER_SIGNS = str.maketrans({".": "", "1": "i", "2": "u", "3": "r", "4": "n"})
_AFTER_ONE = re.compile(r"^([^aeiou.12]+)([12])(?=.*[^aeiou.12])")  # Qais: its a is not written
_SYLLABLE = re.compile(r"[က-ဪ][ျြွှ]*(?:[က-အဉ]့?း?့်?|[ါ-ှ])*")


@lru_cache(maxsize=200_000)
def romanize(word: str) -> tuple[str, ...]:
    """Spellings of one word in small Latin letters, the usual one first.

    Latin words lose their accents. A Chinese or Korean character has one spelling for each
    tradition; other words have one or two (Arabic: with an unwritten a before y or w). A full stop marks
    a short vowel that the script omits.

    >>> romanize("محمد"), romanize("Щербаков")
    (('m.h.m.d',), ('shcherbakov',))
    >>> romanize("قيس")
    ('q1s', 'qa1s')
    """
    word = unicodedata.normalize("NFC", word).lower()
    code = next((ord(c) for c in word if c.isalpha()), 0)
    for script, signs in _ABJAD.items():
        if code in signs:
            reading = _abjad(word, script)
            return tuple(dict.fromkeys([reading, _AFTER_ONE.sub(r"\1a\2", reading)]))
    if code in _CYRILLIC:
        return _cyrillic(word)
    if code in _INDIC:
        return (_indic(word),)
    if code in _ETHIOPIC:
        return (_ethiopic(word),)
    if code in _BURMESE:
        return _burmese(word)
    plain = re.sub(r"[^a-z]", "", anyascii(word.translate(_accents())).lower())
    if code in _HANGUL or code >= 0x3400:
        return tuple(dict.fromkeys([plain, *_readings().get(word, ())]))
    return tuple(dict.fromkeys([plain, re.sub(r"[^a-z]", "", anyascii(word).lower())]))


def usual_latin(word: str) -> str:
    """A word as it is most often printed in Latin letters: the first reading, vowels filled in.

    Arabic and Hebrew words keep no short vowels, because the script does not write them.

    >>> usual_latin("राजेश"), usual_latin("Щербаков")
    ('rajesh', 'shcherbakov')
    """
    reading = romanize(word)[0].rstrip(".")
    if ord(word[0]) in _ETHIOPIC:  # a vowel that is heard after the first consonant alone
        reading = re.sub(r"^([a-z]+)\.", r"\1i", reading).replace(".", "")
    return _UNWRITTEN.sub("a", reading).translate(_OTHER_SIGNS)


def burmese_syllables(word: str) -> list[str]:
    """Syllables of a Burmese word; Burmese names are written without spaces.

    >>> len(burmese_syllables("ကျော်ဇော်"))
    2
    """
    return _SYLLABLE.findall(_unstacked(word)) or [word]


def burmese_in_latin_letters(text: str) -> str:
    """The text with its Burmese words in Latin letters, one word for each syllable.

    >>> burmese_in_latin_letters("ကျော်ဇော် spoke")
    'Kyaw Zaw spoke'
    """
    return _BURMESE_WORD.sub(
        lambda m: " ".join(usual_latin(s).capitalize() for s in burmese_syllables(m[0])), text
    )


@cache
def characters_by_syllable() -> dict[str, frozenset[str]]:
    """Chinese and Korean characters by the Latin syllables that spell them (``lee``, ``yi``)."""
    found: dict[str, set[str]] = {}
    for sign, readings in _readings().items():
        for reading in readings:
            found.setdefault(reading, set()).add(sign)
    return {reading: frozenset(signs) for reading, signs in found.items()}


@cache
def _table(name: str) -> dict[Any, Any]:
    return dict(vocabulary("name_sounds")[name])


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for script in ("han", "hangul"):
        for line in vocabulary("name_readings")[script].split("|"):
            if words := line.split():
                found[words[0]] = (*found.get(words[0], ()), *words[1:])
    return found


@cache
def _accents() -> dict[int, str]:
    return {ord(letter): sound for letter, sound in _table("accents").items()}


def _abjad(word: str, script: str) -> str:
    """Consonants with a mark after each that no long vowel follows."""
    letters = "".join(c for c in word if not unicodedata.combining(c))
    if script == "arabic":
        letters = re.sub(r"^(?:و?ال)(?=..)", "", letters)
        letters = re.sub(r"وا$", "و", letters)
    table = _table(script)
    out = [table.get(letter, "") for letter in letters]
    if letters[:1] == "ا":
        out[0] = "."
    marked = ""
    for sound in out:
        is_long = sound[:1] in ("a", "1", "2", "i", ".")
        if marked and marked[-1] not in "a12." and not is_long and sound:
            marked += "."
        marked += sound
    return marked


def _cyrillic(word: str) -> tuple[str, ...]:
    """One reading with ё as yo and one as e; Ukrainian words read и as y and г as h."""
    table = _table("cyrillic")
    letters = {**table, "и": "y", "г": "h"} if re.search("[іїєґ]", word) else table
    plain = re.sub(r"(?<=[жшчщ])ё", "о", word)
    readings = (plain, word.replace("ё", "е"))
    return tuple(dict.fromkeys("".join(letters.get(c, "") for c in text) for text in readings))


@cache
def _indic_consonants() -> dict[int, str]:
    pairs = _table("indic")["consonants"].split()
    return {int(at): sound for at, sound in zip(pairs[::2], pairs[1::2], strict=True)}


def _indic(word: str) -> str:
    """Consonants with a mark for the vowel within, unless a vowel sign or virama follows."""
    table, consonants, out = _table("indic"), _indic_consonants(), ""
    signs = [(ord(s) & ~0x7F, ord(s) & 0x7F) for s in word]
    for (block, at), (_, after) in zip(signs, [*signs[1:], (0, 0)], strict=True):
        is_bengali = block == _BENGALI and not (out and out[-1] not in "aeiou.")
        own = {**consonants, **(table["bengali"] if is_bengali else {})}
        if at in consonants:
            sound = table["with_nukta"].get(at, own[at]) if after == _NUKTA else own[at]
            out += sound + "."
        elif at == _VIRAMA:
            out = out.removesuffix(".")
        elif at in table["signs"]:
            out = out.removesuffix(".") + table["signs"][at]
        elif at in (1, 2):
            out += own.get(at, "4" if at == 1 else "n")
        else:
            out += table["vowels"].get(at, "")
    return out


@cache
def _ethiopic_signs() -> dict[str, str]:
    pairs, orders = _table("ethiopic")["rows"].split(), _table("ethiopic")["orders"].split()
    signs = {}
    for start, sound in zip(pairs[::2], pairs[1::2], strict=True):
        for order, vowel in enumerate(orders):
            of_throat = sound in ("_", "h") and order == 0
            signs[chr(int(start, 16) + order)] = sound.strip("_") + ("a" if of_throat else vowel)
    return signs


def _ethiopic(word: str) -> str:
    return "".join(_ethiopic_signs().get(sign, "") for sign in word)


@cache
def _burmese_table(kind: str) -> dict[str, str]:
    held = _table("burmese")[kind]
    words = held.split() if isinstance(held, str) else []
    found = dict(zip(words[::2], words[1::2], strict=True)) if words else dict(held)
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def _burmese(word: str) -> tuple[str, ...]:
    """Syllable by syllable: onset, medial consonants, rhyme; a second reading has ``ay`` and ``ar``."""
    text = re.sub("([ျြွ]+)ှ", "ှ\\1", _unstacked(word))
    text = re.sub("([ငနမဉဏ])(?:့်|့်)", "\\1်-", text)  # a creaky nasal is spelled nt
    text = re.sub("[့း]", "", text)
    rhymes = _burmese_table("rhymes")
    readings = [
        _burmese_reading(text, rhymes),
        _burmese_reading(text, {**rhymes, **_SECOND_RHYMES}),
    ]
    return tuple(dict.fromkeys(readings))


def _burmese_reading(text: str, rhymes: dict[str, str]) -> str:
    out = ""
    tables = [rhymes, *map(_burmese_table, ("clusters", "medials", "onsets"))]
    while text:
        found = ((n, s) for n, t in enumerate(tables) for s in t if text.startswith(s))
        kind, sign = next(found, (-1, text[0]))
        out += tables[kind][sign].strip("_") if kind >= 0 else "t" if sign == "-" else ""
        text = text[len(sign) :]
        if kind > 0 and not "ဣ" <= sign <= "ဪ" and re.match("[က-အ](?!်)|$", text):
            out += "a"  # a consonant without a rhyme
    return out.replace("wun", "un").replace("wut", "ut")


def _unstacked(word: str) -> str:
    """Stacked consonants apart: the upper one closes its syllable."""
    return re.sub("(.)္(.)", "\\1်\\2", unicodedata.normalize("NFC", word))
