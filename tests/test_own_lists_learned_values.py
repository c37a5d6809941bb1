"""Values that no vocabulary has are guessed from examples, and never who lives, or a name; all invented."""

from __future__ import annotations

import pytest

from hrdresearch.clean.value_words import code_by_words, code_of, code_of_value
from hrdresearch.clean.word_forms import fold
from hrdresearch.run.own_lists.contents import Column
from hrdresearch.run.own_lists.learned_values import learned_code
from hrdresearch.run.own_lists.values import crosswalk_of
from hrdresearch.vocab.list_examples import value_examples


def test_a_value_of_the_examples_is_read_as_a_whole_also_in_one_row() -> None:
    value, name = "agribusiness firm", "perpetrator"
    assert not code_of(value, name)[1]
    assert code_of_value(value, name) == code_by_words(value, name) == (("corporations",), True)
    assert crosswalk_of(Column("Who", [value, value]), name, "").sure == {value: ("corporations",)}


@pytest.mark.parametrize(
    ("value", "name", "code"),
    [
        ("writes on logging and mines", "cause", "land_environment"),
        ("penyelidikan xyz", "cause", ""),
        ("took his cameras and smashed them", "attack_act", "equipment_damage"),
    ],
)
def test_a_value_near_to_examples_is_a_guess(value: str, name: str, code: str) -> None:
    assert fold(value) not in {fold(e.value) for e in value_examples()}
    made = crosswalk_of(Column("What", [value, value]), name, "")
    assert (made.sure, made.guessed.get(value, ("",))) == ({}, (code,))


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("nobody saw him after the raid", "list_status"),
        ("she and her sister", "sex"),
        ("Fulana Ejemplo", "identity"),
        ("Fulana Ejemplo", "perpetrator"),
    ],
)
def test_who_lives_and_who_is_a_woman_and_names_are_not_guessed(value: str, name: str) -> None:
    assert learned_code(value, name) == ()
