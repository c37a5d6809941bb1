"""Forms of one name whose letters differ: pet names, forms in related languages, Chinese characters."""

from __future__ import annotations

from functools import cache, lru_cache

from hrdresearch.names.name_words import NameWord
from hrdresearch.names.romanize import characters_by_syllable
from hrdresearch.names.word_sounds import consonant_classes, sound_likeness, to_sounds
from hrdresearch.vocab import vocabulary

_NATIVE_MARKS = ".123"  # sounds that only other scripts have
_SAME = 0.94  # likeness from which a word of another script is taken for a listed form


@lru_cache(maxsize=100_000)
def equivalent_groups(part: NameWord) -> frozenset[int]:
    """Groups of forms of one name, such as Sasha and Oleksandr, to which a word belongs.

    A group is a line of ``vocab/name_equivalents.yml``; the result holds the numbers of these lines.

    >>> from hrdresearch.names.name_words import split_name
    >>> short, full = (split_name(name).words[0] for name in ("Sasha", "Олександр"))
    >>> bool(equivalent_groups(short) & equivalent_groups(full))
    True
    """
    found: set[int] = set()
    for reading in part.sounds:
        found |= _groups_by_form().get(_folded(reading), frozenset())
        if not found and reading.strip(_NATIVE_MARKS) and set(reading) & set(_NATIVE_MARKS):
            near = _forms_by_consonants().get(consonant_classes(reading), ())
            found |= {n for form, n in near if sound_likeness(form, reading) >= _SAME}
    return frozenset(found)


def characters_read_as(part: NameWord) -> frozenset[str]:
    """Chinese and Korean characters that may be written as this word in Latin letters.

    >>> from hrdresearch.names.name_words import split_name
    >>> lee, yi = (split_name(name).words[0] for name in ("Lee", "Yi"))
    >>> bool(characters_read_as(lee) & characters_read_as(yi))
    True
    """
    found: set[str] = set()
    for reading in part.letters:
        found |= characters_by_syllable().get(reading, frozenset())
    return frozenset(found)


@cache
def _listed_forms() -> list[tuple[str, int]]:
    """Sounds of each form in the vocabulary, with the number of its group."""
    return [
        (to_sounds(form.replace("_", "")), number)
        for number, line in enumerate(vocabulary("name_equivalents")["groups"])
        for form in line.split()
    ]


@cache
def _groups_by_form() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for sound, number in _listed_forms():
        found.setdefault(_folded(sound), set()).add(number)
    return {form: frozenset(numbers) for form, numbers in found.items()}


@cache
def _forms_by_consonants() -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for sound, number in _listed_forms():
        found.setdefault(consonant_classes(sound), []).append((sound, number))
    return found


def _folded(sound: str) -> str:
    return sound.replace(".", "").replace("y", "i").replace("1", "i").replace("ii", "i")
