"""Forms of one name that its letters do not show: pet names, related languages, characters."""

from __future__ import annotations

from functools import cache, lru_cache

from hrdresearch.names.parts import Part
from hrdresearch.names.romanize import spelled_alike
from hrdresearch.names.sounds import consonant_classes, likeness, sounds
from hrdresearch.vocab import vocabulary

_NATIVE_MARKS = ".123"  # sounds that only other scripts have
_SAME = 0.94  # likeness from which a word of another script is taken for a listed form


@lru_cache(maxsize=100_000)
def forms_of(part: Part) -> frozenset[int]:
    """Numbers of the groups of ``vocab/name_equivalents.yml`` that a word of a name stands in.

    >>> from hrdresearch.names.parts import name_parts
    >>> bool(forms_of(name_parts("Sasha").words[0]) & forms_of(name_parts("Олександр").words[0]))
    True
    """
    found: set[int] = set()
    for reading in part.sounds:
        found |= _equivalents().get(_folded(reading), frozenset())
        if not found and reading.strip(_NATIVE_MARKS) and set(reading) & set(_NATIVE_MARKS):
            near = _forms_by_consonants().get(consonant_classes(reading), ())
            found |= {n for form, n in near if likeness(form, reading) >= _SAME}
    return frozenset(found)


def characters_of(part: Part) -> frozenset[str]:
    """Chinese and Korean characters of which a word is a reading.

    >>> from hrdresearch.names.parts import name_parts
    >>> bool(characters_of(name_parts("Lee").words[0]) & characters_of(name_parts("Yi").words[0]))
    True
    """
    found: set[str] = set()
    for reading in part.letters:
        found |= spelled_alike().get(reading, frozenset())
    return frozenset(found)


@cache
def _equivalents() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(vocabulary("name_equivalents")["groups"]):
        for form in line.split():
            found.setdefault(_folded(sounds(form.replace("_", ""))), set()).add(number)
    return {form: frozenset(numbers) for form, numbers in found.items()}


@cache
def _forms_by_consonants() -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for number, line in enumerate(vocabulary("name_equivalents")["groups"]):
        for form in line.split():
            sound = sounds(form.replace("_", ""))
            found.setdefault(consonant_classes(sound), []).append((sound, number))
    return found


def _folded(sound: str) -> str:
    return sound.replace(".", "").replace("y", "i").replace("1", "i").replace("ii", "i")
