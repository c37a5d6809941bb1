"""Makes keys that a name has in every system of transliteration: consonants of its words, in classes.

Vowels and what glides between them are left out; sounds that systems write with the same letters
fall into one class. Coarser than the comparison of linkage (``name_comparison``), which needs both
names: a key can be hashed. ``candidates`` uses classes that are coarser still.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations, product

from hrdresearch.names.name_words import NameWord, split_name

FEWEST_CONSONANTS = 4  # of two words together
_MOST_WORDS = 5
_HYPHEN = re.compile("[-‐‑]")
_SOFT_C = re.compile("c(?=[eiyE])")
_CLASSES = {
    "k": "kqgGc",
    "s": "sSCTzZX",
    "h": "xh",
    "f": "fv",
    "t": "tHd",
    "n": "nNñ",
    "p": "bp",
    "l": "l",
    "r": "r",
    "m": "m",
}
_CLASS = {sound: name for name, sounds in _CLASSES.items() for sound in sounds}
_EITHER = {
    "J": ("s", ""),
    "w": ("f", ""),
    "v": ("f", "p"),
}  # sounds that are a consonant in one system only


@lru_cache(maxsize=100_000)
def sound_pairs(name: str) -> frozenset[str]:
    """Keys of every two words of a printed name; the order of the words does not matter.

    >>> bool(sound_pairs("Yuri Shcherbakov") & sound_pairs("CHTCHERBAKOV Iouri"))
    True
    >>> bool(sound_pairs("Zunela Testal") & sound_pairs("Zunera Testal"))
    False
    """
    found: set[str] = set()
    for spelled in dict.fromkeys((name, _HYPHEN.sub("", name))):
        words = [w for w in split_name(spelled).words if not (w.is_optional or w.is_initial)]
        for one, other in combinations(words[:_MOST_WORDS], 2):
            pairs = product(sound_keys(one), sound_keys(other))
            found |= {
                " ".join(sorted(p))
                for p in pairs
                if len("".join(p).replace("-", "")) >= FEWEST_CONSONANTS
            }
    return frozenset(found)


@lru_cache(maxsize=100_000)
def sound_keys(word: NameWord) -> frozenset[str]:
    """Keys of one word, for each of its readings; "-" at the beginning: it begins with a vowel."""
    found: set[str] = set()
    for sound in word.sounds:
        sound = _SOFT_C.sub("s", sound)
        begins = "-" if sound[:1] in "aeiouyEU.1" or sound[:1] == "J" else ""
        options = [_EITHER.get(s, (_CLASS.get(s, ""),)) for s in sound.removesuffix("h")]
        for letters in product(*options[:12]):
            key = re.sub(r"(.)\1+", r"\1", "".join(letters))
            if key:
                found.add(begins + key if not (letters[0] and sound[:1] == "J") else key)
    return frozenset(found)
