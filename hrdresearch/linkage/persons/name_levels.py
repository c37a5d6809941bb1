"""Level of the names of many pairs of rows at once, from the same name to other names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import cpdist

from hrdresearch.linkage.persons.key_groups import Ints
from hrdresearch.linkage.persons.name_table import Names, Words

# How two words match: the same, alike in sound, one letter apart or an initial, apart by a final a, e or o
# (Mario, María), in short words by any vowel (José, Josué), in a script that leaves vowels out by any
# letter: a slip, or a brother or sister. Names without any word in common are not looked at word by word.
SAME, ALIKE, SLIP, VOWEL = 4, 3, 2, 1
Truth = NDArray[np.bool_]


def name_levels(names: Names, left: Ints, right: Ints) -> tuple[list[Truth], Truth]:
    """Whether the names of each pair reach each level of ``facts.NAME`` except the last.

    left, right: numbers of the rows of each pair. The first level that is reached counts. The second part
    of the result says for which pairs a name is not known.
    """
    folded, in_order, joined = (
        column[left] == column[right] for column in (names.folded, names.in_order, names.joined)
    )
    has_form = np.zeros(len(left), dtype=bool)
    for own in names.forms:
        for other in names.forms:
            has_form |= (own[left] >= 0) & (own[left] == other[right])
    grid = _sure_matches(names, left, right)
    match = _match_of_names(grid, names.sizes[left], names.sizes[right])
    has_any = (grid >= ALIKE).any(axis=(0, 1))
    is_open = ~(folded | in_order | joined | has_form) & (match < ALIKE)
    is_single = (names.sizes[left] == 1) & (names.sizes[right] == 1)
    looked_at = np.flatnonzero(is_open & (has_any | is_single))
    match[match < ALIKE] = 0
    match[looked_at] = _close_look(names, left[looked_at], right[looked_at], grid[:, :, looked_at])
    unlike = np.flatnonzero(is_open & ~has_any)
    match[unlike] = np.maximum(
        match[unlike], SLIP * _whole_names_near(names, left[unlike], right[unlike])
    )
    levels = [folded & (names.bearers[left] >= 1), folded, in_order | joined, has_form]
    levels += [match == level for level in (SAME, ALIKE, SLIP, VOWEL)]
    return [*levels, has_any], (names.folded[left] < 0) | (names.folded[right] < 0)


def _sure_matches(names: Names, left: Ints, right: Ints) -> NDArray[np.int8]:
    """How each word of the one name matches each of the other: the same, alike, or nothing yet."""
    longest = [int(names.sizes[side].max(initial=1)) for side in (left, right)]
    grid = np.zeros((*longest, len(left)), dtype=np.int8)
    kin, alike = names.known.kin, names.known.alike
    of_left, of_right = names.words[: longest[0], left], names.words[: longest[1], right]
    kin_left, kin_right = (np.append(kin, -1)[words] for words in (of_left, of_right))
    for i, x in enumerate(of_left):
        for j, y in enumerate(of_right):
            is_kin = np.flatnonzero((kin_left[i] == kin_right[j]) & (x >= 0) & (y >= 0))
            x_kin, y_kin = x[is_kin].astype(np.int64), y[is_kin]
            codes = np.minimum(x_kin, y_kin) << 32 | np.maximum(x_kin, y_kin)
            at = np.minimum(np.searchsorted(alike, codes), max(len(alike) - 1, 0))
            is_alike = alike[at] == codes if len(alike) else np.zeros(len(codes), dtype=bool)
            grid[i, j, is_kin] = np.where(x_kin == y_kin, SAME, np.where(is_alike, ALIKE, 0))
    return grid


def _match_of_names(grid: NDArray[np.int8], size_left: Ints, size_right: Ints) -> NDArray[np.int8]:
    """The worst of the best matches of the words of the shorter name; of both where both are as long.

    Nothing where the shorter of two names that are not as long has one word.
    """
    of_left, of_right = grid.max(axis=1), grid.max(axis=0)
    for best, sizes in ((of_left, size_left), (of_right, size_right)):
        best[np.arange(len(best))[:, None] >= sizes] = SAME
    by_left, by_right = of_left.min(axis=0), of_right.min(axis=0)
    by_left[size_left > size_right] = SAME
    by_right[size_right > size_left] = SAME
    worst = np.minimum(by_left, by_right)
    is_short = np.minimum(size_left, size_right) < np.where(size_left == size_right, 1, 2)
    return np.where(is_short, 0, worst).astype(np.int8)


def _close_look(names: Names, left: Ints, right: Ints, grid: NDArray[np.int8]) -> NDArray[np.int8]:
    """The match of names whose words are compared letter by letter, where that can make a difference."""
    sizes = names.sizes[left], names.sizes[right]
    grid = grid.copy()
    doubt = np.zeros(grid.shape, dtype=bool)
    for i, j in np.ndindex(*grid.shape[:2]):
        x, y = names.words[i, left], names.words[j, right]
        doubt[i, j] = (grid[i, j] == 0) & (x >= 0) & (y >= 0) & _may_match(names.known, x, y)
    may_be = np.flatnonzero(_match_of_names(np.where(doubt, SLIP, grid), *sizes) > 0)
    doubt = doubt[:, :, may_be]
    i, j, at = np.nonzero(doubt)
    x, y = names.words[i, left[may_be[at]]], names.words[j, right[may_be[at]]]
    grid[i, j, may_be[at]] = _word_matches(names.known, x, y)
    return _match_of_names(grid, *sizes)


def _may_match(words: Words, x: Ints, y: Ints) -> Truth:
    """Whether two words may match at all: two slips change two letters at most; quick."""
    are_near = np.abs(words.lengths[x] - words.lengths[y]) <= 2
    are_near &= np.bitwise_count(words.signs[x] ^ words.signs[y]) <= 4
    is_initial = np.minimum(words.lengths[x], words.lengths[y]) == 1
    return np.asarray(are_near | (is_initial & (words.first[x] == words.first[y])))


def _word_matches(words: Words, x: Ints, y: Ints) -> NDArray[np.int8]:
    """How each two words match that are neither the same nor alike in sound."""
    codes, place = np.unique(x.astype(np.int64) << 32 | y, return_inverse=True)
    x, y = codes >> 32, codes & (2**32 - 1)
    short = np.minimum(words.lengths[x], words.lengths[y])
    apart = _letters_apart(words, x, y)
    by_vowel = words.has_gaps[x] | words.has_gaps[y]
    is_swap = (apart == 1) & (words.anagrams[x] == words.anagrams[y])  # Jhon, John
    by_vowel |= (short < 6) & (words.bones[x] == words.bones[y]) & ~is_swap
    conditions = [
        (short == 1) & (words.first[x] == words.first[y]),
        words.stems[x] == words.stems[y],
        (short < 3) | (apart > 2),
        apart == 2,
        words.lengths[x] + words.lengths[y] < 7,
        by_vowel,
    ]
    found = np.select(conditions, [SLIP, VOWEL, 0, np.where(short >= 8, SLIP, 0), 0, VOWEL], SLIP)
    return found.astype(np.int8)[place]


def _letters_apart(words: Words, x: Ints, y: Ints) -> Ints:
    """Slips (a letter more, less, another, or two swapped) between two words; 3 stands for more than two.

    A doubled letter may stand once.
    """

    def apart(texts: Sequence[str], at: Ints) -> Ints:
        own = np.array(texts, dtype=object)
        found = cpdist(own[x[at]], own[y[at]], scorer=DamerauLevenshtein.distance, score_cutoff=2)
        return np.asarray(found)

    found = apart(words.letters, np.arange(len(x)))
    at = np.flatnonzero((found > 1) & (words.has_doubles[x] | words.has_doubles[y]))
    found[at] = np.minimum(found[at], apart(words.undoubled, at))
    return found


def _whole_names_near(names: Names, left: Ints, right: Ints) -> Truth:
    """Whether long names without a word in common are two slips apart, as one word."""
    words, x, y = names.joined_words, names.joined[left], names.joined[right]
    out = (words.lengths[x] >= 9) & (words.lengths[y] >= 9) & _may_match(words, x, y)
    at = np.flatnonzero(out)
    out[at] = _letters_apart(words, x[at], y[at]) <= 2
    return np.asarray(out)
