"""Turns the names of rows into numbers of words, so that pairs of rows are compared without letters.

Each word is examined once, however many names hold it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from hrdresearch.linkage.persons.alike_words import find_alike_words
from hrdresearch.linkage.persons.key_groups import Ints, pair_ends
from hrdresearch.names.name_words import NameWord, split_name, word_of_any_name
from hrdresearch.names.sound_keys import sound_keys

MOST_WORDS = 8
FEWEST = 300  # rows from which lists tell what is common
_SOUNDS = 2  # keys of one word
_NOWHERE = np.empty(0, dtype=int)
_VOWELS, _ENDING = re.compile("[aeiouy]"), re.compile("[aeo]$")
_DOUBLED = re.compile(r"([a-z])\1+")


class Words(NamedTuple):
    """Words in Latin letters, one entry a word; parts of a word are compared by numbers.

    letters: the word. undoubled: the word with double letters written once. lengths: number of letters.
    first: number of the first letter. stems: number of the word without a final a, e or o. bones: number
    of its consonants. anagrams: number of its letters in any order. signs: one bit for each letter that
    it holds. has_doubles: whether it has a double letter. has_gaps: whether it comes from a script that
    leaves vowels out. alike: pairs of words that may be one (see ``key_groups``). kin: one number for all
    words that are connected by such pairs.
    """

    letters: list[str]
    undoubled: list[str]
    lengths: Ints
    first: Ints
    stems: Ints
    bones: Ints
    anagrams: Ints
    signs: NDArray[np.uint64]
    has_doubles: NDArray[np.bool_]
    has_gaps: NDArray[np.bool_]
    alike: NDArray[np.int64]
    kin: Ints


class Names(NamedTuple):
    """Names of rows. Tables have a column for each row of the lists, and -1 below its last entry.

    words: numbers of the words, in their order. sizes: number of words. sounds: keys of the sounds of
    each word, ``_SOUNDS`` for a word. forms: numbers of the forms of the name. folded, in_order, joined:
    number of the name as it stands, with its words in alphabetical order, and written as one word (-1: no
    name). joined_words: the names written as one word. bearers: how many rows would have the name if its
    words were combined by chance; 0 in lists too short to know. known: the words.
    """

    words: Ints
    sizes: Ints
    sounds: Ints
    forms: Ints
    folded: Ints
    in_order: Ints
    joined: Ints
    joined_words: Words
    bearers: NDArray[np.float64]
    known: Words


def number_names(names: pd.Series) -> Names:
    """Turn the names of rows into numbers of words."""
    place, printed = pd.factorize(_lost_letters_found(names))
    split = [_split(name) for name in printed]
    numbers: dict[NameWord, int] = {}
    held = _table([[numbers.setdefault(w, len(numbers)) for w in words] for words, _ in split])
    plain = [[w.letters[0] for w in words] for words, _ in split]
    forms = [
        sorted({" ".join(sorted(form)) for form in (own, *others)})
        for own, (_, others) in zip(plain, split, strict=True)
    ]
    form, _ = pd.factorize(np.array([f for own in forms for f in own], dtype=object))
    cuts = np.cumsum([len(own) for own in forms])
    folded, in_order = _numbers(map(" ".join, plain)), _numbers(" ".join(sorted(p)) for p in plain)
    joined, whole = pd.factorize(np.array(["".join(own) for own in plain], dtype=object))
    has_words = np.array([bool(own) for own in plain], dtype=bool)
    folded, in_order, joined = (np.where(has_words, n, -1) for n in (folded, in_order, joined))
    letters, known = pd.factorize(np.array([w.letters[0] for w in numbers], dtype=object))
    words = _of(letters, held)[:, place]
    return Names(
        words=words,
        sizes=(words >= 0).sum(axis=0),
        sounds=_sounds(list(numbers), held)[:, place],
        forms=_table([own.tolist() for own in np.split(form, cuts[:-1])])[:, place],
        folded=folded[place],
        in_order=in_order[place],
        joined=joined[place],
        joined_words=_known(list(whole)),
        bearers=_bearers(words),
        known=_known(list(known), list(numbers), letters),
    )


def _split(name: str) -> tuple[list[NameWord], list[list[str]]]:
    """Words of a name that tell persons apart, and its other forms: second names, by nickname."""
    plain = [word_of_any_name(word) for word in name.split()]
    if len(plain) > 1 and all(plain):
        return [w for w in plain if w is not None][:MOST_WORDS], []
    parts = split_name(name)
    words = [w for w in parts.words if not w.is_optional and w.letters[0]][:MOST_WORDS]
    nicknames = [w for w in parts.words if w.is_alias and w.letters[0]]
    others = [[w for w in form if not w.is_optional] for form in parts.others]
    others += [[nickname, word] for nickname in nicknames for word in words[1:]]
    return words, [[w.letters[0] for w in form] for form in others if len(form) > 1]


def _sounds(words: Sequence[NameWord], held: Ints) -> Ints:
    """Keys of the sounds of each word of each name, ``_SOUNDS`` lines a word."""
    number: dict[str, int] = {}
    keys = [sorted(sound_keys(word) or {word.letters[0]})[:_SOUNDS] for word in words]
    table = _table([[number.setdefault(key, len(number)) for key in own] for own in keys], _SOUNDS)
    lines = [_of(line, held)[:, None] for line in table]
    return np.concatenate(lines, axis=1).reshape(_SOUNDS * len(held), held.shape[1])


def _known(letters: list[str], words: Sequence[NameWord] = (), place: Ints = _NOWHERE) -> Words:
    """Words with what is asked of their letters. words: those to be heard, place: of each in letters."""
    a, b = (place[end] for end in pair_ends(find_alike_words(words)))
    kin = connected_components(coo_array((np.ones(len(a)), (a, b)), shape=(len(letters),) * 2))[1]
    codes = np.minimum(a, b).astype(np.int64) << 32 | np.maximum(a, b)
    return Words(
        letters=letters,
        undoubled=[_DOUBLED.sub(r"\1", word) for word in letters],
        lengths=np.array([len(word) for word in letters], dtype=int),
        first=np.array([ord(word[0]) if word else 0 for word in letters], dtype=int),
        stems=_numbers(_ENDING.sub("", word) for word in letters),
        bones=_numbers(_VOWELS.sub("", word) for word in letters),
        anagrams=_numbers("".join(sorted(word)) for word in letters),
        signs=np.array(
            [sum({1 << (ord(sign) & 63) for sign in word}) for word in letters], dtype=np.uint64
        ),
        has_doubles=np.array([bool(_DOUBLED.search(word)) for word in letters], dtype=bool),
        has_gaps=np.array(["." in word for word in letters], dtype=bool),
        alike=np.unique(codes[a != b]),
        kin=kin,
    )


def _bearers(words: Ints) -> NDArray[np.float64]:
    number = words.shape[1]
    chance = np.full(number, float(number) if number >= FEWEST else 0.0)
    is_new = [(w >= 0) & ~(words[:at] == w).any(axis=0) for at, w in enumerate(words)]
    rows = np.bincount(words[np.array(is_new)], minlength=1)
    for own, new in zip(words, is_new, strict=True):
        chance[new] *= rows[own[new]] / number
    return chance


def _numbers(texts: Iterable[Hashable]) -> Ints:
    return np.asarray(pd.factorize(np.array(list(texts), dtype=object))[0])


def _table(held: Sequence[Sequence[int]], least: int = 1) -> Ints:
    """A table with a column an entry, and -1 below the last number of each."""
    sizes = np.array([len(own) for own in held], dtype=int)
    table = np.full((max(least, sizes.max(initial=0)), len(held)), -1, dtype=np.int32)
    at = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    table[at, np.repeat(np.arange(len(held)), sizes)] = [n for own in held for n in own]
    return table


def _of(values: Ints, at: Ints) -> Ints:
    """The value at each place, -1 where the place is -1."""
    return np.append(values, -1)[at].astype(np.int32)


def _lost_letters_found(names: pd.Series) -> pd.Series:
    """Names in which "_" stands for a letter that an export lost, with the word that others have there.

    >>> _lost_letters_found(pd.Series(["P_rez", "Pérez", "B_dil"])).tolist()
    ['Pérez', 'Pérez', 'B_dil']
    """
    is_whole = ~names.str.contains("_", regex=False)
    if is_whole.all():
        return names
    words = Counter(word for name in names[is_whole] for word in name.split())
    by_length: dict[int, list[str]] = {}
    for word in sorted(words, key=lambda word: (-words[word], word)):
        by_length.setdefault(len(word), []).append(word)

    @cache
    def found(word: str) -> str:
        if "_" not in word or not word.strip("_"):
            return word
        is_it = re.compile(re.escape(word).replace("_", r"\w")).fullmatch
        return next(filter(is_it, by_length.get(len(word), ())), word)

    mended = names[~is_whole].map(lambda name: " ".join(map(found, name.split())))
    return names.mask(~is_whole, mended)
