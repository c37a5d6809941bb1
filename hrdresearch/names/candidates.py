"""Finds the pairs of names that are worth comparing: two spellings of one name share a key.

Comparing every name with every other grows with the square of the lists. Names are compared only
within a key (blocking, as in Fellegi and Sunter, 1969): two words of the name, by their consonants
in five classes that hardly any spelling crosses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from hrdresearch.names.equivalent_forms import characters_read_as, equivalent_groups
from hrdresearch.names.name_words import NameWord, joined_words, split_name
from hrdresearch.names.word_sounds import consonant_classes

_MOST_WORDS = 6  # words of one name from which keys are made
_GLIDES = re.compile("[bvwJ3gG]|[rf]$")  # sounds that some publishers write as a vowel, y or w


def candidate_keys(name: str) -> frozenset[str]:
    """Keys of a printed name; two names are worth comparing when they share one.

    A key is the consonants of two words of the name, in any order; the key of a name of one word is
    that word. A name without letters has no key.

    >>> sorted(candidate_keys("Zunela Testal")) == sorted(candidate_keys("ТЕСТАЛ, Зунела"))
    True
    >>> candidate_keys("")
    frozenset()
    """
    found: set[str] = set()
    parts = split_name(name)
    for words in (parts.words, *parts.others):
        units = [u for u in joined_words(words[:_MOST_WORDS], 3) if not u.word.is_initial]
        for one, other in combinations(units, 2):
            if one.last < other.first or other.last < one.first:
                found |= {
                    " ".join(sorted((a, b)))
                    for a in word_keys(one.word)
                    for b in word_keys(other.word)
                }
        if len(units) == 1:
            found |= word_keys(units[0].word)
    return frozenset(found)


def candidate_pairs(names: Iterable[str], others: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names from two lists that share a key, each pair once.

    names, others: two lists of printed names; the same list twice gives each pair in both orders.
    """
    by_key: dict[str, list[str]] = {}
    for other in dict.fromkeys(others):
        for key in candidate_keys(other):
            by_key.setdefault(key, []).append(other)
    for name in dict.fromkeys(names):
        met = dict.fromkeys(o for key in sorted(candidate_keys(name)) for o in by_key.get(key, ()))
        yield from ((name, other) for other in met)


@lru_cache(maxsize=100_000)
def word_keys(part: NameWord) -> frozenset[str]:
    """Keys of one word: its consonants in classes, with and without those that some write as a vowel.

    Words that are forms of one name, or readings of one character, share a key too.

    >>> from hrdresearch.names.name_words import split_name
    >>> sasha, oleksandr = (split_name(name).words[0] for name in ("Sasha", "Олександр"))
    >>> bool(word_keys(sasha) & word_keys(oleksandr))
    True
    """
    found = {consonant_classes(sound) or "-" for sound in part.sounds} | consonants_without_glides(
        part
    )
    found |= {f"form {n}" for n in equivalent_groups(part)}
    return frozenset(found | characters_read_as(part))


def consonants_without_glides(part: NameWord) -> frozenset[str]:
    """Consonants of a word in classes, without those that some publishers write as a vowel, y or w.

    part: a word of a name, as ``split_name`` gives it. The result has one text for each reading of the
    word; "-" if no consonant is left.
    """
    return frozenset(consonant_classes(_GLIDES.sub("", sound)) or "-" for sound in part.sounds)
