"""Selects the pairs of rows to compare: rows that share a key which only few rows have (blocking).

The keys are: the words of the name, or of another form of it; two words of the name by their sounds; the
day of the event or of birth, also with day and month swapped, alone and with a word by its sounds; and the
month with such a word (the year, where some rows record no more). A key that more than ``most_rows`` rows
have is narrowed by the year; if it is still too common, it is dropped and counted. In long lists the most
common keys are dropped too, so that the number of pairs grows only as fast as the number of rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from hrdresearch.linkage.persons.key_groups import (
    Groups,
    Ints,
    group_by_key,
    pair_ends,
    select_groups,
    shared_pairs,
)
from hrdresearch.linkage.persons.prepare import Dates, Rows

RULES = {
    "n": "the same words in the name",
    "s": "two words of the name alike in sound",
    "e": "the same day of the event, or its month and a word alike in sound",
    "b": "the same day of birth, or its month and a word alike in sound",
}
PAIRS_A_ROW, FEWEST_PAIRS = 20, 4_000_000  # keys are dropped, the widest first, beyond both
_SOUNDS_OF_A_NAME = 5  # words whose sounds are taken into keys
_YEAR = 1 << 29  # no number of a sound or a day is as large


def pairs_to_compare(rows: Rows, most_rows: int) -> tuple[NDArray[np.int64], dict[str, int]]:
    """Select the pairs of rows that share a key.

    most_rows: rows that may share a key. Returns the pairs, each as one number (see ``key_groups``), and
    for each of ``RULES`` the number of keys that were dropped.
    """
    year = np.where(rows.event_date.year > 0, rows.event_date.year, rows.birth_date.year)
    held = [_groups(keys, year, most_rows) for keys in _keys(rows)]
    sizes = np.concatenate([groups.sizes for groups, _ in held])
    pairs = np.bincount(sizes, sizes * (sizes - 1) // 2, minlength=2).cumsum()
    widest = int(np.searchsorted(pairs, max(PAIRS_A_ROW * len(year), FEWEST_PAIRS), "right")) - 1
    dropped = {
        rule: wide + int((groups.sizes > widest).sum())
        for rule, (groups, wide) in zip(RULES, held, strict=True)
    }
    kept = [select_groups(groups, groups.sizes <= widest) for groups, _ in held]
    found = shared_pairs(Groups(*map(np.concatenate, zip(*kept, strict=True))))
    one, other = pair_ends(found)
    return found[(rows.lists[one] != rows.lists[other]) | rows.may_repeat[one]], dropped


def _groups(keys: list[Ints], year: Ints, most_rows: int) -> tuple[Groups, int]:
    """Rows that share a key of a rule, wide keys narrowed by the year; number of keys that are too wide."""
    held = [(key[has], np.flatnonzero(has).astype(np.int32)) for key in keys for has in [key >= 0]]
    nothing = (np.empty(0, np.int64), np.empty(0, np.int32))
    found = group_by_key(*map(np.concatenate, zip(nothing, *held, strict=True)))
    is_wide = found.sizes > most_rows
    wide, kept = select_groups(found, is_wide), select_groups(found, ~is_wide)
    keys_of_wide = np.repeat(np.arange(len(wide.keys)), wide.sizes)
    narrow = group_by_key(keys_of_wide << 30 | _YEAR | year[wide.numbers], wide.numbers)
    is_narrow = narrow.sizes <= most_rows
    both = [np.concatenate(own) for own in zip(kept, select_groups(narrow, is_narrow), strict=True)]
    return Groups(*both), int((~is_narrow).sum())


def _keys(rows: Rows) -> Iterator[list[Ints]]:
    """For each rule keys as numbers, a row each in every array; -1 where a row has none."""
    yield [form.astype(np.int64) for form in rows.names.forms]
    sounds = rows.names.sounds.astype(np.int64)
    a_word = len(sounds) // max(len(rows.names.words), 1)
    sounds = sounds[: a_word * _SOUNDS_OF_A_NAME]
    yield [
        _joined(np.minimum(sounds[i], sounds[j]), np.maximum(sounds[i], sounds[j]))
        for i, j in combinations(range(len(sounds)), 2)
        if i // a_word != j // a_word
    ]
    for dates in (rows.event_date, rows.birth_date):
        yield _keys_of_days(dates, sounds)


def _keys_of_days(dates: Dates, sounds: Ints) -> list[Ints]:
    if not dates.year.any():
        return []
    day, month, year, swapped = (part.astype(np.int64) for part in dates[:4])
    times = [day, swapped, month * 100]
    if ((year > 0) & (month == 0)).any():
        times.append(year * 10_000)
    alone = [np.where(time > 0, _YEAR - 1 + (time << 30), -1) for time in times[:2]]
    known = [np.where(time > 0, time, -1) for time in times]
    return [*alone, *(_joined(time, word) for time in known for word in sounds)]


def _joined(one: Ints, other: Ints) -> Ints:
    return np.where((one >= 0) & (other >= 0) & (one != other), one << 30 | other, -1)
