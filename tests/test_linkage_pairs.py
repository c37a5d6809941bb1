"""Which pairs of words and of rows are looked at in linkage."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdresearch.linkage.persons import block, link_same_persons
from hrdresearch.linkage.persons.key_groups import group_by_key, pair_ends, shared_pairs
from hrdresearch.names.word_sounds import near_in_sound, sound_likeness, to_sounds


@given(st.lists(st.text("abdeghiklmnoprstuwy.", min_size=1, max_size=8), min_size=2, max_size=6))
def test_what_is_left_out_as_unlike_in_sound_is_unlike(words: list[str]) -> None:
    sounds = [to_sounds(word) for word in words]
    a, b = np.triu_indices(len(words), 1)

    near = near_in_sound(sounds, a, b, np.full(len(a), 0.93))

    likeness = [sound_likeness(sounds[x], sounds[y]) for x, y in zip(a, b, strict=True)]
    assert not (np.array(likeness) >= 0.93)[~near].any()


@given(st.lists(st.integers(0, 5), max_size=30))
def test_pairs_that_share_a_key_are_those_of_equal_keys(keys: list[int]) -> None:
    pairs = shared_pairs(group_by_key(np.array(keys, dtype=np.int64), np.arange(len(keys))))

    equal = [(a, b) for a, b in combinations(range(len(keys)), 2) if keys[a] == keys[b]]
    assert list(zip(*(end.tolist() for end in pair_ends(pairs)), strict=True)) == equal


def test_where_keys_give_too_many_pairs_the_widest_are_dropped_and_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(block, "FEWEST_PAIRS", 3)
    monkeypatch.setattr(block, "PAIRS_A_ROW", 0)
    names = ["Ernal Vegunta", "Zunela Testal", "Osmel Mirapan"]
    same_day = pd.DataFrame({"name_as_published": names, "event_date": "2019-03-04"})
    other = pd.DataFrame({"name_as_published": ["Vegunta Ernal"], "event_date": "2018-01-01"})

    links = link_same_persons({"a": same_day, "b": other})

    assert (links.compared, links.dropped_keys["e"]) == (1, 2)  # the day, and it swapped
